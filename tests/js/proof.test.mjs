// A journal that can be proved, and the proof of a place in the queue: in the whole package, and in the one of cards.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as kezek from "kezek";
import * as cards from "kezek/card";

await kezek.init();
await cards.init();

const NOW = "2018-01-10T09:00:00+06:00";

function town(chained = true) {
  const register = kezek.Register.open({ policy: "akmola-2018", chained });
  for (let n = 0; n < 7; n += 1) {
    register.apply({ type: "submit", applicant: `p:parent-${n}`, child: { iin: `p:child-${n}`, born: `201${4 + (n % 2)}-05-02` } }, NOW);
  }
  return register;
}

test("a chain is verified in every form", () => {
  const register = town();
  const events = register.events();
  assert.equal(register.chain?.length, 64);
  for (const form of [events, JSON.stringify(events), events.map((event) => JSON.stringify(event)).join("\n")]) {
    assert.equal(kezek.verify(form), register.chain);
  }
  assert.equal(events.at(-1).chain, register.chain);
  assert.equal(town(false).chain, null);
  assert.equal(town(false).digest(), register.digest());
});

test("what was touched is named", () => {
  const events = town().events();
  for (const at of events.keys()) {
    const changed = structuredClone(events);
    changed[at].rule = "R99";
    assert.throws(() => kezek.verify(changed), { code: "corrupt_history", path: `[${at}]` });
  }
  assert.throws(() => kezek.verify(town(false).events()), { code: "corrupt_history", path: "[0]" });
  assert.throws(() => kezek.verify("{"), { code: "malformed" });
  assert.throws(() => kezek.Register.open({ policy: "akmola-2018", chained: 1 }), { code: "malformed", path: "chained" });
});

test("a place is proved, in the page too", () => {
  const register = town();
  const { root, chain, of } = register.seal(NOW);
  assert.deepEqual([chain, of], [register.chain, 7]);
  for (const { application, in_group_year } of register.positions(NOW)) {
    const proof = register.proof(application, NOW);
    assert.equal(proof.number, in_group_year);
    for (const { verifyProof } of [kezek, cards]) {
      assert.equal(verifyProof(proof, root), true);
      assert.equal(verifyProof({ ...proof, number: proof.number + 1 }, root), false);
      assert.equal(verifyProof(proof, "0".repeat(64)), false);
      assert.throws(() => verifyProof({ ...proof, path: ["00"] }, root), { code: "malformed", path: "proof.path[0]" });
      assert.throws(() => verifyProof(proof, root.slice(1)), { code: "malformed", path: "root" });
    }
  }
  const numbers = register.positions(NOW).map(({ application }) => application);
  assert.deepEqual(register.proofs(numbers, NOW), numbers.map((number) => register.proof(number, NOW)));
  assert.throws(() => register.proofs([...numbers, "nobody"], NOW), { code: "not_found", path: "applications[7].application" });
  assert.throws(() => register.proof("UO.2018.000099.1", NOW), { code: "not_found" });
});
