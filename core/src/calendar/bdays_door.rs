//! The only place that knows `bdays`: its trait says what a working day is, a table made from it answers.
//!
//! `bdays` alone is one working day late for every event on a day off, because it rolls forward before it
//! counts (calendar.md 1.2), walks a day at a time, and loops or panics at the ends. The table counts
//! once what `is_bday` says of each day: both questions are two look-ups, and the ends are `None`.

use std::sync::OnceLock;

use bdays::HolidayCalendar;
use chrono::NaiveDate;

use super::{CalendarYear, kazakhstan};
use crate::Day;
use crate::sorted::{self, Map};

/// 1999-12-01, so that a start in January 2000 has days before it.
const FIRST: i32 = 10_926;
/// Days from 1999-12-01 through 2150-12-31.
const LENGTH: u16 = 55_183;

/// The first day that is covered.
pub(super) fn first() -> Day {
    Day::from_epoch(i64::from(FIRST))
}

/// The last day that is covered.
pub(super) fn last() -> Day {
    first().plus_days(i32::from(LENGTH).saturating_sub(1))
}

/// What the law alone gives, of every year that is covered.
fn law() -> &'static Map<i32, Vec<Day>> {
    static LAW: OnceLock<Map<i32, Vec<Day>>> = OnceLock::new();
    LAW.get_or_init(|| {
        (first().year()..=last().year()).map(|year| (year, kazakhstan::by_rule(year))).collect()
    })
}

/// Monday to Friday, less the days off, plus the days worked; both lists in order.
pub(super) struct Week {
    off: Vec<Day>,
    on: Vec<Day>,
}

impl Week {
    /// What is listed of a year is all of it; what the law gives, for every other year.
    pub(super) fn of(years: &Map<i32, CalendarYear>) -> Week {
        let projected = (first().year()..=last().year()).filter(|year| !years.contains(*year));
        let by_rule = projected.flat_map(|year| law().get(year).into_iter().flatten().copied());
        let listed = years.values().flat_map(|year| year.off.iter().copied());
        let off = by_rule.chain(listed).collect();
        let on = years.values().flat_map(|year| year.on.iter().copied()).collect();
        let in_order = |days| sorted::by(days, |day: &Day| (day.epoch().into(), 0));
        Week { off: in_order(off), on: in_order(on) }
    }

    /// What `is_bday` says of every day that is covered. A card out of JSON has a calendar of its own, and a page waits
    /// for this: so each list is gone through once, and not searched for each day.
    fn days(&self) -> Vec<bool> {
        // 1999-12-01 was a Wednesday.
        let week = [true, true, true, false, false, true, true];
        let mut works: Vec<bool> = week.into_iter().cycle().take(usize::from(LENGTH)).collect();
        for (listed, worked) in [(&self.off, false), (&self.on, true)] {
            for day in listed {
                if let Some(works) = place(*day).and_then(|at| works.get_mut(at)) {
                    *works = worked;
                }
            }
        }
        works
    }
}

/// The place of a day among those that are covered; it may lie beyond the last.
fn place(day: Day) -> Option<usize> {
    usize::try_from(day.epoch().checked_sub(FIRST)?).ok()
}

impl HolidayCalendar<NaiveDate> for Week {
    fn is_holiday(&self, date: NaiveDate) -> bool {
        self.off.binary_search(&Day::of(date)).is_ok()
    }

    /// The override: a Saturday may be worked, and so may a day that the rule has off.
    fn is_bday(&self, date: NaiveDate) -> bool {
        let worked = self.on.binary_search(&Day::of(date)).is_ok();
        worked || !(bdays::is_weekend(date) || self.is_holiday(date))
    }
}

/// Every day that is covered, counted (0.2 MB).
///
/// INVARIANT (the table is the week): `through` grows by one on exactly the days that `is_bday` names, and
/// `nth` is its inverse. Kept by [`Table::of`], the only constructor.
pub(super) struct Table {
    /// Working days through each day, the first day of the coverage included.
    through: Vec<u16>,
    /// The day on which each working day falls, counted from the first day of the coverage.
    nth: Vec<u16>,
}

impl Table {
    pub(super) fn of(week: &Week) -> Table {
        let mut through = Vec::with_capacity(usize::from(LENGTH));
        let mut nth = Vec::with_capacity(usize::from(LENGTH));
        let mut count: u16 = 0;
        for (at, works) in (0..LENGTH).zip(week.days()) {
            if works {
                nth.push(at);
                count = count.saturating_add(1);
            }
            through.push(count);
        }
        Table { through, nth }
    }

    /// Working days from the first day of the coverage through `day`; `None` outside it.
    pub(super) fn through(&self, day: Day) -> Option<u16> {
        self.through.get(place(day)?).copied()
    }

    /// The `n`-th working day after `day`; `None` where either is outside the coverage, or `n` is 0.
    pub(super) fn after(&self, day: Day, n: u16) -> Option<Day> {
        let before = usize::from(self.through(day)?);
        let at = self.nth.get(before.checked_add(usize::from(n.checked_sub(1)?))?)?;
        Some(first().plus_days(i32::from(*at)))
    }
}

/// The same question asked of `bdays` itself, for the tests: back to a working day first, then forward.
#[cfg(test)]
#[allow(
    clippy::disallowed_methods,
    reason = "the one call behind the roll-back, which the table is held against"
)]
pub(super) fn slow_after(week: &Week, day: Day, n: u16) -> Day {
    let start = week.to_bday(day.date(), false);
    Day::of(week.advance_bdays(start, i32::from(n)))
}

/// What `bdays` is told of a day, for the tests.
#[cfg(test)]
pub(super) fn told(week: &Week, day: Day) -> bool {
    week.is_bday(day.date())
}
