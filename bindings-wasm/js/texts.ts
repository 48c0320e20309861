import { KezekError } from "./error.js";
import { json, perhaps, seconds, text, whole } from "./given.js";
import type { Instant } from "./given.js";
import type { Texts as RawTexts } from "./glue/kezek.js";
import { Handle } from "./handle.js";
import { instance } from "./instance.js";
import { lendPolicy } from "./policy.js";
import type { PolicyLike } from "./policy.js";
import type {
  Button,
  CannotTell,
  ChangePart,
  Channel,
  CloseReason,
  Day,
  DeadlineView,
  Denial,
  DocumentKind,
  ErrorCode,
  Finding,
  Forecast,
  ForecastTurn,
  KezekEvent,
  KindergartenKind,
  Language,
  NumberChange,
  PositionChange,
  QueueRow,
  Stage,
  Term,
  Tier,
  VacancyState,
} from "./types.js";

/** Who acts. It is the `role` of a `by`. */
export type RoleName = "applicant" | "staff" | "department" | "operator";

/**
 * Everything that the library has to say (тексты / мәтіндер), in `"kk"`, `"ru"` or `"en"`, for the register of a policy:
 * its zone and its names of benefits. Immutable.
 *
 * The texts are for parents: polite, short, with the portal's own words. A deadline is told as its last good day, although
 * the wire names the first instant that is too late. Each method takes what the other objects answer.
 *
 * Each throws a `KezekError` `malformed` for what is none of that, with the path in it.
 */
export class Texts extends Handle<RawTexts> {
  /** The language, `"kk"`, `"ru"` or `"en"`. */
  readonly language: Language;

  private constructor(raw: RawTexts, language: Language) {
    super(raw);
    this.language = language;
  }

  /**
   * The texts of a language, for the register of a policy.
   *
   * @throws {@link KezekError} `malformed` for another language, `unknown_policy`, `invalid_policy`.
   */
  static of(language: Language, options: { readonly policy: PolicyLike }): Texts {
    const [given, home] = [text(language, "language"), instance()];
    const raw = lendPolicy(options.policy, home, (policy) => home.run((glue) => glue.Texts.of(given, policy)));
    return new Texts(raw, language);
  }

  /** What an event says to the family. */
  event(event: KezekEvent): string {
    return this.#tell("event", event);
  }

  /** What stands against a command, and what one can do: of a row in an answer's `denials`. */
  denial(denial: Denial): string {
    return this.#tell("denial", denial);
  }

  /** What is wrong with an input, in one or two sentences: of a `KezekError`, or of its `code`. */
  error(error: KezekError | ErrorCode): string {
    return this.#word("error", error instanceof KezekError ? error.code : error);
  }

  /**
   * What is wrong with a field of the form, one sentence to stand beside it: of a row in `Form.check`'s `findings`. It
   * quotes nothing that was typed.
   */
  finding(finding: Finding): string {
    return this.#tell("finding", finding);
  }

  /**
   * Why the numbers of an application changed («Почему изменился номер в очереди» / «Кезек нөмірі неге өзгерді»): what
   * `Register.explainPosition` answers, for each number a sentence that says what it was and is, then one for each cause
   * (R26, R42).
   */
  positionChange(change: PositionChange): string[] {
    const given = json(change, "change");
    return this.run((raw) => raw.change("", given));
  }

  /**
   * One number of `Register.explainPosition` under its label (such as `"number"`): what it was and is, then a sentence or
   * two for each cause.
   */
  numberChange(label: string, change: NumberChange): string[] {
    const [name, given] = [text(label, "label"), json(change, "change")];
    // An empty name asks for all three.
    return this.run((raw) => raw.change(name === "" ? " " : name, given));
  }

  /** One cause of a change of number. */
  changePart(part: ChangePart): string {
    return this.#tell("part", part);
  }

  /**
   * When the turn may come (прогноз очереди / кезек болжамы), how often such forecasts held, and that it is no promise;
   * or why no date is told. Of what `Register.forecast` answers.
   */
  forecast(forecast: Forecast): string {
    return this.#tell("forecast", forecast);
  }

  /** A forecast's `turn` alone. */
  forecastTurn(turn: ForecastTurn): string {
    return this.#tell("turn", turn);
  }

  /** Why no date is told: a forecast's `cannot_tell` alone. */
  cannotTell(why: CannotTell): string {
    return this.#tell("why", why);
  }

  /**
   * A deadline (срок / мерзім) of `deadlines` or `nextDeadline`: what is to be done by its last good day, or what comes
   * at its moment.
   */
  deadline(deadline: DeadlineView): string {
    return this.#tell("deadline", deadline);
  }

  /** The benefit in a row of `Register.queue`: its name, "with a benefit" where too few have it to name it, or none. */
  listedBenefit(row: QueueRow): string {
    return this.#tell("row", row);
  }

  /** The name of a document by its kind, such as `"referral"`: «Направление в ДДО» (R22, R45). */
  document(kind: DocumentKind): string {
    return this.#word("document", kind);
  }

  /**
   * What stands on a button (кнопка / батырма) by its name, such as `"recall_referral"`: «Отозвать направление» /
   * «Жолдаманы кері қайтару». It is the `button` of a row of `buttons`.
   */
  button(button: Button): string {
    return this.#word("button", button);
  }

  /**
   * A heading or a caption of the portal by its name, such as `"in_queue_since"`: «В очереди с» (R24, R26, R61). The names
   * are those of `stored` that begin with `label.`, without that.
   */
  label(label: string): string {
    return this.#word("label", label);
  }

  /** The label of a field of the form by its path, such as `"child.iin"`: «ИИН ребенка» (R14, R16). */
  field(path: string): string {
    return this.#word("field", path);
  }

  /** Where an application stands, such as `"queued"`: «Кезекте» / «В очереди». */
  stage(stage: Stage): string {
    return this.#word("stage", stage);
  }

  /** Why an application was closed, such as `"withdrawn"`: a part of a sentence, «по желанию заявителя». */
  closeReason(reason: CloseReason): string {
    return this.#word("reason", reason);
  }

  /** The state of a vacancy, `"waiting"` or `"free_choice"`: «Ожидает», «В свободном выборе» (R62). */
  vacancyState(state: VacancyState): string {
    return this.#word("state", state);
  }

  /** The kind of a kindergarten, such as `"state"`: «Государственный» (R68). */
  kind(kind: KindergartenKind): string {
    return this.#word("kind", kind);
  }

  /** The language of instruction of a place, such as `"kk"`: «Казахский» (R63). */
  languageOfInstruction(language: Language): string {
    return this.#word("language", language);
  }

  /**
   * A benefit by its id: by the name that the policy gives it, else by that of the shipped policies, else by the id;
   * «Без льготы» for `null`.
   */
  benefit(benefit: string | null): string {
    const id = perhaps(benefit, "benefit");
    return this.run((raw) => raw.benefit(id));
  }

  /** What a benefit does to the order, such as `"out_of_turn"`: «Внеочередная» (F11). */
  tier(tier: Tier): string {
    return this.#word("tier", tier);
  }

  /** Where an application was filed, such as `"egov"` (R24). */
  channel(channel: Channel): string {
    return this.#word("channel", channel);
  }

  /** Who acts, such as `"staff"`: «Сотрудник ДДО». */
  role(role: RoleName): string {
    return this.#word("role", role);
  }

  /** A date: «2018 жылғы 26 наурыз», «26 марта 2018 г.». */
  date(date: Day): string {
    const given = text(date, "date");
    return this.run((raw) => raw.date(given));
  }

  /** An instant, as the clocks of the policy's zone show it: «26 марта 2018 г., 18:20:00». */
  moment(at: Instant): string {
    return this.#instant("moment", at);
  }

  /** An instant as the portal prints it in every language (R85): `26.03.2018 18:20:00`. */
  stamp(at: Instant): string {
    return this.#instant("stamp", at);
  }

  /**
   * A deadline, the first instant that is too late, as people say it: its last good day, «до 26 марта 2018 г.
   * включительно», or its last good second.
   */
  until(end: Instant): string {
    return this.#instant("until", end);
  }

  /** From when something holds: the date alone where it begins with a day. */
  from(start: Instant): string {
    return this.#instant("from", start);
  }

  /** A term such as `{ working_days: 3 }`: «3 жұмыс күні», «3 рабочих дня». */
  term(term: Term): string {
    return this.#tell("term", term);
  }

  /** So many places, 0 to 65535: «3 орын», «3 места». */
  places(count: number): string {
    const places = whole(count, "count", 0, 65_535);
    return this.run((raw) => raw.places(places));
  }

  /**
   * All texts as they are stored: each key's name and its text, the arguments in braces, the forms for different numbers
   * with `|` between them. For translators, and for pages that fill them in themselves.
   */
  stored(): Record<string, string> {
    return JSON.parse(this.run((raw) => raw.stored())) as Record<string, string>;
  }

  #tell(what: string, value: unknown): string {
    const given = json(value, what);
    return this.run((raw) => raw.tell(what, given));
  }

  #word(what: string, value: unknown): string {
    const given = text(value, what);
    return this.run((raw) => raw.word(what, given));
  }

  #instant(how: "moment" | "stamp" | "until" | "from", at: Instant): string {
    const moment = seconds(at, "at");
    return this.run((raw) => raw.instant(how, moment));
  }
}
