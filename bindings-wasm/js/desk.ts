import { lendCalendar } from "./calendar.js";
import type { Calendar } from "./calendar.js";
import { answered, cause } from "./card.js";
import type { CausedBy, Filed } from "./card.js";
import { json, perhaps, seconds, text, whole } from "./given.js";
import type { Instant } from "./given.js";
import type { Desk as RawDesk } from "./glue/kezek.js";
import { Handle } from "./handle.js";
import { instance } from "./instance.js";
import type { Instance } from "./instance.js";
import { lendPolicy } from "./policy.js";
import type { PolicyLike } from "./policy.js";
import type { Outcome, PublishVacancyCommand, SubmitCommand } from "./types.js";

/** How a desk begins. */
export interface DeskOptions {
  /** The rules. */
  readonly policy: PolicyLike;
  /** The host's own calendar, with the id that the policy names. */
  readonly calendar?: Calendar | undefined;
  /** That of the numbers which it gives, 1 to 40 characters (R80, R81); `"UO"`. */
  readonly prefix?: string | undefined;
  /** Whether every clock of the settlement stands: nothing is taken in then. */
  readonly paused?: boolean | undefined;
}

/** What a portal's rows say about a registration. */
export interface Known {
  /** The next serial, 1 to 999999; skip one whose own `number` is taken. */
  readonly serial: number;
  /** The application that already has the number which the command asks for, if any (R80, R82). */
  readonly taken?: string | null | undefined;
  /** The child's active application, if any (O27). */
  readonly active?: string | null | undefined;
}

/**
 * The desk at which applications and free places come in, for a portal that keeps its own rows: the register's own rules,
 * for what has no card yet.
 */
export class Desk extends Handle<RawDesk> {
  private constructor(raw: RawDesk, home: Instance) {
    super(raw, home);
  }

  /**
   * A desk of a settlement.
   *
   * @throws {@link KezekError} `unknown_policy`, `invalid_policy`, `malformed`.
   */
  static open(options: DeskOptions): Desk {
    const { policy, calendar } = options;
    const paused = options.paused === true;
    const [prefix, home] = [text(options.prefix ?? "UO", "prefix"), instance()];
    const raw = lendPolicy(policy, home, (rules) =>
      lendCalendar(calendar, home, (days) => home.run((glue) => glue.Desk.open(rules, days, prefix, paused))),
    );
    return new Desk(raw, home);
  }

  /** The same desk when the host's journal has so many events. */
  after(revision: number): Desk {
    const given = String(whole(revision, "revision", 0, Number.MAX_SAFE_INTEGER));
    return new Desk(this.run((raw) => raw.after(given)), this.instance);
  }

  /** The number that an application with this serial gets (R80): `"UO.2018.000001.1"`. */
  number(serial: number, now: Instant): string {
    const [of, at] = [whole(serial, "serial", 1, 999_999), seconds(now, "now")];
    return this.run((raw) => raw.number(of, at));
  }

  /**
   * Puts a child in the queue, or denies it (R12-R24). The answer has the card of the new application, to be stored.
   *
   * @throws {@link KezekError} `malformed`, `stale_revision`, `outside_calendar`, and `numbers_exhausted` for serial
   * 1000000.
   */
  submit(command: SubmitCommand, known: Known, now: Instant): Filed {
    const [given, at] = [json(command, ""), seconds(now, "now")];
    const serial = whole(known.serial, "serial", 0, 4_294_967_295);
    const [taken, active] = [perhaps(known.taken, "taken"), perhaps(known.active, "active")];
    return answered(this.run((raw) => raw.submit(given, serial, taken, active, at)), this.instance);
  }

  /**
   * Publishes places, or denies it (R60-R68). `vacancy` is the number that they get, from 1. They wait for those whose
   * turn it is: call the line (`Card.call`), and `openPlaces` what nobody can be offered.
   *
   * @throws {@link KezekError} `malformed`, `stale_revision`, `outside_calendar`.
   */
  publish(command: PublishVacancyCommand, vacancy: number, now: Instant): Outcome {
    const [given, at] = [json(command, ""), seconds(now, "now")];
    const number = whole(vacancy, "vacancy", 0, 4_294_967_295);
    return JSON.parse(this.run((raw) => raw.publish(given, number, at))) as Outcome;
  }

  /**
   * Opens places that nobody can be offered to free choice (R41): `seats` are those of one vacancy, in their order.
   *
   * @throws {@link KezekError} `malformed` without any seat, `outside_calendar`.
   */
  openPlaces(vacancy: number, seats: Iterable<number>, now: Instant, options?: CausedBy): Outcome {
    const number = whole(vacancy, "vacancy", 0, 4_294_967_295);
    const places = Uint16Array.from(Array.from(seats, (seat, index) => whole(seat, `seats[${index}]`, 0, 65_535)));
    const [at, by] = [seconds(now, "now"), cause(options)];
    return JSON.parse(this.run((raw) => raw.open_places(number, places, at, by))) as Outcome;
  }
}
