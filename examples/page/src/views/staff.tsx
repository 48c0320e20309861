// The cabinet of a kindergarten: free places, referrals, enrolled children, R60-R79; and the department's review.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Empty, Facts, Notice, Section, StageChip, Title } from "../parts/basic";
import { Countdown } from "../parts/countdown";
import { Dialog } from "../parts/dialog";
import { Input, Select } from "../parts/field";
import { Table } from "../parts/table";
import { type ButtonRow, type Denial, library } from "../kezek";
import { act, actor, asOf, me, source, texts, wakeAt } from "../state";
import type { Answer } from "../source";
import { words } from "../words";
import { ActDialog, Denials, Outcome } from "./act";
import { Actions } from "./card";
import { kindergartens } from "../demo/town";
import { groupYears, VacancyTable } from "./lists";

const own = (): string => (me.value?.role === "staff" ? me.value.kindergarten : "");

/** «База свободных мест в ДДО»: the places of the kindergarten, and the form that adds some for good (R65). */
export function Places(): JSX.Element | null {
  const at = asOf();
  const { value: say } = words;
  const { value: text } = texts;
  const years = groupYears(at).slice(1);
  const [year, setYear] = useState(String(years[1]));
  const [language, setLanguage] = useState<"kk" | "ru" | "en">("kk");
  const [places, setPlaces] = useState("5");
  const [sure, setSure] = useState(false);
  const [denials, setDenials] = useState<readonly Denial[]>([]);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const { world } = source.value;
  if (world === null) return null;
  const kindergarten = own();
  const kind = kindergartens.find(({ name }) => name === kindergarten)?.kind ?? "state";
  const rows = world.register.vacancies(new Date(at), { kindergarten }).reverse();
  const save = async (): Promise<void> => {
    setSure(false);
    const done = await act(
      { type: "publish_vacancy", kindergarten, group_year: Number(year), language, kind, places: Number(places) || 0 },
      false,
    );
    setDenials(done.denials);
    setAnswer(done.denials.length > 0 ? null : done);
  };
  return (
    <>
      <Title lead={`«${kindergarten}»`}>{say.cabinet}</Title>
      <Section id="add" title={say.addPlaces}>
        <form
          class="grid"
          onSubmit={(event) => {
            event.preventDefault();
            setAnswer(null);
            setDenials([]);
            setSure(true);
          }}
        >
          <Select id="group-year" label={text.label("group_year")} value={year} onValue={setYear} choices={years.map((one) => [String(one), String(one)])} />
          <Select id="language" label={text.label("language")} value={language} onValue={(one) => setLanguage(one as "kk")}
            choices={(["kk", "ru", "en"] as const).map((one) => [one, text.languageOfInstruction(one)] as const)} />
          <Input id="places" label={say.places} type="number" min={1} max={999} value={places} onValue={setPlaces} />
          <div class="send">
            <button type="submit" class="primary">{text.button("add")}</button>
          </div>
        </form>
        {denials.length > 0 && <Denials denials={denials} />}
        {answer !== null && <Outcome answer={answer} />}
      </Section>
      {rows.length === 0 ? <Empty>{say.nothing}</Empty> : <VacancyTable rows={rows} />}
      {sure && (
        <Dialog title={say.cannotCorrectTitle} onClose={() => setSure(false)}>
          <p class="caution">{say.cannotCorrect}</p>
          <Facts
            rows={[
              [text.label("kindergarten"), kindergarten],
              [text.label("group_year"), year],
              [text.label("language"), text.languageOfInstruction(language)],
              [text.label("total"), text.places(Number(places) || 0)],
            ]}
          />
          <div class="send">
            <button type="button" class="primary" onClick={save}>{text.button("save")}</button>
            <button type="button" onClick={() => setSure(false)}>{text.button("do_not_save")}</button>
          </div>
        </Dialog>
      )}
    </>
  );
}

/** Looking a referral up by its number or by the child, R69-R71. */
export function Referrals(): JSX.Element | null {
  const at = asOf();
  const { value: say } = words;
  const { value: text } = texts;
  const [typed, setTyped] = useState("");
  const [asked, ask] = useState<string | null>(null);
  const { world } = source.value;
  if (world === null) return null;
  const expected = world.expected(own());
  return (
    <>
      <Title lead={say.checkLead}>{say.checkReferral}</Title>
      <form
        class="panel filter"
        onSubmit={(event) => {
          event.preventDefault();
          ask(typed.trim());
        }}
      >
        <Input id="referral" label={say.referralNumber} value={typed} onValue={setTyped} list="expected" />
        <button type="submit" class="primary">{text.button("search")}</button>
      </form>
      {asked !== null && asked !== "" && <Processing key={asked} asked={asked} at={at} />}
      <Section id="expected-title" title={say.expected}>
        {expected.length === 0 && <p class="quiet">{say.expectedNone}</p>}
        <ul class="choices row">
          {expected.map((referral) => (
            <li key={referral}>
              <button
                type="button"
                onClick={() => {
                  setTyped(referral);
                  ask(referral);
                }}
              >
                {say.referral} № {referral}
              </button>
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}

/** The processing card of a referral, with the buttons of staff. */
function Processing(props: { readonly asked: string; readonly at: number }): JSX.Element {
  const { value: say } = words;
  const { value: text } = texts;
  const [pressed, press] = useState<ButtonRow | null>(null);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const register = source.value.world!.register;
  const now = new Date(props.at);
  const person = props.asked.startsWith("p:") || props.asked.length === 12;
  let view;
  try {
    view = register.referral(person ? { child: props.asked } : { referral: props.asked }, now);
  } catch (error) {
    if (!(error instanceof library().KezekError)) throw error;
    return <Notice kind="error" title={text.error(error.code as never)} />;
  }
  const application = register.application(view.application, now);
  const rows = register.buttons(view.application, now, { by: actor.value });
  rows.forEach((row) => wakeAt(row.until));
  return (
    <div class="columns">
      <Section id="processing" title={`${say.referral} № ${view.referral}`}>
        <p><StageChip of={view.stage} /></p>
        {!view.live && <Notice kind="warning" title={say.notLive} />}
        {view.must_accept && view.stage === "referred" && <Notice kind="info" title={say.mustAccept} />}
        <Facts
          rows={[
            [say.child, view.child],
            [say.applicant, view.applicant],
            [text.label("kindergarten"), view.kindergarten],
            [text.label("group_year"), String(view.group_year)],
            [text.label("benefit"), text.benefit(view.benefit)],
            [say.issued, text.stamp(view.issued_at)],
            ...(view.expires_at === null ? [] : [[say.comeBy, text.until(view.expires_at)] as const]),
          ]}
        />
        {view.expires_at !== null && view.live && <Countdown until={view.expires_at} />}
      </Section>
      <div class="stack">
        {answer !== null && <Outcome answer={answer} />}
        <Actions rows={rows} onPress={(row) => {
          setAnswer(null);
          press(row);
        }} />
      </div>
      {pressed !== null && (
        <ActDialog row={pressed} view={application} onClose={() => press(null)}
          onDone={(done) => {
            press(null);
            setAnswer(done);
          }} />
      )}
    </div>
  );
}

/** «Список числящихся детей»: enrolled children, and their departure, R72, R77-R79. */
export function Enrolled(): JSX.Element | null {
  const at = asOf();
  const { value: say } = words;
  const { value: text } = texts;
  const [pressed, press] = useState<{ row: ButtonRow; application: string } | null>(null);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const { world } = source.value;
  if (world === null) return null;
  const now = new Date(at);
  const rows = world.register.enrolled(own(), now);
  const begin = (application: string): void => {
    const row = world.register.buttons(application, now, { by: actor.value }).find(({ button }) => button === "mark_departure");
    if (row !== undefined) press({ row, application });
  };
  return (
    <>
      <Title lead={`«${own()}»`}>{say.enrolled}</Title>
      <Notice kind="info"><p>{say.departureHint}</p></Notice>
      {answer !== null && <Outcome answer={answer} />}
      {rows.length === 0 ? (
        <Empty>{say.enrolledEmpty}</Empty>
      ) : (
        <div class="panel">
          <Table
            caption={say.enrolled}
            rows={[...rows].reverse()}
            rowKey={(row) => row.application}
            columns={[
              { title: say.child, cell: (row) => <strong>{row.child}</strong>, kind: "main" },
              { title: text.label("application"), cell: (row) => row.application },
              { title: say.referral, cell: (row) => row.referral ?? "—" },
              { title: text.label("group_year"), cell: (row) => row.group_year, kind: "number" },
              {
                title: say.departure,
                kind: "action",
                cell: (row) => (
                  <button type="button" aria-label={`${text.button("mark_departure")}: ${row.child}`} onClick={() => begin(row.application)}>
                    {text.button("mark_departure")}
                  </button>
                ),
              },
            ]}
          />
        </div>
      )}
      {pressed !== null && (
        <ActDialog row={pressed.row} view={world.register.application(pressed.application, now)} onClose={() => press(null)}
          onDone={(done) => {
            press(null);
            setAnswer(done);
          }} />
      )}
    </>
  );
}

/** The department's review of refusals, R74-R76. */
export function Review(): JSX.Element | null {
  const at = asOf();
  const { value: say } = words;
  const { value: text } = texts;
  const [pressed, press] = useState<{ row: ButtonRow; application: string } | null>(null);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const { world } = source.value;
  if (world === null) return null;
  const now = new Date(at);
  const waiting = world.underReview();
  return (
    <>
      <Title lead={say.reviewLead}>{say.reviewTitle}</Title>
      {answer !== null && <Outcome answer={answer} />}
      {waiting.length === 0 && <Empty>{say.reviewEmpty}</Empty>}
      <ul class="cards">
        {waiting.map((application) => {
          const refused = world.register.history(application, now).findLast((event) => event.type === "refused");
          const view = world.register.referral({ application }, now);
          const rows = world.register
            .buttons(application, now, { by: actor.value })
            .filter(({ button }) => button === "uphold_refusal" || button === "overturn_refusal");
          return (
            <li key={application} class="panel">
              <h2>{application}</h2>
              {refused !== undefined && <p>{text.event(refused)}</p>}
              <Facts
                rows={[
                  [text.label("kindergarten"), view.kindergarten],
                  [text.label("group_year"), String(view.group_year)],
                  [text.label("benefit"), text.benefit(view.benefit)],
                ]}
              />
              <div class="send">
                {rows.map((row) => (
                  <button key={row.button} type="button" disabled={!row.allowed} class={row.button === "overturn_refusal" ? "primary" : ""} data-action={row.action}
                    onClick={() => {
                      setAnswer(null);
                      press({ row, application });
                    }}>
                    {text.button(row.button)}
                  </button>
                ))}
              </div>
            </li>
          );
        })}
      </ul>
      {pressed !== null && (
        <ActDialog row={pressed.row} view={world.register.application(pressed.application, now)} onClose={() => press(null)}
          onDone={(done) => {
            press(null);
            setAnswer(done);
          }} />
      )}
    </>
  );
}
