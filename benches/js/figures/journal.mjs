// The journal of a city as `Register.replay` reads it: an event a line.

import { readFileSync, writeFileSync } from "node:fs";
import { Register, init } from "kezek";

export async function writeJournal(snapshot, to) {
  await init();
  const register = Register.restore(readFileSync(snapshot, "utf8"));
  writeFileSync(to, register.events().map((event) => JSON.stringify(event)).join("\n"));
  register.free();
}
