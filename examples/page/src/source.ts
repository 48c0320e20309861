// Where applications come from: the register of the demo, or cards that a portal serves as JSON.

import type { Actor, ApplicationView, ButtonRow, Card, Command, DeadlineView, Denial, KezekEvent, Offer } from "./kezek";
import type { DocumentView, Policy, PositionView } from "./kezek";
import type { World } from "./demo/world";
import { library } from "./kezek";

/** Everything that the page shows of one application. */
export interface Dossier {
  readonly application: ApplicationView;
  readonly numbers: PositionView | null;
  readonly deadlines: readonly DeadlineView[];
  readonly buttons: readonly ButtonRow[];
  readonly history: readonly KezekEvent[] | null;
  readonly documents: readonly DocumentView[] | null;
  readonly stale: boolean;
}

/** What a command came to. */
export interface Answer {
  readonly denials: readonly Denial[];
  readonly events: readonly KezekEvent[];
  readonly note: "sent" | "judged" | "failed" | null;
}

/** The register of the demo, behind the questions that the parent's pages ask. */
export interface Source {
  readonly policy: Policy;
  readonly world: World | null;
  journal(iin: string, now: number): readonly ApplicationView[];
  dossier(application: string, by: Actor, now: number): Dossier;
  offers(application: string, now: number): readonly Offer[];
  check(command: Command, now: number): readonly Denial[];
  apply(command: Command, now: number): Promise<Answer>;
  /** The next moment at which something happens by itself. */
  next(): number;
  /** Lets what is due happen. */
  pass(now: number): readonly KezekEvent[];
}

/** The demo. */
export function registerSource(world: World): Source {
  const at = (now: number): Date => new Date(now);
  return {
    policy: world.policy,
    world,
    journal: (iin, now) => world.register.journal(iin, at(now)),
    dossier(application, by, now) {
      const { register } = world;
      return {
        application: register.application(application, at(now)),
        numbers: register.position(application, at(now)),
        deadlines: register.deadlines(application, at(now)),
        buttons: register.buttons(application, at(now), { by }),
        history: register.history(application, at(now)),
        documents: register.documents(application, at(now)),
        stale: false,
      };
    },
    offers(application, now) {
      const card = world.register.card(application, at(now));
      const offers = card.toJSON().vacancies ?? [];
      card.free();
      return offers;
    },
    check: (command, now) => world.register.check(command, at(now)),
    apply: (command) => Promise.resolve({ ...world.apply(command), note: null }),
    next: () => world.next(),
    pass: (now) => world.pass(now),
  };
}

/** A card as a portal serves it: alone, or with what only the portal has. */
interface Served {
  card: Card;
  history: readonly KezekEvent[] | null;
  documents: readonly DocumentView[] | null;
  numbers: PositionView | null;
}

function read(value: unknown): Served {
  const given = value as Record<string, unknown>;
  const row = (given["card"] ?? given) as Record<string, unknown>;
  return {
    card: library().Card.fromJSON(row),
    history: (given["history"] as readonly KezekEvent[] | undefined) ?? null,
    documents: (given["documents"] as readonly DocumentView[] | undefined) ?? null,
    numbers: (given["position"] as PositionView | undefined) ?? null,
  };
}

/** Cards of a portal; with an address, commands that the card allows are sent there and answered with the next card. */
export async function cardSource(address: string, post: string | null): Promise<Source> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} ${address}`);
  const answered: unknown = await response.json();
  const served = new Map<string, Served>();
  for (const value of Array.isArray(answered) ? answered : [answered]) {
    const one = read(value);
    served.set(one.card.application.application, one);
  }
  const first = [...served.values()][0];
  if (first === undefined) throw new Error("no card");
  const one = (application: string): Served => {
    const found = served.get(application);
    if (found === undefined) throw new Error(`no card of ${application}`);
    return found;
  };
  const of = (command: Command): Served => one(String((command as { application?: unknown }).application));
  const until = (card: Card): number => Date.parse(card.validUntil ?? "") || Infinity;

  return {
    policy: first.card.policy,
    world: null,
    journal: () => [...served.values()].map(({ card }) => card.application),
    dossier(application, by, now) {
      const { card, history, documents, numbers } = one(application);
      const at = new Date(now);
      const stale = until(card) <= now;
      const [deadlines, buttons] = stale ? [[], []] : [card.deadlines(at), card.buttons(at, { by })];
      return { application: card.application, numbers, deadlines, buttons, history, documents, stale };
    },
    offers: (application) => one(application).card.toJSON().vacancies ?? [],
    check: (command, now) => of(command).card.check(command, new Date(now)),
    async apply(command, now) {
      const place = of(command);
      const { card, events, denials } = place.card.apply(command, new Date(now));
      if (denials.length > 0) return { denials, events: [], note: null };
      if (post === null) {
        place.card = card;
        return { denials, events, note: "judged" };
      }
      try {
        const headers = { "content-type": "application/json" };
        const reply = await fetch(post, { method: "POST", headers, body: JSON.stringify(command) });
        if (!reply.ok) throw new Error(String(reply.status));
        Object.assign(place, read(await reply.json()));
        return { denials, events, note: "sent" };
      } catch {
        return { denials, events: [], note: "failed" };
      }
    },
    next: () => Math.min(...[...served.values()].map(({ card }) => Date.parse(card.nextDeadline ?? "") || Infinity)),
    pass(now) {
      const happened: KezekEvent[] = [];
      for (const place of served.values()) {
        const due = Date.parse(place.card.nextDeadline ?? "") || Infinity;
        // After what somebody else's deadline changes, only the portal can tell.
        if (due > now || until(place.card) <= due) continue;
        const { card, events } = place.card.advance(new Date(now));
        place.card = card;
        happened.push(...events);
      }
      return happened;
    },
  };
}
