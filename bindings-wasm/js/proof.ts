import { json, text } from "./given.js";
import { instance } from "./instance.js";
import type { Proof, Sum } from "./types.js";

/**
 * Whether a proof (доказательство места в очереди / кезектегі орынның дәлелі) of `Register.proof` holds under a published root:
 * the application stands at that number of its line, and so many stand there. Anything else is `false`. It asks nobody: the
 * family's own browser computes it.
 *
 * @throws {@link KezekError} `malformed`, for what is no proof, or no root.
 */
export function verifyProof(proof: Proof, root: Sum): boolean {
  const [given, under] = [json(proof, "proof"), text(root, "root")];
  return instance().run((glue) => glue.verify_proof(given, under));
}
