//! The register (книга учёта / есепке алу кітабы): one settlement's queue, behind a lock.

mod ask;
mod batch;
mod command;
#[cfg(feature = "fault-injection")]
mod fault;
mod past;
mod proof;

pub(crate) use past::backtest;
pub(crate) use proof::{verify, verify_proof};

use std::sync::{Arc, Mutex};

use kezek::{Error, Opening, Zone};
use pyo3::prelude::*;
use pyo3::sync::MutexExt as _;
use pyo3::types::{PyBytes, PyDict, PyList, PyString};
use serde::Serialize;
use serde_json::Value;

use crate::calendar::Calendar;
use crate::error::{
    Raised, Result, Work, answered, checked, done, guarded, internal, malformed, raised, raised_at,
};
use crate::event::Event;
use crate::outcome::{Denial, Outcome};
use crate::policy::Policy;
use crate::write::{Style, object};
use crate::{read, when};

/// What a command answers.
type Done<'py> = Result<Bound<'py, Outcome>>;

/// The queue of one settlement (R04): `Register.open("akmola-2018")`.
///
/// Time is always an argument, an aware `datetime` (any zone) or RFC 3339 text; a call with a `now` first settles
/// what fell due up to it, each thing at its own moment. Any thread may call it: a lock keeps calls apart, and long
/// ones release the GIL.
///
/// A command is a keyword method, or a dictionary for `apply`; it answers an `Outcome`, and raises as `apply`. Besides its
/// own fields each takes `by` (who acts: `{"role": "applicant", "iin": ...}`, `staff` with `kindergartens`, `department`,
/// `operator`), `signature` (R11), `key` (a command with it is done once), `expected_revision`, and `ext`, an object of the
/// host's own of at most 4 KiB. `None` is a field that is not said.
///
/// A view answers plain dictionaries (`kezek.types`) with aware `datetime` in the register's zone. It raises
/// `kezek.NotSettledError` while something is due by `now` (call `advance` first), `kezek.ClockMovedBackError` and
/// `kezek.OutsideCalendarError`; `kezek.NotFoundError` for an application that does not exist.
#[pyclass(frozen, module = "kezek")]
pub(crate) struct Register {
    core: Mutex<kezek::Register>,
    /// A register keeps its zone for ever.
    zone: Zone,
}

impl Register {
    fn of(core: kezek::Register) -> Register {
        Register { zone: core.policy().zone(), core: Mutex::new(core) }
    }

    /// Does something quick with the register, the interpreter attached. No Python code runs while it is locked: what
    /// is read is read before, what is answered is written after.
    fn with<T>(
        &self,
        py: Python<'_>,
        work: impl FnOnce(&mut kezek::Register) -> Result<T, Error>,
    ) -> Result<T> {
        let (mut work, mut answer) = (Some(work), None);
        self.locked(py, &mut |register: &mut kezek::Register| {
            answer = work.take().map(|work| work(register)).transpose()?;
            Ok(())
        })?;
        answered(py, answer)
    }

    /// The same for all kinds of answers.
    #[inline(never)]
    fn locked(&self, py: Python<'_>, work: &mut dyn for<'a> Work<&'a mut kezek::Register>) -> Result<()> {
        let mut core = self.core.lock_py_attached(py).map_err(|_| broken(py))?;
        // The lock goes with the panic, so that the register is broken after one.
        checked(py, move || work.on(&mut core))
    }

    /// Does something long with the register, other threads running meanwhile.
    fn released<T: Send>(
        &self,
        py: Python<'_>,
        work: impl FnOnce(&mut kezek::Register) -> Result<T, Error> + Send,
    ) -> Result<T> {
        let (mut work, mut answer) = (Some(work), None);
        self.detached(py, &mut |register: &mut kezek::Register| {
            answer = work.take().map(|work| work(register)).transpose()?;
            Ok(())
        })?;
        answered(py, answer)
    }

    /// The same for all kinds of answers.
    #[inline(never)]
    fn detached(
        &self,
        py: Python<'_>,
        work: &mut (dyn for<'a> Work<&'a mut kezek::Register> + Send),
    ) -> Result<()> {
        let worked = py.detach(|| {
            let core = self.core.lock().ok();
            guarded(move || core.map(|mut core| work.on(&mut core)))
        });
        match worked {
            Ok(Some(worked)) => worked.map_err(|fault| raised(py, &fault)),
            Ok(None) => Err(broken(py)),
            Err(panicked) => Err(panicked.raised(py)),
        }
    }

    fn written<'py, T: Serialize>(&self, py: Python<'py>, value: &T) -> Result<Bound<'py, PyAny>> {
        Ok(object(py, Some(self.zone), Style::Python, value)?)
    }
}

#[cold]
fn broken(py: Python<'_>) -> Raised {
    internal(py, "this register failed in an earlier call; restore it from its events")
}

fn calendar_of(calendar: Option<&Bound<'_, Calendar>>) -> kezek::Calendar {
    calendar.map_or_else(kezek::Calendar::kazakhstan, |calendar| calendar.get().core().clone())
}

/// The bytes of JSON text that Python hands over.
fn json_bytes(given: &Bound<'_, PyAny>) -> Result<Option<Vec<u8>>> {
    if let Ok(bytes) = given.cast::<PyBytes>() {
        return Ok(Some(bytes.as_bytes().to_vec()));
    }
    match given.cast::<PyString>() {
        Ok(text) => Ok(Some(text.to_cow()?.as_bytes().to_vec())),
        Err(_) => Ok(None),
    }
}

#[pymethods]
impl Register {
    /// Opens an empty register.
    ///
    /// `policy` is a `Policy`, a shipped one's name or a `dict`; `name` the settlement's; `prefix` that of the numbers
    /// that it gives, 1 to 40 characters (R80, R81); `calendar` the host's own, with the id that the policy names. `chained`:
    /// each event carries the SHA-256 of the link before it and of itself, and `kezek.verify` names what was touched.
    ///
    /// Raises `kezek.UnknownPolicyError`, `kezek.InvalidPolicyError`, `kezek.MalformedError`.
    #[staticmethod]
    #[pyo3(signature = (policy, *, name="register", prefix="UO", calendar=None, chained=false))]
    fn open(
        policy: &Bound<'_, PyAny>,
        name: &str,
        prefix: &str,
        calendar: Option<&Bound<'_, Calendar>>,
        chained: bool,
    ) -> Result<Register> {
        let opening = Opening::new(Policy::read(policy)?).name(name).prefix(prefix);
        let opening = if chained { opening.chained() } else { opening };
        let opening = match calendar {
            Some(calendar) => opening.calendar(calendar.get().core().clone()),
            None => opening,
        };
        checked(policy.py(), || opening.open()).map(Register::of)
    }

    /// The register that a journal tells of; nothing is decided again. Releases the GIL.
    ///
    /// `events` are events or their dictionaries, the oldest first, or JSON text: a list, or one event a line.
    ///
    /// Raises `kezek.CorruptHistoryError` with the index of the first event that does not follow from those before it,
    /// `kezek.UnsupportedFormatError`, `kezek.MalformedError`.
    #[staticmethod]
    #[pyo3(signature = (events, *, calendar=None))]
    fn replay(events: &Bound<'_, PyAny>, calendar: Option<&Bound<'_, Calendar>>) -> Result<Register> {
        let (py, calendar) = (events.py(), calendar_of(calendar));
        let events = match json_bytes(events)? {
            Some(text) => py.detach(|| journal(&text)).map_err(|fault| fault.raised(py))?,
            None => events_of(events, "")?,
        };
        let replayed = py.detach(|| guarded(|| kezek::Register::replay_with(events, calendar)));
        done(py, replayed).map(Register::of)
    }

    /// The register of a snapshot: what `snapshot` gave (`bytes`, `str`, or the `dict` of that JSON). Releases the GIL.
    ///
    /// Raises `kezek.CorruptHistoryError` when state, digest and history do not belong together,
    /// `kezek.UnsupportedFormatError`.
    #[staticmethod]
    #[pyo3(signature = (snapshot, *, calendar=None))]
    fn restore(snapshot: &Bound<'_, PyAny>, calendar: Option<&Bound<'_, Calendar>>) -> Result<Register> {
        let (py, calendar) = (snapshot.py(), calendar_of(calendar));
        let value = match json_bytes(snapshot)? {
            Some(text) => {
                let value: Result<Value, _> = py.detach(|| serde_json::from_slice(&text));
                value.map_err(|fault| malformed(py, "", "a snapshot, JSON", &fault.to_string()))?
            }
            None => read::value(snapshot, "")?,
        };
        let restored = py.detach(|| {
            guarded(|| {
                kezek::Snapshot::from_json(value)
                    .and_then(|snapshot| kezek::Register::restore_with(snapshot, calendar))
            })
        });
        done(py, restored).map(Register::of)
    }

    /// The register of packed bytes: what `pack` gave. Nothing is decided and nothing replayed. Releases the GIL.
    ///
    /// Raises `kezek.CorruptHistoryError` for bytes that are not whole, `kezek.UnsupportedFormatError` for those of a later
    /// version.
    #[staticmethod]
    #[pyo3(signature = (packed, *, calendar=None))]
    fn unpack(packed: &Bound<'_, PyBytes>, calendar: Option<&Bound<'_, Calendar>>) -> Result<Register> {
        let (py, calendar) = (packed.py(), calendar_of(calendar));
        let bytes = packed.as_bytes();
        let unpacked = py.detach(|| guarded(|| kezek::Register::unpack_with(bytes, calendar)));
        done(py, unpacked).map(Register::of)
    }

    /// Settles what fell due up to `now`, then does a command or denies it.
    ///
    /// A denied command changes nothing beyond what had fallen due. A command whose `key` was done before is answered
    /// with the same outcome. After an error nothing at all has changed.
    ///
    /// Raises `kezek.MalformedError` with the path of the field, `kezek.KeyConflictError`, `kezek.StaleRevisionError`,
    /// `kezek.OutsideCalendarError`, `kezek.ClockMovedBackError`, `kezek.NumbersExhaustedError`.
    fn apply<'py>(&self, command: &Bound<'py, PyAny>, now: &Bound<'py, PyAny>) -> Done<'py> {
        let py = command.py();
        let now = read::moment(now, "now")?;
        self.done(py, read::value(command, "")?, now)
    }

    /// Settles what fell due up to `now`, each thing at its own moment; its `Outcome` has no denials. Raises `kezek.OutsideCalendarError`, `kezek.ClockMovedBackError`.
    fn advance<'py>(&self, now: &Bound<'py, PyAny>) -> Done<'py> {
        let py = now.py();
        let now = read::moment(now, "now")?;
        let outcome = self.with(py, |register| register.advance(now))?;
        Outcome::of(py, outcome, self.zone)
    }

    /// What stands against a command: nothing, or every unmet condition. It changes nothing.
    ///
    /// Raises as `apply`, and `kezek.NotSettledError` while something is due by `now`.
    fn check<'py>(&self, command: &Bound<'py, PyAny>, now: &Bound<'py, PyAny>) -> Result<Bound<'py, PyList>> {
        let py = command.py();
        let (now, command) = (read::moment(now, "now")?, read::value(command, "")?);
        let denials = self.with(py, |register| register.check_wire(command, now))?;
        Denial::list(py, denials, self.zone)
    }

    /// Takes back the last outcome exactly: the host's transaction failed. `False` when there is none to take back.
    fn rollback(&self, py: Python<'_>) -> Result<bool> {
        self.with(py, |register| Ok(register.rollback()))
    }

    /// Takes in the events that another writer has added to the journal: all of them, or none.
    ///
    /// Raises `kezek.CorruptHistoryError` with the index of the first event that does not follow.
    fn follow(&self, events: &Bound<'_, PyAny>) -> Result<()> {
        let read = events_of(events, "")?;
        self.released(events.py(), |register| register.follow(read))
    }

    /// The register at rest as JSON, its storage form. Releases the GIL.
    fn snapshot<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyBytes>> {
        let zone = self.zone;
        let text = self.released(py, |register| {
            let snapshot = register.snapshot();
            Ok(zone.writing(|| kezek::json_text(&snapshot)))
        })?;
        Ok(PyBytes::new(py, text.as_bytes()))
    }

    /// The register as bytes, smaller than `snapshot` and loaded much faster, by `unpack`: its state, the keys that it
    /// has answered, and the events that it keeps. Releases the GIL.
    fn pack<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyBytes>> {
        let bytes = self.released(py, |register| Ok(register.pack()))?;
        Ok(PyBytes::new(py, &bytes))
    }

    /// The events after the one whose `seq` is `after`, the oldest first; all of them without it.
    ///
    /// Raises `kezek.NotFoundError` at `events` where the host keeps some of them (`leave_history`).
    #[pyo3(signature = (after=0))]
    fn events<'py>(&self, py: Python<'py>, after: u64) -> Result<Vec<Bound<'py, PyAny>>> {
        let events = self.with(py, |register| register.events_after(after).map(<[_]>::to_vec))?;
        events.into_iter().map(|event| Event::object(py, event, Some(self.zone))).collect()
    }

    /// Gives all events to the host that keeps them itself, but for the last one, which stays here too.
    ///
    /// A register of years is then its state alone, and so is what `pack` makes of it. The views that tell of the past
    /// (`history`, `documents`, `messages` of older events, `explain_position`, `forecast`, `overrides`, `referral`) and the
    /// repetition of an older command by its key then raise `kezek.NotFoundError` at `events`. `rollback` has nothing to
    /// take back.
    fn leave_history<'py>(&self, py: Python<'py>) -> Result<Vec<Bound<'py, PyAny>>> {
        let events = self.with(py, |register| Ok(register.leave_history()))?;
        events.into_iter().map(|event| Event::object(py, event, Some(self.zone))).collect()
    }

    /// The `seq` of the last event.
    #[getter]
    fn revision(&self, py: Python<'_>) -> Result<u64> {
        self.with(py, |register| Ok(register.revision()))
    }

    /// The last moment that the register has seen, an aware `datetime`; `None` before the first.
    #[getter]
    fn now<'py>(&self, py: Python<'py>) -> Result<Option<Bound<'py, PyAny>>> {
        let now = self.with(py, |register| Ok(register.now()))?;
        now.map(|now| when::datetime(py, now, Some(self.zone))).transpose()
    }

    /// The policy in force.
    #[getter]
    fn policy(&self, py: Python<'_>) -> Result<Policy> {
        self.with(py, |register| Ok(register.policy().clone())).map(Policy::of)
    }

    /// The calendar in force.
    #[getter]
    fn calendar(&self, py: Python<'_>) -> Result<Calendar> {
        self.with(py, |register| Ok(register.calendar().clone())).map(Calendar::of)
    }

    /// `k1:` and the SHA-256 of the state without its history: equal in every language. Releases the GIL.
    fn digest(&self, py: Python<'_>) -> Result<String> {
        self.released(py, |register| Ok(register.digest()))
    }

    /// The last link of the journal's chain; `None` where it has none (`open(..., chained=True)`).
    #[getter]
    fn chain(&self, py: Python<'_>) -> Result<Option<String>> {
        self.with(py, |register| Ok(register.chain().map(ToString::to_string)))
    }

    fn __repr__(&self, py: Python<'_>) -> Result<String> {
        self.with(py, |register| {
            Ok(format!("<kezek.Register {:?} at revision {}>", register.policy().name(), register.revision()))
        })
    }

    /// A copy of its own: trying something out changes nothing here.
    fn __copy__(&self, py: Python<'_>) -> Result<Register> {
        self.released(py, |register| Ok(register.clone())).map(Register::of)
    }

    /// A copy of its own, as `copy.copy` makes one.
    fn __deepcopy__(&self, py: Python<'_>, _memo: &Bound<'_, PyAny>) -> Result<Register> {
        self.__copy__(py)
    }

    /// With its packed bytes; a calendar of the host's own is not in it.
    fn __reduce__<'py>(slf: &Bound<'py, Register>) -> Result<(Bound<'py, PyAny>, (Bound<'py, PyBytes>,))> {
        Ok((slf.get_type().getattr("unpack")?, (slf.get().pack(slf.py())?,)))
    }
}

impl Register {
    fn done<'py>(&self, py: Python<'py>, command: Value, now: kezek::Moment) -> Done<'py> {
        let outcome = self.with(py, |register| register.apply_wire(command, now))?;
        Outcome::of(py, outcome, self.zone)
    }

    /// A command of keywords.
    #[inline(never)]
    fn named<'py>(
        &self,
        name: &'static str,
        now: &Bound<'py, PyAny>,
        fields: Option<&Bound<'py, PyDict>>,
    ) -> Done<'py> {
        let py = now.py();
        let now = read::moment(now, "now")?;
        self.done(py, read::command(name, fields)?, now)
    }
}

/// Events of any iterable; `path` is where it stands.
fn events_of(given: &Bound<'_, PyAny>, path: &str) -> Result<Vec<Arc<kezek::Event>>> {
    let events = given.try_iter()?.enumerate();
    events.map(|(index, event)| Event::read(&event?, &format!("{path}[{index}]"))).collect()
}

/// What cannot be read of a journal's text: the row, and why.
enum Unread {
    Json(usize, serde_json::Error),
    Event(usize, Error),
}

impl Unread {
    fn raised(self, py: Python<'_>) -> Raised {
        match self {
            Unread::Json(row, fault) => malformed(py, &format!("[{row}]"), "JSON", &fault.to_string()),
            Unread::Event(row, fault) => raised_at(py, &fault, &format!("[{row}]")),
        }
    }
}

/// A journal as JSON text: a list, or one event a line.
fn journal(text: &[u8]) -> Result<Vec<Arc<kezek::Event>>, Unread> {
    let mut events = Vec::new();
    for value in serde_json::Deserializer::from_slice(text).into_iter::<Value>() {
        let mut value = value.map_err(|fault| Unread::Json(events.len(), fault))?;
        let listed = value.as_array_mut().filter(|_| events.is_empty()).map(std::mem::take);
        let rows = listed.unwrap_or_else(|| vec![value]);
        for row in rows {
            let event = kezek::Event::from_json(row).map_err(|fault| Unread::Event(events.len(), fault))?;
            events.push(Arc::new(event));
        }
    }
    Ok(events)
}
