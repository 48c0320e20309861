// The scenarios as they lie in files, and what Rust printed of them.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Every scenario by its name: those of `tests/scenarios`, and of the folders that `KEZEK_SCENARIOS` and `KEZEK_PAIRS` name. */
export function scenarios() {
  const folders = [join(ROOT, "tests", "scenarios"), process.env.KEZEK_SCENARIOS, process.env.KEZEK_PAIRS].filter(Boolean);
  const files = folders.flatMap((folder) => readdirSync(folder).sort().map((name) => join(folder, name)));
  return files
    .filter((file) => file.endsWith(".json"))
    .map((file) => ({ name: basename(file, ".json"), scenario: JSON.parse(readFileSync(file, "utf8")) }));
}

/** The digests that the runner in Rust printed: in the file `KEZEK_RUST_DIGESTS`, else it runs. */
export function rustDigests() {
  const printed = process.env.KEZEK_RUST_DIGESTS;
  const text = printed
    ? readFileSync(printed, "utf8")
    : execFileSync("cargo", ["test", "--quiet", "-p", "kezek", "--locked", "--test", "scenarios"], { cwd: ROOT, encoding: "utf8" });
  return new Map([...text.matchAll(/^ok     (\S+)  (.+)$/gm)].map(([, name, digest]) => [name, digest]));
}

/** The scenarios in which something is wrong, and Rust's answers: in the file `KEZEK_SPOILT`, else they are made. */
export function spoilt() {
  const told = process.env.KEZEK_SPOILT ?? join(mkdtempSync(join(tmpdir(), "kezek-")), "spoilt.jsonl");
  if (!process.env.KEZEK_SPOILT) {
    const args = ["test", "--quiet", "-p", "kezek", "--locked", "--test", "fuzzed", "spoilt_scenarios"];
    execFileSync("cargo", args, { cwd: ROOT, env: { ...process.env, KEZEK_SPOILT: told } });
  }
  return readFileSync(told, "utf8").trim().split("\n").map((line) => JSON.parse(line));
}
