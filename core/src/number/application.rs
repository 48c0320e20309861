//! The number of an application: sixteen bytes, and nothing to look up where it is as a register writes it.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::sync::Arc;

use serde::de::{self, Unexpected};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{SHORT_TEXT, short};
use crate::Error;
use crate::packed::{Packed, Packer, Unpacker};

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
/// assert_eq!(cyrillic.to_string(), "УО.2018.000016.1");
/// # Ok::<(), kezek::Error>(())
/// ```
#[derive(Clone)]
#[doc(alias = "номер заявления", alias = "өтініш нөмірі")]
pub struct ApplicationNumber(Form);

/// Which text it is. What fits the pattern is never kept as text, so that two of one form are equal as they stand.
#[derive(Clone)]
enum Form {
    Pattern(Pattern),
    Text(Arc<str>),
}

/// `PREFIX.YEAR.SERIAL.1`: 1 to 4 Latin letters or digits, a year from 1000 to 4095, a serial of six digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Pattern {
    /// Filled up with zeros.
    prefix: [u8; 4],
    /// The serial in the lower twenty bits, the year above them.
    year_and_serial: u32,
}

const SERIAL_BITS: u32 = 20;
const LAST_SERIAL: u32 = 999_999;

impl Pattern {
    fn new(prefix: &str, year: u32, serial: u32) -> Option<Pattern> {
        let fits = (1..=4).contains(&prefix.len()) && prefix.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !fits || !(1000..4096).contains(&year) || serial > LAST_SERIAL {
            return None;
        }
        let mut bytes = [0; 4];
        bytes.iter_mut().zip(prefix.bytes()).for_each(|(to, byte)| *to = byte);
        Some(Pattern { prefix: bytes, year_and_serial: year << SERIAL_BITS | serial })
    }

    /// Only what is written back as it stands.
    fn read(text: &str) -> Option<Pattern> {
        let (rest, serial) = text.strip_suffix(".1")?.rsplit_once('.')?;
        let (prefix, year) = rest.rsplit_once('.')?;
        Pattern::new(prefix, digits(year, 4)?, digits(serial, 6)?)
    }

    /// What it was made of, if it may be made of it.
    fn checked(self) -> Option<Pattern> {
        let len = self.prefix.iter().position(|byte| *byte == 0).unwrap_or(self.prefix.len());
        let prefix = str::from_utf8(self.prefix.get(..len)?).ok()?;
        Pattern::new(prefix, self.year_and_serial >> SERIAL_BITS, self.serial()).filter(|made| *made == self)
    }

    fn serial(self) -> u32 {
        self.year_and_serial & ((1 << SERIAL_BITS) - 1)
    }

    /// Its text.
    fn with_text<T>(self, told: impl FnOnce(&str) -> T) -> T {
        let mut text = [0_u8; "ABCD.2018.000016.1".len()];
        let prefix = self.prefix.iter().take_while(|byte| **byte != 0);
        let year = in_digits::<4>(self.year_and_serial >> SERIAL_BITS);
        let serial = in_digits::<6>(self.serial());
        let rest = b".".iter().chain(&year).chain(b".").chain(&serial).chain(b".1");
        let mut len = 0;
        for (to, byte) in text.iter_mut().zip(prefix.chain(rest)) {
            *to = *byte;
            len += 1;
        }
        told(text.get(..len).and_then(|text| str::from_utf8(text).ok()).unwrap_or_default())
    }
}

/// So many digits, and nothing else.
fn digits(text: &str, count: usize) -> Option<u32> {
    let all = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    all.then(|| text.parse().ok()).flatten()
}

/// The last digits of a number, zeros before it. (`{:06}` takes ten times as long, and every registration asks it.)
fn in_digits<const COUNT: usize>(number: u32) -> [u8; COUNT] {
    let (mut digits, mut rest) = ([b'0'; COUNT], number);
    for digit in digits.iter_mut().rev() {
        let [last, ..] = (rest % 10).to_le_bytes();
        *digit += last;
        rest /= 10;
    }
    digits
}

impl ApplicationNumber {
    /// The number that a register gives (R80).
    pub(crate) fn of(prefix: &str, year: i32, serial: u32) -> ApplicationNumber {
        match Pattern::new(prefix, year.unsigned_abs(), serial) {
            Some(pattern) => ApplicationNumber(Form::Pattern(pattern)),
            None => ApplicationNumber::of_text(&format!("{prefix}.{year}.{serial:06}.1")),
        }
    }

    fn of_text(text: &str) -> ApplicationNumber {
        ApplicationNumber(match Pattern::read(text) {
            Some(pattern) => Form::Pattern(pattern),
            None => Form::Text(text.into()),
        })
    }

    /// The serial in a number of the pattern that a register writes.
    pub(crate) fn serial(&self) -> Option<u32> {
        self.pattern().map(Pattern::serial)
    }

    /// What the text is, compared as R82 says.
    fn pattern(&self) -> Option<Pattern> {
        match &self.0 {
            Form::Pattern(pattern) => Some(*pattern),
            Form::Text(text) if text.is_ascii() => None,
            Form::Text(text) => Pattern::read(&compared(text).collect::<String>()),
        }
    }

    /// Its text, as it was first given.
    pub(crate) fn with_text<T>(&self, told: impl FnOnce(&str) -> T) -> T {
        match &self.0 {
            Form::Pattern(pattern) => pattern.with_text(told),
            Form::Text(text) => told(text),
        }
    }
}

/// The characters by which two numbers are compared (R82).
fn compared(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().map(|c| match c {
        'У' => 'U',
        'О' => 'O',
        other => other,
    })
}

impl PartialEq for ApplicationNumber {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Form::Pattern(one), Form::Pattern(other)) => one == other,
            (Form::Text(one), Form::Text(other)) => one == other || compared(one).eq(compared(other)),
            (Form::Pattern(_), Form::Text(_)) | (Form::Text(_), Form::Pattern(_)) => {
                self.pattern() == other.pattern()
            }
        }
    }
}

impl Eq for ApplicationNumber {}

impl Hash for ApplicationNumber {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // Equal numbers hash alike.
        match (&self.0, self.pattern()) {
            (_, Some(pattern)) => pattern.hash(state),
            (Form::Text(text), None) if !text.is_ascii() => compared(text).collect::<String>().hash(state),
            (_, None) => self.with_text(|text| text.hash(state)),
        }
    }
}

impl fmt::Display for ApplicationNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.with_text(|text| f.write_str(text))
    }
}

impl fmt::Debug for ApplicationNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.with_text(|text| fmt::Debug::fmt(text, f))
    }
}

impl FromStr for ApplicationNumber {
    type Err = Error;

    fn from_str(text: &str) -> Result<ApplicationNumber, Error> {
        if short(text) {
            Ok(ApplicationNumber::of_text(text))
        } else {
            Err(Error::malformed("", SHORT_TEXT, format!("{} characters", text.chars().count())))
        }
    }
}

impl Serialize for ApplicationNumber {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.with_text(|text| to.serialize_str(text))
    }
}

impl<'de> Deserialize<'de> for ApplicationNumber {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<ApplicationNumber, D::Error> {
        let text = String::deserialize(from)?;
        text.parse().map_err(|_: Error| de::Error::invalid_value(Unexpected::Str(&text), &SHORT_TEXT))
    }
}

/// Eight bytes where it fits the pattern, after a word that says which of the two it is.
impl Packed for ApplicationNumber {
    fn pack(&self, to: &mut Packer) {
        match &self.0 {
            Form::Pattern(Pattern { prefix, year_and_serial }) => {
                true.pack(to);
                to.bytes(prefix);
                to.bytes(&year_and_serial.to_le_bytes());
            }
            Form::Text(text) => {
                false.pack(to);
                to.text(text);
            }
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<ApplicationNumber> {
        if !bool::unpack(from)? {
            return from.text()?.parse().ok();
        }
        let prefix = from.bytes(4)?.try_into().ok()?;
        let year_and_serial = u32::from_le_bytes(from.bytes(4)?.try_into().ok()?);
        Pattern { prefix, year_and_serial }.checked().map(|pattern| ApplicationNumber(Form::Pattern(pattern)))
    }
}
