//! What Python hands over, as JSON values: plain data and dates, nothing else.

use std::borrow::Cow;

use kezek::{Day, Moment};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple};
use serde_json::{Map, Value};

use crate::error::{self, Result, malformed};
use crate::when;
use crate::{Calendar, Event, Iin, Policy};

/// Deeper is no command, policy or event.
const DEPTH: usize = 64;
/// A list that holds one other list many times over may be small in Python and endless as JSON.
const NODES: usize = 1_000_000;

/// A JSON value out of Python's `dict`, `list`, `tuple`, `str`, `int`, `bool`, `None`, aware `datetime`, `date`,
/// and this package's own objects. `path` is where it stands, for errors.
pub(crate) fn value(given: &Bound<'_, PyAny>, path: &str) -> Result<Value> {
    Reader { open: Vec::new(), nodes: NODES }.value(given, &Path::Root(path))
}

/// A command of keywords: those that are `None` are not said, but for a benefit that is dropped.
pub(crate) fn command(name: &'static str, fields: Option<&Bound<'_, PyDict>>) -> Result<Value> {
    let mut command = match fields {
        Some(fields) => value(fields, "")?,
        None => Value::Object(Map::new()),
    };
    if let Value::Object(command) = &mut command {
        command.retain(|key, value| !value.is_null() || key == "benefit");
        // `from` is a word of Python's own.
        if let Some(from) = command.remove("from_") {
            command.insert("from".to_owned(), from);
        }
        command.insert("type".to_owned(), Value::from(name));
    }
    Ok(command)
}

/// A typed value of the wire.
#[inline(never)]
pub(crate) fn typed<T: serde::de::DeserializeOwned>(given: &Bound<'_, PyAny>, path: &str) -> Result<T> {
    let value = value(given, path)?;
    kezek::read_json(value).map_err(|fault| error::raised_at(given.py(), &fault, path))
}

/// What has a `from_json` of its own, below `path`.
pub(crate) fn json<T>(
    given: &Bound<'_, PyAny>,
    path: &str,
    read: fn(Value) -> Result<T, kezek::Error>,
) -> Result<T> {
    let value = value(given, path)?;
    read(value).map_err(|fault| error::raised_at(given.py(), &fault, path))
}

/// A value that is written as one text: a number, a date, a person.
#[inline(never)]
pub(crate) fn text<T>(given: &Bound<'_, PyAny>, path: &str) -> Result<T>
where
    T: std::str::FromStr<Err = kezek::Error>,
{
    string(given, path)?.parse().map_err(|fault| error::raised_at(given.py(), &fault, path))
}

fn string<'a>(given: &'a Bound<'_, PyAny>, path: &str) -> Result<Cow<'a, str>> {
    match given.cast::<PyString>() {
        Ok(text) => utf8(text, path),
        Err(_) => Err(malformed(given.py(), path, "text", &kind(given))),
    }
}

/// A date: `datetime.date`, or text such as `"2018-09-09"`.
pub(crate) fn day(given: &Bound<'_, PyAny>, path: &str) -> Result<Day> {
    match when::day(given)? {
        Some(day) => Ok(day),
        None if given.is_instance_of::<PyString>() => text(given, path),
        None => Err(malformed(given.py(), path, "a date", &kind(given))),
    }
}

/// An instant: an aware `datetime`, or RFC 3339 text with an offset.
pub(crate) fn moment(given: &Bound<'_, PyAny>, path: &str) -> Result<Moment> {
    match when::moment(given, path)? {
        Some(moment) => Ok(moment),
        None => text(given, path),
    }
}

fn utf8<'a>(text: &'a Bound<'_, PyString>, path: &str) -> Result<Cow<'a, str>> {
    text.to_cow().map_err(|_| malformed(text.py(), path, "text in Unicode", "half of a surrogate pair"))
}

fn decoded(text: &Bound<'_, PyString>, path: &Path<'_>) -> Result<String> {
    match text.to_cow() {
        Ok(text) => Ok(text.into_owned()),
        Err(_) => utf8(text, &path.text()).map(Cow::into_owned),
    }
}

/// What something is, for messages. Never its value, which may be personal.
pub(crate) fn kind(given: &Bound<'_, PyAny>) -> String {
    given.get_type().name().map_or_else(|_| "something else".to_owned(), |name| name.to_string())
}

/// Where a value stands; written out only for an error.
enum Path<'a> {
    Root(&'a str),
    Key(&'a Path<'a>, &'a str),
    Index(&'a Path<'a>, usize),
}

impl Path<'_> {
    fn text(&self) -> String {
        match self {
            Path::Root(root) => (*root).to_owned(),
            Path::Key(above, key) => match above.text() {
                above if above.is_empty() => (*key).to_owned(),
                above => format!("{above}.{key}"),
            },
            Path::Index(above, index) => format!("{}[{index}]", above.text()),
        }
    }
}

struct Reader {
    /// The containers that the value stands in, by address: one that stands in itself is a cycle.
    open: Vec<usize>,
    nodes: usize,
}

impl Reader {
    fn value(&mut self, given: &Bound<'_, PyAny>, path: &Path<'_>) -> Result<Value> {
        let py = given.py();
        let refuse = |expected: &str, found: &str| Err(malformed(py, &path.text(), expected, found));
        self.nodes = self.nodes.saturating_sub(1);
        if self.nodes == 0 {
            return refuse(&format!("at most {NODES} values"), "more");
        }
        if let Ok(text) = given.cast::<PyString>() {
            return Ok(Value::String(decoded(text, path)?));
        }
        if given.is_none() {
            return Ok(Value::Null);
        }
        if let Ok(truth) = given.cast::<PyBool>() {
            return Ok(Value::Bool(truth.is_true()));
        }
        if given.is_instance_of::<PyInt>() {
            return match given.extract::<i64>() {
                Ok(number) => Ok(Value::from(number)),
                Err(_) => refuse("a whole number below 2^63", "a larger one"),
            };
        }
        if let Ok(map) = given.cast::<PyDict>() {
            return self.inside(given, path, &mut |reader| reader.map(map, path));
        }
        if let Ok(list) = given.cast::<PyList>() {
            return self.inside(given, path, &mut |reader| reader.list(&mut list.iter(), path));
        }
        if let Ok(tuple) = given.cast::<PyTuple>() {
            return self.inside(given, path, &mut |reader| reader.list(&mut tuple.iter(), path));
        }
        if given.is_instance_of::<PyFloat>() {
            return refuse("a whole number", "a float: the rules have no fractions");
        }
        if let Some(moment) = when::moment(given, &path.text())? {
            return Ok(Value::String(moment.to_string()));
        }
        if let Some(day) = when::day(given)? {
            return Ok(Value::String(day.to_string()));
        }
        match own(given) {
            Some(value) => Ok(value),
            None => {
                refuse("dict, list, tuple, str, int, bool, None, an aware datetime or a date", &kind(given))
            }
        }
    }

    fn inside(
        &mut self,
        given: &Bound<'_, PyAny>,
        path: &Path<'_>,
        read: &mut dyn FnMut(&mut Reader) -> Result<Value>,
    ) -> Result<Value> {
        let address = given.as_ptr().addr();
        if self.open.contains(&address) {
            return Err(malformed(given.py(), &path.text(), "plain data", "something that contains itself"));
        }
        if self.open.len() >= DEPTH {
            let expected = format!("at most {DEPTH} levels");
            return Err(malformed(given.py(), &path.text(), &expected, "more"));
        }
        self.open.push(address);
        let value = read(self);
        self.open.pop();
        value
    }

    fn map(&mut self, map: &Bound<'_, PyDict>, path: &Path<'_>) -> Result<Value> {
        let mut read = Map::new();
        for (key, inside) in map.iter() {
            let Ok(key) = key.cast_into::<PyString>() else {
                return Err(malformed(map.py(), &path.text(), "keys that are text", "another key"));
            };
            let key = decoded(&key, path)?;
            let inside = self.value(&inside, &Path::Key(path, &key))?;
            read.insert(key, inside);
        }
        Ok(Value::Object(read))
    }

    fn list<'py>(
        &mut self,
        list: &mut dyn Iterator<Item = Bound<'py, PyAny>>,
        path: &Path<'_>,
    ) -> Result<Value> {
        let mut read = Vec::with_capacity(list.size_hint().0);
        for (index, item) in list.enumerate() {
            read.push(self.value(&item, &Path::Index(path, index))?);
        }
        Ok(Value::Array(read))
    }
}

/// This package's own objects, as they stand on the wire.
fn own(given: &Bound<'_, PyAny>) -> Option<Value> {
    if let Ok(policy) = given.cast::<Policy>() {
        return Some(kezek::json_value(policy.get().core()));
    }
    if let Ok(calendar) = given.cast::<Calendar>() {
        return Some(kezek::json_value(calendar.get().core()));
    }
    if let Ok(event) = given.cast::<Event>() {
        return Some(kezek::json_value(event.get().core()));
    }
    given.cast::<Iin>().ok().map(|iin| Value::String(iin.get().core().reveal()))
}
