// What the life of one application does not touch: interest, benefit, withdrawal, a refusal upheld, a departure, the
// lists, "why did my number change?", and the way back in time.

import assert from "node:assert/strict";
import { Visit } from "./visit.mjs";

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
  await visit.reads(ends, /10 апреля 2026/);
  await visit.press("Подтвердить заинтересованность");
  await visit.press("Подтвердить", visit.dialog());
  await done().waitFor();
  await visit.reads(ends, /10 апреля 2027/);

  // The benefit: the third number begins to count.
  await visit.press("Изменить льготность");
  await page.locator("#act-benefit").selectOption("large-family");
  await page.locator("#act-documents").fill("1");
  await visit.press("Сохранить", visit.dialog());
  await visit.reads(page.locator(".numbers dd").last(), /^[1-9]\d*$/);

  // The forecast is a picture that says in words what it shows.
  const picture = page.locator(".picture svg");
  assert.equal(await picture.getAttribute("role"), "img");
  await visit.reads(page.locator(`#${await picture.getAttribute("aria-labelledby")}`), /ориентировочно с .+ по .+/);
  await visit.shot("view-forecast");

  // The number is checked here, against the fingerprint of the whole queue: against another one it does not hold.
  await page.locator("#proof-check").click();
  const verdict = page.locator("section:has(#proof-check) .notice");
  await visit.reads(verdict, /^Подтверждено: номер \d+ из \d+ среди детей \d{4} года рождения\.$/);
  const root = await page.locator("code.sum").innerText();
  await page.locator("#proof-root").fill(root.toUpperCase());
  await visit.reads(verdict, /^Подтверждено/);
  await page.locator("#proof-root").fill(root.replace(/^./, (digit) => (digit === "0" ? "1" : "0")));
  await visit.reads(verdict, /^Не подтверждено: с этим отпечатком номер \d+ не сходится\.$/);
  await page.locator("#proof-root").fill("опубликовано");
  await visit.reads(verdict, /^Не подтверждено/);

  // Why the number changed: the causes add up to the change.
  await page.locator("a.more").click();
  await page.locator("#from").waitFor();
  for (const preset of [0, 1, 2]) {
    await page.locator(".segments button").nth(preset).click();
    await page.locator(".segments button").nth(preset).and(page.locator("[aria-pressed=true]")).waitFor();
    const changes = await page.locator("section.change").evaluateAll((sections) => {
      const amount = (text) => Number(text.replace("−", "-"));
      return sections.map((section) => ({
        before: amount(section.querySelector(".before")?.innerText ?? "0"),
        after: amount(section.querySelector(".after")?.innerText ?? "0"),
        causes: [...section.querySelectorAll(".amount")].map((one) => amount(one.innerText)),
      }));
    });
    assert.ok(changes.length > 0);
    for (const { before, after, causes } of changes) {
      assert.equal(after - before, causes.reduce((sum, part) => sum + part, 0), "the causes add up");
    }
  }
  await visit.count(page.locator(".causes li"), (causes) => causes > 2, "the causes");
  await visit.shot("view-why");

  // Time runs on, and back: what was done stays, what came later has not happened.
  await page.goto(card);
  await visit.openMachine();
  await page.locator("#plus-working-day").click();
  await visit.reads(page.locator("#clock"), /^18\.03\.2026 09:3/);
  await page.locator("#plus-day").click();
  await visit.reads(page.locator("#clock"), /^19\.03\.2026 09:3/);
  await page.locator(".machine-log .segments button").nth(1).click();
  for (let day = 0; day < 8; day += 1) await page.locator("#plus-day").click();
  await visit.reads(page.locator("#clock"), /^27\.03\.2026/);
  const events = await visit.count(page.locator(".machine-log li"), (some) => some > 0, "something happened by itself");
  await visit.shot("view-time-machine");
  await page.locator("#slider").fill("24");
  await visit.reads(page.locator("#clock"), /^18\.03\.2026/);
  await visit.count(page.locator(".machine-log li"), (some) => some < events, "and its events are gone");
  await visit.reads(page.locator("#announced"), /отменено/);
  await visit.reads(ends, /10 апреля 2027/); // What was done before is still done.
  await visit.closeMachine();

  // Out of the queue, for good.
  await visit.press("Снять с очереди");
  await visit.reads(visit.dialog(), /номер в очереди не сохранится/);
  await visit.press("Снять с очереди", visit.dialog());
  await visit.reads(page.locator("main .title .chip"), /^\s*Снят с очереди\s*$/);

  // The department confirms the refusal.
  await visit.become("department");
  await visit.press("Подтвердить отказ", page.locator(".cards > li").first());
  await visit.reads(visit.dialog(), /не восстанавливается/);
  await visit.press("Подтвердить отказ", visit.dialog());
  await done().waitFor();
  await page.locator(".empty").waitFor();

  // A child leaves its kindergarten: a date and a reason; the place does not come back by itself.
  await visit.become("Балапан");
  await visit.section(2);
  const rows = page.locator("tbody tr");
  const before = await visit.count(rows, (some) => some > 0, "enrolled children");
  await rows.first().getByRole("button").click();
  await page.locator("#act-reason").fill("Переезд");
  await visit.press("Подписать и отправить", visit.dialog());
  await done().waitFor();
  await visit.count(rows, (some) => some === before - 1, "one child less");

  // The public lists: no person in them.
  await visit.section(3);
  await visit.count(rows, (some) => some > 3, "the lines of the queue");
  assert.doesNotMatch(await page.locator("main").innerText(), /p:|UO\./);
  await visit.shot("view-queue");
  await visit.section(4);
  await visit.count(page.locator(".plan li"), (some) => some > 3, "what is planned");
  await visit.count(rows, (some) => some > 3, "the places");
  await visit.shot("view-vacancies");

  // A referral that is not there; a page that is not there.
  await visit.section(1);
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
  await other.page.locator("html[lang=kk]").waitFor();
  await other.reads(other.page.locator("h1"), /^Өтініштер журналы$/);
  await other.reads(other.page.locator(".ticket").nth(1), /Балабақшаны таңдау мерзімі/);
  await other.close();
}
