//! One application with what the rules need to know around it, for pages and portals that keep their own rows.

use kezek::{Actor, Called, Command, Offer, Seat};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyTuple};
use serde_json::Value;

use crate::calendar::Calendar;
use crate::error::{Result, checked};
use crate::event::Event;
use crate::outcome::{Denial, Outcome};
use crate::policy::Policy;
use crate::write::{Style, dict, object};
use crate::{read, when};

/// One application and what the rules need to know around it (карточка заявления / өтініш карточкасы). Immutable:
/// `apply` and `advance` answer the next card.
///
/// From `Register.card`; or a portal that keeps its own rows makes it: out of columns with `of_row`, out of what it stored
/// of one with `from_dict`, of a new application at the `Desk`. It says what the register would at its
/// `revision`, for every `now` before `valid_until`.
#[pyclass(frozen, module = "kezek")]
pub(crate) struct Card(kezek::Card);

impl Card {
    pub(crate) fn of(core: kezek::Card) -> Card {
        Card(core)
    }

    fn write<'py, T: serde::Serialize>(&self, py: Python<'py>, value: &T) -> Result<Bound<'py, PyAny>> {
        Ok(object(py, Some(self.0.policy().zone()), Style::Python, value)?)
    }

    fn answer<'py>(&self, py: Python<'py>, answer: kezek::CardOutcome) -> Result<Bound<'py, CardOutcome>> {
        let zone = self.0.policy().zone();
        let kezek::CardOutcome { outcome, card, effects } = answer;
        let answer = CardOutcome {
            effects: object(py, Some(zone), Style::Python, &effects)?.unbind(),
            events: Event::tuple(py, outcome.events, Some(zone))?.unbind(),
            denials: Denial::tuple(py, outcome.denials, zone)?.unbind(),
            card: Py::new(py, Card(card))?,
        };
        Ok(Bound::new(py, answer)?)
    }
}

#[pymethods]
impl Card {
    /// A card out of what `to_dict` gave, as a host stored it. What is around it (`vacancies`, `places`, `revision`,
    /// `valid_until`, `made_at`, `enrolled_with`) the host puts there anew. Raises `kezek.MalformedError` with the path.
    #[staticmethod]
    fn from_dict(value: &Bound<'_, PyAny>) -> Result<Card> {
        let card = read::value(value, "")?;
        checked(value.py(), || kezek::Card::from_json(&card)).map(Card)
    }

    /// A card out of the columns of a portal's table, each by its name: a row of a Django model, say.
    ///
    /// `application` is its number, `serial` its serial, 1 to 999999 (R84), `child` `{"iin", "born"}`. Every other
    /// column has a value to begin with, that of a new registration: what is not said is queued, in the line of the
    /// birth year, and its interest is to be confirmed where the policy asks for that (R31; `next_due=None`: never). The
    /// columns are those of `application` and `details` in what `to_dict` gives, and what stands beside them there.
    ///
    /// What a stage needs: `notified` `choose_by`, `seat`; `referred` `referral`, `kindergarten`, `expires_at` (not
    /// after a visit), `seat`, `issued_at`; `under_review` the same without `expires_at`; `stop_listed` and `inactive`
    /// `until`; `enrolled` `kindergarten`; `closed` `reason`. With places that it may be offered (`vacancies` with
    /// `free`): `made_at`. What does not apply to a stage must be `None`, which is a column that is not said.
    ///
    /// Raises `kezek.MalformedError` with the name of the column, `kezek.UnknownPolicyError`,
    /// `kezek.InvalidPolicyError`.
    #[staticmethod]
    #[pyo3(
        signature = (*, policy, calendar=None, **columns),
        text_signature = "(*, policy, application, serial, applicant, child, registered_at, calendar=None, \
            stage=None, reason=None, benefit=None, group_year=None, lapses=None, referral=None, \
            kindergarten=None, must_accept=None, choose_by=None, expires_at=None, recall_until=None, \
            until=None, next_due=..., seat=None, issued_at=None, referral_extensions=None, visited=None, \
            proved=None, extensions=None, referrals=None, inactivations=None, interest_since=None, \
            last_kindergarten=None, foreign=None, reminded=None, ends=None, parents=None, policy_since=None, \
            paused=None, turn=None, places=None, vacancies=None, cycle=None, enrolled_with=None, \
            next_referral=None, revision=None, made_at=None, valid_until=None)"
    )]
    fn of_row(
        py: Python<'_>,
        policy: &Bound<'_, PyAny>,
        calendar: Option<&Bound<'_, Calendar>>,
        columns: Option<&Bound<'_, PyDict>>,
    ) -> Result<Card> {
        let policy = Policy::read(policy)?;
        let calendar =
            calendar.map_or_else(kezek::Calendar::kazakhstan, |calendar| calendar.get().core().clone());
        let mut columns = columns.map(|columns| read::value(columns, "")).transpose()?.unwrap_or_default();
        if let Value::Object(columns) = &mut columns {
            columns.retain(|column, value| !value.is_null() || column == "next_due");
        }
        checked(py, || kezek::Card::of_columns(policy, calendar, columns)).map(Card)
    }

    /// The application as it stands.
    #[getter]
    fn application<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyAny>> {
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
    fn valid_until<'py>(&self, py: Python<'py>) -> Result<Option<Bound<'py, PyAny>>> {
        let zone = self.0.policy().zone();
        self.0.valid_until().map(|at| when::datetime(py, at, Some(zone))).transpose()
    }

    /// The moment of its first own deadline, for a host's agenda.
    #[getter]
    fn next_deadline<'py>(&self, py: Python<'py>) -> Result<Option<Bound<'py, PyAny>>> {
        let zone = self.0.policy().zone();
        self.0.next_deadline().map(|at| when::datetime(py, at, Some(zone))).transpose()
    }

    /// From when until when it may be called to a place, while it is queued: between the age of choice (R36) and the age
    /// limit (R12), two aware `datetime`, the second one too late; else `None`. For the query that finds whose turn it is.
    #[getter]
    fn callable<'py>(&self, py: Python<'py>) -> Result<Option<(Bound<'py, PyAny>, Bound<'py, PyAny>)>> {
        let Some((from, until)) = self.0.callable() else { return Ok(None) };
        let zone = Some(self.0.policy().zone());
        Ok(Some((when::datetime(py, from, zone)?, when::datetime(py, until, zone)?)))
    }

    /// Its place in line as text that a database can `ORDER BY` among the applications of its line: the order of service
    /// (R26, F20). To be compared byte by byte (`COLLATE "C"` in PostgreSQL, the default in SQLite). It changes with the
    /// benefit and with the policy. `None` under benefit shares (F11), where the order is no key.
    #[getter]
    fn order_key(&self) -> Option<String> {
        self.0.order_key()
    }

    /// What may be done with it now, one row for each command: `action`, `allowed`, `denials`, `until` (when the answer
    /// changes by itself); with `by` for that person. Raises as `check`, without the errors of a command.
    #[pyo3(signature = (now, *, by=None))]
    fn permissions<'py>(
        &self,
        now: &Bound<'py, PyAny>,
        by: Option<&Bound<'py, PyAny>>,
    ) -> Result<Bound<'py, PyAny>> {
        let moment = read::moment(now, "now")?;
        let by: Option<Actor> = by.map(|by| read::json(by, "by", Actor::from_json)).transpose()?;
        let rows = checked(now.py(), || self.0.permissions(moment, by.as_ref()))?;
        self.write(now.py(), &rows)
    }

    /// The buttons of the portal (кнопки / батырмалар) that somebody may see on it: rows as of `permissions` with `button`,
    /// `ends` (the end to show) and `signed` (R11). `Texts.button` says what stands on one.
    #[pyo3(signature = (now, *, by))]
    fn buttons<'py>(&self, now: &Bound<'py, PyAny>, by: &Bound<'py, PyAny>) -> Result<Bound<'py, PyAny>> {
        let moment = read::moment(now, "now")?;
        let by = read::json(by, "by", Actor::from_json)?;
        let rows = checked(now.py(), || self.0.buttons(moment, &by))?;
        self.write(now.py(), &rows)
    }

    /// What it does by itself, the earliest first: `at`, `rule`, `brings` (the type of event), `projected`.
    /// `Texts.deadline` says it. Raises as `permissions`.
    fn deadlines<'py>(&self, now: &Bound<'py, PyAny>) -> Result<Bound<'py, PyAny>> {
        let moment = read::moment(now, "now")?;
        let rows = checked(now.py(), || self.0.deadlines(moment))?;
        self.write(now.py(), &rows)
    }

    /// What stands against a command on it: nothing, or every unmet condition. It changes nothing.
    ///
    /// Raises `kezek.MalformedError` for another command, `kezek.NotFoundError` for another application or a vacancy that
    /// is not on the card (`with_offer` adds one), `kezek.StaleRevisionError`, `kezek.ClockMovedBackError`,
    /// `kezek.OutsideCalendarError`, `kezek.NumbersExhaustedError` for a hundredth referral, and `kezek.NotSettledError`
    /// while something is due by `now`: at `now` its own (call `advance`), at `valid_until` somebody else's (make a new
    /// card).
    fn check<'py>(&self, command: &Bound<'_, PyAny>, now: &Bound<'py, PyAny>) -> Result<Bound<'py, PyList>> {
        let (py, moment) = (now.py(), read::moment(now, "now")?);
        let command = read::value(command, "")?;
        let denials = checked(py, || self.0.check(Command::from_json(&command)?, moment))?;
        Denial::list(py, denials, self.0.policy().zone())
    }

    /// Lets what falls due happen, then does a command on it or denies it. The answer has the next card.
    ///
    /// A `key` is written down, not looked up: which commands were done is in the host's rows. Raises as `check`; what is
    /// due of the application itself is no error.
    fn apply<'py>(
        &self,
        command: &Bound<'_, PyAny>,
        now: &Bound<'py, PyAny>,
    ) -> Result<Bound<'py, CardOutcome>> {
        let (py, moment) = (now.py(), read::moment(now, "now")?);
        let command = read::value(command, "")?;
        let answer = checked(py, || self.0.apply(Command::from_json(&command)?, moment))?;
        self.answer(py, answer)
    }

    /// Lets what falls due up to `now` happen, each thing at its own moment.
    ///
    /// Raises as `check`; `kezek.NotSettledError` at `valid_until` too when before `now` a place goes to others: go to
    /// `next_deadline` first, call the line, and make a new card.
    fn advance<'py>(&self, now: &Bound<'py, PyAny>) -> Result<Bound<'py, CardOutcome>> {
        let moment = read::moment(now, "now")?;
        let answer = checked(now.py(), || self.0.advance(moment))?;
        self.answer(now.py(), answer)
    }

    /// The turn has come, for this place: the host calls its line (`line_to_call`), the first by `order_key` who is
    /// `callable` and has not passed the place by. Denied to one who cannot be called now.
    ///
    /// `caused_by` is the command that brought the turn, by its first event or that one's `seq`; `None`: a moment
    /// brought it (O16). Raises as `advance`.
    #[pyo3(signature = (vacancy, place, now, *, caused_by=None))]
    fn call<'py>(
        &self,
        vacancy: &Bound<'_, PyAny>,
        place: &Bound<'_, PyAny>,
        now: &Bound<'py, PyAny>,
        caused_by: Option<&Bound<'_, PyAny>>,
    ) -> Result<Bound<'py, CardOutcome>> {
        let (to, by) = (seat(vacancy, place)?, called(caused_by)?);
        let moment = read::moment(now, "now")?;
        let answer = checked(now.py(), || self.0.call(to, moment, by))?;
        self.answer(now.py(), answer)
    }

    /// Its turn is from now on for this place: somebody took the one that it was for. Denied to one without a turn.
    ///
    /// `caused_by` as of `call`. Raises as `advance`.
    #[pyo3(signature = (vacancy, place, now, *, caused_by=None))]
    fn move_turn<'py>(
        &self,
        vacancy: &Bound<'_, PyAny>,
        place: &Bound<'_, PyAny>,
        now: &Bound<'py, PyAny>,
        caused_by: Option<&Bound<'_, PyAny>>,
    ) -> Result<Bound<'py, CardOutcome>> {
        let (to, by) = (seat(vacancy, place)?, called(caused_by)?);
        let moment = read::moment(now, "now")?;
        let answer = checked(now.py(), || self.0.move_turn(to, moment, by))?;
        self.answer(now.py(), answer)
    }

    /// The same card with another vacancy on it, or with a newer row of one.
    fn with_offer(&self, offer: &Bound<'_, PyAny>) -> Result<Card> {
        Ok(Card(self.0.clone().with_offer(read::json(offer, "offer", Offer::from_json)?)))
    }

    /// As on the wire: what a host stores or sends to a page. `application` and `details` are the host's to keep; the rest
    /// stands around it.
    fn to_dict<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyDict>> {
        Ok(dict(py, Some(self.0.policy().zone()), Style::Wire, &self.0)?)
    }

    pub(crate) fn __repr__(&self) -> String {
        let application = self.0.application().application.to_string();
        format!("<kezek.Card of {application:?} at revision {}>", self.0.revision())
    }

    fn __reduce__<'py>(slf: &Bound<'py, Card>) -> Result<(Bound<'py, PyAny>, (Bound<'py, PyDict>,))> {
        Ok((slf.get_type().getattr("from_dict")?, (slf.get().to_dict(slf.py())?,)))
    }
}

fn seat(vacancy: &Bound<'_, PyAny>, place: &Bound<'_, PyAny>) -> Result<Seat> {
    Ok(Seat { vacancy: read::typed(vacancy, "vacancy")?, place: read::typed(place, "place")? })
}

/// What brings a turn, or opens places: a command, by its first event or that one's `seq`, or a moment.
pub(crate) fn called(caused_by: Option<&Bound<'_, PyAny>>) -> Result<Called> {
    let Some(given) = caused_by else { return Ok(Called::Due) };
    match given.cast::<Event>() {
        Ok(event) => Ok(Called::ByCommand(event.get().core().seq)),
        Err(_) => read::typed(given, "caused_by").map(Called::ByCommand),
    }
}

/// The place of an application in its line as text that a database can `ORDER BY`: as `Card.order_key`, of columns.
///
/// `serial` is the application's, 1 to 999999; `benefit` its benefit, or `None`. `None` under benefit shares (F11),
/// where the order is no key. Raises `kezek.MalformedError` with the name of the argument.
#[pyfunction]
#[pyo3(signature = (*, registered_at, serial, policy, benefit=None))]
pub(crate) fn order_key(
    registered_at: &Bound<'_, PyAny>,
    serial: &Bound<'_, PyAny>,
    policy: &Bound<'_, PyAny>,
    benefit: Option<&Bound<'_, PyAny>>,
) -> Result<Option<String>> {
    let registered_at = read::moment(registered_at, "registered_at")?;
    let benefit = benefit.map(|benefit| read::text(benefit, "benefit")).transpose()?;
    let serial = read::typed(serial, "serial")?;
    Ok(kezek::order_key(registered_at, serial, benefit.as_ref(), &Policy::read(policy)?))
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

impl CardOutcome {
    pub(crate) fn made(
        events: Py<PyTuple>,
        denials: Py<PyTuple>,
        card: Py<Card>,
        effects: Py<PyAny>,
    ) -> CardOutcome {
        CardOutcome { events, denials, card, effects }
    }
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
        Outcome::made(py, self.events.clone_ref(py), self.denials.clone_ref(py))
    }

    /// The same outcome when the command was done; else `kezek.DeniedError` with the denials.
    fn raise_for_denial<'py>(slf: &Bound<'py, CardOutcome>) -> Result<Bound<'py, CardOutcome>> {
        Outcome::denied(slf.py(), &slf.get().denials)?;
        Ok(slf.clone())
    }

    fn __repr__(&self, py: Python<'_>) -> Result<String> {
        let (events, denials) = (self.events.bind(py).repr()?, self.denials.bind(py).repr()?);
        Ok(format!("CardOutcome(events={events}, denials={denials}, card={})", self.card.get().__repr__()))
    }
}
