// Choosing a kindergarten from the list of free places, with its language and its place in town, R35-R44.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { kindergartens, type Kindergarten } from "../demo/town";
import { Back, Empty, Notice, Title } from "../parts/basic";
import { Countdown } from "../parts/countdown";
import { Dialog } from "../parts/dialog";
import { Select } from "../parts/field";
import type { Denial, Offer } from "../kezek";
import { go, to } from "../router";
import { act, actor, asOf, source, texts } from "../state";
import { fill, tongue, words } from "../words";
import { Denials } from "./act";

/** An offer with what the town knows of it. */
interface Shown {
  readonly offer: Offer;
  readonly language: string | null;
  readonly where: Kindergarten | undefined;
  readonly denials: readonly Denial[];
}

/** The list of places that an application may choose from. */
export function Choose(props: { readonly application: string }): JSX.Element {
  const at = asOf();
  const { value: say } = words;
  const { value: text } = texts;
  const { application } = props;
  const [language, setLanguage] = useState("");
  const [kind, setKind] = useState("");
  const [district, setDistrict] = useState("");
  const [chosen, setChosen] = useState<Shown | null>(null);
  const dossier = source.value.dossier(application, actor.value, at);
  const row = dossier.buttons.find(({ button }) => button === "choose");
  const turn = dossier.deadlines.find(({ brings }) => brings === "turn_lapsed");
  const rows = source.value.world?.register.vacancies(new Date(at), { group_year: dossier.application.group_year }) ?? [];
  const shown: Shown[] = source.value
    .offers(application, at)
    .filter((offer) => offer.group_year === dossier.application.group_year && offer.open + offer.waiting > 0)
    .map((offer) => ({
      offer,
      language: rows.find(({ vacancy }) => vacancy === offer.vacancy)?.language ?? null,
      where: kindergartens.find(({ name }) => name === offer.kindergarten),
      denials: source.value.check(
        { type: "choose", application, vacancy: offer.vacancy, by: actor.value, signature: "demo" },
        at,
      ),
    }))
    .filter((one) => one.denials.length === 0)
    .sort((one, other) => one.offer.kindergarten.localeCompare(other.offer.kindergarten, "kk"));
  const matching = shown.filter(
    (one) =>
      (language === "" || one.language === language) &&
      (kind === "" || one.where?.kind === kind) &&
      (district === "" || one.where?.district === district),
  );
  // One kindergarten may have places in several languages.
  const named = ({ offer, language: taught }: Shown, what: string): string =>
    `${what}: «${offer.kindergarten}»${taught === null ? "" : `, ${text.languageOfInstruction(taught as "kk")}`}`;
  return (
    <>
      <Back href={to("application", application)}>{application}</Back>
      <Title lead={say.chooseLead}>{say.chooseTitle}</Title>
      {turn !== undefined && (
        <div class="panel until">
          <p>{text.deadline(turn)}</p>
          <Countdown until={turn.at} />
        </div>
      )}
      {row !== undefined && !row.allowed && <Denials denials={row.denials} />}
      {shown.length > 0 && (
        <div class="panel filter">
          <Select id="language" label={text.label("language")} value={language} onValue={setLanguage}
            choices={[["", say.any], ...(["kk", "ru", "en"] as const).map((one) => [one, text.languageOfInstruction(one)] as const)]} />
          <Select id="district" label={say.district} value={district} onValue={setDistrict}
            choices={[["", say.any], ...(["centre", "north", "river"] as const).map((one) => [one, say[one]] as const)]} />
          <Select id="kind" label={text.label("kind")} value={kind} onValue={setKind}
            choices={[["", say.any], ...(["state", "private", "mini_centre"] as const).map((one) => [one, text.kind(one)] as const)]} />
          <p class="quiet" role="status">{fill(say.shown, { count: matching.length })}</p>
        </div>
      )}
      {shown.length > 0 && matching.length === 0 && <Empty>{say.chooseNone}</Empty>}
      <ul class="offers">
        {matching.map((one) => (
          <li key={one.offer.vacancy} class="panel offer">
            <h2>«{one.offer.kindergarten}»</h2>
            <ul class="facts-line">
              {one.language !== null && <li data-kind="language">{text.languageOfInstruction(one.language as "kk")}</li>}
              {one.where && <li>{say[one.where.district]}</li>}
              {one.where && <li>{text.kind(one.where.kind)}</li>}
              <li>{text.vacancyState(one.offer.state)}</li>
            </ul>
            {one.where && <p class="quiet">{one.where.street[tongue.value]}</p>}
            <p>
              {text.label("free")}: <strong>{text.places(one.offer.open + one.offer.waiting)}</strong>
            </p>
            <button type="button" class="primary" aria-label={named(one, say.choose)} onClick={() => setChosen(one)}>
              {say.choose}
            </button>
          </li>
        ))}
      </ul>
      {chosen !== null && <Sign application={application} chosen={chosen} onClose={() => setChosen(null)} />}
    </>
  );
}

function Sign(props: { readonly application: string; readonly chosen: Shown; readonly onClose: () => void }): JSX.Element {
  const { value: say } = words;
  const { value: text } = texts;
  const { offer, language, where } = props.chosen;
  const [denials, setDenials] = useState<readonly Denial[]>([]);
  const [failed, setFailed] = useState(false);
  const term = source.value.policy.toJSON().referral_term;
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    const answer = await act({ type: "choose", application: props.application, vacancy: offer.vacancy }, true);
    if (answer.denials.length > 0) setDenials(answer.denials);
    else if (answer.note === "failed") setFailed(true);
    else go("application", props.application);
  };
  return (
    <Dialog title={`«${offer.kindergarten}»`} onClose={props.onClose}>
      <form onSubmit={send}>
        <p>
          {language !== null && `${text.languageOfInstruction(language as "kk")} · `}
          {where && `${say[where.district]} · ${where.street[tongue.value]}`}
        </p>
        <p>{fill(say.referralUntil, { term: text.term(term) })}</p>
        {denials.length > 0 && <Denials denials={denials} />}
        {failed && <Notice kind="error" title={say.cardsFailed} />}
        {source.value.world !== null && <p class="hint">{say.signHint}</p>}
        <div class="send">
          <button type="submit" class="primary">{text.button("sign_and_send")}</button>
          <button type="button" onClick={props.onClose}>{text.button("cancel")}</button>
        </div>
      </form>
    </Dialog>
  );
}
