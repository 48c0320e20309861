// Builds the npm package: dist/, from nothing but Rust and Node.
//
//     node bindings-wasm/build.mjs                     dist/ with kezek.wasm, card.wasm, their glue, JavaScript and types
//     node bindings-wasm/build.mjs --faulty --out DIR  one that can fail on demand, for a test of what a panic becomes

import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const { values } = parseArgs({ options: { faulty: { type: "boolean" }, out: { type: "string", default: "dist" } } });
const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const dist = values.out === "dist" ? join(here, "dist") : resolve(values.out);
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

/** A module, optimised, with its glue in js/glue. */
function build(name, features) {
  run("cargo", [
    "build", "--locked", "-p", "kezek-wasm", "--profile", "browser", "--target", TRIPLE, "--no-default-features",
    "--features", features.join(","),
  ]);
  const glue = join(here, "js", "glue");
  const built = join(target, TRIPLE, "browser", "kezek_wasm.wasm");
  run("cargo", ["run", "--locked", "--quiet", "--release", "-p", "kezek-glue", "--", built, glue, name]);
  const bound = join(glue, `${name}_bg.wasm`);
  run(join(here, "node_modules", ".bin", "wasm-opt"), ["-Os", ...FEATURES, bound, "-o", join(dist, `${name}.wasm`)]);
  for (const left of [bound, `${bound}.d.ts`]) rmSync(left);
  // The package has its own loader; the types of this one name things that a program without a DOM does not know.
  const types = join(glue, `${name}.d.ts`);
  const [own] = readFileSync(types, "utf8").split("export type InitInput");
  writeFileSync(types, `${own}export function initSync(source: { module: object }): unknown;\n`);
}

needTarget();
needTools();
rmSync(dist, { recursive: true, force: true });
mkdirSync(join(dist, "glue"), { recursive: true });
const extra = values.faulty ? ["fault-injection"] : [];
build("card", []);
build("kezek", ["register", ...extra]);
run(join(here, "node_modules", ".bin", "tsc"), ["-p", here, "--outDir", dist]);
for (const name of ["card", "kezek"]) {
  for (const end of ["js", "d.ts"]) copyFileSync(join(here, "js", "glue", `${name}.${end}`), join(dist, "glue", `${name}.${end}`));
}
for (const licence of ["LICENSE-MIT", "LICENSE-APACHE"]) copyFileSync(join(root, licence), join(here, licence));
