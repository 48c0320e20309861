// The figures in Node. As a program of its own it tells how long `init()` took: `node figures/node.mjs kezek/card`.

import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { allFigures, initTime } from "./all.mjs";

const path = fileURLToPath(import.meta.url);

/** @param {{ city: string, quick: boolean, rounds: number, tell: (text: string) => void }} given */
export async function inNode({ city, quick, rounds, tell }) {
  const once = (entry) => Number(execFileSync(process.execPath, [path, entry], { encoding: "utf8" }));
  const inits = { kezek: [], "kezek/card": [] };
  for (let round = 0; round < rounds; round += 1) for (const entry in inits) inits[entry].push(once(entry));
  const read = (name) => readFile(join(city, name), "utf8");
  const tables = await allFigures({ kezek: await import("kezek"), read, quick, tell: (text) => tell(`Node: ${text}`) });
  return { engine: `Node ${process.versions.node}, V8 ${process.versions.v8}`, inits, tables };
}

if (process.argv[1] === path) console.log(await initTime(await import(process.argv[2])));
