//! Errors of the library as Python exceptions. Their classes are Python's own (`kezek._errors`): they pickle, they
//! are `ValueError` or `LookupError` too, and a host can read them.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;

fn classes(py: Python<'_>) -> PyResult<&Bound<'_, PyModule>> {
    static CLASSES: PyOnceLock<Py<PyModule>> = PyOnceLock::new();
    let module = CLASSES.get_or_try_init(py, || Ok::<_, PyErr>(py.import("kezek._errors")?.unbind()))?;
    Ok(module.bind(py))
}

fn made(py: Python<'_>, code: &str, faults: &[(String, &str, &str)]) -> PyErr {
    let made = classes(py).and_then(|classes| classes.getattr("made")?.call1((code, faults)));
    made.map_or_else(|error| error, PyErr::from_value)
}

/// An error of the library.
pub(crate) fn raised(py: Python<'_>, error: &kezek::Error) -> PyErr {
    raised_at(py, error, "")
}

/// The same, its path below `at`.
pub(crate) fn raised_at(py: Python<'_>, error: &kezek::Error, at: &str) -> PyErr {
    let below = |path: &str| match (at, path) {
        (at, "") => at.to_owned(),
        ("", path) => path.to_owned(),
        (at, path) if path.starts_with('[') => format!("{at}{path}"),
        (at, path) => format!("{at}.{path}"),
    };
    let faults = error.faults().iter();
    let faults: Vec<_> = faults.map(|fault| (below(&fault.path), &*fault.expected, &*fault.found)).collect();
    made(py, error.code().as_str(), &faults)
}

/// Something that Python handed over cannot be read.
pub(crate) fn malformed(py: Python<'_>, path: &str, expected: &str, found: &str) -> PyErr {
    made(py, "malformed", &[(path.to_owned(), expected, found)])
}

/// A `datetime` without a zone.
pub(crate) fn naive(py: Python<'_>, path: &str) -> PyErr {
    let expected = "an aware datetime: attach the zone that its clock shows, \
                    value.replace(tzinfo=zoneinfo.ZoneInfo(\"Asia/Almaty\")), or take datetime.now(timezone.utc)";
    malformed(py, path, expected, "a naive one, and a guess could be wrong by hours")
}

/// What cannot happen, all the same: `kezek.InternalError`, an `Exception` that `except Exception` sees.
pub(crate) fn internal(py: Python<'_>, message: &str) -> PyErr {
    let made = classes(py).and_then(|classes| classes.getattr("InternalError")?.call1((message,)));
    made.map_or_else(|error| error, PyErr::from_value)
}

/// Runs what the library does; a panic there is our bug and comes out as `kezek.InternalError`.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Panicked> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| Panicked)
}

/// The library panicked.
#[derive(Debug)]
pub(crate) struct Panicked;

impl Panicked {
    pub(crate) fn raised(self, py: Python<'_>) -> PyErr {
        internal(py, "the library has failed; this is a bug of kezek, please report it with the call")
    }
}

/// The same for a call that answers a `Result`.
pub(crate) fn checked<T>(py: Python<'_>, work: impl FnOnce() -> Result<T, kezek::Error>) -> PyResult<T> {
    match guarded(work) {
        Ok(answer) => answer.map_err(|error| raised(py, &error)),
        Err(panicked) => Err(panicked.raised(py)),
    }
}
