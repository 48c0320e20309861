//! Values and commands out of any bytes, for the fuzz targets of hosts (feature `arbitrary`).
//!
//! A value that exists is legal, so none is made that could not be read; what a command names need not exist.

use ::arbitrary::{Arbitrary, Error, Result, Unstructured};
use serde_json::Map;

use crate::{
    ApplicationNumber, BenefitId, Calendar, Command, Day, Kindergarten, Moment, Person, Policy,
    ReferralNumber,
};

/// What reads a text that bytes choose.
macro_rules! read_from {
    ($($type:ty: $text:expr;)*) => {
        $(impl<'a> Arbitrary<'a> for $type {
            fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<$type> {
                let text: fn(&mut Unstructured<'a>) -> Result<String> = $text;
                text(bytes)?.parse().map_err(|_| Error::IncorrectFormat)
            }
        })*
    };
}

read_from! {
    // Numbers of a small settlement, so that some of them meet (as persons do); now and then any text.
    ApplicationNumber: |bytes| {
        if bytes.ratio(1, 8)? { return short(bytes, 64); }
        Ok(format!("UO.{}.{:06}.1", bytes.int_in_range(2018..=2019)?, bytes.int_in_range(1..=20)?))
    };
    ReferralNumber: |bytes| Ok(format!("1{:07}{:02}", bytes.int_in_range(1..=20)?, bytes.int_in_range(1..=3)?));
    Person: |bytes| {
        if bytes.ratio(1, 8)? { return Ok(format!("p:{}", short(bytes, 64)?)); }
        Ok(format!("p:person-{}", bytes.int_in_range(1..=20)?))
    };
    Kindergarten: |bytes| short(bytes, 64);
    BenefitId: |bytes| Ok((*bytes.choose(&["orphan", "large-family", "serviceman", "special-needs", "none-such"])?).to_owned());
}

/// A text of one letter or more.
fn short(bytes: &mut Unstructured<'_>, most: usize) -> Result<String> {
    let text: String = bytes.arbitrary::<&str>()?.chars().take(most).collect();
    Ok(if text.trim().is_empty() { "x".to_owned() } else { text })
}

/// Any instant: a register takes those of its calendar.
impl<'a> Arbitrary<'a> for Moment {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Moment> {
        Ok(Moment::from_unix(bytes.arbitrary()?))
    }
}

/// A day of the calendar's years.
impl<'a> Arbitrary<'a> for Day {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Day> {
        let first: Day = "2000-01-01".parse().map_err(|_| Error::IncorrectFormat)?;
        Ok(first.plus_days(bytes.int_in_range(0..=36_889)?))
    }
}

/// A shipped one.
impl<'a> Arbitrary<'a> for Policy {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Policy> {
        let shipped = ["akmola-2018", "aktobe-2018", "astana-2018", "astana-2019", "kz-2025"];
        Policy::named(bytes.choose(&shipped)?).map_err(|_| Error::IncorrectFormat)
    }
}

/// That of Kazakhstan.
impl<'a> Arbitrary<'a> for Calendar {
    fn arbitrary(_: &mut Unstructured<'a>) -> Result<Calendar> {
        Ok(Calendar::kazakhstan())
    }
}

impl<'a> Arbitrary<'a> for Command {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Command> {
        Ok(Command {
            action: bytes.arbitrary()?,
            by: bytes.arbitrary()?,
            signature: bytes.arbitrary()?,
            key: bytes.arbitrary::<Option<u8>>()?.map(|key| format!("key-{key}")),
            expected_revision: bytes.arbitrary::<Option<u8>>()?.map(u64::from),
            ext: bytes.arbitrary::<bool>()?.then(Map::new),
        })
    }
}
