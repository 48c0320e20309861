//! Moments and days as people read them.

use chrono::{Datelike as _, NaiveDate};
use kezek::{Day, Moment, Zone};

/// `18:20:00`, as the clocks of the zone show it.
pub(crate) fn time(at: Moment, zone: Zone) -> String {
    let clock = zone.clock(at);
    format!("{:02}:{:02}:{:02}", clock / 3600, clock / 60 % 60, clock % 60)
}

/// `Tue 27 Mar 2018 00:00`; seconds where there are some.
pub(crate) fn moment(at: Moment, zone: Zone) -> String {
    let date = date(zone.day(at));
    let time = time(at, zone);
    let time = time.strip_suffix(":00").unwrap_or(&time);
    format!("{} {time}", date.format("%a %-d %b %Y"))
}

/// `Tuesday, 27 March 2018`.
pub(crate) fn long_day(day: Day) -> String {
    date(day).format("%A, %-d %B %Y").to_string()
}

/// `27 March 2018`.
pub(crate) fn day(day: Day) -> String {
    date(day).format("%-d %B %Y").to_string()
}

/// `16.03.2018 18:20`, as the portal prints it (R85).
pub(crate) fn portal(at: Moment, zone: Zone) -> String {
    let time = time(at, zone);
    format!("{} {}", date(zone.day(at)).format("%d.%m.%Y"), time.get(..5).unwrap_or(&time))
}

/// 1 for Monday to 7 for Sunday.
pub(crate) fn weekday(day: Day) -> u32 {
    date(day).weekday().number_from_monday()
}

/// Every [`Day`] is one of chrono's too. (The library's own `From` needs its feature `chrono`.)
fn date(day: Day) -> NaiveDate {
    NaiveDate::from_ymd_opt(day.year(), day.month(), day.day()).unwrap_or_default()
}
