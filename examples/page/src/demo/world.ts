// The settlement of the demo: a register in the page, the people around it, and a way through time in both directions.

import type * as Whole from "kezek";
import type { Command, KezekEvent, Policy, Register } from "../kezek";
import { isVisitor, type Known, reaction } from "./life";
import { type Act, chance, dateOf, DAY, families, plan, rules } from "./town";

/** Where one can go back to: so much of the journal, and what the people were about to do. */
interface Mark {
  readonly at: number;
  readonly seq: number;
  readonly agenda: readonly Act[];
}

/** A register, and a town that lives by it. */
export class World {
  readonly policy: Policy;
  readonly plan: readonly Act[];
  register: Register;
  now: number;
  #agenda: Act[];
  #marks: Mark[] = [];
  #known = new Map<string, Known>();
  #lines = new Map<number, number>();
  readonly #library: typeof Whole;

  constructor(library: typeof Whole, start: number) {
    this.#library = library;
    this.policy = library.Policy.of(rules);
    this.register = library.Register.open({ policy: this.policy });
    const calendar = library.Calendar.kazakhstan();
    this.plan = plan().map((act) => onWorkingDay(calendar, act)).sort(byTime);
    calendar.free();
    this.#agenda = [...this.plan, ...families()].sort(byTime);
    this.now = start;
  }

  /** Lets time pass, each thing at its own moment; answers what happened. */
  pass(until: number): KezekEvent[] {
    const happened: KezekEvent[] = [];
    for (;;) {
      const act = this.#agenda[0];
      const due = this.register.nextDeadline(new Date(this.now));
      const dueAt = due === null ? Infinity : Date.parse(due.at);
      const actAt = act?.at ?? Infinity;
      const next = Math.min(dueAt, actAt);
      if (next > until) break;
      this.now = next;
      if (act !== undefined && actAt < dueAt) {
        this.#agenda.shift();
        happened.push(...this.#take(this.register.apply(act.command, new Date(actAt)).events));
      } else {
        happened.push(...this.#take(this.register.advance(new Date(dueAt)).events));
      }
    }
    happened.push(...this.#take(this.register.advance(new Date(until)).events));
    this.now = until;
    return happened;
  }

  /** The next moment at which somebody acts or something falls due. */
  next(): number {
    const due = this.register.nextDeadline(new Date(this.now));
    return Math.min(this.#agenda[0]?.at ?? Infinity, due === null ? Infinity : Date.parse(due.at));
  }

  /** Does a command of the visitor. */
  apply(command: Command): ReturnType<Register["apply"]> {
    const outcome = this.register.apply(command, new Date(this.now));
    this.#take(outcome.events);
    if (outcome.denials.length === 0) this.mark();
    return outcome;
  }

  /** Remembers this moment, to come back to. */
  mark(): void {
    this.#marks.push({ at: this.now, seq: this.register.revision, agenda: [...this.#agenda] });
  }

  /** Goes back: the journal up to then is replayed, and what came later has not happened. */
  back(to: number): void {
    while (this.#marks.length > 1 && (this.#marks.at(-1)?.at ?? 0) > to) this.#marks.pop();
    const mark = this.#marks.at(-1);
    if (mark === undefined) return;
    const events = this.register.events().slice(0, mark.seq);
    const past = this.register;
    this.register = this.#library.Register.replay(events);
    past.free();
    this.#known.clear();
    for (const event of events) this.#learn(event);
    this.#agenda = [...mark.agenda];
    this.now = mark.at;
    this.pass(Math.max(to, mark.at));
  }

  /** Whose an application is. */
  known(application: string): Known | undefined {
    return this.#known.get(application);
  }

  /** Of everybody: the applications that stand under review. */
  underReview(): string[] {
    const refused = new Set<string>();
    for (const event of this.register.events()) {
      if (event.type === "refused") refused.add(event.application);
      if (event.type === "refusal_upheld" || event.type === "refusal_overturned") refused.delete(event.application);
    }
    return [...refused];
  }

  /** The referrals that a kindergarten expects. */
  expected(kindergarten: string): string[] {
    const expected: string[] = [];
    for (const [application, known] of this.#known) {
      if (known.kindergarten !== kindergarten) continue;
      const view = this.register.application(application, new Date(this.now));
      if (view.stage === "referred" && view.kindergarten === kindergarten && view.referral !== null) {
        expected.push(view.referral);
      }
    }
    return expected;
  }

  #take(events: readonly KezekEvent[]): readonly KezekEvent[] {
    for (const event of events) {
      this.#learn(event);
      const act = reaction(event, (application) => this.#known.get(application));
      if (act !== undefined) this.#plan({ ...act, at: Math.max(act.at, Date.parse(event.at ?? "") + 1000) });
      if (event.type === "seats_opened") this.#wantOpen(event);
    }
    return events;
  }

  /** Places of free choice (R41): families of the line that look at the list themselves take some of them. */
  #wantOpen(event: Extract<KezekEvent, { type: "seats_opened" }>): void {
    const at = Date.parse(event.at ?? "");
    const line = this.#lines.get(event.vacancy);
    const waiting = this.register
      .positions(new Date(at))
      .filter((row) => row.group_year === line && row.stage === "queued")
      .sort((one, other) => one.in_group_year - other.in_group_year)
      .slice(0, 6);
    for (let place = 0; place < event.places; place += 1) {
      const luck = chance(event.seq * 11 + place);
      const row = waiting[Math.floor(luck * 8)];
      const family = row && this.#known.get(row.application);
      if (row === undefined || family === undefined || isVisitor(family.applicant)) continue;
      const by = { role: "applicant", iin: family.applicant } as const;
      const command = { type: "choose", application: row.application, vacancy: event.vacancy, by, signature: "demo" } as const;
      this.#plan({ at: at + Math.floor((0.4 + luck) * DAY), command });
    }
  }

  #learn(event: KezekEvent): void {
    if (event.type === "registered") {
      this.#known.set(event.application, { applicant: event.applicant, kindergarten: "" });
    }
    if (event.type === "vacancy_published") this.#lines.set(event.vacancy, event.group_year);
    if (event.type === "referral_issued") {
      const known = this.#known.get(event.application);
      if (known) this.#known.set(event.application, { ...known, kindergarten: event.kindergarten });
    }
  }

  #plan(act: Act): void {
    const place = this.#agenda.findIndex((other) => other.at > act.at);
    this.#agenda.splice(place === -1 ? this.#agenda.length : place, 0, act);
  }
}

/** Offices add places on working days. */
function onWorkingDay(calendar: Whole.Calendar, act: Act): Act {
  const day = dateOf(act.at);
  if (calendar.isWorkingDay(day)) return act;
  return { ...act, at: act.at + Date.parse(calendar.workingDayAfter(day, 1).day) - Date.parse(day) };
}

const byTime = (one: Act, other: Act): number => one.at - other.at;
