// What a panic of the library becomes: an error that says so, from every object, until `restart`.
//
// No input reaches a panic (garbage.test.mjs looks for one), so that the package is built once more with a fault put in:
// the feature `fault-injection`. KEZEK_FAULTY is that package's folder; `bindings-wasm/test.mjs` builds it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { NOW, NUMBER, SUBMIT } from "./told.mjs";

const folder = process.env.KEZEK_FAULTY;

test("after a panic the instance is dead, and says so", { skip: folder === undefined && "KEZEK_FAULTY is not set" }, async () => {
  const at = (name) => import(`${pathToFileURL(folder)}/${name}`);
  const { Calendar, Card, init, KezekError, Policy, Register, restart, Texts } = await at("index.js");
  // The fault comes through the same door as every call.
  const glue = await at("glue/kezek.js");
  glue.Register.prototype.rollback = function () {
    return this.fail();
  };
  await init();

  const register = Register.open({ policy: "akmola-2018" });
  register.apply(SUBMIT, NOW);
  const snapshot = register.snapshot();
  const card = register.card(NUMBER, NOW);
  const policy = Policy.named("akmola-2018");
  const texts = Texts.of("kk", { policy });
  const other = Register.open({ policy });
  policy.toJSON();

  const dead = (work) =>
    assert.throws(work, (error) => {
      assert.ok(error instanceof KezekError);
      assert.equal(error.code, "internal");
      assert.match(error.message, /restart\(\)/);
      assert.ok(error.cause instanceof WebAssembly.RuntimeError);
      return true;
    });
  dead(() => register.rollback());
  const calls = [
    () => register.apply(SUBMIT, NOW), () => register.position(NUMBER, NOW), () => register.revision, () => register.snapshot(),
    () => other.digest(), () => card.permissions(NOW), () => card.application, () => texts.stage("queued"), () => policy.name,
    () => Register.open({ policy: "akmola-2018" }), () => Policy.names(), () => Calendar.kazakhstan(), () => Register.restore(snapshot),
    () => Card.fromJSON({}), () => register.rollback(),
  ];
  for (const call of calls) dead(call);
  // What is forgotten, or freed, goes nowhere.
  register.free();
  card.free();
  await init();
  dead(() => other.digest());

  restart();
  const again = Register.restore(snapshot);
  assert.equal(again.position(NUMBER, NOW).number, 1);
  // The objects of before stay dead.
  for (const call of [() => other.digest(), () => texts.stage("queued")]) dead(call);
  // A policy that was read before is data: it can be taken along.
  assert.equal(Register.open({ policy }).policy.name, "akmola-2018");

  // And once more, and without a failure.
  dead(() => again.rollback());
  restart();
  const third = Register.restore(snapshot);
  restart();
  assert.throws(() => third.digest(), (error) => error.code === "internal");
  assert.equal(Register.restore(snapshot).revision, 2);
});
