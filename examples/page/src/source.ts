// Where applications come from: the register of the demo, or cards that somebody serves as JSON. (A portal: portal.ts.)

import type { Actor, ApplicationView, ButtonRow, Command, DeadlineView, Denial, KezekEvent, Offer } from "./kezek";
import type { DocumentView, Policy, PositionView, Proof, Seal } from "./kezek";
import type { World } from "./demo/world";
import { Cards, read } from "./cards";

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

/** What stands for the whole queue, and the proof of a place in it. */
export interface Proved {
  readonly seal: Seal;
  readonly proof: Proof;
}

/** The register of the demo, behind the questions that the parent's pages ask. */
export interface Source {
  readonly policy: Policy;
  readonly world: World | null;
  /** Whether a child can be registered here. */
  readonly registers: boolean;
  journal(iin: string, now: number): readonly ApplicationView[];
  dossier(application: string, by: Actor, now: number): Dossier;
  offers(application: string, now: number): readonly Offer[];
  check(command: Command, now: number): readonly Denial[];
  apply(command: Command, now: number): Promise<Answer>;
  /** The proof of a place in the queue; none where nobody can give it. */
  readonly prove: ((application: string, now: number) => Promise<Proved>) | null;
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
    registers: true,
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
    prove: (application, now) =>
      Promise.resolve({ seal: world.register.seal(at(now)), proof: world.register.proof(application, at(now)) }),
    next: () => world.next(),
    pass: (now) => world.pass(now),
  };
}

/** Cards of a portal; with an address, commands that the card allows are sent there and answered with the next card. */
export async function cardSource(address: string, post: string | null): Promise<Source> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} ${address}`);
  const answered: unknown = await response.json();
  const cards = new Cards();
  for (const value of Array.isArray(answered) ? answered : [answered]) cards.take(value);
  const first = cards.all()[0];
  if (first === undefined) throw new Error("no card");
  return {
    policy: first.card.policy,
    world: null,
    registers: false,
    journal: () => cards.journal(),
    dossier: (application, by, now) => cards.dossier(application, by, now),
    offers: (application) => cards.offers(application),
    check: (command, now) => cards.check(command, now),
    async apply(command, now) {
      const place = cards.of(command);
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
    prove: null,
    next: () => cards.next(),
    pass: (now) => cards.pass(now),
  };
}
