// The tab «История изменений» / «Өзгерістер тарихы»: everything that happened to an application, R25.

import type { JSX } from "preact";
import { Empty } from "../parts/basic";
import type { KezekEvent } from "../kezek";
import { texts } from "../state";
import { words } from "../words";

/** Events, the latest first. */
export function History(props: { readonly events: readonly KezekEvent[] }): JSX.Element {
  const { value: text } = texts;
  const { value: say } = words;
  const events = [...props.events].reverse();
  if (events.length === 0) return <Empty>{say.historyEmpty}</Empty>;
  return (
    <ol class="history panel">
      {events.map((event) => (
        <li key={event.seq} data-cause={event.cause} data-event={event.type}>
          <p class="quiet">
            {event.at !== null && <time dateTime={event.at}>{text.stamp(event.at)}</time>}
            {event.cause === "due" && <span class="tag">{say.byItself}</span>}
          </p>
          <p>
            {text.event(event)} <span class="rule">{event.rule}</span>
          </p>
        </li>
      ))}
    </ol>
  );
}
