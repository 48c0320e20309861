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
    Visit.last = visit;
    await visit.page.goto(`${url}?lang=${language}${query}`);
    await visit.page.locator("header.head").waitFor();
    return visit;
  }

  async close() {
    await this.page.context().close();
    assert.deepEqual(this.faults, [], "the page complained");
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
    const number = (await page.locator(".notice-title").innerText()).trim();
    assert.match(number, /^UO\.\d{4}\.\d{6}\.1$/);
    return number;
  }

  /** Chooses the first kindergarten of the list and signs. */
  async choose() {
    await this.press(this.say.choose);
    await this.page.locator(".offer button").first().click();
    await this.press(this.say.signAndSend, this.dialog());
    await this.stands("referred");
  }
}
