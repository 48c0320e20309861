// Every scenario, and the same digests as Rust.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as kezek from "kezek";
import { rustDigests, scenarios } from "./files.mjs";
import { Differs, runScenario } from "./scenarios.mjs";

await kezek.init();

const digests = new Map();
for (const { name, scenario } of scenarios()) {
  test(name, () => {
    digests.set(name, runScenario(kezek, scenario));
  });
}

test("the digests are those of Rust", () => {
  assert.ok(digests.size > 100);
  assert.deepEqual(digests, rustDigests());
});

test("a scenario that tells another story fails", () => {
  const story = {
    title: "A withdrawal of an application that is not there",
    rules: ["R30"],
    policy: "akmola-2018",
    steps: [{ at: "2018-01-10T09:00:00+06:00", do: { type: "withdraw", application: "UO.2018.000001.1" }, expect: { denials: [] } }],
  };
  assert.throws(() => runScenario(kezek, story), Differs);
});
