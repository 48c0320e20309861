// Prints how large the package is: each module and its JavaScript, raw and as gzip sends it.
//
//     node bindings-wasm/size.mjs

import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const dist = join(dirname(fileURLToPath(import.meta.url)), "dist");
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1).padStart(8)} kB`;

/** The modules of JavaScript that one loads. */
function loaded(entry, seen = new Set()) {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  const text = readFileSync(entry, "utf8");
  for (const [, path] of text.matchAll(/(?:from|import) "(\.[^"]+)"/g)) loaded(join(dirname(entry), path), seen);
  return seen;
}

/** How many bytes files have, raw and each as gzip sends it. */
export function sizeOf(files) {
  const bytes = files.map((file) => readFileSync(file));
  const raw = bytes.reduce((sum, each) => sum + each.length, 0);
  const zipped = bytes.reduce((sum, each) => sum + gzipSync(each, { level: 9 }).length, 0);
  return { raw, zipped };
}

/** The parts of the package, each with its size. */
export function sizes() {
  const parts = [["kezek", "index.js"], ["card", "card-only.js"]].flatMap(([name, entry]) => [
    [`${name}.wasm`, [join(dist, `${name}.wasm`)]],
    [`kezek${name === "card" ? "/card" : ""}, its JavaScript`, [...loaded(join(dist, entry))]],
  ]);
  const files = readdirSync(dist, { recursive: true }).map((file) => join(dist, file));
  const all = ["everything in dist/", files.filter((file) => statSync(file).isFile())];
  return [...parts, all].map(([name, each]) => ({ name, ...sizeOf(each) }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { name, raw, zipped } of sizes()) {
    console.log(`${name.padEnd(34)} ${kilobytes(raw)} ${kilobytes(zipped)} gzip`);
  }
}
