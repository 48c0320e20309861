//! Instants: whole seconds, always with a zone on the wire.

use std::cell::Cell;
use std::fmt;
use std::num::NonZeroU64;
use std::ops::RangeInclusive;
use std::str::FromStr;

use chrono::{DateTime, Datelike as _, Timelike as _};
use serde::de::{self, Unexpected};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Error, Zone};

/// An instant (момент времени / уақыт сәті), R85: whole seconds since 1970-01-01T00:00:00Z, an `i64`.
///
/// Read from RFC 3339 with any offset or `Z`, in the years 1 to 9999 of UTC; a fraction of a second is cut off;
/// without an offset it is an error, never a guess. There is no `Default` and no `now()`: time is always an argument.
///
/// ```
/// use kezek::{Moment, Zone};
/// let at: Moment = "2018-03-16T18:20:00.9+06:00".parse()?;
/// assert_eq!(at, "2018-03-16T12:20:00Z".parse()?);
/// assert_eq!(at.in_zone(Zone::Almaty).to_string(), "2018-03-16T18:20:00+06:00");
/// assert!("2018-03-16T18:20:00".parse::<Moment>().is_err());
/// # Ok::<(), kezek::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(NonZeroU64);

/// With the sign turned over the seconds are in order as a number without one, and zero is left for no moment at all: an
/// `Option<Moment>` is eight bytes.
const SIGN: u64 = 1 << 63;

/// The years 1 to 9999 in UTC: what is read from text can be written in it again, and Python has no others.
const READABLE: RangeInclusive<i64> = -62_135_596_800..=253_402_300_799;

/// What an instant looks like, for messages.
pub(crate) const MOMENT_FORM: &str = "an instant with an offset such as \"2018-03-16T18:20:00+06:00\"";

impl Moment {
    /// The moment so many seconds after 1970-01-01T00:00:00Z. (`i64::MIN`, long before every calendar, is taken for the
    /// second after it.)
    #[must_use]
    pub const fn from_unix(seconds: i64) -> Moment {
        match NonZeroU64::new(seconds.cast_unsigned() ^ SIGN) {
            Some(ordered) => Moment(ordered),
            // The first of all seconds is the one after it: a moment that is missing takes its place.
            None => Moment(NonZeroU64::MIN),
        }
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn unix(self) -> i64 {
        (self.0.get() ^ SIGN).cast_signed()
    }

    /// The moment so many seconds later (or earlier).
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Moment {
        Moment::from_unix(self.unix().saturating_add(seconds))
    }

    /// Written as the clocks of a zone show it; in UTC where they show a year that has not four digits.
    #[must_use]
    pub fn in_zone(self, zone: Zone) -> impl fmt::Display {
        let offset = zone.offset(self);
        let is_readable = READABLE.contains(&self.unix().saturating_add(offset.into()));
        Written { at: self, offset: if is_readable { offset } else { 0 } }
    }
}

struct Written {
    at: Moment,
    offset: i32,
}

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let local = self.at.unix().checked_add(self.offset.into());
        let Some(local) = local.and_then(|local| DateTime::from_timestamp(local, 0)) else {
            return write!(f, "unix {}", self.at.unix());
        };
        match u32::try_from(local.year()) {
            Ok(year @ 0..=9999) => {
                [pair(year / 100), pair(year)].into_iter().try_for_each(|two| f.write_str(two))?
            }
            Ok(_) | Err(_) => write!(f, "{:+05}", local.year())?,
        }
        let date = [("-", local.month()), ("-", local.day())];
        let time = [("T", local.hour()), (":", local.minute()), (":", local.second())];
        for (before, part) in date.into_iter().chain(time) {
            f.write_str(before)?;
            f.write_str(pair(part))?;
        }
        if self.offset == 0 {
            return f.write_str("Z");
        }
        let minutes = self.offset.unsigned_abs() / 60;
        f.write_str(if self.offset < 0 { "-" } else { "+" })?;
        f.write_str(pair(minutes / 60))?;
        f.write_str(":")?;
        f.write_str(pair(minutes % 60))
    }
}

/// The last two digits of a number. (Answers are full of instants: a general formatter is most of their cost.)
fn pair(number: u32) -> &'static str {
    const PAIRS: &str = "\
        0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849\
        5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";
    let at = usize::try_from(number % 100).unwrap_or_default() * 2;
    PAIRS.get(at..at + 2).unwrap_or("00")
}

impl fmt::Display for Moment {
    /// In UTC; see [`Moment::in_zone`].
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Written { at: *self, offset: 0 }.fmt(f)
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Moment {
    type Err = Error;

    fn from_str(text: &str) -> Result<Moment, Error> {
        parse(text).ok_or_else(|| Error::malformed("", MOMENT_FORM, format!("{text:?}")))
    }
}

fn parse(text: &str) -> Option<Moment> {
    let seconds = DateTime::parse_from_rfc3339(text).ok()?.timestamp();
    READABLE.contains(&seconds).then(|| Moment::from_unix(seconds))
}

thread_local! {
    /// serde hands a serializer no context, and an instant on the wire is written in its register's zone:
    /// this is the one place where the zone waits. Only [`writing_in`] sets it, for the time of one call.
    static ZONE: Cell<Option<Zone>> = const { Cell::new(None) };
}

/// Runs `write`; the moments that it serializes are written in `zone` (elsewhere in UTC).
pub(crate) fn writing_in<T>(zone: Zone, write: impl FnOnce() -> T) -> T {
    let before = ZONE.replace(Some(zone));
    let done = write();
    ZONE.set(before);
    done
}

/// Runs `write`; the moments that it serializes are written in UTC, whatever is written around it.
pub(crate) fn writing_in_utc<T>(write: impl FnOnce() -> T) -> T {
    let before = ZONE.take();
    let done = write();
    ZONE.set(before);
    done
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match ZONE.get() {
            Some(zone) => to.serialize_newtype_struct("Moment", &format_args!("{}", self.in_zone(zone))),
            None => to.serialize_newtype_struct("Moment", &format_args!("{self}")),
        }
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Moment, D::Error> {
        let text = String::deserialize(from)?;
        parse(&text).ok_or_else(|| de::Error::invalid_value(Unexpected::Str(&text), &MOMENT_FORM))
    }
}

#[cfg(feature = "chrono")]
impl<Z: chrono::TimeZone> From<DateTime<Z>> for Moment {
    fn from(at: DateTime<Z>) -> Moment {
        Moment::from_unix(at.timestamp())
    }
}

#[cfg(feature = "chrono")]
impl From<Moment> for DateTime<chrono::Utc> {
    /// Moments that chrono cannot express become 1970-01-01.
    fn from(at: Moment) -> DateTime<chrono::Utc> {
        DateTime::from_timestamp(at.unix(), 0).unwrap_or_default()
    }
}

#[cfg(test)]
#[path = "moment_tests.rs"]
mod tests;
