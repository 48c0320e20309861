import type { Calendar as RawCalendar } from "./glue/kezek.js";
import { Handle } from "./handle.js";
import { json, text, whole } from "./given.js";
import { instance } from "./instance.js";
import type { Instance } from "./instance.js";
import type { CalendarValues, Day } from "./types.js";

/** The end of a term in working days. */
export interface WorkingDay {
  /** The last day counted. */
  readonly day: Day;
  /** Whether a day of a projected year was counted: an act may still move this end. */
  readonly projected: boolean;
}

/** A calendar that the module has made. */
export let calendarOf: (raw: RawCalendar, home: Instance) => Calendar;

/** What `work` does with a calendar in a module, that of Kazakhstan where none is given. */
export let lendCalendar: <T>(given: Calendar | undefined, home: Instance, work: (calendar: RawCalendar) => T) => T;

/**
 * A calendar of working days (рабочий день / жұмыс күні), as it was known on one day. Immutable.
 *
 * It covers 1999-12-01 to 2150-12-31. A year is a fact when its days are listed, else projected: Monday to Friday less
 * the holidays of fixed date; an act may still move its days. It is the five-day week (F39, F46). Dates are text,
 * `"2018-09-09"`.
 */
export class Calendar extends Handle<RawCalendar> {
  private constructor(raw: RawCalendar, home?: Instance) {
    super(raw, home);
  }

  static {
    calendarOf = (raw, home) => new Calendar(raw, home);
    lendCalendar = (given, home, work) => {
      if (given?.instance === home) return work(given.raw);
      const values = given && JSON.stringify(given);
      const calendar = home.run(({ Calendar: Made }) =>
        values === undefined ? Made.kazakhstan() : Made.read(values),
      );
      try {
        return work(calendar);
      } finally {
        if (home.alive) calendar.free();
      }
    };
  }

  /** The five-day week of Kazakhstan, `"kz-five-day"`: 2014-2026 are facts. */
  static kazakhstan(): Calendar {
    return new Calendar(instance().run((glue) => glue.Calendar.kazakhstan()));
  }

  /**
   * A host's own calendar: the listed `years` are facts.
   *
   * @throws {@link KezekError} `malformed`, with a path such as `years.2026.off[3]`.
   */
  static of(values: CalendarValues): Calendar {
    const given = json(values, "");
    return new Calendar(instance().run((glue) => glue.Calendar.read(given)));
  }

  /** Its name, such as `"kz-five-day"`: the one that a policy counts by. */
  get id(): string {
    return this.run((raw) => raw.id());
  }

  /** The day whose knowledge it holds. */
  get knownAt(): Day {
    return this.run((raw) => raw.known_at());
  }

  /** SHA-256 of its canonical JSON, 64 hexadecimal digits. Two calendars are equal when their hashes are. */
  get hash(): string {
    return this.run((raw) => raw.hash());
  }

  /** Whether a year is projected, not known. */
  isProjected(year: number): boolean {
    const given = whole(year, "year", -9999, 9999);
    return this.run((raw) => raw.is_projected(given));
  }

  /**
   * Whether a date is a working day (F39).
   *
   * @throws {@link KezekError} `malformed`, `outside_calendar`.
   */
  isWorkingDay(date: Day): boolean {
    const given = text(date, "date");
    return this.run((raw) => raw.is_working_day(given));
  }

  /**
   * The `n`-th working day strictly after a date (`n` from 1 to 65535): the day of the event does not count (O03).
   *
   * @throws {@link KezekError} `malformed`, `outside_calendar`.
   */
  workingDayAfter(date: Day, n: number): WorkingDay {
    const [given, count] = [text(date, "date"), whole(n, "n", 1, 65_535)];
    return JSON.parse(this.run((raw) => raw.working_day_after(given, count))) as WorkingDay;
  }

  /**
   * How many working days lie after one date, through another; 0 when `through` is not later.
   *
   * @throws {@link KezekError} `malformed`, `outside_calendar`.
   */
  workingDaysBetween(after: Day, through: Day): number {
    const [from, to] = [text(after, "after"), text(through, "through")];
    return this.run((raw) => raw.working_days_between(from, to));
  }

  /**
   * `workingDayAfter` of many dates at once.
   *
   * @throws {@link KezekError} as that, with the index of the first date that is none or not covered: `dates[3]`.
   */
  addWorkingDays(dates: Iterable<Day>, n: number): Day[] {
    const count = whole(n, "n", 1, 65_535);
    const given = Array.from(dates, (date, index) => text(date, `dates[${index}]`));
    return this.run((raw) => raw.add_working_days(given, count));
  }

  /** As on the wire. */
  toJSON(): CalendarValues {
    return JSON.parse(this.run((raw) => raw.json())) as CalendarValues;
  }
}
