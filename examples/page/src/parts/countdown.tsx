// How long is left: it goes on each second by itself, without a request, and is over at the very second.

import type { JSX } from "preact";
import { now } from "../state";
import { words } from "../words";

const two = (part: number): string => String(part).padStart(2, "0");

/** What is left until an instant, in the page's own words. */
export function left(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const [days, hours] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3600) % 24];
  const [minutes, rest] = [Math.floor(seconds / 60) % 60, seconds % 60];
  const { value } = words;
  const parts = [`${two(hours)} ${value.hours}`, `${two(minutes)} ${value.minutes}`, `${two(rest)} ${value.seconds}`];
  return (days > 0 ? [`${days} ${value.days}`, ...parts] : parts).join(" ");
}

/** A countdown. A screen reader may read it when it wants to; it is never told by itself. */
export function Countdown(props: { readonly until: string; readonly from?: string | undefined }): JSX.Element {
  const end = Date.parse(props.until);
  const rest = end - now.value;
  const whole = end - Date.parse(props.from ?? props.until);
  const share = whole > 0 ? Math.min(1, Math.max(0, rest / whole)) : undefined;
  return (
    <span class="countdown" data-soon={rest < 86_400_000 ? "yes" : undefined}>
      <span class="quiet">{words.value.left}</span>{" "}
      <time role="timer" aria-live="off" dateTime={props.until}>
        {left(rest)}
      </time>
      {share !== undefined && (
        <span class="bar" aria-hidden="true">
          <span style={{ width: `${(share * 100).toFixed(2)}%` }} />
        </span>
      )}
    </span>
  );
}
