// What everybody may see: the queue list, the free places, and the plan of places.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { kindergartens } from "../demo/town";
import { Empty, Section, StageChip, Title } from "../parts/basic";
import { Select } from "../parts/field";
import { Table } from "../parts/table";
import type { VacancyRow } from "../kezek";
import { asOf, source, texts } from "../state";
import { words } from "../words";

/** The group years of the town at a moment: children up to seven. */
export function groupYears(at: number): number[] {
  const year = new Date(at).getUTCFullYear();
  return Array.from({ length: 7 }, (_, age) => year - age);
}

/** The public queue list («Список очередников»). */
export function Queue(): JSX.Element | null {
  const at = asOf();
  const { value: say } = words;
  const { value: text } = texts;
  const years = groupYears(at);
  const [year, setYear] = useState(String(years[3]));
  const { world } = source.value;
  if (world === null) return null;
  const rows = world.register.queue(Number(year), new Date(at), { round: "day" });
  return (
    <>
      <Title lead={say.queueLead}>{text.label("queue")}</Title>
      <div class="panel filter">
        <Select id="year" label={text.label("group_year")} value={year} onValue={setYear} choices={years.map((one) => [String(one), String(one)])} />
        <p class="quiet" role="status">{text.label("total")}: {rows.length}</p>
      </div>
      {rows.length === 0 ? (
        <Empty>{say.queueEmpty}</Empty>
      ) : (
        <div class="panel">
          <Table
            caption={text.label("queue")}
            rows={rows}
            rowKey={(row) => row.place}
            columns={[
              { title: say.place, cell: (row) => <strong>{row.place}</strong>, kind: "main" },
              { title: text.label("in_queue_since"), cell: (row) => text.date(row.registered_at.slice(0, 10)) },
              { title: text.label("benefit"), cell: (row) => text.listedBenefit(row) },
              { title: text.label("stage"), cell: (row) => <StageChip of={row.stage} /> },
            ]}
          />
        </div>
      )}
    </>
  );
}

/** The table of free places, R61. */
export function VacancyTable(props: { readonly rows: readonly VacancyRow[]; readonly own?: boolean }): JSX.Element {
  const { value: say } = words;
  const { value: text } = texts;
  const where = (name: string): string => {
    const known = kindergartens.find((one) => one.name === name);
    return known === undefined ? "" : say[known.district];
  };
  return (
    <div class="panel">
      <Table
        caption={text.label("vacancies")}
        rows={props.rows}
        rowKey={(row) => row.vacancy}
        columns={[
          {
            title: text.label("kindergarten"),
            kind: "main",
            cell: (row) => (
              <>
                <strong>«{row.kindergarten}»</strong> <span class="quiet">№ {row.vacancy} · {where(row.kindergarten)}</span>
              </>
            ),
          },
          { title: text.label("group_year"), cell: (row) => row.group_year, kind: "number" },
          { title: text.label("language"), cell: (row) => text.languageOfInstruction(row.language) },
          { title: text.label("kind"), cell: (row) => text.kind(row.kind) },
          { title: text.label("total"), cell: (row) => row.total, kind: "number" },
          { title: text.label("free"), cell: (row) => <strong>{row.waiting + row.open}</strong>, kind: "number" },
          { title: text.label("vacancy_state"), cell: (row) => text.vacancyState(row.state) },
          { title: text.label("published_at"), cell: (row) => text.stamp(row.published_at).slice(0, 10) },
        ]}
      />
    </div>
  );
}

/** Free places of the town, and the plan of those to come. */
export function Vacancies(): JSX.Element | null {
  const at = asOf();
  const { value: say } = words;
  const { value: text } = texts;
  const [year, setYear] = useState("");
  const [taken, setTaken] = useState(false);
  const { world } = source.value;
  if (world === null) return null;
  const rows = world.register
    .vacancies(new Date(at), year === "" ? {} : { group_year: Number(year) })
    .filter((row) => (taken || row.waiting + row.open > 0) && row.group_year > new Date(at).getUTCFullYear() - 7)
    .reverse();
  return (
    <>
      <Title>{text.label("vacancies")}</Title>
      <div class="panel filter">
        <Select id="year" label={text.label("group_year")} value={year} onValue={setYear}
          choices={[["", say.any], ...groupYears(at).map((one) => [String(one), String(one)] as const)]} />
        <div class="field check">
          <input id="taken" type="checkbox" checked={taken} onChange={(event) => setTaken(event.currentTarget.checked)} />
          <label for="taken">{say.taken}</label>
        </div>
        <p class="quiet" role="status">{text.label("total")}: {rows.length}</p>
      </div>
      {rows.length === 0 ? <Empty>{say.vacanciesEmpty}</Empty> : <VacancyTable rows={rows} />}
      <Plan at={at} />
    </>
  );
}

function Plan(props: { readonly at: number }): JSX.Element {
  const { value: say } = words;
  const { value: text } = texts;
  const coming = (source.value.world?.plan ?? []).filter((one) => one.at > props.at).slice(0, 8);
  return (
    <Section id="plan" title={say.planTitle} lead={say.planLead}>
      {coming.length === 0 && <p class="quiet">{say.planEmpty}</p>}
      <ul class="plan">
        {coming.map(({ at, command }) =>
          command.type !== "publish_vacancy" ? null : (
            <li key={at}>
              <strong>{text.date(new Date(at + 5 * 3_600_000).toISOString().slice(0, 10))}</strong>
              <span>«{command.kindergarten}»</span>
              <span class="quiet">
                {text.label("group_year")}: {command.group_year} · {text.languageOfInstruction(command.language)} · {text.places(command.places)}
              </span>
            </li>
          ),
        )}
      </ul>
    </Section>
  );
}
