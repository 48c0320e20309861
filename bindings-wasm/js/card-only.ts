/**
 * `kezek` for a page that has cards and no register: a smaller module. The classes are the same ones, so that a card of
 * either is a card of both.
 *
 * ```ts
 * import { Card, init } from "kezek/card";
 *
 * await init();
 * const card = Card.fromJSON(await (await fetch("/cards/UO.2018.000001.1")).json());
 * ```
 *
 * @packageDocumentation
 */

import * as glue from "./glue/card.js";
import { loader } from "./load.js";
import type { BufferLike, Source } from "./load.js";

export * from "./shared.js";

const module = loader(glue, () => new URL("./card.wasm", import.meta.url));

/**
 * Loads the module, once: before it every other call throws a `KezekError` `not_loaded`. Where `kezek` is loaded, its
 * module serves.
 *
 * Without a source it is the file beside the package's own code: fetched in browsers, read in Node, and where a bundler
 * put it.
 *
 * @throws {@link KezekError} `not_loaded`, with the address, where there is no module.
 */
export function init(source?: Source): Promise<void> {
  return module.init(source);
}

/** `init` at once, of a module or its bytes: for edge runtimes, which import `kezek/card.wasm` as a module. */
export function initSync(source: BufferLike | object): void {
  module.initSync(source);
}
