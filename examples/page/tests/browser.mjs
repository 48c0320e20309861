// Chromium for the tests: the system's own, installed where it is missing and that can be done.

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const known = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const find = () => known.find((path) => path && existsSync(path));

/** Where Chromium is; without it, says what to do. */
export function chromiumPath() {
  const found = find();
  if (found) return found;
  try {
    const apt = process.getuid?.() === 0 ? ["apt-get"] : ["sudo", "-n", "apt-get"];
    const run = (...args) => execFileSync(apt[0], [...apt.slice(1), ...args], { stdio: ["ignore", "ignore", "inherit"] });
    console.log("Chromium is missing: installing it with apt-get");
    run("update", "-qq");
    run("install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-noto-core");
  } catch (error) {
    throw new Error(
      "These tests need Chromium, and it could not be installed here. Install it with the system's package manager " +
        "(Debian and Ubuntu: apt-get install chromium), or set CHROMIUM to the path of a Chromium or Chrome.",
      { cause: error },
    );
  }
  const installed = find();
  if (!installed) throw new Error("Chromium was installed but is not where it was expected: set CHROMIUM to its path.");
  return installed;
}

/** Starts Chromium without a window. */
export function launch() {
  return chromium.launch({
    executablePath: chromiumPath(),
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
