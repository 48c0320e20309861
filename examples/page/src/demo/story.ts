// Three years of the town up to the moment at which the demo opens, with the families that a visitor can be.

import type * as Whole from "kezek";
import type { Command } from "../kezek";
import { FIRST, kindergartens, moment, OPENS, staffOf } from "./town";
import { World } from "./world";

/** The family that a visitor is at first. */
export const FAMILY = "p:parent-1";

const submit = (parent: number, child: string, born: string, benefit: string | null = null): Command => ({
  type: "submit",
  applicant: `p:parent-${parent}`,
  child: { iin: `p:child-${child}`, born },
  benefit,
  documents: benefit === null ? 0 : 1,
  by: { role: "applicant", iin: `p:parent-${parent}` },
  signature: "demo",
});

/** Plays the three years; answers the world as it is when the demo opens. */
export function story(library: typeof Whole): World {
  const world = new World(library, FIRST);

  const at = (text: string, command: Command): string => {
    world.pass(moment(text));
    const outcome = world.apply(command);
    if (outcome.denials.length > 0) throw new Error(`the story stumbles: ${JSON.stringify(outcome.denials)}`);
    const first = outcome.events.find((event) => "application" in event);
    return first !== undefined && "application" in first ? String(first.application) : "";
  };
  /** A kindergarten adds so many places that the turn of an application comes, unless it is there; answers its vacancy. */
  const call = (text: string, kindergarten: string, application: string, language: "kk" | "ru"): number => {
    world.pass(moment(text));
    const now = new Date(world.now);
    const { in_group_year: places } = world.register.position(application, now);
    const { group_year, stage } = world.register.application(application, now);
    if (stage === "notified") return turnOf(application);
    const kind = kindergartens.find(({ name }) => name === kindergarten)?.kind ?? "state";
    const by = staffOf(kindergarten);
    const published: Command = { type: "publish_vacancy", kindergarten, group_year, language, places, kind, by };
    world.apply(published);
    return turnOf(application);
  };
  /** The vacancy whose place the turn of an application is for. */
  const turnOf = (application: string): number => {
    const came = world.register.history(application, new Date(world.now)).filter(({ type }) => type === "turn_came").at(-1);
    if (came?.type !== "turn_came") throw new Error(`the story stumbles: it is not the turn of ${application}`);
    return came.vacancy;
  };
  /** The staff of the kindergarten that an application's referral is for. */
  const staffFor = (application: string) => staffOf(world.known(application)?.kindergarten ?? "");
  const choose = (text: string, parent: number, application: string, vacancy: number): string =>
    at(text, {
      type: "choose",
      application,
      vacancy,
      by: { role: "applicant", iin: `p:parent-${parent}` },
      signature: "demo",
    });

  const enrolled = at("2023-03-14T11:05:12", submit(4, "4a", "2022-01-19"));
  const stopped = at("2023-03-20T18:03:31", submit(2, "2a", "2022-08-30"));
  const refused = at("2025-03-31T14:40:00", submit(3, "3a", "2021-12-03", "large-family"));
  at("2025-04-10T10:12:45", submit(1, "1a", "2023-05-21"));
  const calls = at("2025-05-06T09:20:08", submit(1, "1b", "2021-02-11", "large-family"));
  const goes = at("2025-05-06T09:31:50", submit(1, "1c", "2020-06-15", "large-family"));

  const first = call("2025-09-01T10:00:00", "Балапан", enrolled, "kk");
  choose("2025-09-01T19:22:10", 4, enrolled, first);
  at("2025-09-03T08:45:00", { type: "accept", application: enrolled, by: staffFor(enrolled), signature: "demo" });

  const second = call("2026-02-20T11:30:00", "Қарлығаш", stopped, "ru");
  choose("2026-02-23T09:15:27", 2, stopped, second);

  const third = call("2026-03-10T10:10:00", "Күншуақ", refused, "kk");
  choose("2026-03-10T20:51:03", 3, refused, third);
  at("2026-03-13T15:00:00", {
    type: "refuse",
    application: refused,
    reason: { text: "Медициналық анықтама ұсынылмады" },
    by: staffFor(refused),
    signature: "demo",
  });

  // Groups are full for the year: what nobody wanted until then is taken back.
  world.pass(moment("2026-03-14T12:00:00"));
  const old = world.register.vacancies(new Date(world.now)).filter((row) => row.open > 0 && row.published_at < "2025-10");
  for (const { vacancy, open } of old) {
    const authority = { kind: "department", document: "2026-03-14/1" } as const;
    const command: Command = { type: "withdraw_places", vacancy, places: open, reason: { text: "Топтар жинақталды" }, authority };
    if (world.apply(command).denials.length > 0) throw new Error("the story stumbles: places were not withdrawn");
  }

  const fourth = call("2026-03-16T12:00:00", "Ақбота", goes, "kk");
  choose("2026-03-16T17:42:19", 1, goes, fourth);
  call("2026-03-16T18:30:00", "Айгөлек", calls, "ru");

  world.pass(OPENS);
  world.mark();
  return world;
}
