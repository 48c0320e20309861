// What each project does with the package, and what it must come to: the same in every place.

/** The digest at the end of a short story, and a sentence in Kazakh. */
export function tell({ Register, Texts }) {
  const register = Register.open({ policy: "akmola-2018" });
  const child = { iin: "p:child-1", born: "2015-05-02" };
  const now = new Date("2018-01-10T09:00:00+06:00");
  const { events } = register.apply({ type: "submit", applicant: "p:parent-1", child }, now);
  return [register.digest(), Texts.of("kk", { policy: register.policy }).event(events[0])];
}

/** What may be done with a card, without a register. */
export function tellCard({ Card, Texts }) {
  const policy = "akmola-2018";
  const child = { iin: "p:child-1", born: "2015-05-02" };
  const registered_at = "2018-01-10T09:00:00+06:00";
  const card = Card.ofRow({ policy, application: "UO.2018.000001.1", serial: 1, applicant: "p:parent-1", child, registered_at });
  const allowed = card.permissions(registered_at).filter((row) => row.allowed).map((row) => row.action);
  return [allowed.join(" "), Texts.of("kk", { policy }).stage(card.application.stage)];
}
