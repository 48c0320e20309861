// The whole life of an application, in one language: from the form to the list of enrolled children.

import assert from "node:assert/strict";
import { until, Visit } from "./visit.mjs";

export async function life(browser, url, language) {
  const visit = await Visit.open(browser, url, language);
  const { page, say } = visit;
  const shot = (name) => visit.shot(`${language}-${name}`);
  assert.equal(await page.locator("html").getAttribute("lang"), language);
  await shot("01-welcome");

  // A family that has not applied yet: an empty journal, then the form with what is found at its fields.
  await visit.become("p:parent-5");
  await page.locator(".empty").waitFor();
  await page.getByRole("link", { name: say.apply }).last().click();
  await visit.press(say.send);
  const email = page.locator(".field", { has: page.locator("#email") });
  await email.getByText(say.missing).waitFor();
  assert.equal(await page.locator("#email").getAttribute("aria-invalid"), "true");
  assert.equal(await page.locator("#applicant-iin").getAttribute("aria-invalid"), null, "what is filled in is not blamed");
  await shot("02-form-findings");
  const number = await visit.apply({ child: `p:child-of-the-test-${language}`, born: "2022-05-05" });
  await shot("03-registered");
  await page.locator("main a.button.primary").click();

  // It is in the queue, with its number, and what cannot be done says why.
  await visit.stands("queued");
  const place = Number(await visit.reads(page.locator(".numbers dd").first(), /^[1-9]\d*$/));
  await visit.reads(page.locator("#forecast-told"), /.{20}/);
  await page.locator(".why-not summary").click();
  await page.locator(".why-not [data-action=extend_referral] dd", { hasText: say.stages.queued }).waitFor();
  await shot("04-queued");

  // A kindergarten adds places: once saved they cannot be corrected, and it says so before.
  await visit.become("Балапан");
  await page.locator("#group-year").selectOption("2022");
  // Just enough for it and everybody before it, of whom one is in the stop-list and cannot be called.
  await page.locator("#places").fill(String(place - 1));
  await visit.press(say.add);
  await visit.dialog().getByText(say.cannotCorrect).waitFor();
  await shot("05-places-sure");
  await visit.press(say.save, visit.dialog());
  await page.locator(".notice[data-kind=done]").waitFor();
  await shot("06-places");

  // The turn has come: a countdown that goes by the second, and the list of kindergartens.
  await visit.become("p:parent-5");
  await page.getByRole("link", { name: number }).click();
  await visit.stands("notified");
  const countdown = page.locator(".deadlines [role=timer]").first();
  const before = await countdown.innerText();
  await until(async () => (await countdown.innerText()) !== before, "the countdown goes on");
  await shot("07-notified");
  await visit.press(say.choose);
  const all = await visit.count(page.locator(".offer"), (offers) => offers > 0, "places to choose from");
  await page.locator("#language").selectOption("kk");
  await visit.count(page.locator(".offer"), (some) => some > 0 && some <= all, "places of one language");
  await page.locator("#district").selectOption("centre");
  await shot("08-choose");
  await page.getByRole("button", { name: /«Балапан»/ }).last().click();
  await shot("09-sign");
  await visit.press(say.signAndSend, visit.dialog());
  await visit.stands("referred");

  // Extended: not without a reason, then to a later day.
  await visit.press(say.extend);
  await visit.press(say.extendNow, visit.dialog());
  await visit.dialog().getByText(say.reasonRequired).waitFor();
  await shot("10-extend-denied");
  await page.locator("#act-reason").fill("…");
  await visit.press(say.extendNow, visit.dialog());
  await page.locator(".notice[data-kind=done]").waitFor();
  await shot("11-referred");
  // Recalled within a day: the number is kept.
  await visit.press(say.recall);
  await page.locator("#act-reason").fill("…");
  await visit.press(say.confirmRecall, visit.dialog());
  await visit.stands("queued");
  await visit.reads(page.locator(".numbers dd").first(), new RegExp(`^${place}$`));

  // A second referral, with which nobody comes: it lapses at the very second, without a request.
  await visit.choose();
  await visit.openMachine();
  await page.locator("#next-deadline").click(); // the reminder, a day before
  await page.locator("#just-before").click();
  await shot("12-just-before");
  await visit.stands("referred");
  const asked = visit.requests;
  await visit.stands("stop_listed", 15);
  assert.equal(visit.requests, asked, "no request was made");
  const clock = await page.locator("#clock").getAttribute("datetime");
  assert.match(clock, /T19:00:0[0-2]/, "local midnight, at the very second");
  await until(async () => (await page.locator("#announced").innerText()).length > 10, "it is announced");
  await visit.closeMachine();
  await page.locator(".why-not summary").click();
  await page.locator(".why-not [data-action=choose] dd", { hasText: say.stopped }).first().waitFor();
  await shot("13-stop-listed");
  await visit.openMachine();
  await page.locator("#next-deadline").click();
  await visit.stands("queued");
  await shot("14-time-machine");
  await visit.closeMachine();

  // A third referral: the kindergarten refuses, the department does not confirm it, the child is accepted.
  await visit.choose();
  const referral = await page.locator(".facts dd").filter({ hasText: /^\d{10}$/ }).innerText();
  const where = (await page.locator(".facts > div").last().locator("dd").innerText()).trim();
  const find = async () => {
    await visit.become(where);
    await visit.section(1);
    await page.locator("#referral").fill(referral);
    await visit.press(say.search);
    await page.locator("#processing").waitFor();
  };
  await find();
  await shot("15-referral");
  await visit.press(say.refuse);
  await page.locator("#act-reason").fill("…");
  await visit.press(say.refuse, visit.dialog());
  await page.locator(".notice[data-kind=done]").waitFor();
  await visit.become("department");
  await shot("16-review");
  const row = page.locator(".cards > li", { hasText: number });
  await visit.press(say.overturn, row);
  await visit.press(say.overturn, visit.dialog());
  await page.locator(".notice[data-kind=done]").waitFor();
  await find();
  assert.equal(await page.locator("button[data-action=refuse]").count(), 0, "it may not be refused again");
  await visit.press(say.accept);
  await visit.press(say.accept, visit.dialog());
  await page.locator(".notice[data-kind=done]").waitFor();
  await visit.section(2);
  await page.getByRole("cell", { name: number, exact: false }).first().waitFor();
  await shot("17-enrolled");

  // The family sees the end of it, and everything that happened.
  await visit.become("p:parent-5");
  await page.getByRole("link", { name: number }).click();
  await visit.stands("enrolled");
  await page.locator("#tab-history").click();
  await page.locator(".history li[data-event=enrolled]").waitFor();
  const happened = await page.locator(".history li").evaluateAll((rows) => rows.map((one) => one.dataset.event).reverse());
  const story = [
    "registered", "turn_came", "referral_issued", "referral_extended", "referral_recalled", "referral_issued",
    "reminder_due", "referral_expired", "stop_listed", "stop_list_ended", "referral_issued", "refused",
    "refusal_overturned", "enrolled",
  ];
  assert.deepEqual(happened.filter((event) => story.includes(event)), story);
  await shot("18-history");
  await page.locator("#tab-documents").click();
  const download = page.waitForEvent("download");
  await page.locator(".documents button").last().click();
  assert.match((await download).suggestedFilename(), /^UO\.2026\.\d+\.1-[a-z_]+\.html$/);
  await shot("19-documents");
  await visit.close();
}
