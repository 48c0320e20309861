// The tables as Markdown, with the machine that they were taken on.

import { readFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { own } from "./setup.mjs";

export const load = () => loadavg()[0].toFixed(1);

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The distance of the quartiles, as a part of the median. */
function spread(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (part) => {
    const place = part * (sorted.length - 1);
    const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
    return low + (high - low) * (place - Math.floor(place));
  };
  return sorted.length < 2 ? "" : `${Math.round(((at(0.75) - at(0.25)) / median(values)) * 100)}%`;
}

/** A time of so many microseconds in the unit that suits it, to three figures. */
function span(us) {
  const [value, unit] = us >= 1e6 ? [us / 1e6, "s"] : us >= 1e3 ? [us / 1e3, "ms"] : us >= 1 ? [us, "µs"] : [us * 1e3, "ns"];
  return `${Number(value.toPrecision(3))} ${unit}`;
}

function times(ratio) {
  return ratio < 10 ? ratio.toFixed(2) : Math.round(ratio).toLocaleString("en");
}

const cells = (row) => `| ${row.join(" | ")} |`;

function tableOf({ rows, unit }) {
  const [first] = rows;
  const line = ({ name, remark, times: taken }) => {
    const ratio = median(taken.map((own, round) => own / first.times[round]));
    return cells([name, span(median(taken)), span(Math.min(...taken)), spread(taken), times(ratio), remark]);
  };
  return [cells([`a ${unit}`, "median", "best", "spread", "times the first", ""]), "|---|--:|--:|--:|--:|---|", ...rows.map(line)];
}

function sizeTable(sizes) {
  const kilobytes = (bytes) => (bytes / 1000).toFixed(1);
  const line = ({ name, raw, zipped }) => cells([name, kilobytes(raw), kilobytes(zipped)]);
  return [cells(["", "kB", "kB gzip"]), "|---|--:|--:|", ...sizes.map(line)];
}

const initRows = (inits) =>
  Object.entries(inits).map(([name, taken]) => ({ name: `\`init()\` of \`${name}\``, remark: "", times: taken.map((ms) => ms * 1000) }));

function engineText({ engine, inits, tables }) {
  const parts = [
    { title: "`init()`: fetched or read, compiled, instantiated", unit: "process or page", checked: "", notes: [], rows: initRows(inits) },
    ...tables,
  ];
  return parts.flatMap(({ title, checked, notes, ...table }) => [
    `### ${title}`, "", ...tableOf(table), "", ...(checked === "" ? [] : [`Checked before: ${checked}`, ""]), ...notes.flatMap((note) => [note, ""]),
  ]).join("\n").replace(/^/, `## ${engine}\n\n`);
}

function versions() {
  const lock = JSON.parse(readFileSync(join(own, "package-lock.json"), "utf8")).packages;
  const of = (name) => `${name} ${lock[`node_modules/${name}`]?.version}`;
  const { version } = JSON.parse(readFileSync(join(own, "node_modules", "kezek", "package.json"), "utf8"));
  return [`kezek ${version}`, of("json-rules-engine"), of("xstate"), of("esbuild")].join(", ");
}

const NOT_THE_SAME = `## What the peers do not do

They are a rules engine and a state machine without rules: the conditions of this question are written for them in
\`figures/json-rules.mjs\` and \`figures/machine.mjs\`, as a good user of each would, and were compared with kezek first. Not in
them, and not in their time or size:

- working days, moved rest days, time zones: each end is an instant that somebody has worked out before (\`figures/facts.mjs\`);
- until when an answer holds, the bounds in a denial, the rule behind it, its text in Kazakh, Russian and English;
- other policies than \`akmola-2018\`, pauses, a signature, the contents of a command (which place, until when to extend);
- the other rows: who is next, whose turn a free place is, what happens to a place that is given back;
- a journal, what falls due by itself, the next card. XState gives the next stage; json-rules-engine gives nothing to go on with.

XState's \`can\` says yes or no and never why: for a reason each guard is asked once more by hand. json-rules-engine answers
asynchronously, and is told the codes as params of an event.
`;

/** @param {{ sizes: object[], engines: object[], before: string, quick: boolean, city: string }} given */
export function report({ sizes, engines, before, quick, city }) {
  const head = [
    "# Speed and size of the JavaScript package", "",
    `Made by \`node benches/js${quick ? " --quick" : ""}\` on ${new Date().toISOString().slice(0, 10)}; written by the program, not by hand.`, "",
    `- ${cpus()[0]?.model.trim()}, ${cpus().length} cores; load average ${before} at the start, ${load()} at the end`,
    `- ${engines.map(({ engine }) => engine).join("; ")}; ${versions()}`,
    `- The city: ${city}, seed 7, policy \`akmola-2018\``,
    "- A round repeats the work for 40 ms or longer; rounds of all rows of a table are taken in turn, nine of them (the city is loaded three times). The spread is " +
      "the distance of the quartiles, as a part of the median. \"Times the first\" is the median of the ratios in a round: quote these, not the times.",
    "", "## Size", "", ...sizeTable(sizes), "",
    "A page needs one module and its JavaScript. The modules have the rules, the calendar, the policies and the texts in three languages; " +
      "the peers bundled have no rules, and with the card's question those of one policy alone.", "",
  ].join("\n");
  return [head, ...engines.map(engineText), NOT_THE_SAME].join("\n");
}
