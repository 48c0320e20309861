import * as kezek from "kezek";
import { tell } from "./tell.js";

try {
  await kezek.init();
  const [title, said] = tell(kezek);
  document.getElementById("said").textContent = said;
  document.title = title;
} catch (error) {
  document.title = `failed: ${error}`;
}
