//! Values as bytes, to be read again without deciding anything.
//!
//! A value is its fields one after the other: a whole number is a varint (LEB128, signed ones in zigzag), text and lists
//! are their length and what is in them, an enum is the number of its variant. A name that comes again and again, such
//! as a kindergarten's, is written once. There are no field names: whoever reads knows what comes, and a change of a
//! packed type is a new format.

mod values;

use std::collections::HashMap;
use std::sync::Arc;

/// A value that goes into bytes and comes out of them.
pub(crate) trait Packed: Sized {
    /// Writes the value behind what is there.
    fn pack(&self, to: &mut Packer);

    /// Reads one; `None` where the bytes are no such value.
    fn unpack(from: &mut Unpacker<'_>) -> Option<Self>;
}

/// Bytes that are being written.
#[derive(Debug, Default)]
pub(crate) struct Packer {
    bytes: Vec<u8>,
    names: HashMap<Arc<str>, u64>,
}

impl Packer {
    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// LEB128: seven bits a byte, the lowest first.
    pub(crate) fn number(&mut self, mut number: u64) {
        loop {
            let [low, ..] = number.to_le_bytes();
            number >>= 7;
            if number == 0 {
                return self.bytes.push(low & 0x7f);
            }
            self.bytes.push(low | 0x80);
        }
    }

    pub(crate) fn length(&mut self, length: usize) {
        self.number(u64::try_from(length).unwrap_or(u64::MAX));
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.length(text.len());
        self.bytes(text.as_bytes());
    }

    /// A name: the number that it had the first time, or the next number and the name.
    pub(crate) fn name(&mut self, name: &Arc<str>) {
        if let Some(known) = self.names.get(name) {
            return self.number(*known);
        }
        let next = u64::try_from(self.names.len()).unwrap_or(u64::MAX);
        self.names.insert(Arc::clone(name), next);
        self.number(next);
        self.text(name);
    }

    pub(crate) fn finish(self) -> Vec<u8> {
        self.bytes
    }
}

/// Bytes that are being read.
#[derive(Debug)]
pub(crate) struct Unpacker<'a> {
    left: &'a [u8],
    names: Vec<Arc<str>>,
}

impl<'a> Unpacker<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Unpacker<'a> {
        Unpacker { left: bytes, names: Vec::new() }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.left.is_empty()
    }

    /// How many bytes are left.
    pub(crate) fn left(&self) -> usize {
        self.left.len()
    }

    pub(crate) fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, left) = self.left.split_at_checked(count)?;
        self.left = left;
        Some(taken)
    }

    pub(crate) fn number(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let (byte, left) = self.left.split_first()?;
            self.left = left;
            let seven = u64::from(byte & 0x7f);
            number |= seven.checked_shl(shift).filter(|placed| placed >> shift == seven)?;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    /// A length of things that take a byte each at least: never more than there are bytes.
    pub(crate) fn length(&mut self) -> Option<usize> {
        let length = usize::try_from(self.number()?).ok()?;
        (length <= self.left.len()).then_some(length)
    }

    pub(crate) fn text(&mut self) -> Option<&'a str> {
        let length = self.length()?;
        std::str::from_utf8(self.bytes(length)?).ok()
    }

    /// A name, one copy of it for all.
    pub(crate) fn name(&mut self) -> Option<Arc<str>> {
        let at = usize::try_from(self.number()?).ok()?;
        if at == self.names.len() {
            let name = self.text()?.into();
            self.names.push(name);
        }
        self.names.get(at).cloned()
    }
}

/// A struct by its fields, an enum by its variants and their numbers.
macro_rules! packed {
    ($type:ident { $($field:ident),* $(,)? }) => {
        impl $crate::packed::Packed for $type {
            fn pack(&self, to: &mut $crate::packed::Packer) {
                let Self { $($field),* } = self;
                $($crate::packed::Packed::pack($field, to);)*
            }

            fn unpack(from: &mut $crate::packed::Unpacker<'_>) -> Option<Self> {
                Some(Self { $($field: $crate::packed::Packed::unpack(from)?),* })
            }
        }
    };
    (enum $type:ident {
        $($number:literal => $variant:ident $({ $($field:ident),* $(,)? })? $(( $item:ident ))?),* $(,)?
    }) => {
        impl $crate::packed::Packed for $type {
            fn pack(&self, to: &mut $crate::packed::Packer) {
                match self {
                    $(Self::$variant $({ $($field),* })? $(($item))? => {
                        to.number($number);
                        $($($crate::packed::Packed::pack($field, to);)*)?
                        $($crate::packed::Packed::pack($item, to);)?
                    })*
                }
            }

            fn unpack(from: &mut $crate::packed::Unpacker<'_>) -> Option<Self> {
                Some(match from.number()? {
                    $($number => {
                        $($(let $field = $crate::packed::Packed::unpack(from)?;)*)?
                        $(let $item = $crate::packed::Packed::unpack(from)?;)?
                        Self::$variant $({ $($field),* })? $(($item))?
                    })*
                    _ => return None,
                })
            }
        }
    };
}
pub(crate) use packed;

/// A newtype over `Arc<str>` whose values come again and again.
macro_rules! packed_name {
    ($type:ident) => {
        impl $crate::packed::Packed for $type {
            fn pack(&self, to: &mut $crate::packed::Packer) {
                to.name(&self.0);
            }

            fn unpack(from: &mut $crate::packed::Unpacker<'_>) -> Option<Self> {
                from.name().filter(|name| $crate::number::short(name)).map($type)
            }
        }
    };
}
pub(crate) use packed_name;

/// A type that there are few of, by its JSON.
macro_rules! packed_json {
    ($type:ty, $read:expr) => {
        impl $crate::packed::Packed for $type {
            fn pack(&self, to: &mut $crate::packed::Packer) {
                to.text(&$crate::written::json_text(self));
            }

            fn unpack(from: &mut $crate::packed::Unpacker<'_>) -> Option<Self> {
                let value = serde_json::from_str(from.text()?).ok()?;
                let read: fn(serde_json::Value) -> Result<Self, $crate::Error> = $read;
                read(value).ok()
            }
        }
    };
}
pub(crate) use packed_json;

#[cfg(test)]
mod tests;
