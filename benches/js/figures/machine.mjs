// The card's question with XState: a machine whose states are the stages, with guards for what else a command asks for.
// A row of a database becomes a snapshot by `resolveState`; `can` says whether an event would do anything, and not why.

import { and, not, or, setup, transition } from "xstate";
import { COMMANDS } from "./facts.mjs";

const guards = {
  own: ({ context, event }) => event.role === "applicant" && context.family.includes(event.person),
  servedHere: ({ context, event }) => event.role === "staff" && event.kindergartens.includes(context.kindergarten),
  department: ({ event }) => event.role === "department",
  withBenefit: ({ context }) => context.benefit !== null,
  mustAccept: ({ context }) => context.mustAccept,
  visited: ({ context }) => context.visited,
  oldEnough: ({ context, event }) => event.now >= context.oldEnoughAt,
  tooOld: ({ context, event }) => event.now >= context.tooOldAt,
  placeFree: ({ context }) => context.waiting > 0 || context.open > 0,
  inFreeChoice: ({ context }) => context.open > 0 || (context.waiting === 0 && context.freeChoice),
  recallRuns: ({ context, event }) => context.recallUntil !== null && event.now < context.recallUntil,
  termRuns: ({ context }) => context.expiresAt !== null,
  extensionLeft: ({ context }) => context.extensions < context.extensionsAllowed,
  enrolledElsewhere: ({ context }) => context.enrolledWith !== null,
  reasonGiven: ({ event }) => event.reason !== "",
};

const served = or(["servedHere", "department"]);
const mayChoose = ["own", "oldEnough", not("tooOld"), "placeFree"];

/** What is possible in every stage before the enrolment. */
const always = {
  confirm_interest: { guard: "own", actions: "confirm" },
  prove_benefit: { guard: and([served, "withBenefit"]), actions: "prove" },
};
const withdraw = { guard: "own", target: "closed" };

export const machine = setup({
  guards,
  actions: { confirm: () => {}, prove: () => {}, visit: () => {}, extend: () => {}, change: () => {} },
}).createMachine({
  id: "application",
  context: ({ input }) => input,
  initial: "queued",
  states: {
    queued: {
      on: {
        ...always,
        withdraw,
        change_benefit: { guard: "own", actions: "change" },
        choose: { guard: and([...mayChoose, "inFreeChoice"]), target: "referred" },
      },
    },
    notified: {
      on: {
        ...always,
        withdraw,
        pass_turn: { guard: "own", target: "queued" },
        choose: { guard: and(mayChoose), target: "referred" },
      },
    },
    referred: {
      on: {
        ...always,
        withdraw: { guard: and(["own", "mustAccept"]), target: "closed" },
        extend_referral: { guard: and(["own", "termRuns", "extensionLeft", "reasonGiven"]), actions: "extend" },
        recall_referral: { guard: and(["own", "recallRuns", "reasonGiven"]), target: "queued" },
        record_visit: { guard: and([served, not("visited")]), actions: "visit" },
        accept: { guard: and(["servedHere", not("enrolledElsewhere")]), target: "enrolled" },
        refuse: { guard: and(["servedHere", not("mustAccept"), "reasonGiven"]), target: "under_review" },
      },
    },
    under_review: {
      on: {
        ...always,
        withdraw,
        uphold_refusal: { guard: "department", target: "queued" },
        overturn_refusal: { guard: "department", target: "referred" },
      },
    },
    stop_listed: { on: { ...always, withdraw } },
    inactive: { on: { ...always, withdraw } },
    enrolled: { on: { mark_departure: { guard: and([served, "reasonGiven"]), target: "closed" } } },
    closed: { type: "final" },
  },
});

/** The snapshot of an application, as a page would keep it. */
export function snapshotOf(facts) {
  return machine.resolveState({ value: facts.stage, context: facts });
}

/** The commands as events of who acts. */
export function eventsOf(facts, actor) {
  return COMMANDS.map((type) => ({ type, ...actor, now: facts.now, reason: facts.reason }));
}

/** Which of them would be done. */
export function allowedIn(snapshot, events) {
  return events.map((event) => snapshot.can(event));
}

/** The next snapshot; the stage alone, no deadline and no other row. */
export function step(snapshot, event) {
  return transition(machine, snapshot, event);
}
