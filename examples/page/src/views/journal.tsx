// The journal of applications («Журнал заявлений» / «Өтініштер журналы») of one person, R05, R06.

import type { JSX } from "preact";
import { Countdown } from "../parts/countdown";
import { Empty, StageChip, Title } from "../parts/basic";
import { to } from "../router";
import { actor, asOf, me, source, texts } from "../state";
import { words } from "../words";

/** Every application of a person, the ones that wait for something first. */
export function Journal(): JSX.Element {
  const at = asOf();
  const { value: say } = words;
  const { value: text } = texts;
  const who = me.value;
  const iin = who?.role === "applicant" ? who.iin : "";
  const applications = source.value.journal(iin, at);
  return (
    <>
      <Title lead={say.journalLead}>{say.journal}</Title>
      {applications.length === 0 && <Empty>{say.journalEmpty}</Empty>}
      <ul class="cards">
        {applications.map(({ application, stage, group_year, benefit, kindergarten, registered_at }) => {
          const { numbers, deadlines } = source.value.dossier(application, actor.value, at);
          const next = deadlines.find(({ brings }) => brings !== "reminder_due");
          return (
            <li key={application} class="panel ticket">
              <div class="ticket-head">
                <h2>
                  <a href={to("application", application)}>{application}</a>
                </h2>
                <StageChip of={stage} />
              </div>
              {numbers !== null && numbers.number > 0 && (
                <p class="ticket-number">
                  <strong>{numbers.in_group_year}</strong>
                  <span>
                    {text.label("number_in_group_year")} · {group_year}
                  </span>
                </p>
              )}
              <p class="quiet">
                {kindergarten !== null ? `«${kindergarten}» · ` : ""}
                {text.label("in_queue_since")}: {text.date(registered_at.slice(0, 10))}
                {benefit !== null ? ` · ${text.benefit(benefit)}` : ""}
              </p>
              {next !== undefined && (
                <div class="ticket-next">
                  <p>{text.deadline(next)}</p>
                  <Countdown until={next.at} />
                </div>
              )}
            </li>
          );
        })}
      </ul>
      {source.value.registers && (
        <p>
          <a class="button primary" href={to("apply")}>
            {text.button("apply")}
          </a>
        </p>
      )}
    </>
  );
}
