// The made-up town of the demo: its kindergartens, its families, and the plan of places. Everything follows from fixed
// numbers, so that the demo is the same for everybody.

import type { PolicyLike } from "kezek";
import type { Actor, Command } from "../kezek";

/** A part of the town; its name is one of the page's words. */
export type District = "centre" | "north" | "river";

/** What the town knows of a kindergarten; the rules know only its name. */
export interface Kindergarten {
  readonly name: string;
  readonly district: District;
  readonly kind: "state" | "private" | "mini_centre";
  readonly street: Readonly<Record<"kk" | "ru" | "en", string>>;
}

const street = (kk: string, ru: string, en: string, house: number) => ({
  kk: `${kk} көшесі, ${house}`,
  ru: `ул. ${ru}, ${house}`,
  en: `${house} ${en} Street`,
});

/** The kindergartens of the town. */
export const kindergartens: readonly Kindergarten[] = [
  { name: "Балапан", district: "centre", kind: "state", street: street("Алма", "Яблоневая", "Alma", 4) },
  { name: "Күншуақ", district: "centre", kind: "state", street: street("Мектеп", "Школьная", "Mektep", 12) },
  { name: "Қарлығаш", district: "north", kind: "state", street: street("Терек", "Тополиная", "Terek", 7) },
  { name: "Айгөлек", district: "north", kind: "private", street: street("Самал", "Самал", "Samal", 21) },
  { name: "Ақбота", district: "river", kind: "state", street: street("Жағалау", "Набережная", "Jaghalau", 3) },
  { name: "Еркетай", district: "river", kind: "mini_centre", street: street("Гүлзар", "Цветочная", "Gulzar", 9) },
];

/** The policy of the town: Aktobe's rules with reminders. */
export const rules: PolicyLike = {
  base: "aktobe-2018",
  name: "aktobe-2018-demo",
  reminders: [
    { of: "interest", before: { calendar_days: 30 } },
    { of: "referral", before: { calendar_days: 1 } },
  ],
};

/** Something that somebody in town does at a moment. */
export interface Act {
  readonly at: number;
  readonly command: Command;
}

const HOUR = 3_600_000;
/** One day. */
export const DAY = 24 * HOUR;
/** The town's clock is five hours ahead of UTC. */
export const OFFSET = 5 * HOUR;

/** A moment of the town's clock, such as `2026-03-17T09:30`. */
export const moment = (text: string): number => Date.parse(`${text}+05:00`);

/** The date of a moment in town. */
export const dateOf = (at: number): string => new Date(at + OFFSET).toISOString().slice(0, 10);

/** When the town's records begin, and the moment at which the demo opens. */
export const FIRST = moment("2023-03-01T09:00");
export const OPENS = moment("2026-03-17T09:30");
const LAST_MONTH = 50;

/** A number of [0, 1) that looks like chance and is always the same for the same seed. */
export function chance(seed: number): number {
  let mixed = (seed * 0x9e3779b1) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 0x1_0000_0000;
}

function pick<T>(from: readonly T[], seed: number): T {
  const picked = from[Math.floor(chance(seed) * from.length)];
  if (picked === undefined) throw new Error("nothing to pick from");
  return picked;
}

/** A moment on a working day (Monday to Friday) of a month, counted from the first one. */
function inMonth(month: number, seed: number): number {
  const start = new Date(FIRST + OFFSET);
  const day = 1 + Math.floor(chance(seed) * 27);
  const date = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + month, day));
  const weekday = date.getUTCDay();
  const shift = weekday === 6 ? 2 : weekday === 0 ? 1 : 0;
  const seconds = 9 * 3600 + Math.floor(chance(seed + 1) * 8 * 3600);
  return date.getTime() - OFFSET + shift * DAY + seconds * 1000;
}

const yearOf = (at: number): number => new Date(at + OFFSET).getUTCFullYear();

/** The published plan: which places the kindergartens add, and when. */
export function plan(): Act[] {
  const acts: Act[] = [];
  for (let month = 1; month < LAST_MONTH; month += 1) {
    const august = (month + 2) % 12 === 7;
    const batches = august ? 6 : 3;
    for (let batch = 0; batch < batches; batch += 1) {
      // Each year is much like the one before: the same kindergartens form the same groups.
      const seed = 50_000 + (month % 12) * 100 + batch * 10;
      const at = inMonth(month, seed + month);
      const where = pick(kindergartens, seed + 2);
      const age = pick([2, 2, 3, 3, 3, 3, 4], seed + 3);
      acts.push({
        at,
        command: {
          type: "publish_vacancy",
          kindergarten: where.name,
          kind: where.kind,
          group_year: yearOf(at) - age,
          language: pick(["kk", "kk", "kk", "ru", "ru", "en"] as const, seed + 4),
          places: 1 + Math.floor(chance(seed + 5) * 3),
          by: staffOf(where.name),
        },
      });
    }
  }
  return acts;
}

/** The families of the town and when they apply. */
export function families(): Act[] {
  const acts: Act[] = [];
  for (let month = 0; month < LAST_MONTH; month += 1) {
    const many = month === 0 ? 20 : 4 + Math.floor(chance(month) * 3);
    for (let family = 0; family < many; family += 1) {
      const seed = 90_000 + month * 500 + family * 10;
      const at = inMonth(month, seed);
      const days = 60 + Math.floor(chance(seed + 2) * (month === 0 ? 1100 : 800));
      const benefit = chance(seed + 3) < 0.14 ? pick(["large-family", "large-family", "disabled-parent"], seed + 4) : null;
      acts.push({
        at,
        command: {
          type: "submit",
          applicant: `p:family-${month}-${family}`,
          child: { iin: `p:child-${month}-${family}`, born: dateOf(at - days * DAY) },
          benefit,
          documents: benefit === null ? 0 : 1,
          channel: pick(["portal", "portal", "egov", "centre"] as const, seed + 5),
          signature: "demo",
        },
      });
    }
  }
  return acts;
}

/** Staff of one kindergarten. */
export const staffOf = (kindergarten: string): Actor => ({ role: "staff", kindergartens: [kindergarten] });
