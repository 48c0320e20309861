//! Single values: what is read is written back, and means what it says.

use std::collections::HashMap;
use std::fmt::{Debug, Display};
use std::str::FromStr;

use arbitrary::{Result, Unstructured};
use kezek::{
    ApplicationNumber, BenefitId, Calendar, Day, GroupYear, Iin, Kindergarten, Language, Moment, Person,
    ReferralNumber, Rule, Term, Unit, Zone,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

const ZONES: [&str; 7] = [
    "Asia/Almaty",
    "Asia/Aqtau",
    "Asia/Aqtobe",
    "Asia/Atyrau",
    "Asia/Oral",
    "Asia/Qostanay",
    "Asia/Qyzylorda",
];
const SECONDS: i64 = 86_400;

/// Texts: numbers, persons, days, instants, names.
pub fn values(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    comes_back::<ApplicationNumber>(text);
    comes_back::<ReferralNumber>(text);
    comes_back::<Kindergarten>(text);
    comes_back::<BenefitId>(text);
    comes_back::<Day>(text);
    if let Ok(zone) = text.parse::<Zone>() {
        assert_eq!(zone.name().parse::<Zone>(), Ok(zone));
    }
    in_json::<Language>(text);
    in_json::<Rule>(text);
    in_json::<GroupYear>(text);
    in_json::<Term>(text);
    in_json::<Calendar>(text);
    // A number and the same with the other letters (R82) are one, wherever they are kept.
    if let Ok(number) = text.parse::<ApplicationNumber>() {
        let latin = text.replace('У', "U").replace('О', "O");
        let other: ApplicationNumber = latin.parse().expect("as short");
        assert_eq!(number, other);
        assert!(HashMap::from([(number, ())]).contains_key(&other));
    }
    // An IIN is twelve digits whose last is the check digit of the others; it is never printed whole.
    let iin = text.parse::<Iin>();
    assert_eq!(iin.is_ok(), is_iin(text), "{text}");
    if let Ok(iin) = iin {
        assert_eq!(iin.reveal(), text);
        assert!(!format!("{iin:?}").contains(text));
        let _ = iin.birth_date();
    }
    if let Ok(person) = text.parse::<Person>() {
        assert_eq!(person.reveal(), text);
        assert_eq!(person.reveal().parse::<Person>().as_ref(), Ok(&person));
    }
    if let Ok(at) = text.parse::<Moment>() {
        assert_eq!(at.to_string().parse::<Moment>(), Ok(at));
    }
}

fn comes_back<T: FromStr + Display + Debug + PartialEq + Serialize + DeserializeOwned>(text: &str)
where
    T::Err: Display,
{
    match text.parse::<T>() {
        Ok(value) => {
            assert_eq!(value.to_string().parse::<T>().ok().as_ref(), Some(&value), "{text}");
            let written = serde_json::to_value(&value).expect("JSON");
            assert_eq!(serde_json::from_value::<T>(written).expect("what was written"), value);
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

fn in_json<T: Debug + PartialEq + Serialize + DeserializeOwned>(text: &str) {
    if let Ok(value) = serde_json::from_str::<T>(text) {
        let written = serde_json::to_string(&value).expect("JSON");
        assert_eq!(serde_json::from_str::<T>(&written).expect("what was written"), value);
    }
}

/// As the standard says it: weights 1 to 11, then 3 to 11, 1, 2 where the rest is 10.
fn is_iin(text: &str) -> bool {
    // (A fifth digit of 4, 5 or 6 makes it the number of an organisation: F36.)
    let digits: Vec<usize> = text.bytes().map(|byte| usize::from(byte.wrapping_sub(b'0'))).collect();
    let Ok(digits) = <[usize; 12]>::try_from(digits) else { return false };
    let sum = |first: usize| (0..11).map(|at| digits[at] * ((first + at - 1) % 11 + 1)).sum::<usize>() % 11;
    let rest = if sum(1) == 10 { sum(3) } else { sum(1) };
    digits.iter().all(|digit| *digit < 10) && rest == digits[11] && !(4..=6).contains(&digits[4])
}

/// Instants, days, terms: at the edges of what there is.
pub fn instants(bytes: &[u8]) {
    let _ = try_instants(&mut Unstructured::new(bytes));
}

fn try_instants(bytes: &mut Unstructured<'_>) -> Result<()> {
    let at = Moment::from_unix(if bytes.arbitrary()? {
        bytes.arbitrary()?
    } else {
        // Where clocks are set, and where the years end that can be written.
        let edges =
            [0, 951_846_600, 1_709_229_600, 1_109_073_600, 253_402_300_799, -62_135_596_800, 1_521_200_000];
        bytes.choose(&edges)? + i64::from(bytes.arbitrary::<i16>()?)
    });
    let zone: Zone = bytes.choose(&ZONES)?.parse().expect("a zone of ours");
    let later = at.plus_seconds(bytes.arbitrary()?);
    let day = zone.day(at);
    // (What has no year of four digits is written for messages alone.)
    if (-62_135_500_000..253_402_200_000).contains(&at.unix()) {
        assert_eq!(at.to_string().parse::<Moment>(), Ok(at));
        assert_eq!(at.in_zone(zone).to_string().parse::<Moment>(), Ok(at));
    }
    assert!((0..SECONDS).contains(&zone.clock(at)), "{at}");
    // A day's first instant is not after any instant of the day.
    if day.year() > 1 && day.year() < 9999 {
        assert!(zone.midnight(day) <= at && at < zone.midnight(day.plus_days(2)), "{at} {zone}");
        assert_eq!(zone.day(zone.moment(day, SECONDS / 2)), day);
    }
    let other = Day::from_epoch(bytes.arbitrary()?);
    assert_eq!(Day::from_epoch(i64::from(other.epoch())), other);
    assert_eq!(Day::new(other.year(), other.month(), other.day()), Some(other));
    assert_eq!(other.to_string().parse::<Day>(), Ok(other));
    let _ = (other.plus_days(bytes.arbitrary()?), other.plus_months(bytes.arbitrary()?));
    let _ = (other.minus_months(bytes.arbitrary()?), other.birthday(bytes.arbitrary()?));
    let _ = (zone.day(later), zone.offset(later), zone.moment(other, bytes.arbitrary()?));
    let units = [Unit::WorkingDays, Unit::CalendarDays, Unit::Hours, Unit::Months, Unit::Years];
    let count: u16 = bytes.arbitrary()?;
    if let Some(term) = Term::new(*bytes.choose(&units)?, count) {
        assert_eq!(term.count(), count);
        let _ = term.months();
    }
    let calendar = Calendar::kazakhstan();
    let end = calendar.working_day_after(day, count);
    if let Ok(end) = end {
        assert!(
            end.day >= day && (count > 0 || end.day == day || !calendar.is_working_day(day).unwrap_or(true))
        );
        let between = calendar.working_days_between(day, end.day).expect("the same years");
        assert_eq!(between, u32::from(count), "{day} and {count} working days");
    }
    Ok(())
}
