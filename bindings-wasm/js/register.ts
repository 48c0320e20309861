import { calendarOf, lendCalendar } from "./calendar.js";
import type { Calendar } from "./calendar.js";
import { cardOf } from "./card.js";
import type { Card, For } from "./card.js";
import { KezekError, malformed } from "./error.js";
import { bytes, json, kind, perhapsJson, seconds, text, truth, whole } from "./given.js";
import type { Instant } from "./given.js";
import type { Register as RawRegister } from "./glue/kezek.js";
import { Handle } from "./handle.js";
import { whole as registers } from "./instance.js";
import type { Instance } from "./instance.js";
import { lendPolicy, Policy, policyOf } from "./policy.js";
import type { PolicyLike } from "./policy.js";
import type {
  Actor,
  Answers,
  ApplicationNumber,
  ApplicationView,
  ButtonRow,
  Command,
  DeadlineView,
  Denial,
  DocumentView,
  EnrolledRow,
  Forecast,
  KezekEvent,
  Message,
  Moment,
  Outcome,
  OverrideRow,
  Permission,
  Person,
  PolicyEffect,
  PositionChange,
  PositionView,
  Proof,
  Question,
  QueueRow,
  ReferralView,
  Rounding,
  Seal,
  Snapshot,
  Stage,
  Sum,
  VacancyRow,
  VacancyState,
} from "./types.js";

/** How a register begins. */
export interface RegisterOptions {
  /** The rules. */
  readonly policy: PolicyLike;
  /** The settlement's name; `"register"`. */
  readonly name?: string | undefined;
  /** That of the numbers which it gives, 1 to 40 characters (R80, R81); `"UO"`. */
  readonly prefix?: string | undefined;
  /** The host's own calendar, with the id that the policy names. */
  readonly calendar?: Calendar | undefined;
  /** Each event carries the SHA-256 of the link before it and of itself: `verify` names what was touched. `false`. */
  readonly chained?: boolean | undefined;
}

/** With which calendar what comes next is counted. */
export interface WithCalendar {
  /** The host's own; else that of Kazakhstan. */
  readonly calendar?: Calendar | undefined;
}

/** Which application is meant: by its number, its referral's, or its child (the active one, else the enrolled, else the latest). */
export type Which =
  | ApplicationNumber
  | { readonly application: ApplicationNumber }
  | { readonly referral: string }
  | { readonly child: Person };

/** A part of a list. */
export interface Page {
  /** So many rows are passed over; 0. */
  readonly offset?: number | undefined;
  /** At most so many rows; all. */
  readonly limit?: number | undefined;
}

/** The numbers of one active application, in `positions`. */
export interface PositionRow extends PositionView {
  /** Whose. */
  readonly application: ApplicationNumber;
  /** Where it stands. */
  readonly stage: Stage;
  /** Its line. */
  readonly group_year: number;
  /** Its benefit. */
  readonly benefit: string | null;
}

/** A journal: events, the oldest first, or JSON text of them, a list or one event a line. */
export type Journal = string | Iterable<KezekEvent>;

/** The answer to a question of the wire. */
export type AnswerTo<Q extends Question> = Answers[Q["view"]];

/**
 * The queue of one settlement (R04): `Register.open({ policy: "akmola-2018" })`.
 *
 * Time is always an argument; a call with a `now` first settles what fell due up to it, each thing at its own moment.
 *
 * Besides its own fields each command takes `by` (who acts: `{ role: "applicant", iin }`, `staff` with `kindergartens`,
 * `department`, `operator`), `signature` (R11), `key` (a command with it is done once), `expected_revision`, and `ext`, an
 * object of the host's own of at most 4 KiB.
 *
 * A view answers plain data, instants as text as the settlement's clocks show them. It throws a `KezekError` `not_settled`
 * while something is due by `now` (call `advance` first), `clock_moved_back` and `outside_calendar`; `not_found` for an
 * application that does not exist; `malformed` with the path of the field.
 */
export class Register extends Handle<RawRegister> {
  private constructor(raw: RawRegister, home: Instance) {
    super(raw, home);
  }

  /**
   * Opens an empty register.
   *
   * @throws {@link KezekError} `unknown_policy`, `invalid_policy`, `malformed`.
   */
  static open(options: RegisterOptions): Register {
    const { policy, calendar } = options;
    const [name, prefix] = [text(options.name ?? "register", "name"), text(options.prefix ?? "UO", "prefix")];
    const chained = truth(options.chained ?? false, "chained");
    const home = registers();
    const raw = lendPolicy(policy, home, (rules) =>
      lendCalendar(calendar, home, (days) => home.run((glue) => glue.Register.open(rules, days, name, prefix, chained))),
    );
    return new Register(raw, home);
  }

  /**
   * The register that a journal tells of; nothing is decided again.
   *
   * @throws {@link KezekError} `corrupt_history` with the index of the first event that does not follow from those before
   * it, `unsupported_format`, `malformed`.
   */
  static replay(events: Journal, options?: WithCalendar): Register {
    const [given, home] = [journal(events), registers()];
    const raw = lendCalendar(options?.calendar, home, (days) =>
      home.run((glue) => glue.Register.replay(given, days)),
    );
    return new Register(raw, home);
  }

  /**
   * The register of a snapshot: what `snapshot` gave, or the object of that JSON.
   *
   * @throws {@link KezekError} `corrupt_history` when state, digest and history do not belong together,
   * `unsupported_format`, `malformed`.
   */
  static restore(snapshot: string | Snapshot, options?: WithCalendar): Register {
    const given = typeof snapshot === "string" ? text(snapshot, "snapshot") : json(snapshot, "snapshot");
    const home = registers();
    const raw = lendCalendar(options?.calendar, home, (days) =>
      home.run((glue) => glue.Register.restore(given, days)),
    );
    return new Register(raw, home);
  }

  /**
   * The register of packed bytes: what `pack` gave. Nothing is decided and nothing replayed.
   *
   * @throws {@link KezekError} `corrupt_history` for bytes that are not whole, `unsupported_format` for those of a later
   * version, `malformed`.
   */
  static unpack(packed: Uint8Array, options?: WithCalendar): Register {
    const given = bytes(packed, "packed");
    const home = registers();
    const raw = lendCalendar(options?.calendar, home, (days) =>
      home.run((glue) => glue.Register.unpack(given, days)),
    );
    return new Register(raw, home);
  }

  /** A copy of its own: trying something out changes nothing here. */
  copy(): Register {
    return new Register(this.run((raw) => raw.copy()), this.instance);
  }

  /**
   * Settles what fell due up to `now`, then does a command or denies it.
   *
   * A denied command changes nothing beyond what had fallen due. A command whose `key` was done before is answered with
   * the same outcome. After an error nothing at all has changed.
   *
   * @throws {@link KezekError} `malformed` with the path of the field, `key_conflict`, `stale_revision`,
   * `outside_calendar`, `clock_moved_back`, `numbers_exhausted`.
   */
  apply(command: Command, now: Instant): Outcome {
    const [given, at] = [json(command, ""), seconds(now, "now")];
    return JSON.parse(this.run((raw) => raw.apply(given, at))) as Outcome;
  }

  /**
   * `apply` for many commands in order, each a pair `[command, now]`: one crossing for all of them.
   *
   * All are read before the first is done, so that one that is no plain data changes nothing. An error of a later one (a
   * clock that moves back, a stale revision) stops the batch there: it has the path `[i]`, and those before it stay done.
   * `rollback` takes back the last one only.
   */
  applyMany(commands: Iterable<readonly [command: Command, now: Instant]>): Outcome[] {
    const pairs = list(commands, "pairs of a command and an instant").map((pair, index) => {
      const where = `[${index}]`;
      if (!Array.isArray(pair) || pair.length !== 2) throw malformed(where, "a pair [command, now]", kind(pair));
      return [pair[0], seconds(pair[1], `${where}.now`)] as const;
    });
    const given = json(pairs, "");
    return JSON.parse(this.run((raw) => raw.apply_many(given))) as Outcome[];
  }

  /**
   * Settles what fell due up to `now`, each thing at its own moment; its outcome has no denials.
   *
   * @throws {@link KezekError} `outside_calendar`, `clock_moved_back`.
   */
  advance(now: Instant): Outcome {
    const at = seconds(now, "now");
    return JSON.parse(this.run((raw) => raw.advance(at))) as Outcome;
  }

  /**
   * What stands against a command: nothing, or every unmet condition. It changes nothing.
   *
   * Throws as `apply`, and `not_settled` while something is due by `now`.
   */
  check(command: Command, now: Instant): Denial[] {
    const [given, at] = [json(command, ""), seconds(now, "now")];
    return JSON.parse(this.run((raw) => raw.check(given, at))) as Denial[];
  }

  /** Takes back the last outcome exactly: the host's transaction failed. `false` when there is none to take back. */
  rollback(): boolean {
    return this.run((raw) => raw.rollback());
  }

  /**
   * Takes in the events that another writer has added to the journal: all of them, or none.
   *
   * @throws {@link KezekError} `corrupt_history` with the index of the first event that does not follow.
   */
  follow(events: Journal): void {
    const given = journal(events);
    this.run((raw) => raw.follow(given));
  }

  /** The register at rest as JSON text, its storage form. */
  snapshot(): string {
    return this.run((raw) => raw.snapshot());
  }

  /**
   * The register as bytes, smaller than `snapshot` and loaded much faster, by `unpack`: its state, the keys that it has
   * answered, and the events that it keeps.
   */
  pack(): Uint8Array {
    return this.run((raw) => raw.pack());
  }

  /**
   * Gives all events to the host that keeps them itself, but for the last one, which stays here too. A register of years
   * is then its state alone, and so is what `pack` makes of it. The views that tell of the past (`history`, `documents`,
   * `messages` of older events, `explainPosition`, `forecast`, `overrides`, `referral`) and the repetition of an older command
   * by its key then throw `not_found` at `events`. `rollback` has nothing to take back.
   */
  leaveHistory(): KezekEvent[] {
    return JSON.parse(this.run((raw) => raw.leave_history())) as KezekEvent[];
  }

  /**
   * The events after the one whose `seq` is `after`, the oldest first; all of them without it.
   *
   * @throws {@link KezekError} `not_found` at `events` where the host keeps some of them (`leaveHistory`).
   */
  events(after = 0): KezekEvent[] {
    const from = whole(after, "after", 0, 4_294_967_295);
    return JSON.parse(this.run((raw) => raw.events(from))) as KezekEvent[];
  }

  /** The `seq` of the last event. */
  get revision(): number {
    return this.run((raw) => raw.revision());
  }

  /** The last moment that the register has seen; `null` before the first. */
  get now(): Moment | null {
    return this.run((raw) => raw.now()) ?? null;
  }

  /** The policy in force. */
  get policy(): Policy {
    return policyOf(this.run((raw) => raw.policy()), this.instance);
  }

  /** The calendar in force. */
  get calendar(): Calendar {
    return calendarOf(this.run((raw) => raw.calendar()), this.instance);
  }

  /** The last link of the journal's chain; `null` where it has none (`Register.open({ chained: true })`). */
  get chain(): Sum | null {
    return this.run((raw) => raw.chain()) ?? null;
  }

  /** `k1:` and the SHA-256 of the state without its history: equal in every language. */
  digest(): string {
    return this.run((raw) => raw.digest());
  }

  // The views:

  /**
   * Where an application stands (текущее состояние): `stage`, `benefit`, `registered_at`, and the ends that run there,
   * each the first instant that is too late. `Texts.until` says one.
   */
  application(application: ApplicationNumber, now: Instant): ApplicationView {
    return this.ask({ view: "application", application }, now);
  }

  /**
   * The numbers of an application (R26, R42, O34): `number` city-wide by registration, `in_group_year` in the order of
   * service, `in_benefit` among those with the same benefit (0 without one). All 0 when it does not count.
   */
  position(application: ApplicationNumber, now: Instant): PositionView {
    const [number, at] = [text(application, "application"), seconds(now, "now")];
    const numbers = this.run((raw) => raw.position(number, at));
    return { number: numbers[0] ?? 0, in_group_year: numbers[1] ?? 0, in_benefit: numbers[2] ?? 0 };
  }

  /** The numbers of every active application (R26), in the order of registration in this register. */
  positions(now: Instant): PositionRow[] {
    const at = seconds(now, "now");
    return JSON.parse(this.run((raw) => raw.positions(at))) as PositionRow[];
  }

  /**
   * Why the numbers of an application changed from one moment to another (R26, R42, F13): for each of the three the
   * number `before` and `after`, and causes whose changes sum to the difference. `Texts.positionChange` says it.
   *
   * With `events`, the whole journal of the host, it is told of them instead, under this register's calendar.
   *
   * @throws {@link KezekError} `malformed` where `to` lies before `from`, `not_found` for an application that is not there
   * by `to`, `not_settled` while something is due by `to`; with `events` also `corrupt_history`, at `events[i]` the first
   * that does not follow.
   */
  explainPosition(
    application: ApplicationNumber,
    span: { readonly from: Instant; readonly to: Instant; readonly events?: Iterable<KezekEvent> | undefined },
    now: Instant,
  ): PositionChange {
    const [from, to] = [moment(span.from, "from"), moment(span.to, "to")];
    const events = span.events === undefined ? {} : { events: Array.from(span.events) };
    return this.ask({ view: "explain_position", application, from, to, ...events }, now);
  }

  /** One application with what the rules need to know around it: for pages that ask without a register. */
  card(application: ApplicationNumber, now: Instant): Card {
    const [number, at] = [text(application, "application"), seconds(now, "now")];
    return cardOf(this.run((raw) => raw.card(number, at)), this.instance);
  }

  /**
   * What may be done, one row for each command: `action`, `allowed`, `denials`, `until` (when the answer changes by
   * itself). Of an application, or of a `kindergarten`'s places; with `by` for that person.
   */
  permissions(of: Which | { readonly kindergarten: string }, now: Instant, options?: For): Permission[] {
    if (typeof of === "string") {
      const [number, by, at] = [text(of, "application"), perhapsJson(options?.by, "by"), seconds(now, "now")];
      return JSON.parse(this.run((raw) => raw.permissions(number, by, at))) as Permission[];
    }
    return this.ask({ view: "permissions", ...which(of), ...(options?.by && { by: options.by }) }, now);
  }

  /**
   * The buttons of the portal (кнопки / батырмалар) that somebody may see on an application: rows as of `permissions` with
   * `button`, `ends` (the end to show) and `signed` (R11). `Texts.button` says what stands on one.
   */
  buttons(of: Which, now: Instant, options: { readonly by: Actor }): ButtonRow[] {
    return this.ask({ view: "buttons", ...which(of), by: options.by }, now);
  }

  /**
   * The earliest moment at which something falls due: sleep until then, and call `advance`. `null` when nothing will.
   */
  nextDeadline(now: Instant): DeadlineView | null {
    return this.ask({ view: "next_deadline" }, now);
  }

  /** The deadlines of an application, the earliest first; without an application every one of the register. */
  deadlines(application: ApplicationNumber | null, now: Instant): DeadlineView[] {
    return this.ask({ view: "deadlines", application }, now);
  }

  /** The base of free places (База свободных мест / бос орындар базасы), R61; of one line, kindergarten or state. */
  vacancies(
    now: Instant,
    filter?: { readonly group_year?: number; readonly kindergarten?: string; readonly state?: VacancyState },
  ): VacancyRow[] {
    return this.ask({ view: "vacancies", ...filter }, now);
  }

  /** The applications of a person, filed or linked as a parent (Журнал заявлений), R05, R06. */
  journal(iin: Person, now: Instant): ApplicationView[] {
    return this.ask({ view: "journal", iin }, now);
  }

  /** Closed applications (Архив), R30. */
  archive(now: Instant, page?: Page): ApplicationView[] {
    return this.ask({ view: "archive", ...part(page) }, now);
  }

  /** The processing card of a referral (Обработка направления), R69, R70. Personal data. */
  referral(of: Exclude<Which, string>, now: Instant): ReferralView {
    return this.ask({ view: "referral", ...which(of) }, now);
  }

  /** The children enrolled in a kindergarten (Список числящихся детей), R72, R77. Personal data. */
  enrolled(kindergarten: string, now: Instant): EnrolledRow[] {
    return this.ask({ view: "enrolled", kindergarten }, now);
  }

  /**
   * A line in the order of service (список очередников / кезекте тұрғандар тізімі), for everybody to see: no person, no
   * birth date, a benefit only where enough have it. `round: "day"` tells registrations by the day.
   * `Texts.listedBenefit` says the benefit of a row.
   */
  queue(group_year: number, now: Instant, options?: Page & { readonly round?: Rounding | undefined }): QueueRow[] {
    const round = options?.round === undefined ? {} : { round: options.round };
    return this.ask({ view: "queue", group_year, ...round, ...part(options) }, now);
  }

  /** The history of an application (История изменений / өзгерістер тарихы), R25: its events, the oldest first. */
  history(application: ApplicationNumber, now: Instant): KezekEvent[] {
    return this.ask({ view: "history", application }, now);
  }

  /**
   * The documents of an application (Общие документы / Жалпы құжаттар), R22, R45: `kind` and `at`. `Texts.document` names
   * a kind.
   */
  documents(application: ApplicationNumber, now: Instant): DocumentView[] {
    return this.ask({ view: "documents", application }, now);
  }

  /**
   * Who is told of an event (уведомления / хабарламалар), R38, R39, O24: one row for each person or office, with `channels`
   * and the words in `kk`, `ru`, `en`; `late` when the matter is over. Delivering them is the host's. The event is the
   * register's own, whole or by its `seq`.
   */
  messages(event: KezekEvent | number, now: Instant): Message[] {
    return this.ask({ view: "messages", event }, now);
  }

  /** The operator's commands that were done, each with its authority. */
  overrides(now: Instant): OverrideRow[] {
    return this.ask({ view: "overrides" }, now);
  }

  /**
   * When the turn of an application may come (прогноз очереди / кезек болжамы): a range of dates with how many of a hundred
   * such forecasts held, or why that cannot be told. `Texts.forecast` says it. For many applications ask `forecasts`.
   */
  forecast(application: ApplicationNumber, now: Instant): Forecast {
    return this.ask({ view: "forecast", application }, now);
  }

  /** `forecast` of many applications, in their order: the history is read once for all of them. */
  forecasts(applications: Iterable<ApplicationNumber>, now: Instant): Forecast[] {
    const numbers = list(applications, "numbers of applications").map((number, index) => text(number, `applications[${index}]`));
    const at = seconds(now, "now");
    return JSON.parse(this.run((raw) => raw.forecasts(numbers, at))) as Forecast[];
  }

  /** What another policy would change, application by application. */
  previewPolicy(policy: PolicyLike, now: Instant): PolicyEffect[] {
    return this.ask({ view: "preview_policy", policy: policy instanceof Policy ? policy.toJSON() : policy }, now);
  }

  /**
   * What an office publishes of its queue (опубликованный отпечаток очереди / кезектің жарияланған таңбасы), every day or after
   * every change: `root` stands for the order of every line, `chain` for everything that ever happened.
   */
  seal(now: Instant): Seal {
    return this.ask({ view: "seal" }, now);
  }

  /**
   * That an application stands at its number of its line, under the root of `seal` at the same revision: `verifyProof` checks
   * it. Throws `not_found` also for one that stands in no line.
   */
  proof(application: ApplicationNumber, now: Instant): Proof {
    return this.ask({ view: "proof", application }, now);
  }

  /** `proof` of many applications, in their order: the queue is read once for all of them. */
  proofs(applications: Iterable<ApplicationNumber>, now: Instant): Proof[] {
    const numbers = list(applications, "numbers of applications").map((number, index) => text(number, `applications[${index}]`));
    const at = seconds(now, "now");
    return JSON.parse(this.run((raw) => raw.proofs(numbers, at))) as Proof[];
  }

  /** Answers a question of the wire, `{ view: "position", application }`. The other methods are the same, by name. */
  ask<const Q extends Question>(question: Q, now: Instant): AnswerTo<Q> {
    const [given, at] = [json(question, ""), seconds(now, "now")];
    return JSON.parse(this.run((raw) => raw.ask(given, at))) as AnswerTo<Q>;
  }
}

/**
 * How often the forecasts of a journal would have held: it is lived through again, and on the first of each month, at
 * local 00:00, at most `perLine` (50) of those who wait in each line are forecast **with only what was known then**; then
 * it is looked up when their turn came. Throws as `Register.replay`.
 */
export function backtest(events: Journal, options?: { readonly perLine?: number | undefined }): Record<string, unknown> {
  const [given, most] = [journal(events), whole(options?.perLine ?? 50, "perLine", 0, 4_294_967_295)];
  return JSON.parse(registers().run((glue) => glue.backtest(given, most))) as Record<string, unknown>;
}

/**
 * The last link of a chained journal (`Register.open({ chained: true })`) in which nothing was changed, taken out or put in: to
 * be compared with the published one, which also tells whether the end was cut off or all of it written anew.
 *
 * @throws {@link KezekError} `corrupt_history` with the index of the first event that is not as it was written; `malformed`.
 */
export function verify(events: Journal): Sum {
  const given = journal(events);
  return registers().run((glue) => glue.verify(given));
}

function journal(events: Journal): string {
  if (typeof events === "string") return text(events, "events");
  return json(list(events, "events, or a journal as JSON text"), "");
}

function list<T>(given: Iterable<T>, expected: string): T[] {
  const rows = given as Partial<Iterable<T>> | null | undefined;
  if (typeof given === "object" && typeof rows?.[Symbol.iterator] === "function") return Array.from(given);
  throw malformed("", expected, kind(given));
}

function which(of: Which | { readonly kindergarten: string }): { readonly application: ApplicationNumber } {
  // Exactly one of them: the library looks, and says which one is wrong.
  return (typeof of === "string" ? { application: of } : of) as { readonly application: ApplicationNumber };
}

function part(page: Page | undefined): { offset?: number; limit?: number } {
  return {
    ...(page?.offset === undefined ? {} : { offset: page.offset }),
    ...(page?.limit === undefined ? {} : { limit: page.limit }),
  };
}

/** An instant as text of the wire. */
function moment(given: Instant, path: string): Moment {
  if (typeof given === "string") return given;
  const at = new Date(seconds(given, path) * 1000);
  if (Number.isNaN(at.getTime())) throw new KezekError("outside_calendar", [{ path, expected: "a date", found: "none" }]);
  return at.toISOString();
}
