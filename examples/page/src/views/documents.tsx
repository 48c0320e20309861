// The tab «Общие документы» / «Жалпы құжаттар»: what the portal makes by itself, R22, R45.

import type { JSX } from "preact";
import { Empty } from "../parts/basic";
import type { ApplicationView, DocumentView } from "../kezek";
import { texts } from "../state";
import { fill, tongue, words } from "../words";

/** The documents of an application, each to be kept as a file. */
export function Documents(props: {
  readonly of: ApplicationView;
  readonly documents: readonly DocumentView[];
}): JSX.Element {
  const { value: text } = texts;
  const { value: say } = words;
  if (props.documents.length === 0) return <Empty>{say.documentsEmpty}</Empty>;
  return (
    <ul class="documents">
      {props.documents.map((document) => (
        <li key={`${document.kind} ${document.at}`} class="panel">
          <svg viewBox="0 0 32 40" width="32" height="40" aria-hidden="true">
            <path d="M3 2h18l8 8v28H3Z" class="paper" />
            <path d="M21 2v8h8M9 18h14M9 24h14M9 30h9" class="lines" />
          </svg>
          <div>
            <h3>{text.document(document.kind)}</h3>
            <p class="quiet">{fill(say.docMade, { date: text.stamp(document.at) })}</p>
          </div>
          <button
            type="button"
            aria-label={`${text.button("download")}: ${text.document(document.kind)}`}
            onClick={() => save(props.of, document)}
          >
            {text.button("download")}
          </button>
        </li>
      ))}
    </ul>
  );
}

const plain = (words: string): string =>
  words.replace(/[&<>"]/g, (sign) => `&#${String(sign.codePointAt(0))};`);

/** A page that can be printed. */
function save(view: ApplicationView, document: DocumentView): void {
  const { value: text } = texts;
  const rows: [string, string][] = [
    [text.label("application"), view.application],
    [text.label("in_queue_since"), text.stamp(view.registered_at)],
    [text.label("group_year"), String(view.group_year)],
    [text.label("benefit"), text.benefit(view.benefit)],
  ];
  if (document.kind === "referral" || document.kind === "child_card") {
    if (view.referral !== null) rows.push([words.value.referral, view.referral]);
    if (view.kindergarten !== null) rows.push([text.label("kindergarten"), view.kindergarten]);
  }
  const title = plain(text.document(document.kind));
  const body = rows.map(([name, value]) => `<tr><th align="left">${plain(name)}</th><td>${plain(value)}</td></tr>`).join("");
  const made = plain(fill(words.value.docMade, { date: text.stamp(document.at) }));
  const page = `<!doctype html><html lang="${tongue.value}"><meta charset="utf-8"><title>${title}</title><h1>${title}</h1><table cellpadding="6">${body}</table><p>${made}</p></html>`;
  const link = globalThis.document.createElement("a");
  link.href = URL.createObjectURL(new Blob([page], { type: "text/html" }));
  link.download = `${view.application}-${document.kind}.html`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
