// What a page has to send: the package's parts, and its peers bundled and minified.

import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { sizes } from "../../../bindings-wasm/size.mjs";
import { own } from "./setup.mjs";

async function bundled(name, code) {
  const stdin = { contents: code, resolveDir: own };
  const options = { stdin, bundle: true, minify: true, format: "esm", target: "es2022", write: false, logLevel: "error" };
  const { outputFiles } = await build(options);
  const [{ contents }] = outputFiles;
  return { name, raw: contents.length, zipped: gzipSync(contents, { level: 9 }).length };
}

/** Raw and gzipped bytes of each. */
export async function allSizes() {
  return [
    ...sizes(),
    await bundled("kezek, its JavaScript bundled", 'export * from "kezek"'),
    await bundled("kezek/card, its JavaScript bundled", 'export * from "kezek/card"'),
    await bundled("json-rules-engine, bundled", 'export { Engine } from "json-rules-engine"'),
    await bundled(
      "XState, bundled",
      'export { and, assign, createActor, not, or, setup, transition } from "xstate"',
    ),
    await bundled("json-rules-engine with the card's question", 'export { deniedBy } from "./figures/json-rules.mjs"'),
    await bundled("XState with the card's question", 'export * from "./figures/machine.mjs"'),
  ];
}
