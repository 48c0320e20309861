// The ways of loading that need a browser: `tests/js/loading.mjs FOLDER` makes them ready, here they are opened.
//
//     node tests/loading.mjs FOLDER

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { serve } from "../serve.mjs";
import { launch } from "./browser.mjs";

const folder = process.argv[2];
if (!folder) {
  console.error("node loading.mjs FOLDER, the one that tests/js/loading.mjs made");
  process.exit(2);
}
const expected = JSON.parse(readFileSync(join(folder, "expected.json"), "utf8"));
const browser = await launch();
for (const project of ["page", join("vite", "dist")]) {
  const server = await serve(join(folder, project));
  for (const [file, { title, said }] of Object.entries(expected)) {
    const page = await browser.newPage();
    const modules = [];
    page.on("request", (request) => request.url().endsWith(".wasm") && modules.push(request.url()));
    await page.goto(server.url + file);
    await page.waitForFunction((wanted) => document.title === wanted || document.title.startsWith("failed:"), title);
    assert.equal(await page.title(), title, `${project} ${file}`);
    assert.equal(await page.locator("#said").innerText(), said, `${project} ${file}`);
    assert.equal(modules.length, 1, `${project} ${file} loads one module`);
    console.log(`ok      ${project} ${file}`);
    await page.close();
  }
  await server.stop();
}
await browser.close();
