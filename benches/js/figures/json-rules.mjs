// The card's question with json-rules-engine: a rule for each denial, whose event names the command and the code. The
// engine is made once; a run is given the facts of one application and of who acts.

import { Engine } from "json-rules-engine";
import { COMMANDS } from "./facts.mjs";

const is = (fact, value) => ({ fact, operator: "equal", value });
const isIn = (fact, value) => ({ fact, operator: "in", value });
const all = (...conditions) => ({ all: conditions });
const any = (...conditions) => ({ any: conditions });
const not = (condition) => ({ not: condition });
const the = (fact) => ({ fact });

const own = all(is("role", "applicant"), isIn("person", the("family")));
const served = all(is("role", "staff"), isIn("kindergarten", the("kindergartens")));
const department = is("role", "department");
const closed = is("stage", "closed");
const referred = is("stage", "referred");
const notStage = (...stages) => ({ fact: "stage", operator: "notIn", value: [...stages, "closed"] });
const noPlace = all(is("waiting", 0), is("open", 0));
const inFreeChoice = any(
  { fact: "open", operator: "greaterThan", value: 0 },
  all(is("waiting", 0), is("freeChoice", true)),
);

const PARENT = COMMANDS.slice(0, 7);
const OF_A_REFERRAL = ["extend_referral", "recall_referral", "record_visit", "accept", "refuse"];
const OF_A_REVIEW = ["uphold_refusal", "overturn_refusal"];
const ON_THE_WHOLE = COMMANDS.filter((command) => ![...OF_A_REFERRAL, ...OF_A_REVIEW].includes(command));
const WITH_A_REASON = ["extend_referral", "recall_referral", "refuse", "mark_departure"];

/** Whose command it is (R05, R06, R08). */
const yours = (command) => {
  if (PARENT.includes(command)) return own;
  if (OF_A_REVIEW.includes(command)) return department;
  return ["accept", "refuse"].includes(command) ? served : any(served, department);
};

/** The commands, the code, and when it is denied. */
const DENIALS = [
  ...COMMANDS.map((command) => [[command], "not_yours", not(yours(command))]),
  [ON_THE_WHOLE, "already_closed", closed],
  [["change_benefit"], "not_in_queue", notStage("queued")],
  [["confirm_interest", "prove_benefit"], "not_in_queue", is("stage", "enrolled")],
  [["withdraw"], "not_in_queue", any(is("stage", "enrolled"), all(referred, is("mustAccept", false)))],
  [["pass_turn"], "not_your_turn", is("stage", "queued")],
  [["pass_turn"], "not_in_queue", notStage("queued", "notified")],
  [["choose"], "stop_listed", is("stage", "stop_listed")],
  [["choose"], "not_in_queue", notStage("queued", "notified", "stop_listed")],
  [["choose"], "too_young", all(not(closed), { fact: "now", operator: "lessThan", value: the("oldEnoughAt") })],
  [["choose"], "too_old", all(not(closed), { fact: "now", operator: "greaterThanInclusive", value: the("tooOldAt") })],
  [["choose"], "not_your_turn", all(is("stage", "queued"), not(inFreeChoice))],
  [["choose"], "no_free_place", all(not(closed), noPlace)],
  [OF_A_REFERRAL, "under_review", is("stage", "under_review")],
  [OF_A_REFERRAL, "no_active_referral", { fact: "stage", operator: "notIn", value: ["referred", "under_review"] }],
  [OF_A_REVIEW, "not_under_review", not(is("stage", "under_review"))],
  [["mark_departure"], "not_enrolled", notStage("enrolled")],
  [["prove_benefit"], "unknown_benefit", all(not(closed), is("benefit", null))],
  [["accept"], "already_enrolled", all(referred, not(is("enrolledWith", null)))],
  [["refuse"], "must_accept", all(referred, is("mustAccept", true))],
  [["record_visit"], "already_visited", all(referred, is("visited", true))],
  [
    ["recall_referral"],
    "recall_window_closed",
    all(
      referred,
      any(is("recallUntil", null), { fact: "now", operator: "greaterThanInclusive", value: the("recallUntil") }),
    ),
  ],
  [["extend_referral"], "no_term_runs", all(referred, is("expiresAt", null))],
  [
    ["extend_referral"],
    "extension_used",
    all(referred, { fact: "extensions", operator: "greaterThanInclusive", value: the("extensionsAllowed") }),
  ],
  [WITH_A_REASON, "reason_required", is("reason", "")],
];

function engineOf() {
  const engine = new Engine();
  for (const [commands, code, condition] of DENIALS) {
    const conditions = "all" in condition || "any" in condition ? condition : all(condition);
    for (const command of commands) engine.addRule({ conditions, event: { type: command, params: { code } } });
  }
  return engine;
}

const engine = engineOf();

/** The codes against each command: the commands that are not there are allowed. */
export async function deniedBy(facts) {
  const { events } = await engine.run(facts);
  const denied = {};
  for (const { type, params } of events) (denied[type] ??= []).push(params.code);
  return denied;
}
