/**
 * The rules of Kazakhstan's electronic preschool queue: turns, referrals, deadlines, and why.
 *
 * ```ts
 * import { init, Register } from "kezek";
 *
 * await init();
 * const register = Register.open({ policy: "akmola-2018" });
 * ```
 *
 * @packageDocumentation
 */

import * as glue from "./glue/kezek.js";
import { loader } from "./load.js";
import type { BufferLike, Source } from "./load.js";

export { backtest, Register, verify } from "./register.js";
export type { AnswerTo, Journal, Page, PositionRow, RegisterOptions, Which, WithCalendar } from "./register.js";
export * from "./shared.js";

const module = loader(glue, () => new URL("./kezek.wasm", import.meta.url));

/**
 * Loads the module, once: before it every other call throws a `KezekError` `not_loaded`.
 *
 * Without a source it is the file beside the package's own code: fetched in browsers, read in Node, and where a bundler
 * put it. Calling it again does nothing.
 *
 * @throws {@link KezekError} `not_loaded`, with the address, where there is no module.
 */
export function init(source?: Source): Promise<void> {
  return module.init(source);
}

/** `init` at once, of a module or its bytes: for edge runtimes, which import `kezek/kezek.wasm` as a module. */
export function initSync(source: BufferLike | object): void {
  module.initSync(source);
}
