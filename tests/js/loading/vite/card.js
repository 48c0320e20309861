import * as kezek from "kezek/card";
import { tellCard } from "./tell.js";

try {
  await kezek.init();
  const [title, said] = tellCard(kezek);
  document.getElementById("said").textContent = said;
  document.title = title;
} catch (error) {
  document.title = `failed: ${error}`;
}
