// A portal: the family's dossiers come from its API, commands go there, and what changes is heard at once.

import type { Command, Denial, KezekEvent, Proof, Seal } from "./kezek";
import type { Answer, Proved, Source } from "./source";
import type { Me } from "./state";
import { Cards } from "./cards";
import { library } from "./kezek";

/** One of the people of a portal's demo. */
export interface Person {
  readonly label: string;
  readonly token: string;
  readonly stage: string | null;
  readonly actor: { readonly role: string; readonly iin?: string };
}

/** What a portal's demo tells everybody. */
export interface Demo {
  readonly now: string;
  readonly people: readonly Person[];
}

/** The people of the demo, if it is one. */
export async function demoOf(): Promise<Demo | null> {
  const response = await fetch("/api/v1/demo");
  return response.ok ? ((await response.json()) as Demo) : null;
}

/** Somebody whom the portal knows by a token. */
export async function whoIs(token: string): Promise<Me | null> {
  const response = await fetch("/api/v1/me", { headers: { authorization: `Bearer ${token}` } });
  if (!response.ok) return null;
  const actor = (await response.json()) as { role: string; iin?: string };
  return actor.role === "applicant" && actor.iin !== undefined ? { role: "applicant", iin: actor.iin } : null;
}

/** A pause, in milliseconds. */
const pause = (time: number): Promise<void> => new Promise((wake) => setTimeout(wake, time));

/** How often a command is sent again when nobody can tell what became of it. Its key makes that harmless. */
const TRIES = 6;

/** What the portal's clock says, in milliseconds. */
export async function clockOf(told: Demo | null): Promise<number> {
  if (told !== null) return Date.parse(told.now);
  const live = await fetch("/health/live");
  return Date.parse(live.headers.get("date") ?? "") || Math.floor(Date.now() / 1000) * 1000;
}

/** The dossiers of the family whose token it is; of nobody without one. `changed` is called whenever one is another. */
export async function portalSource(
  base: string,
  token: string | null,
  changed: (events: readonly KezekEvent[]) => void,
): Promise<Source> {
  const headers: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
  const ask = async (path: string): Promise<unknown> => {
    const response = await fetch(`${base}${path}`, { headers });
    if (!response.ok) throw new Error(`${response.status} ${base}${path}`);
    return response.json();
  };
  const question = async (asked: object): Promise<unknown> => {
    const sent = { ...headers, "content-type": "application/json" };
    const response = await fetch(`${base}/questions`, { method: "POST", headers: sent, body: JSON.stringify(asked) });
    if (!response.ok) throw new Error(`${response.status} ${base}/questions`);
    return response.json();
  };
  const policy = library().Policy.of((await ask("/policy")) as never);
  const cards = new Cards();
  const heard = new Set<string>();

  /** Takes a dossier, and listens for what changes it. */
  const take = (dossier: { revision: number }): void => {
    const { application } = cards.take(dossier).card.application;
    if (heard.has(application)) return;
    heard.add(application);
    void listen(application, dossier.revision);
  };
  const address = (application: string): string => `/applications/${encodeURIComponent(application)}`;
  const listen = async (application: string, revision: number): Promise<void> => {
    for (let last = revision; ; await pause(1000)) {
      try {
        const more = { ...headers, "last-event-id": String(last) };
        const response = await fetch(`${base}${address(application)}/events`, { headers: more });
        if (!response.ok || response.body === null) continue;
        for await (const said of spoken(response.body)) {
          const { revision: at, events } = JSON.parse(said) as { revision: number; events: KezekEvent[] };
          cards.take(await ask(address(application)));
          last = at;
          changed(events);
        }
      } catch {
        // The portal is away: it is asked again.
      }
    }
  };
  const dossiers = token === null ? [] : ((await ask("/applications")) as { revision: number }[]);
  dossiers.forEach(take);

  return {
    policy,
    world: null,
    registers: true,
    journal: () => cards.journal(),
    dossier: (application, by, now) => cards.dossier(application, by, now),
    offers: (application) => cards.offers(application),
    check: (command, now) => ("application" in command ? cards.check(command, now) : []),
    async apply(command): Promise<Answer> {
      const key = crypto.randomUUID();
      // Who asks, the token says.
      const { by: _, ...body } = command as Command & { by?: unknown };
      for (let tries = 0; tries < TRIES; tries += 1) {
        const sent = { ...headers, "content-type": "application/json", "idempotency-key": key };
        const post = { method: "POST", headers: sent, body: JSON.stringify(body) };
        const reply = await fetch(`${base}/commands`, post).catch(() => null);
        if (reply === null || reply.status === 503) {
          await pause(500 * 2 ** tries);
          continue;
        }
        if (!reply.ok && reply.status !== 409) break;
        const answer = (await reply.json()) as { denials?: Denial[]; events: KezekEvent[]; dossier: { revision: number } | null };
        if (answer.denials === undefined) break;
        if (answer.dossier !== null) take(answer.dossier);
        return { denials: answer.denials, events: answer.events, note: answer.denials.length > 0 ? null : "sent" };
      }
      return { denials: [], events: [], note: "failed" };
    },
    async prove(application): Promise<Proved> {
      // Both of one revision: somebody else may be served between the two.
      for (let tries = 0; tries < TRIES; tries += 1) {
        const seal = (await question({ view: "seal" })) as Seal;
        const proof = (await question({ view: "proof", application })) as Proof;
        if (((await question({ view: "seal" })) as Seal).revision === seal.revision) return { seal, proof };
      }
      throw new Error("the queue does not stand still");
    },
    next: () => cards.next(),
    pass: (now) => cards.pass(now),
  };
}

/** What is said on a stream of server-sent events: the data of each. */
async function* spoken(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    text += decoder.decode(value, { stream: true });
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const lines = text.slice(0, end).split("\n");
      text = text.slice(end + 2);
      const data = lines.filter((line) => line.startsWith("data:")).map((line) => line.slice(5).trim());
      if (data.length > 0) yield data.join("\n");
    }
  }
}
