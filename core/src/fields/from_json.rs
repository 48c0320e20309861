//! What can be read out of JSON, as a trait of one function: small values through serde, larger ones field by field.

use std::num::NonZeroU16;

use serde_json::{Map, Value};

use super::{Fields, Record, reader};
use crate::sorted;
use crate::{
    ApplicationNumber, BenefitId, Day, Error, Kindergarten, KindergartenKind, Language, Moment, Person,
    ReferralNumber, Rule, Term, Tier,
};

/// A type that is read out of JSON; the error names the path inside it.
pub(crate) trait FromJson: Sized {
    fn of_json(value: Value) -> Result<Self, Error>;
}

impl<T: Record> FromJson for T {
    fn of_json(value: Value) -> Result<T, Error> {
        let mut from = Fields::of(value, T::WHAT)?;
        let record = T::read(&mut from)?;
        if T::OPEN { Ok(record) } else { from.end().map(|()| record) }
    }
}

impl FromJson for Value {
    fn of_json(value: Value) -> Result<Value, Error> {
        Ok(value)
    }
}

impl FromJson for String {
    fn of_json(value: Value) -> Result<String, Error> {
        if let Value::String(text) = value { Ok(text) } else { Err(refused(&value, "a string")) }
    }
}

impl FromJson for bool {
    fn of_json(value: Value) -> Result<bool, Error> {
        if let Value::Bool(truth) = value { Ok(truth) } else { Err(refused(&value, "a boolean")) }
    }
}

impl FromJson for Map<String, Value> {
    fn of_json(value: Value) -> Result<Map<String, Value>, Error> {
        if let Value::Object(map) = value { Ok(map) } else { Err(refused(&value, "a map")) }
    }
}

impl<T: FromJson> FromJson for Option<T> {
    fn of_json(value: Value) -> Result<Option<T>, Error> {
        if value.is_null() { Ok(None) } else { T::of_json(value).map(Some) }
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn of_json(value: Value) -> Result<Vec<T>, Error> {
        let mut read = Vec::new();
        for (index, item) in items(value)?.into_iter().enumerate() {
            read.push(T::of_json(item).map_err(|error| error.in_item(index))?);
        }
        Ok(read)
    }
}

impl<K: FromJson + Ord + Copy, V: FromJson> FromJson for sorted::Map<K, V> {
    fn of_json(value: Value) -> Result<sorted::Map<K, V>, Error> {
        let mut read = sorted::Map::default();
        for (name, value) in Map::of_json(value)? {
            let value = V::of_json(value).map_err(|error| error.under(&name))?;
            read.insert(K::of_json(Value::String(name))?, value);
        }
        Ok(read)
    }
}

fn items(value: Value) -> Result<Vec<Value>, Error> {
    if let Value::Array(items) = value { Ok(items) } else { Err(refused(&value, "a sequence")) }
}

/// Types that serde reads: numbers, text of a certain form, answers read back.
macro_rules! by_serde {
    ($($type:ty),* $(,)?) => {
        $(impl $crate::fields::FromJson for $type {
            #[inline(never)]
            fn of_json(value: serde_json::Value) -> Result<$type, $crate::Error> {
                $crate::fields::read_json(value)
            }
        })*
    };
}
pub(crate) use by_serde;

/// Enums without fields, each by the name of its variant.
macro_rules! words {
    ($($type:ty),* $(,)?) => {
        $(impl $crate::fields::FromJson for $type {
            fn of_json(value: serde_json::Value) -> Result<$type, $crate::Error> {
                $crate::fields::word(value)
            }
        })*
    };
}
pub(crate) use words;

by_serde!(u8, u16, u32, u64, usize, i64, NonZeroU16);
by_serde!(Moment, Day, Term, Rule, Person, ApplicationNumber, ReferralNumber, BenefitId);
by_serde!(Kindergarten);
words!(KindergartenKind, Language, Tier);

#[cold]
#[inline(never)]
fn refused(value: &Value, expected: &str) -> Error {
    reader::refused(value, &expected).0
}
