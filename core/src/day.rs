//! Calendar dates, as the register's zone writes them.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike as _, Months, NaiveDate, Weekday};
use serde::de::{self, Unexpected};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A local date (дата / күні), from 0001-01-01 to 9999-12-31.
///
/// On the wire `"2018-09-09"`. One `i32` inside: the days since 1970-01-01. Arithmetic stops at the
/// two ends and never wraps.
///
/// ```
/// use kezek::Day;
/// let born: Day = "2016-02-29".parse()?;
/// assert_eq!(born.plus_months(12).to_string(), "2017-02-28");
/// # Ok::<(), kezek::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

/// What a date looks like, for messages.
pub(crate) const DAY_FORM: &str = "a date such as \"2018-09-09\"";

/// Days from 0001-01-01 to 1970-01-01, as chrono counts them.
const EPOCH_FROM_CE: i32 = 719_163;

/// Days from 0000-03-01 to 1970-01-01, and of 400 years.
const DAYS_TO_EPOCH: i64 = 719_468;
const ERA: i64 = 146_097;

impl Day {
    const MIN: Day = Day(1 - EPOCH_FROM_CE);
    const MAX: Day = Day(3_652_059 - EPOCH_FROM_CE);

    /// The date of a year, month (1-12) and day of the month; `None` where there is no such date.
    #[must_use]
    pub fn new(year: i32, month: u32, day: u32) -> Option<Day> {
        NaiveDate::from_ymd_opt(year, month, day).map(Day::of).filter(|_| (1..=9999).contains(&year))
    }

    pub(crate) fn of(date: NaiveDate) -> Day {
        Day(date.num_days_from_ce().saturating_sub(EPOCH_FROM_CE)).clamp(Day::MIN, Day::MAX)
    }

    pub(crate) fn date(self) -> NaiveDate {
        NaiveDate::from_num_days_from_ce_opt(self.0.saturating_add(EPOCH_FROM_CE)).unwrap_or_default()
    }

    /// The date so many days after 1970-01-01, or the nearest there is.
    #[must_use]
    pub fn from_epoch(days: i64) -> Day {
        Day(i32::try_from(days).unwrap_or(if days < 0 { i32::MIN } else { i32::MAX }))
            .clamp(Day::MIN, Day::MAX)
    }

    /// The days since 1970-01-01.
    #[must_use]
    pub fn epoch(self) -> i32 {
        self.0
    }

    /// Year, month and day of the month. (Ages are asked with every change of an application, and by chrono's date
    /// they would be a twelfth of all work.)
    fn civil(self) -> (i32, u32, u32) {
        // Years begin on 1 March here, so that a leap day is their last; 400 of them are always as long.
        let days = i64::from(self.0) + DAYS_TO_EPOCH;
        let (era, in_era) = (days.div_euclid(ERA), days.rem_euclid(ERA));
        let year = (in_era - in_era / 1_460 + in_era / 36_524 - in_era / 146_096) / 365;
        let in_year = in_era - (365 * year + year / 4 - year / 100);
        let month = (5 * in_year + 2) / 153;
        let day = in_year - (153 * month + 2) / 5 + 1;
        let (month, later) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
        let small = |number: i64| u32::try_from(number).unwrap_or_default();
        (i32::try_from(era * 400 + year + later).unwrap_or_default(), small(month), small(day))
    }

    /// The date of a year, a month (1-12) and a day that the month has.
    fn of_civil(year: i32, month: u32, day: u32) -> Day {
        let year = i64::from(year) - i64::from(month < 3);
        let (era, in_era) = (year.div_euclid(400), year.rem_euclid(400));
        let month = i64::from(if month < 3 { month + 9 } else { month - 3 });
        let in_year = (153 * month + 2) / 5 + i64::from(day) - 1;
        let days = era * ERA + in_era * 365 + in_era / 4 - in_era / 100 + in_year;
        Day::from_epoch(days - DAYS_TO_EPOCH)
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.civil().0
    }

    /// The month, 1-12.
    #[must_use]
    pub fn month(self) -> u32 {
        self.civil().1
    }

    /// The day of the month, 1-31.
    #[must_use]
    pub fn day(self) -> u32 {
        self.civil().2
    }

    pub(crate) fn is_weekend(self) -> bool {
        matches!(self.date().weekday(), Weekday::Sat | Weekday::Sun)
    }

    /// The date so many days later (or earlier).
    #[must_use]
    pub fn plus_days(self, days: i32) -> Day {
        Day(self.0.saturating_add(days)).clamp(Day::MIN, Day::MAX)
    }

    /// The same day number so many months later; in a shorter month its last day (F30).
    #[must_use]
    pub fn plus_months(self, months: u32) -> Day {
        self.date().checked_add_months(Months::new(months)).map_or(Day::MAX, Day::of)
    }

    /// The same day number so many months earlier; in a shorter month its last day.
    #[must_use]
    pub fn minus_months(self, months: u32) -> Day {
        self.date().checked_sub_months(Months::new(months)).map_or(Day::MIN, Day::of)
    }

    /// The birthday after so many months: somebody born on the 29th to 31st reaches an age in a
    /// shorter month on the first day of the next one (born on 29 February: 1 March).
    #[must_use]
    pub fn birthday(self, months: u32) -> Day {
        let (year, month, day) = self.civil();
        let months = i64::from(year) * 12 + i64::from(month) - 1 + i64::from(months);
        let Ok(year) = i32::try_from(months.div_euclid(12)) else { return Day::MAX };
        let month = u32::try_from(months.rem_euclid(12)).unwrap_or_default() + 1;
        let last = days_of(year, month);
        Day::of_civil(year, month, day.min(last)).plus_days(i32::from(last < day))
    }
}

/// How many days a month has.
fn days_of(year: i32, month: u32) -> u32 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Day {
    type Err = crate::Error;

    fn from_str(text: &str) -> Result<Day, crate::Error> {
        parse(text).ok_or_else(|| crate::Error::malformed("", DAY_FORM, format!("{text:?}")))
    }
}

/// Exactly `YYYY-MM-DD`: no signs, no spaces, no single digits.
fn parse(text: &str) -> Option<Day> {
    let shape = text.bytes().enumerate().all(|(i, b)| match i {
        4 | 7 => b == b'-',
        _ => b.is_ascii_digit(),
    });
    if !shape || text.len() != 10 {
        return None;
    }
    let mut parts = text.split('-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    Day::new(year, month, parts.next()?.parse().ok()?)
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_newtype_struct("Day", &format_args!("{self}"))
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Day, D::Error> {
        let text = String::deserialize(from)?;
        parse(&text).ok_or_else(|| de::Error::invalid_value(Unexpected::Str(&text), &DAY_FORM))
    }
}

#[cfg(feature = "chrono")]
impl From<Day> for NaiveDate {
    fn from(day: Day) -> NaiveDate {
        day.date()
    }
}

#[cfg(feature = "chrono")]
impl From<NaiveDate> for Day {
    /// Dates outside the years 1-9999 become the nearest end.
    fn from(date: NaiveDate) -> Day {
        Day::of(date)
    }
}

#[cfg(test)]
#[path = "day_tests.rs"]
mod tests;
