// kezek/card: the smaller module, the same classes.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as small from "kezek/card";
import { CHILD, NOW, NUMBER, SUBMIT } from "./told.mjs";

const wasm = readFileSync(new URL(import.meta.resolve("kezek/card.wasm")));
small.initSync(wasm);

test("a page without a register", async () => {
  assert.equal("Register" in small, false);
  await small.init();
  const columns = { policy: "akmola-2018", application: NUMBER, serial: 1, applicant: "p:parent-1", child: CHILD, registered_at: NOW, next_due: null };
  const card = small.Card.ofRow(columns);
  const withdraw = card.permissions(NOW).find(({ action }) => action === "withdraw");
  assert.equal(withdraw.allowed, true);
  const { card: next, events, effects } = card.apply({ type: "withdraw", application: NUMBER }, NOW);
  assert.deepEqual([next.application.stage, events[0].type, effects], ["closed", "closed", []]);
  assert.match(small.Texts.of("kk", { policy: "akmola-2018" }).event(events[0]), /\p{Script=Cyrillic}/u);
  assert.equal(small.Calendar.kazakhstan().isWorkingDay("2018-03-21"), false);
  assert.equal(small.Form.check({}, "kz-2025", NOW).command, null);
  assert.equal(small.Iin.parse("991231500016").birthDate, "2099-12-31");
});

test("a portal that keeps its own rows", () => {
  const desk = small.Desk.open({ policy: "akmola-2018" });
  assert.equal(desk.number(1, NOW), NUMBER);
  const filed = desk.after(1).submit(SUBMIT, { serial: 1 }, NOW);
  assert.equal(filed.card.application.application, NUMBER);
  assert.equal(filed.events[0].seq, 2);
  const twice = desk.after(2).submit({ ...SUBMIT, applicant: "p:parent-2" }, { serial: 2, active: NUMBER }, NOW);
  assert.deepEqual([twice.card, twice.denials[0].code], [null, "already_in_queue"]);
  const published = desk.after(2).publish({ type: "publish_vacancy", kindergarten: "bobek", group_year: 2015, language: "ru", places: 1 }, 1, NOW);
  const card = small.Card.fromJSON({ ...filed.card.toJSON(), revision: 3 });
  const called = card.call(1, 1, NOW, { causedBy: published.events[0] });
  assert.deepEqual(called.events.map(({ type, command }) => [type, command]), [["turn_came", 3]]);
  assert.equal(called.card.application.stage, "notified");
  assert.equal(desk.openPlaces(1, [1], NOW).events[0].type, "seats_opened");
  assert.throws(() => desk.openPlaces(1, [], NOW), (error) => error.code === "malformed" && error.path === "seats");
  assert.throws(() => desk.openPlaces(1, [0.5], NOW), (error) => error.path === "seats[0]");
  assert.throws(() => card.call(-1, 1, NOW), (error) => error.path === "vacancy");
});

test("a card of one is a card of both", async () => {
  const whole = await import("kezek");
  assert.equal(whole.Card, small.Card);
  assert.equal(whole.KezekError, small.KezekError);
  const policy = small.Policy.named("akmola-2018");
  const calendar = small.Calendar.kazakhstan();
  const card = small.Card.ofRow({ policy, application: NUMBER, serial: 1, applicant: "p:parent-1", child: CHILD, registered_at: NOW });
  assert.throws(() => whole.Register.open({ policy }), (error) => error.code === "not_loaded" && /kezek\/card/.test(error.message));
  await whole.init();
  // What was made before lives on, and is lent to the other module.
  const register = whole.Register.open({ policy, calendar });
  register.apply(SUBMIT, NOW);
  assert.deepEqual(register.card(NUMBER, NOW).permissions(NOW).map(({ action }) => action), card.permissions(NOW).map(({ action }) => action));
  await small.init();
  assert.equal(whole.Register.open({ policy }).revision, 1);
});
