// A turn is used with the keyboard alone: no mouse, the focus is always seen, a window keeps it and gives it back.

import assert from "node:assert/strict";
import { until, Visit } from "./visit.mjs";

export async function keyboard(browser, url) {
  const visit = await Visit.open(browser, url, "kk");
  const { page, say } = visit;
  const key = (name) => page.keyboard.press(name);
  const focused = (what) => page.evaluate(what);
  const text = () => focused(() => (document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent ?? "").trim());
  /** Goes on with Tab until something is in focus. */
  const tabTo = async (wanted) => {
    for (let step = 0; step < 60; step += 1) {
      await key("Tab");
      if (wanted.test(await text())) {
        const ring = await focused(() => getComputedStyle(document.activeElement).outlineStyle);
        assert.notEqual(ring, "none", `the focus is seen on ${wanted}`);
        return;
      }
    }
    assert.fail(`Tab never came to ${wanted}`);
  };

  await key("Tab");
  assert.equal(await focused(() => document.activeElement.className), "skip", "first of all one may skip the head");
  await key("Enter");
  assert.equal(await focused(() => document.activeElement.id), "main");
  await tabTo(/p:parent-1/);
  await key("Enter");
  await until(async () => (await focused(() => document.activeElement.tagName)) === "H1", "a new page is read from its heading");
  await page.locator(".ticket").nth(1).waitFor();
  const numbers = await page.locator(".ticket h2 a").allInnerTexts();
  await tabTo(new RegExp(numbers[1]));
  await key("Enter");
  await visit.stands("notified");

  // The tabs go with the arrows.
  await tabTo(/Өтініш туралы ақпарат/);
  await key("ArrowRight");
  await until(async () => (await focused(() => document.activeElement.id)) === "tab-history", "the next tab");
  await page.locator(".history").waitFor();
  await key("ArrowLeft");
  await until(async () => (await focused(() => document.activeElement.id)) === "tab-information", "and back");

  await tabTo(new RegExp(`^${say.choose}$`));
  await key("Enter");
  await page.locator(".offer").first().waitFor();
  await tabTo(/^Таңдау: «/);
  const opener = await text();
  await key("Enter");
  await visit.dialog().waitFor();
  for (let step = 0; step < 8; step += 1) {
    await key("Tab");
    const inside = await focused(() => document.activeElement === document.body || document.activeElement.closest("dialog") !== null);
    assert.ok(inside, "the window keeps the focus");
  }
  await key("Escape");
  // (Not only hidden: the page has heard of it.)
  await until(async () => (await page.locator("dialog").count()) === 0, "Escape closes the window");
  await until(async () => (await text()) === opener, "the focus is back where it was");
  await key("Enter");
  await visit.dialog().waitFor();
  await tabTo(new RegExp(`^${say.signAndSend}$`));
  await key("Enter");
  await visit.stands("referred");
  await visit.close();
}
