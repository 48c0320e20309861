//! Reading JSON objects key by key, so that every error names its field.

mod from_json;
mod reader;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::Error;

pub(crate) use from_json::{FromJson, by_serde, words};

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
    pub(crate) fn need<T: FromJson>(&mut self, key: &str) -> Result<T, Error> {
        T::of_json(self.given(key)?).map_err(|error| error.under(key))
    }

    /// A field that may be missing or null.
    pub(crate) fn may<T: FromJson>(&mut self, key: &str) -> Result<Option<T>, Error> {
        let Some(value) = self.some(key) else { return Ok(None) };
        T::of_json(value).map(Some).map_err(|error| error.under(key))
    }

    /// The value of a field that must be there (it may be null).
    pub(crate) fn given(&mut self, key: &str) -> Result<Value, Error> {
        self.raw(key).ok_or_else(|| missing(key))
    }

    /// The value of a field that may be missing or null.
    pub(crate) fn some(&mut self, key: &str) -> Option<Value> {
        self.raw(key).filter(|value| !value.is_null())
    }

    /// A list that must be there.
    pub(crate) fn list(&mut self, key: &str) -> Result<Vec<Value>, Error> {
        match self.raw(key) {
            Some(Value::Array(items)) => Ok(items),
            Some(other) => Err(Error::malformed(key, "a list", describe(&other))),
            None => Err(missing(key)),
        }
    }

    /// Gives the missing fields the values that they have in an object.
    pub(crate) fn fill(&mut self, usual: Value) {
        let Value::Object(usual) = usual else { return };
        for (key, value) in usual {
            self.left.entry(key).or_insert(value);
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
        Fields::of(self.given(key)?, expected).map_err(|error| error.under(key))
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

#[cold]
#[inline(never)]
pub(crate) fn missing(key: &str) -> Error {
    Error::malformed(key, "this field", "nothing")
}

#[cold]
#[inline(never)]
pub(crate) fn unknown(key: &str) -> Error {
    // A key without a character has a path all the same.
    let path = if key.is_empty() { "\"\"" } else { key };
    Error::malformed(path, "no field of this name", "one")
}

/// A type that is read field by field. It costs a fraction of the code that serde's derive makes of a large type, which
/// counts in a browser; serde's own trait is a door to it ([`door`]).
pub(crate) trait Record: Sized {
    /// What it is, for messages.
    const WHAT: &'static str;

    /// Whether a field that it does not have is passed over: a journal outlives its programs.
    const OPEN: bool = false;

    /// Reads its fields, and leaves those that it does not have.
    fn read(from: &mut Fields) -> Result<Self, Error>;
}

/// A struct or a variant out of its fields: those that it needs, and those that may be missing or null.
macro_rules! record {
    ($from:ident, $($type:ident)::+ { $($need:ident),* $(,)? } $(may { $($may:ident),* $(,)? })?) => {
        $($type)::+ {
            $($need: $from.need(stringify!($need))?,)*
            $($($may: $from.may(stringify!($may))?.unwrap_or_default(),)*)?
        }
    };
}
pub(crate) use record;

/// Structs that are read so, each with what it is and its fields.
macro_rules! records {
    ($($what:literal $type:ident { $($need:ident),* $(,)? } $(may { $($may:ident),* $(,)? })?)*) => {
        $(impl $crate::fields::Record for $type {
            const WHAT: &'static str = $what;

            fn read(from: &mut $crate::fields::Fields) -> Result<$type, $crate::Error> {
                Ok($crate::fields::record!(from, $type { $($need),* } $(may { $($may),* })?))
            }
        })*
    };
}
pub(crate) use records;

/// serde's trait for a type that has a reader of its own.
macro_rules! door {
    ($type:ty) => {
        $crate::fields::door!($type, <$type as $crate::fields::FromJson>::of_json);
    };
    ($type:ty, $read:expr) => {
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let value = <serde_json::Value as serde::Deserialize>::deserialize(from)?;
                let read: fn(serde_json::Value) -> Result<Self, $crate::Error> = $read;
                read(value).map_err(serde::de::Error::custom)
            }
        }
    };
}
pub(crate) use door;

/// A value of the wire out of JSON: what `serde_json::from_value` reads, with an error that names the path inside it, and
/// with the code that all reading shares.
///
/// # Errors
/// [`ErrorCode::Malformed`](crate::ErrorCode::Malformed).
///
/// ```
/// use kezek::{Stage, read_json};
/// let stages: Vec<Stage> = read_json(serde_json::json!(["queued", "closed"]))?;
/// assert_eq!(stages, [Stage::Queued, Stage::Closed]);
/// let error = read_json::<Vec<Stage>>(serde_json::json!(["queued", "tired"])).unwrap_err();
/// assert_eq!(error.path(), "[1]");
/// # Ok::<(), kezek::Error>(())
/// ```
pub fn read_json<T: DeserializeOwned>(value: Value) -> Result<T, Error> {
    T::deserialize(reader::Reader(value)).map_err(|unread| unread.0)
}

/// An enum without fields, by the name of its variant.
#[inline(never)]
pub(crate) fn word<T: DeserializeOwned>(value: Value) -> Result<T, Error> {
    T::deserialize(reader::Word(value)).map_err(|unread| unread.0)
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
