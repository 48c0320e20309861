//! Batches: one crossing for many rows, the GIL released while the library works.

use kezek::{Moment, Outcome as Done};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyList;
use serde_json::Value;

use super::Register;
use crate::error::{Result, malformed};
use crate::outcome::Outcome;
use crate::read;
use crate::table::Table;

#[pymethods]
impl Register {
    /// `apply` for many commands in order, each a pair `(command, now)`. Releases the GIL while it works.
    ///
    /// All are read before the first is done, so that one that cannot be read changes nothing. An error of a later one
    /// (a clock that moves back, a stale revision) stops the batch there: it has the path `[i]`, and those before it
    /// stay done. `rollback` takes back the last one only.
    fn apply_many<'py>(&self, commands: &Bound<'py, PyAny>) -> Result<Bound<'py, PyList>> {
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
            .collect::<Result<_>>()?;
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
            None => {
                let done = done.into_iter().map(|outcome| Outcome::of(py, outcome, self.zone));
                Ok(PyList::new(py, done.collect::<Result<Vec<_>>>()?)?)
            }
        }
    }

    /// The numbers of every active application (R26), as a table in the order of registration in this register:
    /// `application`, `stage`, `group_year`, `benefit` (`None` without one), `number`, `in_group_year`, `in_benefit`
    /// (0 without a benefit). What many calls of `position` would tell. Releases the GIL while it works.
    fn positions(&self, now: &Bound<'_, PyAny>) -> Result<Table> {
        let (py, moment) = (now.py(), read::moment(now, "now")?);
        self.released(py, |register| Ok(Table::positions(&register.at(moment)?.positions())))
    }

    /// The deadlines of an application, the earliest first, as a list of dictionaries; without an application every
    /// deadline of the register, as a table: `at` (UTC), `rule`, `application` (`None` for places that open and a
    /// policy that was announced), `projected`, `brings`. Releases the GIL while it makes the table.
    #[pyo3(signature = (application=None, now=None))]
    fn deadlines<'py>(
        &self,
        py: Python<'py>,
        application: Option<&Bound<'py, PyAny>>,
        now: Option<&Bound<'py, PyAny>>,
    ) -> Result<Bound<'py, PyAny>> {
        let now = now.ok_or_else(|| {
            PyTypeError::new_err(
                "deadlines() needs now: deadlines(application, now), or deadlines(now=now) of all",
            )
        })?;
        let moment = read::moment(now, "now")?;
        let Some(application) = application else {
            let table = self.released(py, |register| Ok(Table::deadlines(&register.at(moment)?.agenda())))?;
            return Ok(Bound::new(py, table)?.into_any());
        };
        let number = read::text(application, "application")?;
        let deadlines = self.with(py, |register| register.at(moment)?.deadlines(&number))?;
        self.written(py, &deadlines)
    }
}
