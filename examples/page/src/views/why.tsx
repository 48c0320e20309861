// "Why did my number change?": each number split exactly into its causes over a period.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Back, Section, Title } from "../parts/basic";
import { Input } from "../parts/field";
import type { PositionChange } from "../kezek";
import { to } from "../router";
import { asOf, source, texts } from "../state";
import { words } from "../words";
import { dayOf } from "./act";

const DAY = 86_400_000;

/** The change of an application's numbers between two days. */
export function Why(props: { readonly application: string }): JSX.Element | null {
  const at = asOf();
  const { value: say } = words;
  const { world } = source.value;
  const [days, setDays] = useState<number | null>(30);
  const [span, setSpan] = useState<{ from: string; to: string } | null>(null);
  if (world === null) return null;
  const now = new Date(at);
  const view = world.register.application(props.application, now);
  const zone = view.registered_at.slice(19);
  const began = Date.parse(view.registered_at);
  const day = (moment: number): string => dayOf(view.registered_at, moment);
  const shown = span ?? { from: day(days === null ? began - DAY : at - days * DAY), to: day(at) };
  const edge = (date: string, clock: string): number => Math.min(at, Date.parse(`${date}T${clock}${zone}`));
  const [from, until] = [edge(shown.from, "00:00:00"), edge(shown.to, "23:59:59")];
  const change =
    from <= until
      ? world.register.explainPosition(props.application, { from: new Date(from), to: new Date(until) }, now)
      : null;
  const presets: readonly (readonly [string, number | null])[] = [
    [say.week, 7],
    [say.month, 30],
    [say.sinceStart, null],
  ];
  return (
    <>
      <Back href={to("application", props.application)}>{props.application}</Back>
      <Title lead={say.whyLead}>{say.whyTitle}</Title>
      <div class="panel filter">
        <div class="segments" role="group" aria-label={say.whyTitle}>
          {presets.map(([name, length]) => (
            <button
              key={name}
              type="button"
              aria-pressed={span === null && days === length}
              onClick={() => {
                setSpan(null);
                setDays(length);
              }}
            >
              {name}
            </button>
          ))}
        </div>
        <Input id="from" type="date" label={say.from} value={shown.from} max={shown.to} onValue={(value) => value && setSpan({ ...shown, from: value })} />
        <Input id="to" type="date" label={say.to} value={shown.to} min={shown.from} max={day(at)} onValue={(value) => value && setSpan({ ...shown, to: value })} />
      </div>
      {change !== null && <Change of={change} />}
    </>
  );
}

const numbers = [
  ["in_group_year", "number_in_group_year"],
  ["number", "number"],
  ["in_benefit", "number_in_benefit"],
] as const;

function Change(props: { readonly of: PositionChange }): JSX.Element {
  const { value: text } = texts;
  return (
    <div class="stack" aria-live="polite">
      {numbers.map(([key, label]) => {
        const change = props.of[key];
        const most = Math.max(1, ...change.causes.map((part) => Math.abs(part.change)));
        const [told = "", ...reasons] = text.numberChange(label, change);
        return (
          <Section key={key} id={`why-${key}`} title={text.label(label)} class="change">
            <div class="change-head">
              {change.before > 0 && <span class="before">{change.before}</span>}
              {change.before > 0 && change.after > 0 && <span aria-hidden="true">→</span>}
              {change.after > 0 && <span class="after">{change.after}</span>}
              <p>{told}</p>
            </div>
            <ul class="causes">
              {change.causes.map((part, index) => (
                <li key={`${part.cause} ${part.change}`} data-way={part.change < 0 ? "nearer" : "farther"}>
                  <span class="amount">{part.change > 0 ? `+${part.change}` : `−${-part.change}`}</span>
                  <span class="track" aria-hidden="true">
                    <span style={{ width: `${(Math.abs(part.change) / most) * 100}%` }} />
                  </span>
                  <span>{reasons[index] ?? text.changePart(part)}</span>
                </li>
              ))}
            </ul>
          </Section>
        );
      })}
    </div>
  );
}
