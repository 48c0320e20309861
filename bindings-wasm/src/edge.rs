//! Both ways over the border: JSON text, instants, errors.

use kezek::{Error, Moment, Zone};
use serde::Serialize;
use serde_json::{Value, json};
use wasm_bindgen::JsValue;

/// What is thrown: `{"code","faults":[{"path","expected","found"}]}` as text. JavaScript makes a `KezekError` of it.
#[derive(Debug)]
pub struct Thrown(String);

impl From<Thrown> for JsValue {
    fn from(thrown: Thrown) -> JsValue {
        JsValue::from_str(&thrown.0)
    }
}

impl From<Error> for Thrown {
    fn from(error: Error) -> Thrown {
        at("", &error)
    }
}

/// An error of the library, its paths below `root`.
pub(crate) fn at(root: &str, error: &Error) -> Thrown {
    let below = |path: &str| match (root, path) {
        (root, "") => root.to_owned(),
        ("", path) => path.to_owned(),
        (root, path) if path.starts_with('[') => format!("{root}{path}"),
        (root, path) => format!("{root}.{path}"),
    };
    let faults: Vec<Value> = error
        .faults()
        .iter()
        .map(|fault| json!({ "path": below(&fault.path), "expected": fault.expected, "found": fault.found }))
        .collect();
    Thrown(json!({ "code": error.code().as_str(), "faults": faults }).to_string())
}

/// Something that JavaScript handed over cannot be read.
pub(crate) fn malformed(path: &str, expected: &str, found: &str) -> Thrown {
    let fault = json!({ "path": path, "expected": expected, "found": found });
    Thrown(json!({ "code": "malformed", "faults": [fault] }).to_string())
}

/// JSON text as a value.
pub(crate) fn value(text: &str, path: &str) -> Result<Value, Thrown> {
    serde_json::from_str(text).map_err(|fault| malformed(path, "JSON", &fault.to_string()))
}

/// A typed value of the wire.
pub(crate) fn typed<T: serde::de::DeserializeOwned>(value: Value, path: &str) -> Result<T, Thrown> {
    kezek::read_json(value).map_err(|error| at(path, &error))
}

/// A value that is written as one text: a number, a date, a person.
pub(crate) fn parsed<T>(text: &str, path: &str) -> Result<T, Thrown>
where
    T: std::str::FromStr<Err = Error>,
{
    text.parse().map_err(|error| at(path, &error))
}

/// The same, where empty text says nothing.
pub(crate) fn perhaps<T>(text: &str, path: &str) -> Result<Option<T>, Thrown>
where
    T: std::str::FromStr<Err = Error>,
{
    if text.is_empty() { Ok(None) } else { parsed(text, path).map(Some) }
}

/// Who acts, as JSON; empty text: nobody is named.
pub(crate) fn actor(by: &str) -> Result<Option<kezek::Actor>, Thrown> {
    if by.is_empty() {
        return Ok(None);
    }
    kezek::Actor::from_json(value(by, "by")?).map(Some).map_err(|error| at("by", &error))
}

/// An answer as JSON text, its instants as the clocks of a zone show them.
pub(crate) fn text<T: Serialize + ?Sized>(zone: Zone, answer: &T) -> String {
    zone.writing(|| kezek::json_text(answer))
}

/// The instant of so many whole seconds. JavaScript has looked that they are whole and below 2^53.
#[expect(
    clippy::cast_possible_truncation,
    reason = "whole and below 2^53; else the nearest, which is outside"
)]
pub(crate) fn moment(seconds: f64) -> Moment {
    Moment::from_unix(seconds as i64)
}

/// Whole seconds, as JavaScript counts.
pub(crate) fn seconds(moment: Moment) -> f64 {
    number(u64::try_from(moment.unix()).unwrap_or_default())
        - number(u64::try_from(moment.unix().saturating_neg()).unwrap_or_default())
}

/// A number as JavaScript counts: exact below 2^53, and nothing here is larger.
#[expect(clippy::as_conversions, reason = "no `From` goes from u64 to f64")]
pub(crate) fn number(number: u64) -> f64 {
    number as f64
}
