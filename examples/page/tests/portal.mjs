// The page through a real portal (examples/portal-rs): a parent registers, is called, and chooses.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { until, Visit } from "./visit.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const dist = join(root, "examples", "page", "dist");

/** Builds and starts a portal with the demo's town; answers its address and the way to end it. PORTAL is another's command. */
async function start() {
  const target = process.env["CARGO_TARGET_DIR"] ?? join(root, "target");
  const own = process.env["PORTAL"]?.split(" ");
  const cargo = ["build", "--quiet", "--locked", "-p", "kezek-portal", "--bin", "portal"];
  if (own === undefined) execFileSync("cargo", cargo, { cwd: root, stdio: "inherit" });
  const folder = mkdtempSync(join(tmpdir(), "kezek-portal-"));
  const given = ["--demo", "--database", join(folder, "portal.db"), "--listen", "127.0.0.1:0", "--page", dist];
  const [program, ...words] = own ?? [join(target, "debug", "portal")];
  const portal = spawn(program, [...words, ...given], { stdio: ["ignore", "pipe", "ignore"] });
  const line = await new Promise((resolve, reject) => {
    portal.stdout.once("data", (said) => resolve(String(said)));
    portal.once("exit", (code) => reject(new Error(`the portal ended with ${code}`)));
  });
  const stop = () => {
    portal.kill("SIGTERM");
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: /http:[^ ]+/.exec(line)[0], stop };
}

export async function portal(browser) {
  const { url, stop } = await start();
  try {
    // The address alone is enough: the portal says which settlement it is.
    const bare = await fetch(url, { redirect: "manual" });
    assert.equal(bare.headers.get("location"), "/?portal=/api/v1/settlements/demo");
    const visit = await Visit.open(browser, url, "ru", { query: "&portal=/api/v1/settlements/demo" });
    const { page, say } = visit;

    await page.locator(".choices button", { hasText: "p:visitor" }).click();
    await page.locator(".empty").waitFor();
    assert.equal(await page.locator(".machine").count(), 0, "a portal's time is not moved");
    await page.getByRole("link", { name: say.apply }).last().click();
    const number = await visit.apply({ child: "p:child-of-the-visitor", born: "2013-05-05" });
    await page.locator("main a.button.primary").click();
    await visit.stands("queued");
    // The portal's proof holds here, against what it says to everybody.
    await page.locator("#proof-check").click();
    await visit.reads(page.locator("section:has(#proof-check) .notice"), /^Подтверждено: номер \d+ из \d+/);
    await visit.shot("portal-queued");

    // A kindergarten adds places, elsewhere. The page hears of it: nobody loads it again.
    const { people } = await (await fetch(`${url}api/v1/demo`)).json();
    const staff = people.find(({ actor }) => actor.role === "staff");
    const places = { type: "publish_vacancy", group_year: 2013, language: "ru", places: 9 };
    const published = await fetch(`${url}api/v1/settlements/demo/commands`, {
      method: "POST",
      headers: { authorization: `Bearer ${staff.token}`, "idempotency-key": "places" },
      body: JSON.stringify({ ...places, kindergarten: staff.actor.kindergartens[0] }),
    });
    assert.equal(published.status, 200);
    await visit.stands("notified");
    const countdown = page.locator(".deadlines [role=timer]").first();
    const before = await countdown.innerText();
    await until(async () => (await countdown.innerText()) !== before, "the countdown goes on");
    await visit.choose();
    await visit.shot("portal-referred");

    // Loaded again it is the same: it stands in the portal's journal, and the history came with it.
    await page.reload();
    await visit.stands("referred");
    await page.locator("#tab-history").click();
    await visit.count(page.locator(".history li"), (events) => events >= 3, "the history that the portal sent");
    await page.locator("h1", { hasText: number }).waitFor();
    await visit.close();
  } finally {
    stop();
  }
}
