//! How the simple values are packed: numbers, text, what may be missing, lists, and the values of floor 0.

use std::sync::Arc;

use super::{Packed, Packer, Unpacker, packed};
use crate::sorted::{Few, Map};
use crate::{Day, KindergartenKind, Language, Moment, Person, ReferralNumber, Term, Unit};

macro_rules! unsigned {
    ($($type:ty)*) => {
        $(impl Packed for $type {
            fn pack(&self, to: &mut Packer) {
                to.number(u64::from(*self));
            }

            fn unpack(from: &mut Unpacker<'_>) -> Option<$type> {
                from.number()?.try_into().ok()
            }
        })*
    };
}

unsigned!(u16 u32 u64);

impl Packed for bool {
    fn pack(&self, to: &mut Packer) {
        to.number(u64::from(*self));
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<bool> {
        match from.number()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

/// Zigzag: small numbers stay small, whatever their sign.
impl Packed for i64 {
    fn pack(&self, to: &mut Packer) {
        to.number(((self << 1) ^ (self >> 63)).cast_unsigned());
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<i64> {
        let zigzag = from.number()?;
        Some((zigzag >> 1).cast_signed() ^ -(zigzag & 1).cast_signed())
    }
}

impl Packed for Moment {
    fn pack(&self, to: &mut Packer) {
        self.unix().pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Moment> {
        i64::unpack(from).map(Moment::from_unix)
    }
}

impl Packed for Day {
    fn pack(&self, to: &mut Packer) {
        i64::from(self.epoch()).pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Day> {
        let days = i64::unpack(from)?;
        Some(Day::from_epoch(days)).filter(|day| i64::from(day.epoch()) == days)
    }
}

impl Packed for String {
    fn pack(&self, to: &mut Packer) {
        to.text(self);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<String> {
        from.text().map(str::to_owned)
    }
}

impl<T: Packed> Packed for Option<T> {
    fn pack(&self, to: &mut Packer) {
        self.is_some().pack(to);
        if let Some(value) = self {
            value.pack(to);
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Option<T>> {
        if bool::unpack(from)? { T::unpack(from).map(Some) } else { Some(None) }
    }
}

impl<T: Packed> Packed for Box<T> {
    fn pack(&self, to: &mut Packer) {
        T::pack(self, to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Box<T>> {
        T::unpack(from).map(Box::new)
    }
}

impl<T: Packed> Packed for Few<T> {
    fn pack(&self, to: &mut Packer) {
        to.length(self.len());
        self.iter().for_each(|item| item.pack(to));
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Few<T>> {
        Vec::unpack(from).map(|items| items.into_iter().collect())
    }
}

impl<T: Packed> Packed for Vec<T> {
    fn pack(&self, to: &mut Packer) {
        to.length(self.len());
        self.iter().for_each(|item| item.pack(to));
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Vec<T>> {
        let length = from.length()?;
        // (`collect` would not know how many there are.)
        let mut items = Vec::with_capacity(length);
        for _ in 0..length {
            items.push(T::unpack(from)?);
        }
        Some(items)
    }
}

impl<K: Packed + Ord + Copy, V: Packed> Packed for Map<K, V> {
    fn pack(&self, to: &mut Packer) {
        to.length(self.len());
        for (key, value) in self.iter() {
            key.pack(to);
            value.pack(to);
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Map<K, V>> {
        let length = from.length()?;
        (0..length).map(|_| Some((K::unpack(from)?, V::unpack(from)?))).collect()
    }
}

impl<T: Packed> Packed for Arc<T> {
    fn pack(&self, to: &mut Packer) {
        self.as_ref().pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Arc<T>> {
        T::unpack(from).map(Arc::new)
    }
}

impl Packed for ReferralNumber {
    fn pack(&self, to: &mut Packer) {
        self.digits().pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<ReferralNumber> {
        ReferralNumber::of_digits(u64::unpack(from)?)
    }
}

impl Packed for Person {
    fn pack(&self, to: &mut Packer) {
        to.text(&self.reveal());
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Person> {
        Person::read(from.text()?).ok()
    }
}

impl Packed for Term {
    fn pack(&self, to: &mut Packer) {
        self.unit().pack(to);
        self.count().pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Term> {
        Term::new(Unit::unpack(from)?, u16::unpack(from)?)
    }
}

packed!(enum Unit { 0 => WorkingDays, 1 => CalendarDays, 2 => Hours, 3 => Months, 4 => Years });
packed!(enum Language { 0 => Kk, 1 => Ru, 2 => En });
packed!(enum KindergartenKind { 0 => State, 1 => Private, 2 => MiniCentre });
