// "Is my number true?": the place of an application, checked here against a published fingerprint of the whole queue.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Notice, Section } from "../parts/basic";
import { Input } from "../parts/field";
import { library } from "../kezek";
import { source, texts } from "../state";
import type { Proved } from "../source";
import { fill, words } from "../words";

/** The check of an application's number; nothing where nobody can prove it. */
export function ProofPart(props: { readonly application: string; readonly at: number }): JSX.Element | null {
  const { value: say } = words;
  const { prove } = source.value;
  const [proved, setProved] = useState<Proved | null>(null);
  const [failed, setFailed] = useState(false);
  const [published, setPublished] = useState("");
  if (prove === null) return null;
  const check = (): void => {
    prove(props.application, props.at).then(
      (done) => {
        setFailed(false);
        setProved(done);
      },
      () => setFailed(true),
    );
  };
  return (
    <Section id="proof" title={say.proofTitle}>
      <p>{say.proofLead}</p>
      <button type="button" id="proof-check" onClick={check}>
        {say.proofCheck}
      </button>
      {failed && <Notice kind="warning">{say.proofAway}</Notice>}
      {proved !== null && !failed && (
        <>
          <Verdict of={proved} root={published.trim().toLowerCase() || proved.seal.root} />
          <p class="quiet">
            {fill(say.proofOwn, { at: texts.value.moment(proved.seal.at) })}
            <br />
            <code class="sum">{proved.seal.root}</code>
          </p>
          <Input id="proof-root" label={say.proofRoot} hint={say.proofHint} value={published} optional onValue={setPublished} />
        </>
      )}
    </Section>
  );
}

function Verdict(props: { readonly of: Proved; readonly root: string }): JSX.Element {
  const { proof } = props.of;
  const { value: say } = words;
  const { number, of, group_year: year } = proof;
  // What is no fingerprint at all is not the published one either.
  const holds = /^[0-9a-f]{64}$/.test(props.root) && library().verifyProof(proof, props.root);
  return <Notice kind={holds ? "done" : "warning"}>{fill(holds ? say.proofHolds : say.proofFails, { number, of, year })}</Notice>;
}
