// Garbage at the border: whatever is handed over, the answer is a KezekError, and nothing has changed.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as kezek from "kezek";
import { spoilt } from "./files.mjs";
import { NOW, NUMBER, town } from "./told.mjs";

await kezek.init();

// The same ones on every machine; KEZEK_EXAMPLES=5000 looks for new ones.
const given = process.env.KEZEK_EXAMPLES;
fc.configureGlobal(given ? { numRuns: Number(given) } : { numRuns: 300, seed: 20180316 });

const leaf = fc.oneof(
  fc.constantFrom(null, undefined, true, false, NaN, Infinity, -0, 2 ** 53, 1e21, 10n, Symbol("s"), "\ud800", new Date(NaN), new Date(0), new Map([[1, 2]]), () => 1),
  fc.integer(), fc.double(), fc.string({ maxLength: 20 }), fc.string({ unit: "binary", maxLength: 5 }),
  fc.constantFrom(NUMBER, "p:child-1", "1000000101", "2018-01-01", NOW, "bobek", "kk"),
);
const { value: VALUE } = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4, depthSize: "small" }, leaf, fc.array(tie("value"), { maxLength: 4 }), fc.dictionary(fc.string({ maxLength: 8 }), tie("value"), { maxKeys: 4 })),
}));
const NAMES = [
  "submit", "change_benefit", "confirm_interest", "link_parent", "withdraw", "pass_turn", "publish_vacancy", "choose",
  "extend_referral", "recall_referral", "record_visit", "prove_benefit", "accept", "refuse", "uphold_refusal",
  "overturn_refusal", "mark_departure", "import", "reinstate", "issue_referral", "void_referral", "void_enrolment",
  "void_departure", "withdraw_places", "unlink_parent", "correct", "move_out", "change_policy", "change_calendar", "pause", "resume",
];
const KEYS = [
  "application", "applicant", "child", "benefit", "documents", "parent", "vacancy", "kindergarten", "group_year", "language",
  "places", "until", "reason", "referral", "date", "authority", "by", "key", "ext", "policy", "from", "calendar", "stage",
  "registered_at", "expected_revision", "signature",
];
const COMMAND = fc
  .tuple(fc.constantFrom(...NAMES), fc.dictionary(fc.constantFrom(...KEYS), VALUE, { maxKeys: 6 }))
  .map(([type, fields]) => ({ type, ...fields }));
/** Good ones with a field that is garbage: most of what a reader must tell apart. */
const GOOD = [
  { type: "submit", applicant: "p:parent-2", child: { iin: "p:child-2", born: "2015-06-03" } },
  { type: "publish_vacancy", kindergarten: "bobek", group_year: 2015, language: "ru", places: 2 },
  { type: "change_benefit", application: NUMBER, benefit: null },
  { type: "withdraw", application: NUMBER },
  { type: "pause", reason: "r", authority: { kind: "department", document: "1" }, by: { role: "operator", name: "o" } },
  { type: "import", applicant: "p:parent-3", child: { iin: "p:child-3", born: "2015-06-03" }, application: "UO.2017.000001.1",
    registered_at: "2017-01-10T09:00:00+06:00", stage: "queued", reason: "r", authority: { kind: "department", document: "1" } },
];
const NEARLY = fc
  .tuple(fc.constantFrom(...GOOD), fc.constantFrom(...KEYS), VALUE)
  .map(([good, key, value]) => ({ ...good, [key]: value }));
const TIME = fc.oneof({ weight: 4, arbitrary: fc.constant(NOW) }, { weight: 1, arbitrary: VALUE });

/** Does something; what it throws must be ours, and not the end of the module. */
function tried(work) {
  try {
    return work();
  } catch (error) {
    assert.ok(error instanceof kezek.KezekError, error);
    assert.notEqual(error.code, "internal", String(error.cause?.stack));
    assert.ok(error.message.length > 0 && error.faults.length > 0);
    return undefined;
  }
}

const check = (...arbitraries) => fc.assert(fc.property(...arbitraries));

test("commands", () => {
  let done = 0;
  check(fc.oneof(fc.constantFrom(...GOOD), NEARLY, NEARLY, COMMAND, VALUE), TIME, (command, now) => {
    const register = town();
    const digest = register.digest();
    const outcome = tried(() => register.apply(command, now));
    if (outcome === undefined) assert.equal(register.digest(), digest);
    else done += 1;
    assert.equal(kezek.Register.replay(register.events()).digest(), register.digest());
    tried(() => register.check(command, now));
    tried(() => register.applyMany([[command, now]]));
    tried(() => register.applyMany(command));
    register.free();
  });
  assert.ok(done > 10, `${done} were read`);
});

test("views", () => {
  const register = town();
  const digest = register.digest();
  const names = Object.getOwnPropertyNames(kezek.Register.prototype);
  const views = names.filter((name) => typeof Object.getOwnPropertyDescriptor(kezek.Register.prototype, name).value === "function");
  const changing = ["constructor", "apply", "applyMany", "advance", "rollback", "follow"];
  const asked = views.filter((name) => !changing.includes(name));
  assert.ok(asked.length > 25);
  check(fc.constantFrom(...asked), VALUE, TIME, VALUE, (view, one, two, three) => {
    thrown(() => register[view](one, two, three));
    thrown(() => register[view](NUMBER, two, one));
    thrown(() => register[view](two, one));
    assert.equal(register.digest(), digest);
  });
});

/** The same, where an argument that is no object at all is JavaScript's own TypeError. */
function thrown(work) {
  return tried(() => {
    try {
      return work();
    } catch (error) {
      if (error instanceof TypeError) throw new kezek.KezekError("malformed", [{ path: "", expected: "", found: error.message }]);
      throw error;
    }
  });
}

test("questions", () => {
  const register = town();
  const VIEWS = ["application", "card", "form", "position", "explain_position", "permissions", "buttons", "next_deadline", "deadlines", "vacancies", "queue", "messages", "preview_policy"];
  const question = fc.tuple(fc.constantFrom(...VIEWS), fc.dictionary(fc.constantFrom(...KEYS, "form", "event", "events", "to", "iin"), VALUE, { maxKeys: 4 }));
  check(question, TIME, ([view, fields], now) => {
    tried(() => register.ask({ view, ...fields }, now));
    tried(() => register.ask(fields, now));
  });
});

test("cards, policies, calendars, forms, texts, journals, snapshots", () => {
  const card = town().card(NUMBER, NOW).toJSON();
  const texts = kezek.Texts.of("kk", { policy: "akmola-2018" });
  const calendar = kezek.Calendar.kazakhstan().toJSON();
  const snapshot = town().snapshot();
  const readers = [
    (value) => kezek.Card.fromJSON(value), (value) => kezek.Policy.of(value), (value) => kezek.Calendar.of(value), (value) => kezek.Policy.named(value),
    (value) => kezek.Form.check(value, "akmola-2018", NOW), (value) => kezek.Form.check({}, value, NOW), (value) => kezek.Iin.parse(value),
    (value) => kezek.isPerson(value), (value) => kezek.Register.replay(value), (value) => kezek.Register.restore(value),
    ...["event", "denial", "finding", "positionChange", "changePart", "forecast", "deadline", "listedBenefit", "stage", "button", "label", "field",
      "benefit", "date", "moment", "until", "term", "places", "error"].map((name) => (value) => texts[name](value)),
  ];
  check(fc.nat(readers.length - 1), VALUE, (index, value) => {
    thrown(() => readers[index](value));
  });
  // Nearly right: one field of a good one is garbage.
  const nearly = (good) => fc.tuple(fc.constantFrom(...Object.keys(good)), VALUE).map(([key, value]) => ({ ...good, [key]: value }));
  check(nearly(card), TIME, (value, now) => {
    const read = tried(() => kezek.Card.fromJSON(value));
    if (read !== undefined) tried(() => read.permissions(now));
    read?.free();
  });
  check(nearly(calendar), (value) => {
    tried(() => kezek.Calendar.of(value));
  });
  check(nearly(JSON.parse(snapshot)), (value) => {
    tried(() => kezek.Register.restore(value));
  });
  check(fc.nat(snapshot.length), fc.string({ maxLength: 3 }), (at, put) => {
    tried(() => kezek.Register.restore(snapshot.slice(0, at) + put + snapshot.slice(at + put.length)));
  });
  const packed = town().pack();
  check(fc.nat(packed.length), fc.uint8Array({ maxLength: 9 }), (at, put) => {
    const changed = packed.slice();
    changed.set(put.subarray(0, packed.length - at), at);
    tried(() => kezek.Register.unpack(changed));
    tried(() => kezek.Register.unpack(packed.subarray(0, at)));
    tried(() => kezek.Register.unpack(put));
  });
});

test("what is nested too deep is an error, not a trap", () => {
  for (const depth of [100, 1_000, 10_000, 100_000]) {
    let deep = 1;
    for (let n = 0; n < depth; n += 1) deep = [deep];
    thrown2(() => town().apply({ type: "withdraw", ext: { deep } }, NOW));
    tried(() => kezek.Register.replay("[".repeat(depth)));
    tried(() => kezek.Register.restore(`${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`));
  }
  assert.equal(town().position(NUMBER, NOW).number, 1);
});

/** The same, where JavaScript itself goes no deeper. */
function thrown2(work) {
  try {
    return tried(work);
  } catch (error) {
    assert.ok(error.actual instanceof RangeError || error instanceof RangeError, error);
  }
}

test("spoilt scenarios are answered as in Rust", () => {
  const stories = spoilt();
  assert.ok(stories.length > 100);
  for (const { policy, prefix, refused, steps, answers } of stories) {
    const register = tried(() => kezek.Register.open({ policy, prefix }));
    assert.equal(register === undefined, refused !== undefined);
    for (const [index, step] of (steps ?? []).entries()) {
      // (As it is in JSON: no `undefined` among the values.)
      const answer = JSON.parse(JSON.stringify(answered(register, step)));
      assert.deepEqual(answer, answers[index], JSON.stringify({ step, policy }));
    }
    register?.free();
  }
});

function answered(register, { at, ...step }) {
  let found;
  try {
    if ("do" in step) found = { denials: register.apply(step.do, at).denials };
    else if ("check" in step) found = { denials: register.check(step.check, at) };
    else if ("ask" in step) found = { answer: register.ask(step.ask, at) };
    else found = void register.advance(at) ?? {};
  } catch (error) {
    if (!(error instanceof kezek.KezekError)) throw error;
    return { error: { code: error.code, path: error.path } };
  }
  return { ...found, digest: register.digest() };
}
