// Cards of a portal instead of a register: only the small module is loaded, commands are judged by the card in the page,
// and go to the portal where it takes them.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { serve } from "../serve.mjs";
import { Visit } from "./visit.mjs";

const dist = join(fileURLToPath(new URL(".", import.meta.url)), "..", "dist");

export async function cards(browser) {
  const { init, Register } = await import("kezek");
  await init(readFileSync(fileURLToPath(import.meta.resolve("kezek/kezek.wasm"))));
  const now = "2026-03-17T09:30:00+05:00";
  const register = Register.open({ policy: "aktobe-2018" });
  const by = { role: "applicant", iin: "p:parent-1" };
  const submit = { type: "submit", applicant: "p:parent-1", child: { iin: "p:child-1", born: "2022-05-05" }, by, signature: "s" };
  const number = register.apply(submit, "2026-03-16T10:00:00+05:00").events[0].application;
  const places = { type: "publish_vacancy", kindergarten: "Балапан", group_year: 2022, language: "kk", places: 2 };
  register.apply(places, "2026-03-16T11:00:00+05:00");
  const asked = [];
  const answers = (request, response, path) => {
    if (path === "/cards.json") {
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify([register.card(number, now).toJSON()]));
      return true;
    }
    if (path === "/commands" && request.method === "POST") {
      let body = "";
      request.on("data", (part) => (body += part));
      request.on("end", () => {
        asked.push(JSON.parse(body));
        const outcome = register.apply(JSON.parse(body), now);
        assert.deepEqual(outcome.denials, []);
        const card = register.card(number, now).toJSON();
        response.writeHead(200, { "content-type": "application/json" });
        response.end(JSON.stringify({ card, history: register.history(number, now), documents: register.documents(number, now) }));
      });
      return true;
    }
    return false;
  };
  const portal = await serve(dist, { answers });
  const at = encodeURIComponent(now);

  // Judged in the page alone: what it would do is shown, nothing is sent.
  const visit = await Visit.open(browser, portal.url, "ru", { query: `&cards=/cards.json&iin=p:parent-1&now=${at}` });
  const { page } = visit;
  const loaded = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => name.endsWith(".wasm")));
  assert.equal(loaded.length, 1);
  assert.match(loaded[0], /card-/, "the small module alone");
  assert.equal(await page.locator(".machine").count(), 0, "a portal's time is not moved");
  await page.locator(".ticket h2 a").click();
  await visit.stands("notified");
  const before = visit.requests;
  await visit.press(visit.say.choose);
  await page.locator(".offer button").first().click();
  await visit.press(visit.say.signAndSend, visit.dialog());
  await visit.stands("referred");
  assert.deepEqual(visit.asked.slice(before), [], "no request was made");
  await visit.shot("cards-judged");
  await visit.close();

  // Sent to the portal, which answers the next card.
  const sent = await Visit.open(browser, portal.url, "kk", { query: `&cards=/cards.json&post=/commands&iin=p:parent-1&now=${at}` });
  await sent.page.locator(".ticket h2 a").click();
  await sent.choose();
  assert.deepEqual(asked.map(({ type, vacancy, by: who }) => [type, vacancy, who.iin]), [["choose", 1, "p:parent-1"]]);
  await sent.press(sent.say.recall);
  await sent.page.locator("#act-reason").fill("…");
  await sent.press(sent.say.confirmRecall, sent.dialog());
  await sent.page.locator(".notice[data-kind=done]").waitFor();
  assert.equal(asked.length, 2);
  await sent.page.locator("#tab-history").click();
  await sent.count(sent.page.locator(".history li"), (events) => events >= 4, "the history that the portal sent");
  await sent.shot("cards-sent");
  await sent.close();

  // An address that answers nothing is told, with a way to try again.
  const failed = await browser.newPage();
  await failed.goto(`${portal.url}?lang=en&cards=/nothing.json`);
  await failed.getByText("The applications could not be loaded.").waitFor();
  await failed.close();
  await portal.stop();
}
