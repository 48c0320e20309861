// When the turn may come: the library's sentence, and a picture of it.

import type { JSX } from "preact";
import { Section } from "../parts/basic";
import type { Forecast } from "../kezek";
import { source, texts } from "../state";
import { fill, tongue, words } from "../words";

/** The forecast of an application. */
export function ForecastPart(props: { readonly application: string; readonly at: number }): JSX.Element | null {
  const { value: text } = texts;
  const { value: say } = words;
  const register = source.value.world?.register;
  if (register === undefined) return null;
  const forecast = register.forecast(props.application, new Date(props.at));
  const waiting = fill(say.aheadWaiting, { count: forecast.waiting_ahead });
  return (
    <Section id="forecast" title={say.forecastTitle} class="forecast">
      <p id="forecast-told">{text.forecast(forecast)}</p>
      {forecast.turn !== null && <Picture forecast={forecast} />}
      {forecast.ahead > 0 && (
        <>
          <People ahead={forecast.ahead} waiting={forecast.waiting_ahead} />
          <p class="quiet">
            {fill(say.ahead, { count: forecast.ahead })}; {waiting}
          </p>
        </>
      )}
    </Section>
  );
}

const DAY = 86_400_000;
const WIDTH = 560;

/** The range of the forecast on a line of months. What it shows is said in the sentence above it. */
function Picture(props: { readonly forecast: Forecast }): JSX.Element | null {
  const { turn, asked_at } = props.forecast;
  const { value: say } = words;
  if (turn === null) return null;
  const start = Date.parse(`${asked_at.slice(0, 10)}T00:00:00Z`);
  const [from, to] = [Date.parse(`${turn.from}T00:00:00Z`), Date.parse(`${turn.to}T00:00:00Z`) + DAY];
  const end = Math.max(to + 20 * DAY, start + 90 * DAY);
  const x = (at: number): number => 12 + ((at - start) / (end - start)) * (WIDTH - 24);
  const months: number[] = [];
  const first = new Date(start);
  for (let month = 1; months.length < 60; month += 1) {
    const at = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + month, 1);
    if (at >= end) break;
    months.push(at);
  }
  const step = [1, 2, 3, 6].find((few) => months.length / few <= 7) ?? 12;
  const name = new Intl.DateTimeFormat(tongue.value, { month: "short", timeZone: "UTC" });
  return (
    <figure class="picture">
      <svg viewBox={`0 0 ${WIDTH} 108`} role="img" aria-labelledby="forecast-told">
        <line x1="12" x2={WIDTH - 12} y1="66" y2="66" class="axis" />
        <rect x={x(from)} y="48" width={Math.max(6, x(to) - x(from))} height="36" rx="10" class="range" />
        <text x={Math.min(WIDTH - 70, Math.max(70, (x(from) + x(to)) / 2))} y="36" class="range-name" text-anchor="middle">
          {say.range} · {turn.confidence}%
        </text>
        {months.map((at) => (
          <g key={at}>
            <line x1={x(at)} x2={x(at)} y1="62" y2="70" class="tick" />
            {new Date(at).getUTCMonth() % step === 0 && x(at) > 90 && x(at) < WIDTH - 20 && (
              <text x={x(at)} y="102" text-anchor="middle" class="month">
                {new Date(at).getUTCMonth() === 0 ? new Date(at).getUTCFullYear() : name.format(at)}
              </text>
            )}
          </g>
        ))}
        <circle cx={x(start)} cy="66" r="7" class="today" />
        <text x="6" y="102" class="today-name">
          {say.today}
        </text>
      </svg>
    </figure>
  );
}

/** Those who are before it, as dots; the last one is the child itself. */
function People(props: { readonly ahead: number; readonly waiting: number }): JSX.Element {
  const shown = Math.min(props.ahead, 60);
  const busy = Math.max(0, props.ahead - props.waiting);
  return (
    <div class="people" aria-hidden="true">
      {Array.from({ length: shown }, (_, place) => (
        <span key={place} data-kind={place < busy ? "busy" : "waits"} />
      ))}
      {shown < props.ahead && <b>…</b>}
      <span data-kind="own" />
    </div>
  );
}
