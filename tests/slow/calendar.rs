//! Days and clocks (calendar.md 2; wire.md 1 "Deadlines"): found by walking one day after the other.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveDateTime, TimeZone, Weekday};
use chrono_tz::Tz;

/// Seconds since 1970.
pub(crate) type Instant = i64;

/// A length of time, as a policy gives it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Term {
    WorkingDays(u32),
    CalendarDays(u32),
    Hours(u32),
    /// Years are twelve of them.
    Months(u32),
}

/// How a term in days runs (O03, O04, O16).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ends {
    pub(crate) same_time: bool,
    pub(crate) first_day_counts: bool,
}

/// The clock and the working days of a settlement.
#[derive(Clone, Debug)]
pub(crate) struct Calendar {
    pub(crate) zone: Tz,
    /// Whether a date of the table is a working day; any other date is one from Monday to Friday.
    table: BTreeMap<NaiveDate, bool>,
    /// The years of the table.
    years: BTreeSet<i32>,
}

impl Calendar {
    /// Out of `kz_workdays.csv`, which is an exact copy of the shared data.
    pub(crate) fn new(zone: Tz) -> Calendar {
        let mut table = BTreeMap::new();
        let mut rows = csv::Reader::from_reader(CSV.as_bytes());
        for row in rows.records() {
            let row = row.expect("a row");
            let works = match &row[2] {
                "working_weekend" | "working_weekday" => true,
                "public" | "religious" | "observed" | "transferred_off" => false,
                // Published as off, and withdrawn: an ordinary day.
                "cancelled" => continue,
                other => panic!("an unknown kind of day: {other}"),
            };
            table.insert(row[1].parse().expect("a date"), works);
        }
        Calendar { zone, table, years: (2014..=2027).collect() }
    }

    /// Forgets that rest days were moved onto working ones: a fault, for the test of this test.
    pub(crate) fn forget_working_weekends(&mut self) {
        self.table.retain(|_, works| !*works);
    }

    /// A listed year is all that is off and on in it.
    pub(crate) fn list(&mut self, year: i32, off: &[NaiveDate], on: &[NaiveDate]) {
        self.table.retain(|day, _| day.year() != year);
        self.table.extend(off.iter().map(|day| (*day, false)));
        self.table.extend(on.iter().map(|day| (*day, true)));
        self.years.insert(year);
    }

    pub(crate) fn works(&self, day: NaiveDate) -> bool {
        let in_table = self.table.get(&day).copied();
        let by_law = !self.years.contains(&day.year()) && off_by_law(day);
        in_table.unwrap_or(!weekend(day) && !by_law)
    }

    pub(crate) fn day(&self, at: Instant) -> NaiveDate {
        self.clock(at).date()
    }

    fn clock(&self, at: Instant) -> NaiveDateTime {
        let utc = DateTime::from_timestamp(at, 0).expect("an instant");
        utc.with_timezone(&self.zone).naive_local()
    }

    /// Of a clock time that comes twice the later instant is meant.
    fn instant(&self, clock: NaiveDateTime) -> Instant {
        self.zone.from_local_datetime(&clock).latest().expect("a clock time").timestamp()
    }

    pub(crate) fn midnight(&self, day: NaiveDate) -> Instant {
        self.instant(day.and_hms_opt(0, 0, 0).expect("midnight"))
    }

    pub(crate) fn is_midnight(&self, at: Instant) -> bool {
        self.midnight(self.day(at)) == at
    }

    /// The first instant that is too late, of a term that starts at an instant. What the register does by itself at
    /// local midnight has the day that begins as its day 1 (O16).
    pub(crate) fn end(&self, start: Instant, term: Term, ends: Ends, by_itself: bool) -> Instant {
        // O18, O19: elapsed time, the last second included.
        if let Term::Hours(hours) = term {
            return start + i64::from(hours) * 3600 + 1;
        }
        let back_to_back = by_itself && !ends.same_time && self.is_midnight(start);
        let day_zero = match term {
            Term::WorkingDays(_) | Term::CalendarDays(_) if ends.first_day_counts || back_to_back => {
                plus(self.day(start), -1)
            }
            Term::Months(_) if back_to_back => plus(self.day(start), -1),
            _ => self.day(start),
        };
        self.end_of(self.last_day(day_zero, term), start, ends)
    }

    /// O04: after the last good day, or on it at the clock time of the start.
    pub(crate) fn end_of(&self, last: NaiveDate, start: Instant, ends: Ends) -> Instant {
        match ends.same_time {
            true => self.instant(last.and_time(self.clock(start).time())),
            false => self.midnight(plus(last, 1)),
        }
    }

    /// The last good day of a running end.
    pub(crate) fn last_good_day(&self, end: Instant, ends: Ends) -> NaiveDate {
        self.day(if ends.same_time { end } else { end - 1 })
    }

    /// The n-th day after day zero: a working one, any one, or the same day number (F30).
    pub(crate) fn last_day(&self, day_zero: NaiveDate, term: Term) -> NaiveDate {
        match term {
            Term::WorkingDays(days) => {
                let mut day = day_zero;
                for _ in 0..days {
                    day = plus(day, 1);
                    while !self.works(day) {
                        day = plus(day, 1);
                    }
                }
                day
            }
            Term::CalendarDays(days) => plus(day_zero, days.into()),
            Term::Hours(hours) => plus(day_zero, i64::from(hours / 24)),
            Term::Months(months) => day_zero.checked_add_months(Months::new(months)).expect("a day"),
        }
    }

    /// So many working days (any days) before a day.
    pub(crate) fn before(&self, last: NaiveDate, term: Term) -> NaiveDate {
        match term {
            Term::WorkingDays(days) => {
                let mut day = last;
                for _ in 0..days {
                    day = plus(day, -1);
                    while !self.works(day) {
                        day = plus(day, -1);
                    }
                }
                day
            }
            Term::CalendarDays(days) => plus(last, -i64::from(days)),
            Term::Hours(hours) => plus(last, -i64::from(hours / 24)),
            Term::Months(months) => last.checked_sub_months(Months::new(months)).expect("a day"),
        }
    }

    /// So many months before a day.
    pub(crate) fn before_months(&self, day: NaiveDate, months: u32) -> NaiveDate {
        self.before(day, Term::Months(months))
    }

    /// When an age in months is reached: 00:00 of the birthday; where the month has no such day, of the next one.
    pub(crate) fn reaches(&self, born: NaiveDate, months: u32) -> Instant {
        let same = born.checked_add_months(Months::new(months)).expect("a day");
        self.midnight(if same.day() == born.day() { same } else { plus(same, 1) })
    }
}

const CSV: &str = include_str!("../../core/data/kz_workdays.csv");

pub(crate) fn plus(day: NaiveDate, days: i64) -> NaiveDate {
    let moved = match u64::try_from(days) {
        Ok(days) => day.checked_add_days(Days::new(days)),
        Err(_) => day.checked_sub_days(Days::new(days.unsigned_abs())),
    };
    moved.expect("a day of this age")
}

fn weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// Years without rows: the holidays of the law, and for one at a weekend the next working day (art. 5).
fn off_by_law(day: NaiveDate) -> bool {
    let mut observed = Vec::new();
    let mut holiday = NaiveDate::from_ymd_opt(day.year(), 1, 1).expect("a day");
    while holiday <= day {
        if moves(holiday) && weekend(holiday) {
            let mut other = plus(holiday, 1);
            while weekend(other) || stays(other) || moves(other) || observed.contains(&other) {
                other = plus(other, 1);
            }
            observed.push(other);
        }
        holiday = plus(holiday, 1);
    }
    moves(day) || stays(day) || observed.contains(&day)
}

/// Holidays of articles 2 and 3.
fn moves(day: NaiveDate) -> bool {
    let year = day.year();
    match (day.month(), day.day()) {
        (1, 1 | 2) | (3, 8 | 22) | (5, 1 | 9) => true,
        (3, 21 | 23) => year >= 2010,
        (5, 7) => year >= 2013,
        (7, 6) => year >= 2009,
        (8, 30) => year <= 2025,
        (3, 15) => year >= 2027,
        (10, 25) => year <= 2008 || year >= 2022,
        (12, 1) => (2012..=2021).contains(&year),
        (12, 16) => true,
        (12, 17) => year <= 2021,
        _ => false,
    }
}

/// 7 January: off, and never moved (Labour Code art. 84(5)).
fn stays(day: NaiveDate) -> bool {
    (day.month(), day.day()) == (1, 7) && day.year() >= 2006
}
