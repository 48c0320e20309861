// The door to the package: `kezek` for the demo, the smaller `kezek/card` where only cards are shown.

import type * as Whole from "kezek";
import type { Policy, Texts } from "kezek";

export type {
  Actor,
  ApplicationView,
  ButtonRow,
  CheckedForm,
  Command,
  DeadlineView,
  Denial,
  DocumentView,
  Finding,
  Forecast,
  KezekEvent,
  Offer,
  PositionChange,
  PositionView,
  Proof,
  Seal,
  VacancyRow,
} from "kezek";
export type { Card, Policy, Register, Texts } from "kezek";

/** Everything, or what a page with cards needs of it. */
export type Library = Pick<typeof Whole, "Card" | "Policy" | "Calendar" | "Form" | "Texts" | "KezekError" | "verifyProof">;

let loaded: Library | undefined;

/** Loads the whole library. */
export async function whole(): Promise<typeof Whole> {
  const library = await import("kezek");
  await library.init();
  loaded = library;
  return library;
}

/** Loads what is enough for cards. */
export async function cardsOnly(): Promise<Library> {
  const library = await import("kezek/card");
  await library.init();
  loaded = library as unknown as Library;
  return loaded;
}

/** What was loaded. */
export function library(): Library {
  if (loaded === undefined) throw new Error("the library is not loaded yet");
  return loaded;
}

const said = new Map<string, Texts>();

/** The library's texts in a language, for a policy. */
export function textsOf(language: "kk" | "ru" | "en", policy: Policy): Texts {
  const name = `${language} ${policy.name}`;
  const known = said.get(name);
  if (known !== undefined) return known;
  const texts = library().Texts.of(language, { policy });
  said.set(name, texts);
  return texts;
}
