// What crosses the border: instants, plain data, errors, memory.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import {
  Calendar, Card, DeniedError, Form, Iin, init, isPerson, KezekError, orderKey, Policy, raiseForDenial, Register, Texts, backtest,
} from "kezek";
import { CHILD, NOW, NUMBER, PUBLISH, SUBMIT, town } from "./told.mjs";

await init();

const fails = (code, path, work) =>
  assert.throws(work, (error) => {
    assert.ok(error instanceof KezekError, inspect(error));
    assert.deepEqual([error.code, error.path], [code, path], error.message);
    assert.ok(error.message.startsWith(code));
    return true;
  });

test("an instant is text, a Date or a Temporal.Instant", () => {
  const epochMilliseconds = Date.parse(NOW) + 999;
  const forms = [NOW, "2018-01-10T03:00:00.999Z", new Date(epochMilliseconds), { epochMilliseconds }];
  const outcomes = forms.map((now) => Register.open({ policy: "akmola-2018" }).apply(SUBMIT, now));
  for (const outcome of outcomes) assert.deepEqual(outcome, outcomes[0]);
  // As the clocks of the settlement show it.
  assert.equal(outcomes[0].events[0].at, NOW);
  assert.equal(town().now, NOW);
  // Inside a command too: there it is JSON.
  const moved = town();
  moved.apply({ type: "change_policy", policy: "akmola-2018", from: new Date("2018-02-01T00:00:00+06:00"),
    reason: "r", authority: { kind: "department", document: "1" } }, NOW);
  assert.ok(moved.nextDeadline(NOW).at.startsWith("2018-02-01T00:00:00"));
});

test("an instant before 1970 is cut down too, and one outside the calendar is an error", () => {
  for (const now of ["1969-12-31T23:59:59.5Z", new Date("1969-12-31T23:59:59.500Z"), new Date(-8.64e15), new Date(8.64e15)]) {
    fails("outside_calendar", "now", () => town().advance(now));
  }
});

test("no instant", () => {
  for (const now of ["2018-01-10T09:00:00", "", "soon", new Date(Number.NaN), 0, 1515553200, null, undefined, {}, { epochMilliseconds: "0" }, [], "\ud800", 10n]) {
    fails("malformed", "now", () => town().advance(now));
    fails("malformed", "now", () => town().position(NUMBER, now));
  }
});

test("answers are plain data", () => {
  const register = town();
  const seen = [];
  JSON.stringify([register.apply(PUBLISH, NOW), register.permissions(NUMBER, NOW), register.card(NUMBER, NOW), register.positions(NOW)], (_, value) => {
    if (typeof value === "object" && value !== null) seen.push(Object.getPrototypeOf(value));
    return value;
  });
  assert.ok(seen.length > 50);
  assert.deepEqual(new Set(seen), new Set([Array.prototype, Object.prototype]));
});

test("an error names the field, and quotes no number", () => {
  const register = town();
  const digest = register.digest();
  fails("malformed", "child.iin", () => register.apply({ ...SUBMIT, child: { ...CHILD, iin: "991231500017" } }, NOW));
  fails("malformed", "child.born", () => register.apply({ ...SUBMIT, child: { ...CHILD, born: 5 } }, NOW));
  fails("malformed", "type", () => register.apply({}, NOW));
  fails("malformed", "", () => register.apply(undefined, NOW));
  fails("malformed", "", () => register.apply(() => 1, NOW));
  fails("malformed", "ext.a[1]", () => register.apply({ ...SUBMIT, ext: { a: [1, 10n] } }, NOW));
  fails("malformed", "channel_number", () => register.apply({ ...SUBMIT, channel_number: "\udead" }, NOW));
  const cycle = { type: "submit" };
  cycle.ext = { cycle };
  fails("malformed", "ext.cycle", () => register.apply(cycle, NOW));
  fails("malformed", "[1].now", () => register.applyMany([[SUBMIT, NOW], [SUBMIT, "now"]]));
  fails("clock_moved_back", "now", () => register.apply(SUBMIT, "2018-01-09T09:00:00+06:00"));
  fails("not_found", "application", () => register.position("UO.2018.000009.1", NOW));
  fails("malformed", "application", () => register.position(1, NOW));
  fails("malformed", "by.role", () => register.permissions(NUMBER, NOW, { by: { role: "king" } }));
  fails("unknown_policy", "policy", () => Register.open({ policy: "nowhere" }));
  const faulty = { base: "akmola-2018", zone: "Europe/Paris", age: { until: { hours: 1 } } };
  assert.throws(() => Policy.of(faulty), (error) => error.code === "invalid_policy" && error.fields.length === 2 && error.fields.includes("age.until"));
  try {
    register.apply({ ...SUBMIT, child: { ...CHILD, iin: "991231500017" } }, NOW);
  } catch (error) {
    assert.ok(!error.message.includes("991231500017"));
  }
  assert.equal(register.digest(), digest);
});

test("a getter's own error comes through as it is", () => {
  const own = new RangeError("mine");
  const command = { get type() { throw own; } };
  assert.throws(() => town().apply(command, NOW), (error) => error === own);
});

test("a denial is data, and an error for who wants one", () => {
  const register = town();
  const outcome = register.apply({ type: "pass_turn", application: NUMBER }, NOW);
  assert.deepEqual(outcome.denials.map(({ code, rule }) => [code, rule]), [["not_your_turn", "R42"]].map(([c]) => [c, outcome.denials[0].rule]));
  assert.throws(() => raiseForDenial(outcome), (error) => error instanceof DeniedError && error.code === "denied" && error.denials === outcome.denials);
  const done = register.apply(PUBLISH, NOW);
  assert.equal(raiseForDenial(done), done);
});

test("many commands in one crossing", () => {
  const one = Register.open({ policy: "akmola-2018" });
  const many = Register.open({ policy: "akmola-2018" });
  const commands = Array.from({ length: 20 }, (_, n) => [{ ...SUBMIT, child: { ...CHILD, iin: `p:child-${n}` } }, new Date(Date.parse(NOW) + n * 1000)]);
  assert.deepEqual(many.applyMany(commands), commands.map(([command, now]) => one.apply(command, now)));
  fails("stale_revision", "[1].expected_revision", () => many.applyMany([[PUBLISH, "2018-01-11T00:00:00Z"], [{ ...PUBLISH, expected_revision: 1 }, "2018-01-11T00:00:00Z"]]));
  // What was done before it stays done.
  one.apply(PUBLISH, "2018-01-11T00:00:00Z");
  assert.equal(many.digest(), one.digest());
  assert.equal(many.rollback(), true);
  assert.equal(many.rollback(), false);
});

test("snapshot, journal, follow, copy", () => {
  const register = town();
  const copy = register.copy();
  const before = register.revision;
  register.apply(PUBLISH, NOW);
  assert.notEqual(copy.digest(), register.digest());
  copy.follow(register.events(before));
  assert.equal(copy.digest(), register.digest());
  const lines = register.events().map((event) => JSON.stringify(event)).join("\n");
  for (const journal of [register.events(), lines, new Set(register.events())]) assert.equal(Register.replay(journal).digest(), register.digest());
  const snapshot = register.snapshot();
  assert.equal(Register.restore(snapshot).snapshot(), snapshot);
  fails("corrupt_history", "digest", () => Register.restore({ ...JSON.parse(snapshot), digest: "k1:00" }));
  fails("malformed", "[1]", () => Register.replay(`${lines.split("\n")[0]}\n{`));
  fails("malformed", "", () => Register.replay(5));
  assert.equal(typeof backtest(register.events()), "object");
});

test("a packed register, and a history that the host keeps", () => {
  const register = town();
  register.apply(PUBLISH, NOW);
  const packed = register.pack();
  const again = Register.unpack(Buffer.from(packed));
  assert.equal(again.digest(), register.digest());
  assert.deepEqual(again.events(), register.events());
  fails("corrupt_history", "", () => Register.unpack(packed.subarray(0, 20)));
  packed[40] ^= 1;
  fails("corrupt_history", "sum", () => Register.unpack(packed));
  fails("malformed", "packed", () => Register.unpack("kezek"));
  const [told, revision] = [register.events(), register.revision];
  assert.deepEqual(register.leaveHistory(), told);
  assert.equal(register.revision, revision);
  assert.deepEqual(register.events(revision), []);
  fails("not_found", "events", () => register.events());
  fails("not_found", "events", () => register.overrides(NOW));
  assert.equal(Register.unpack(register.pack()).digest(), again.digest());
});

test("the methods ask what the wire asks", () => {
  const register = town();
  const other = "2018-02-10T09:00:00+06:00";
  register.apply(PUBLISH, other);
  const by = { role: "applicant", iin: "p:parent-1" };
  const asked = {
    application: register.application(NUMBER, other), position: register.position(NUMBER, other), card: register.card(NUMBER, other).toJSON(),
    permissions: register.permissions(NUMBER, other, { by }), buttons: register.buttons(NUMBER, other, { by }), next_deadline: register.nextDeadline(other),
    deadlines: register.deadlines(NUMBER, other), vacancies: register.vacancies(other), history: register.history(NUMBER, other),
    documents: register.documents(NUMBER, other), forecast: register.forecast(NUMBER, other), overrides: register.overrides(other),
    journal: register.journal("p:parent-1", other), archive: register.archive(other), queue: register.queue(2015, other), digest: register.digest(),
    enrolled: register.enrolled("bobek", other), messages: register.messages(3, other), preview_policy: register.previewPolicy("astana-2018", other),
    explain_position: register.explainPosition(NUMBER, { from: NOW, to: new Date(other) }, other),
  };
  const fields = { queue: { group_year: 2015 }, journal: { iin: "p:parent-1" }, enrolled: { kindergarten: "bobek" }, messages: { event: 3 },
    preview_policy: { policy: "astana-2018" }, explain_position: { application: NUMBER, from: NOW, to: other } };
  const plain = new Set(["next_deadline", "vacancies", "overrides", "archive", "digest"]);
  for (const [view, answer] of Object.entries(asked)) {
    const question = { view, ...(fields[view] ?? (plain.has(view) ? {} : { application: NUMBER })), ...(["permissions", "buttons"].includes(view) && { by }) };
    assert.deepEqual(answer, register.ask(question, other), view);
  }
  assert.deepEqual(register.permissions({ application: NUMBER }, other), register.permissions(NUMBER, other));
  assert.deepEqual(register.permissions({ child: CHILD.iin }, other), register.permissions(NUMBER, other));
  assert.ok(register.permissions({ kindergarten: "bobek" }, other).some(({ action }) => action === "publish_vacancy"));
  assert.deepEqual(register.forecasts([NUMBER, NUMBER], other), [asked.forecast, asked.forecast]);
  fails("not_found", "applications[1].application", () => register.forecasts([NUMBER, "UO.2018.000009.1"], other));
  const { application, stage, group_year, benefit, ...numbers } = register.positions(other)[0];
  assert.deepEqual([application, stage, group_year, benefit, numbers], [NUMBER, "notified", 2015, null, asked.position]);
  assert.deepEqual(register.explainPosition(NUMBER, { from: NOW, to: other, events: register.events() }, other), asked.explain_position);
});

test("a card says what the register would", () => {
  const register = town();
  register.apply(PUBLISH, NOW);
  const card = Card.fromJSON(JSON.parse(JSON.stringify(register.card(NUMBER, NOW))));
  assert.deepEqual(card.permissions(NOW), register.permissions(NUMBER, NOW));
  assert.deepEqual(card.deadlines(NOW), register.deadlines(NUMBER, NOW));
  assert.deepEqual(card.application, register.application(NUMBER, NOW));
  assert.equal(card.revision, register.revision);
  assert.equal(card.policy.name, "akmola-2018");
  assert.equal(card.callable, null);
  const pass = { type: "pass_turn", application: NUMBER };
  assert.deepEqual(card.check(pass, NOW), register.check(pass, NOW));
  const { card: next, events, denials, effects } = card.apply(pass, NOW);
  assert.deepEqual([denials, effects.length > 0, events[0].type], [[], true, "turn_lapsed"]);
  assert.notEqual(next, card);
  assert.equal(card.application.stage, "notified");
  assert.equal(next.application.stage, "queued");
  assert.equal(card.advance(card.nextDeadline).card.application.stage, "queued");
  fails("not_found", "vacancy", () => card.check({ type: "choose", application: NUMBER, vacancy: 9 }, NOW));
  const columns = { policy: "akmola-2018", application: NUMBER, serial: 1, applicant: "p:parent-1", child: CHILD, registered_at: NOW, benefit: null };
  const row = Card.ofRow(columns);
  assert.equal(row.orderKey, orderKey(columns));
  assert.deepEqual(row.callable, ["2017-05-02T00:00:00+06:00", "2022-05-02T00:00:00+06:00"]);
  fails("malformed", "serial", () => Card.ofRow({ ...columns, serial: 0.5 }));
});

test("a host's own calendar", () => {
  const calendar = Calendar.of({ id: "kz-five-day", known_at: "2018-01-01", years: { 2018: { off: ["2018-03-19"], on: [] } } });
  assert.equal(calendar.isWorkingDay("2018-03-19"), false);
  assert.deepEqual(calendar.workingDayAfter("2018-03-16", 1), { day: "2018-03-20", projected: false });
  assert.equal(calendar.workingDaysBetween("2018-03-16", "2018-03-20"), 1);
  assert.deepEqual(calendar.addWorkingDays(["2018-03-16", "2018-03-20"], 1), ["2018-03-20", "2018-03-21"]);
  assert.deepEqual(Calendar.of(calendar.toJSON()).hash, calendar.hash);
  assert.deepEqual([calendar.id, calendar.knownAt, calendar.isProjected(2018), calendar.isProjected(2019)], ["kz-five-day", "2018-01-01", false, true]);
  const register = Register.open({ policy: "akmola-2018", calendar });
  assert.equal(register.calendar.hash, calendar.hash);
  fails("malformed", "years.2018.off[1]", () => Calendar.of({ ...calendar.toJSON(), years: { 2018: { off: ["2018-03-19", "2018-03-19"], on: [] } } }));
  fails("malformed", "years.2018.off[0]", () => Calendar.of({ ...calendar.toJSON(), years: { 2018: { off: [5], on: [] } } }));
  fails("malformed", "years.18", () => Calendar.of({ ...calendar.toJSON(), years: { 18: { off: [], on: [] } } }));
  fails("malformed", "n", () => calendar.workingDayAfter("2018-03-16", 0));
  fails("malformed", "dates[1]", () => calendar.addWorkingDays(["2018-03-16", "2018-3-20"], 1));
  fails("outside_calendar", "dates[0]", () => calendar.addWorkingDays(["2190-03-16"], 1));
});

test("policies", () => {
  const policy = Policy.named("akmola-2018");
  assert.deepEqual([policy.name, policy.zone, policy.calendar], ["akmola-2018", "Asia/Almaty", "kz-five-day"]);
  assert.deepEqual(Policy.of(policy.toJSON()).toJSON(), policy.toJSON());
  assert.deepEqual(policy.compare("akmola-2018"), []);
  assert.ok(policy.compare(Policy.named("kz-2025")).length > 3);
  for (const name of Policy.names()) assert.ok(Object.keys(Policy.sources(name)).length > 0);
  fails("unknown_policy", "policy", () => Policy.named("nowhere"));
});

test("a form, from its fields to its command", () => {
  const found = Form.check({ child: { iin: "061241600012" } }, "kz-2025", NOW);
  assert.equal(found.command, null);
  const texts = Texts.of("ru", { policy: "kz-2025" });
  for (const finding of found.findings) assert.match(texts.finding(finding), /[а-я]/);
  fails("malformed", "form.child.iin", () => Form.check({ child: { iin: 6 } }, "kz-2025", NOW));
});

test("personal numbers", () => {
  const iin = Iin.parse("991231500016");
  assert.deepEqual([iin.birthDate, iin.differsFrom("2099-12-31"), iin.differsFrom("2018-09-09")], ["2099-12-31", false, true]);
  assert.equal(iin.reveal(), "991231500016");
  assert.ok(!`${iin} ${inspect(iin)} ${inspect({ iin })}`.includes("1231500016"));
  assert.deepEqual([isPerson("p:child-1"), isPerson("991231500017"), isPerson("")], [true, false, false]);
  const outcome = Register.open({ policy: "akmola-2018" }).apply({ ...SUBMIT, child: { ...CHILD, iin } }, NOW);
  assert.equal(outcome.events[0].child.iin, "991231500016");
  fails("malformed", "iin", () => Iin.parse("991231500017"));
});

test("texts in three languages", () => {
  const register = town();
  const { events } = register.apply(PUBLISH, NOW);
  const { denials } = register.apply({ type: "withdraw", application: NUMBER, by: { role: "applicant", iin: "p:other" } }, NOW);
  const forecast = register.forecast(NUMBER, NOW);
  const said = new Set();
  for (const language of ["kk", "ru", "en"]) {
    const texts = Texts.of(language, { policy: register.policy });
    const lines = [
      ...events.map((event) => texts.event(event)), ...denials.map((denial) => texts.denial(denial)), texts.stage("queued"),
      texts.button("withdraw"), texts.role("staff"), texts.label("number"), texts.field("child.iin"), texts.document("referral"),
      texts.term({ working_days: 3 }), texts.places(3), texts.date("2018-03-26"), texts.moment(NOW), texts.until(NOW), texts.from(NOW),
      texts.benefit(null), texts.error("not_found"), texts.error(new KezekError("not_found", [])), texts.forecast(forecast),
      texts.deadline(register.nextDeadline(NOW)), texts.closeReason("withdrawn"), texts.vacancyState("waiting"), texts.kind("state"),
      texts.languageOfInstruction("kk"), texts.tier("out_of_turn"), texts.channel("egov"), texts.listedBenefit(register.queue(2015, NOW)[0]),
      ...texts.positionChange(register.explainPosition(NUMBER, { from: NOW, to: NOW }, NOW)),
    ];
    for (const line of lines) assert.ok(typeof line === "string" && line.length > 0, lines);
    said.add(lines.join());
    assert.ok(Object.keys(texts.stored()).length > 200);
    assert.equal(texts.stamp(NOW), "10.01.2018 09:00:00");
    fails("malformed", "label", () => texts.label("nonsense"));
    fails("malformed", "label", () => texts.numberChange("", { before: 1, after: 1, causes: [] }));
    fails("malformed", "stage", () => texts.stage("asleep"));
    fails("malformed", "event.type", () => texts.event({ ...events[0], type: "sleep" }));
  }
  assert.equal(said.size, 3);
  fails("malformed", "language", () => Texts.of("de", { policy: "akmola-2018" }));
});

test("memory is freed: at once, by `using`, by the collector", () => {
  const register = town();
  register.free();
  register.free();
  fails("freed", "", () => register.digest());
  const card = town().card(NUMBER, NOW);
  card[Symbol.dispose]();
  fails("freed", "", () => card.application);
});
