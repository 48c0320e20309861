import { KezekError } from "./error.js";
import { runs, started } from "./instance.js";
import type { Glue } from "./instance.js";

/** What was fetched, a `Response`. */
interface Fetched {
  readonly url: string;
  readonly headers: { get(name: string): string | null };
  arrayBuffer(): Promise<ArrayBuffer>;
}

/**
 * Where the module comes from: an address (text or a `URL`), what was fetched from it (a `Response`, or a promise of
 * one), its bytes (an `ArrayBuffer` or a view of one), or the module itself (a `WebAssembly.Module`).
 *
 * To TypeScript a module is any object, and some programs know neither `Response` nor `WebAssembly`.
 */
export type Source = string | { readonly href: string } | Fetched | PromiseLike<Fetched> | BufferLike | object;

/** Bytes. */
export type BufferLike = ArrayBuffer | ArrayBufferView<ArrayBuffer>;

/** How an entry point is loaded. */
export interface Loader {
  init(source?: Source): Promise<void>;
  initSync(source: BufferLike | object): void;
}

/** The loader of a module; `beside` is where it lies beside the package's own code. */
export function loader(given: unknown, beside: () => { readonly href: string }): Loader {
  const glue = given as Glue;
  let loading: Promise<void> | undefined;
  return {
    init(source) {
      if (runs(glue)) return Promise.resolve();
      loading ??= compiled(source ?? beside())
        .then((module) => start(glue, module))
        .finally(() => (loading = undefined));
      return loading;
    },
    initSync(source) {
      if (runs(glue)) return;
      start(glue, source instanceof WebAssembly.Module ? source : new WebAssembly.Module(source as BufferSource));
    },
  };
}

function start(glue: Glue, module: WebAssembly.Module): void {
  glue.initSync({ module });
  started(glue);
}

async function compiled(given: Source): Promise<WebAssembly.Module> {
  const source = await given;
  if (typeof source === "string" || "href" in source) {
    const url = absolute(typeof source === "string" ? source : String(source.href));
    return url.protocol === "file:" ? await WebAssembly.compile(await read(url)) : await streamed(await fetched(url));
  }
  if ("arrayBuffer" in source) return await streamed(source as Fetched);
  return source instanceof WebAssembly.Module ? source : await WebAssembly.compile(source as BufferSource);
}

function absolute(source: string): URL {
  try {
    return new URL(source, globalThis.location?.href);
  } catch (cause) {
    throw notLoaded("an absolute URL", JSON.stringify(source), cause);
  }
}

/** A file, where there are files: in Node, and in what is built like it. No bundler sees an import here. */
async function read(url: URL): Promise<Uint8Array<ArrayBuffer>> {
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): unknown } };
  const fs = process?.getBuiltinModule?.("node:fs") as
    | { promises: { readFile(url: URL): Promise<Uint8Array<ArrayBuffer>> } }
    | undefined;
  if (fs !== undefined) return await fs.promises.readFile(url);
  return new Uint8Array(await (await fetched(url)).arrayBuffer());
}

async function fetched(url: URL): Promise<Response> {
  let response;
  try {
    response = await fetch(url);
  } catch (cause) {
    throw notLoaded(`the module at ${url.href}`, "no answer", cause);
  }
  if (!response.ok) throw notLoaded(`the module at ${url.href}`, `HTTP ${response.status}`);
  return response;
}

/** Compiles while it comes. A server that does not know the type is forgiven. */
async function streamed(response: Fetched): Promise<WebAssembly.Module> {
  const type = response.headers.get("Content-Type") ?? "";
  if (type.startsWith("application/wasm") && typeof WebAssembly.compileStreaming === "function") {
    return await WebAssembly.compileStreaming(response as Response);
  }
  const bytes = new Uint8Array(await response.arrayBuffer());
  // "\0asm"
  if (![0x00, 0x61, 0x73, 0x6d].every((byte, at) => bytes[at] === byte)) {
    throw notLoaded(`WebAssembly at ${response.url}: is the file served there?`, type || "something else");
  }
  return await WebAssembly.compile(bytes);
}

function notLoaded(expected: string, found: string, cause?: unknown): KezekError {
  return new KezekError("not_loaded", [{ path: "", expected, found }], { cause });
}
