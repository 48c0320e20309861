//! The application form: what a page holds in, everything that is wrong with it and the command out (R12-R19).

use pyo3::prelude::*;

use crate::error::{Result, checked};
use crate::policy::Policy;
use crate::read;
use crate::write::{Style, object};

/// The form of a new application («Подать заявку»), everything as it was typed. Immutable; `repr` shows nothing of it.
///
/// Raises `kezek.MalformedError` for a field of another kind; what is wrong in the text of a field is a finding.
#[pyclass(frozen, module = "kezek")]
pub(crate) struct Form(kezek::Form);

#[pymethods]
impl Form {
    #[new]
    #[pyo3(signature = (value, /))]
    fn new(value: &Bound<'_, PyAny>) -> Result<Form> {
        let form = read::value(value, "")?;
        checked(value.py(), || kezek::Form::from_json(&form)).map(Form)
    }

    /// Everything found at once, in the order of the fields, and what comes of it: `findings`, `command` (the `submit`,
    /// `None` while there is an error; for `Register.apply`), `contacts` in one form each, for the host.
    fn check<'py>(&self, policy: &Bound<'py, PyAny>, now: &Bound<'py, PyAny>) -> Result<Bound<'py, PyAny>> {
        let (policy, moment) = (Policy::read(policy)?, read::moment(now, "now")?);
        let found = checked(now.py(), || Ok(self.0.check(&policy, moment)))?;
        Ok(object(now.py(), Some(policy.zone()), Style::Python, &found)?)
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Form>().is_ok_and(|other| self.0 == other.get().0)
    }

    fn __repr__(&self) -> &'static str {
        "<kezek.Form>"
    }
}
