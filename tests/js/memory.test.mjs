// What is made is freed: by `free`, by `dispose`, and by the garbage collector.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as passed } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Card, Form, init, Policy, Register, Texts } from "kezek";
import { NOW, NUMBER, PUBLISH, SUBMIT, town } from "./told.mjs";

await init();
// The package's own instance: already there, it answers what it has.
const { initSync } = await import(new URL("./glue/kezek.js", import.meta.resolve("kezek")));
const bytes = () => initSync().memory.buffer.byteLength;

/** Everything that a call makes, and what it makes on the way. */
function life(end) {
  const register = town();
  const card = register.card(NUMBER, NOW);
  const made = [register, card, register.policy, register.calendar, register.copy(), Register.restore(register.snapshot())];
  made.push(Card.fromJSON(card.toJSON()), Texts.of("kk", { policy: "akmola-2018" }), Policy.of({ base: "akmola-2018" }));
  made.push(card.apply({ type: "withdraw", application: NUMBER }, NOW).card);
  register.apply(PUBLISH, NOW);
  Form.check({}, "kz-2025", NOW);
  for (const wrong of [() => register.apply({ ...SUBMIT, child: 1 }, NOW), () => register.position("x", NOW), () => Policy.of("x")]) assert.throws(wrong);
  made.forEach(end);
}

for (const [name, end] of [["free", (each) => each.free()], ["dispose", (each) => each[Symbol.dispose]()]]) {
  test(`nothing grows when it is freed by ${name}`, () => {
    for (let n = 0; n < 20; n += 1) life(end);
    const before = bytes();
    for (let n = 0; n < 300; n += 1) life(end);
    assert.equal(bytes(), before);
  });
}

test("nothing grows when it is forgotten, and the collector runs", async () => {
  setFlagsFromString("--expose-gc");
  const gc = runInNewContext("gc");
  const collected = async () => {
    gc();
    await passed(5);
  };
  const forget = () => {};
  for (let n = 0; n < 20; n += 1) life(forget);
  await collected();
  const before = bytes();
  for (let n = 0; n < 30; n += 1) {
    for (let m = 0; m < 10; m += 1) life(forget);
    await collected();
  }
  // Three hundred forgotten lives would need much more than a few of them.
  assert.ok(bytes() - before < 2 * 1024 * 1024, `${bytes() - before} bytes more`);
});
