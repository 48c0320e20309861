// The city: loaded from its snapshot, from its journal and from its bytes, and single questions to it.

import { measured, timesOf } from "./clock.mjs";

/** A prime: leaps over a list in which no neighbours are met. */
const LEAP = 7_919;

/** Restores the register `rounds` times, and replays it; keeps the last one. */
export async function loading({ Register, read, rounds }) {
  const text = await read("city.json");
  let register;
  const keep = (made, last) => (last ? (register = made) : made.free());
  const restore = await timesOf("`Register.restore`, of the snapshot", rounds, () => Register.restore(text), {
    remark: `${(text.length / 1e6).toFixed(0)} million characters; every digest is compared`,
    after: keep,
  });
  const digest = register.digest();
  const journal = await read("events.jsonl");
  const replay = await timesOf("`Register.replay`, of the journal", rounds, () => Register.replay(journal), {
    remark: `${(journal.length / 1e6).toFixed(0)} million characters, each event taken in`,
    after: (made) => {
      if (made.digest() !== digest) throw new Error("the journal and the snapshot tell of two cities");
      made.free();
    },
  });
  const light = register.copy();
  light.leaveHistory();
  const unpacked = [];
  for (const [what, bytes] of [["its state alone", light.pack()], ["with its events", register.pack()]]) {
    const row = await timesOf(`\`Register.unpack\`, ${what}`, rounds, () => Register.unpack(bytes), {
      remark: `${(bytes.length / 1e6).toFixed(1)} MB`,
      after: (made) => {
        if (made.digest() !== digest) throw new Error("the packed register is another one");
        made.free();
      },
    });
    unpacked.push(row);
  }
  light.free();
  const checked = "all registers have the same digest.";
  const title = "The whole city, loaded";
  return { register, table: { title, unit: "load", checked, notes: [], rows: [restore, replay, ...unpacked] } };
}

/** Single questions. */
export async function asking({ register, Card, pace }) {
  const { now } = register;
  const rows = register.positions(now);
  const number = (n) => rows[(n * LEAP) % rows.length].application;
  for (let n = 0; n < rows.length; n += 97) {
    const { number: first, application } = rows[n];
    if (register.position(application, now).number !== first) throw new Error(`${application}: two positions`);
  }
  const date = new Date(now);
  const position = [
    { name: "`register.position`", work: (n) => register.position(number(n), now) },
    { name: "`register.position`, `now` a `Date`", work: (n) => register.position(number(n), date) },
    { name: "`register.positions`, all", work: () => register.positions(now), remark: `${rows.length} rows` },
  ];
  const cards = rows.slice(0, 100).map(({ application }) => register.card(application, now));
  const texts = cards.map((card) => JSON.stringify(card));
  const size = texts.reduce((sum, text) => sum + text.length, 0) / texts.length;
  const card = [
    { name: "`register.permissions`", work: (n) => register.permissions(number(n), now), remark: "14 commands" },
    { name: "`register.card`", work: (n) => register.card(number(n), now).free() },
    {
      name: "`Card.fromJSON`, first of the line",
      work: (n) => Card.fromJSON(JSON.parse(texts[n % texts.length])).free(),
      remark: `${(size / 1000).toFixed(0)} kB: every place that it may be offered`,
    },
  ];
  const live = `${rows.length} live`;
  const checked = "`position` and `positions` agree.";
  const tables = [
    await measured({ title: `Positions in that city, ${live}`, checked, subjects: position }, pace),
    await measured({ title: `Cards of that city, ${live}`, checked: "", subjects: card }, pace),
  ];
  cards.forEach((card) => card.free());
  return tables;
}
