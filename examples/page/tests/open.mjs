// node open.mjs URL TEXT [SECONDS]: opens an address in Chromium and waits until its page says a text. Prints what the
// page wrote to its console; ends with 0 when the text came, with 1 when it did not or the page failed.

import { pathToFileURL } from "node:url";
import { launch } from "./browser.mjs";

/** Opens `url`; answers the page's text once it contains `text`. Everything the page logs goes to `log`. */
export async function openAndWait(url, text, { seconds = 30, log = console.log } = {}) {
  const browser = await launch();
  try {
    const page = await browser.newPage();
    const faults = [];
    page.on("console", (message) => log(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => faults.push(error.message));
    page.on("requestfailed", (request) => faults.push(`${request.url()}: ${request.failure()?.errorText}`));
    await page.goto(url);
    const come = await page
      .waitForFunction((wanted) => document.body.innerText.includes(wanted), text, { timeout: seconds * 1000 })
      .then(() => true, () => false);
    const said = await page.evaluate(() => document.body.innerText);
    if (!come) throw new Error(`the page did not say "${text}" in ${seconds} s; it says:\n${said}\n${faults.join("\n")}`);
    return said;
  } finally {
    await browser.close();
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [url, text, seconds] = process.argv.slice(2);
  if (!url || !text) {
    console.error("node open.mjs URL TEXT [SECONDS]");
    process.exit(2);
  }
  try {
    console.log(await openAndWait(url, text, { seconds: Number(seconds ?? 30) }));
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
