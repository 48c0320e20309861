// Cards of every stage: some as the city has them, and what becomes of them when somebody acts.

const now = (register) => register.now;

/** Who may ask about a card. */
export function actorsOf(row) {
  const kindergarten = row.details?.last_kindergarten ?? row.application.kindergarten ?? "№ 1";
  return {
    parent: { role: "applicant", iin: row.applicant },
    stranger: { role: "applicant", iin: "p:somebody-else" },
    staff: { role: "staff", kindergartens: [kindergarten] },
    department: { role: "department" },
  };
}

/** The first cards of each stage that is in the line, at most `most` of each. */
function standing(register, most) {
  const found = {};
  for (const { application } of register.positions(now(register))) {
    const card = register.card(application, now(register));
    const list = (found[card.application.stage] ??= []);
    if (list.length < most) list.push(card);
    else card.free();
    if (Object.keys(found).length === 5 && Object.values(found).every((cards) => cards.length === most)) break;
  }
  return found;
}

/** What comes of a card when a command is done; no card where it is denied. */
function after(card, at, command) {
  const outcome = card.apply({ application: card.application.application, signature: "bench", ...command }, at);
  return outcome.denials.length === 0 ? [outcome.card] : [];
}

/**
 * @param {import("kezek").Register} register
 * @returns {Record<string, import("kezek").Card[]>} by stage, those that were acted on among them
 */
export function cardsOf(register, Card, most = 12) {
  const cards = standing(register, most);
  const at = now(register);
  const acted = (list, command) => (list ?? []).flatMap((card) => after(card, at, command));
  const withReason = (type, rest = {}) => ({ type, reason: "a reason", ...rest });
  const { referred = [], queued = [], notified = [], stop_listed = [], under_review = [] } = cards;
  const week = (card) => new Date(Date.parse(card.application.expires_at) + 7 * 86_400_000).toISOString().slice(0, 10);
  const extended = referred
    .filter((card) => card.application.expires_at !== null)
    .flatMap((card) => after(card, at, withReason("extend_referral", { until: week(card) })));
  const visited = acted(referred, { type: "record_visit" });
  const returned = acted(under_review, { type: "overturn_refusal" });
  // Stages that a city may be without on one day, as a portal would say them.
  const told = (application, rest = {}) =>
    queued.map((card) => {
      const row = card.toJSON();
      return Card.fromJSON({ ...row, ...rest, application: { ...row.application, ...application } });
    });
  const until = "2030-01-01T00:00:00+05:00";
  const seat = { vacancy: 1, place: 1 };
  return {
    ...cards,
    referred: [...referred, ...extended, ...visited, ...returned],
    notified: [...notified, ...told({ stage: "notified", choose_by: until }, { turn: true, details: { seat } })],
    stop_listed: [...stop_listed, ...told({ stage: "stop_listed", until })],
    inactive: told({ stage: "inactive", until }),
    under_review: [...under_review, ...acted(referred, withReason("refuse"))],
    enrolled: acted(referred, { type: "accept" }),
    closed: acted(queued, { type: "withdraw" }),
  };
}
