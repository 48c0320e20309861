// What compiles, and what does not: read by tsc --strict, in a program that knows neither a DOM nor Node.

import { Card, Form, Iin, init, initSync, KezekError, Policy, raiseForDenial, Register, restart, Texts } from "kezek";
import type {
  Actor, Button, CardOutcome, CardRow, Command, Denial, Effect, ErrorCode, FormValues, Instant, KezekEvent, Outcome, Permission, PositionView, Question, Stage,
} from "kezek";
import { Card as SmallCard } from "kezek/card";

declare const register: Register;
declare const card: Card;
declare const now: Instant;

export async function loading(module: object, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  await init();
  await init("https://example.kz/kezek.wasm");
  initSync(module);
  initSync(bytes);
  restart();
  // @ts-expect-error a number is no source
  await init(5);
}

/** `type` tells which event it is. */
export function events(event: KezekEvent): string {
  switch (event.type) {
    case "turn_came":
      return `${event.choose_by} ${event.application} ${event.vacancy.toFixed()}`;
    case "closed":
      // @ts-expect-error a closed application has no end to choose by
      event.choose_by;
      return event.reason;
    case "opened":
      return event.rule;
    // @ts-expect-error no event has this name
    case "turn_went":
      return "";
    default:
      return event.type;
  }
}

/** `code` tells which condition it is. */
export function denials(denial: Denial): string {
  switch (denial.code) {
    case "stop_listed":
      return `${denial.until}`;
    case "places_out_of_range":
      return denial.policy;
    // @ts-expect-error no denial has this code
    case "too_late":
      return "";
    default:
      return denial.rule;
  }
}

/** Every effect, so that a new one is a compile error. */
export function effects(effect: Effect): number | string {
  switch (effect.type) {
    case "place_taken":
    case "place_filled":
    case "place_left":
    case "place_offered":
      return effect.vacancy + effect.place;
    default:
      return effect.type;
  }
}

export function commands(): Command[] {
  const by = { role: "applicant", iin: "p:parent-1" } as const;
  const good: Command[] = [
    { type: "submit", applicant: "p:parent-1", child: { iin: "p:child-1", born: "2015-05-02" }, by },
    { type: "choose", application: "UO.2018.000001.1", vacancy: 1, key: "k", ext: { any: ["thing"] } },
    { type: "accept", referral: "1000000101" },
    { type: "accept", child: "p:child-1" },
    { type: "change_benefit", application: "UO.2018.000001.1", benefit: null },
  ];
  // @ts-expect-error no such command
  good.push({ type: "cancel", application: "UO.2018.000001.1" });
  // @ts-expect-error which vacancy?
  good.push({ type: "choose", application: "UO.2018.000001.1" });
  // @ts-expect-error a field that it does not have
  good.push({ type: "withdraw", application: "UO.2018.000001.1", vacancy: 1 });
  // @ts-expect-error which child, application or referral?
  good.push({ type: "accept" });
  // @ts-expect-error a role that nobody has
  good.push({ type: "withdraw", application: "UO.2018.000001.1", by: { role: "king" } });
  return good;
}

/** A form makes a `submit`, and a constant list is as good as another. */
export function given(form: FormValues): Actor {
  const { command } = Form.check(form, "kz-2025", now);
  if (command !== null) {
    const kind: "submit" = command.type;
    register.check(command, now);
    register.apply({ ...command, by: { role: "applicant", iin: command.applicant }, key: kind }, now);
    // @ts-expect-error it chooses no place
    command.vacancy;
  }
  const kindergartens = ["bobek", "balapan"] as const;
  return { role: "staff", kindergartens };
}

export function answers(): [Outcome, PositionView, Permission[], CardRow, Stage] {
  const question = { view: "queue", group_year: 2015 } satisfies Question;
  const rows = register.ask(question, now);
  rows.map((row) => row.place.toFixed());
  const position: PositionView = register.ask({ view: "position", application: "UO.2018.000001.1" }, new Date(0));
  // @ts-expect-error a position has no stage
  position.stage;
  // @ts-expect-error no such view
  register.ask({ view: "everything" }, now);
  // @ts-expect-error an instant is no number: seconds or milliseconds?
  register.advance(0);
  // @ts-expect-error without a time nothing can be asked
  register.position("UO.2018.000001.1");
  register.advance({ epochMilliseconds: 0 });
  const outcome = raiseForDenial(register.advance(now));
  const allowed: Permission[] = register.permissions({ kindergarten: "bobek" }, now);
  const buttons: Button[] = register.buttons("UO.2018.000001.1", now, { by: { role: "department" } }).map((row) => row.button);
  buttons.map((button) => Texts.of("kk", { policy: "kz-2025" }).button(button));
  // @ts-expect-error German is not spoken
  Texts.of("de", { policy: "kz-2025" });
  return [outcome, position, allowed, register.card("UO.2018.000001.1", now).toJSON(), card.application.stage];
}

export function cards(small: SmallCard): CardOutcome {
  // The classes are the same.
  const same: Card = small;
  const outcome = same.apply({ type: "withdraw", application: "UO.2018.000001.1" }, now);
  for (const effect of outcome.effects) effects(effect);
  {
    using temporary = Card.fromJSON(outcome.card.toJSON());
    temporary.permissions(now);
  }
  // @ts-expect-error a card is made by its own ways
  new Card();
  // @ts-expect-error a policy is made by its own ways
  new Policy("akmola-2018");
  return outcome;
}

export function errors(error: unknown): ErrorCode | undefined {
  if (!(error instanceof KezekError)) return undefined;
  switch (error.code) {
    case "denied":
    case "freed":
    case "internal":
    case "not_loaded":
      return undefined;
    default:
      return error.code;
  }
}

export function policies(iin: Iin): string {
  Policy.of({ base: "akmola-2018", choice_window: { working_days: 2 } });
  // @ts-expect-error a term has a unit of the list
  Policy.of({ base: "akmola-2018", choice_window: { fortnights: 2 } });
  const born: string | null = iin.birthDate;
  return born ?? iin.reveal();
}
