//! Reading JSON objects key by key, so that every error names its field.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::Error;

/// The object's keys that have not been read yet. A key that nobody reads is an error at [`Fields::end`].
pub(crate) struct Fields {
    left: Map<String, Value>,
}

impl Fields {
    /// The fields of a value that must be an object; `expected` says what it is.
    pub(crate) fn of(value: Value, expected: &str) -> Result<Fields, Error> {
        match value {
            Value::Object(left) => Ok(Fields { left }),
            other
            @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_)) => {
                Err(Error::malformed("", expected, describe(&other)))
            }
        }
    }

    /// A field that must be there (it may be null where `T` allows it).
    pub(crate) fn need<T: DeserializeOwned>(&mut self, key: &str) -> Result<T, Error> {
        let value = self.raw(key).ok_or_else(|| missing(key))?;
        read(value).map_err(|error| error.under(key))
    }

    /// A field that may be missing or null.
    pub(crate) fn may<T: DeserializeOwned>(&mut self, key: &str) -> Result<Option<T>, Error> {
        match self.raw(key) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => read(value).map(Some).map_err(|error| error.under(key)),
        }
    }

    /// The value of a field as it is; `None` where it is missing.
    pub(crate) fn raw(&mut self, key: &str) -> Option<Value> {
        self.left.remove(key)
    }

    /// Whether a field is there.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.left.contains_key(key)
    }

    /// Whether a field is there and null; it is then read.
    pub(crate) fn is_null(&mut self, key: &str) -> bool {
        let null = self.left.get(key).is_some_and(Value::is_null);
        if null {
            self.left.remove(key);
        }
        null
    }

    /// An object inside, that must be there.
    pub(crate) fn object(&mut self, key: &str, expected: &str) -> Result<Fields, Error> {
        let value = self.raw(key).ok_or_else(|| missing(key))?;
        Fields::of(value, expected).map_err(|error| error.under(key))
    }

    /// The keys that nobody has read.
    pub(crate) fn unread(&self) -> impl Iterator<Item = &str> {
        self.left.keys().map(String::as_str)
    }

    /// An error for the first key that nobody has read.
    pub(crate) fn end(self) -> Result<(), Error> {
        match self.left.keys().next() {
            Some(key) => Err(unknown(key)),
            None => Ok(()),
        }
    }
}

pub(crate) fn missing(key: &str) -> Error {
    Error::malformed(key, "this field", "nothing")
}

pub(crate) fn unknown(key: &str) -> Error {
    // A key without a character has a path all the same.
    let path = if key.is_empty() { "\"\"" } else { key };
    Error::malformed(path, "no field of this name", "one")
}

/// A typed value out of JSON; the error names the path inside it.
pub(crate) fn read<T: DeserializeOwned>(value: Value) -> Result<T, Error> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = match error.path().to_string() {
            whole if whole == "." => String::new(),
            path => path,
        };
        explain(path, &error.into_inner().to_string())
    })
}

/// serde says what went wrong in one of a few fixed sentences; here they become expected and found.
fn explain(path: String, message: &str) -> Error {
    let below = |key: &str| Error::malformed("", "", "").under(key).path().to_owned();
    let join = |key: &str| if path.is_empty() { below(key) } else { format!("{path}.{key}") };
    let quoted = |text: &str| text.split('`').nth(1).unwrap_or_default().to_owned();
    let cut = message.strip_prefix("invalid type: ").or(message.strip_prefix("invalid value: "));
    if let Some((found, expected)) = cut.and_then(|rest| rest.split_once(", expected ")) {
        return Error::malformed(path, expected, found);
    }
    if message.starts_with("missing field") {
        return Error::malformed(join(&quoted(message)), "this field", "nothing");
    }
    if let Some((found, expected)) = message.split_once(", expected ") {
        let found = found.strip_prefix("unknown variant ").unwrap_or(found);
        return Error::malformed(path, expected, found);
    }
    Error::malformed(path, "another value", message)
}

/// A value in a few words, for messages. Text is described, not quoted: it may be personal.
pub(crate) fn describe(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(b) => b.to_string(),
        Value::Number(n) => n.to_string(),
        Value::String(text) => format!("text of {} characters", text.chars().count()),
        Value::Array(items) => format!("a list of {}", items.len()),
        Value::Object(map) => format!("an object with {} keys", map.len()),
    }
}
