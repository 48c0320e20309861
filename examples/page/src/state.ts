// What every part of the page looks at: the clock, who is here, what happened.

import { computed, signal } from "@preact/signals";
import type { Actor, Command, KezekEvent, Texts } from "./kezek";
import { textsOf } from "./kezek";
import type { Answer, Source } from "./source";
import { type Demo, portalSource, whoIs } from "./portal";
import { fill, tongue, words } from "./words";

/** Who looks at the page. */
export type Me =
  | { readonly role: "applicant"; readonly iin: string }
  | { readonly role: "staff"; readonly kindergarten: string }
  | { readonly role: "department" };

/** Where applications come from. Set once, before anything is shown. */
export const source = signal<Source>(undefined as unknown as Source);
/** The clock of the page, a whole second, in milliseconds: for countdowns. */
export const now = signal(0);
/** The moment at which answers were last worked out: everything else is shown as of then. */
export const moment = signal(0);
/** Who is here; nobody yet on the first page. */
export const me = signal<Me | null>(null);
/** What happened by itself since the page was opened, the latest first. */
export const happened = signal<readonly KezekEvent[]>([]);
/** A sentence for those who listen. */
export const announced = signal("");

/** The library's words in the language that is shown. */
export const texts = computed<Texts>(() => textsOf(tongue.value, source.value.policy));

/** Who asks, as the rules know it. */
export const actor = computed<Actor>(() => {
  const who = me.value;
  if (who === null) return { role: "applicant", iin: "p:nobody" };
  if (who.role === "staff") return { role: "staff", kindergartens: [who.kindergarten] };
  return who;
});

/** The address of the settlement, where a portal serves the page. */
export const portal = signal<string | null>(null);
/** The people of the portal's demo, if it is one. */
export const demo = signal<Demo | null>(null);

/** Becomes somebody whom the portal knows by a token; nobody without one. Answers whether the portal knows it. */
export async function enterPortal(token: string | null): Promise<boolean> {
  const base = portal.value;
  if (base === null) return false;
  const who = token === null ? null : await whoIs(token);
  if (token !== null && who === null) return false;
  source.value = await portalSource(base, token, hear);
  me.value = who;
  if (token === null) sessionStorage.removeItem("kezek-token");
  else sessionStorage.setItem("kezek-token", token);
  return true;
}

/** What a portal says. */
function hear(events: readonly KezekEvent[]): void {
  moment.value = now.value;
  changes.value += 1;
  if (events.length > 0) announced.value = sentences(events);
}

let ahead = 0;
const wakes = new Set<number>();

/** Starts the clock at a moment. */
export function startClock(at: number): void {
  set(at);
  const beat = (): void => {
    const current = Math.floor((Date.now() + ahead) / 1000) * 1000;
    if (current > now.value) tick(current);
    setTimeout(beat, 1000 - ((Date.now() + ahead) % 1000) + 2);
  };
  beat();
}

/** Answers change by themselves at this moment, though nothing happens. */
export function wakeAt(at: string | null): void {
  if (at !== null) wakes.add(Date.parse(at));
}

function set(at: number): void {
  ahead = at - Date.now();
  now.value = at;
  moment.value = at;
}

function tick(current: number): void {
  const due = source.value.next() <= current;
  const woken = [...wakes].filter((wake) => wake <= current);
  woken.forEach((wake) => wakes.delete(wake));
  now.value = current;
  if (due) tell(source.value.pass(current));
  if (due || woken.length > 0) moment.value = current;
}

function tell(events: readonly KezekEvent[]): void {
  const shown = events.filter((event) => event.cause === "due").reverse();
  if (shown.length === 0) return;
  happened.value = [...shown, ...happened.value].slice(0, 300);
  const own = shown.filter(isMine);
  if (own.length > 0) announced.value = sentences(own);
}

const sentences = (events: readonly KezekEvent[]): string =>
  events.slice(0, 3).map((event) => texts.value.event(event)).join(" ");

/** Whether an event is about an application of whoever is here. */
export function isMine(event: KezekEvent): boolean {
  const who = me.value;
  const world = source.value.world;
  if (world === null) return true;
  if (who === null || !("application" in event) || typeof event.application !== "string") return false;
  const known = world.known(event.application);
  if (who.role === "applicant") return known?.applicant === who.iin;
  return who.role === "staff" && known?.kindergarten === who.kindergarten;
}

/** Moves the clock of the demo, forward or back. */
export function travel(to: number): void {
  const world = source.value.world;
  if (world === null) return;
  const whole = Math.floor(to / 1000) * 1000;
  const before = happened.value[0];
  wakes.clear();
  if (whole < now.value) {
    world.back(whole);
    set(world.now);
    happened.value = happened.value.filter(({ at }) => Date.parse(at ?? "") <= world.now);
    announced.value = fill(words.value.wentBack, { date: texts.value.moment(new Date(world.now)) });
    return;
  }
  tell(world.pass(whole));
  set(whole);
  const known = before === undefined ? -1 : happened.value.indexOf(before);
  const fresh = known === -1 ? happened.value : happened.value.slice(0, known);
  const date = texts.value.moment(new Date(whole));
  announced.value = `${fill(words.value.moved, { date, count: fresh.length })} ${sentences(fresh.filter(isMine))}`;
}

/** Does a command for whoever is here. */
export async function act(command: Command, signed: boolean): Promise<Answer> {
  const current = now.value;
  source.value.world?.pass(current);
  // From here on nothing may ask as of an earlier moment.
  moment.value = current;
  const full = { ...command, by: actor.value, ...(signed ? { signature: "demo" } : {}) } as Command;
  const answer = await source.value.apply(full, current);
  changes.value += 1;
  return answer;
}

/** Counts what was done, so that everybody looks again. */
export const changes = signal(0);

/** The moment as of which a view is to be shown; whoever reads it is shown anew when anything changed. */
export function asOf(): number {
  void changes.value;
  return moment.value;
}
