//! What is read out of the history: why a number changed, when a turn may come, how good such forecasts were.

use kezek::PositionChange;
use pyo3::prelude::*;

use super::ask::{Answer, Given, number, numbers};
use super::{Register, events_of};
use crate::error::{done, guarded, raised_at};
use crate::read;
use crate::write::{Style, object};

#[pymethods]
impl Register {
    /// Why the numbers of an application changed from one moment to another (R26, R42, F13): for each of the three the
    /// number `before` and `after`, and causes whose changes sum to the difference. `Texts.position_change` says it.
    ///
    /// With `events`, the whole journal of the host (events or their dictionaries, the oldest first), it is told of
    /// them instead, under this register's calendar; releases the GIL.
    ///
    /// Raises `kezek.MalformedError` where `end` lies before `start`, `kezek.NotFoundError` for an application that is
    /// not there by `end`, `kezek.NotSettledError` while something is due by `end`; with `events` also
    /// `kezek.CorruptHistoryError`, at `events[i]` the first that does not follow.
    #[pyo3(signature = (application, start, end, now, *, events=None))]
    fn explain_position<'py>(
        &self,
        application: Given<'_, '_>,
        start: Given<'_, '_>,
        end: Given<'_, '_>,
        now: Given<'_, 'py>,
        events: Option<&Bound<'py, PyAny>>,
    ) -> Answer<'py> {
        let (py, number) = (now.py(), number(application)?);
        let (from, to) = (read::moment(start, "start")?, read::moment(end, "end")?);
        let Some(events) = events else {
            return self.asked(now, |view| view.explain_position(&number, from, to));
        };
        let (events, moment) = (events_of(events, "events")?, read::moment(now, "now")?);
        let calendar = self.with(py, |register| {
            register.at(moment)?;
            Ok(register.calendar().clone())
        })?;
        let told = py.detach(|| guarded(|| kezek::Register::replay_with(events, calendar)));
        let told = told.map_err(|panicked| panicked.raised(py))?;
        let told = told.map_err(|fault| raised_at(py, &fault, "events"))?;
        let why = py.detach(|| guarded(|| PositionChange::in_register(&told, &number, from, to)));
        Ok(object(py, Some(told.policy().zone()), Style::Python, &done(py, why)?)?)
    }

    /// When the turn of an application may come (прогноз очереди / кезек болжамы): a range of dates with how many of a
    /// hundred such forecasts held, or why that cannot be told. `Texts.forecast` says it. Releases the GIL.
    ///
    /// Raises `kezek.NotFoundError`, and as every view. For many applications ask `forecasts`.
    fn forecast<'py>(&self, application: Given<'_, '_>, now: Given<'_, 'py>) -> Answer<'py> {
        let (number, moment) = (number(application)?, read::moment(now, "now")?);
        let forecast = self.released(now.py(), |register| register.at(moment)?.forecast(&number))?;
        self.written(now.py(), &forecast)
    }

    /// `forecast` of many applications, in their order: the history is read once for all of them. Releases the GIL.
    fn forecasts<'py>(&self, applications: Given<'_, '_>, now: Given<'_, 'py>) -> Answer<'py> {
        let (numbers, moment) = (numbers(applications)?, read::moment(now, "now")?);
        let forecasts: Vec<_> = self.released(now.py(), |register| {
            let forecaster = register.at(moment)?.forecaster()?;
            numbers.iter().map(|number| forecaster.of(number)).collect()
        })?;
        self.written(now.py(), &forecasts)
    }
}

/// How often the forecasts of a journal would have held: it is lived through again, and on the first of each month, at
/// local 00:00, at most `per_line` of those who wait in each line are forecast **with only what was known then**; then
/// it is looked up when their turn came. Releases the GIL.
///
/// `events` are events or their dictionaries, the oldest first. Raises as `Register.replay`.
#[pyfunction]
#[pyo3(signature = (events, *, per_line=50))]
pub(crate) fn backtest<'py>(events: Given<'_, 'py>, per_line: u32) -> Answer<'py> {
    let (py, events) = (events.py(), events_of(events, "")?);
    let tested = py.detach(|| guarded(|| kezek::backtest(events, per_line)));
    Ok(object(py, None, Style::Python, &done(py, tested)?)?)
}
