// The entrance of a portal's page: the people of its demo, or a token.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Notice } from "../parts/basic";
import { Input } from "../parts/field";
import { go } from "../router";
import { demo, enterPortal, texts } from "../state";
import { words } from "../words";

/** Who one is, here. */
export function Entrance(): JSX.Element {
  const { value: say } = words;
  const { value: text } = texts;
  const [token, setToken] = useState("");
  const [failed, setFailed] = useState(false);
  const enter = async (given: string): Promise<void> => {
    if (await enterPortal(given)) go("journal");
    else setFailed(true);
  };
  const people = (demo.value?.people ?? []).filter(({ actor }) => actor.role === "applicant");
  return (
    <>
      <section class="hero">
        <h1 tabIndex={-1}>{say.whoTitle}</h1>
        <p>{say.whoLead}</p>
      </section>
      {failed && <Notice kind="error" title={say.tokenUnknown} />}
      <section class="panel" aria-labelledby="who-parent">
        <h2 id="who-parent">{text.role("applicant")}</h2>
        <ul class="choices">
          {people.map((person) => (
            <li key={person.token}>
              <button type="button" onClick={() => void enter(person.token)}>
                <span>{person.label}</span>
                <span class="quiet">{person.stage === null ? say.familyNew : text.stage(person.stage as "queued")}</span>
              </button>
            </li>
          ))}
        </ul>
        <form
          class="inline"
          onSubmit={(event) => {
            event.preventDefault();
            if (token.trim() !== "") void enter(token.trim());
          }}
        >
          <Input id="token" label={say.token} value={token} onValue={setToken} />
          <button type="submit">{say.open}</button>
        </form>
      </section>
    </>
  );
}
