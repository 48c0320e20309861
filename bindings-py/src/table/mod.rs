//! Many rows at once, by columns: Apache Arrow's PyCapsule interface, which pandas, polars, pyarrow and DuckDB read,
//! and NumPy's, which takes whole numbers and instants without a copy.

mod rows;
mod values;

use std::sync::Arc;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{Array as _, RecordBatch, RecordBatchIterator, StructArray};
use arrow_schema::{ArrowError, Field, Schema};
use pyo3::exceptions::{PyAttributeError, PyIndexError, PyKeyError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyIterator, PyList, PyTuple};

use crate::error::{Raised, Result, internal};
pub(crate) use values::Values;

/// What `__arrow_c_array__` gives: the capsules of the schema and of the values.
type Capsules<'py> = (Bound<'py, PyCapsule>, Bound<'py, PyCapsule>);

/// A table: columns of equal length, by name. Immutable.
///
/// `polars.DataFrame(table)`, `pyarrow.table(table)`, `pandas.DataFrame.from_arrow(table)` and, in DuckDB,
/// `SELECT * FROM table` read it as it is, by Arrow's PyCapsule interface; `numpy.asarray(table["number"])` takes a
/// column. `len(table)` is the number of rows.
#[pyclass(frozen, module = "kezek")]
pub(crate) struct Table {
    columns: Vec<(&'static str, Values)>,
}

impl Table {
    fn of<const N: usize>(columns: [(&'static str, Values); N]) -> Table {
        Table { columns: columns.into() }
    }

    fn rows(&self) -> usize {
        self.columns.first().map_or(0, |(_, values)| values.array().len())
    }

    fn schema(&self) -> Schema {
        Schema::new(self.columns.iter().map(|(name, values)| values.field(name)).collect::<Vec<Field>>())
    }

    fn batch(&self, py: Python<'_>) -> Result<RecordBatch> {
        let columns = self.columns.iter().map(|(_, values)| values.shared()).collect();
        RecordBatch::try_new(Arc::new(self.schema()), columns).map_err(|fault| broken(py, &fault))
    }
}

#[pymethods]
impl Table {
    /// The names of the columns.
    #[getter]
    fn columns<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyTuple>> {
        Ok(PyTuple::new(py, self.columns.iter().map(|(name, _)| *name))?)
    }

    /// A column by its name. Raises `KeyError`.
    fn __getitem__(&self, name: &str) -> Result<Column> {
        let column = self.columns.iter().find(|(own, _)| *own == name);
        let (name, values) = column.ok_or_else(|| PyKeyError::new_err(name.to_owned()))?;
        Ok(Column { name, values: values.clone() })
    }

    fn __contains__(&self, name: &Bound<'_, PyAny>) -> bool {
        name.extract::<String>().is_ok_and(|name| self.columns.iter().any(|(own, _)| *own == name))
    }

    fn __len__(&self) -> usize {
        self.rows()
    }

    /// Its columns as lists of Python's own values.
    fn to_dict<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyDict>> {
        let answer = PyDict::new(py);
        for (name, values) in &self.columns {
            answer.set_item(name, values.list(py)?)?;
        }
        Ok(answer)
    }

    /// Arrow: the schema of its rows.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyCapsule>> {
        schema_capsule(py, FFI_ArrowSchema::try_from(self.schema()))
    }

    /// Arrow: its rows as one array of structs. It has one schema; another one that is asked for is not heeded.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> Result<Capsules<'py>> {
        let _ = requested_schema;
        let rows = StructArray::from(self.batch(py)?).into_data();
        let rows = PyCapsule::new_with_value(py, FFI_ArrowArray::new(&rows), c"arrow_array")?;
        Ok((self.__arrow_c_schema__(py)?, rows))
    }

    /// Arrow: its rows as a stream of one batch. It has one schema; another one that is asked for is not heeded.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> Result<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let batch = self.batch(py)?;
        let schema = batch.schema();
        let batches = RecordBatchIterator::new(std::iter::once(Ok(batch)), schema);
        Ok(PyCapsule::new_with_value(
            py,
            FFI_ArrowArrayStream::new(Box::new(batches)),
            c"arrow_array_stream",
        )?)
    }

    fn __repr__(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|(name, _)| *name).collect();
        format!("<kezek.Table of {} rows: {}>", self.rows(), names.join(", "))
    }
}

/// A column of a table, or the days that `Calendar.add_working_days` answers. Immutable.
///
/// A sequence of `int`, `str`, `bool`, `date`, or aware `datetime` in UTC; `None` where there is nothing. Arrow's
/// PyCapsule interface gives it to data libraries, and `numpy.asarray` takes numbers and instants (`datetime64[s]`,
/// UTC) without a copy, to be read only.
#[pyclass(frozen, module = "kezek", sequence)]
pub(crate) struct Column {
    name: &'static str,
    values: Values,
}

impl Column {
    pub(crate) fn of(name: &'static str, values: Values) -> Column {
        Column { name, values }
    }

    pub(crate) fn values(&self) -> &Values {
        &self.values
    }
}

#[pymethods]
impl Column {
    /// The name of the column.
    #[getter]
    fn name(&self) -> &'static str {
        self.name
    }

    fn __len__(&self) -> usize {
        self.values.array().len()
    }

    fn __getitem__<'py>(&self, py: Python<'py>, index: isize) -> Result<Bound<'py, PyAny>> {
        // From the end, as in any list of Python.
        let row = match usize::try_from(index) {
            Ok(row) => Some(row),
            Err(_) => self.__len__().checked_sub(index.unsigned_abs()),
        };
        let value = row.map(|row| self.values.get(py, row)).transpose()?.flatten();
        Ok(value.ok_or_else(|| PyIndexError::new_err("no such row"))?)
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyIterator>> {
        Ok(PyList::new(py, self.values.list(py)?)?.try_iter()?)
    }

    /// Its values as Python's own.
    fn to_list<'py>(&self, py: Python<'py>) -> Result<Vec<Bound<'py, PyAny>>> {
        self.values.list(py)
    }

    /// Arrow: the type of its values, with the name.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyCapsule>> {
        schema_capsule(py, FFI_ArrowSchema::try_from(self.values.field(self.name)))
    }

    /// Arrow: its values. It has one type; another one that is asked for is not heeded.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> Result<Capsules<'py>> {
        let _ = requested_schema;
        let values = FFI_ArrowArray::new(&self.values.array().to_data());
        let values = PyCapsule::new_with_value(py, values, c"arrow_array")?;
        Ok((self.__arrow_c_schema__(py)?, values))
    }

    /// NumPy: where numbers and instants lie. Other columns have it not, and are taken as a sequence.
    #[getter]
    fn __array_interface__<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyDict>> {
        let Some((kind, address)) = self.values.plain() else {
            return Err(PyAttributeError::new_err("neither numbers nor instants").into());
        };
        let order = if cfg!(target_endian = "big") { '>' } else { '<' };
        let interface = PyDict::new(py);
        interface.set_item("version", 3)?;
        interface.set_item("shape", (self.__len__(),))?;
        interface.set_item("typestr", format!("{order}{kind}"))?;
        // To be read only. NumPy keeps this column as long as it looks at the values.
        interface.set_item("data", (address, true))?;
        Ok(interface)
    }

    fn __repr__(&self) -> String {
        format!("<kezek.Column {:?} of {} rows>", self.name, self.__len__())
    }
}

fn schema_capsule(
    py: Python<'_>,
    schema: Result<FFI_ArrowSchema, ArrowError>,
) -> Result<Bound<'_, PyCapsule>> {
    let schema = schema.map_err(|fault| broken(py, &fault))?;
    Ok(PyCapsule::new_with_value(py, schema, c"arrow_schema")?)
}

/// Columns that do not fit each other would be a bug of this module.
fn broken(py: Python<'_>, fault: &ArrowError) -> Raised {
    internal(py, &fault.to_string())
}
