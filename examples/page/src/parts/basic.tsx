// Small parts that every view uses.

import type { ComponentChildren, JSX } from "preact";
import type { ApplicationView } from "../kezek";
import { texts } from "../state";
import { words } from "../words";

/** The heading of a page: the first thing that is read of it. */
export function Title(props: { readonly children: ComponentChildren; readonly lead?: ComponentChildren }): JSX.Element {
  return (
    <div class="title">
      <h1 tabIndex={-1}>{props.children}</h1>
      {props.lead !== undefined && <p class="lead">{props.lead}</p>}
    </div>
  );
}

/** A part of a page with its heading. */
export function Section(props: {
  readonly title: string;
  readonly id: string;
  readonly lead?: string;
  readonly class?: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <section class={`panel ${props.class ?? ""}`} aria-labelledby={props.id}>
      <h2 id={props.id}>{props.title}</h2>
      {props.lead !== undefined && <p class="quiet">{props.lead}</p>}
      {props.children}
    </section>
  );
}

/** Where an application stands. Colour only repeats what the word says. */
export function StageChip(props: { readonly of: ApplicationView["stage"] }): JSX.Element {
  return (
    <span class="chip" data-stage={props.of}>
      <span class="dot" aria-hidden="true" />
      {texts.value.stage(props.of)}
    </span>
  );
}

/** Nothing is here, and why. */
export function Empty(props: { readonly children: ComponentChildren }): JSX.Element {
  return (
    <div class="empty">
      <svg viewBox="0 0 48 48" width="48" height="48" aria-hidden="true">
        <path d="M24 6 8 18v22h32V18Z" fill="none" stroke="currentColor" stroke-width="2.5" stroke-linejoin="round" />
        <path d="M24 40V29M18 23h12" stroke="currentColor" stroke-width="2.5" stroke-linecap="round" />
      </svg>
      <p>{props.children}</p>
    </div>
  );
}

/** What stands in the way, in the library's words. */
export function Notice(props: {
  readonly kind: "error" | "done" | "warning" | "info";
  readonly title?: string | undefined;
  readonly children?: ComponentChildren;
}): JSX.Element {
  return (
    <div class="notice" data-kind={props.kind} role={props.kind === "error" ? "alert" : "status"}>
      {props.title !== undefined && <p class="notice-title">{props.title}</p>}
      {props.children}
    </div>
  );
}

/** The facts of something: names and values. */
export function Facts(props: { readonly rows: readonly (readonly [string, ComponentChildren])[] }): JSX.Element {
  return (
    <dl class="facts">
      {props.rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The way back. */
export function Back(props: { readonly href: string; readonly children?: ComponentChildren }): JSX.Element {
  return (
    <a class="back" href={props.href}>
      <span aria-hidden="true">←</span> {props.children ?? words.value.back}
    </a>
  );
}
