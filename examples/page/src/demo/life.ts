// What the people of the town do when something happens: families choose, kindergartens accept, a few are late.

import type { KezekEvent } from "../kezek";
import { type Act, chance, DAY, OPENS, staffOf } from "./town";

/** Whose application it is and where its referral leads. */
export interface Known {
  readonly applicant: string;
  readonly kindergarten: string;
}

/** The visitor's own families: nobody acts for them. */
export const isVisitor = (applicant: string): boolean => !applicant.startsWith("p:family-");

/** What the town does after an event, if anything. */
export function reaction(event: KezekEvent, known: (application: string) => Known | undefined): Act | undefined {
  if (event.at === null || !("application" in event) || typeof event.application !== "string") return undefined;
  const application = event.application;
  const family = known(application);
  if (family === undefined) return undefined;
  // Before the demo opens the visitor's families did not let their interest lapse.
  const past = Date.parse(event.at) < OPENS - 10 * DAY && event.type === "reminder_due" && event.of === "interest";
  if (isVisitor(family.applicant) && !past) return undefined;
  const luck = chance(event.seq * 7 + 3);
  const at = Date.parse(event.at) + Math.floor((0.15 + chance(event.seq * 7 + 4)) * DAY);
  const by = { role: "applicant", iin: family.applicant } as const;
  const staff = staffOf(family.kindergarten);
  const signature = "demo";

  switch (event.type) {
    case "turn_came":
      // A few do not look at their messages: the window lapses.
      if (luck < 0.08) return undefined;
      if (luck < 0.13) return { at, command: { type: "pass_turn", application, by } };
      return { at, command: { type: "choose", application, vacancy: event.vacancy, by, signature } };
    case "referral_issued":
      if (luck < 0.06) return undefined;
      if (luck < 0.09) {
        return { at, command: { type: "recall_referral", application, reason: { text: "Басқа балабақша" }, by, signature } };
      }
      return { at: at + DAY, command: { type: "accept", application, by: staff, signature } };
    case "reminder_due":
      if (event.of !== "interest" || (luck < 0.1 && !past)) return undefined;
      return { at: at + 5 * DAY, command: { type: "confirm_interest", application, by } };
    default:
      return undefined;
  }
}
