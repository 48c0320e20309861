/// <reference lib="esnext.disposable" preserve="true" />

import { KezekError } from "./error.js";
import { instance } from "./instance.js";
import type { Glue, Instance } from "./instance.js";

/**
 * Something that lives in the module's memory.
 *
 * The garbage collector frees it some time; `free`, or `using`, at once.
 */
export abstract class Handle<R extends { free(): void }> {
  /** The module that it lives in. */
  protected readonly instance: Instance;
  #raw: R | undefined;

  protected constructor(raw: R, home: Instance = instance()) {
    this.#raw = raw;
    this.instance = home;
  }

  /** What wasm-bindgen made; an error when it was freed. */
  protected get raw(): R {
    if (this.#raw !== undefined) return this.#raw;
    const found = `a ${this.constructor.name} that was freed`;
    throw new KezekError("freed", [{ path: "", expected: "an object that was not freed", found }]);
  }

  /** Asks the object. */
  protected run<T>(work: (raw: R, glue: Glue) => T): T {
    const { raw } = this;
    return this.instance.run((glue) => work(raw, glue));
  }

  /** Frees its memory now. Every later call is a `KezekError` with the code `freed`; freeing it again does nothing. */
  free(): void {
    const raw = this.#raw;
    this.#raw = undefined;
    if (raw !== undefined && this.instance.alive) this.instance.run(() => raw.free());
  }

  /** As `free`, for `using`. */
  [Symbol.dispose](): void {
    this.free();
  }
}
