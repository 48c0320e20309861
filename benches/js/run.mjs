// The size and speed of the JavaScript package, in Node and in Chromium, beside what one would use instead.
//
//     node benches/js             everything: some minutes; writes RESULTS.md
//     node benches/js --quick     does it work, do the answers agree? (a small city, no figures to quote, nothing written)
//     node benches/js --only node     or chromium: prints, writes nothing
//
// It fetches its peers (package-lock.json), builds the package where dist/ is missing, makes the city by cargo in the
// target folder, and finds or installs Chromium. Figures are of dist/ as it stands: node bindings-wasm/build.mjs renews it.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { needCity, needPackages, own } from "./figures/setup.mjs";

const { quick, only } = parseArgs({ options: { quick: { type: "boolean", default: false }, only: { type: "string" } } }).values;
const tell = (text) => console.error(text);

tell("setting up");
needPackages();
const [children, years] = quick ? [5_000, 3] : [50_000, 3];
const given = { city: await needCity(children, years), quick, rounds: quick ? 2 : 9, tell };
const { load, report } = await import("./figures/report.mjs");
const { allSizes } = await import("./figures/sizes.mjs");
const before = load();

const engines = [];
if (only !== "chromium") engines.push(await (await import("./figures/node.mjs")).inNode(given));
if (only !== "node") engines.push(await (await import("./figures/browser.mjs")).inChromium(given));
const city = `${children.toLocaleString("en")} children in ${years} years`;
const text = report({ sizes: await allSizes(), engines, before, quick, city });
console.log(text);
if (!quick && only === undefined) writeFileSync(join(own, "RESULTS.md"), text);
