//! One application with what the rules need to know around it, for pages and portals that keep their own rows.

use kezek::{Actor, Command};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::error::checked;
use crate::event::Event;
use crate::outcome::{Denial, Outcome};
use crate::policy::Policy;
use crate::write::{Style, dict, object};
use crate::{read, when};

/// One application and what the rules need to know around it (карточка заявления / өтініш карточкасы). Immutable:
/// `apply` and `advance` answer the next card.
///
/// From `Register.card`, or from a portal's own rows by `Card.from_dict`. It says what the register would at its
/// `revision`, for every `now` before `valid_until`.
#[pyclass(frozen, module = "kezek")]
pub(crate) struct Card(kezek::Card);

impl Card {
    pub(crate) fn of(core: kezek::Card) -> Card {
        Card(core)
    }

    fn write<'py, T: serde::Serialize>(&self, py: Python<'py>, value: &T) -> PyResult<Bound<'py, PyAny>> {
        object(py, Some(self.0.policy().zone()), Style::Python, value)
    }

    fn answer(&self, py: Python<'_>, answer: kezek::CardOutcome) -> PyResult<CardOutcome> {
        let zone = self.0.policy().zone();
        let kezek::CardOutcome { outcome, card, effects } = answer;
        Ok(CardOutcome {
            effects: object(py, Some(zone), Style::Python, &effects)?.unbind(),
            events: Event::tuple(py, outcome.events, Some(zone))?.unbind(),
            denials: PyTuple::new(py, Denial::all(py, outcome.denials, zone)?)?.unbind(),
            card: Py::new(py, Card(card))?,
        })
    }
}

#[pymethods]
impl Card {
    /// A card of a portal's own rows, or of what `to_dict` gave. Raises `kezek.MalformedError` with the path.
    #[staticmethod]
    fn from_dict(value: &Bound<'_, PyAny>) -> PyResult<Card> {
        let card = read::value(value, "")?;
        checked(value.py(), || kezek::Card::from_json(&card)).map(Card)
    }

    /// The application as it stands.
    #[getter]
    fn application<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.write(py, &self.0.application())
    }

    /// The policy that it asks.
    #[getter]
    fn policy(&self) -> Policy {
        Policy::of(self.0.policy().clone())
    }

    /// The revision of the register that it tells of.
    #[getter]
    fn revision(&self) -> u64 {
        self.0.revision()
    }

    /// The first moment at which it may no longer be right; `None` when nothing of anybody else falls due.
    #[getter]
    fn valid_until<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let zone = self.0.policy().zone();
        self.0.valid_until().map(|at| when::datetime(py, at, Some(zone))).transpose()
    }

    /// The moment of its first own deadline, for a host's agenda.
    #[getter]
    fn next_deadline<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let zone = self.0.policy().zone();
        self.0.next_deadline().map(|at| when::datetime(py, at, Some(zone))).transpose()
    }

    /// What a database can `ORDER BY`, where the policy's order is a key; else `None`.
    #[getter]
    fn order_key(&self) -> Option<String> {
        self.0.order_key()
    }

    /// What may be done with it now, one row for each command; with `by` for that person.
    #[pyo3(signature = (now, *, by=None))]
    fn permissions<'py>(
        &self,
        now: &Bound<'py, PyAny>,
        by: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let moment = read::moment(now, "now")?;
        let by: Option<Actor> = by.map(|by| read::typed(by, "by")).transpose()?;
        let rows = checked(now.py(), || self.0.permissions(moment, by.as_ref()))?;
        self.write(now.py(), &rows)
    }

    /// The buttons that somebody may see on it.
    #[pyo3(signature = (now, *, by))]
    fn buttons<'py>(&self, now: &Bound<'py, PyAny>, by: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let moment = read::moment(now, "now")?;
        let by: Actor = read::typed(by, "by")?;
        let rows = checked(now.py(), || self.0.buttons(moment, &by))?;
        self.write(now.py(), &rows)
    }

    /// What it does by itself, the earliest first.
    fn deadlines<'py>(&self, now: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let moment = read::moment(now, "now")?;
        let rows = checked(now.py(), || self.0.deadlines(moment))?;
        self.write(now.py(), &rows)
    }

    /// What stands against a command on it: nothing, or every unmet condition.
    ///
    /// Raises `kezek.MalformedError` for another command, `kezek.NotFoundError` for another application,
    /// `kezek.NotSettledError`, `kezek.StaleRevisionError`, `kezek.ClockMovedBackError`.
    fn check(&self, command: &Bound<'_, PyAny>, now: &Bound<'_, PyAny>) -> PyResult<Vec<Denial>> {
        let (py, moment) = (now.py(), read::moment(now, "now")?);
        let command = read::value(command, "")?;
        let denials = checked(py, || self.0.check(Command::from_json(&command)?, moment))?;
        Denial::all(py, denials, self.0.policy().zone())
    }

    /// Lets what falls due happen, then does a command on it or denies it. Raises as `check`.
    fn apply(&self, command: &Bound<'_, PyAny>, now: &Bound<'_, PyAny>) -> PyResult<CardOutcome> {
        let (py, moment) = (now.py(), read::moment(now, "now")?);
        let command = read::value(command, "")?;
        let answer = checked(py, || self.0.apply(Command::from_json(&command)?, moment))?;
        self.answer(py, answer)
    }

    /// Lets what falls due up to `now` happen.
    fn advance(&self, now: &Bound<'_, PyAny>) -> PyResult<CardOutcome> {
        let moment = read::moment(now, "now")?;
        let answer = checked(now.py(), || self.0.advance(moment))?;
        self.answer(now.py(), answer)
    }

    /// The same card with another vacancy on it, or with a newer row of one.
    fn with_offer(&self, offer: &Bound<'_, PyAny>) -> PyResult<Card> {
        Ok(Card(self.0.clone().with_offer(read::typed(offer, "offer")?)))
    }

    /// As on the wire: what a host stores or sends to a page.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        dict(py, Some(self.0.policy().zone()), Style::Wire, &self.0)
    }

    fn __repr__(&self) -> String {
        let application = self.0.application().application.to_string();
        format!("<kezek.Card of {application:?} at revision {}>", self.0.revision())
    }

    fn __reduce__<'py>(slf: &Bound<'py, Card>) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyDict>,))> {
        Ok((slf.get_type().getattr("from_dict")?, (slf.get().to_dict(slf.py())?,)))
    }
}

/// What a card answers to a command, or to time. Immutable.
///
/// `events` and `denials` as of an `Outcome`; `card` is the card after it, to be stored; `effects` is what the host
/// changes in its other rows, in the same transaction.
#[pyclass(frozen, module = "kezek")]
pub(crate) struct CardOutcome {
    /// What happened to the application, a tuple of `Event`.
    #[pyo3(get)]
    events: Py<PyTuple>,
    /// Every unmet condition, a tuple of `Denial`.
    #[pyo3(get)]
    denials: Py<PyTuple>,
    /// The card after it.
    #[pyo3(get)]
    card: Py<Card>,
    /// What the host changes in its other rows, a list of dictionaries with a `type`.
    #[pyo3(get)]
    effects: Py<PyAny>,
}

#[pymethods]
impl CardOutcome {
    #[classattr]
    #[pyo3(name = "__match_args__")]
    const MATCH_ARGS: (&'static str, &'static str, &'static str, &'static str) =
        ("events", "denials", "card", "effects");

    /// Whether the command was done.
    #[getter]
    fn accepted(&self, py: Python<'_>) -> bool {
        self.denials.bind(py).is_empty()
    }

    /// The events and denials alone.
    #[getter]
    fn outcome(&self, py: Python<'_>) -> Outcome {
        Outcome::made(self.events.clone_ref(py), self.denials.clone_ref(py))
    }

    /// The same outcome when the command was done; else `kezek.DeniedError` with the denials.
    fn raise_for_denial<'py>(slf: &Bound<'py, CardOutcome>) -> PyResult<Bound<'py, CardOutcome>> {
        Outcome::denied(slf.py(), &slf.get().denials)?;
        Ok(slf.clone())
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let (events, denials) = (self.events.bind(py).repr()?, self.denials.bind(py).repr()?);
        Ok(format!("CardOutcome(events={events}, denials={denials}, card={})", self.card.get().__repr__()))
    }
}
