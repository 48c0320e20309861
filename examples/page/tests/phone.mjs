// On a phone nothing is wider than the screen, what is pressed is big enough, tables are cards.

import assert from "node:assert/strict";
import { Visit } from "./visit.mjs";

export async function phone(browser, url) {
  for (const language of ["kk", "ru", "en"]) {
    const visit = await Visit.open(browser, url, language, { width: 360, height: 740, dark: language === "en" });
    const { page } = visit;
    const check = async (name) => {
      await page.waitForTimeout(80);
      const wide = await page.evaluate(() => ({
        width: document.documentElement.scrollWidth,
        screen: innerWidth,
        small: [...document.querySelectorAll("button, input, select, .button")]
          .filter((one) => one.checkVisibility() && one.type !== "checkbox" && one.getBoundingClientRect().height < 39)
          .map((one) => one.outerHTML.slice(0, 80)),
      }));
      assert.ok(wide.width <= wide.screen, `${language} ${name}: ${wide.width} px on a screen of ${wide.screen}`);
      assert.deepEqual(wide.small, [], `${language} ${name}: too small to press`);
      await visit.shot(`phone-${language}-${name}`);
    };
    await check("1-welcome");
    await visit.become("p:parent-1");
    await check("2-journal");
    for (const place of [0, 1, 2]) {
      await page.locator(".ticket h2 a").nth(place).click();
      await page.locator(".tabs").waitFor();
      await check(`3-card-${place}`);
      if (place === 0) {
        await page.locator("a.more").click();
        await page.locator("section.change").first().waitFor();
        await check("4-why");
        await page.locator("main a.back").click();
      }
      if (place === 1) {
        await page.locator("[data-action=choose]").click();
        await page.locator(".offer").first().waitFor();
        await check("5-choose");
        await page.locator(".offer button").first().click();
        await check("6-sign");
        await page.keyboard.press("Escape");
        await page.locator("main a.back").click();
      }
      await page.locator("main a.back").click();
    }
    await visit.section(1);
    await page.locator("form.form").waitFor();
    await check("7-form");
    await visit.section(2);
    await page.locator("table").waitFor();
    assert.equal(await page.locator("tbody tr").first().evaluate((row) => getComputedStyle(row).display), "block");
    await check("8-queue");
    await visit.section(3);
    await page.locator("table").waitFor();
    await check("9-vacancies");
    await visit.openMachine();
    await check("10-time");
    await visit.close();
  }
}
