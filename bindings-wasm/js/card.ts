import { lendCalendar } from "./calendar.js";
import type { Calendar } from "./calendar.js";
import { json, perhaps, perhapsJson, seconds, whole } from "./given.js";
import type { Instant } from "./given.js";
import type { Answer as RawAnswer, Card as RawCard } from "./glue/kezek.js";
import { Handle } from "./handle.js";
import { instance } from "./instance.js";
import type { Instance } from "./instance.js";
import { lendPolicy, policyOf } from "./policy.js";
import type { Policy, PolicyLike } from "./policy.js";
import type {
  Actor,
  ApplicationView,
  ButtonRow,
  CardDetails,
  CardRow,
  Child,
  Command,
  DeadlineView,
  Denial,
  Effect,
  KezekEvent,
  Moment,
  Offer,
  Permission,
  Person,
} from "./types.js";

/** For whom a question is asked. */
export interface For {
  /** Who acts; else whoever may. */
  readonly by?: Actor | undefined;
}

/** What brings a turn: nothing (its moment has come), or a command, by its first event or that one's `seq` (O16). */
export interface CausedBy {
  /** The command's first event, or its `seq`. */
  readonly causedBy?: KezekEvent | number | undefined;
}

/** What a card answers to a command, or to time. */
export interface CardOutcome {
  /** What happened to the application, numbered from the card's revision on. */
  readonly events: KezekEvent[];
  /** Every unmet condition, the main one first; empty when the command was done. */
  readonly denials: Denial[];
  /** The card after it, to be stored. */
  readonly card: Card;
  /** What the host changes in its other rows, in the same transaction. */
  readonly effects: Effect[];
}

/** What the desk answers to a registration. */
export interface Filed extends Omit<CardOutcome, "card"> {
  /** The card of the new application; `null` where it was denied. */
  readonly card: Card | null;
}

/**
 * The columns of a portal's table, each by its name.
 *
 * `application`, `serial` (1 to 999999), `applicant`, `child` and `registered_at` must be there. Every other column has a
 * value to begin with, that of a new registration: queued, in the line of the birth year, interest to be confirmed where
 * the policy asks for that (R31; `next_due: null`: never).
 */
export type CardColumns = {
  readonly policy: PolicyLike;
  readonly calendar?: Calendar | undefined;
  readonly serial: number;
  readonly applicant: Person;
  readonly child: Child;
  readonly registered_at: Moment;
} & Partial<Omit<ApplicationView, "registered_at">> &
  Pick<ApplicationView, "application"> &
  Partial<CardDetails> &
  Partial<Omit<CardRow, "application" | "details" | "policy" | "calendar" | "serial" | "applicant" | "child">>;

interface Around {
  valid_until: Moment | null;
  next_deadline: Moment | null;
  callable: [Moment, Moment] | null;
  order_key: string | null;
}

/** A card that the module has made. */
export let cardOf: (raw: RawCard, home: Instance) => Card;

/** What came of a command: plain data, and a card where there is one. */
export function answered(answer: RawAnswer, home: Instance): Filed {
  const [raw, text] = home.run(() => [answer.card(), answer.text()] as const);
  answer.free();
  const outcome = JSON.parse(text) as Omit<Filed, "card">;
  return { ...outcome, card: raw === undefined ? null : cardOf(raw, home) };
}

/** The `seq` of the command that brought it, as JSON; empty where there is none. */
export function cause(given: CausedBy | undefined): string {
  const { causedBy } = given ?? {};
  return perhapsJson(typeof causedBy === "object" ? causedBy?.seq : causedBy, "causedBy");
}

/**
 * One application and what the rules need to know around it (карточка заявления / өтініш карточкасы). Immutable:
 * `apply` and `advance` answer the next card.
 *
 * From `Register.card`; or out of JSON (`fromJSON`), as a page fetched it; or a portal that keeps its own rows makes it
 * out of columns (`ofRow`), or of a new application at the `Desk`. It says what the register would at its `revision`, for
 * every `now` before `validUntil`.
 *
 * Its questions throw a `KezekError` `not_settled` while something is due by `now`: at `now` its own (call `advance`), at
 * `validUntil` somebody else's (fetch a new card); `clock_moved_back` and `outside_calendar` for the clock.
 */
export class Card extends Handle<RawCard> {
  #around: Around | undefined;

  private constructor(raw: RawCard, home?: Instance) {
    super(raw, home);
  }

  static {
    cardOf = (raw, home) => new Card(raw, home);
  }

  /**
   * A card out of its JSON: what `toJSON` gave, or the view `card` of a register in any language.
   *
   * What is around it (`vacancies`, `places`, `revision`, `valid_until`, `made_at`, `enrolled_with`) a host that stored
   * it puts there anew.
   *
   * @throws {@link KezekError} `malformed` with the path, `unknown_policy`, `invalid_policy`.
   */
  static fromJSON(value: CardRow | Readonly<Record<string, unknown>>): Card {
    const given = json(value, "");
    return new Card(instance().run((glue) => glue.Card.read(given)));
  }

  /**
   * A card out of the columns of a portal's table.
   *
   * What a stage needs: `notified` `choose_by`, `seat`; `referred` `referral`, `kindergarten`, `expires_at` (not after a
   * visit), `seat`, `issued_at`; `under_review` the same without `expires_at`; `stop_listed` and `inactive` `until`;
   * `enrolled` `kindergarten`; `closed` `reason`. With places that it may be offered (`vacancies` with `free`): `made_at`.
   *
   * @throws {@link KezekError} `malformed` with the name of the column, `unknown_policy`, `invalid_policy`.
   */
  static ofRow(columns: CardColumns): Card {
    const { policy, calendar, ...rest } = columns;
    // A column that is null is not said, but for the interest that is never due.
    const said = Object.entries(rest).filter(([column, value]) => value !== null || column === "next_due");
    const [given, home] = [json(Object.fromEntries(said), ""), instance()];
    const raw = lendPolicy(policy, home, (rules) =>
      lendCalendar(calendar, home, (days) => home.run((glue) => glue.Card.of_row(rules, days, given))),
    );
    return new Card(raw, home);
  }

  /** The application as it stands. */
  get application(): ApplicationView {
    return JSON.parse(this.run((raw) => raw.application())) as ApplicationView;
  }

  /** The policy that it asks. */
  get policy(): Policy {
    return policyOf(this.run((raw) => raw.policy()), this.instance);
  }

  /** The revision of the register that it tells of. */
  get revision(): number {
    return this.run((raw) => raw.revision());
  }

  private get around(): Around {
    this.#around ??= JSON.parse(this.run((raw) => raw.around())) as Around;
    return this.#around;
  }

  /** The first moment at which it may no longer be right; `null` when nothing of anybody else falls due. */
  get validUntil(): Moment | null {
    return this.around.valid_until;
  }

  /** The moment of its first own deadline, for a host's agenda. */
  get nextDeadline(): Moment | null {
    return this.around.next_deadline;
  }

  /**
   * From when until when it may be called to a place, while it is queued: between the age of choice (R36) and the age
   * limit (R12), the second one too late; else `null`. For the query that finds whose turn it is.
   */
  get callable(): [from: Moment, until: Moment] | null {
    return this.around.callable;
  }

  /**
   * Its place in line as text that a database can `ORDER BY` among the applications of its line: the order of service
   * (R26, F20). To be compared byte by byte. It changes with the benefit and with the policy. `null` under benefit
   * shares (F11), where the order is no key.
   */
  get orderKey(): string | null {
    return this.around.order_key;
  }

  /**
   * What may be done with it now, one row for each command: `action`, `allowed`, `denials`, `until` (when the answer
   * changes by itself); with `by` for that person.
   */
  permissions(now: Instant, options?: For): Permission[] {
    const [by, at] = [perhapsJson(options?.by, "by"), seconds(now, "now")];
    return JSON.parse(this.run((raw) => raw.permissions(by, at))) as Permission[];
  }

  /**
   * The buttons of the portal (кнопки / батырмалар) that somebody may see on it: rows as of `permissions` with `button`,
   * `ends` (the end to show) and `signed` (R11). `Texts.button` says what stands on one.
   */
  buttons(now: Instant, options: { readonly by: Actor }): ButtonRow[] {
    const [by, at] = [json(options.by, "by"), seconds(now, "now")];
    return JSON.parse(this.run((raw) => raw.buttons(by, at))) as ButtonRow[];
  }

  /**
   * What it does by itself, the earliest first: `at`, `rule`, `brings` (the type of event), `projected`.
   * `Texts.deadline` says it.
   */
  deadlines(now: Instant): DeadlineView[] {
    const at = seconds(now, "now");
    return JSON.parse(this.run((raw) => raw.deadlines(at))) as DeadlineView[];
  }

  /**
   * What stands against a command on it: nothing, or every unmet condition. It changes nothing.
   *
   * @throws {@link KezekError} `malformed` for another command, `not_found` for another application or a vacancy that is
   * not on the card (`withOffer` adds one), `stale_revision`, `numbers_exhausted` for a hundredth referral.
   */
  check(command: Command, now: Instant): Denial[] {
    const [given, at] = [json(command, ""), seconds(now, "now")];
    return JSON.parse(this.run((raw) => raw.check(given, at))) as Denial[];
  }

  /**
   * Lets what falls due happen, then does a command on it or denies it. The answer has the next card.
   *
   * A `key` is written down, not looked up: which commands were done is in the host's rows. Throws as `check`; what is
   * due of the application itself is no error.
   */
  apply(command: Command, now: Instant): CardOutcome {
    const [given, at] = [json(command, ""), seconds(now, "now")];
    return this.answer(this.run((raw) => raw.apply(given, at)));
  }

  /**
   * Lets what falls due up to `now` happen, each thing at its own moment.
   *
   * Throws as `check`; `not_settled` at `validUntil` too when before `now` a place goes to others: go to `nextDeadline`
   * first, call the line, and make a new card.
   */
  advance(now: Instant): CardOutcome {
    const at = seconds(now, "now");
    return this.answer(this.run((raw) => raw.advance(at)));
  }

  /**
   * The turn has come, for this place: the host calls its line (`line_to_call`), the first by `orderKey` who is
   * `callable` and has not passed the place by. Denied to one who cannot be called now. Throws as `advance`.
   */
  call(vacancy: number, place: number, now: Instant, options?: CausedBy): CardOutcome {
    const [of, which] = [whole(vacancy, "vacancy", 0, 4_294_967_295), whole(place, "place", 0, 65_535)];
    const [at, by] = [seconds(now, "now"), cause(options)];
    return this.answer(this.run((raw) => raw.call(of, which, at, by)));
  }

  /**
   * Its turn is from now on for this place: somebody took the one that it was for. Denied to one without a turn. Throws
   * as `advance`.
   */
  moveTurn(vacancy: number, place: number, now: Instant, options?: CausedBy): CardOutcome {
    const [of, which] = [whole(vacancy, "vacancy", 0, 4_294_967_295), whole(place, "place", 0, 65_535)];
    const [at, by] = [seconds(now, "now"), cause(options)];
    return this.answer(this.run((raw) => raw.move_turn(of, which, at, by)));
  }

  /** The same card with another vacancy on it, or with a newer row of one. */
  withOffer(offer: Offer): Card {
    const given = json(offer, "offer");
    return new Card(this.run((raw) => raw.with_offer(given)), this.instance);
  }

  /**
   * As on the wire: what a host stores or sends to a page. `application` and `details` are the host's to keep; the rest
   * stands around it.
   */
  toJSON(): CardRow {
    return JSON.parse(this.run((raw) => raw.json())) as CardRow;
  }

  private answer(raw: RawAnswer): CardOutcome {
    const { card, ...outcome } = answered(raw, this.instance);
    // A card's own outcome always has the next one.
    return { ...outcome, card: card ?? this };
  }
}

/**
 * The place of an application in its line as text that a database can `ORDER BY`: as `Card.orderKey`, of columns.
 *
 * `serial` is the application's, 1 to 999999; `benefit` its benefit. `null` under benefit shares (F11), where the order
 * is no key.
 *
 * @throws {@link KezekError} `malformed` with the name of the field.
 */
export function orderKey(columns: {
  readonly policy: PolicyLike;
  readonly serial: number;
  readonly registered_at: Instant;
  readonly benefit?: string | null | undefined;
}): string | null {
  const serial = whole(columns.serial, "serial", 1, 999_999);
  const [at, benefit] = [seconds(columns.registered_at, "registered_at"), perhaps(columns.benefit, "benefit")];
  const home = instance();
  const key = lendPolicy(columns.policy, home, (rules) => home.run((glue) => glue.order_key(rules, serial, at, benefit)));
  return key ?? null;
}
