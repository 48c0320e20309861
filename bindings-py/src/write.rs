//! Answers of the library as Python objects: one small serializer.

use std::fmt::{self, Display};

use kezek::Zone;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString};
use serde::ser::{self, Serialize};

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
///
/// What is written is erased, so that each type's code is made once for all writers.
pub(crate) fn object<'py>(
    py: Python<'py>,
    zone: Option<Zone>,
    style: Style,
    value: &dyn erased_serde::Serialize,
) -> PyResult<Bound<'py, PyAny>> {
    let write = || value.serialize(Writer { py, style });
    let written = match zone {
        Some(zone) => zone.writing(write),
        None => write(),
    };
    written.map_err(|Failed(error)| error)
}

/// The same, where it is known to be an object of JSON.
pub(crate) fn dict<'py>(
    py: Python<'py>,
    zone: Option<Zone>,
    style: Style,
    value: &dyn erased_serde::Serialize,
) -> PyResult<Bound<'py, PyDict>> {
    Ok(object(py, zone, style, value)?.cast_into::<PyDict>()?)
}

#[derive(Clone, Copy)]
struct Writer<'py> {
    py: Python<'py>,
    style: Style,
}

#[derive(Debug)]
struct Failed(PyErr);

impl Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(&self.0, f)
    }
}

impl std::error::Error for Failed {}

impl ser::Error for Failed {
    fn custom<T: Display>(message: T) -> Failed {
        Failed(pyo3::exceptions::PyValueError::new_err(message.to_string()))
    }
}

impl From<PyErr> for Failed {
    fn from(error: PyErr) -> Failed {
        Failed(error)
    }
}

type Written<'py> = Result<Bound<'py, PyAny>, Failed>;

macro_rules! numbers {
    ($($name:ident $type:ty),*) => {
        $(fn $name(self, value: $type) -> Written<'py> {
            Ok(value.into_pyobject(self.py).map_err(PyErr::from)?.into_any())
        })*
    };
}

impl<'py> ser::Serializer for Writer<'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failed;
    type SerializeSeq = Items<'py>;
    type SerializeTuple = Items<'py>;
    type SerializeTupleStruct = Items<'py>;
    type SerializeTupleVariant = Items<'py>;
    type SerializeMap = Fields<'py>;
    type SerializeStruct = Fields<'py>;
    type SerializeStructVariant = Fields<'py>;

    numbers!(
        serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64, serialize_u8 u8,
        serialize_u16 u16, serialize_u32 u32, serialize_u64 u64, serialize_f32 f32, serialize_f64 f64
    );

    fn serialize_bool(self, value: bool) -> Written<'py> {
        Ok(value.into_pyobject(self.py).map_err(PyErr::from)?.to_owned().into_any())
    }

    fn serialize_char(self, value: char) -> Written<'py> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Written<'py> {
        Ok(PyString::new(self.py, value).into_any())
    }

    fn serialize_bytes(self, value: &[u8]) -> Written<'py> {
        Ok(pyo3::types::PyBytes::new(self.py, value).into_any())
    }

    fn serialize_none(self) -> Written<'py> {
        Ok(self.py.None().into_bound(self.py))
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written<'py> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Written<'py> {
        self.serialize_none()
    }

    fn serialize_unit_struct(self, _: &'static str) -> Written<'py> {
        self.serialize_none()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Written<'py> {
        Ok(PyString::intern(self.py, variant).into_any())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Written<'py> {
        let written = value.serialize(self)?;
        match (self.style, name) {
            (Style::Python, "Moment" | "Day") => {
                let when =
                    when::from_text(self.py, written.cast::<PyString>().map_err(PyErr::from)?.to_str()?)?;
                Ok(when.unwrap_or(written))
            }
            (Style::Masked, "Person") => self.serialize_str(&masked(&written.to_string())),
            (Style::Python | Style::Wire | Style::Masked, _) => Ok(written),
        }
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Written<'py> {
        let dict = PyDict::new(self.py);
        dict.set_item(PyString::intern(self.py, variant), value.serialize(self)?)?;
        Ok(dict.into_any())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items<'py>, Failed> {
        Ok(Items { writer: self, list: PyList::empty(self.py), variant: None })
    }

    fn serialize_tuple(self, len: usize) -> Result<Items<'py>, Failed> {
        self.serialize_seq(Some(len))
    }

    fn serialize_tuple_struct(self, _: &'static str, len: usize) -> Result<Items<'py>, Failed> {
        self.serialize_seq(Some(len))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Items<'py>, Failed> {
        Ok(Items { writer: self, list: PyList::empty(self.py), variant: Some(variant) })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Fields<'py>, Failed> {
        Ok(Fields { writer: self, dict: PyDict::new(self.py), key: None, variant: None })
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Fields<'py>, Failed> {
        self.serialize_map(None)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Fields<'py>, Failed> {
        Ok(Fields { writer: self, dict: PyDict::new(self.py), key: None, variant: Some(variant) })
    }
}

/// A person's number as it may be shown: the first two digits.
fn masked(text: &str) -> String {
    match text.get(..2) {
        Some(year) if !text.starts_with("p:") => format!("{year}**********"),
        Some(_) | None => "p:***".to_owned(),
    }
}

struct Items<'py> {
    writer: Writer<'py>,
    list: Bound<'py, PyList>,
    variant: Option<&'static str>,
}

impl<'py> Items<'py> {
    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
        Ok(self.list.append(value.serialize(self.writer)?)?)
    }

    fn done(self) -> Written<'py> {
        within(self.writer.py, self.variant, self.list.into_any())
    }
}

/// A variant's content under its name.
fn within<'py>(py: Python<'py>, variant: Option<&'static str>, content: Bound<'py, PyAny>) -> Written<'py> {
    let Some(variant) = variant else { return Ok(content) };
    let dict = PyDict::new(py);
    dict.set_item(PyString::intern(py, variant), content)?;
    Ok(dict.into_any())
}

macro_rules! items {
    ($($name:ident $method:ident),*) => {
        $(impl<'py> ser::$name for Items<'py> {
            type Ok = Bound<'py, PyAny>;
            type Error = Failed;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
                self.push(value)
            }

            fn end(self) -> Written<'py> {
                self.done()
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

struct Fields<'py> {
    writer: Writer<'py>,
    dict: Bound<'py, PyDict>,
    key: Option<Bound<'py, PyAny>>,
    variant: Option<&'static str>,
}

impl<'py> Fields<'py> {
    fn set<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Failed> {
        let key = PyString::intern(self.writer.py, key);
        Ok(self.dict.set_item(key, value.serialize(self.writer)?)?)
    }

    fn done(self) -> Written<'py> {
        within(self.writer.py, self.variant, self.dict.into_any())
    }
}

impl<'py> ser::SerializeMap for Fields<'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failed;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Failed> {
        // A key stays text, and stays text in JSON: a year of a calendar too.
        let key = key.serialize(Writer { style: Style::Wire, ..self.writer })?;
        self.key = Some(key.str().map_err(Failed)?.into_any());
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
        let value = value.serialize(self.writer)?;
        let key = self.key.take().ok_or_else(|| <Failed as ser::Error>::custom("a value without a key"))?;
        Ok(self.dict.set_item(key, value)?)
    }

    fn end(self) -> Written<'py> {
        self.done()
    }
}

macro_rules! fields {
    ($($name:ident),*) => {
        $(impl<'py> ser::$name for Fields<'py> {
            type Ok = Bound<'py, PyAny>;
            type Error = Failed;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                key: &'static str,
                value: &T,
            ) -> Result<(), Failed> {
                self.set(key, value)
            }

            fn end(self) -> Written<'py> {
                self.done()
            }
        })*
    };
}

fields!(SerializeStruct, SerializeStructVariant);
