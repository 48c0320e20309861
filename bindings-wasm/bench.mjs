// What the package costs in this engine: a city of 50,000 loaded, and single questions to it.
//
//     cargo run --release --example city -- generate --children 50000 --years 3 --seed 7 --out city.jsonl
//     cargo run --release --example city -- city.jsonl --quiet --snapshot city.json
//     node bindings-wasm/bench.mjs city.json
//
// Medians; a first round of each is thrown away.

import { readFileSync, writeFileSync } from "node:fs";
import { Register, init } from "./dist/index.js";

const [path, out] = process.argv.slice(2);
if (path === undefined) {
  console.error("usage: node bindings-wasm/bench.mjs SNAPSHOT.json [FIGURES.json]");
  process.exit(2);
}
const figures = {};

function median(values) {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** The median of so many measurements of `batch` calls, in microseconds each. */
function measure(name, rounds, batch, work) {
  const took = [];
  for (let round = 0; round <= rounds; round += 1) {
    const start = performance.now();
    for (let call = 0; call < batch; call += 1) work(round * batch + call);
    if (round > 0) took.push(((performance.now() - start) * 1000) / batch);
  }
  figures[name] = median(took);
  const [value, unit] = figures[name] < 1000 ? [figures[name], "µs"] : [figures[name] / 1000, "ms"];
  console.log(`${name.padEnd(44)} ${value.toFixed(2).padStart(9)} ${unit}`);
}

let start = performance.now();
await init();
figures.init = (performance.now() - start) * 1000;
console.log(`${"init".padEnd(44)} ${(figures.init / 1000).toFixed(2).padStart(9)} ms`);

const text = readFileSync(path, "utf8");
console.log(`${"the snapshot".padEnd(44)} ${(text.length / 1e6).toFixed(2).padStart(9)} MB`);
let register;
measure("Register.restore", 3, 1, () => {
  register?.free();
  register = Register.restore(text);
});
const journal = register.events().map((event) => JSON.stringify(event)).join("\n");
console.log(`${"the journal".padEnd(44)} ${(journal.length / 1e6).toFixed(2).padStart(9)} MB`);
measure("Register.replay", 1, 1, () => Register.replay(journal).free());

const now = register.now;
const rows = register.positions(now);
const number = (n) => rows[(n * 7919) % rows.length].application;
console.log(`${"active applications".padEnd(44)} ${String(rows.length).padStart(9)}`);
measure("position", 50, 2_000, (n) => register.position(number(n), now));
measure("position, of a Date", 50, 2_000, (n) => register.position(number(n), new Date(now)));
measure("permissions", 50, 100, (n) => register.permissions(number(n), now));
measure("card", 50, 100, (n) => register.card(number(n), now).free());
const cards = rows.slice(0, 200).map(({ application }) => register.card(application, now));
measure("Card.permissions", 50, 100, (n) => cards[n % cards.length].permissions(now));
measure("Card.application", 50, 100, (n) => cards[n % cards.length].application);
const wire = JSON.stringify(cards[0]);
measure("Card.fromJSON", 50, 100, () => cards[0].constructor.fromJSON(JSON.parse(wire)).free());
measure("positions, all", 3, 1, () => register.positions(now));
measure("apply, a denied withdrawal", 50, 100, (n) =>
  register.apply({ type: "withdraw", application: number(n), by: { role: "applicant", iin: "p:nobody" } }, now));
measure("digest", 1, 1, () => register.digest());
measure("snapshot", 1, 1, () => register.snapshot());

if (out !== undefined) writeFileSync(out, `${JSON.stringify({ engine: process.versions, microseconds: figures }, null, 2)}\n`);
