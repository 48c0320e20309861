// What the peers are told of one application: the rows of a portal as plain values, with every end as an instant that
// somebody else has worked out. Made from the same card that kezek reads.

/** @typedef {ReturnType<typeof factsOf>} Facts */

/** Every command that names an application, as `permissions` lists them. */
export const COMMANDS = [
  "change_benefit", "confirm_interest", "withdraw", "pass_turn", "choose", "extend_referral", "recall_referral",
  "record_visit", "prove_benefit", "accept", "refuse", "uphold_refusal", "overturn_refusal", "mark_departure",
];

const instant = (text) => (text === null || text === undefined ? null : Date.parse(text));

/** Midnight in Kazakhstan; the country has had one time since 1 March 2024. */
const midnight = (day) => Date.parse(`${day}T00:00:00${day < "2024-03-01" ? "+06:00" : "+05:00"}`);
const birthday = (born, years) => midnight(`${Number(born.slice(0, 4)) + years}${born.slice(4)}`);

/**
 * @param {import("kezek").CardRow} row a card's JSON
 * @param {import("kezek").PolicyValues} policy
 * @param {string} now
 */
export function factsOf(row, policy, now) {
  const { application, details = {}, child, places } = row;
  return {
    now: instant(now),
    stage: application.stage,
    family: [row.applicant, ...row.parents],
    kindergarten: details.last_kindergarten ?? application.kindergarten,
    benefit: application.benefit,
    mustAccept: application.must_accept === true,
    visited: details.visited === true,
    expiresAt: instant(application.expires_at),
    recallUntil: instant(application.recall_until),
    extensions: details.referral_extensions ?? 0,
    extensionsAllowed: policy.extension?.times ?? 0,
    oldEnoughAt: birthday(child.born, policy.age.choose_from.years),
    tooOldAt: birthday(child.born, policy.age.until.years),
    enrolledWith: row.enrolled_with,
    waiting: places.waiting,
    open: places.open,
    freeChoice: places.state === "free_choice",
    reason: "as right",
  };
}

/** Who acts, as facts. */
export function actorOf(by) {
  return { role: by.role, person: by.iin ?? null, kindergartens: by.kindergartens ?? [] };
}
