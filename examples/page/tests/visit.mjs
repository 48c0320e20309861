// One visit of the page in Chromium: a window with its language, and what a visitor does in it.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { said } from "./words.mjs";

/** Where screenshots are kept. */
export const artefacts = join(dirname(dirname(fileURLToPath(import.meta.url))), "artefacts");
mkdirSync(artefacts, { recursive: true });

/** Waits until a check holds. */
export async function until(check, what, seconds = 20) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    if (await check()) return;
    if (Date.now() > end) assert.fail(`waited ${seconds} s in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A window of the browser with the page in it. */
export class Visit {
  constructor(page, language) {
    Object.assign(this, { page, language, say: said[language], faults: [], requests: 0, asked: [] });
    page.on("pageerror", (error) => {
      this.faults.push(error.message);
      console.log(`        the page complained: ${error.stack}`);
    });
    page.on("console", (message) => message.type() === "error" && this.faults.push(message.text()));
    page.on("request", (request) => {
      // A document that is saved, and the icon of the window, which the browser asks for when it likes.
      if (request.url().startsWith("blob:") || request.url().endsWith("/mark.svg")) return;
      this.requests += 1;
      this.asked.push(request.url());
    });
  }

  static async open(browser, url, language, { width = 1280, height = 900, dark = false, query = "" } = {}) {
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme: dark ? "dark" : "light",
      reducedMotion: "reduce",
      acceptDownloads: true,
    });
    const visit = new Visit(await context.newPage(), language);
    await visit.slow();
    Visit.last = visit;
    await visit.page.goto(`${url}?lang=${language}${query}`);
    await visit.page.locator("header.head").waitFor();
    return visit;
  }

  /** As on a slow machine: KEZEK_SLOW=10 takes the browser ten times as long, so that a check that does not wait is found. */
  async slow() {
    const rate = Number(process.env["KEZEK_SLOW"] ?? 1);
    if (rate === 1) return;
    const session = await this.page.context().newCDPSession(this.page);
    await session.send("Emulation.setCPUThrottlingRate", { rate });
  }

  async close() {
    await this.page.context().close();
    assert.deepEqual(this.faults, [], "the page complained");
  }

  /**
   * Waits until what the page shows passes a check, and answers what it was: a number of elements, or a text. (A page is
   * drawn some time after a press; what is read at once may be what was there before.)
   */
  async count(locator, check, what) {
    let seen = 0;
    await until(async () => check((seen = await locator.count())), what);
    return seen;
  }

  /** The text of an element, once it is as expected. */
  async reads(locator, expected) {
    let seen = "";
    await until(async () => expected.test((seen = await locator.innerText())), `reads ${expected}`);
    return seen;
  }

  /** Becomes a family (a pseudonym), a kindergarten (its name) or the department, by the first page. */
  async become(who) {
    await this.page.locator("a.brand").click();
    await this.page.locator(".who").waitFor();
    if (who.startsWith("p:")) {
      await this.page.locator("#iin").fill(who);
      await this.page.locator("form.inline button").click();
    } else if (who === "department") {
      await this.page.locator("section[aria-labelledby=who-department] .choices button").click();
    } else {
      await this.page.locator("section[aria-labelledby=who-staff] button", { hasText: `«${who}»` }).click();
    }
    await this.page.locator(".me").waitFor();
  }

  /** Goes to one of the sections at the head, and waits until it is there. */
  async section(place) {
    const link = this.page.locator(".sections a").nth(place);
    await link.click();
    await link.and(this.page.locator("[aria-current=page]")).waitFor();
  }

  /** Presses a button by what stands on it. */
  press(name, inside = this.page) {
    return inside.getByRole("button", { name, exact: true }).click();
  }

  dialog() {
    return this.page.locator("dialog[open]");
  }

  stage() {
    return this.page.locator("main .title .chip").innerText();
  }

  /** The application is now at a stage, in the portal's word. */
  async stands(stage, seconds = 20) {
    const word = this.say.stages[stage];
    await until(async () => (await this.stage()).trim() === word, `the application stands at "${word}"`, seconds);
  }

  async openMachine() {
    const toggle = this.page.locator(".machine-toggle");
    if ((await toggle.getAttribute("aria-expanded")) === "false") await toggle.click();
  }

  async closeMachine() {
    const toggle = this.page.locator(".machine-toggle");
    if ((await toggle.getAttribute("aria-expanded")) === "true") await toggle.click();
  }

  /** A picture of the whole page, with the bar of the time machine at its end. */
  async shot(name) {
    await this.page.waitForTimeout(60);
    const open = await this.page.locator("dialog[open]").count();
    const style = open === 0 ? ".machine{position:static!important}.foot{padding-bottom:1.25rem!important}" : "";
    await this.page.screenshot({ path: join(artefacts, `${name}.png`), fullPage: open === 0, style });
  }

  /** Fills the form of a new application and sends it. */
  async apply({ child, born }) {
    const { page, say } = this;
    await page.locator("#read").check();
    await page.locator("#email").fill("parent@example.kz");
    await page.locator("#phone").fill("+7 700 000 00 00");
    await page.locator("#child-iin").fill(child);
    await page.locator("#child-born").fill(born);
    await this.press(say.send);
    await this.press(say.sign, this.dialog());
    return (await this.reads(page.locator(".notice-title"), /^\s*UO\.\d{4}\.\d{6}\.1\s*$/)).trim();
  }

  /** Chooses the first kindergarten of the list and signs. */
  async choose() {
    await this.press(this.say.choose);
    await this.page.locator(".offer button").first().click();
    await this.press(this.say.signAndSend, this.dialog());
    await this.stands("referred");
  }
}
