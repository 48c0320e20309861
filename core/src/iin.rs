//! Persons: the individual identification number (ИИН / ЖСН), or a pseudonym.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::de::{self, Unexpected};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::number::short;
use crate::{Day, Error};

/// An individual identification number (ИИН / ЖСН): twelve digits with a right check digit (F33, F34).
///
/// A business number (БИН / БСН) is not one (F36). `Debug` shows only the first two digits.
///
/// ```
/// use kezek::Iin;
/// let child: Iin = "991231500016".parse()?;
/// assert_eq!(child.birth_date(), kezek::Day::new(2099, 12, 31));
/// assert!("991231500017".parse::<Iin>().is_err());
/// # Ok::<(), kezek::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "ИИН", alias = "ЖСН")]
pub struct Iin(u64);

impl Iin {
    fn digits(self) -> [u8; 12] {
        let (mut digits, mut rest) = ([0_u8; 12], self.0);
        for digit in digits.iter_mut().rev() {
            [*digit, ..] = (rest % 10).to_le_bytes();
            rest /= 10;
        }
        digits
    }

    /// The birth date that the digits tell: `YYMMDD`, the century from the seventh digit (F33). `None` where
    /// they tell none. It need not be the person's real one (F35).
    #[must_use]
    pub fn birth_date(&self) -> Option<Day> {
        let [y1, y2, m1, m2, d1, d2, century, ..] = self.digits().map(u32::from);
        let century = match century {
            1 | 2 => 1800,
            3 | 4 => 1900,
            5 | 6 => 2000,
            _ => return None,
        };
        let year = i32::try_from(century + y1 * 10 + y2).ok()?;
        Day::new(year, m1 * 10 + m2, d1 * 10 + d2)
    }

    /// Whether the digits tell another birth date than the given one: a reason to look again, never to refuse
    /// (F35). A century digit that means nothing is passed over.
    #[must_use]
    pub fn differs_from(&self, born: Day) -> bool {
        let [y1, y2, m1, m2, d1, d2, century, ..] = self.digits().map(u32::from);
        let year = u32::try_from(born.year()).unwrap_or_default();
        let digits = (y1 * 10 + y2, m1 * 10 + m2, d1 * 10 + d2);
        let other_century = match century {
            1 | 2 => year / 100 != 18,
            3 | 4 => year / 100 != 19,
            5 | 6 => year / 100 != 20,
            _ => false,
        };
        other_century || digits != (year % 100, born.month(), born.day())
    }

    /// The number in full: personal data.
    #[must_use]
    pub fn reveal(&self) -> String {
        format!("{:012}", self.0)
    }
}

/// The check digit of eleven digits; `None` where the number is not used (F34).
///
/// The sum of digit times weight 1 to 11, modulo 11. When that is ten, a second pass with the weights
/// 3 to 11, 1, 2; when that is ten too, there is no such number.
fn check_digit(stem: &[u8]) -> Option<u8> {
    let pass = |first: usize| {
        let sum: usize =
            stem.iter().enumerate().map(|(i, digit)| usize::from(*digit) * ((first + i) % 11 + 1)).sum();
        u8::try_from(sum % 11).ok().filter(|rest| *rest < 10)
    };
    pass(0).or_else(|| pass(2))
}

/// Why a text is no person. `Display` describes the text and never quotes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoPerson {
    /// So many characters instead of twelve.
    Length(usize),
    NoDigit,
    /// F36: the number of an organisation.
    Bin,
    /// F34: no check digit fits, so that the number is not used.
    Unused,
    CheckDigit,
    /// A pseudonym of so many characters.
    Pseudonym(usize),
}

impl fmt::Display for NoPerson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoPerson::Length(count) => write!(f, "{count} characters"),
            NoPerson::NoDigit => f.write_str("a character that is no digit"),
            NoPerson::Bin => f.write_str("a business number (BIN)"),
            NoPerson::Unused => f.write_str("a number that is not used (no check digit fits)"),
            NoPerson::CheckDigit => f.write_str("a wrong check digit"),
            NoPerson::Pseudonym(count) => write!(f, "a pseudonym of {count} characters"),
        }
    }
}

fn read(text: &str) -> Result<Iin, NoPerson> {
    let count = text.chars().count();
    let mut digits = [0_u8; 12];
    if count != 12 {
        return Err(NoPerson::Length(count));
    }
    for (digit, c) in digits.iter_mut().zip(text.chars()) {
        let value = c.to_digit(10).and_then(|value| u8::try_from(value).ok());
        *digit = value.ok_or(NoPerson::NoDigit)?;
    }
    let [stem @ .., last] = &digits;
    // F36: a fifth digit of 4, 5 or 6 makes it the number of an organisation.
    if matches!(stem, [_, _, _, _, 4..=6, ..]) {
        return Err(NoPerson::Bin);
    }
    match check_digit(stem) {
        None => Err(NoPerson::Unused),
        Some(check) if check != *last => Err(NoPerson::CheckDigit),
        Some(_) => Ok(Iin(digits.iter().fold(0, |all, digit| all * 10 + u64::from(*digit)))),
    }
}

const IIN_FORM: &str = "twelve digits with a right check digit";

impl FromStr for Iin {
    type Err = Error;

    fn from_str(text: &str) -> Result<Iin, Error> {
        read(text).map_err(|found| Error::malformed("", IIN_FORM, found.to_string()))
    }
}

impl fmt::Debug for Iin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [y1, y2, ..] = self.digits();
        write!(f, "{y1}{y2}**********")
    }
}

/// A person in the register: an [`Iin`], or a pseudonym of the host's choice (`p:` and 1 to 64 characters).
///
/// With pseudonyms a journal holds no personal number, and forgetting somebody is the host's one row.
/// `Debug` masks both.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Person {
    /// A personal number.
    Iin(Iin),
    /// A pseudonym, without its `p:`.
    Pseudonym(Pseudonym),
}

/// The host's name for a person: 1 to 64 characters. `Debug` masks it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pseudonym(Arc<str>);

pub(crate) const PERSON_FORM: &str =
    "a person: twelve digits with a right check digit, or \"p:\" and 1 to 64 characters";

impl Person {
    /// The person in full, as on the wire: personal data.
    #[must_use]
    pub fn reveal(&self) -> String {
        match self {
            Person::Iin(iin) => iin.reveal(),
            Person::Pseudonym(name) => format!("p:{}", name.0),
        }
    }

    /// Whether the number tells another birth date (F35); a pseudonym tells none.
    #[must_use]
    pub fn differs_from(&self, born: Day) -> bool {
        match self {
            Person::Iin(iin) => iin.differs_from(born),
            Person::Pseudonym(_) => false,
        }
    }

    pub(crate) fn read(text: &str) -> Result<Person, NoPerson> {
        match text.strip_prefix("p:") {
            Some(name) if short(name) => Ok(Person::Pseudonym(Pseudonym(name.into()))),
            Some(name) => Err(NoPerson::Pseudonym(name.chars().count())),
            None => read(text).map(Person::Iin),
        }
    }
}

impl FromStr for Person {
    type Err = Error;

    fn from_str(text: &str) -> Result<Person, Error> {
        Person::read(text).map_err(|found| Error::malformed("", PERSON_FORM, found.to_string()))
    }
}

impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Person::Iin(iin) => fmt::Debug::fmt(iin, f),
            Person::Pseudonym(name) => fmt::Debug::fmt(name, f),
        }
    }
}

impl fmt::Debug for Pseudonym {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("p:***")
    }
}

/// Text in JSON; the name tells a serializer that masks what is personal which text that is.
impl Serialize for Person {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_newtype_struct("Person", &self.reveal())
    }
}

impl<'de> Deserialize<'de> for Person {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Person, D::Error> {
        let text = String::deserialize(from)?;
        Person::read(&text)
            .map_err(|found| de::Error::invalid_value(Unexpected::Other(&found.to_string()), &PERSON_FORM))
    }
}

#[cfg(test)]
#[path = "iin_tests.rs"]
mod tests;
