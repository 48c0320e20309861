// The language of the page, its own words, and the library's.

import { computed, effect, signal } from "@preact/signals";
import { en, type Words } from "./en";
import { kk } from "./kk";
import { ru } from "./ru";

/** The three languages of the page and of the rules. */
export type Tongue = "kk" | "ru" | "en";

/** Each with its own name. */
export const tongues: readonly (readonly [Tongue, string, string])[] = [
  ["kk", "Қаз", "Қазақша"],
  ["ru", "Рус", "Русский"],
  ["en", "Eng", "English"],
];

const all: Record<Tongue, Words> = { kk, ru, en };

function first(): Tongue {
  const asked = new URLSearchParams(location.search).get("lang") ?? localStorage.getItem("kezek-language");
  const known = [asked, ...navigator.languages.map((tag) => tag.slice(0, 2))];
  return known.find((tag): tag is Tongue => tag === "kk" || tag === "ru" || tag === "en") ?? "kk";
}

/** The language that is shown. */
export const tongue = signal<Tongue>(first());

/** The page's own words in it. */
export const words = computed<Words>(() => all[tongue.value]);

/** Shows another language. */
export function speak(next: Tongue): void {
  localStorage.setItem("kezek-language", next);
  tongue.value = next;
}

/** A sentence with its gaps filled. */
export function fill(sentence: string, gaps: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{(\w+)\}/g, (gap, name: string) => String(gaps[name] ?? gap));
}

effect(() => {
  document.documentElement.lang = tongue.value;
});

export type { Words };
