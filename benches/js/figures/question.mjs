// The card's question - which buttons may the parent press, and why not the others - asked of kezek and of its peers.
// Before anything is timed, all must answer alike, for every stage and everybody who may ask.

import { actorsOf, cardsOf } from "./cards.mjs";
import { measured } from "./clock.mjs";
import { COMMANDS, actorOf, factsOf } from "./facts.mjs";
import { deniedBy } from "./json-rules.mjs";
import { allowedIn, eventsOf, snapshotOf, step } from "./machine.mjs";

const STAGES = ["queued", "notified", "referred", "under_review", "stop_listed", "inactive", "enrolled", "closed"];

function same(found, expected, what) {
  const [left, right] = [JSON.stringify(found), JSON.stringify(expected)];
  if (left !== right) throw new Error(`${what}:\n  ${left}\nand kezek says\n  ${right}`);
}

/** Everybody's answers to one question about one card; throws where they differ. */
async function agree(card, by, who, now) {
  const permissions = card.permissions(now, { by });
  const facts = factsOf(card.toJSON(), card.policy.toJSON(), now);
  const what = (peer) => `${peer} of a card that is ${facts.stage}, for the ${who}`;
  same(permissions.map(({ action }) => action), COMMANDS, "the commands");

  const denied = await deniedBy({ ...facts, ...actorOf(by) });
  const codes = (list) => [...(list ?? [])].sort();
  const why = permissions.map(({ denials }) => codes(denials.map(({ code }) => code)));
  same(COMMANDS.map((command) => codes(denied[command])), why, what("json-rules-engine"));

  const allowed = allowedIn(snapshotOf(facts), eventsOf(facts, actorOf(by)));
  same(allowed, permissions.map((row) => row.allowed), what("XState"));
}

/** Asserts that all agree; says how much was compared. */
async function compared(cards, now) {
  let [questions, denials] = [0, new Set()];
  for (const stage of STAGES) {
    if ((cards[stage] ?? []).length === 0) throw new Error(`no card is ${stage}: nothing to compare`);
    for (const card of cards[stage]) {
      if (card.application.stage !== stage && stage !== "referred") throw new Error(`a card is not ${stage}`);
      for (const [who, by] of Object.entries(actorsOf(card.toJSON()))) {
        await agree(card, by, who, now);
        for (const row of card.permissions(now, { by })) row.denials.forEach(({ code }) => denials.add(code));
        questions += COMMANDS.length;
      }
    }
  }
  return `${questions} answers about ${STAGES.length} stages, for the parent, a stranger, the staff and the department, are ` +
    `the same: with json-rules-engine the ${denials.size} codes of denials too, with XState whether it is allowed (it has no reasons).`;
}

/** The subjects for cards of one stage. */
function subjectsOf(cards, now, Card) {
  const asked = cards.map((card) => {
    const row = card.toJSON();
    const by = actorsOf(row).parent;
    const facts = factsOf(row, card.policy.toJSON(), now);
    const command = { type: "withdraw", application: row.application.application, by, signature: "bench" };
    const events = eventsOf(facts, actorOf(by));
    return { card, by, facts, command, events, given: { ...facts, ...actorOf(by) }, kept: snapshotOf(facts), text: JSON.stringify(row) };
  });
  const of = (n) => asked[n % asked.length];
  return {
    kezek: { name: "kezek: `card.permissions`", work: (n) => of(n).card.permissions(now, { by: of(n).by }), remark: "with bounds, rules, and until when each holds" },
    read: {
      name: "kezek: `Card.fromJSON`, then `permissions`",
      work: (n) => {
        const card = Card.fromJSON(JSON.parse(of(n).text));
        card.permissions(now, { by: of(n).by });
        card.free();
      },
      remark: `from ${Math.round(asked.reduce((sum, { text }) => sum + text.length, 0) / asked.length / 100) / 10} kB of text, on average`,
    },
    rules: { name: "json-rules-engine: `engine.run`", work: (n) => deniedBy(of(n).given), remark: "codes; facts prepared" },
    machine: { name: "XState: 14 times `snapshot.can`", work: (n) => allowedIn(of(n).kept, of(n).events), remark: "yes or no; facts prepared" },
    resolved: { name: "XState: `resolveState`, then 14 times `can`", work: (n) => allowedIn(snapshotOf(of(n).facts), of(n).events), remark: "from a database's row" },
    check: { name: "kezek: `card.check`", work: (n) => of(n).card.check(of(n).command, now), remark: "with every reason" },
    can: { name: "XState: `snapshot.can`", work: (n) => of(n).kept.can(of(n).events[2]), remark: "yes or no" },
    apply: { name: "kezek: `card.apply`", work: (n) => of(n).card.apply(of(n).command, now).card.free(), remark: "events, effects, the next card" },
    step: { name: "XState: `transition`", work: (n) => step(of(n).kept, of(n).events[2]), remark: "the next stage" },
  };
}

export async function questions({ register, Card, pace }) {
  const { now } = register;
  const cards = cardsOf(register, Card);
  const checked = await compared(cards, now);
  const tables = [];
  for (const stage of ["referred", "queued"]) {
    const subject = subjectsOf(cards[stage].slice(0, 12), now, Card);
    const { kezek, read, rules, machine, resolved, check, can, apply, step } = subject;
    const title = `Which of the 14 commands may the parent give, and why not: ${stage}`;
    tables.push(await measured({ title, unit: "question", checked, subjects: [kezek, read, rules, machine, resolved] }, pace));
    if (stage !== "queued") continue;
    const one = "One command: a withdrawal from the queue";
    tables.push(await measured({ title: one, checked: "", subjects: [check, can, apply, step] }, pace));
  }
  Object.values(cards).flat().forEach((card) => card.free());
  return tables;
}
