//! Working days and terms on their own.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use kezek::{CalendarYear, Day, WorkingDay};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::days::Days;
use crate::error::{Result, checked, guarded, malformed, raised_at};
use crate::write::{Style, dict};
use crate::{read, when};

/// A calendar of working days (рабочий день / жұмыс күні), as it was known on one day. Immutable.
///
/// It covers 1999-12-01 to 2150-12-31. A year is a fact when its days are listed, else projected: Monday to Friday
/// less the holidays of fixed date; an act may still move its days. It is the five-day week (F39, F46).
#[pyclass(frozen, module = "kezek")]
pub(crate) struct Calendar(kezek::Calendar);

impl Calendar {
    pub(crate) fn core(&self) -> &kezek::Calendar {
        &self.0
    }

    pub(crate) fn of(core: kezek::Calendar) -> Calendar {
        Calendar(core)
    }
}

#[pymethods]
impl Calendar {
    /// A host's own calendar: `years` are facts, `{2026: {"off": [...], "on": [...]}}`, dates as `date` or text.
    ///
    /// Raises `kezek.MalformedError` with a path such as `years.2026.off[3]`.
    #[new]
    #[pyo3(signature = (id, known_at, years))]
    fn new(id: &str, known_at: &Bound<'_, PyAny>, years: &Bound<'_, PyDict>) -> Result<Calendar> {
        let known_at = read::day(known_at, "known_at")?;
        let mut listed: BTreeMap<i32, CalendarYear> = BTreeMap::new();
        for (year, days) in years.iter() {
            let path = format!("years.{year}");
            // JSON has text for keys.
            let number = year.extract().ok().or_else(|| year.extract::<String>().ok()?.parse().ok());
            let number = number.ok_or_else(|| malformed(years.py(), &path, "a year", &read::kind(&year)))?;
            if listed.insert(number, read::json(&days, &path, CalendarYear::from_json)?).is_some() {
                return Err(malformed(years.py(), &path, "each year once", "a year that is there twice"));
            }
        }
        checked(years.py(), || kezek::Calendar::new(id, known_at, listed)).map(Calendar)
    }

    /// The five-day week of Kazakhstan, `"kz-five-day"`: 2014-2026 are facts.
    #[staticmethod]
    fn kazakhstan() -> Calendar {
        Calendar(kezek::Calendar::kazakhstan())
    }

    /// A calendar out of what `to_dict` gave. Raises `kezek.MalformedError`.
    #[staticmethod]
    fn from_dict(value: &Bound<'_, PyAny>) -> Result<Calendar> {
        read::json(value, "", kezek::Calendar::from_json).map(Calendar)
    }

    /// Its name, such as `"kz-five-day"`: the one that a policy counts by.
    #[getter]
    fn id(&self) -> &str {
        self.0.id()
    }

    /// The day whose knowledge it holds, a `date`.
    #[getter]
    fn known_at<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyAny>> {
        when::date(py, self.0.known_at())
    }

    /// SHA-256 of its canonical JSON, 64 hexadecimal digits. Two calendars are equal when their hashes are.
    #[getter]
    fn hash(&self) -> &str {
        self.0.hash()
    }

    /// Whether a year is projected, not known.
    fn is_projected(&self, year: i32) -> bool {
        self.0.is_projected(year)
    }

    /// Whether a date is a working day (F39). Raises `kezek.OutsideCalendarError`.
    fn is_working_day(&self, date: &Bound<'_, PyAny>) -> Result<bool> {
        let day = read::day(date, "date")?;
        checked(date.py(), || self.0.is_working_day(day))
    }

    /// The `n`-th working day strictly after a date (`n` from 1): the day of the event does not count (O03).
    ///
    /// Raises `kezek.MalformedError` for another `n`, `kezek.OutsideCalendarError`.
    fn working_day_after<'py>(
        &self,
        py: Python<'py>,
        date: &Bound<'py, PyAny>,
        n: &Bound<'py, PyAny>,
    ) -> Result<Bound<'py, PyAny>> {
        let (day, n) = (read::day(date, "date")?, count(n)?);
        let WorkingDay { day, projected } = checked(py, || self.0.working_day_after(day, n))?;
        Ok(py.import("kezek._types")?.getattr("WorkingDay")?.call1((when::date(py, day)?, projected))?)
    }

    /// How many working days lie after one date, through another; 0 when `through` is not later.
    ///
    /// Raises `kezek.OutsideCalendarError`.
    fn working_days_between(&self, after: &Bound<'_, PyAny>, through: &Bound<'_, PyAny>) -> Result<u32> {
        let (from, to) = (read::day(after, "after")?, read::day(through, "through")?);
        checked(after.py(), || self.0.working_days_between(from, to))
    }

    /// `working_day_after` of many dates at once; releases the GIL. The answer is of the kind that was given: for a
    /// NumPy array or a pandas column (`datetime64` without a zone) a NumPy array of `datetime64[D]`, of the same
    /// shape; for Arrow dates (date32: pyarrow, polars, a `Column`) a `Column`, which those libraries read; for any
    /// other iterable of dates a list of `date`.
    ///
    /// Raises as `working_day_after`, with the index of the first date that is none or not covered: `dates[3]`, in a
    /// NumPy array of more dimensions counted through.
    fn add_working_days<'py>(
        &self,
        dates: &Bound<'py, PyAny>,
        n: &Bound<'py, PyAny>,
    ) -> Result<Bound<'py, PyAny>> {
        let (py, n) = (dates.py(), count(n)?);
        let days = Days::read(dates)?;
        let ends = self.after(py, days.days, n)?;
        days.kind.written(py, ends)
    }

    /// As on the wire.
    fn to_dict<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyDict>> {
        Ok(dict(py, None, Style::Wire, &self.0)?)
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Calendar>().is_ok_and(|other| self.0 == other.get().0)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.0.hash().hash(&mut hasher);
        hasher.finish()
    }

    fn __repr__(&self) -> String {
        format!("Calendar({:?}, known_at={})", self.0.id(), self.0.known_at())
    }

    fn __reduce__<'py>(slf: &Bound<'py, Calendar>) -> Result<(Bound<'py, PyAny>, (Bound<'py, PyDict>,))> {
        Ok((slf.get_type().getattr("from_dict")?, (slf.get().to_dict(slf.py())?,)))
    }
}

impl Calendar {
    fn after(&self, py: Python<'_>, days: Vec<Day>, n: u16) -> Result<Vec<Day>> {
        let after = |(index, day)| match self.0.working_day_after(day, n) {
            Ok(end) => Ok(end.day),
            Err(fault) => Err((index, fault)),
        };
        let ends: Result<Result<Vec<Day>, (usize, kezek::Error)>, _> =
            py.detach(|| guarded(|| days.into_iter().enumerate().map(after).collect()));
        match ends {
            Ok(ends) => ends.map_err(|(index, fault)| raised_at(py, &fault, &format!("dates[{index}]"))),
            Err(panicked) => Err(panicked.raised(py)),
        }
    }
}

fn count(n: &Bound<'_, PyAny>) -> Result<u16> {
    let py = n.py();
    if n.is_instance_of::<pyo3::types::PyBool>() || !n.is_instance_of::<pyo3::types::PyInt>() {
        return Err(malformed(py, "n", "a whole number from 1 to 65535", &read::kind(n)));
    }
    n.extract().map_err(|_| malformed(py, "n", "a whole number from 1 to 65535", "another number"))
}
