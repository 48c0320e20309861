//! Texts in Kazakh, Russian and English, with the portal's own words.

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash, Hasher};

use kezek::{CannotTell, DeadlineView, Finding, Forecast, ForecastTurn, Label, Language, Moment, Zone};
use kezek::{ChangePart, NumberChange, PositionChange, QueueRow, read_json};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString};
use serde_json::Value;

use crate::error::{Result, internal, malformed, raised_at};
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

/// What a method answers: a text (of two it is a list of texts).
type Said<'py> = Result<Bound<'py, PyAny>>;

/// A text, or why there is none.
type Told = Result<Cow<'static, str>, kezek::Error>;

// A method is a name, a place for errors and how to put one kind of things into words; the rest is here, once.
impl Texts {
    fn texts(&self, py: Python<'_>) -> Result<kezek::Texts<'_>> {
        let texts = kezek::Texts::of(self.language, &self.policy);
        texts.ok_or_else(|| internal(py, "this language was not built in"))
    }

    /// The text of what is given as on the wire.
    #[inline(never)]
    fn say<'py>(
        &self,
        given: Given<'_, 'py>,
        path: &str,
        tell: fn(kezek::Texts<'_>, Value) -> Told,
    ) -> Said<'py> {
        let (py, value) = (given.py(), read::value(given, path)?);
        let text = tell(self.texts(py)?, value).map_err(|error| raised_at(py, &error, path))?;
        Ok(PyString::new(py, &text).into_any())
    }

    /// The text of an instant.
    #[inline(never)]
    fn when<'py>(
        &self,
        given: Given<'_, 'py>,
        path: &str,
        tell: fn(kezek::Texts<'_>, Moment) -> String,
    ) -> Said<'py> {
        let (py, at) = (given.py(), read::moment(given, path)?);
        Ok(PyString::new(py, &tell(self.texts(py)?, at)).into_any())
    }

    /// The text of a label.
    fn labelled<'py>(&self, py: Python<'py>, label: Label) -> Said<'py> {
        Ok(PyString::new(py, self.texts(py)?.label(label)).into_any())
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
    fn event<'py>(&self, event: Given<'_, 'py>) -> Said<'py> {
        let (py, core) = (event.py(), Event::read(event, "event")?);
        Ok(PyString::new(py, &self.texts(py)?.event(&core)).into_any())
    }

    /// What stands against a command, and what one can do: of a `Denial`, or of a row in an answer's `denials`.
    fn denial<'py>(&self, denial: Given<'_, 'py>) -> Said<'py> {
        let (py, core) = (denial.py(), Denial::read(denial, "denial")?);
        Ok(PyString::new(py, &self.texts(py)?.denial(&core)).into_any())
    }

    /// What is wrong with an input, in one or two sentences: of a `kezek.Error`, or of its `code`.
    fn error<'py>(&self, error: Given<'_, 'py>) -> Said<'py> {
        let code = error.getattr_opt("code")?;
        self.say(code.as_ref().unwrap_or(error), "error", |texts, code| {
            Ok(texts.error(read_json(code)?).into())
        })
    }

    /// What is wrong with a field of the form, one sentence to stand beside it: of a row in `Form.check`'s `findings`.
    /// It quotes nothing that was typed.
    fn finding<'py>(&self, finding: Given<'_, 'py>) -> Said<'py> {
        self.say(finding, "finding", |texts, value| Ok(texts.finding(&Finding::from_json(value)?).into()))
    }

    /// Why the numbers of an application changed («Почему изменился номер в очереди» / «Кезек нөмірі неге өзгерді»):
    /// what `Register.explain_position` answers, for each number a sentence that says what it was and is, then one for
    /// each cause (R26, R42).
    fn position_change<'py>(&self, change: Given<'_, 'py>) -> Said<'py> {
        let (py, core) = (change.py(), read::json(change, "change", PositionChange::from_json)?);
        Ok(PyList::new(py, self.texts(py)?.position_change(&core))?.into_any())
    }

    /// One number of `Register.explain_position` under its label (such as `"number"`): what it was and is, then a
    /// sentence or two for each cause.
    fn number_change<'py>(&self, label: Given<'_, '_>, change: Given<'_, 'py>) -> Said<'py> {
        let (py, label) = (change.py(), named(label)?);
        let core = read::json(change, "change", NumberChange::from_json)?;
        Ok(PyList::new(py, self.texts(py)?.number_change(label, &core))?.into_any())
    }

    /// One cause of a change of number.
    fn change_part<'py>(&self, part: Given<'_, 'py>) -> Said<'py> {
        self.say(part, "part", |texts, value| Ok(texts.change_part(&ChangePart::from_json(value)?).into()))
    }

    /// When the turn may come (прогноз очереди / кезек болжамы), how often such forecasts held, and that it is no
    /// promise; or why no date is told. Of what `Register.forecast` answers.
    fn forecast<'py>(&self, forecast: Given<'_, 'py>) -> Said<'py> {
        self.say(forecast, "forecast", |texts, value| Ok(texts.forecast(&Forecast::from_json(value)?).into()))
    }

    /// A forecast's `turn` alone.
    fn forecast_turn<'py>(&self, turn: Given<'_, 'py>) -> Said<'py> {
        self.say(turn, "turn", |texts, value| {
            Ok(texts.forecast_turn(&ForecastTurn::from_json(value)?).into())
        })
    }

    /// Why no date is told: a forecast's `cannot_tell` alone.
    fn cannot_tell<'py>(&self, why: Given<'_, 'py>) -> Said<'py> {
        self.say(why, "why", |texts, value| Ok(texts.cannot_tell(&CannotTell::from_json(value)?).into()))
    }

    /// A deadline (срок / мерзім) of `deadlines` or `next_deadline`: what is to be done by its last good day, or what
    /// comes at its moment.
    fn deadline<'py>(&self, deadline: Given<'_, 'py>) -> Said<'py> {
        self.say(deadline, "deadline", |texts, value| {
            Ok(texts.deadline(&DeadlineView::from_json(value)?).into())
        })
    }

    /// The benefit in a row of `Register.queue`: its name, "with a benefit" where too few have it to name it, or none.
    fn listed_benefit<'py>(&self, row: Given<'_, 'py>) -> Said<'py> {
        self.say(row, "row", |texts, value| Ok(texts.listed_benefit(&QueueRow::from_json(value)?).into()))
    }

    /// The name of a document by its kind, such as `"referral"`: «Направление в ДДО» (R22, R45).
    fn document<'py>(&self, kind: Given<'_, 'py>) -> Said<'py> {
        self.say(kind, "kind", |texts, value| Ok(texts.document(read_json(value)?).into()))
    }

    /// What stands on a button (кнопка / батырма) by its name, such as `"recall_referral"`: «Отозвать направление» /
    /// «Жолдаманы кері қайтару». It is the `button` of a row of `buttons`.
    fn button<'py>(&self, button: Given<'_, 'py>) -> Said<'py> {
        self.say(button, "button", |texts, value| Ok(texts.button(read_json(value)?).into()))
    }

    /// A heading or a caption of the portal by its name, such as `"in_queue_since"`: «В очереди с» (R24, R26, R61). The
    /// names are those of `stored` that begin with `label.`, without that.
    fn label<'py>(&self, label: Given<'_, 'py>) -> Said<'py> {
        self.labelled(label.py(), named(label)?)
    }

    /// The label of a field of the form by its path, such as `"child.iin"`: «ИИН ребенка» (R14, R16). It is the `field`
    /// of a finding.
    fn field<'py>(&self, path: Given<'_, 'py>) -> Said<'py> {
        let label = path.cast::<PyString>().ok().and_then(|path| Label::of_field(&path.to_cow().ok()?));
        let unknown =
            || malformed(path.py(), "path", "the path of a field of the form, such as child.iin", "another");
        self.labelled(path.py(), label.ok_or_else(unknown)?)
    }

    /// Where an application stands, such as `"queued"`: «Кезекте» / «В очереди».
    fn stage<'py>(&self, stage: Given<'_, 'py>) -> Said<'py> {
        self.say(stage, "stage", |texts, value| Ok(texts.stage(read_json(value)?).into()))
    }

    /// Why an application was closed, such as `"withdrawn"`: a part of a sentence, «по желанию заявителя».
    fn close_reason<'py>(&self, reason: Given<'_, 'py>) -> Said<'py> {
        self.say(reason, "reason", |texts, value| Ok(texts.close_reason(read_json(value)?).into()))
    }

    /// The state of a vacancy, `"waiting"` or `"free_choice"`: «Ожидает», «В свободном выборе» (R62).
    fn vacancy_state<'py>(&self, state: Given<'_, 'py>) -> Said<'py> {
        self.say(state, "state", |texts, value| Ok(texts.vacancy_state(read_json(value)?).into()))
    }

    /// The kind of a kindergarten, such as `"state"`: «Государственный» (R68).
    fn kind<'py>(&self, kind: Given<'_, 'py>) -> Said<'py> {
        self.say(kind, "kind", |texts, value| Ok(texts.kind(read_json(value)?).into()))
    }

    /// The language of instruction of a place, such as `"kk"`: «Казахский» (R63).
    fn language_of_instruction<'py>(&self, language: Given<'_, 'py>) -> Said<'py> {
        self.say(language, "language", |texts, value| {
            Ok(texts.language_of_instruction(read_json(value)?).into())
        })
    }

    /// A benefit by its id: by the name that the policy gives it, else by that of the shipped policies, else by the id;
    /// «Без льготы» for `None`.
    #[pyo3(signature = (benefit))]
    fn benefit<'py>(&self, py: Python<'py>, benefit: Option<&Bound<'py, PyAny>>) -> Said<'py> {
        let benefit = benefit.map(|benefit| read::text(benefit, "benefit")).transpose()?;
        Ok(PyString::new(py, &self.texts(py)?.benefit(benefit.as_ref())).into_any())
    }

    /// What a benefit does to the order, such as `"out_of_turn"`: «Внеочередная» (F11).
    fn tier<'py>(&self, tier: Given<'_, 'py>) -> Said<'py> {
        self.say(tier, "tier", |texts, value| Ok(texts.tier(read_json(value)?).into()))
    }

    /// Where an application was filed, such as `"egov"` (R24).
    fn channel<'py>(&self, channel: Given<'_, 'py>) -> Said<'py> {
        self.say(channel, "channel", |texts, value| Ok(texts.channel(read_json(value)?).into()))
    }

    /// Who acts, such as `"staff"`: «Сотрудник ДДО». It is the `role` of a `by`.
    fn role<'py>(&self, role: Given<'_, 'py>) -> Said<'py> {
        self.say(role, "role", |texts, value| Ok(texts.role(read_json(value)?).into()))
    }

    /// A date: «2018 жылғы 26 наурыз», «26 марта 2018 г.».
    fn date<'py>(&self, date: Given<'_, 'py>) -> Said<'py> {
        let (py, day) = (date.py(), read::day(date, "date")?);
        Ok(PyString::new(py, &self.texts(py)?.date(day)).into_any())
    }

    /// An instant, as the clocks of the policy's zone show it: «26 марта 2018 г., 18:20:00».
    fn moment<'py>(&self, at: Given<'_, 'py>) -> Said<'py> {
        self.when(at, "at", |texts, at| texts.moment(at))
    }

    /// An instant as the portal prints it in every language (R85): `26.03.2018 18:20:00`.
    fn stamp<'py>(&self, at: Given<'_, 'py>) -> Said<'py> {
        self.when(at, "at", |texts, at| texts.stamp(at))
    }

    /// A deadline, the first instant that is too late, as people say it: its last good day, «до 26 марта 2018 г.
    /// включительно», or its last good second.
    fn until<'py>(&self, end: Given<'_, 'py>) -> Said<'py> {
        self.when(end, "end", |texts, at| texts.until(at))
    }

    /// From when something holds: the date alone where it begins with a day.
    fn from_<'py>(&self, start: Given<'_, 'py>) -> Said<'py> {
        self.when(start, "start", |texts, at| texts.from(at))
    }

    /// A term such as `{"working_days": 3}`: «3 жұмыс күні», «3 рабочих дня».
    fn term<'py>(&self, term: Given<'_, 'py>) -> Said<'py> {
        self.say(term, "term", |texts, value| Ok(texts.term(read_json(value)?).into()))
    }

    /// So many places: «3 орын», «3 места».
    fn places<'py>(&self, count: Given<'_, 'py>) -> Said<'py> {
        self.say(count, "count", |texts, value| Ok(texts.places(read_json(value)?).into()))
    }

    /// All texts as they are stored: each key's name and its text, the arguments in braces, the forms for different
    /// numbers with `|` between them. For translators, and for pages that fill them in themselves.
    fn stored<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyDict>> {
        let all = PyDict::new(py);
        for (key, text) in self.texts(py)?.stored() {
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
