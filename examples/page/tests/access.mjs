// axe finds nothing serious or critical on any view, light and dark, in any language.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Visit } from "./visit.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export async function access(browser, url) {
  for (const [language, dark] of [["kk", false], ["ru", true], ["en", false]]) {
    const visit = await Visit.open(browser, url, language, { dark });
    const { page } = visit;
    const check = async (view) => {
      await page.waitForTimeout(50);
      if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe);
      const { violations } = await page.evaluate(() => globalThis.axe.run(document));
      const bad = violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => `${node.html.slice(0, 120)} — ${node.failureSummary}`).join("\n    ")}`);
      assert.deepEqual(bad, [], `${language}${dark ? " dark" : ""} ${view}`);
    };
    const section = async (place, ready) => {
      await visit.section(place);
      await page.locator(ready).first().waitFor();
    };
    await check("welcome");
    await visit.become("p:parent-1");
    await check("journal");
    for (const place of [0, 1, 2]) {
      await page.locator(".ticket h2 a").nth(place).click();
      await page.locator(".why-not summary").click();
      await check(`card ${place}`);
      if (place === 0) {
        for (const action of ["change_benefit", "confirm_interest", "withdraw"]) {
          await page.locator(`button[data-action=${action}]`).click();
          await check(`window ${action}`);
          await page.keyboard.press("Escape");
        }
        await page.locator("a.more").click();
        await page.locator("section.change").first().waitFor();
        await check("why");
        await page.locator("main a.back").click();
      }
      if (place === 1) {
        await page.locator("button[data-action=choose]").click();
        await page.locator(".offer").first().waitFor();
        await check("choose");
        await page.locator("main a.back").click();
      }
      if (place === 2) {
        for (const action of ["extend_referral", "recall_referral"]) {
          await page.locator(`button[data-action=${action}]`).click();
          await page.locator("dialog form button[type=submit]").click();
          await page.locator("dialog .notice").waitFor();
          await check(`window ${action}`);
          await page.keyboard.press("Escape");
        }
        await page.locator("#tab-history").click();
        await check("history");
        await page.locator("#tab-documents").click();
        await check("documents");
      }
      await page.locator("main a.back").click();
    }
    await section(1, "form.form");
    await visit.press(visit.say.send);
    await check("form with findings");
    await section(2, "table");
    await check("queue");
    await section(3, "table");
    await check("vacancies");
    await visit.openMachine();
    await page.locator("#next-deadline").click();
    await check("time machine");
    await visit.closeMachine();
    await visit.become("p:parent-9");
    await check("empty journal");
    await visit.become("Күншуақ");
    await visit.press(visit.say.add);
    await check("places, sure");
    await page.keyboard.press("Escape");
    await section(1, "#referral");
    await check("referrals");
    await section(2, "h1");
    await check("enrolled");
    await visit.become("department");
    await check("review");
    await visit.close();
  }
}
