//! Writing. Every value goes out by one serializer into a [`Sink`], so that each type's code for it is made once, for JSON
//! text, JSON values, a digest or another language's objects, and not once for each of them.

mod json;

use std::fmt::Display;

use serde::Serialize;
use serde::ser::{self, Serializer};
use serde_json::{Number, Value};

/// Takes the parts of a value in the order in which JSON has them: a scalar; or `list`, its items, `end_list`; or
/// `object`, for each field its name and its value, `end_object`. Nothing can be refused: a sink that fails keeps its
/// error and ignores the rest. [`write()`] fills it.
///
/// ```
/// use kezek::{Policy, Sink, What};
///
/// /// How many scalars a value has.
/// #[derive(Default)]
/// struct Count(usize);
///
/// impl Sink for Count {
///     fn null(&mut self) { self.0 += 1; }
///     fn bool(&mut self, _: bool) { self.0 += 1; }
///     fn number(&mut self, _: serde_json::Number) { self.0 += 1; }
///     fn text(&mut self, _: What, _: &str) { self.0 += 1; }
///     fn list(&mut self) {}
///     fn end_list(&mut self) {}
///     fn object(&mut self) {}
///     fn key(&mut self, _: &str) {}
///     fn end_object(&mut self) {}
/// }
///
/// let mut count = Count::default();
/// kezek::write(&Policy::named("kz-2025")?.name(), &mut count);
/// assert_eq!(count.0, 1);
/// # Ok::<(), kezek::Error>(())
/// ```
pub trait Sink {
    /// Nothing.
    fn null(&mut self);
    /// Yes or no.
    fn bool(&mut self, value: bool);
    /// A number; the library's own are whole and below 2^53.
    fn number(&mut self, value: Number);
    /// A text, and what it says.
    fn text(&mut self, what: What, value: &str);
    /// A list begins.
    fn list(&mut self);
    /// The list that began last ends.
    fn end_list(&mut self);
    /// An object begins.
    fn object(&mut self);
    /// The name of the object's next value.
    fn key(&mut self, name: &str);
    /// The object that began last ends.
    fn end_object(&mut self);

    /// A name that the library gives: a field's. As [`Sink::key`], where nothing is won by knowing it.
    fn field(&mut self, name: &'static str) {
        self.key(name);
    }
}

/// What a text says, for a sink that has a better type for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum What {
    /// An instant: `2018-03-16T18:20:00+06:00`.
    Moment,
    /// A date: `2018-03-16`.
    Day,
    /// A person's number (ЖСН, ИИН) or pseudonym: what `repr` and logs must mask.
    Person,
    /// One of the library's own words: `in_queue`.
    Word,
    /// Any other text.
    Text,
}

/// Writes a value into a sink, its instants in UTC, or in a zone inside [`Zone::writing`](crate::Zone::writing).
pub fn write<T: Serialize + ?Sized>(value: &T, sink: &mut dyn Sink) {
    // What cannot be written would be a variant with a tag that is no object, and none is.
    let _: Result<(), Cannot> = value.serialize(Out(sink));
}

/// A value as JSON: what `serde_json::to_value` gives, with the code that all writing shares.
#[must_use]
pub fn json_value<T: Serialize + ?Sized>(value: &T) -> Value {
    let mut sink = json::Tree::default();
    write(value, &mut sink);
    sink.done()
}

/// A value as JSON text: its fields in their order, no spaces; what `serde_json::to_string` gives, with the code that all
/// writing shares.
#[must_use]
pub fn json_text<T: Serialize + ?Sized>(value: &T) -> String {
    let mut text = Vec::new();
    text_to(&mut text, value);
    // It is text: nothing else was put in.
    String::from_utf8(text).unwrap_or_default()
}

/// The same, bit by bit, to a writer that cannot fail.
pub(crate) fn text_to<T: Serialize + ?Sized>(to: &mut dyn std::io::Write, value: &T) {
    write(value, &mut json::Text::to(to));
}

/// The one serializer. It fails only for what JSON cannot hold.
struct Out<'a>(&'a mut dyn Sink);

/// A value that JSON cannot hold.
#[derive(Debug)]
struct Cannot;

impl Display for Cannot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a value that JSON cannot hold")
    }
}

impl std::error::Error for Cannot {}

impl ser::Error for Cannot {
    fn custom<T: Display>(_: T) -> Cannot {
        Cannot
    }
}

type Written = Result<(), Cannot>;

impl Out<'_> {
    fn number(self, value: impl Into<Number>) -> Written {
        self.0.number(value.into());
        Ok(())
    }
}

macro_rules! numbers {
    ($($name:ident $type:ty),*) => {
        $(fn $name(self, value: $type) -> Written {
            self.number(value)
        })*
    };
}

impl<'a> Serializer for Out<'a> {
    type Ok = ();
    type Error = Cannot;
    type SerializeSeq = Items<'a>;
    type SerializeTuple = Items<'a>;
    type SerializeTupleStruct = Items<'a>;
    type SerializeTupleVariant = Items<'a>;
    type SerializeMap = Fields<'a>;
    type SerializeStruct = Fields<'a>;
    type SerializeStructVariant = Fields<'a>;

    numbers!(
        serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64, serialize_u8 u8,
        serialize_u16 u16, serialize_u32 u32, serialize_u64 u64
    );

    fn serialize_f32(self, value: f32) -> Written {
        self.serialize_f64(value.into())
    }

    fn serialize_f64(self, value: f64) -> Written {
        match Number::from_f64(value) {
            Some(number) => self.0.number(number),
            None => self.0.null(),
        }
        Ok(())
    }

    fn serialize_bool(self, value: bool) -> Written {
        self.0.bool(value);
        Ok(())
    }

    fn serialize_char(self, value: char) -> Written {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Written {
        self.0.text(What::Text, value);
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Written {
        self.collect_seq(value)
    }

    fn serialize_none(self) -> Written {
        self.0.null();
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Written {
        self.serialize_none()
    }

    fn serialize_unit_struct(self, _: &'static str) -> Written {
        self.serialize_none()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Written {
        self.0.text(What::Word, variant);
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Written {
        let what = match name {
            "Moment" => What::Moment,
            "Day" => What::Day,
            "Person" => What::Person,
            _ => return value.serialize(self),
        };
        value.serialize(Out(&mut Known { what, sink: self.0 }))
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Written {
        self.0.object();
        self.0.field(variant);
        value.serialize(Out(self.0))?;
        self.0.end_object();
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items<'a>, Cannot> {
        self.0.list();
        Ok(Items { sink: self.0, of_variant: false })
    }

    fn serialize_tuple(self, _: usize) -> Result<Items<'a>, Cannot> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Items<'a>, Cannot> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Items<'a>, Cannot> {
        self.0.object();
        self.0.field(variant);
        self.0.list();
        Ok(Items { sink: self.0, of_variant: true })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Fields<'a>, Cannot> {
        self.0.object();
        Ok(Fields { sink: self.0, of_variant: false })
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Fields<'a>, Cannot> {
        self.serialize_map(None)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Fields<'a>, Cannot> {
        self.0.object();
        self.0.field(variant);
        self.0.object();
        Ok(Fields { sink: self.0, of_variant: true })
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Written {
        shown(self.0, &value);
        Ok(())
    }
}

fn shown(sink: &mut dyn Sink, value: &dyn Display) {
    sink.text(What::Text, &value.to_string());
}

/// Passes a text on with what it says.
struct Known<'a> {
    what: What,
    sink: &'a mut dyn Sink,
}

impl Sink for Known<'_> {
    fn null(&mut self) {
        self.sink.null();
    }

    fn bool(&mut self, value: bool) {
        self.sink.bool(value);
    }

    fn number(&mut self, value: Number) {
        self.sink.number(value);
    }

    fn text(&mut self, _: What, value: &str) {
        self.sink.text(self.what, value);
    }

    fn list(&mut self) {
        self.sink.list();
    }

    fn end_list(&mut self) {
        self.sink.end_list();
    }

    fn object(&mut self) {
        self.sink.object();
    }

    fn key(&mut self, name: &str) {
        self.sink.key(name);
    }

    fn end_object(&mut self) {
        self.sink.end_object();
    }
}

/// A list that has begun.
struct Items<'a> {
    sink: &'a mut dyn Sink,
    of_variant: bool,
}

macro_rules! items {
    ($($name:ident $method:ident),*) => {
        $(impl ser::$name for Items<'_> {
            type Ok = ();
            type Error = Cannot;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
                value.serialize(Out(self.sink))
            }

            fn end(self) -> Written {
                self.sink.end_list();
                if self.of_variant {
                    self.sink.end_object();
                }
                Ok(())
            }
        })*
    };
}

items!(
    SerializeSeq serialize_element,
    SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field
);

/// An object that has begun.
struct Fields<'a> {
    sink: &'a mut dyn Sink,
    of_variant: bool,
}

impl Fields<'_> {
    fn done(self) -> Written {
        self.sink.end_object();
        if self.of_variant {
            self.sink.end_object();
        }
        Ok(())
    }
}

macro_rules! fields {
    ($($name:ident),*) => {
        $(impl ser::$name for Fields<'_> {
            type Ok = ();
            type Error = Cannot;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Written {
                self.sink.field(name);
                value.serialize(Out(self.sink))
            }

            fn end(self) -> Written {
                self.done()
            }
        })*
    };
}

fields!(SerializeStruct, SerializeStructVariant);

impl ser::SerializeMap for Fields<'_> {
    type Ok = ();
    type Error = Cannot;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Written {
        let mut name = json::Name::default();
        key.serialize(Out(&mut name))?;
        self.sink.key(&name.0);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        value.serialize(Out(self.sink))
    }

    fn serialize_entry<K: Serialize + ?Sized, V: Serialize + ?Sized>(
        &mut self,
        key: &K,
        value: &V,
    ) -> Written {
        self.serialize_key(key)?;
        self.serialize_value(value)
    }

    fn end(self) -> Written {
        self.done()
    }
}

#[cfg(test)]
mod tests;
