import type { Denial, ErrorCode } from "./types.js";

/**
 * What went wrong, as a word that programs can match.
 *
 * Those of the library (`ErrorCode`), and of this package: `denied` (by `raiseForDenial`), `not_loaded` (call `init`
 * first, or the module could not be fetched), `freed` (the object was freed before), `internal` (a bug of the library;
 * the instance is dead until `restart`).
 */
export type KezekErrorCode = ErrorCode | "denied" | "not_loaded" | "freed" | "internal";

/** One fault of an input. */
export interface Fault {
  /** The field that is wrong, such as `child.iin`; empty when it is the whole input. */
  readonly path: string;
  /** What was expected there. */
  readonly expected: string;
  /** What was found instead. A personal number is described, never quoted. */
  readonly found: string;
}

/**
 * Input that cannot be read, or a call that cannot be made. Nothing has changed.
 *
 * An answer of the rules is never an error: see {@link Denial}. `Texts.error` says it to people.
 */
export class KezekError extends Error {
  override readonly name: string = "KezekError";
  /** What kind of error it is. */
  readonly code: KezekErrorCode;
  /** Every fault, the main one first. Only `invalid_policy` has several. */
  readonly faults: readonly Fault[];

  /** An error of a kind; `cause` is what brought it. */
  constructor(code: KezekErrorCode, faults: readonly Fault[], options?: ErrorOptions) {
    const told = faults.map(({ path, expected, found }) => `${path && `${path}: `}expected ${expected}, found ${found}`);
    super([code, told.join("; ")].filter((part) => part !== "").join(": "), options);
    this.code = code;
    this.faults = faults;
  }

  /** The field that is wrong, such as `child.iin`; empty when it is the whole input. */
  get path(): string {
    return this.faults[0]?.path ?? "";
  }

  /** What was expected there. */
  get expected(): string {
    return this.faults[0]?.expected ?? "";
  }

  /** What was found instead. A personal number is described, never quoted. */
  get found(): string {
    return this.faults[0]?.found ?? "";
  }

  /** The path of every fault, for `invalid_policy`: `choice_window`, `age.until`. */
  get fields(): string[] {
    return this.faults.map((fault) => fault.path);
  }
}

/** A command that was denied, as an error: from {@link raiseForDenial}. */
export class DeniedError extends KezekError {
  override readonly name = "DeniedError";
  /** Every unmet condition, the main one first. */
  readonly denials: readonly Denial[];

  /** An error with these denials. */
  constructor(denials: readonly Denial[]) {
    const found = denials.map((denial) => `${denial.code} (${denial.rule})`).join(", ");
    super("denied", [{ path: "", expected: "a command that the rules allow", found }]);
    this.denials = denials;
  }
}

/**
 * The same outcome when its command was done.
 *
 * @throws {@link DeniedError} with its denials when it was not.
 */
export function raiseForDenial<O extends { readonly denials: readonly Denial[] }>(outcome: O): O {
  if (outcome.denials.length > 0) throw new DeniedError(outcome.denials);
  return outcome;
}

/** Something that was handed over cannot be read. */
export function malformed(path: string, expected: string, found: string): KezekError {
  return new KezekError("malformed", [{ path, expected, found }]);
}
