//! A policy: one portal's rules as data.

use std::hash::{DefaultHasher, Hash, Hasher};

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use crate::error::{Result, checked, raised};
use crate::read;
use crate::write::{Style, dict, object};

/// The rules of one portal (правила портала / портал ережелері) as data, checked when it is made. Immutable.
///
/// `Policy("akmola-2018")` is a shipped one; `Policy({"base": "akmola-2018", "choice_window": {"working_days": 2}})`
/// says what differs from one.
///
/// Raises `kezek.UnknownPolicyError`, or `kezek.InvalidPolicyError` whose `fields` list the path of every fault.
#[pyclass(frozen, module = "kezek")]
pub(crate) struct Policy(kezek::Policy);

impl Policy {
    pub(crate) fn core(&self) -> &kezek::Policy {
        &self.0
    }

    pub(crate) fn of(core: kezek::Policy) -> Policy {
        Policy(core)
    }

    /// A policy that Python hands over: a `Policy`, a shipped one's name, or a `dict`.
    pub(crate) fn read(given: &Bound<'_, PyAny>) -> Result<kezek::Policy> {
        if let Ok(policy) = given.cast::<Policy>() {
            return Ok(policy.get().0.clone());
        }
        let value = read::value(given, "policy")?;
        checked(given.py(), || kezek::Policy::from_json(&value))
    }
}

#[pymethods]
impl Policy {
    #[new]
    #[pyo3(signature = (value, /))]
    fn new(value: &Bound<'_, PyAny>) -> Result<Policy> {
        Policy::read(value).map(Policy)
    }

    /// A shipped policy by its name. Raises `kezek.UnknownPolicyError`.
    #[staticmethod]
    fn named(name: &Bound<'_, PyString>) -> Result<Policy> {
        let text = name.to_cow()?;
        kezek::Policy::named(&text).map(Policy).map_err(|fault| raised(name.py(), &fault))
    }

    /// The names of the shipped policies.
    #[staticmethod]
    fn names() -> Vec<&'static str> {
        kezek::Policy::names().collect()
    }

    /// Of a shipped policy: the rule or fact that each value comes from.
    #[staticmethod]
    fn sources<'py>(py: Python<'py>, name: &str) -> Result<Bound<'py, PyDict>> {
        let sources = checked(py, || kezek::Policy::sources(name))?;
        Ok(dict(py, None, Style::Wire, &sources)?)
    }

    /// Its name; every denial carries it.
    #[getter]
    fn name(&self) -> &str {
        self.0.name()
    }

    /// The zone in which days begin and end, such as `"Asia/Almaty"`.
    #[getter]
    fn zone(&self) -> &'static str {
        self.0.zone().name()
    }

    /// The id of the calendar that counts its working days.
    #[getter]
    fn calendar(&self) -> &str {
        self.0.calendar()
    }

    /// What is different in another policy: the field's path, and both values.
    fn compare<'py>(&self, py: Python<'py>, other: &Bound<'py, PyAny>) -> Result<Bound<'py, PyAny>> {
        let other = Policy::read(other)?;
        Ok(object(py, None, Style::Wire, &self.0.compare(&other))?)
    }

    /// Whole, as on the wire.
    fn to_dict<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyDict>> {
        Ok(dict(py, None, Style::Wire, &self.0)?)
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Policy>().is_ok_and(|other| self.0 == other.get().0)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.0.name().hash(&mut hasher);
        hasher.finish()
    }

    fn __repr__(&self) -> String {
        format!("Policy({:?})", self.0.name())
    }

    fn __reduce__<'py>(slf: &Bound<'py, Policy>) -> Result<(Bound<'py, PyAny>, (Bound<'py, PyDict>,))> {
        Ok((slf.get_type().into_any(), (slf.get().to_dict(slf.py())?,)))
    }
}
