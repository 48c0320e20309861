// The same figures in Chromium: a page that esbuild bundles, served on 127.0.0.1. Chromium is found, or installed, as the
// page's own tests do it.

import { copyFileSync, createReadStream, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { launch } from "../../../examples/page/tests/browser.mjs";
import { serve } from "../../../examples/page/serve.mjs";
import { own, root } from "./setup.mjs";

async function bundle(to) {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  const options = { bundle: true, minify: true, format: "esm", splitting: true, target: "es2022", outdir: to, chunkNames: "[name]-[hash]" };
  await build({ ...options, entryPoints: [join(own, "figures", "page.mjs")] });
  for (const name of ["kezek", "card"]) copyFileSync(join(root, "bindings-wasm", "dist", `${name}.wasm`), join(to, `${name}.wasm`));
  writeFileSync(join(to, "index.html"), '<!doctype html><meta charset="utf-8"><title>kezek</title><script type="module" src="page.js"></script>');
}

/** @param {{ city: string, quick: boolean, rounds: number, tell: (text: string) => void }} given */
export async function inChromium({ city, quick, rounds, tell }) {
  const folder = join(city, "page");
  await bundle(folder);
  const answers = (_, response, path) => {
    if (!path.startsWith("/city/")) return false;
    response.writeHead(200, { "content-type": "text/plain; charset=utf-8" });
    createReadStream(join(city, basename(path))).pipe(response);
    return true;
  };
  const server = await serve(folder, { answers });
  const browser = await launch();
  try {
    const inits = { kezek: [], "kezek/card": [] };
    for (let round = 0; round < rounds; round += 1) {
      for (const entry in inits) {
        // A context of its own has an empty cache.
        const context = await browser.newContext();
        const page = await context.newPage();
        await page.goto(server.url);
        await page.waitForFunction("globalThis.bench");
        inits[entry].push(await page.evaluate((name) => globalThis.bench.init(name), entry));
        await context.close();
      }
    }
    const page = await browser.newPage();
    page.on("console", (message) => tell(`Chromium: ${message.text()}`));
    await page.goto(server.url);
    await page.waitForFunction("globalThis.bench");
    const tables = await page.evaluate((given) => globalThis.bench.all(given), quick);
    return { engine: `Chromium ${browser.version()}`, inits, tables };
  } finally {
    await browser.close();
    await server.stop();
  }
}
