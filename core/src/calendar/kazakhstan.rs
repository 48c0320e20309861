//! The five-day week of Kazakhstan: what the acts made of 2014-2026, and what the law makes of any year.
//!
//! Three layers, in this order: Monday to Friday; the holidays with a fixed date, each with the day off that
//! the law gives for one on a weekend ([`by_rule`]); the days that are known one by one ([`facts`]): Kurban
//! Ait, and the rest days that an act moved. A year without facts is a projection: a Government decree (until
//! 2023) or an order of the Minister of Labour may still move a day, at as little as nine days' notice.
//!
//! Each December, and each time a day is moved: a new row in `data/kz_workdays.csv`, the same in [`FACTS`],
//! [`known_at`] raised. A test holds the two against each other.

use std::ops::RangeInclusive;

use chrono::NaiveDate;

use super::CalendarYear;
use crate::Day;
use crate::sorted::{self, Map};

/// The five-day week; a six-day week has other days off (F46).
pub(super) const ID: &str = "kz-five-day";

/// The day on which the sources of [`FACTS`] were last read.
pub(super) fn known_at() -> Day {
    date(2026, 11, 22)
}

/// Days off (`off`: holidays, Kurban Ait, observed and moved rest days) and worked days (`on`) that are known
/// one by one, the rows of `data/kz_workdays.csv`. `21-23` is 21, 22 and 23. The rows of 2027 are not facts
/// yet; they are what [`by_rule`] gives (its Kurban Ait falls on a Sunday).
const FACTS: &str = "
2014 off Jan 1-3 7, Mar 8 10 21-25, May 1 2 7-9, Jul 6 7, Aug 30, Sep 1, Oct 4, Dec 1 16 17
     on  May 4 11
2015 off Jan 1 2 7, Mar 8 9 21-25, May 1 7 9 11, Jul 6, Aug 30 31, Sep 24, Dec 1 16 17
2016 off Jan 1 2 4 7, Mar 7 8 21-23, May 1 2 7 9 10, Jul 6, Aug 30, Sep 12, Dec 1 16 17 19
     on  Mar 5
2017 off Jan 1-3 7, Mar 8 20-23, May 1 7-9, Jul 6 7, Aug 30, Sep 1, Dec 1 16-19
     on  Mar 18, Jul 1
2018 off Jan 1 2 7, Mar 8 9 21-23, Apr 30, May 1 7-9, Jul 6, Aug 21 30 31, Dec 1 3 16-18 31
     on  Mar 3, Apr 28, May 5, Aug 25, Dec 29
2019 off Jan 1 2 7, Mar 8 21-23 25, May 1 7 9 10, Jul 6 8, Aug 11 30, Dec 1 2 16 17
     on  May 4
2020 off Jan 1-3 7, Mar 8 9 21-25, May 1 7-9, Jul 6 31, Aug 30 31, Dec 1 16-18
     on  Jan 5, May 11, Dec 20
2021 off Jan 1 2 4 7, Mar 8 21-24, May 1 3 7 9 10, Jul 5 6 20, Aug 30, Dec 1 16 17
     on  Jul 3
2022 off Jan 1-4 7, Mar 7 8 21-23, May 1 2 7 9 10, Jul 6 9, Aug 29 30, Oct 24 25, Dec 16
     on  Mar 5, Aug 27, Oct 22
2023 off Jan 1-3 7, Mar 8 21-23, May 1 7-9, Jun 28, Jul 6 7, Aug 30, Oct 25, Dec 16 18
     on  Jul 1
2024 off Jan 1 2 7, Mar 8 21-23 25, May 1 7-9, Jun 16, Jul 6 8, Aug 30, Oct 25, Dec 16
     on  May 4
2025 off Jan 1-3 7, Mar 8 10 21-25, May 1 7 9, Jun 6, Jul 6 7, Aug 30, Sep 1, Oct 25 27, Dec 16
     on  Jan 5
2026 off Jan 1 2 7, Mar 8 9 21-25, May 1 7 9 11 27, Jul 6, Oct 25 26, Dec 16
";

/// The last year of what is still in force.
const STILL: i32 = i32::MAX;

/// Holidays with a fixed date (Law 267-II of 13 December 2001, art. 2 and 3): month, day, years in force.
const HOLIDAYS: [(u32, u32, RangeInclusive<i32>); 17] = [
    // New Year.
    (1, 1, 0..=STILL),
    (1, 2, 0..=STILL),
    // International Women's Day.
    (3, 8, 0..=STILL),
    // Constitution Day, of the Constitution of 2026; that of 1995 was kept on 30 August.
    (3, 15, 2027..=STILL),
    (8, 30, 0..=2025),
    // Nauryz meiramy; until 2009 one day.
    (3, 21, 2010..=STILL),
    (3, 22, 0..=STILL),
    (3, 23, 2010..=STILL),
    // Day of Unity of the People of Kazakhstan.
    (5, 1, 0..=STILL),
    // Defender of the Fatherland Day.
    (5, 7, 2013..=STILL),
    // Victory Day.
    (5, 9, 0..=STILL),
    // Capital Day.
    (7, 6, 2009..=STILL),
    // Republic Day; back by Law 143-VII of 2022.
    (10, 25, 1995..=2008),
    (10, 25, 2022..=STILL),
    // First President Day.
    (12, 1, 2012..=2021),
    // Independence Day; until 2021 two days.
    (12, 16, 0..=STILL),
    (12, 17, 0..=2021),
];

/// Orthodox Christmas is a day off by the Labour Code (art. 84(5)) and no holiday: it does not move.
const CHRISTMAS: (u32, u32, RangeInclusive<i32>) = (1, 7, 2006..=STILL);

/// The days off that follow from the law alone, weekends among them, in order. Kurban Ait is not among them:
/// the Muftiate announces it year by year.
pub(super) fn by_rule(year: i32) -> Vec<Day> {
    let in_force = |(month, day, years): &(u32, u32, RangeInclusive<i32>)| {
        years.contains(&year).then(|| date(year, *month, *day))
    };
    let holidays: Vec<Day> = HOLIDAYS.iter().filter_map(in_force).collect();
    let mut off: Vec<Day> = holidays.iter().copied().chain(in_force(&CHRISTMAS)).collect();
    // Law 267-II, art. 5: where a rest day and a holiday coincide, the next working day after it is off.
    for holiday in holidays.into_iter().filter(|day| day.is_weekend()) {
        let mut observed = holiday.plus_days(1);
        while observed.is_weekend() || off.contains(&observed) {
            observed = observed.plus_days(1);
        }
        off.push(observed);
    }
    sorted::by(off, |day| (day.epoch().into(), 0))
}

/// [`FACTS`] as dates.
pub(super) fn facts() -> Map<i32, CalendarYear> {
    let mut years: Map<i32, CalendarYear> = Map::default();
    let (mut year, mut month, mut works) = (0, 0, false);
    for word in FACTS.split([' ', ',', '\n']).filter(|word| !word.is_empty()) {
        if let Some(at) = MONTHS.iter().position(|name| *name == word) {
            month = u32::try_from(at).unwrap_or_default().saturating_add(1);
        } else if word == "off" || word == "on" {
            works = word == "on";
        } else if let Some(number) = word.parse().ok().filter(|number| *number > 31) {
            year = number;
        } else {
            let (first, last) = word.split_once('-').unwrap_or((word, word));
            let days = first.parse().unwrap_or(0)..=last.parse().unwrap_or(0);
            let listed = years.or_default(year);
            let list = if works { &mut listed.on } else { &mut listed.off };
            list.extend(days.map(|day: u32| date(year, month, day)));
        }
    }
    years
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A date of the tables above. (One that does not exist would become 1970-01-01; the tests would see it.)
pub(super) fn date(year: i32, month: u32, day: u32) -> Day {
    Day::of(NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default())
}
