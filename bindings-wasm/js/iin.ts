import { text } from "./given.js";
import { instance } from "./instance.js";
import type { Day } from "./types.js";

/**
 * An individual identification number (ИИН / ЖСН): twelve digits with a right check digit (F33, F34). A business number
 * (БИН / БСН) is none (F36). Immutable; as text it shows only its first two digits, as JSON all of them, so that it can
 * stand in a command.
 */
export class Iin {
  readonly #digits: string;
  /** The birth date that the digits tell; `null` where they tell none. It need not be the person's real one (F35). */
  readonly birthDate: Day | null;

  private constructor(digits: string, birthDate: Day | null) {
    this.#digits = digits;
    this.birthDate = birthDate;
  }

  /**
   * The number that a text is.
   *
   * @throws {@link KezekError} `malformed`, which describes what is wrong and never quotes it.
   */
  static parse(digits: string): Iin {
    const given = text(digits, "iin");
    return new Iin(given, instance().run((glue) => glue.iin_birth_date(given)) ?? null);
  }

  /**
   * Whether the digits tell another birth date than `born`: a reason to look again, never to refuse (F35).
   *
   * @throws {@link KezekError} `malformed`, for a date that is none.
   */
  differsFrom(born: Day): boolean {
    const given = text(born, "born");
    return instance().run((glue) => glue.iin_differs_from(this.#digits, given));
  }

  /** The number in full: personal data. */
  reveal(): string {
    return this.#digits;
  }

  /** Its first two digits. */
  toString(): string {
    return `${this.#digits.slice(0, 2)}**********`;
  }

  /** The number in full, for a command: personal data. */
  toJSON(): string {
    return this.#digits;
  }

  /** What Node prints. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return `Iin ${this.toString()}`;
  }
}

/** Whether a text is a person of the wire: a personal number, or `"p:"` and 1 to 64 characters, a pseudonym. */
export function isPerson(given: string): boolean {
  const person = text(given, "text");
  return instance().run((glue) => glue.is_person(person));
}
