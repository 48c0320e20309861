// What a run needs, made where it is missing: the peers, the package, the page's Chromium driver, the city.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const own = dirname(dirname(fileURLToPath(import.meta.url)));
export const root = resolve(own, "../..");
const target = resolve(root, process.env.CARGO_TARGET_DIR ?? "target");

function run(command, args, cwd = root) {
  // What a program says is for this terminal's error channel: the output is the tables.
  execFileSync(command, args, { cwd, stdio: ["ignore", 2, 2] });
}

function packages(folder) {
  if (!existsSync(join(folder, "node_modules", ".package-lock.json"))) run("npm", ["ci", "--no-audit", "--no-fund"], folder);
}

/** The packages and the library; `dist/` is taken as it stands. */
export function needPackages() {
  if (!existsSync(join(root, "bindings-wasm", "dist", "index.js"))) run("node", ["bindings-wasm/build.mjs"]);
  packages(own);
  packages(join(root, "examples", "page"));
}

/** The city of so many children, its snapshot and its journal of events; the folder. */
export async function needCity(children, years) {
  const folder = join(target, "bench-js", `${children}-${years}`);
  mkdirSync(folder, { recursive: true });
  const [commands, snapshot, events] = ["city.jsonl", "city.json", "events.jsonl"].map((name) => join(folder, name));
  const example = ["run", "--locked", "--quiet", "--release", "-p", "kezek", "--example", "city", "--"];
  const city = (...args) => execFileSync("cargo", [...example, ...args], { cwd: root, stdio: ["ignore", "ignore", 2] });
  if (!existsSync(commands)) {
    city("generate", "--children", `${children}`, "--years", `${years}`, "--seed", "7", "--out", commands);
  }
  if (!existsSync(snapshot)) city(commands, "--quiet", "--snapshot", snapshot);
  if (!existsSync(events)) {
    const { writeJournal } = await import("./journal.mjs");
    await writeJournal(snapshot, events);
  }
  return folder;
}
