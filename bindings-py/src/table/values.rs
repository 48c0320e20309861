//! The values of one column.

use std::fmt::Display;
use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::{
    Array, ArrayRef, ArrowPrimitiveType, BooleanArray, Date32Array, PrimitiveArray, StringArray,
    TimestampSecondArray, UInt16Array, UInt32Array,
};
use arrow_schema::Field;
use kezek::{Day, Moment};
use pyo3::IntoPyObjectExt as _;
use pyo3::prelude::*;

use crate::error::Result;
use crate::when;

/// The values of a column, one below the other; a copy shares them.
#[derive(Clone)]
pub(crate) enum Values {
    Text(StringArray),
    Year(UInt16Array),
    Number(UInt32Array),
    Flag(BooleanArray),
    /// In UTC.
    Instant(TimestampSecondArray),
    Date(Date32Array),
}

impl Values {
    pub(crate) fn text<'a>(values: impl Iterator<Item = Option<&'a str>>) -> Values {
        Values::Text(values.collect())
    }

    /// Of text that every row has.
    pub(crate) fn words<'a>(values: impl Iterator<Item = &'a str>) -> Values {
        Values::Text(StringArray::from_iter_values(values))
    }

    /// Of what is written out.
    pub(crate) fn written(values: impl Iterator<Item = impl Display>) -> Values {
        Values::written_where_there(values.map(Some))
    }

    /// The same, where some rows have none.
    pub(crate) fn written_where_there(values: impl Iterator<Item = Option<impl Display>>) -> Values {
        let mut text = StringBuilder::with_capacity(values.size_hint().0, 0);
        for value in values {
            match value {
                // What is written before is the beginning of the next value; writing into memory does not fail.
                Some(value) => {
                    let _ = std::fmt::Write::write_fmt(&mut text, format_args!("{value}"));
                    text.append_value("");
                }
                None => text.append_null(),
            }
        }
        Values::Text(text.finish())
    }

    pub(crate) fn years(values: impl Iterator<Item = u16>) -> Values {
        Values::Year(UInt16Array::from_iter_values(values))
    }

    pub(crate) fn numbers(values: impl Iterator<Item = u32>) -> Values {
        Values::Number(UInt32Array::from_iter_values(values))
    }

    pub(crate) fn flags(values: impl Iterator<Item = bool>) -> Values {
        Values::Flag(BooleanArray::new(values.collect(), None))
    }

    pub(crate) fn instants(values: impl Iterator<Item = Moment>) -> Values {
        let seconds = TimestampSecondArray::from_iter_values(values.map(Moment::unix));
        Values::Instant(seconds.with_timezone("UTC"))
    }

    pub(crate) fn dates(values: impl Iterator<Item = Day>) -> Values {
        Values::Date(Date32Array::from_iter_values(values.map(Day::epoch)))
    }

    pub(super) fn array(&self) -> &dyn Array {
        match self {
            Values::Text(array) => array,
            Values::Year(array) => array,
            Values::Number(array) => array,
            Values::Flag(array) => array,
            Values::Instant(array) => array,
            Values::Date(array) => array,
        }
    }

    pub(super) fn shared(&self) -> ArrayRef {
        match self.clone() {
            Values::Text(array) => Arc::new(array),
            Values::Year(array) => Arc::new(array),
            Values::Number(array) => Arc::new(array),
            Values::Flag(array) => Arc::new(array),
            Values::Instant(array) => Arc::new(array),
            Values::Date(array) => Arc::new(array),
        }
    }

    pub(super) fn field(&self, name: &str) -> Field {
        // Every table of a kind has the same schema, whether a value is missing or not.
        Field::new(name, self.array().data_type().clone(), true)
    }

    /// How NumPy calls the kind of values, and where they lie; none where they do not lie as NumPy has them.
    pub(super) fn plain(&self) -> Option<(&'static str, usize)> {
        fn address<T: ArrowPrimitiveType>(array: &PrimitiveArray<T>) -> usize {
            array.values().inner().as_ptr().expose_provenance()
        }
        match self {
            Values::Year(array) => Some(("u2", address(array))),
            Values::Number(array) => Some(("u4", address(array))),
            Values::Instant(array) => Some(("M8[s]", address(array))),
            // NumPy's text, truth values and days are of other widths.
            Values::Text(_) | Values::Flag(_) | Values::Date(_) => None,
        }
    }

    /// The value of a row; none when there is no such row.
    pub(super) fn get<'py>(&self, py: Python<'py>, row: usize) -> Result<Option<Bound<'py, PyAny>>> {
        let array = self.array();
        if row >= array.len() {
            return Ok(None);
        }
        if array.is_null(row) {
            return Ok(Some(py.None().into_bound(py)));
        }
        let value = match self {
            Values::Text(array) => array.value(row).into_bound_py_any(py)?,
            Values::Year(array) => array.value(row).into_bound_py_any(py)?,
            Values::Number(array) => array.value(row).into_bound_py_any(py)?,
            Values::Flag(array) => array.value(row).into_bound_py_any(py)?,
            Values::Instant(array) => when::datetime(py, Moment::from_unix(array.value(row)), None)?,
            Values::Date(array) => when::date(py, Day::from_epoch(i64::from(array.value(row))))?,
        };
        Ok(Some(value))
    }

    pub(super) fn list<'py>(&self, py: Python<'py>) -> Result<Vec<Bound<'py, PyAny>>> {
        (0..self.array().len()).filter_map(|row| self.get(py, row).transpose()).collect()
    }

    /// The days of a column of dates.
    pub(crate) fn days(&self) -> Option<Vec<Day>> {
        match self {
            Values::Date(array) => {
                Some(array.values().iter().map(|day| Day::from_epoch(i64::from(*day))).collect())
            }
            Values::Text(_) | Values::Year(_) | Values::Number(_) | Values::Flag(_) | Values::Instant(_) => {
                None
            }
        }
    }
}
