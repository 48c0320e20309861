//! Answers of the library as Python objects: one sink.

use kezek::{Sink, What, Zone};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString};
use serde::Serialize;
use serde_json::Number;

use crate::when;

/// How instants and persons are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// Aware `datetime` and `date`.
    Python,
    /// Text, as on the wire.
    Wire,
    /// Text, and persons masked: for `repr`.
    Masked,
}

/// Something of the library as Python objects, its instants as the clocks of a zone show them (without one in
/// UTC).
pub(crate) fn object<'py, T: Serialize + ?Sized>(
    py: Python<'py>,
    zone: Option<Zone>,
    style: Style,
    value: &T,
) -> PyResult<Bound<'py, PyAny>> {
    built(py, zone, style, &mut |tree| kezek::write(value, tree))
}

/// The same, where it is known to be an object of JSON.
pub(crate) fn dict<'py, T: Serialize + ?Sized>(
    py: Python<'py>,
    zone: Option<Zone>,
    style: Style,
    value: &T,
) -> PyResult<Bound<'py, PyDict>> {
    Ok(object(py, zone, style, value)?.cast_into::<PyDict>()?)
}

/// What `write` puts into a tree.
fn built<'py>(
    py: Python<'py>,
    zone: Option<Zone>,
    style: Style,
    write: &mut dyn FnMut(&mut dyn Sink),
) -> PyResult<Bound<'py, PyAny>> {
    let mut tree = Tree { py, style, open: Vec::new(), whole: Ok(None) };
    match zone {
        Some(zone) => zone.writing(|| write(&mut tree)),
        None => write(&mut tree),
    }
    Ok(tree.whole?.unwrap_or_else(|| py.None().into_bound(py)))
}

/// Python objects that grow. The first error is kept, and what comes after it is lost.
struct Tree<'py> {
    py: Python<'py>,
    style: Style,
    /// What has begun and not ended, the innermost last.
    open: Vec<Open<'py>>,
    whole: PyResult<Option<Bound<'py, PyAny>>>,
}

enum Open<'py> {
    List(Bound<'py, PyList>),
    Dict(Bound<'py, PyDict>, Option<Bound<'py, PyString>>),
}

impl<'py> Tree<'py> {
    fn put(&mut self, value: PyResult<Bound<'py, PyAny>>) {
        let put = value.and_then(|value| match self.open.last_mut() {
            Some(Open::List(list)) => list.append(value),
            Some(Open::Dict(dict, name)) => name.take().map_or(Ok(()), |name| dict.set_item(name, value)),
            None => {
                if let Ok(whole) = &mut self.whole {
                    *whole = Some(value);
                }
                Ok(())
            }
        });
        if let (Err(error), Ok(_)) = (put, &self.whole) {
            self.whole = Err(error);
        }
    }

    fn name(&mut self, given: Bound<'py, PyString>) {
        if let Some(Open::Dict(_, name)) = self.open.last_mut() {
            *name = Some(given);
        }
    }

    fn end(&mut self) {
        match self.open.pop() {
            Some(Open::List(list)) => self.put(Ok(list.into_any())),
            Some(Open::Dict(dict, _)) => self.put(Ok(dict.into_any())),
            None => {}
        }
    }

    fn string(&self, what: What, value: &str) -> PyResult<Bound<'py, PyAny>> {
        let text = match (self.style, what) {
            (Style::Python, What::Moment | What::Day) => {
                if let Some(when) = when::from_text(self.py, value)? {
                    return Ok(when);
                }
                PyString::new(self.py, value)
            }
            (Style::Masked, What::Person) => PyString::new(self.py, &masked(value)),
            (_, What::Word) => PyString::intern(self.py, value),
            (Style::Python | Style::Wire | Style::Masked, _) => PyString::new(self.py, value),
        };
        Ok(text.into_any())
    }
}

impl Sink for Tree<'_> {
    fn null(&mut self) {
        self.put(Ok(self.py.None().into_bound(self.py)));
    }

    fn bool(&mut self, value: bool) {
        self.put(value.into_pyobject(self.py).map(|value| value.to_owned().into_any()).map_err(PyErr::from));
    }

    fn number(&mut self, value: Number) {
        let py = self.py;
        let number = match (value.as_i64(), value.as_u64()) {
            (Some(number), _) => number.into_pyobject(py).map(Bound::into_any).map_err(PyErr::from),
            (None, Some(number)) => number.into_pyobject(py).map(Bound::into_any).map_err(PyErr::from),
            (None, None) => value.as_f64().into_pyobject(py).map_err(PyErr::from),
        };
        self.put(number);
    }

    fn text(&mut self, what: What, value: &str) {
        self.put(self.string(what, value));
    }

    fn list(&mut self) {
        self.open.push(Open::List(PyList::empty(self.py)));
    }

    fn end_list(&mut self) {
        self.end();
    }

    fn object(&mut self) {
        self.open.push(Open::Dict(PyDict::new(self.py), None));
    }

    fn key(&mut self, name: &str) {
        self.name(PyString::new(self.py, name));
    }

    fn field(&mut self, name: &'static str) {
        self.name(PyString::intern(self.py, name));
    }

    fn end_object(&mut self) {
        self.end();
    }
}

/// A person's number as it may be shown: the first two digits.
fn masked(text: &str) -> String {
    match text.get(..2) {
        Some(year) if !text.starts_with("p:") => format!("{year}**********"),
        Some(_) | None => "p:***".to_owned(),
    }
}
