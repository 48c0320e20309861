// One small project for each way of loading, with the package as npm would give it (`npm pack`).
//
//     node tests/js/loading.mjs FOLDER      makes and tries them in FOLDER: node/, page/, vite/
//
// `node` runs. `vite` is built: each module must be there once. `page` and `vite/dist` are to be served and opened in a
// browser: each page's title is then what expected.json says (else it begins with "failed:"), and #said says its words.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(dirname(here));
const folder = resolve(process.argv[2] ?? join(root, "target", "js-loading"));

function npm(args, cwd) {
  const quiet = { npm_config_audit: "false", npm_config_fund: "false", npm_config_loglevel: "error" };
  return execFileSync("npm", args, { cwd, encoding: "utf8", env: { ...process.env, ...quiet } });
}

function node(args, cwd) {
  return execFileSync(process.execPath, args, { cwd, encoding: "utf8" });
}

/** The package as it is published; what it holds is what it must hold. */
function packed() {
  const [{ filename, files }] = JSON.parse(npm(["pack", "--json", "--ignore-scripts", "--pack-destination", folder], join(root, "bindings-wasm")));
  const paths = files.map(({ path }) => path);
  for (const needed of ["package.json", "README.md", "dist/LICENSE-MIT", "dist/LICENSE-APACHE", "dist/index.js", "dist/index.d.ts", "dist/card-only.js", "dist/kezek.wasm", "dist/card.wasm", "dist/glue/kezek.js", "dist/glue/card.d.ts"]) {
    assert.ok(paths.includes(needed), `${needed} is not packed`);
  }
  for (const path of paths) assert.match(path, /^(dist\/(.*\.(js|d\.ts|wasm)|LICENSE-\w+)|package\.json|README\.md)$/);
  return join(folder, filename);
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const tarball = packed();
for (const project of ["node", "page", "vite"]) {
  const at = join(folder, project);
  cpSync(join(here, "loading", project), at, { recursive: true });
  copyFileSync(join(here, "loading", "tell.js"), join(at, "tell.js"));
  if (existsSync(join(at, "package-lock.json"))) npm(["ci"], at);
  npm(["install", "--no-save", tarball], at);
}

// Node: what it tells is what the others must tell.
const told = node(["main.js"], join(folder, "node")).trimEnd().split("\n");
assert.equal(told.length, 4);
assert.match(told[0], /\bwithdraw\b/);
assert.match(told[2], /^k1:[0-9a-f]{64}$/);
const [card, cardSaid, title, said] = told;
writeFileSync(join(folder, "expected.json"), JSON.stringify({ "index.html": { title, said }, "card.html": { title: card, said: cardSaid } }, null, 2));

// The story of the examples, in each language, comes to one end.
copyFileSync(join(root, "examples", "js", "story.mjs"), join(folder, "node", "story.mjs"));
const stories = ["kk", "ru", "en"].map((language) => node(["story.mjs", language], join(folder, "node")).trimEnd().split("\n"));
for (const story of stories) {
  assert.equal(story.length, 9);
  assert.ok(story[4].includes("not_your_turn (R35)"), story[4]);
  assert.equal(story[8], stories[0][8]);
}
assert.equal(new Set(stories.map((story) => story[0])).size, 3);

// Vite: each module is there once, and each page asks for its own alone.
node([join("node_modules", "vite", "bin", "vite.js"), "build", "--logLevel", "warn"], join(folder, "vite"));
const assets = readdirSync(join(folder, "vite", "dist", "assets"));
assert.deepEqual(assets.filter((name) => name.endsWith(".wasm")).map((name) => name.replace(/-[^.]*\./, ".")).sort(), ["card.wasm", "kezek.wasm"]);
const scripts = assets.filter((name) => name.endsWith(".js")).map((name) => readFileSync(join(folder, "vite", "dist", "assets", name), "utf8"));
for (const name of assets.filter((name) => name.endsWith(".wasm"))) {
  assert.equal(scripts.filter((text) => text.includes(name)).length, 1, name);
}
for (const file of ["index.html", "card.html"]) assert.ok(existsSync(join(folder, "vite", "dist", file)));

console.log(`node runs, vite is built, page is ready: ${folder}`);
