// The windows in which a command is made ready, judged while it is typed, and done.

import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Dialog } from "../parts/dialog";
import { Notice } from "../parts/basic";
import { Input, Select } from "../parts/field";
import { type ApplicationView, type ButtonRow, type Command, type Denial, library } from "../kezek";
import { act, actor, now, source, texts } from "../state";
import type { Answer } from "../source";
import { fill, words } from "../words";

type Action = ButtonRow["button"];

interface Typed {
  readonly reason: string;
  readonly day: string;
  readonly benefit: string;
  readonly documents: string;
}

const asksReason = new Set<Action>(["extend_referral", "recall_referral", "refuse", "mark_departure"]);
const asksDay = new Set<Action>(["extend_referral", "mark_departure"]);
const unsafe = new Set<Action>(["withdraw", "recall_referral", "refuse", "pass_turn", "uphold_refusal"]);

/** The command that a button begins. */
function commandOf(button: Action, view: ApplicationView, typed: Typed): Command | null {
  const { application } = view;
  const reason = { text: typed.reason };
  switch (button) {
    case "change_benefit": {
      const benefit = typed.benefit === "" ? null : typed.benefit;
      return { type: button, application, benefit, documents: Number(typed.documents) || 0 };
    }
    case "confirm_interest":
    case "withdraw":
    case "pass_turn":
    case "prove_benefit":
      return { type: button, application };
    case "extend_referral":
      return { type: button, application, until: typed.day, reason };
    case "recall_referral":
      return { type: "recall_referral", application, reason };
    case "refuse":
      return { type: "refuse", application, reason };
    case "record_visit":
      return { type: "record_visit", application };
    case "accept":
      return { type: "accept", application };
    case "uphold_refusal":
      return { type: "uphold_refusal", application };
    case "overturn_refusal":
      return { type: "overturn_refusal", application };
    case "mark_departure":
      return { type: button, application, date: typed.day, reason };
    default:
      return null;
  }
}

/** What stands on the last button: the portal's own words for each window. */
function sendButton(row: ButtonRow): string {
  const { value: text } = texts;
  switch (row.button) {
    case "confirm_interest":
      return text.button("confirm");
    case "extend_referral":
      return text.button("extend");
    case "recall_referral":
      return text.button("confirm_recall");
    case "mark_departure":
      return text.button("sign_and_send");
    case "change_benefit":
      return text.button("save");
    default:
      return text.button(row.button);
  }
}

function caution(button: Action): string | undefined {
  const { value: say } = words;
  switch (button) {
    case "withdraw":
      return say.withdrawSure;
    case "pass_turn":
      return say.passSure;
    case "recall_referral":
      return say.recallSure;
    case "confirm_interest":
      return say.interestSure;
    case "uphold_refusal":
      return say.upholdSure;
    case "overturn_refusal":
      return say.overturnSure;
    default:
      return undefined;
  }
}

const nextDay = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** The latest day that an extension may name, as the rules answer it. */
function latest(view: ApplicationView): string | undefined {
  const far: Command = { type: "extend_referral", application: view.application, until: "2099-01-01", reason: { text: "-" } };
  const denials = source.value.check({ ...far, by: actor.value, signature: "demo" }, now.value);
  const found = denials.find((denial) => denial.code === "extension_too_long");
  return found?.code === "extension_too_long" ? String(found.expected) : undefined;
}

/** The window of one button. */
export function ActDialog(props: {
  readonly row: ButtonRow;
  readonly view: ApplicationView;
  readonly onClose: () => void;
  readonly onDone: (answer: Answer) => void;
}): JSX.Element {
  const { row, view } = props;
  const { value: text } = texts;
  const { value: say } = words;
  // An extension is offered from the day after the last good one (`expires_at` is the first instant that is too late).
  const firstDay = row.button === "extend_referral" && view.expires_at !== null ? view.expires_at.slice(0, 10) : null;
  const today = dayOf(view.registered_at, now.value);
  const [typed, setTyped] = useState<Typed>({
    reason: "",
    day: firstDay === null ? today : nextDay(firstDay, 6),
    benefit: view.benefit ?? "",
    documents: "1",
  });
  const [denials, setDenials] = useState<readonly Denial[]>([]);
  const [failed, setFailed] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const most = firstDay === null ? undefined : latest(view);
  const put = (part: Partial<Typed>): void => {
    setTyped({ ...typed, ...part });
    setDenials([]);
  };
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    const command = commandOf(row.button, view, typed);
    if (command === null || busy) return;
    setBusy(true);
    setFailed(null);
    try {
      const answer = await act(command, row.signed);
      if (answer.denials.length > 0) setDenials(answer.denials);
      else if (answer.note === "failed") setFailed(say.cardsFailed);
      else props.onDone(answer);
    } catch (error) {
      setFailed(error instanceof library().KezekError ? text.error(error.code as never) : String(error));
    } finally {
      setBusy(false);
    }
  };
  const sure = caution(row.button);
  return (
    <Dialog title={text.button(row.button)} onClose={props.onClose}>
      <form onSubmit={send} noValidate>
        {sure !== undefined && <p class={unsafe.has(row.button) ? "caution" : ""}>{sure}</p>}
        {row.button === "change_benefit" && (
          <>
            <Select
              id="act-benefit"
              label={text.label("form.benefit")}
              value={typed.benefit}
              onValue={(benefit) => put({ benefit })}
              choices={benefits()}
            />
            {typed.benefit !== "" && (
              <Input
                id="act-documents"
                label={`${text.label("form.documents")}. ${say.documentsCount}`}
                type="number"
                min={0}
                max={20}
                value={typed.documents}
                onValue={(documents) => put({ documents })}
              />
            )}
          </>
        )}
        {asksDay.has(row.button) && (
          <Input
            id="act-day"
            type="date"
            label={row.button === "extend_referral" ? say.newLastDay : say.day}
            hint={most === undefined ? undefined : fill(say.latestDay, { date: text.date(most) })}
            min={firstDay ?? undefined}
            max={most}
            value={typed.day}
            onValue={(day) => put({ day })}
          />
        )}
        {asksReason.has(row.button) && (
          <Input id="act-reason" label={say.reason} value={typed.reason} onValue={(reason) => put({ reason })} />
        )}
        {denials.length > 0 && <Denials denials={denials} />}
        {failed !== null && <Notice kind="error" title={say.refused}><p>{failed}</p></Notice>}
        {row.signed && source.value.world !== null && <p class="hint">{say.signHint}</p>}
        <div class="send">
          <button type="submit" class={unsafe.has(row.button) ? "danger" : "primary"} aria-disabled={busy}>
            {sendButton(row)}
          </button>
          <button type="button" onClick={props.onClose}>
            {text.button("cancel")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** The benefits of the policy, for a list. */
export function benefits(): (readonly [string, string])[] {
  const { value: text } = texts;
  const rows = source.value.policy.toJSON().benefits;
  return [["", text.benefit(null)], ...rows.map(({ id }) => [id, text.benefit(id)] as const)];
}

/** Everything that stands in the way. */
export function Denials(props: { readonly denials: readonly Denial[] }): JSX.Element {
  const { value: text } = texts;
  return (
    <Notice kind="error" title={words.value.refused}>
      <ul>
        {props.denials.map((denial) => (
          <li key={denial.code}>
            {text.denial(denial)} <span class="rule">{denial.rule}</span>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** What was done, in the sentences of the history. It is read out, and gets the focus. */
export function Outcome(props: { readonly answer: Answer }): JSX.Element {
  const { value: text } = texts;
  const { value: say } = words;
  const { events, note } = props.answer;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.scrollIntoView({ block: "nearest" }), [props.answer]);
  return (
    <div ref={box}>
      <Notice kind="done" title={note === "judged" ? say.cardsJudged : note === "sent" ? say.cardsSent : say.done}>
        <ul>
          {events.map((event) => (
            <li key={event.seq}>{text.event(event)}</li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}

/** The date of a moment in the settlement, whose offset an answer shows. */
export function dayOf(answered: string, at: number): string {
  const [, sign = "+", hours = "0", minutes = "0"] = /([+-])(\d\d):(\d\d)$/.exec(answered) ?? [];
  const offset = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  return new Date(at + offset).toISOString().slice(0, 10);
}
