// Cards in the page: what each says by itself, until something of somebody else changes it.

import type { Card, KezekEvent, Offer } from "./kezek";
import type { ApplicationView, Actor, Command, Denial, DocumentView, PositionView } from "./kezek";
import type { Dossier } from "./source";
import { library } from "./kezek";

/** A card as a portal serves it: alone, or with what only the portal has. */
export interface Served {
  card: Card;
  history: readonly KezekEvent[] | null;
  documents: readonly DocumentView[] | null;
  numbers: PositionView | null;
  /** The moment that it was made at, in milliseconds: it cannot be asked as of an earlier one. */
  made: number;
}

/** Reads what a portal serves. */
export function read(value: unknown): Served {
  const given = value as Record<string, unknown>;
  const row = (given["card"] ?? given) as Record<string, unknown>;
  return {
    card: library().Card.fromJSON(row),
    history: (given["history"] as readonly KezekEvent[] | undefined) ?? null,
    documents: (given["documents"] as readonly DocumentView[] | undefined) ?? null,
    numbers: (given["position"] as PositionView | undefined) ?? null,
    made: Date.parse(String(row["made_at"] ?? "")) || 0,
  };
}

const until = (card: Card): number => Date.parse(card.validUntil ?? "") || Infinity;

/** The cards of one family, by their numbers. */
export class Cards {
  readonly #served = new Map<string, Served>();

  /** Takes a card, or a later one of the same application. */
  take(value: unknown): Served {
    const one = read(value);
    const { application } = one.card.application;
    const known = this.#served.get(application);
    if (known === undefined) this.#served.set(application, one);
    else Object.assign(known, one);
    return this.#served.get(application) ?? one;
  }

  /** All of them. */
  all(): readonly Served[] {
    return [...this.#served.values()];
  }

  /** The one of an application. */
  one(application: string): Served {
    const found = this.#served.get(application);
    if (found === undefined) throw new Error(`no card of ${application}`);
    return found;
  }

  /** The one that a command is about. */
  of(command: Command): Served {
    return this.one(String((command as { application?: unknown }).application));
  }

  journal(): readonly ApplicationView[] {
    return this.all().map(({ card }) => card.application);
  }

  dossier(application: string, by: Actor, now: number): Dossier {
    const { card, history, documents, numbers, made } = this.one(application);
    const at = new Date(Math.max(now, made));
    const stale = until(card) <= now;
    const [deadlines, buttons] = stale ? [[], []] : [card.deadlines(at), card.buttons(at, { by })];
    return { application: card.application, numbers, deadlines, buttons, history, documents, stale };
  }

  offers(application: string): readonly Offer[] {
    return this.one(application).card.toJSON().vacancies ?? [];
  }

  check(command: Command, now: number): readonly Denial[] {
    const { card, made } = this.of(command);
    return card.check(command, new Date(Math.max(now, made)));
  }

  /** The next moment at which one of them does something by itself. */
  next(): number {
    return Math.min(...this.all().map(({ card }) => Date.parse(card.nextDeadline ?? "") || Infinity));
  }

  /** Lets what is due happen. */
  pass(now: number): readonly KezekEvent[] {
    const happened: KezekEvent[] = [];
    for (const place of this.all()) {
      const due = Date.parse(place.card.nextDeadline ?? "") || Infinity;
      // After what somebody else's deadline changes, only the portal can tell.
      if (due > now || until(place.card) <= due) continue;
      const { card, events } = place.card.advance(new Date(now));
      place.card = card;
      happened.push(...events);
    }
    return happened;
  }
}
