// The time machine: a slider that moves the clock of the demo, and a plain log of what happened by itself.

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { DAY, OPENS } from "../demo/town";
import { library } from "../kezek";
import { to } from "../router";
import { actor, happened, isMine, me, now, source, texts, travel } from "../state";
import { words } from "../words";
import { dayOf } from "./act";

const SPAN = 120 * DAY;

/** The bar at the bottom of the demo. */
export function Machine(): JSX.Element | null {
  const { value: say } = words;
  const { value: text } = texts;
  const [open, setOpen] = useState(false);
  const [everybody, setEverybody] = useState(false);
  const { world } = source.value;
  if (world === null) return null;
  const log = happened.value.filter((event) => everybody || isMine(event));
  return (
    <aside class="machine" data-open={open} aria-label={say.time}>
      <div class="machine-bar">
        <button type="button" class="machine-toggle" aria-expanded={open} aria-controls="machine-body" onClick={() => setOpen(!open)}>
          <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
            <circle cx="12" cy="12" r="9" fill="none" stroke="currentColor" stroke-width="2" />
            <path d="M12 7v5l3.5 2" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" />
          </svg>
          <span>{say.time}</span>
        </button>
        <Clock />
      </div>
      <div id="machine-body" hidden={!open}>
        <p class="quiet">{say.timeLead}</p>
        <Slider />
        <div class="machine-buttons">
          <NextDeadline />
          <button type="button" id="plus-day" onClick={() => travel(now.value + DAY)}>{say.plusDay}</button>
          <button type="button" id="plus-working-day" onClick={() => travel(workingDay(now.value))}>{say.plusWorkingDay}</button>
        </div>
        <div class="machine-log">
          <div class="row">
            <h2>{say.whatHappened}</h2>
            <div class="segments" role="group" aria-label={say.whatHappened}>
              <button type="button" aria-pressed={!everybody} onClick={() => setEverybody(false)}>{say.mine}</button>
              <button type="button" aria-pressed={everybody} onClick={() => setEverybody(true)}>{say.everybody}</button>
            </div>
          </div>
          {log.length === 0 && <p class="quiet">{say.nothingHappened}</p>}
          <ol tabIndex={0} aria-label={say.whatHappened}>
            {log.slice(0, 60).map((event) => (
              <li key={event.seq}>
                <span class="quiet">{event.at !== null && text.stamp(event.at)}</span>{" "}
                {"application" in event && typeof event.application === "string" && (
                  <a href={to("application", event.application)}>{event.application}</a>
                )}{" "}
                {text.event(event)}
              </li>
            ))}
          </ol>
        </div>
      </div>
    </aside>
  );
}

function Clock(): JSX.Element {
  const { value: text } = texts;
  const at = new Date(now.value);
  return (
    <p class="clock">
      <span class="quiet">{words.value.clock}</span>{" "}
      <time id="clock" dateTime={at.toISOString()}>
        {text.stamp(at)}
      </time>
    </p>
  );
}

/** Days from the opening of the demo; each step is an hour. */
function Slider(): JSX.Element {
  const { value: text } = texts;
  const hour = Math.floor((now.value - OPENS) / 3_600_000);
  const [pulled, pull] = useState<number | null>(null);
  const shown = pulled ?? hour;
  const at = new Date(pulled === null ? now.value : OPENS + pulled * 3_600_000);
  useEffect(() => {
    if (pulled === null) return undefined;
    const wait = setTimeout(() => {
      travel(OPENS + pulled * 3_600_000);
      pull(null);
    }, 250);
    return () => clearTimeout(wait);
  }, [pulled]);
  return (
    <label class="slider">
      <span class="hidden">{words.value.slider}</span>
      <input
        type="range"
        id="slider"
        min={0}
        max={SPAN / 3_600_000}
        step={1}
        value={shown}
        aria-valuetext={text.moment(at)}
        onInput={(event) => pull(Number(event.currentTarget.value))}
      />
      <output aria-hidden="true">{text.moment(at)}</output>
    </label>
  );
}

/** The next deadline of whoever is here: of a family its own, of others any. */
function next(): number | null {
  const who = me.value;
  const { world } = source.value;
  if (world === null) return null;
  const at = new Date(world.now);
  if (who?.role !== "applicant") {
    const any = world.register.nextDeadline(at);
    return any === null ? null : Date.parse(any.at);
  }
  const own = source.value
    .journal(who.iin, world.now)
    .flatMap(({ application }) => source.value.dossier(application, actor.value, world.now).deadlines)
    .map((deadline) => Date.parse(deadline.at));
  return own.length === 0 ? null : Math.min(...own);
}

function NextDeadline(): JSX.Element {
  const { value: say } = words;
  const jump = (before: number) => () => {
    const at = next();
    if (at !== null && at - before > now.value) travel(at - before);
  };
  return (
    <>
      <button type="button" id="just-before" onClick={jump(10_000)}>{say.justBefore}</button>
      <button type="button" id="next-deadline" class="primary" onClick={jump(0)}>{say.nextDeadline}</button>
    </>
  );
}

/** The same time of day on the next working day. */
function workingDay(at: number): number {
  const calendar = library().Calendar.kazakhstan();
  const day = dayOf("+05:00", at);
  const { day: after } = calendar.workingDayAfter(day, 1);
  calendar.free();
  return at + Date.parse(after) - Date.parse(day);
}
