// The card of an application with its three tabs, R25: information, history of changes, documents.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Countdown } from "../parts/countdown";
import { Back, Empty, Facts, Notice, Section, StageChip } from "../parts/basic";
import type { ApplicationView, ButtonRow } from "../kezek";
import { go, route, to } from "../router";
import { actor, asOf, source, texts, wakeAt } from "../state";
import type { Answer, Dossier } from "../source";
import { fill, words } from "../words";
import { ActDialog, Outcome } from "./act";
import { Documents } from "./documents";
import { History } from "./history";
import { ForecastPart } from "./forecast";
import { ProofPart } from "./proof";

const tabs = ["information", "history", "documents"] as const;
type Tab = (typeof tabs)[number];

/** The card of one application. */
export function ApplicationCard(props: { readonly application: string }): JSX.Element {
  const at = asOf();
  const { value: say } = words;
  const { application } = props;
  const shown = (tabs as readonly string[]).includes(route.value[2] ?? "") ? (route.value[2] as Tab) : "information";
  const dossier = source.value.dossier(application, actor.value, at);
  dossier.buttons.forEach((row) => wakeAt(row.until));
  const labels: Record<Tab, string> = {
    information: say.tabInfo,
    history: say.tabHistory,
    documents: say.tabDocuments,
  };
  const move = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    const next = tabs[(tabs.indexOf(shown) + step + tabs.length) % tabs.length] ?? "information";
    go("application", application, next);
    requestAnimationFrame(() => document.getElementById(`tab-${next}`)?.focus());
  };
  return (
    <>
      <Back href={to("journal")}>{say.journal}</Back>
      <div class="title row">
        <h1 tabIndex={-1}>
          <span class="over">{say.card}</span> {application}
        </h1>
        <StageChip of={dossier.application.stage} />
      </div>
      <div class="tabs" role="tablist" aria-label={say.card}>
        {tabs.map((tab) => (
          <button
            key={tab}
            type="button"
            role="tab"
            id={`tab-${tab}`}
            aria-selected={tab === shown}
            aria-controls="tab-panel"
            tabIndex={tab === shown ? 0 : -1}
            onKeyDown={move}
            onClick={() => go("application", application, tab)}
          >
            {labels[tab]}
          </button>
        ))}
      </div>
      <div id="tab-panel" role="tabpanel" aria-labelledby={`tab-${shown}`} tabIndex={0}>
        {shown === "information" && <Information dossier={dossier} at={at} />}
        {shown === "history" &&
          (dossier.history === null ? <Empty>{say.outside}</Empty> : <History events={dossier.history} />)}
        {shown === "documents" &&
          (dossier.documents === null ? (
            <Empty>{say.outside}</Empty>
          ) : (
            <Documents of={dossier.application} documents={dossier.documents} />
          ))}
      </div>
    </>
  );
}

function Information(props: { readonly dossier: Dossier; readonly at: number }): JSX.Element {
  const { dossier } = props;
  const { application: view } = dossier;
  const { value: say } = words;
  const [pressed, press] = useState<ButtonRow | null>(null);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const numbers = dossier.numbers !== null && dossier.numbers.number > 0 && <Numbers dossier={dossier} />;
  const begin = (row: ButtonRow): void => {
    setAnswer(null);
    if (row.button === "choose") go("application", view.application, "choose");
    else press(row);
  };
  return (
    <div class="columns">
      <div class="stack">
        {dossier.stale && <Notice kind="warning">{say.cardsOld}</Notice>}
        {answer !== null && <Outcome answer={answer} />}
        {view.stage === "queued" && numbers}
        <Deadlines dossier={dossier} at={props.at} />
        <Actions rows={dossier.buttons} onPress={begin} />
      </div>
      <div class="stack">
        {view.stage !== "queued" && numbers}
        <About view={view} />
        {source.value.world !== null && (view.stage === "queued" || view.stage === "stop_listed") && (
          <ForecastPart application={view.application} at={props.at} />
        )}
        {dossier.numbers !== null && dossier.numbers.number > 0 && (
          <ProofPart key={view.application} application={view.application} at={props.at} />
        )}
      </div>
      {pressed !== null && (
        <ActDialog
          row={pressed}
          view={view}
          onClose={() => press(null)}
          onDone={(done) => {
            press(null);
            setAnswer(done);
          }}
        />
      )}
    </div>
  );
}

/** The numbers of the application, R26. */
function Numbers(props: { readonly dossier: Dossier }): JSX.Element {
  const { numbers, application: view } = props.dossier;
  const { value: text } = texts;
  const { value: say } = words;
  const rows = [
    ["number_in_group_year", numbers?.in_group_year ?? 0],
    ["number", numbers?.number ?? 0],
    ["number_in_benefit", numbers?.in_benefit ?? 0],
  ] as const;
  return (
    <Section id="numbers" title={say.numbers}>
      <dl class="numbers">
        {rows.map(([label, number]) => (
          <div key={label} data-label={label}>
            <dt>{text.label(label)}</dt>
            <dd>{number}</dd>
          </div>
        ))}
      </dl>
      {source.value.world !== null && (
        <a class="more" href={to("application", view.application, "why")}>
          {say.whyTitle}
        </a>
      )}
    </Section>
  );
}

/** What is further away is not counted in seconds. */
const FAR = 100 * 86_400_000;

/** Until when what must be done; each turns at its very second. */
function Deadlines(props: { readonly dossier: Dossier; readonly at: number }): JSX.Element {
  const { value: text } = texts;
  const { value: say } = words;
  const shown = props.dossier.deadlines.filter(({ brings }) => brings !== "reminder_due");
  return (
    <Section id="deadlines" title={text.label("deadlines")} class="deadlines">
      {shown.length === 0 && <p class="quiet">{say.noDeadlines}</p>}
      <ul>
        {shown.map((deadline) => (
          <li key={`${deadline.at} ${deadline.brings}`}>
            <p>{text.deadline(deadline)}</p>
            {Date.parse(deadline.at) - props.at < FAR && <Countdown until={deadline.at} />}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** The buttons that the rules allow; the others with their reasons, for those who ask. */
export function Actions(props: {
  readonly rows: readonly ButtonRow[];
  readonly onPress: (row: ButtonRow) => void;
}): JSX.Element {
  const { value: text } = texts;
  const { value: say } = words;
  const weight = (row: ButtonRow): number => (leads.has(row.button) ? 0 : quiet.has(row.button) ? 2 : 1);
  const open = props.rows.filter((row) => row.allowed).sort((one, other) => weight(one) - weight(other));
  const hidden = props.rows.filter((row) => !row.allowed);
  return (
    <Section id="actions" title={say.actions} class="actions">
      {open.length === 0 && <p class="quiet">{say.noActions}</p>}
      <ul class="buttons">
        {open.map((row) => (
          <li key={row.button}>
            <button
              type="button"
              data-action={row.action}
              class={["primary", "", "quiet"][weight(row)]}
              onClick={() => props.onPress(row)}
            >
              {text.button(row.button)}
            </button>
            {row.ends !== null && <span class="quiet">{fill(say.ends, { until: text.until(row.ends) })}</span>}
          </li>
        ))}
      </ul>
      {hidden.length > 0 && (
        <details class="why-not">
          <summary>{say.whyNot}</summary>
          <p class="quiet">{say.whyNotLead}</p>
          <dl>
            {hidden.map((row) => (
              <div key={row.button} data-action={row.action}>
                <dt>{text.button(row.button)}</dt>
                {row.denials.map((denial) => (
                  <dd key={denial.code}>
                    {text.denial(denial)} <span class="rule">{denial.rule}</span>
                  </dd>
                ))}
              </div>
            ))}
          </dl>
        </details>
      )}
    </Section>
  );
}

const leads = new Set(["choose", "accept", "overturn_refusal"]);
const quiet = new Set(["withdraw", "pass_turn", "refuse"]);

/** What is written about the application, R24. */
function About(props: { readonly view: ApplicationView }): JSX.Element {
  const { view } = props;
  const { value: text } = texts;
  const { value: say } = words;
  const rows: [string, string][] = [
    [text.label("stage"), text.stage(view.stage)],
    [text.label("group_year"), String(view.group_year)],
    [text.label("in_queue_since"), text.stamp(view.registered_at)],
    [text.label("benefit"), text.benefit(view.benefit)],
  ];
  if (view.reason !== null) rows.push([say.closedBecause, text.closeReason(view.reason)]);
  if (view.referral !== null) rows.push([say.referral, view.referral]);
  if (view.kindergarten !== null) rows.push([text.label("kindergarten"), view.kindergarten]);
  return (
    <Section id="about" title={say.tabInfo}>
      <Facts rows={rows} />
    </Section>
  );
}
