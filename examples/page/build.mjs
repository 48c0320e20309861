// Builds the page, and before it whatever is missing: the package beside it, the tools.

import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The folder of the page. */
export const here = dirname(fileURLToPath(import.meta.url));
const bindings = join(here, "..", "..", "bindings-wasm");

const run = (command, args, cwd) => execFileSync(command, args, { cwd, stdio: ["ignore", "inherit", "inherit"] });

/** Whether the package is built, and nothing that it is made of has been changed since. */
function isFresh() {
  const built = join(bindings, "dist", "index.js");
  if (!existsSync(built)) return false;
  const made = statSync(built).mtimeMs;
  const sources = [join(bindings, "js"), join(bindings, "src"), join(bindings, "..", "core", "src")];
  const files = sources.flatMap((folder) => readdirSync(folder, { recursive: true }).map((file) => join(folder, file)));
  return files.every((file) => statSync(file).mtimeMs <= made);
}

/** Answers the folder with the finished page. */
export function build() {
  if (!isFresh()) run(process.execPath, ["build.mjs"], bindings);
  if (!existsSync(join(here, "node_modules", "vite"))) run("npm", ["ci"], here);
  run(process.execPath, [join(here, "node_modules", "typescript", "bin", "tsc"), "--noEmit"], here);
  run(process.execPath, [join(here, "node_modules", "vite", "bin", "vite.js"), "build", "--logLevel", "warn"], here);
  return join(here, "dist");
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) console.log(build());
