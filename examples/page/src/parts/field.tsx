// A field with its label, its hint and what was found in it.

import type { ComponentChildren, JSX } from "preact";
import { words } from "../words";

/** What a field is told about, for those who see and those who listen. */
export interface Told {
  readonly level: "error" | "warning";
  readonly text: string;
}

interface Common {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly told?: readonly Told[] | undefined;
  readonly optional?: boolean | undefined;
}

function described(props: Common): string | undefined {
  const parts = [props.hint && `${props.id}-hint`, (props.told?.length ?? 0) > 0 && `${props.id}-told`].filter(Boolean);
  return parts.length > 0 ? parts.join(" ") : undefined;
}

const isWrong = (props: Common): boolean => props.told?.some((one) => one.level === "error") ?? false;

function Around(props: Common & { readonly children: ComponentChildren }): JSX.Element {
  return (
    <div class="field" data-level={isWrong(props) ? "error" : props.told?.length ? "warning" : undefined}>
      <label for={props.id}>
        {props.label}
        {props.optional && <span class="quiet"> — {words.value.optional}</span>}
      </label>
      {props.children}
      {props.hint && (
        <p class="hint" id={`${props.id}-hint`}>
          {props.hint}
        </p>
      )}
      <Findings id={props.id} told={props.told} />
    </div>
  );
}

/** What was found in a field. */
export function Findings(props: { readonly id: string; readonly told?: readonly Told[] | undefined }): JSX.Element | null {
  if (props.told === undefined || props.told.length === 0) return null;
  return (
    <ul class="told" id={`${props.id}-told`}>
      {props.told.map((one) => (
        <li key={one.text} data-level={one.level}>
          {one.text}
        </li>
      ))}
    </ul>
  );
}

/** A line of text, a date or a number. */
export function Input(
  props: Common & {
    readonly value: string;
    readonly onValue: (value: string) => void;
    readonly onLeave?: () => void;
    readonly type?: "text" | "date" | "email" | "tel" | "number";
    readonly inputMode?: "numeric" | "tel" | "email" | "text";
    readonly min?: string | number | undefined;
    readonly max?: string | number | undefined;
    readonly complete?: string;
    readonly list?: string;
  },
): JSX.Element {
  return (
    <Around {...props}>
      <input
        id={props.id}
        name={props.id}
        // The types of the attributes ask for one fixed kind of input.
        type={(props.type ?? "text") as "text"}
        inputMode={props.inputMode}
        autocomplete={props.complete ?? "off"}
        value={props.value}
        min={props.min}
        max={props.max}
        aria-required={props.optional === true ? undefined : true}
        aria-invalid={isWrong(props) ? true : undefined}
        aria-describedby={described(props)}
        onInput={(event) => props.onValue(event.currentTarget.value)}
        onBlur={props.onLeave}
      />
    </Around>
  );
}

/** One of a few. */
export function Select(
  props: Common & {
    readonly value: string;
    readonly onValue: (value: string) => void;
    readonly choices: readonly (readonly [value: string, label: string])[];
  },
): JSX.Element {
  return (
    <Around {...props}>
      <select
        id={props.id}
        name={props.id}
        value={props.value}
        aria-invalid={isWrong(props) ? true : undefined}
        aria-describedby={described(props)}
        onChange={(event) => props.onValue(event.currentTarget.value)}
      >
        {props.choices.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </Around>
  );
}
