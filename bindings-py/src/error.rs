//! Errors of the library as Python exceptions. Their classes are Python's own (`kezek._errors`): they pickle, they
//! are `ValueError` or `LookupError` too, and a host can read them.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;

/// What a call answers, or the exception that it raises.
pub(crate) type Result<T, E = Raised> = std::result::Result<T, E>;

/// An exception of Python on its way out. One pointer, where `PyErr` has eight: most of what is called can raise, and
/// each caller would move those eight along.
pub(crate) struct Raised(Box<PyErr>);

impl From<PyErr> for Raised {
    #[cold]
    #[inline(never)]
    fn from(error: PyErr) -> Raised {
        Raised(Box::new(error))
    }
}

impl From<pyo3::CastIntoError<'_>> for Raised {
    #[cold]
    #[inline(never)]
    fn from(error: pyo3::CastIntoError<'_>) -> Raised {
        PyErr::from(error).into()
    }
}

impl From<Raised> for PyErr {
    #[cold]
    #[inline(never)]
    fn from(Raised(error): Raised) -> PyErr {
        *error
    }
}

fn classes(py: Python<'_>) -> PyResult<&Bound<'_, PyModule>> {
    static CLASSES: PyOnceLock<Py<PyModule>> = PyOnceLock::new();
    let module = CLASSES.get_or_try_init(py, || Ok::<_, PyErr>(py.import("kezek._errors")?.unbind()))?;
    Ok(module.bind(py))
}

#[cold]
fn made(py: Python<'_>, code: &str, faults: &[(String, &str, &str)]) -> Raised {
    let made = classes(py).and_then(|classes| classes.getattr("made")?.call1((code, faults)));
    made.map_or_else(|error| error, PyErr::from_value).into()
}

/// An error of the library.
#[cold]
pub(crate) fn raised(py: Python<'_>, error: &kezek::Error) -> Raised {
    raised_at(py, error, "")
}

/// The same, its path below `at`.
#[cold]
pub(crate) fn raised_at(py: Python<'_>, error: &kezek::Error, at: &str) -> Raised {
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
#[cold]
pub(crate) fn malformed(py: Python<'_>, path: &str, expected: &str, found: &str) -> Raised {
    made(py, "malformed", &[(path.to_owned(), expected, found)])
}

/// A `datetime` without a zone.
#[cold]
pub(crate) fn naive(py: Python<'_>, path: &str) -> Raised {
    let expected = "an aware datetime: attach the zone that its clock shows, \
                    value.replace(tzinfo=zoneinfo.ZoneInfo(\"Asia/Almaty\")), or take datetime.now(timezone.utc)";
    malformed(py, path, expected, "a naive one, and a guess could be wrong by hours")
}

/// What cannot happen, all the same: `kezek.InternalError`, an `Exception` that `except Exception` sees.
#[cold]
pub(crate) fn internal(py: Python<'_>, message: &str) -> Raised {
    let made = classes(py).and_then(|classes| classes.getattr("InternalError")?.call1((message,)));
    made.map_or_else(|error| error, PyErr::from_value).into()
}

/// Something to do, called through a pointer: a closure. (`dyn FnMut` would bring a second body of each closure, for
/// those who call it by value.)
pub(crate) trait Work<With, Answer = ()> {
    fn on(&mut self, with: With) -> Result<Answer, kezek::Error>;
}

impl<With, Answer, F: FnMut(With) -> Result<Answer, kezek::Error>> Work<With, Answer> for F {
    fn on(&mut self, with: With) -> Result<Answer, kezek::Error> {
        self(with)
    }
}

/// Runs what the library does; a panic there is our bug and comes out as `kezek.InternalError`.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Panicked> {
    let (mut work, mut answer) = (Some(work), None);
    // It does not fail by itself.
    let _ = caught(&mut |()| {
        answer = work.take().map(|work| work());
        Ok(())
    });
    answer.ok_or(Panicked)
}

/// One place for all of them where a panic stops.
#[inline(never)]
fn caught(work: &mut dyn Work<()>) -> Result<Result<(), kezek::Error>, Panicked> {
    catch_unwind(AssertUnwindSafe(|| work.on(()))).map_err(|_| Panicked)
}

/// The library panicked.
#[derive(Debug)]
pub(crate) struct Panicked;

impl Panicked {
    #[cold]
    pub(crate) fn raised(self, py: Python<'_>) -> Raised {
        internal(py, "the library has failed; this is a bug of kezek, please report it with the call")
    }
}

/// The same for a call that answers a `Result`.
pub(crate) fn checked<T>(py: Python<'_>, work: impl FnOnce() -> Result<T, kezek::Error>) -> Result<T> {
    let (mut work, mut answer) = (Some(work), None);
    tried(py, &mut |()| {
        answer = work.take().map(|work| work()).transpose()?;
        Ok(())
    })?;
    answered(py, answer)
}

/// The same for all kinds of answers.
#[inline(never)]
pub(crate) fn tried(py: Python<'_>, work: &mut dyn Work<()>) -> Result<()> {
    done(py, caught(work))
}

/// What a call has answered: it has, where nothing was raised before.
pub(crate) fn answered<T>(py: Python<'_>, answer: Option<T>) -> Result<T> {
    answer.ok_or_else(|| Panicked.raised(py))
}

/// What came of a call that was guarded.
pub(crate) fn done<T>(py: Python<'_>, answer: Result<Result<T, kezek::Error>, Panicked>) -> Result<T> {
    match answer {
        Ok(answer) => answer.map_err(|error| raised(py, &error)),
        Err(panicked) => Err(panicked.raised(py)),
    }
}
