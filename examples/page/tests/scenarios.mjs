// Every scenario in Chromium: the package as it is served to a browser, with the digests of Node (which are Rust's:
// tests/js holds them against each other, and KEZEK_RUST_DIGESTS does it here).
//
//     node tests/scenarios.mjs

import assert from "node:assert/strict";
import { fileURLToPath, pathToFileURL } from "node:url";
import { serve } from "../serve.mjs";
import { launch } from "./browser.mjs";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const runner = new URL("../../../tests/js/scenarios.mjs", import.meta.url);
const files = new URL("../../../tests/js/files.mjs", import.meta.url);

const html = `<!doctype html><meta charset="utf-8"><title>…</title><link rel="icon" href="data:,"><script type="module">
import * as kezek from "/bindings-wasm/dist/index.js";
import { runScenario } from "/tests/js/scenarios.mjs";
const said = {};
try {
  await kezek.init();
  for (const { name, scenario } of await (await fetch("/all-scenarios")).json()) {
    try {
      said[name] = runScenario(kezek, scenario);
    } catch (error) {
      said[name] = "FAILED: " + error.message;
    }
  }
} catch (error) {
  said.failed = String(error);
}
globalThis.said = said;
</script>`;

export async function scenarios(browser) {
  const { rustDigests, scenarios: read } = await import(files.href);
  const all = read();
  const answers = (_request, response, path) => {
    if (path === "/scenarios.html") response.writeHead(200, { "content-type": "text/html" }).end(html);
    else if (path === "/all-scenarios") response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(all));
    else return false;
    return true;
  };
  const server = await serve(root, { answers });
  const page = await browser.newPage();
  await page.goto(`${server.url}scenarios.html`);
  await page.waitForFunction(() => globalThis.said !== undefined, undefined, { timeout: 300_000 });
  const said = await page.evaluate(() => globalThis.said);
  await page.close();
  await server.stop();

  const expected = process.env.KEZEK_RUST_DIGESTS ? Object.fromEntries(rustDigests()) : await inNode(all);
  assert.ok(all.length > 100);
  assert.deepEqual(said, expected);
}

async function inNode(all) {
  const { runScenario } = await import(runner.href);
  const kezek = await import("kezek");
  await kezek.init();
  return Object.fromEntries(all.map(({ name, scenario }) => [name, runScenario(kezek, scenario)]));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const browser = await launch();
  try {
    await scenarios(browser);
    console.log("every scenario has in Chromium the digest that it has in Node");
  } finally {
    await browser.close();
  }
}
