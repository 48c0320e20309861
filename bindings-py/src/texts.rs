//! Texts in Kazakh, Russian and English, with the portal's own words.

use std::hash::{DefaultHasher, Hash, Hasher};

use kezek::{CannotTell, DeadlineView, Finding, Forecast, ForecastTurn, Label, Language, Zone};
use kezek::{ChangePart, NumberChange, PositionChange, QueueRow, Role};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use crate::error::{Result, internal, malformed};
use crate::event::Event;
use crate::outcome::Denial;
use crate::policy::Policy;
use crate::read;

type Given<'a, 'py> = &'a Bound<'py, PyAny>;

/// Everything that the library has to say (тексты / мәтіндер), in `"kk"`, `"ru"` or `"en"`, for the register of a
/// policy: its zone and its names of benefits. Immutable.
///
/// The texts are for parents: polite, short, with the portal's own words. A deadline is told as its last good day,
/// although the wire names the first instant that is too late. Each method takes what the other objects give out: a word
/// such as `"queued"`, a row of a view as it is or out of JSON, an `Event`, a `Denial`.
///
/// Raises `kezek.MalformedError` for what is none of that, with the path in it.
#[pyclass(frozen, module = "kezek")]
pub(crate) struct Texts {
    language: Language,
    policy: kezek::Policy,
}

impl Texts {
    fn say<T>(&self, py: Python<'_>, say: impl FnOnce(kezek::Texts<'_>) -> T) -> Result<T> {
        let texts = kezek::Texts::of(self.language, &self.policy);
        texts.map(say).ok_or_else(|| internal(py, "this language was not built in"))
    }
}

#[pymethods]
impl Texts {
    #[new]
    #[pyo3(signature = (language, policy))]
    fn new(language: Given<'_, '_>, policy: Given<'_, '_>) -> Result<Texts> {
        Ok(Texts { language: read::typed(language, "language")?, policy: Policy::read(policy)? })
    }

    /// What an event says to the family.
    fn event(&self, event: Given<'_, '_>) -> Result<String> {
        let core = Event::read(event, "event")?;
        self.say(event.py(), |texts| texts.event(&core))
    }

    /// What stands against a command, and what one can do: of a `Denial`, or of a row in an answer's `denials`.
    fn denial(&self, denial: Given<'_, '_>) -> Result<String> {
        let core = Denial::read(denial, "denial")?;
        self.say(denial.py(), |texts| texts.denial(&core))
    }

    /// What is wrong with an input, in one or two sentences: of a `kezek.Error`, or of its `code`.
    fn error(&self, error: Given<'_, '_>) -> Result<&'static str> {
        let code = error.getattr_opt("code")?;
        let code = read::typed(code.as_ref().unwrap_or(error), "error")?;
        self.say(error.py(), |texts| texts.error(code))
    }

    /// What is wrong with a field of the form, one sentence to stand beside it: of a row in `Form.check`'s `findings`.
    /// It quotes nothing that was typed.
    fn finding(&self, finding: Given<'_, '_>) -> Result<String> {
        let core = read::json(finding, "finding", Finding::from_json)?;
        self.say(finding.py(), |texts| texts.finding(&core))
    }

    /// Why the numbers of an application changed («Почему изменился номер в очереди» / «Кезек нөмірі неге өзгерді»):
    /// what `Register.explain_position` answers, for each number a sentence that says what it was and is, then one for
    /// each cause (R26, R42).
    fn position_change(&self, change: Given<'_, '_>) -> Result<Vec<String>> {
        let core = read::json(change, "change", PositionChange::from_json)?;
        self.say(change.py(), |texts| texts.position_change(&core))
    }

    /// One number of `Register.explain_position` under its label (such as `"number"`): what it was and is, then a
    /// sentence or two for each cause.
    fn number_change(&self, label: Given<'_, '_>, change: Given<'_, '_>) -> Result<Vec<String>> {
        let (label, core) = (named(label)?, read::json(change, "change", NumberChange::from_json)?);
        self.say(change.py(), |texts| texts.number_change(label, &core))
    }

    /// One cause of a change of number.
    fn change_part(&self, part: Given<'_, '_>) -> Result<String> {
        let core = read::json(part, "part", ChangePart::from_json)?;
        self.say(part.py(), |texts| texts.change_part(&core))
    }

    /// When the turn may come (прогноз очереди / кезек болжамы), how often such forecasts held, and that it is no
    /// promise; or why no date is told. Of what `Register.forecast` answers.
    fn forecast(&self, forecast: Given<'_, '_>) -> Result<String> {
        let core = read::json(forecast, "forecast", Forecast::from_json)?;
        self.say(forecast.py(), |texts| texts.forecast(&core))
    }

    /// A forecast's `turn` alone.
    fn forecast_turn(&self, turn: Given<'_, '_>) -> Result<String> {
        let core = read::json(turn, "turn", ForecastTurn::from_json)?;
        self.say(turn.py(), |texts| texts.forecast_turn(&core))
    }

    /// Why no date is told: a forecast's `cannot_tell` alone.
    fn cannot_tell(&self, why: Given<'_, '_>) -> Result<String> {
        let core = read::json(why, "why", CannotTell::from_json)?;
        self.say(why.py(), |texts| texts.cannot_tell(&core))
    }

    /// A deadline (срок / мерзім) of `deadlines` or `next_deadline`: what is to be done by its last good day, or what
    /// comes at its moment.
    fn deadline(&self, deadline: Given<'_, '_>) -> Result<String> {
        let core = read::json(deadline, "deadline", DeadlineView::from_json)?;
        self.say(deadline.py(), |texts| texts.deadline(&core))
    }

    /// The benefit in a row of `Register.queue`: its name, "with a benefit" where too few have it to name it, or none.
    fn listed_benefit(&self, row: Given<'_, '_>) -> Result<String> {
        let core = read::json(row, "row", QueueRow::from_json)?;
        self.say(row.py(), |texts| texts.listed_benefit(&core))
    }

    /// The name of a document by its kind, such as `"referral"`: «Направление в ДДО» (R22, R45).
    fn document(&self, kind: Given<'_, '_>) -> Result<&'static str> {
        let core = read::typed(kind, "kind")?;
        self.say(kind.py(), |texts| texts.document(core))
    }

    /// What stands on a button (кнопка / батырма) by its name, such as `"recall_referral"`: «Отозвать направление» /
    /// «Жолдаманы кері қайтару». It is the `button` of a row of `buttons`.
    fn button(&self, button: Given<'_, '_>) -> Result<&'static str> {
        let core = read::typed(button, "button")?;
        self.say(button.py(), |texts| texts.button(core))
    }

    /// A heading or a caption of the portal by its name, such as `"in_queue_since"`: «В очереди с» (R24, R26, R61). The
    /// names are those of `stored` that begin with `label.`, without that.
    fn label(&self, label: Given<'_, '_>) -> Result<&'static str> {
        let core = named(label)?;
        self.say(label.py(), |texts| texts.label(core))
    }

    /// The label of a field of the form by its path, such as `"child.iin"`: «ИИН ребенка» (R14, R16). It is the `field`
    /// of a finding.
    fn field(&self, path: Given<'_, '_>) -> Result<&'static str> {
        let label = path.cast::<PyString>().ok().and_then(|path| Label::of_field(&path.to_cow().ok()?));
        let unknown =
            || malformed(path.py(), "path", "the path of a field of the form, such as child.iin", "another");
        let label = label.ok_or_else(unknown)?;
        self.say(path.py(), |texts| texts.label(label))
    }

    /// Where an application stands, such as `"queued"`: «Кезекте» / «В очереди».
    fn stage(&self, stage: Given<'_, '_>) -> Result<&'static str> {
        let core = read::typed(stage, "stage")?;
        self.say(stage.py(), |texts| texts.stage(core))
    }

    /// Why an application was closed, such as `"withdrawn"`: a part of a sentence, «по желанию заявителя».
    fn close_reason(&self, reason: Given<'_, '_>) -> Result<&'static str> {
        let core = read::typed(reason, "reason")?;
        self.say(reason.py(), |texts| texts.close_reason(core))
    }

    /// The state of a vacancy, `"waiting"` or `"free_choice"`: «Ожидает», «В свободном выборе» (R62).
    fn vacancy_state(&self, state: Given<'_, '_>) -> Result<&'static str> {
        let core = read::typed(state, "state")?;
        self.say(state.py(), |texts| texts.vacancy_state(core))
    }

    /// The kind of a kindergarten, such as `"state"`: «Государственный» (R68).
    fn kind(&self, kind: Given<'_, '_>) -> Result<&'static str> {
        let core = read::typed(kind, "kind")?;
        self.say(kind.py(), |texts| texts.kind(core))
    }

    /// The language of instruction of a place, such as `"kk"`: «Казахский» (R63).
    fn language_of_instruction(&self, language: Given<'_, '_>) -> Result<&'static str> {
        let core = read::typed(language, "language")?;
        self.say(language.py(), |texts| texts.language_of_instruction(core))
    }

    /// A benefit by its id: by the name that the policy gives it, else by that of the shipped policies, else by the id;
    /// «Без льготы» for `None`.
    #[pyo3(signature = (benefit))]
    fn benefit(&self, py: Python<'_>, benefit: Option<&Bound<'_, PyAny>>) -> Result<String> {
        let benefit = benefit.map(|benefit| read::text(benefit, "benefit")).transpose()?;
        self.say(py, |texts| texts.benefit(benefit.as_ref()))
    }

    /// What a benefit does to the order, such as `"out_of_turn"`: «Внеочередная» (F11).
    fn tier(&self, tier: Given<'_, '_>) -> Result<&'static str> {
        let core = read::typed(tier, "tier")?;
        self.say(tier.py(), |texts| texts.tier(core))
    }

    /// Where an application was filed, such as `"egov"` (R24).
    fn channel(&self, channel: Given<'_, '_>) -> Result<&'static str> {
        let core = read::typed(channel, "channel")?;
        self.say(channel.py(), |texts| texts.channel(core))
    }

    /// Who acts, such as `"staff"`: «Сотрудник ДДО». It is the `role` of a `by`.
    fn role(&self, role: Given<'_, '_>) -> Result<&'static str> {
        let core: Role = read::typed(role, "role")?;
        self.say(role.py(), |texts| texts.role(core))
    }

    /// A date: «2018 жылғы 26 наурыз», «26 марта 2018 г.».
    fn date(&self, date: Given<'_, '_>) -> Result<String> {
        let day = read::day(date, "date")?;
        self.say(date.py(), |texts| texts.date(day))
    }

    /// An instant, as the clocks of the policy's zone show it: «26 марта 2018 г., 18:20:00».
    fn moment(&self, at: Given<'_, '_>) -> Result<String> {
        let at_moment = read::moment(at, "at")?;
        self.say(at.py(), |texts| texts.moment(at_moment))
    }

    /// An instant as the portal prints it in every language (R85): `26.03.2018 18:20:00`.
    fn stamp(&self, at: Given<'_, '_>) -> Result<String> {
        let at_moment = read::moment(at, "at")?;
        self.say(at.py(), |texts| texts.stamp(at_moment))
    }

    /// A deadline, the first instant that is too late, as people say it: its last good day, «до 26 марта 2018 г.
    /// включительно», or its last good second.
    fn until(&self, end: Given<'_, '_>) -> Result<String> {
        let moment = read::moment(end, "end")?;
        self.say(end.py(), |texts| texts.until(moment))
    }

    /// From when something holds: the date alone where it begins with a day.
    fn from_(&self, start: Given<'_, '_>) -> Result<String> {
        let moment = read::moment(start, "start")?;
        self.say(start.py(), |texts| texts.from(moment))
    }

    /// A term such as `{"working_days": 3}`: «3 жұмыс күні», «3 рабочих дня».
    fn term(&self, term: Given<'_, '_>) -> Result<String> {
        let read = read::typed(term, "term")?;
        self.say(term.py(), |texts| texts.term(read))
    }

    /// So many places: «3 орын», «3 места».
    fn places(&self, count: Given<'_, '_>) -> Result<String> {
        let places = read::typed(count, "count")?;
        self.say(count.py(), |texts| texts.places(places))
    }

    /// All texts as they are stored: each key's name and its text, the arguments in braces, the forms for different
    /// numbers with `|` between them. For translators, and for pages that fill them in themselves.
    fn stored<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyDict>> {
        let all = PyDict::new(py);
        let texts: Vec<_> = self.say(py, |texts| texts.stored().collect())?;
        for (key, text) in texts {
            all.set_item(key, text)?;
        }
        Ok(all)
    }

    /// The language, `"kk"`, `"ru"` or `"en"`.
    #[getter]
    fn language(&self) -> &'static str {
        match self.language {
            Language::Kk => "kk",
            Language::Ru => "ru",
            Language::En => "en",
        }
    }

    /// The zone whose clocks are shown, such as `"Asia/Almaty"`.
    #[getter]
    fn zone(&self) -> &'static str {
        Zone::name(self.policy.zone())
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Texts>().is_ok_and(|other| {
            let other = other.get();
            self.language == other.language && self.policy == other.policy
        })
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.language, self.policy.name()).hash(&mut hasher);
        hasher.finish()
    }

    fn __repr__(&self) -> String {
        format!("<kezek.Texts {:?} for {:?}>", self.language(), self.policy.name())
    }

    fn __reduce__<'py>(slf: &Bound<'py, Texts>) -> (Bound<'py, PyAny>, (&'static str, Policy)) {
        let own = slf.get();
        (slf.get_type().into_any(), (own.language(), Policy::of(own.policy.clone())))
    }
}

fn named(given: Given<'_, '_>) -> Result<Label> {
    let label = given.cast::<PyString>().ok().and_then(|name| Label::named(&name.to_cow().ok()?));
    label.ok_or_else(|| malformed(given.py(), "label", "the name of a label, such as number", "another"))
}
