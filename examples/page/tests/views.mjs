// What the life of one application does not touch: interest, benefit, withdrawal, a refusal upheld, a departure, the
// lists, "why did my number change?", and the way back in time.

import assert from "node:assert/strict";
import { until, Visit } from "./visit.mjs";

export async function views(browser, url) {
  const visit = await Visit.open(browser, url, "ru");
  const { page } = visit;
  await visit.become("p:parent-1");
  await page.locator(".ticket h2 a").first().click();
  await visit.stands("queued");
  const card = page.url();
  const done = () => page.locator(".notice[data-kind=done]").last();

  // Interest: two presses, and the end of the running period moves on by a year.
  const ends = page.locator("li", { has: page.locator("[data-action=confirm_interest]") });
  assert.match(await ends.innerText(), /10 апреля 2026/);
  await visit.press("Подтвердить заинтересованность");
  await visit.press("Подтвердить", visit.dialog());
  await done().waitFor();
  await until(async () => /10 апреля 2027/.test(await ends.innerText()), "the next period");

  // The benefit: the third number begins to count.
  await visit.press("Изменить льготность");
  await page.locator("#act-benefit").selectOption("large-family");
  await page.locator("#act-documents").fill("1");
  await visit.press("Сохранить", visit.dialog());
  await until(async () => Number(await page.locator(".numbers dd").last().innerText()) > 0, "a number of the benefit");

  // The forecast is a picture that says in words what it shows.
  const picture = page.locator(".picture svg");
  assert.equal(await picture.getAttribute("role"), "img");
  assert.match(await page.locator(`#${await picture.getAttribute("aria-labelledby")}`).innerText(), /ориентировочно с .+ по .+/);
  await visit.shot("view-forecast");

  // Why the number changed: the causes add up to the change.
  await page.locator("a.more").click();
  await page.locator("#from").waitFor();
  for (const preset of [0, 1, 2]) {
    await page.locator(".segments button").nth(preset).click();
    for (const section of await page.locator("section.change").all()) {
      const parts = await section.locator(".amount").allInnerTexts();
      const number = async (name) => ((await section.locator(name).count()) ? Number(await section.locator(name).innerText()) : 0);
      const sum = parts.reduce((all, part) => all + Number(part.replace("−", "-")), 0);
      assert.equal((await number(".after")) - (await number(".before")), sum, "the causes add up");
    }
  }
  assert.ok((await page.locator(".causes li").count()) > 2);
  await visit.shot("view-why");

  // Time runs on, and back: what was done stays, what came later has not happened.
  await page.goto(card);
  await visit.openMachine();
  await page.locator("#plus-working-day").click();
  assert.match(await page.locator("#clock").innerText(), /^18\.03\.2026 09:3/);
  await page.locator("#plus-day").click();
  assert.match(await page.locator("#clock").innerText(), /^19\.03\.2026 09:3/);
  await page.locator(".machine-log .segments button").nth(1).click();
  for (let day = 0; day < 8; day += 1) await page.locator("#plus-day").click();
  const events = await page.locator(".machine-log li").count();
  assert.ok(events > 0, "something happened by itself");
  await visit.shot("view-time-machine");
  await page.locator("#slider").fill("24");
  await until(async () => /^18\.03\.2026/.test(await page.locator("#clock").innerText()), "back by a day");
  await until(async () => (await page.locator(".machine-log li").count()) < events, "and its events are gone");
  assert.match(await page.locator("#announced").innerText(), /отменено/);
  assert.match(await ends.innerText(), /10 апреля 2027/, "what was done before is still done");
  await visit.closeMachine();

  // Out of the queue, for good.
  await visit.press("Снять с очереди");
  assert.match(await visit.dialog().innerText(), /номер в очереди не сохранится/);
  await visit.press("Снять с очереди", visit.dialog());
  await until(async () => (await visit.stage()).trim() === "Снят с очереди", "it is closed");

  // The department confirms the refusal.
  await visit.become("department");
  await visit.press("Подтвердить отказ", page.locator(".cards > li").first());
  assert.match(await visit.dialog().innerText(), /не восстанавливается/);
  await visit.press("Подтвердить отказ", visit.dialog());
  await done().waitFor();
  await page.locator(".empty").waitFor();

  // A child leaves its kindergarten: a date and a reason; the place does not come back by itself.
  await visit.become("Балапан");
  await page.locator(".sections a").nth(2).click();
  const rows = page.locator("tbody tr");
  const before = await rows.count();
  await rows.first().getByRole("button").click();
  await page.locator("#act-reason").fill("Переезд");
  await visit.press("Подписать и отправить", visit.dialog());
  await done().waitFor();
  assert.equal(await rows.count(), before - 1);

  // The public lists: no person in them.
  await page.locator(".sections a").nth(3).click();
  assert.ok((await rows.count()) > 3);
  assert.doesNotMatch(await page.locator("main").innerText(), /p:|UO\./);
  await visit.shot("view-queue");
  await page.locator(".sections a").nth(4).click();
  assert.ok((await rows.count()) > 3);
  assert.ok((await page.locator(".plan li").count()) > 3);
  await visit.shot("view-vacancies");

  // A referral that is not there; a page that is not there.
  await page.locator(".sections a").nth(1).click();
  await page.locator("#referral").fill("1999999901");
  await visit.press("Поиск");
  await page.getByText("Запрошенная запись не найдена.").waitFor();
  await page.goto(`${page.url().split("#")[0]}#/nowhere`);
  await page.getByText("Такой страницы нет").waitFor();
  await visit.close();

  // The language is changed by a click, in place.
  const other = await Visit.open(browser, url, "ru");
  await other.become("p:parent-1");
  await other.page.locator(".languages button[lang=kk]").click();
  assert.equal(await other.page.locator("html").getAttribute("lang"), "kk");
  assert.equal(await other.page.locator("h1").innerText(), "Өтініштер журналы");
  assert.match(await other.page.locator(".ticket").nth(1).innerText(), /Балабақшаны таңдау мерзімі/);
  await other.close();
}
