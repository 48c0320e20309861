//! Lengths of time, as the rules state them.

use std::fmt;

use serde::de::{self, MapAccess, Unexpected, Visitor};
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The unit of a [`Term`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Working days of the policy's calendar (рабочие дни / жұмыс күндері).
    WorkingDays,
    /// Calendar days (календарные дни / күнтізбелік күндер).
    CalendarDays,
    /// Elapsed hours (часы / сағат): on a day of 25 hours, 24 of them end an hour earlier by the clock (O19).
    Hours,
    /// Months (месяцы / айлар); a month without the day ends on its last day (F30).
    Months,
    /// Years (годы / жылдар); likewise.
    Years,
}

impl Unit {
    pub(crate) const ALL: [Unit; 5] =
        [Unit::WorkingDays, Unit::CalendarDays, Unit::Hours, Unit::Months, Unit::Years];

    /// The unit as it stands on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Unit::WorkingDays => "working_days",
            Unit::CalendarDays => "calendar_days",
            Unit::Hours => "hours",
            Unit::Months => "months",
            Unit::Years => "years",
        }
    }
}

/// A length of time (срок / мерзім): 1 to 9999 of one [`Unit`]. On the wire `{"working_days":3}`.
///
/// There is no `Ord`: three working days may be longer or shorter than four calendar days.
///
/// ```
/// use kezek::{Term, Unit};
/// let window = Term::new(Unit::WorkingDays, 3);
/// assert_eq!(window.map(|term| term.to_string()).as_deref(), Some("3 working_days"));
/// assert_eq!(Term::new(Unit::Hours, 0), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Term {
    unit: Unit,
    count: u16,
}

const TERM_FORM: &str = "a term: exactly one of working_days, calendar_days, hours, months, years, \
                         a whole number from 1 to 9999";

impl Term {
    /// So many of a unit; `None` for none of it or more than 9999.
    #[must_use]
    pub fn new(unit: Unit, count: u16) -> Option<Term> {
        (1..=9999).contains(&count).then_some(Term { unit, count })
    }

    /// The unit.
    #[must_use]
    pub fn unit(self) -> Unit {
        self.unit
    }

    /// How many.
    #[must_use]
    pub fn count(self) -> u16 {
        self.count
    }

    /// The length in months, where it is one of months or years.
    #[must_use]
    pub fn months(self) -> Option<u32> {
        match self.unit {
            Unit::Months => Some(u32::from(self.count)),
            Unit::Years => Some(u32::from(self.count).saturating_mul(12)),
            Unit::WorkingDays | Unit::CalendarDays | Unit::Hours => None,
        }
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.count, self.unit.as_str())
    }
}

impl fmt::Debug for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Term {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(1))?;
        map.serialize_entry(self.unit.as_str(), &self.count)?;
        map.end()
    }
}

impl<'de> Deserialize<'de> for Term {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Term, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Term;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(TERM_FORM)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Term, A::Error> {
                let Some((key, count)) = map.next_entry::<String, i64>()? else {
                    return Err(de::Error::invalid_value(Unexpected::Map, &self));
                };
                let unit = Unit::ALL
                    .into_iter()
                    .find(|unit| unit.as_str() == key)
                    .ok_or_else(|| de::Error::invalid_value(Unexpected::Str(&key), &self))?;
                if let Some(second) = map.next_key::<String>()? {
                    return Err(de::Error::invalid_value(Unexpected::Str(&second), &self));
                }
                u16::try_from(count)
                    .ok()
                    .and_then(|count| Term::new(unit, count))
                    .ok_or_else(|| de::Error::invalid_value(Unexpected::Signed(count), &self))
            }
        }
        from.deserialize_map(Reader)
    }
}

#[cfg(test)]
#[path = "term_tests.rs"]
mod tests;
