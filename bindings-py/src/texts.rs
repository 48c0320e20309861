//! Texts in Kazakh, Russian and English, with the portal's own words.

use kezek::{Language, Zone};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::error::internal;
use crate::event::Event;
use crate::outcome::Denial;
use crate::policy::Policy;
use crate::read;

type Given<'a, 'py> = &'a Bound<'py, PyAny>;

/// Texts in `"kk"`, `"ru"` or `"en"` for the register of a policy: its zone and its names of benefits. Immutable.
#[pyclass(frozen, module = "kezek")]
pub(crate) struct Texts {
    language: Language,
    policy: kezek::Policy,
}

impl Texts {
    fn say<T>(&self, py: Python<'_>, say: impl FnOnce(kezek::Texts<'_>) -> T) -> PyResult<T> {
        let texts = kezek::Texts::of(self.language, &self.policy);
        texts.map(say).ok_or_else(|| internal(py, "this language was not built in"))
    }
}

#[pymethods]
impl Texts {
    #[new]
    #[pyo3(signature = (language, policy))]
    fn new(language: Given<'_, '_>, policy: Given<'_, '_>) -> PyResult<Texts> {
        Ok(Texts { language: read::typed(language, "language")?, policy: Policy::read(policy)? })
    }

    /// What an event says to the family.
    fn event(&self, event: &Bound<'_, Event>) -> PyResult<String> {
        self.say(event.py(), |texts| texts.event(event.get().core()))
    }

    /// Why a command was denied. Raises `ValueError` for one that was unpickled: keep its text instead.
    fn denial(&self, denial: &Bound<'_, Denial>) -> PyResult<String> {
        let core = denial.get().core().ok_or_else(|| {
            PyValueError::new_err("a denial that was unpickled has no words: keep its text instead")
        })?;
        self.say(denial.py(), |texts| texts.denial(core))
    }

    /// A stage, such as `"queued"`.
    fn stage(&self, stage: Given<'_, '_>) -> PyResult<&'static str> {
        let stage = read::typed(stage, "stage")?;
        self.say_it(|texts| texts.stage(stage))
    }

    /// Why an application was closed, such as `"withdrawn"`.
    fn close_reason(&self, reason: Given<'_, '_>) -> PyResult<&'static str> {
        let reason = read::typed(reason, "reason")?;
        self.say_it(|texts| texts.close_reason(reason))
    }

    /// The state of a vacancy: `"waiting"`, `"free_choice"`.
    fn vacancy_state(&self, state: Given<'_, '_>) -> PyResult<&'static str> {
        let state = read::typed(state, "state")?;
        self.say_it(|texts| texts.vacancy_state(state))
    }

    /// A benefit by its id, or `None`.
    #[pyo3(signature = (benefit))]
    fn benefit(&self, py: Python<'_>, benefit: Option<&Bound<'_, PyAny>>) -> PyResult<String> {
        let benefit = benefit.map(|benefit| read::text(benefit, "benefit")).transpose()?;
        self.say(py, |texts| texts.benefit(benefit.as_ref()))
    }

    /// A date.
    fn date(&self, date: Given<'_, '_>) -> PyResult<String> {
        let day = read::day(date, "date")?;
        self.say(date.py(), |texts| texts.date(day))
    }

    /// An instant, as the clocks of the policy's zone show it.
    fn moment(&self, at: Given<'_, '_>) -> PyResult<String> {
        let at_moment = read::moment(at, "at")?;
        self.say(at.py(), |texts| texts.moment(at_moment))
    }

    /// A deadline, the first instant that is too late, as people say it: the last good day.
    fn until(&self, end: Given<'_, '_>) -> PyResult<String> {
        let moment = read::moment(end, "end")?;
        self.say(end.py(), |texts| texts.until(moment))
    }

    /// A term such as `{"working_days": 3}`.
    fn term(&self, term: Given<'_, '_>) -> PyResult<String> {
        let read = read::typed(term, "term")?;
        self.say(term.py(), |texts| texts.term(read))
    }

    /// So many places.
    fn places(&self, py: Python<'_>, count: u16) -> PyResult<String> {
        self.say(py, |texts| texts.places(count))
    }

    /// All texts as they are stored: each key's name and its text, the arguments in braces.
    fn stored<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let all = PyDict::new(py);
        let texts: Vec<_> = self.say(py, |texts| texts.stored().collect())?;
        for (key, text) in texts {
            all.set_item(key, text)?;
        }
        Ok(all)
    }

    /// The zone whose clocks are shown.
    #[getter]
    fn zone(&self) -> &'static str {
        Zone::name(self.policy.zone())
    }

    fn __repr__(&self) -> String {
        format!("<kezek.Texts {:?} for {:?}>", self.language, self.policy.name())
    }
}

impl Texts {
    fn say_it(&self, say: impl FnOnce(kezek::Texts<'_>) -> &'static str) -> PyResult<&'static str> {
        Python::attach(|py| self.say(py, say))
    }
}
