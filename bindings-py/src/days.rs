//! Many days at once, in whichever kind of array they come, and the answer in the same kind.

use kezek::Day;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyTuple};

use crate::error::{Result, malformed};
use crate::table::{Column, Values};
use crate::{read, when};

/// Days out of Python, and what held them.
pub(crate) struct Days<'py> {
    pub(crate) days: Vec<Day>,
    pub(crate) kind: Kind<'py>,
}

/// What holds many days.
pub(crate) enum Kind<'py> {
    /// An array of NumPy, and its shape.
    NumPy(Bound<'py, PyTuple>),
    Arrow,
    List,
}

impl<'py> Days<'py> {
    pub(crate) fn read(dates: &Bound<'py, PyAny>) -> Result<Days<'py>> {
        if let Ok(column) = dates.cast::<Column>()
            && let Some(days) = column.get().values().days()
        {
            return Ok(Days { days, kind: Kind::Arrow });
        }
        // NumPy's own, and columns of pandas.
        if letter(dates).as_deref() == Some("M") {
            let array = as_numpy(dates)?;
            let shape = array.getattr("shape")?.cast_into::<PyTuple>()?;
            // Of dates, and of instants in a zone, pandas makes objects; the latter are no dates.
            let days = if letter(&array).as_deref() == Some("M") { whole(&array)? } else { each(&array)? };
            return Ok(Days { days, kind: Kind::NumPy(shape) });
        }
        if dates.hasattr("__arrow_c_array__")? || dates.hasattr("__arrow_c_stream__")? {
            let array = as_numpy(dates)?;
            let dtype = array.getattr("dtype")?.str()?;
            let days = match dtype.to_str()? {
                "datetime64[D]" => whole(&array)?,
                "object" => each(&array)?,
                _ => return Err(malformed(dates.py(), "dates", "dates (date32)", "another type of Arrow")),
            };
            return Ok(Days { days, kind: Kind::Arrow });
        }
        Ok(Days { days: each(dates)?, kind: Kind::List })
    }
}

impl<'py> Kind<'py> {
    pub(crate) fn written(self, py: Python<'py>, days: Vec<Day>) -> Result<Bound<'py, PyAny>> {
        match self {
            Kind::NumPy(shape) => {
                // Written where they stay: NumPy takes the bytes as they are.
                let days = PyBytes::new_with(py, days.len() * size_of::<i64>(), |to| {
                    for (to, day) in to.as_chunks_mut().0.iter_mut().zip(&days) {
                        *to = i64::from(day.epoch()).to_ne_bytes();
                    }
                    Ok(())
                })?;
                let days = py.import("numpy")?.call_method1("frombuffer", (days, "int64"))?;
                Ok(days.call_method1("astype", ("datetime64[D]",))?.call_method1("reshape", (shape,))?)
            }
            Kind::Arrow => {
                Ok(Bound::new(py, Column::of("date", Values::dates(days.into_iter())))?.into_any())
            }
            Kind::List => {
                let days: Result<Vec<_>> = days.into_iter().map(|day| when::date(py, day)).collect();
                Ok(days?.into_pyobject(py)?.into_any())
            }
        }
    }
}

/// The letter by which NumPy calls a kind of values, `M` for `datetime64`; none where there is no such thing.
fn letter(of: &Bound<'_, PyAny>) -> Option<String> {
    of.getattr("dtype").ok()?.getattr("kind").ok()?.extract().ok()
}

fn as_numpy<'py>(dates: &Bound<'py, PyAny>) -> Result<Bound<'py, PyAny>> {
    Ok(dates.py().import("numpy")?.call_method1("asarray", (dates,))?)
}

/// The days of an array of `datetime64`.
fn whole(array: &Bound<'_, PyAny>) -> Result<Vec<Day>> {
    let days = array.call_method1("astype", ("datetime64[D]",))?.call_method1("astype", ("int64",))?;
    let bytes = days.call_method0("tobytes")?.cast_into::<PyBytes>()?;
    let (days, _) = bytes.as_bytes().as_chunks::<8>();
    let days = days.iter().map(|day| i64::from_ne_bytes(*day)).enumerate();
    days.map(|(index, day)| match day {
        // «Not a time».
        i64::MIN => Err(malformed(array.py(), &format!("dates[{index}]"), "a date", "NaT")),
        day => Ok(Day::from_epoch(day)),
    })
    .collect()
}

fn each(dates: &Bound<'_, PyAny>) -> Result<Vec<Day>> {
    let days = dates.try_iter()?.enumerate();
    days.map(|(index, date)| read::day(&date?, &format!("dates[{index}]"))).collect()
}
