//! What a command answers: events and denials.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use kezek::Zone;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyList, PyTuple};

use crate::error::Result;
use crate::event::{Event, known};
use crate::read;
use crate::write::{Style, dict};

/// One unmet condition of a command: an answer of the rules, no error. Immutable.
///
/// `code` is for programs, `rule` the rule that asks for it, `policy` the name of the policy that was asked;
/// `expected`, `found` and `until` are there where the code has them, else `None`. `Texts.denial` puts it into words.
#[pyclass(frozen, module = "kezek")]
pub(crate) struct Denial {
    core: Arc<kezek::Denial>,
    zone: Option<Zone>,
    fields: Py<PyDict>,
}

impl Denial {
    pub(crate) fn of(py: Python<'_>, core: Arc<kezek::Denial>, zone: Option<Zone>) -> Result<Denial> {
        Ok(Denial { fields: dict(py, zone, Style::Python, core.as_ref())?.unbind(), core, zone })
    }

    /// Several denials as a list.
    pub(crate) fn list(py: Python<'_>, denials: Vec<kezek::Denial>, zone: Zone) -> Result<Bound<'_, PyList>> {
        let list = PyList::empty(py);
        for denial in denials {
            list.append(Bound::new(py, Denial::of(py, Arc::new(denial), Some(zone))?)?)?;
        }
        Ok(list)
    }

    /// Several denials as a tuple.
    pub(crate) fn tuple(
        py: Python<'_>,
        denials: Vec<kezek::Denial>,
        zone: Zone,
    ) -> Result<Bound<'_, PyTuple>> {
        Ok(Denial::list(py, denials, zone)?.to_tuple())
    }

    /// A denial that Python hands over: a `Denial`, or the `dict` of one.
    pub(crate) fn read(given: &Bound<'_, PyAny>, path: &str) -> Result<Arc<kezek::Denial>> {
        match given.cast::<Denial>() {
            Ok(denial) => Ok(Arc::clone(&denial.get().core)),
            Err(_) => read::json(given, path, kezek::Denial::from_json).map(Arc::new),
        }
    }

    fn field<'py>(&self, py: Python<'py>, name: &str) -> Result<Option<Bound<'py, PyAny>>> {
        Ok(self.fields.bind(py).get_item(name)?)
    }
}

#[pymethods]
impl Denial {
    #[classattr]
    #[pyo3(name = "__match_args__")]
    const MATCH_ARGS: (&'static str,) = ("code",);

    /// A denial out of what `to_dict` gave, or of an answer's `denials`. `until` is then shown in `zone` (such as
    /// `"Asia/Almaty"`), else in UTC. Raises `kezek.MalformedError` with the path.
    #[staticmethod]
    #[pyo3(signature = (value, /, *, zone=None))]
    fn from_dict(py: Python<'_>, value: &Bound<'_, PyAny>, zone: Option<&str>) -> Result<Denial> {
        Denial::of(py, Denial::read(value, "")?, known(py, zone)?)
    }

    /// Which condition, such as `"no_free_place"`.
    #[getter]
    fn code<'py>(&self, py: Python<'py>) -> Result<Option<Bound<'py, PyAny>>> {
        self.field(py, "code")
    }

    /// The rule that asks for it, such as `"R35"`.
    #[getter]
    fn rule<'py>(&self, py: Python<'py>) -> Result<Option<Bound<'py, PyAny>>> {
        self.field(py, "rule")
    }

    /// The name of the policy that was asked.
    #[getter]
    fn policy<'py>(&self, py: Python<'py>) -> Result<Option<Bound<'py, PyAny>>> {
        self.field(py, "policy")
    }

    /// What would have been right; its type is the code's.
    #[getter]
    fn expected<'py>(&self, py: Python<'py>) -> Result<Option<Bound<'py, PyAny>>> {
        self.field(py, "expected")
    }

    /// What was found instead.
    #[getter]
    fn found<'py>(&self, py: Python<'py>) -> Result<Option<Bound<'py, PyAny>>> {
        self.field(py, "found")
    }

    /// The first instant at which the condition ends by itself, where it does.
    #[getter]
    fn until<'py>(&self, py: Python<'py>) -> Result<Option<Bound<'py, PyAny>>> {
        self.field(py, "until")
    }

    /// As on the wire; instants and dates are text.
    fn to_dict<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyDict>> {
        Ok(dict(py, self.zone, Style::Wire, self.core.as_ref())?)
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Denial>().is_ok_and(|other| self.core == other.get().core)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.core.code(), self.core.rule, &self.core.policy).hash(&mut hasher);
        hasher.finish()
    }

    fn __repr__(&self, py: Python<'_>) -> Result<String> {
        let fields: Result<Vec<String>> =
            self.fields.bind(py).iter().map(|(key, field)| Ok(format!("{key}={}", field.repr()?))).collect();
        Ok(format!("Denial({})", fields?.join(", ")))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> Result<(Bound<'py, PyAny>, Pickled<'py>)> {
        let make = py.import("kezek._errors")?.getattr("denial")?;
        Ok((make, (self.to_dict(py)?, self.zone.map(Zone::name))))
    }
}

/// What a denial is pickled as: its dictionary, and the zone that shows it.
type Pickled<'py> = (Bound<'py, PyDict>, Option<&'static str>);

/// The events and the denials.
type Tuples<'py> = (Bound<'py, PyTuple>, Bound<'py, PyTuple>);

/// The answer to a command: what happened, and what stood against it.
///
/// `events` is what happened; after a denied command only what had fallen due. `denials` is empty when the command
/// was done, otherwise it lists every unmet condition, the main one first. Immutable.
#[pyclass(frozen, module = "kezek")]
pub(crate) struct Outcome {
    happened: Vec<Arc<kezek::Event>>,
    zone: Option<Zone>,
    /// The events as Python objects, made when they are asked for.
    events: PyOnceLock<Py<PyTuple>>,
    /// Every unmet condition, a tuple of `Denial`.
    #[pyo3(get)]
    denials: Py<PyTuple>,
}

impl Outcome {
    pub(crate) fn of(py: Python<'_>, core: kezek::Outcome, zone: Zone) -> Result<Bound<'_, Outcome>> {
        let outcome = Outcome {
            happened: core.events,
            zone: Some(zone),
            events: PyOnceLock::new(),
            denials: Denial::tuple(py, core.denials, zone)?.unbind(),
        };
        Ok(Bound::new(py, outcome)?)
    }

    pub(crate) fn made(py: Python<'_>, events: Py<PyTuple>, denials: Py<PyTuple>) -> Outcome {
        let made = PyOnceLock::new();
        // It is empty.
        made.set(py, events).unwrap_or_default();
        Outcome { happened: Vec::new(), zone: None, events: made, denials }
    }

    fn told<'py>(&self, py: Python<'py>) -> Result<&Bound<'py, PyTuple>> {
        let make = || Event::tuple(py, self.happened.clone(), self.zone).map(Bound::unbind);
        Ok(self.events.get_or_try_init(py, make)?.bind(py))
    }

    /// `kezek.DeniedError`, where there are denials.
    pub(crate) fn denied(py: Python<'_>, denials: &Py<PyTuple>) -> Result<()> {
        if denials.bind(py).is_empty() {
            return Ok(());
        }
        let class = py.import("kezek._errors")?.getattr("DeniedError")?;
        Err(PyErr::from_value(class.call1((denials,))?).into())
    }
}

#[pymethods]
impl Outcome {
    #[classattr]
    #[pyo3(name = "__match_args__")]
    const MATCH_ARGS: (&'static str, &'static str) = ("events", "denials");

    #[new]
    #[pyo3(signature = (events, denials=None))]
    fn new(py: Python<'_>, events: Bound<'_, PyTuple>, denials: Option<Bound<'_, PyTuple>>) -> Outcome {
        let denials = denials.unwrap_or_else(|| PyTuple::empty(py));
        Outcome::made(py, events.unbind(), denials.unbind())
    }

    /// What happened, a tuple of `Event`.
    #[getter]
    fn events<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        self.told(py).cloned()
    }

    /// Whether the command was done.
    #[getter]
    fn accepted(&self, py: Python<'_>) -> bool {
        self.denials.bind(py).is_empty()
    }

    /// The same outcome when the command was done; else `kezek.DeniedError` with the denials.
    fn raise_for_denial<'py>(slf: &Bound<'py, Outcome>) -> Result<Bound<'py, Outcome>> {
        Outcome::denied(slf.py(), &slf.get().denials)?;
        Ok(slf.clone())
    }

    /// As on the wire: `{"events": [...], "denials": [...]}`.
    fn to_dict<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyDict>> {
        let written = PyDict::new(py);
        for (key, rows) in [("events", self.told(py)?), ("denials", self.denials.bind(py))] {
            let list = PyList::empty(py);
            for row in rows {
                list.append(row.call_method0("to_dict")?)?;
            }
            written.set_item(key, list)?;
        }
        Ok(written)
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> Result<bool> {
        let py = other.py();
        let Ok(other) = other.cast::<Outcome>() else { return Ok(false) };
        let other = other.get();
        Ok(self.told(py)?.eq(other.told(py)?)? && self.denials.bind(py).eq(&other.denials)?)
    }

    fn __hash__(&self, py: Python<'_>) -> Result<isize> {
        Ok(PyTuple::new(py, [self.told(py)?, self.denials.bind(py)])?.hash()?)
    }

    fn __repr__(&self, py: Python<'_>) -> Result<String> {
        let (events, denials) = (self.told(py)?.repr()?, self.denials.bind(py).repr()?);
        Ok(format!("Outcome(events={events}, denials={denials})"))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Outcome>) -> Result<(Bound<'py, PyAny>, Tuples<'py>)> {
        let (py, own) = (slf.py(), slf.get());
        Ok((slf.get_type().into_any(), (own.told(py)?.clone(), own.denials.bind(py).clone())))
    }
}
