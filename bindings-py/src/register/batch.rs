//! Batches: one crossing for many rows, the GIL released while the library works.

use kezek::{Moment, Outcome as Done};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};
use serde_json::Value;

use super::Register;
use crate::error::malformed;
use crate::outcome::Outcome;
use crate::read;

#[pymethods]
impl Register {
    /// `apply` for many commands in order, each a pair `(command, now)`. Releases the GIL while it works.
    ///
    /// All are read before the first is done, so that one that cannot be read changes nothing. An error of a later one
    /// (a clock that moves back, a stale revision) stops the batch there: it has the path `[i]`, and those before it
    /// stay done. `rollback` takes back the last one only.
    fn apply_many(&self, commands: &Bound<'_, PyAny>) -> PyResult<Vec<Outcome>> {
        let py = commands.py();
        let read: Vec<(Value, Moment)> = commands
            .try_iter()?
            .enumerate()
            .map(|(index, row)| {
                let path = format!("[{index}]");
                let row = row?;
                let (command, now): (Bound<'_, PyAny>, Bound<'_, PyAny>) = row
                    .extract()
                    .map_err(|_| malformed(py, &path, "a pair (command, now)", &read::kind(&row)))?;
                let now = read::moment(&now, &format!("{path}.now"))?;
                Ok((read::value(&command, &path)?, now))
            })
            .collect::<PyResult<_>>()?;
        let (done, failed) = self.released(py, |register| {
            let mut done: Vec<Done> = Vec::with_capacity(read.len());
            for (command, now) in read {
                match register.apply_wire(command, now) {
                    Ok(outcome) => done.push(outcome),
                    Err(fault) => return Ok((done, Some(fault))),
                }
            }
            Ok((done, None))
        })?;
        match failed {
            Some(fault) => Err(crate::error::raised_at(py, &fault, &format!("[{}]", done.len()))),
            None => done.into_iter().map(|outcome| Outcome::of(py, outcome, self.zone)).collect(),
        }
    }

    /// The numbers of every active application (R26), by columns: `application` is a list of `str`; `number`,
    /// `in_group_year` and `in_benefit` are `memoryview`s of unsigned 32-bit integers, which `numpy.asarray` takes
    /// without a copy. In the order of registration in this register. Releases the GIL while it works.
    fn positions<'py>(&self, now: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyDict>> {
        let (py, moment) = (now.py(), read::moment(now, "now")?);
        let rows = self.released(py, |register| Ok(register.at(moment)?.positions()))?;
        let column = |number: fn(&kezek::PositionView) -> u32| {
            let bytes: Vec<u8> =
                rows.iter().flat_map(|(_, position)| number(position).to_ne_bytes()).collect();
            let bytes = PyBytes::new(py, &bytes);
            py.import("builtins")?.getattr("memoryview")?.call1((bytes,))?.call_method1("cast", ("I",))
        };
        let answer = PyDict::new(py);
        let applications: Vec<String> = rows.iter().map(|(number, _)| number.to_string()).collect();
        answer.set_item("application", applications)?;
        answer.set_item("number", column(|position| position.number)?)?;
        answer.set_item("in_group_year", column(|position| position.in_group_year)?)?;
        answer.set_item("in_benefit", column(|position| position.in_benefit)?)?;
        Ok(answer)
    }
}
