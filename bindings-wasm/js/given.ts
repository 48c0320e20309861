import { malformed } from "./error.js";
import { instance } from "./instance.js";

/**
 * A moment: RFC 3339 with an offset (`"2018-03-16T18:20:00+06:00"`), a `Date`, a `Temporal.Instant` or
 * `Temporal.ZonedDateTime`. A fraction of a second is cut off; text without an offset is an error, never a guess.
 */
export type Instant = string | Date | { readonly epochMilliseconds: number };

/** The text that was read last: a page asks many things at one moment. */
let read: { readonly text: string; readonly seconds: number } | undefined;

/** A moment as whole seconds since 1970-01-01T00:00:00Z. */
export function seconds(given: Instant, path: string): number {
  if (typeof given === "string") {
    if (read?.text !== given) {
      const text = wellFormed(given, path);
      read = { text, seconds: under(path, () => instance().run((glue) => glue.instant(text))) };
    }
    return read.seconds;
  }
  const milliseconds = given instanceof Date ? given.getTime() : given?.epochMilliseconds;
  if (typeof milliseconds === "number" && Number.isFinite(milliseconds)) return Math.floor(milliseconds / 1000);
  throw malformed(path, "an instant: text with an offset, a Date or a Temporal.Instant", kind(given));
}

/** Does something; the path of an error of its own is `path`. */
function under<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof Error && "code" in error && error.code === "malformed" && "expected" in error && "found" in error
      ? malformed(path, String(error.expected), String(error.found))
      : error;
  }
}

/** Text. */
export function text(given: unknown, path: string): string {
  if (typeof given !== "string") throw malformed(path, "text", kind(given));
  return wellFormed(given, path);
}

/** Bytes; a Node `Buffer` is some. */
export function bytes(given: unknown, path: string): Uint8Array {
  if (given instanceof Uint8Array) return given;
  throw malformed(path, "a Uint8Array", kind(given));
}

/** Text, or none. */
export function perhaps(given: unknown, path: string): string {
  return given === undefined || given === null ? "" : text(given, path);
}

/** Yes or no. */
export function truth(given: unknown, path: string): boolean {
  if (typeof given === "boolean") return given;
  throw malformed(path, "true or false", kind(given));
}

/** A whole number from `least` to `most`. */
export function whole(given: unknown, path: string, least: number, most: number): number {
  if (typeof given === "number" && Number.isInteger(given) && given >= least && given <= most) return given;
  const found = typeof given === "number" ? String(given) : kind(given);
  throw malformed(path, `a whole number from ${least} to ${most}`, found);
}

/** Plain data as JSON text. */
export function json(given: unknown, path: string): string {
  let written: string | undefined;
  try {
    written = JSON.stringify(given);
  } catch (cause) {
    // A BigInt, or something that contains itself; or an error of the caller's own.
    throw unwritable(given, path) ?? cause;
  }
  if (written === undefined) throw malformed(path, "plain data", kind(given));
  // Half of a surrogate pair is written as an escape, which is no text to the library.
  if (written.includes("\\ud")) throw unwritable(given, path) ?? malformed(path, "text in Unicode", "half of a pair");
  return written;
}

/** Plain data as JSON text; none is empty. */
export function perhapsJson(given: unknown, path: string): string {
  return given === undefined || given === null ? "" : json(given, path);
}

/** Where plain data is none. */
function unwritable(given: unknown, path: string, above: readonly object[] = []): Error | undefined {
  if (typeof given === "bigint") return malformed(path, "a whole number below 2^53", "a BigInt");
  if (typeof given === "string") {
    return isWellFormed(given) ? undefined : malformed(path, "text in Unicode", "half of a surrogate pair");
  }
  if (typeof given !== "object" || given === null) return undefined;
  if (above.includes(given)) return malformed(path, "plain data", "something that contains itself");
  if (above.length > 64) return malformed(path, "at most 64 levels", "more");
  const inside = Array.isArray(given)
    ? given.map((item, index) => [item, `${path}[${index}]`] as const)
    : Object.entries(given).map(([key, item]) => [item, path === "" ? key : `${path}.${key}`] as const);
  for (const [item, where] of inside) {
    const fault = unwritable(item, where, [...above, given]);
    if (fault !== undefined) return fault;
  }
  return Object.keys(given).every(isWellFormed)
    ? undefined
    : malformed(path, "keys in Unicode", "half of a surrogate pair");
}

function wellFormed(given: string, path: string): string {
  if (isWellFormed(given)) return given;
  throw malformed(path, "text in Unicode", "half of a surrogate pair");
}

function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

/** What something is, for messages. Never its value, which may be personal. */
export function kind(given: unknown): string {
  if (given === null || given === undefined) return "nothing";
  if (given instanceof Date) return "a Date that is no date";
  if (typeof given !== "object") return `a ${typeof given}`;
  if (Array.isArray(given)) return "a list";
  const { name } = (Object.getPrototypeOf(given) as { constructor?: { name?: unknown } } | null)?.constructor ?? {};
  return typeof name === "string" && name !== "Object" && name !== "" ? `a ${name}` : "an object";
}
