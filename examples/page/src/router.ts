// Pages are addresses after the #, so that the page needs no server of its own.

import { effect, signal } from "@preact/signals";

const read = (): readonly string[] =>
  location.hash.replace(/^#\/?/, "").split("/").filter(Boolean).map(decodeURIComponent);

/** The parts of the address: `#/application/UO.2026.000001.1/history` has three. */
export const route = signal<readonly string[]>(read());

addEventListener("hashchange", () => {
  route.value = read();
});

/** An address. */
export const to = (...parts: readonly string[]): string => `#/${parts.map(encodeURIComponent).join("/")}`;

/** Goes to an address. */
export function go(...parts: readonly string[]): void {
  location.hash = to(...parts);
}

/** Tabs of one card are one page. */
const tabs = new Set(["information", "history", "documents"]);
/** The page that the address names. */
export const page = (): string => route.value.filter((part) => !tabs.has(part)).join("/");

let shown: string | null = null;
// A new page is read from its heading, as a newly loaded one would be.
effect(() => {
  const next = page();
  if (next === shown) return;
  const first = shown === null;
  shown = next;
  if (first) return;
  requestAnimationFrame(() => {
    scrollTo({ top: 0 });
    document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
  });
});
