//! The numbers that people see: of applications, of referrals, and of vacancies.

mod application;

use std::fmt;
use std::num::NonZeroU64;
use std::str::FromStr;

use serde::de::{self, Unexpected};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use application::ApplicationNumber;

use crate::Error;

/// The number of a referral (номер направления / жолдама нөмірі): ten digits, such as `1000000101`.
///
/// A register writes `1`, the application's serial in seven digits, and the referral's ordinal in two (R84);
/// any ten digits are read, leading zeros are kept (R83).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "номер направления", alias = "жолдама нөмірі")]
// The digits and one, so that an `Option` of it is no longer.
pub struct ReferralNumber(NonZeroU64);

const REFERRAL_FORM: &str = "ten digits";

impl ReferralNumber {
    pub(crate) fn of(serial: u32, ordinal: u32) -> ReferralNumber {
        ReferralNumber::plus_one(1_000_000_000 + u64::from(serial) * 100 + u64::from(ordinal))
    }

    fn plus_one(digits: u64) -> ReferralNumber {
        ReferralNumber(NonZeroU64::MIN.saturating_add(digits))
    }

    /// The serial and the ordinal in a number of this pattern (R84).
    pub(crate) fn parts(self) -> Option<(u32, u32)> {
        let rest = self.digits().checked_sub(1_000_000_000)?;
        Some((u32::try_from(rest / 100).ok()?, u32::try_from(rest % 100).ok()?))
    }

    /// The ten digits as one number.
    pub(crate) fn digits(self) -> u64 {
        self.0.get() - 1
    }

    pub(crate) fn of_digits(digits: u64) -> Option<ReferralNumber> {
        (digits < 10_000_000_000).then(|| ReferralNumber::plus_one(digits))
    }

    fn read(text: &str) -> Option<ReferralNumber> {
        let digits = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| text.parse().ok().map(ReferralNumber::plus_one)).flatten()
    }
}

impl fmt::Display for ReferralNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:010}", self.digits())
    }
}

impl fmt::Debug for ReferralNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for ReferralNumber {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::read(text).ok_or_else(|| Error::malformed("", REFERRAL_FORM, format!("{text:?}")))
    }
}

impl Serialize for ReferralNumber {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ReferralNumber {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::read(&text).ok_or_else(|| de::Error::invalid_value(Unexpected::Str(&text), &REFERRAL_FORM))
    }
}

/// The number of a vacancy: 1, 2, 3 … in the order of publication.
pub type VacancyId = u32;

pub(crate) const SHORT_TEXT: &str = "1 to 64 characters";

/// Text of 1 to 64 characters, of the host's choice.
pub(crate) fn short(text: &str) -> bool {
    !text.is_empty() && text.chars().take(65).count() <= 64
}

/// Gives a newtype over `Arc<str>` its reading (1 to 64 characters) and writing.
macro_rules! short_text {
    ($name:ident) => {
        impl std::str::FromStr for $name {
            type Err = $crate::Error;

            fn from_str(text: &str) -> Result<Self, $crate::Error> {
                if $crate::number::short(text) {
                    Ok($name(text.into()))
                } else {
                    let found = format!("{} characters", text.chars().count());
                    Err($crate::Error::malformed("", $crate::number::SHORT_TEXT, found))
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(&self.0)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = String::deserialize(from)?;
                text.parse().map_err(|_: $crate::Error| {
                    let found = serde::de::Unexpected::Str(&text);
                    serde::de::Error::invalid_value(found, &$crate::number::SHORT_TEXT)
                })
            }
        }
    };
}
pub(crate) use short_text;

#[cfg(test)]
mod tests;
