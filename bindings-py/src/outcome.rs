//! What a command answers: events and denials.

use std::hash::{DefaultHasher, Hash, Hasher};

use kezek::Zone;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyTuple};

use crate::event::Event;
use crate::write::{Style, dict};

/// One unmet condition of a command: an answer of the rules, no error. Immutable.
///
/// `code` is for programs, `rule` the rule that asks for it, `policy` the name of the policy that was asked;
/// `expected`, `found` and `until` are there where the code has them, else `None`.
#[pyclass(frozen, module = "kezek")]
pub(crate) struct Denial {
    fields: Py<PyDict>,
    /// For texts; none of one that was unpickled.
    core: Option<kezek::Denial>,
}

impl Denial {
    pub(crate) fn of(py: Python<'_>, core: kezek::Denial, zone: Zone) -> PyResult<Denial> {
        Ok(Denial { fields: dict(py, Some(zone), Style::Python, &core)?.unbind(), core: Some(core) })
    }

    pub(crate) fn all(py: Python<'_>, denials: Vec<kezek::Denial>, zone: Zone) -> PyResult<Vec<Denial>> {
        denials.into_iter().map(|denial| Denial::of(py, denial, zone)).collect()
    }

    pub(crate) fn core(&self) -> Option<&kezek::Denial> {
        self.core.as_ref()
    }

    fn field<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.fields.bind(py).get_item(name)
    }
}

#[pymethods]
impl Denial {
    #[classattr]
    #[pyo3(name = "__match_args__")]
    const MATCH_ARGS: (&'static str,) = ("code",);

    #[new]
    fn new(fields: &Bound<'_, PyDict>) -> PyResult<Denial> {
        Ok(Denial { fields: fields.copy()?.unbind(), core: None })
    }

    /// Which condition, such as `"no_free_place"`.
    #[getter]
    fn code<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.field(py, "code")
    }

    /// The rule that asks for it, such as `"R35"`.
    #[getter]
    fn rule<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.field(py, "rule")
    }

    /// The name of the policy that was asked.
    #[getter]
    fn policy<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.field(py, "policy")
    }

    /// What would have been right; its type is the code's.
    #[getter]
    fn expected<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.field(py, "expected")
    }

    /// What was found instead.
    #[getter]
    fn found<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.field(py, "found")
    }

    /// The first instant at which the condition ends by itself, where it does.
    #[getter]
    fn until<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.field(py, "until")
    }

    /// As on the wire; instants and dates are text.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let written = self.fields.bind(py).copy()?;
        for (key, field) in self.fields.bind(py).iter() {
            if field.hasattr("isoformat")? {
                written.set_item(key, field.call_method0("isoformat")?)?;
            }
        }
        Ok(written)
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> PyResult<bool> {
        let Ok(other) = other.cast::<Denial>() else { return Ok(false) };
        self.fields.bind(other.py()).eq(&other.get().fields)
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<u64> {
        let mut hasher = DefaultHasher::new();
        for name in ["code", "rule", "policy"] {
            self.field(py, name)?.map(|field| field.to_string()).hash(&mut hasher);
        }
        Ok(hasher.finish())
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let fields: PyResult<Vec<String>> =
            self.fields.bind(py).iter().map(|(key, field)| Ok(format!("{key}={}", field.repr()?))).collect();
        Ok(format!("Denial({})", fields?.join(", ")))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Denial>) -> (Bound<'py, PyAny>, (Py<PyDict>,)) {
        (slf.get_type().into_any(), (slf.get().fields.clone_ref(slf.py()),))
    }
}

/// The answer to a command: what happened, and what stood against it.
///
/// `events` is what happened; after a denied command only what had fallen due. `denials` is empty when the command
/// was done, otherwise it lists every unmet condition, the main one first. Immutable.
#[pyclass(frozen, module = "kezek")]
pub(crate) struct Outcome {
    /// What happened, a tuple of `Event`.
    #[pyo3(get)]
    events: Py<PyTuple>,
    /// Every unmet condition, a tuple of `Denial`.
    #[pyo3(get)]
    denials: Py<PyTuple>,
}

impl Outcome {
    pub(crate) fn of(py: Python<'_>, core: kezek::Outcome, zone: Zone) -> PyResult<Outcome> {
        Ok(Outcome {
            events: Event::tuple(py, core.events, Some(zone))?.unbind(),
            denials: PyTuple::new(py, Denial::all(py, core.denials, zone)?)?.unbind(),
        })
    }

    pub(crate) fn made(events: Py<PyTuple>, denials: Py<PyTuple>) -> Outcome {
        Outcome { events, denials }
    }

    /// `kezek.DeniedError`, where there are denials.
    pub(crate) fn denied(py: Python<'_>, denials: &Py<PyTuple>) -> PyResult<()> {
        if denials.bind(py).is_empty() {
            return Ok(());
        }
        let class = py.import("kezek._errors")?.getattr("DeniedError")?;
        Err(PyErr::from_value(class.call1((denials,))?))
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
        Outcome { events: events.unbind(), denials: denials.unbind() }
    }

    /// Whether the command was done.
    #[getter]
    fn accepted(&self, py: Python<'_>) -> bool {
        self.denials.bind(py).is_empty()
    }

    /// The same outcome when the command was done; else `kezek.DeniedError` with the denials.
    fn raise_for_denial<'py>(slf: &Bound<'py, Outcome>) -> PyResult<Bound<'py, Outcome>> {
        Outcome::denied(slf.py(), &slf.get().denials)?;
        Ok(slf.clone())
    }

    /// As on the wire: `{"events": [...], "denials": [...]}`.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let written = PyDict::new(py);
        for (key, rows) in [("events", &self.events), ("denials", &self.denials)] {
            let list = PyList::empty(py);
            for row in rows.bind(py) {
                list.append(row.call_method0("to_dict")?)?;
            }
            written.set_item(key, list)?;
        }
        Ok(written)
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> PyResult<bool> {
        let py = other.py();
        let Ok(other) = other.cast::<Outcome>() else { return Ok(false) };
        let other = other.get();
        Ok(self.events.bind(py).eq(&other.events)? && self.denials.bind(py).eq(&other.denials)?)
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        PyTuple::new(py, [&self.events, &self.denials])?.hash()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let (events, denials) = (self.events.bind(py).repr()?, self.denials.bind(py).repr()?);
        Ok(format!("Outcome(events={events}, denials={denials})"))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Outcome>) -> (Bound<'py, PyAny>, (Py<PyTuple>, Py<PyTuple>)) {
        let (py, own) = (slf.py(), slf.get());
        (slf.get_type().into_any(), (own.events.clone_ref(py), own.denials.clone_ref(py)))
    }
}
