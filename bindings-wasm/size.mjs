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

function row(name, files) {
  const bytes = files.map((file) => readFileSync(file));
  const raw = bytes.reduce((sum, each) => sum + each.length, 0);
  const zipped = bytes.reduce((sum, each) => sum + gzipSync(each, { level: 9 }).length, 0);
  console.log(`${name.padEnd(34)} ${kilobytes(raw)} ${kilobytes(zipped)} gzip`);
  return [raw, zipped];
}

for (const [name, entry] of [["kezek", "index.js"], ["card", "card-only.js"]]) {
  row(`${name}.wasm`, [join(dist, `${name}.wasm`)]);
  row(`kezek${name === "card" ? "/card" : ""}, its JavaScript`, [...loaded(join(dist, entry))]);
}
const files = readdirSync(dist, { recursive: true }).map((file) => join(dist, file));
row("everything in dist/", files.filter((file) => statSync(file).isFile()));
