import { json, seconds } from "./given.js";
import type { Instant } from "./given.js";
import { instance } from "./instance.js";
import { lendPolicy } from "./policy.js";
import type { PolicyLike } from "./policy.js";
import type { CheckedForm, FormValues } from "./types.js";

/** The form of a new application («Подать заявку»), everything as it was typed (R12-R19). */
export const Form = {
  /**
   * Everything found at once, in the order of the fields, and what comes of it: `findings`, `command` (the `submit`,
   * `null` while there is an error; for `Register.apply`), `contacts` in one form each, for the host. `Texts.finding`
   * says a finding.
   *
   * @throws {@link KezekError} `malformed`, with the path of a field of another kind; what is wrong in the text of a
   * field is a finding.
   */
  check(form: FormValues, policy: PolicyLike, now: Instant): CheckedForm {
    const [given, at, home] = [json(form, "form"), seconds(now, "now"), instance()];
    const found = lendPolicy(policy, home, (policy) => home.run((glue) => glue.check_form(given, policy, at)));
    return JSON.parse(found) as CheckedForm;
  },
} as const;
