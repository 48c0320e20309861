//! The numbers that people see: of applications, of referrals, and of vacancies.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::sync::Arc;

use serde::de::{self, Unexpected};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Error;

/// The number of an application (номер заявления / өтініш нөмірі), such as `UO.2018.000016.1` (R80).
///
/// Any text of 1 to 64 characters is one. The portals print the same number with the Latin `UO` and with the
/// Cyrillic `УО`: both are equal here (R82). Zeros and a region's prefix count (R81). It is written back as
/// it was first given.
///
/// ```
/// use kezek::ApplicationNumber;
/// let latin: ApplicationNumber = "UO.2018.000016.1".parse()?;
/// let cyrillic: ApplicationNumber = "УО.2018.000016.1".parse()?;
/// assert_eq!(latin, cyrillic);
/// # Ok::<(), kezek::Error>(())
/// ```
#[derive(Clone)]
#[doc(alias = "номер заявления", alias = "өтініш нөмірі")]
pub struct ApplicationNumber(Arc<str>);

impl ApplicationNumber {
    /// As it was first given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn of(prefix: &str, year: i32, serial: u32) -> ApplicationNumber {
        let mut text = String::with_capacity(prefix.len() + ".2018.000001.1".len());
        text.push_str(prefix);
        text.push('.');
        push_digits(&mut text, year.unsigned_abs(), 1);
        text.push('.');
        push_digits(&mut text, serial, 6);
        text.push_str(".1");
        ApplicationNumber(text.into())
    }

    /// The characters by which two numbers are compared (R82).
    fn compared(&self) -> impl Iterator<Item = char> + '_ {
        self.0.chars().map(|c| match c {
            'У' => 'U',
            'О' => 'O',
            other => other,
        })
    }
}

impl PartialEq for ApplicationNumber {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0 || self.compared().eq(other.compared())
    }
}

impl Eq for ApplicationNumber {}

impl Hash for ApplicationNumber {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // Equal numbers hash alike: what is compared, all at once where it is what is there.
        if self.0.is_ascii() {
            self.0.hash(state);
        } else {
            self.compared().collect::<String>().hash(state);
        }
    }
}

impl fmt::Display for ApplicationNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for ApplicationNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// The number of a referral (номер направления / жолдама нөмірі): ten digits, such as `1000000101`.
///
/// A register writes `1`, the application's serial in seven digits, and the referral's ordinal in two (R84);
/// any ten digits are read, leading zeros are kept (R83).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "номер направления", alias = "жолдама нөмірі")]
pub struct ReferralNumber(u64);

/// At least so many digits: what `{:0width$}` writes, in a tenth of its time.
fn push_digits(text: &mut String, number: u32, width: usize) {
    let (mut digits, mut rest) = (['0'; 10], number);
    for digit in digits.iter_mut().rev() {
        *digit = char::from_digit(rest % 10, 10).unwrap_or_default();
        rest /= 10;
    }
    let zeros = digits.iter().take_while(|digit| **digit == '0').count();
    text.extend(digits.iter().skip(zeros.min(digits.len().saturating_sub(width))));
}

const REFERRAL_FORM: &str = "ten digits";

impl ReferralNumber {
    pub(crate) fn of(serial: u32, ordinal: u32) -> ReferralNumber {
        ReferralNumber(1_000_000_000 + u64::from(serial) * 100 + u64::from(ordinal))
    }

    /// The serial and the ordinal in a number of this pattern (R84).
    pub(crate) fn parts(self) -> Option<(u32, u32)> {
        let rest = self.0.checked_sub(1_000_000_000)?;
        Some((u32::try_from(rest / 100).ok()?, u32::try_from(rest % 100).ok()?))
    }

    /// The ten digits as one number.
    pub(crate) fn digits(self) -> u64 {
        self.0
    }

    pub(crate) fn of_digits(digits: u64) -> Option<ReferralNumber> {
        (digits < 10_000_000_000).then_some(ReferralNumber(digits))
    }

    fn read(text: &str) -> Option<ReferralNumber> {
        let digits = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| text.parse().ok().map(ReferralNumber)).flatten()
    }
}

impl fmt::Display for ReferralNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:010}", self.0)
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

short_text!(ApplicationNumber);

#[cfg(test)]
#[path = "number_tests.rs"]
mod tests;
