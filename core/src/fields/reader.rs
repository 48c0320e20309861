//! A serde reader of JSON values whose errors know where they are: a path on the way out costs nothing on the way in.
//!
//! Names are looked up here, once for all types: a visitor of serde's derive is told the index of its field or variant,
//! so that no type brings code of its own to compare names.

use std::fmt::Display;

use serde::de::value::{StrDeserializer, U32Deserializer, U64Deserializer};
use serde::de::{
    self, Deserialize as _, DeserializeSeed, Deserializer, EnumAccess, Expected, IntoDeserializer as _,
    MapAccess, SeqAccess, Unexpected, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::{Value, map};

use super::{missing, unknown};
use crate::Error;

/// A value to be read. A record is an object, never a list of its fields.
pub(super) struct Reader(pub(super) Value);

/// Why a value cannot be read.
#[derive(Debug)]
pub(super) struct Unread(pub(super) Error);

impl Display for Unread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        Display::fmt(&self.0, f)
    }
}

impl std::error::Error for Unread {}

impl Unread {
    fn at(self, place: &str) -> Unread {
        Unread(self.0.under(place))
    }

    fn in_item(self, index: usize) -> Unread {
        Unread(self.0.in_item(index))
    }
}

impl de::Error for Unread {
    fn custom<T: Display>(message: T) -> Unread {
        Unread(Error::malformed("", "another value", message.to_string()))
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Unread {
        Unread(Error::malformed("", expected.to_string(), in_words(found)))
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Unread {
        Unread::invalid_type(found, expected)
    }

    fn invalid_length(len: usize, expected: &dyn Expected) -> Unread {
        Unread(Error::malformed("", expected.to_string(), format!("{len} of them")))
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Unread {
        Unread(Error::malformed("", one_of(expected), format!("`{variant}`")))
    }

    fn unknown_field(field: &str, _: &'static [&'static str]) -> Unread {
        Unread(unknown(field))
    }

    fn missing_field(field: &'static str) -> Unread {
        Unread(missing(field))
    }
}

/// What was found, as serde says it. A number with a fraction is written as JSON writes it: the standard library's own
/// writing of them is 14 KB of code.
fn in_words(found: Unexpected<'_>) -> String {
    match found {
        Unexpected::Bool(truth) => format!("boolean `{truth}`"),
        Unexpected::Unsigned(number) => format!("integer `{number}`"),
        Unexpected::Signed(number) => format!("integer `{number}`"),
        Unexpected::Float(number) => format!("floating point `{}`", Value::from(number)),
        Unexpected::Str(text) => format!("string {text:?}"),
        Unexpected::Unit => "unit value".to_owned(),
        Unexpected::Seq => "sequence".to_owned(),
        Unexpected::Map => "map".to_owned(),
        Unexpected::Other(what) => what.to_owned(),
        Unexpected::Char(_)
        | Unexpected::Bytes(_)
        | Unexpected::Option
        | Unexpected::NewtypeStruct
        | Unexpected::Enum
        | Unexpected::UnitVariant
        | Unexpected::NewtypeVariant
        | Unexpected::TupleVariant
        | Unexpected::StructVariant => "another value".to_owned(),
    }
}

fn one_of(names: &[&str]) -> String {
    let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    match names.len() {
        0 | 1 => names.concat(),
        2 => names.join(" or "),
        _ => format!("one of {}", names.join(", ")),
    }
}

fn unexpected(value: &Value) -> Unexpected<'_> {
    match value {
        Value::Null => Unexpected::Unit,
        Value::Bool(truth) => Unexpected::Bool(*truth),
        Value::Number(number) => match (number.as_u64(), number.as_i64()) {
            (Some(number), _) => Unexpected::Unsigned(number),
            (None, Some(number)) => Unexpected::Signed(number),
            (None, None) => Unexpected::Float(number.as_f64().unwrap_or_default()),
        },
        Value::String(text) => Unexpected::Str(text),
        Value::Array(_) => Unexpected::Seq,
        Value::Object(_) => Unexpected::Map,
    }
}

#[cold]
#[inline(never)]
pub(super) fn refused(value: &Value, expected: &dyn Expected) -> Unread {
    de::Error::invalid_type(unexpected(value), expected)
}

impl Reader {
    fn refused(&self, expected: &dyn Expected) -> Unread {
        refused(&self.0, expected)
    }

    fn text(self, expected: &dyn Expected) -> Result<String, Unread> {
        if let Value::String(text) = self.0 { Ok(text) } else { Err(self.refused(expected)) }
    }

    fn items(self, expected: &dyn Expected) -> Result<Items, Unread> {
        match self.0 {
            Value::Array(items) => Ok(Items { left: items.into_iter(), next: 0 }),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
                Err(self.refused(expected))
            }
        }
    }

    fn entries(self, expected: &dyn Expected) -> Result<map::IntoIter, Unread> {
        match self.0 {
            Value::Object(fields) => Ok(fields.into_iter()),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                Err(self.refused(expected))
            }
        }
    }

    /// The variant that it is, nothing standing in it: a name alone, or an object with one key that is null.
    fn unit(self, names: Names, expected: &dyn Expected) -> Result<u32, Unread> {
        let Variant { index, inside } = self.variant(names, expected)?;
        inside.unit_variant().map(|()| u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// The variant that it is, with what stands in it: a name alone, or an object with one key.
    fn variant(self, names: Names, expected: &dyn Expected) -> Result<Variant, Unread> {
        let (name, value) = match self.0 {
            Value::String(name) => (name, None),
            Value::Object(fields) if fields.len() == 1 => match fields.into_iter().next() {
                Some((name, value)) => (name, Some(value)),
                None => return Err(Reader(Value::Null).refused(expected)),
            },
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
                return Err(self.refused(expected));
            }
        };
        match index(names, &name) {
            Some(index) => Ok(Variant { index, inside: Inside { name, value } }),
            None => Err(de::Error::unknown_variant(&name, names)),
        }
    }
}

/// The names of a type's fields or variants, in their order.
type Names = &'static [&'static str];

fn index(names: Names, name: &str) -> Option<u64> {
    let index = names.iter().position(|known| *known == name)?;
    u64::try_from(index).ok()
}

macro_rules! numbers {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
            let Value::Number(number) = &self.0 else { return Err(self.refused(&visitor)) };
            match (number.as_u64(), number.as_i64()) {
                (Some(number), _) => visitor.visit_u64(number),
                (None, Some(number)) => visitor.visit_i64(number),
                (None, None) => Err(self.refused(&visitor)),
            }
        })*
    };
}

macro_rules! texts {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
            self.text(&visitor).and_then(|text| visitor.visit_string(text))
        })*
    };
}

impl<'de> Deserializer<'de> for Reader {
    type Error = Unread;

    numbers!(
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_u8 deserialize_u16
        deserialize_u32 deserialize_u64 deserialize_f32 deserialize_f64
    );

    texts!(deserialize_char deserialize_str deserialize_string deserialize_identifier);

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(truth) => visitor.visit_bool(truth),
            Value::Number(number) => match number.as_f64().filter(|_| number.is_f64()) {
                Some(fraction) => visitor.visit_f64(fraction),
                None => Reader(Value::Number(number)).deserialize_i64(visitor),
            },
            Value::String(text) => visitor.visit_string(text),
            Value::Array(items) => visitor.visit_seq(Items { left: items.into_iter(), next: 0 }),
            Value::Object(fields) => visitor.visit_map(Fields { left: fields.into_iter(), open: None }),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        match self.0 {
            Value::Bool(truth) => visitor.visit_bool(truth),
            Value::Null | Value::Number(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => {
                Err(self.refused(&visitor))
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        if self.0.is_null() { visitor.visit_unit() } else { Err(self.refused(&visitor)) }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unread> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unread> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        let mut items = self.items(&visitor)?;
        let read = visitor.visit_seq(&mut items)?;
        items.end().map(|()| read)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unread> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Unread> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        let left = self.entries(&visitor)?;
        visitor.visit_map(Fields { left, open: None })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: Names,
        visitor: V,
    ) -> Result<V::Value, Unread> {
        let left = self.entries(&visitor)?;
        visitor.visit_map(Record { left, open: None, names })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: Names,
        visitor: V,
    ) -> Result<V::Value, Unread> {
        let variant = self.variant(names, &visitor)?;
        visitor.visit_enum(variant)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        Err(self.refused(&visitor))
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        Err(self.refused(&visitor))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        visitor.visit_unit()
    }
}

struct Items {
    left: std::vec::IntoIter<Value>,
    next: usize,
}

impl Items {
    fn end(self) -> Result<(), Unread> {
        match self.left.len() {
            0 => Ok(()),
            more => Err(de::Error::invalid_length(self.next + more, &"fewer")),
        }
    }
}

impl<'de> SeqAccess<'de> for Items {
    type Error = Unread;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Unread> {
        let Some(item) = self.left.next() else { return Ok(None) };
        let index = self.next;
        self.next += 1;
        seed.deserialize(Reader(item)).map(Some).map_err(|unread| unread.in_item(index))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left.len())
    }
}

/// The entries of a map.
struct Fields {
    left: map::IntoIter,
    open: Option<(String, Value)>,
}

impl<'de> MapAccess<'de> for Fields {
    type Error = Unread;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Unread> {
        self.open = self.left.next();
        let Some((key, _)) = &self.open else { return Ok(None) };
        let key: StrDeserializer<'_, Unread> = key.as_str().into_deserializer();
        seed.deserialize(key).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Unread> {
        let (key, value) = self.open.take().unwrap_or_default();
        seed.deserialize(Reader(value)).map_err(|unread| unread.at(&key))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left.len())
    }
}

/// The fields of a record.
struct Record {
    left: map::IntoIter,
    open: Option<(String, Value)>,
    names: Names,
}

impl Record {
    /// The index of the next field. One without a name in the record has an index that no field has: the record
    /// passes over it, or refuses it.
    fn next_index(&mut self) -> Option<u64> {
        self.open = self.left.next();
        let (key, _) = self.open.as_ref()?;
        Some(index(self.names, key).unwrap_or(u64::MAX))
    }

    #[cold]
    #[inline(never)]
    fn not_known(&self) -> Unread {
        Unread(unknown(self.open.as_ref().map_or("", |(key, _)| key)))
    }
}

impl<'de> MapAccess<'de> for Record {
    type Error = Unread;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Unread> {
        let Some(index) = self.next_index() else { return Ok(None) };
        let index: U64Deserializer<Unread> = index.into_deserializer();
        seed.deserialize(index).map(Some).map_err(|_| self.not_known())
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Unread> {
        let (key, value) = self.open.take().unwrap_or_default();
        seed.deserialize(Reader(value)).map_err(|unread| unread.at(&key))
    }
}

struct Variant {
    index: u64,
    inside: Inside,
}

impl<'de> EnumAccess<'de> for Variant {
    type Error = Unread;
    type Variant = Inside;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Inside), Unread> {
        let index: U64Deserializer<Unread> = self.index.into_deserializer();
        seed.deserialize(index).map(|variant| (variant, self.inside))
    }
}

/// What stands in a variant.
struct Inside {
    name: String,
    value: Option<Value>,
}

impl<'de> VariantAccess<'de> for Inside {
    type Error = Unread;

    #[inline(never)]
    fn unit_variant(self) -> Result<(), Unread> {
        match self.value {
            None => Ok(()),
            Some(value) => <()>::deserialize(Reader(value)).map_err(|unread| unread.at(&self.name)),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Unread> {
        let value = self.value.unwrap_or_default();
        seed.deserialize(Reader(value)).map_err(|unread| unread.at(&self.name))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unread> {
        let value = Reader(self.value.unwrap_or_default());
        value.deserialize_seq(visitor).map_err(|unread| unread.at(&self.name))
    }

    fn struct_variant<V: Visitor<'de>>(self, names: Names, visitor: V) -> Result<V::Value, Unread> {
        let value = Reader(self.value.unwrap_or_default());
        value.deserialize_struct("", names, visitor).map_err(|unread| unread.at(&self.name))
    }
}

/// A value that must be a variant without fields. It is read with a third of the code that any variant needs.
pub(super) struct Word(pub(super) Value);

impl<'de> Deserializer<'de> for Word {
    type Error = Unread;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        Err(refused(&self.0, &visitor))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: Names,
        visitor: V,
    ) -> Result<V::Value, Unread> {
        let index = Reader(self.0).unit(names, &visitor)?;
        let index: U32Deserializer<Unread> = index.into_deserializer();
        visitor.visit_enum(index)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}
