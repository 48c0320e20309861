// The form of a new application («Подать заявку» / «Өтінім беру»), R12-R19: what is found stands at its field.

import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Back, Empty, Notice, Section, Title } from "../parts/basic";
import { Dialog } from "../parts/dialog";
import { Findings, Input, Select, type Told } from "../parts/field";
import { type Command, type Denial, type Finding, type KezekEvent, library } from "../kezek";
import { to } from "../router";
import { act, actor, me, now, source, texts } from "../state";
import { fill, words } from "../words";
import { benefits, Denials } from "./act";

interface Values {
  readonly iin: string;
  readonly born: string;
  readonly email: string;
  readonly phone: string;
  readonly email2: string;
  readonly phone2: string;
  readonly childIin: string;
  readonly childBorn: string;
  readonly benefit: string;
  readonly documents: string;
  readonly read: boolean;
}

const some = (value: string): string | null => (value.trim() === "" ? null : value.trim());

/** The form as the library reads it. */
const formOf = (typed: Values) => ({
  applicant: {
    iin: some(typed.iin),
    born: some(typed.born),
    email: some(typed.email),
    phone: some(typed.phone),
    additional_email: some(typed.email2),
    additional_phone: some(typed.phone2),
  },
  child: { iin: some(typed.childIin), born: some(typed.childBorn) },
  benefit: some(typed.benefit),
  documents: typed.benefit === "" ? 0 : Number(typed.documents) || 0,
  instruction_read: typed.read,
  channel: "portal" as const,
});

/** The form, its check and what comes of it. */
export function Apply(): JSX.Element {
  const { value: say } = words;
  const { value: text } = texts;
  const who = me.value;
  const [typed, setTyped] = useState<Values>({
    iin: who?.role === "applicant" ? who.iin : "",
    born: "",
    email: "",
    phone: "",
    email2: "",
    phone2: "",
    childIin: "",
    childBorn: "",
    benefit: "",
    documents: "1",
    read: false,
  });
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [tried, setTried] = useState(0);
  const [sign, setSign] = useState<Command | null>(null);
  const [events, setEvents] = useState<readonly KezekEvent[] | null>(null);
  const summary = useRef<HTMLDivElement>(null);

  const { findings, command } = library().Form.check(formOf(typed), source.value.policy, new Date(now.peek()));
  const shown = findings.filter(({ field }) => tried > 0 || left.has(field));
  const told = (field: string): Told[] =>
    shown.filter((one) => one.field === field).map((one) => ({ level: one.level, text: text.finding(one) }));
  const leave = (field: string) => () => setLeft(new Set([...left, field]));
  const put = (part: Partial<Values>): void => setTyped({ ...typed, ...part });
  const wrong = shown.filter(({ level }) => level === "error");

  useEffect(() => {
    if (tried > 0 && wrong.length > 0) summary.current?.focus();
  }, [tried]);

  if (!source.value.registers) return <Empty>{say.outside}</Empty>;
  if (events !== null) return <Registered events={events} />;
  const terms = source.value.policy.toJSON();
  const send = (event: Event): void => {
    event.preventDefault();
    setTried(tried + 1);
    if (command !== null) setSign(command);
  };
  const field = (path: string) => ({ label: text.field(path), told: told(path), onLeave: leave(path) });
  return (
    <>
      <Back href={to("journal")}>{say.journal}</Back>
      <Title lead={say.applyLead}>{say.applyTitle}</Title>
      <form class="stack form" onSubmit={send} noValidate>
        {tried > 0 && wrong.length > 0 && (
          <div ref={summary} tabIndex={-1} class="notice" data-kind="error" role="alert">
            <p class="notice-title">{say.checkFields}</p>
            <ul>
              {wrong.map((one) => (
                <li key={`${one.field} ${one.code}`}>
                  <a href={`#${ids[one.field] ?? ""}`} onClick={(event) => jump(event, one)}>
                    {text.field(one.field)}
                  </a>
                </li>
              ))}
            </ul>
          </div>
        )}
        <Section id="part-instruction" title={say.instruction}>
          <p>
            {fill(say.instructionText, {
              choose: text.term(terms.choice_window),
              come: text.term(terms.referral_term),
              stop: terms.stop_list_term == null ? "—" : text.term(terms.stop_list_term),
            })}
          </p>
          <div class="field check">
            <input id="read" type="checkbox" checked={typed.read} aria-describedby={told("instruction_read").length > 0 ? "read-told" : undefined}
              aria-invalid={told("instruction_read").length > 0 ? true : undefined}
              onChange={(event) => put({ read: event.currentTarget.checked })} />
            <label for="read">{text.field("instruction_read")}</label>
            <Findings id="read" told={told("instruction_read")} />
          </div>
        </Section>
        <Section id="part-applicant" title={say.applicantPart}>
          <div class="grid">
            <Input id="applicant-iin" {...field("applicant.iin")} hint={fill(say.demoHint, { example: "p:parent-9" })} value={typed.iin} onValue={(iin) => put({ iin })} />
            <Input id="applicant-born" {...field("applicant.born")} type="date" optional value={typed.born} onValue={(born) => put({ born })} />
            <Input id="email" {...field("applicant.email")} type="email" inputMode="email" value={typed.email} onValue={(email) => put({ email })} />
            <Input id="phone" {...field("applicant.phone")} type="tel" inputMode="tel" value={typed.phone} onValue={(phone) => put({ phone })} />
            <Input id="email2" {...field("applicant.additional_email")} optional type="email" inputMode="email" value={typed.email2} onValue={(email2) => put({ email2 })} />
            <Input id="phone2" {...field("applicant.additional_phone")} optional type="tel" inputMode="tel" value={typed.phone2} onValue={(phone2) => put({ phone2 })} />
          </div>
        </Section>
        <Section id="part-child" title={say.childPart}>
          <div class="grid">
            <Input id="child-iin" {...field("child.iin")} hint={say.childIinHint} value={typed.childIin} onValue={(childIin) => put({ childIin })} />
            <Input id="child-born" {...field("child.born")} type="date" value={typed.childBorn} onValue={(childBorn) => put({ childBorn })} />
          </div>
        </Section>
        <Section id="part-benefit" title={say.benefitPart}>
          <div class="grid">
            <Select id="benefit" label={text.field("benefit")} told={told("benefit")} value={typed.benefit} onValue={(benefit) => put({ benefit })} choices={benefits()} />
            {typed.benefit !== "" && (
              <Input id="documents" {...field("documents")} hint={say.documentsCount} type="number" min={0} max={20} value={typed.documents} onValue={(documents) => put({ documents })} />
            )}
          </div>
        </Section>
        <div class="send">
          <button type="submit" class="primary big">{text.button("send")}</button>
        </div>
      </form>
      {sign !== null && (
        <Sign command={sign} warnings={findings} onClose={() => setSign(null)}
          onDone={(done) => {
            setSign(null);
            setEvents(done);
          }} />
      )}
    </>
  );
}

const ids: Readonly<Record<string, string>> = {
  "applicant.iin": "applicant-iin",
  "applicant.born": "applicant-born",
  "applicant.email": "email",
  "applicant.phone": "phone",
  "applicant.additional_email": "email2",
  "applicant.additional_phone": "phone2",
  "child.iin": "child-iin",
  "child.born": "child-born",
  benefit: "benefit",
  documents: "documents",
  instruction_read: "read",
};

function jump(event: Event, finding: Finding): void {
  event.preventDefault();
  document.getElementById(ids[finding.field] ?? "")?.focus();
}

function Sign(props: {
  readonly command: Command;
  readonly warnings: readonly Finding[];
  readonly onClose: () => void;
  readonly onDone: (events: readonly KezekEvent[]) => void;
}): JSX.Element {
  const { value: say } = words;
  const { value: text } = texts;
  const [denials, setDenials] = useState<readonly Denial[]>([]);
  const [failed, setFailed] = useState(false);
  const warnings = props.warnings.filter(({ level }) => level === "warning");
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    const answer = await act({ ...props.command, by: actor.value } as Command, true);
    if (answer.denials.length > 0) setDenials(answer.denials);
    else if (answer.note === "failed") setFailed(true);
    else props.onDone(answer.events);
  };
  return (
    <Dialog title={text.button("sign")} onClose={props.onClose}>
      <form onSubmit={send}>
        {warnings.length > 0 && (
          <Notice kind="warning" title={say.sureTitle}>
            <ul>{warnings.map((one) => <li key={`${one.field} ${one.code}`}>{text.finding(one)}</li>)}</ul>
          </Notice>
        )}
        {denials.length > 0 && <Denials denials={denials} />}
        {failed && <Notice kind="error" title={say.cardsFailed} />}
        <p class="hint">{say.signHint}</p>
        <div class="send">
          <button type="submit" class="primary">{text.button("sign")}</button>
          <button type="button" onClick={props.onClose}>{text.button("cancel")}</button>
        </div>
      </form>
    </Dialog>
  );
}

/** R19: the registration is confirmed, with the way to its documents. */
function Registered(props: { readonly events: readonly KezekEvent[] }): JSX.Element {
  const { value: say } = words;
  const { value: text } = texts;
  const heading = useRef<HTMLDivElement>(null);
  useEffect(() => heading.current?.querySelector<HTMLElement>("h1")?.focus(), []);
  const registered = props.events.find((event) => event.type === "registered");
  const number = registered?.type === "registered" ? registered.application : "";
  return (
    <div ref={heading} class="stack">
      <Title>{say.registeredTitle}</Title>
      <Notice kind="done" title={number}>
        <ul>{props.events.map((event) => <li key={event.seq}>{text.event(event)}</li>)}</ul>
      </Notice>
      <p class="send">
        <a class="button primary" href={to("application", number)}>{say.toCard}</a>
        <a class="button" href={to("application", number, "documents")}>{say.tabDocuments}</a>
      </p>
    </div>
  );
}
