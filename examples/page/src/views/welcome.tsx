// The first page: what this is for, and who one is.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { kindergartens } from "../demo/town";
import { Input } from "../parts/field";
import { go, to } from "../router";
import { me, type Me, texts } from "../state";
import { words, type Words } from "../words";

const families: readonly (readonly [string, keyof Words])[] = [
  ["p:parent-1", "familyMany"],
  ["p:parent-2", "familyStop"],
  ["p:parent-3", "familyReview"],
  ["p:parent-4", "familyEnrolled"],
  ["p:parent-5", "familyNew"],
];

/** Becomes somebody, and opens that person's first page. */
export function enter(who: Me): void {
  me.value = who;
  sessionStorage.setItem("kezek-me", JSON.stringify(who));
  if (who.role === "applicant") go("journal");
  else go(who.role === "staff" ? "places" : "review");
}

/** Who was here before the page was loaded again. */
export function remembered(): Me | null {
  const kept = sessionStorage.getItem("kezek-me");
  return kept === null ? null : (JSON.parse(kept) as Me);
}

/** The first page. */
export function Welcome(): JSX.Element {
  const { value: say } = words;
  const { value: text } = texts;
  const [iin, setIin] = useState("");
  return (
    <>
      <section class="hero">
        <h1 tabIndex={-1}>{say.whoTitle}</h1>
        <p>{say.whoLead}</p>
        <Skyline />
      </section>
      <h2 class="who-title">{say.whoPick}</h2>
      <div class="who">
        <section class="panel" aria-labelledby="who-parent">
          <h3 id="who-parent">{text.role("applicant")}</h3>
          <ul class="choices">
            {families.map(([person, told]) => (
              <li key={person}>
                <button type="button" onClick={() => enter({ role: "applicant", iin: person })}>
                  <span>{say[told]}</span>
                  <span class="quiet">{person}</span>
                </button>
              </li>
            ))}
          </ul>
          <form
            class="inline"
            onSubmit={(event) => {
              event.preventDefault();
              if (iin.trim() !== "") enter({ role: "applicant", iin: iin.trim() });
            }}
          >
            <Input id="iin" label={say.iinOrPseudonym} value={iin} onValue={setIin} />
            <button type="submit">{say.open}</button>
          </form>
        </section>
        <section class="panel" aria-labelledby="who-staff">
          <h3 id="who-staff">{text.role("staff")}</h3>
          <ul class="choices">
            {kindergartens.map(({ name, kind, district }) => (
              <li key={name}>
                <button type="button" onClick={() => enter({ role: "staff", kindergarten: name })}>
                  <span>«{name}»</span>
                  <span class="quiet">
                    {text.kind(kind)} · {say[district]}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
        <section class="panel" aria-labelledby="who-department">
          <h3 id="who-department">{say.department}</h3>
          <ul class="choices">
            <li>
              <button type="button" onClick={() => enter({ role: "department" })}>
                <span>{text.role("department")}</span>
              </button>
            </li>
          </ul>
          <p class="quiet">
            <a href={to("queue")}>{say.queue}</a> · <a href={to("vacancies")}>{say.vacancies}</a>
          </p>
        </section>
      </div>
    </>
  );
}

/** The steppe town under its sun. */
function Skyline(): JSX.Element {
  return (
    <svg class="skyline" viewBox="0 0 400 150" aria-hidden="true">
      <circle cx="316" cy="56" r="30" class="sun" />
      {Array.from({ length: 16 }, (_, ray) => (
        <path key={ray} d="M316 20v-9" class="ray" transform={`rotate(${ray * 22.5} 316 56)`} />
      ))}
      <path d="M-1200 104q300 40 600-6t600 20q70-34 150-12t140-6 110 4v46H-1200Z" class="hill far" />
      <g class="house">
        <path d="M58 130V88l34-24 34 24v42Z" />
        <path d="M146 130V78h52v52Z" />
        <path d="m140 80 32-24 32 24Z" class="roof" />
        <path d="M226 130v-34q24-36 48 0v34Z" class="yurt" />
      </g>
      <path d="M82 130v-22h20v22ZM162 92h20v14h-20ZM162 116h20v14h-20ZM243 130v-16h14v16Z" class="door" />
      <path d="M-1200 134q300-24 600-6t600 2q110-16 210-4t190-6v30H-1200Z" class="hill" />
    </svg>
  );
}
