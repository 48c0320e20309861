//! What concerns no application yet, for portals that keep their own rows: a registration, and places.

use kezek::{Command, Registration};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use serde_json::Value;

use crate::calendar::Calendar;
use crate::card::{Card, CardOutcome, called};
use crate::error::{Result, checked, malformed};
use crate::event::Event;
use crate::outcome::{Denial, Outcome};
use crate::policy::Policy;
use crate::read;
use crate::write::{Style, object};

/// The desk at which applications and free places come in, for a portal that keeps its own rows: the register's own
/// rules for what has no `Card` yet. Immutable.
///
/// `policy` is a `Policy`, a shipped one's name or a `dict`; `calendar` the host's own, with the id that the policy
/// names; `prefix` that of the numbers that it gives (R80, R81); `paused` whether every clock of the settlement stands:
/// nothing is taken in then. Its events are numbered after `revision`, the `seq` of the last one in the host's journal.
///
/// Raises `kezek.UnknownPolicyError`, `kezek.InvalidPolicyError`.
#[pyclass(frozen, module = "kezek")]
pub(crate) struct Desk {
    core: kezek::Desk,
    policy: kezek::Policy,
}

#[pymethods]
impl Desk {
    #[new]
    #[pyo3(signature = (policy, *, revision=0, calendar=None, prefix="UO", paused=false))]
    fn new(
        policy: &Bound<'_, PyAny>,
        revision: u64,
        calendar: Option<&Bound<'_, Calendar>>,
        prefix: &str,
        paused: bool,
    ) -> Result<Desk> {
        let policy = Policy::read(policy)?;
        let core = kezek::Desk::new(policy.clone()).after(revision).prefix(prefix).paused(paused);
        let core = match calendar {
            Some(calendar) => core.calendar(calendar.get().core().clone()),
            None => core,
        };
        Ok(Desk { core, policy })
    }

    /// The same desk, its events numbered after another one: the `seq` of the last event in the host's journal.
    fn after(&self, revision: u64) -> Desk {
        Desk { core: self.core.clone().after(revision), policy: self.policy.clone() }
    }

    /// The policy that it asks.
    #[getter]
    fn policy(&self) -> Policy {
        Policy::of(self.policy.clone())
    }

    /// The number that an application with this serial gets (R80): `"UO.2018.000001.1"`.
    fn number(&self, serial: &Bound<'_, PyAny>, now: &Bound<'_, PyAny>) -> Result<String> {
        Ok(self.core.number(read::typed(serial, "serial")?, read::moment(now, "now")?).to_string())
    }

    /// Puts a child in the queue, or denies it (R12-R24): a command as a dictionary, or its fields as keywords
    /// (`applicant`, `child` and what else `Register.submit` takes).
    ///
    /// What the host's rows say: `serial` is the next serial, 1 to 999999 (skip one whose own `number` is taken);
    /// `taken` the application that already has the number which the command asks for, if any (R80, R82); `active` the
    /// child's active application, if any (O27).
    ///
    /// Raises `kezek.MalformedError`, `kezek.StaleRevisionError`, `kezek.OutsideCalendarError`, and
    /// `kezek.NumbersExhaustedError` for serial 1000000.
    #[pyo3(signature = (command=None, /, *, serial, now, taken=None, active=None, **fields))]
    fn submit(
        &self,
        command: Option<&Bound<'_, PyAny>>,
        serial: &Bound<'_, PyAny>,
        now: &Bound<'_, PyAny>,
        taken: Option<&Bound<'_, PyAny>>,
        active: Option<&Bound<'_, PyAny>>,
        fields: Option<&Bound<'_, PyDict>>,
    ) -> Result<Filed> {
        let (py, moment) = (now.py(), read::moment(now, "now")?);
        let known = Registration {
            serial: read::typed(serial, "serial")?,
            taken: taken.map(|number| read::text(number, "taken")).transpose()?,
            active: active.map(|number| read::text(number, "active")).transpose()?,
        };
        let command = asked(py, "submit", command, fields)?;
        let filed = checked(py, || self.core.submit(Command::from_json(&command)?, &known, moment))?;
        let zone = self.policy.zone();
        let kezek::Filed { outcome, card, effects } = filed;
        Ok(Filed {
            effects: object(py, Some(zone), Style::Python, &effects)?.unbind(),
            events: Event::tuple(py, outcome.events, Some(zone))?.unbind(),
            denials: Denial::tuple(py, outcome.denials, zone)?.unbind(),
            card: card.map(|card| Py::new(py, Card::of(card))).transpose()?,
        })
    }

    /// Publishes places, or denies it (R60-R68): a command as a dictionary, or its fields as keywords (`kindergarten`,
    /// `group_year`, `language`, `places` and what else `Register.publish_vacancy` takes).
    ///
    /// `vacancy` is the number that they get, from 1. They wait for those whose turn it is: call the line
    /// (`Card.call`), and `open` what nobody can be offered.
    ///
    /// Raises `kezek.MalformedError`, `kezek.StaleRevisionError`, `kezek.OutsideCalendarError`.
    #[pyo3(signature = (command=None, /, *, vacancy, now, **fields))]
    fn publish<'py>(
        &self,
        py: Python<'py>,
        command: Option<&Bound<'_, PyAny>>,
        vacancy: &Bound<'_, PyAny>,
        now: &Bound<'_, PyAny>,
        fields: Option<&Bound<'_, PyDict>>,
    ) -> Result<Bound<'py, Outcome>> {
        let (vacancy, moment) = (read::typed(vacancy, "vacancy")?, read::moment(now, "now")?);
        let command = asked(py, "publish_vacancy", command, fields)?;
        let outcome = checked(py, || self.core.publish(Command::from_json(&command)?, vacancy, moment))?;
        Outcome::of(py, outcome, self.policy.zone())
    }

    /// Opens places that nobody can be offered to free choice (R41): `seats` are those of one vacancy, in their order.
    ///
    /// `caused_by` is the command that brought it, by its first event or that one's `seq`; `None`: its moment has come
    /// (O16). Raises `kezek.MalformedError` without any seat, `kezek.OutsideCalendarError`.
    #[pyo3(signature = (vacancy, seats, now, *, caused_by=None))]
    fn open<'py>(
        &self,
        py: Python<'py>,
        vacancy: &Bound<'_, PyAny>,
        seats: &Bound<'_, PyAny>,
        now: &Bound<'_, PyAny>,
        caused_by: Option<&Bound<'_, PyAny>>,
    ) -> Result<Bound<'py, Outcome>> {
        let (vacancy, seats) = (read::typed(vacancy, "vacancy")?, read::typed(seats, "seats")?);
        let (moment, by) = (read::moment(now, "now")?, called(caused_by)?);
        let outcome = checked(py, || self.core.open(vacancy, seats, moment, by))?;
        Outcome::of(py, outcome, self.policy.zone())
    }

    fn __repr__(&self) -> String {
        format!("<kezek.Desk of {:?}>", self.policy.name())
    }
}

/// A command that is given whole, or by its fields.
fn asked(
    py: Python<'_>,
    name: &'static str,
    command: Option<&Bound<'_, PyAny>>,
    fields: Option<&Bound<'_, PyDict>>,
) -> Result<Value> {
    match (command, fields) {
        (Some(command), None) => read::value(command, ""),
        (None, fields) => read::command(name, fields),
        (Some(_), Some(_)) => Err(malformed(py, "", "a command, or its fields as keywords", "both")),
    }
}

/// What the desk answers to a registration. Immutable.
///
/// `events` and `denials` as of an `Outcome`; `card` is the card of the new application, to be stored (`None` where
/// it was denied); `effects` is what the host changes in its other rows, in the same transaction.
#[pyclass(frozen, module = "kezek")]
pub(crate) struct Filed {
    /// What happened, a tuple of `Event`.
    #[pyo3(get)]
    events: Py<PyTuple>,
    /// Every unmet condition, a tuple of `Denial`.
    #[pyo3(get)]
    denials: Py<PyTuple>,
    /// The card of the new application; `None` where it was denied.
    #[pyo3(get)]
    card: Option<Py<Card>>,
    /// What the host changes in its other rows, a list of dictionaries with a `type`.
    #[pyo3(get)]
    effects: Py<PyAny>,
}

#[pymethods]
impl Filed {
    #[classattr]
    #[pyo3(name = "__match_args__")]
    const MATCH_ARGS: (&'static str, &'static str, &'static str, &'static str) =
        ("events", "denials", "card", "effects");

    /// Whether the child is in the queue now.
    #[getter]
    fn accepted(&self, py: Python<'_>) -> bool {
        self.denials.bind(py).is_empty()
    }

    /// The events and denials alone.
    #[getter]
    fn outcome(&self, py: Python<'_>) -> Outcome {
        Outcome::made(py, self.events.clone_ref(py), self.denials.clone_ref(py))
    }

    /// The same as a `CardOutcome`, whose `card` is always there; `kezek.DeniedError` with the denials where it was
    /// denied.
    fn raise_for_denial(&self, py: Python<'_>) -> Result<CardOutcome> {
        Outcome::denied(py, &self.denials)?;
        let card = self.card.as_ref().map(|card| card.clone_ref(py));
        let card = card.ok_or_else(|| crate::error::internal(py, "an application without a card"))?;
        let (events, denials) = (self.events.clone_ref(py), self.denials.clone_ref(py));
        Ok(CardOutcome::made(events, denials, card, self.effects.clone_ref(py)))
    }

    fn __repr__(&self, py: Python<'_>) -> Result<String> {
        let (events, denials) = (self.events.bind(py).repr()?, self.denials.bind(py).repr()?);
        let card = self.card.as_ref().map_or_else(|| "None".to_owned(), |card| card.get().__repr__());
        Ok(format!("Filed(events={events}, denials={denials}, card={card})"))
    }
}
