// Everything about the npm package: it is built, its types are looked at, and it is tested, from nothing but Rust and Node.
//
//     node bindings-wasm/test.mjs               all of it
//     node bindings-wasm/test.mjs border card   tests/js/border.test.mjs and card.test.mjs, with what is built already

import { execFileSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const tests = join(root, "tests", "js");
const target = resolve(root, process.env.CARGO_TARGET_DIR ?? "target");
const faulty = join(target, "js-faulty");
const chosen = process.argv.slice(2);

function step(name, command, args, cwd = root) {
  console.log(`\n== ${name}`);
  execFileSync(command, args, { cwd, stdio: ["ignore", "inherit", "inherit"], env: { ...process.env, KEZEK_FAULTY: faulty } });
}

const run = (file, ...args) => [process.execPath, [join(here, file), ...args]];

try {
  if (chosen.length === 0) {
    step("JavaScript: the package", ...run("build.mjs"));
    rmSync(faulty, { recursive: true, force: true });
    step("JavaScript: a package that can fail, for one test", ...run("build.mjs", "--faulty", faulty));
    step("JavaScript: the types are those of the JSON Schema", ...run("generate.mjs", "--check"));
  }
  if (!existsSync(join(tests, "node_modules", "fast-check"))) {
    step("JavaScript: what the tests need", "npm", ["ci", "--no-audit", "--no-fund"], tests);
  }
  if (chosen.length === 0) step("JavaScript: types", join(tests, "node_modules", ".bin", "tsc"), ["-p", "types"], tests);
  step("JavaScript: tests", process.execPath, ["--test", "--test-reporter=spec", ...named()], tests);
  if (chosen.length === 0) {
    step("JavaScript: ways of loading", process.execPath, ["loading.mjs", join(target, "js-loading")], tests);
    step("JavaScript: size", ...run("size.mjs"));
  }
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

function named() {
  const all = ["border", "card", "dead", "garbage", "load", "memory", "proof", "scenarios", "sources"];
  return (chosen.length > 0 ? chosen : all).map((name) => `${name}.test.mjs`);
}
