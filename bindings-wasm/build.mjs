// Builds the npm package: dist/, from nothing but Rust and Node.
//
//     node bindings-wasm/build.mjs               dist/ with kezek.wasm, card.wasm, their glue, JavaScript and types
//     node bindings-wasm/build.mjs --faulty DIR  a copy of it that can fail on demand, to test what a panic becomes

import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const { faulty } = parseArgs({ options: { faulty: { type: "string" } } }).values;
const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const dist = join(here, "dist");
const sources = join(here, "js", "glue");
const target = resolve(root, process.env.CARGO_TARGET_DIR ?? "target");

const TRIPLE = "wasm32-unknown-unknown";
// What rustc takes for granted on this target; a browser of 2022 and Node 20 have them all. (Under --all-features
// wasm-opt writes what they have not.)
const FEATURES = [
  "bulk-memory",
  "multivalue",
  "mutable-globals",
  "nontrapping-float-to-int",
  "reference-types",
  "sign-ext",
].map((name) => `--enable-${name}`);

function run(command, args, options = {}) {
  execFileSync(command, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"], ...options });
}

function read(command, args) {
  return execFileSync(command, args, { cwd: root, encoding: "utf8" });
}

/** The target for WebAssembly, where rustup keeps toolchains. (Without rustup, cargo says what is missing.) */
function needTarget() {
  try {
    if (!read("rustup", ["target", "list", "--installed"]).split("\n").includes(TRIPLE)) {
      run("rustup", ["target", "add", TRIPLE]);
    }
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
}

function needTools() {
  if (!existsSync(join(here, "node_modules", ".bin", "tsc"))) {
    run("npm", ["ci", "--no-audit", "--no-fund"], { cwd: here });
  }
}

/** A module, optimised, in a folder, and its glue in another. */
function build(name, features, folder, glue) {
  run("cargo", [
    "build", "--locked", "-p", "kezek-wasm", "--profile", "browser", "--target", TRIPLE, "--no-default-features",
    "--features", features.join(","),
  ]);
  const built = join(target, TRIPLE, "browser", "kezek_wasm.wasm");
  run("cargo", ["run", "--locked", "--quiet", "--release", "-p", "kezek-glue", "--", built, glue, name]);
  const bound = join(glue, `${name}_bg.wasm`);
  run(join(here, "node_modules", ".bin", "wasm-opt"), ["-Os", ...FEATURES, bound, "-o", join(folder, `${name}.wasm`)]);
  for (const left of [bound, `${bound}.d.ts`]) rmSync(left);
  // The package has its own loader; the types of this one name things that a program without a DOM does not know.
  const types = join(glue, `${name}.d.ts`);
  const [own] = readFileSync(types, "utf8").split("export type InitInput");
  writeFileSync(types, `${own}export function initSync(source: { module: object }): unknown;\n`);
}

function buildPackage() {
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist);
  build("card", [], dist, sources);
  build("kezek", ["register"], dist, sources);
  run(join(here, "node_modules", ".bin", "tsc"), ["-p", here]);
  cpSync(sources, join(dist, "glue"), { recursive: true });
  for (const licence of ["LICENSE-MIT", "LICENSE-APACHE"]) copyFileSync(join(root, licence), join(dist, licence));
}

needTarget();
needTools();
if (faulty === undefined) {
  buildPackage();
} else {
  cpSync(dist, faulty, { recursive: true });
  build("kezek", ["register", "fault-injection"], faulty, join(faulty, "glue"));
}
