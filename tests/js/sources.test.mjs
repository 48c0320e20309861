// Each form of a source, each in a process of its own.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";

const HEAD = `
import { readFileSync } from "node:fs";
import { init, initSync, Policy } from "kezek";
const address = new URL(import.meta.resolve("kezek/kezek.wasm"));
const bytes = readFileSync(address);
const response = () => new Response(bytes, { headers: { "Content-Type": "application/wasm" } });
`;
const forms = {
  nothing: "await init()",
  "a URL": "await init(address)",
  text: "await init(address.href)",
  bytes: "await init(bytes)",
  "a buffer": "await init(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))",
  "a response": "await init(response())",
  "a promise of one": "await init(Promise.resolve(response()))",
  "a module": "await init(await WebAssembly.compile(bytes))",
  "a module, at once": "initSync(new WebAssembly.Module(bytes))",
  "bytes, at once": "initSync(bytes)",
};
for (const [form, line] of Object.entries(forms)) {
  test(`loaded from ${form}`, () => {
    const program = `${HEAD}${line};\nconsole.log(Policy.names().length > 3);`;
    const told = execFileSync(process.execPath, ["--input-type=module", "-e", program], { cwd: import.meta.dirname, encoding: "utf8" });
    assert.equal(told, "true\n");
  });
}
