//! Personal numbers (ИИН / ЖСН).

use std::hash::{DefaultHasher, Hash, Hasher};

use kezek::Person;
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::error::Result;
use crate::{read, when};

/// An individual identification number (ИИН / ЖСН): twelve digits with a right check digit (F33, F34). A business
/// number (БИН / БСН) is none (F36). Immutable; `repr` and `str` show only the first two digits.
///
/// Raises `kezek.MalformedError`, which describes what is wrong and never quotes it.
#[pyclass(frozen, module = "kezek")]
pub(crate) struct Iin(kezek::Iin);

impl Iin {
    pub(crate) fn core(&self) -> &kezek::Iin {
        &self.0
    }
}

#[pymethods]
impl Iin {
    #[new]
    #[pyo3(signature = (text, /))]
    fn new(text: &Bound<'_, PyAny>) -> Result<Iin> {
        read::text(text, "iin").map(Iin)
    }

    /// The birth date that the digits tell, a `date`; `None` where they tell none. It need not be the person's real
    /// one (F35).
    #[getter]
    fn birth_date<'py>(&self, py: Python<'py>) -> Result<Option<Bound<'py, PyAny>>> {
        self.0.birth_date().map(|day| when::date(py, day)).transpose()
    }

    /// Whether the digits tell another birth date than `born`: a reason to look again, never to refuse (F35).
    fn differs_from(&self, born: &Bound<'_, PyAny>) -> Result<bool> {
        Ok(self.0.differs_from(read::day(born, "born")?))
    }

    /// The number in full: personal data.
    fn reveal(&self) -> String {
        self.0.reveal()
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Iin>().is_ok_and(|other| self.0 == other.get().0)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.0.hash(&mut hasher);
        hasher.finish()
    }

    fn __repr__(&self) -> String {
        format!("Iin({:?})", self.0)
    }

    fn __reduce__<'py>(slf: &Bound<'py, Iin>) -> (Bound<'py, PyAny>, (String,)) {
        (slf.get_type().into_any(), (slf.get().reveal(),))
    }
}

/// Whether a text is a person of the wire: a personal number, or `"p:"` and 1 to 64 characters, a pseudonym.
#[pyfunction]
#[pyo3(signature = (text, /))]
pub(crate) fn is_person(text: &Bound<'_, PyString>) -> bool {
    text.to_cow().is_ok_and(|text| text.parse::<Person>().is_ok())
}
