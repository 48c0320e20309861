//! Events: immutable, with attributes, one Python class for each type.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use kezek::Zone;
use pyo3::exceptions::{PyAttributeError, PyTypeError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyDict, PyString, PyTuple};

use crate::error::{Raised, Result, malformed, raised, raised_at};
use crate::write::{Style, dict};
use crate::{read, when};

/// One thing that happened in a register, whole: it replays.
///
/// Immutable. Its fields are attributes, instants as aware `datetime` in the register's zone; what the type does not
/// have is an `AttributeError`. Each type is a class of its own in `kezek.events`, for `match`; `type` is its name
/// on the wire. `to_dict` and `to_json` give what a host stores, persons in full; `repr` masks persons.
#[pyclass(frozen, subclass, module = "kezek")]
pub(crate) struct Event {
    core: Arc<kezek::Event>,
    zone: Option<Zone>,
    /// Its fields as Python objects, made when the first one is asked for.
    fields: PyOnceLock<Py<PyDict>>,
}

/// The fields that may come with a command; only its first event has them.
const COMMON: [&str; 9] =
    ["by", "signature", "key", "body", "settled", "authority", "grounds", "passed", "ext"];

impl Event {
    pub(crate) fn core(&self) -> &Arc<kezek::Event> {
        &self.core
    }

    /// An event as an object of its type's class.
    pub(crate) fn object(
        py: Python<'_>,
        core: Arc<kezek::Event>,
        zone: Option<Zone>,
    ) -> Result<Bound<'_, PyAny>> {
        static KINDS: PyOnceLock<Py<PyDict>> = PyOnceLock::new();
        let kinds = KINDS.get_or_try_init(py, || {
            let kinds = py.import("kezek.events")?.getattr("KINDS")?;
            Ok::<_, Raised>(kinds.cast_into::<PyDict>()?.unbind())
        })?;
        let class = kinds.bind(py).get_item(PyString::intern(py, core.fact.name()))?;
        let event = Bound::new(py, Event { core, zone, fields: PyOnceLock::new() })?.into_any();
        Ok(class.map_or_else(|| Ok(event.clone()), |class| class.call1((&event,)))?)
    }

    /// Several events as a tuple.
    pub(crate) fn tuple<'py>(
        py: Python<'py>,
        events: Vec<Arc<kezek::Event>>,
        zone: Option<Zone>,
    ) -> Result<Bound<'py, PyTuple>> {
        let objects: Result<Vec<_>> =
            events.into_iter().map(|event| Event::object(py, event, zone)).collect();
        Ok(PyTuple::new(py, objects?)?)
    }

    /// An event that Python hands over: an `Event`, or the `dict` of one.
    pub(crate) fn read(given: &Bound<'_, PyAny>, path: &str) -> Result<Arc<kezek::Event>> {
        if let Ok(event) = given.cast::<Event>() {
            return Ok(Arc::clone(event.get().core()));
        }
        let read = kezek::Event::from_json(read::value(given, path)?);
        read.map(Arc::new).map_err(|fault| raised_at(given.py(), &fault, path))
    }

    fn fields<'py>(&self, py: Python<'py>) -> Result<&Bound<'py, PyDict>> {
        let made = || dict(py, self.zone, Style::Python, self.core.as_ref()).map(Bound::unbind);
        Ok(self.fields.get_or_try_init(py, made)?.bind(py))
    }
}

#[pymethods]
impl Event {
    #[classattr]
    #[pyo3(name = "__match_args__")]
    const MATCH_ARGS: (&'static str,) = ("type",);

    #[new]
    fn new(event: &Bound<'_, PyAny>) -> Result<Event> {
        let Ok(event) = event.cast::<Event>() else {
            return Err(PyTypeError::new_err("an event is made by a register, or by Event.from_dict").into());
        };
        let Event { core, zone, .. } = event.get();
        Ok(Event { core: Arc::clone(core), zone: *zone, fields: PyOnceLock::new() })
    }

    /// The event of a journal's row. Its instants are then shown in `zone` (such as `"Asia/Almaty"`), else in UTC.
    ///
    /// Raises `kezek.MalformedError`.
    #[staticmethod]
    #[pyo3(signature = (value, /, *, zone=None))]
    fn from_dict<'py>(
        py: Python<'py>,
        value: &Bound<'py, PyAny>,
        zone: Option<&str>,
    ) -> Result<Bound<'py, PyAny>> {
        Event::object(py, Event::read(value, "")?, known(py, zone)?)
    }

    /// The same, of JSON text.
    #[staticmethod]
    #[pyo3(signature = (text, /, *, zone=None))]
    fn from_json<'py>(py: Python<'py>, text: &str, zone: Option<&str>) -> Result<Bound<'py, PyAny>> {
        let value = serde_json::from_str(text);
        let value = value.map_err(|fault| malformed(py, "", "JSON", &fault.to_string()))?;
        let event = kezek::Event::from_json(value).map_err(|fault| raised(py, &fault))?;
        Event::object(py, Arc::new(event), known(py, zone)?)
    }

    /// Its place in the journal: 1, 2, 3 … without gaps.
    #[getter]
    fn seq(&self) -> u64 {
        self.core.seq
    }

    /// When it happened, an aware `datetime`; `None` for `opened`.
    #[getter]
    fn at<'py>(&self, py: Python<'py>) -> Result<Option<Bound<'py, PyAny>>> {
        self.core.at.map(|at| when::datetime(py, at, self.zone)).transpose()
    }

    /// Its type on the wire, such as `"turn_came"`.
    #[getter]
    fn r#type<'py>(&self, py: Python<'py>) -> Bound<'py, PyString> {
        PyString::intern(py, self.core.fact.name())
    }

    /// The rule that made it so, such as `"R38"`.
    #[getter]
    fn rule(&self) -> String {
        self.core.rule.to_string()
    }

    fn __getattr__<'py>(slf: &Bound<'py, Event>, name: &Bound<'py, PyString>) -> Result<Bound<'py, PyAny>> {
        let (py, own) = (slf.py(), slf.get());
        let text = name.to_string();
        // `from` is a word of Python's own: `from_`.
        let wire = if text == "from_" { "from" } else { text.as_str() };
        if let Some(field) = own.fields(py)?.get_item(wire)? {
            return Ok(field);
        }
        // What the wire leaves out: the class of the type says what there could be.
        if COMMON.contains(&wire) {
            return Ok(py.None().into_bound(py));
        }
        let left_out = match wire {
            "_LEFT_OUT" => None,
            "override" => return Ok(PyBool::new(py, false).to_owned().into_any()),
            _ => slf.get_type().getattr_opt(pyo3::intern!(py, "_LEFT_OUT"))?,
        };
        match left_out.map(|fields| fields.get_item(wire)) {
            Some(Ok(value)) => Ok(value),
            Some(Err(_)) | None => {
                let kind = own.core.fact.name();
                Err(PyAttributeError::new_err(format!("an event {kind:?} has no field {text:?}")).into())
            }
        }
    }

    /// As on the wire: what a host stores. Instants are text in the register's zone; persons are in full.
    fn to_dict<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyDict>> {
        Ok(dict(py, self.zone, Style::Wire, self.core.as_ref())?)
    }

    /// The same as JSON text.
    fn to_json(&self) -> String {
        let write = || kezek::json_text(self.core.as_ref());
        self.zone.map_or_else(write, |zone| zone.writing(write))
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Event>().is_ok_and(|other| self.core == other.get().core)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.core.seq, self.core.at, self.core.fact.name()).hash(&mut hasher);
        hasher.finish()
    }

    fn __repr__(slf: &Bound<'_, Event>) -> Result<String> {
        let own = slf.get();
        let fields = dict(slf.py(), own.zone, Style::Masked, own.core.as_ref())?;
        fields.del_item("type")?;
        let fields: Result<Vec<String>> =
            fields.iter().map(|(key, field)| Ok(format!("{key}={}", field.repr()?))).collect();
        Ok(format!("{}({})", slf.get_type().name()?, fields?.join(", ")))
    }

    fn __dir__<'py>(slf: &Bound<'py, Event>) -> Result<Bound<'py, PyAny>> {
        let names = slf.py().import("builtins")?.getattr("object")?.call_method1("__dir__", (slf,))?;
        Ok(names.add(slf.get().fields(slf.py())?.keys())?)
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> Result<(Bound<'py, PyAny>, Written)> {
        let make = py.import("kezek.events")?.getattr("_unpickled")?;
        Ok((make, (self.to_json(), self.zone.map(Zone::name))))
    }
}

/// What an event is pickled as: its JSON, and the zone that shows it.
type Written = (String, Option<&'static str>);

/// A zone of Kazakhstan by its name.
pub(crate) fn known(py: Python<'_>, zone: Option<&str>) -> Result<Option<Zone>> {
    zone.map(|name| name.parse().map_err(|fault| raised(py, &fault))).transpose()
}
