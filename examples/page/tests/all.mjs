// All tests of the page, one after the other. node all.mjs [a part of a name …]

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { serve } from "../serve.mjs";
import { access } from "./access.mjs";
import { launch } from "./browser.mjs";
import { cards } from "./cards.mjs";
import { keyboard } from "./keyboard.mjs";
import { life } from "./life.mjs";
import { phone } from "./phone.mjs";
import { portal } from "./portal.mjs";
import { scenarios } from "./scenarios.mjs";
import { views } from "./views.mjs";
import { artefacts, Visit } from "./visit.mjs";

const tests = {
  "life kk": (browser, url) => life(browser, url, "kk"),
  "life ru": (browser, url) => life(browser, url, "ru"),
  "life en": (browser, url) => life(browser, url, "en"),
  views,
  keyboard,
  phone,
  access,
  cards,
  portal,
  scenarios,
};

const wanted = process.argv.slice(2);
const dist = join(fileURLToPath(new URL(".", import.meta.url)), "..", "dist");
const browser = await launch();
const page = await serve(dist);
let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) continue;
  const start = performance.now();
  try {
    await test(browser, page.url);
    console.log(`ok      ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n${error.stack}`);
    await Visit.last?.page.screenshot({ path: join(artefacts, `failed-${name.replace(" ", "-")}.png`) }).catch(() => {});
  }
}
await browser.close();
await page.stop();
if (failed > 0) process.exit(1);
