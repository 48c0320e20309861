// How the module is loaded, and what is said where there is none.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { test } from "node:test";
import { init, initSync, KezekError, Policy } from "kezek";

const wasm = readFileSync(new URL(import.meta.resolve("kezek/kezek.wasm")));
const types = { "/kezek.wasm": "application/octet-stream", "/page": "text/html", "/right": "application/wasm" };
const server = createServer((request, response) => {
  const type = types[request.url];
  response.writeHead(type === undefined ? 404 : 200, { "Content-Type": type ?? "text/plain" });
  response.end(type === "text/html" ? "<!doctype html>" : wasm);
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const base = `http://127.0.0.1:${server.address().port}`;

const notLoaded = (message) => (error) =>
  error instanceof KezekError && error.code === "not_loaded" && message.test(error.message);

test("before init everything says so", () => {
  assert.throws(() => Policy.names(), notLoaded(/init\(\)/));
});

test("where there is no module", async () => {
  await assert.rejects(init(`${base}/page`), notLoaded(/WebAssembly at .*\/page: is the file served there\?, found text\/html/));
  await assert.rejects(init(new URL(`${base}/nothing`)), notLoaded(/HTTP 404/));
  await assert.rejects(init("kezek.wasm"), notLoaded(/an absolute URL/));
  await assert.rejects(init("http://127.0.0.1:1/kezek.wasm"), notLoaded(/no answer/));
  await assert.rejects(init(new Uint8Array([1, 2, 3])), WebAssembly.CompileError);
  assert.throws(() => Policy.names(), notLoaded(/init\(\)/));
});

test("a server that does not know the type is forgiven; two calls load once", async () => {
  await Promise.all([init(`${base}/kezek.wasm`), init()]);
  assert.ok(Policy.names().includes("kz-2025"));
  await init("kezek.wasm");
  initSync(new Uint8Array());
});

test.after(() => server.close());
