import { KezekError } from "./error.js";
import type { Fault, KezekErrorCode } from "./error.js";

/** What wasm-bindgen made of the module. `kezek/card` has less of it. */
export type Glue = typeof import("./glue/kezek.js");

/**
 * One running module. A trap in it is a bug of the library: its memory may be half written, so that every later call
 * says so instead of giving a wrong answer.
 */
export class Instance {
  readonly glue: Glue;
  #dead: unknown;

  constructor(glue: Glue) {
    this.glue = glue;
  }

  /** Calls into the module. What it throws as text is an error of the library; anything else is the end of it. */
  run<T>(work: (glue: Glue) => T): T {
    if (this.#dead !== undefined) throw dead(this.#dead);
    try {
      return work(this.glue);
    } catch (thrown) {
      if (typeof thrown === "string") throw told(thrown);
      this.#dead = thrown ?? "nothing";
      try {
        this.end();
      } catch {
        // Where there is no memory for a new one, `restart` says so.
      }
      throw dead(thrown);
    }
  }

  /** No call comes through any more, and nothing that the garbage collector finds later is freed in it. */
  end(): void {
    this.#dead ??= new Error("restart() was called");
    this.glue.__wbg_reset_state();
  }

  get alive(): boolean {
    return this.#dead === undefined;
  }
}

function dead(cause: unknown): KezekError {
  const expected = "a living instance: call restart(), and make every object anew from its journal or snapshot";
  return new KezekError("internal", [{ path: "", expected, found: "one that failed, or was ended by restart()" }], { cause });
}

/** An error of the library, out of the text that it is thrown as. */
function told(text: string): KezekError {
  const { code, faults } = JSON.parse(text) as { code: KezekErrorCode; faults: Fault[] };
  return new KezekError(code, faults);
}

let current: Instance | undefined;

/** The module that new objects live in. */
export function instance(): Instance {
  if (current !== undefined) return current;
  const fault = { path: "", expected: "await init(), or initSync(module), before anything else", found: "neither" };
  throw new KezekError("not_loaded", [fault]);
}

/** The module that registers live in: `kezek/card` has none. */
export function whole(): Instance {
  const running = instance();
  if ("Register" in running.glue) return running;
  const fault = { path: "", expected: 'await init() of "kezek" before a register', found: 'that of "kezek/card" alone' };
  throw new KezekError("not_loaded", [fault]);
}

/** Whether a module runs that can do what this one can: the one of `kezek` can do all of `kezek/card`. */
export function runs(glue: Glue): boolean {
  return current !== undefined && (current.glue === glue || "Register" in current.glue);
}

/** The module runs: new objects live in it from now on. */
export function started(glue: Glue): void {
  current = new Instance(glue);
}

/**
 * Starts anew with an empty module, after a `KezekError` with the code `internal`.
 *
 * Every object of before is dead, whether the module had failed or not: make registers again from their journal or
 * snapshot.
 *
 * @throws {@link KezekError} `not_loaded` before `init`.
 */
export function restart(): void {
  const old = instance();
  old.end();
  current = new Instance(old.glue);
}
