//! Instants and dates at the border: Python's aware `datetime` and `date`, both ways.

use kezek::{Day, Moment};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyType};

use crate::error::{Result, naive};

/// Python's `datetime` module, looked up once.
struct Clock {
    datetime: Py<PyType>,
    date: Py<PyType>,
    timezone: Py<PyAny>,
    utc: Py<PyAny>,
    /// 1970-01-01T00:00:00Z.
    epoch: Py<PyAny>,
    /// The zones of Kazakhstan: +05:00 and +06:00.
    five: Py<PyAny>,
    six: Py<PyAny>,
}

fn clock(py: Python<'_>) -> Result<&Clock> {
    static CLOCK: PyOnceLock<Clock> = PyOnceLock::new();
    CLOCK.get_or_try_init(py, || {
        let module = py.import("datetime")?;
        let datetime = module.getattr("datetime")?.cast_into::<PyType>()?;
        let timezone = module.getattr("timezone")?;
        let utc = timezone.getattr("utc")?;
        let epoch = datetime.call1((1970, 1, 1, 0, 0, 0, 0, &utc))?;
        Ok(Clock {
            date: module.getattr("date")?.cast_into::<PyType>()?.unbind(),
            five: fixed(py, &timezone, 5 * 3600)?.unbind(),
            six: fixed(py, &timezone, 6 * 3600)?.unbind(),
            datetime: datetime.unbind(),
            timezone: timezone.unbind(),
            utc: utc.unbind(),
            epoch: epoch.unbind(),
        })
    })
}

fn fixed<'py>(py: Python<'py>, timezone: &Bound<'py, PyAny>, seconds: i32) -> Result<Bound<'py, PyAny>> {
    let difference = PyDict::new(py);
    difference.set_item("seconds", seconds)?;
    let difference = py.import("datetime")?.getattr("timedelta")?.call((), Some(&difference))?;
    Ok(timezone.call1((difference,))?)
}

/// The moment of an aware `datetime`, whole seconds; none of anything else.
///
/// # Errors
/// `kezek.MalformedError`, a `ValueError`, for a naive one: a guess would be wrong by hours.
pub(crate) fn moment(given: &Bound<'_, PyAny>, path: &str) -> Result<Option<Moment>> {
    let py = given.py();
    let clock = clock(py)?;
    let datetime = clock.datetime.bind(py);
    if !given.get_type().is(datetime) && !given.is_instance(datetime)? {
        return Ok(None);
    }
    match given.sub(clock.epoch.bind(py)) {
        Ok(since) => {
            let days: i64 = since.getattr(pyo3::intern!(py, "days"))?.extract()?;
            let seconds: i64 = since.getattr(pyo3::intern!(py, "seconds"))?.extract()?;
            Ok(Some(Moment::from_unix(days.saturating_mul(86_400).saturating_add(seconds))))
        }
        Err(_) if given.call_method0("utcoffset")?.is_none() => Err(naive(py, path)),
        Err(other) => Err(other.into()),
    }
}

/// The day of a `date` that is no `datetime`; none of anything else.
pub(crate) fn day(given: &Bound<'_, PyAny>) -> Result<Option<Day>> {
    let py = given.py();
    let clock = clock(py)?;
    if !given.is_instance(clock.date.bind(py))? || given.is_instance(clock.datetime.bind(py))? {
        return Ok(None);
    }
    let year = given.getattr(pyo3::intern!(py, "year"))?.extract()?;
    let month = given.getattr(pyo3::intern!(py, "month"))?.extract()?;
    Ok(Day::new(year, month, given.getattr(pyo3::intern!(py, "day"))?.extract()?))
}

/// A `date` of Python.
pub(crate) fn date(py: Python<'_>, day: Day) -> Result<Bound<'_, PyAny>> {
    Ok(clock(py)?.date.bind(py).call1((day.year(), day.month(), day.day()))?)
}

/// An aware `datetime` of Python, as the clocks of a zone show it; in UTC without one.
pub(crate) fn datetime(
    py: Python<'_>,
    moment: Moment,
    zone: Option<kezek::Zone>,
) -> Result<Bound<'_, PyAny>> {
    let text = zone.map_or_else(|| moment.to_string(), |zone| moment.in_zone(zone).to_string());
    match from_text(py, &text)? {
        Some(at) => Ok(at),
        None => {
            Err(pyo3::exceptions::PyOverflowError::new_err("an instant outside the years 1 to 9999").into())
        }
    }
}

/// `2018-09-09` as a `date`, `2018-03-16T18:20:00+06:00` as an aware `datetime`; none of other text.
///
/// Only for what the library writes as an instant or a date.
pub(crate) fn from_text<'py>(py: Python<'py>, text: &str) -> Result<Option<Bound<'py, PyAny>>> {
    let bytes = text.as_bytes();
    if bytes.get(4) != Some(&b'-') || bytes.get(7) != Some(&b'-') {
        return Ok(None);
    }
    let part = |from: usize, to: usize| text.get(from..to).and_then(|digits| digits.parse::<i32>().ok());
    let (Some(year), Some(month), Some(day)) = (part(0, 4), part(5, 7), part(8, 10)) else {
        return Ok(None);
    };
    let clock = clock(py)?;
    if bytes.len() == 10 {
        return Ok(clock.date.bind(py).call1((year, month, day)).map(Some)?);
    }
    let (Some(hour), Some(minute), Some(second)) = (part(11, 13), part(14, 16), part(17, 19)) else {
        return Ok(None);
    };
    let zone = match text.get(19..) {
        Some("Z") => clock.utc.bind(py).clone(),
        Some("+05:00") => clock.five.bind(py).clone(),
        Some("+06:00") => clock.six.bind(py).clone(),
        _ => {
            let (Some(hours), Some(minutes)) = (part(20, 22), part(23, 25)) else { return Ok(None) };
            let sign = if bytes.get(19) == Some(&b'-') { -1 } else { 1 };
            fixed(py, clock.timezone.bind(py), sign * (hours * 3600 + minutes * 60))?
        }
    };
    Ok(clock.datetime.bind(py).call1((year, month, day, hour, minute, second, 0, zone)).map(Some)?)
}
