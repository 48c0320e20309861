//! The table against `bdays`, against the CSV and against the law.

use crate::switch::{Part, off};
use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::bdays_door::{first, last, slow_after, told};
use super::kazakhstan::by_rule;
use super::*;

const CSV: &str = include_str!("../../data/kz_workdays.csv");

pub(super) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// The rows of the CSV: date and kind.
fn rows() -> Vec<(Day, &'static str)> {
    let rows: Vec<_> = CSV
        .lines()
        .skip(1)
        .map(|line| {
            let mut cells = line.split(',');
            let year = cells.next().unwrap();
            let date = cells.next().unwrap();
            assert!(date.starts_with(year), "{line}");
            (day(date), cells.next().unwrap())
        })
        .collect();
    assert_eq!(rows.len(), 319);
    rows
}

/// Off, on, or an ordinary day.
fn meaning(kind: &str) -> Option<bool> {
    match kind {
        "public" | "religious" | "observed" | "transferred_off" => Some(false),
        "working_weekend" | "working_weekday" => Some(true),
        "cancelled" => None,
        other => panic!("a new kind: {other}"),
    }
}

fn days_off_and_on() -> (BTreeSet<Day>, BTreeSet<Day>) {
    let of = |works| rows().iter().filter(|row| meaning(row.1) == Some(works)).map(|row| row.0).collect();
    (of(false), of(true))
}

pub(super) fn all_days(from: i32, through: i32) -> impl Iterator<Item = Day> {
    let start = Day::new(from, 1, 1).unwrap();
    (0..).map(move |n| start.plus_days(n)).take_while(move |day| day.year() <= through)
}

/// Every working day of 2014-2027, from the CSV and nothing else.
fn working_days_of_the_csv() -> Vec<Day> {
    let (off, on) = days_off_and_on();
    let works = |day: &Day| on.contains(day) || !(day.is_weekend() || off.contains(day));
    all_days(2014, 2027).filter(works).collect()
}

pub(super) fn after(calendar: &Calendar, from: &str, n: u16) -> String {
    calendar.working_day_after(day(from), n).unwrap().day.to_string()
}

// The facts.

#[test]
fn the_facts_are_the_rows() {
    let mut expected: BTreeMap<i32, CalendarYear> = BTreeMap::new();
    for (day, kind) in rows() {
        let year = expected.entry(day.year()).or_default();
        match meaning(kind) {
            Some(true) => year.on.push(day),
            Some(false) => year.off.push(day),
            None => {}
        }
    }
    let projected = expected.remove(&2027).unwrap();
    assert_eq!(kazakhstan::facts(), expected.into_iter().collect());
    // 2027 is no fact. Its rows are the law, but for Kurban Ait, which falls on a weekend.
    let mut by_rule: Vec<Day> = by_rule(2027).into_iter().collect();
    by_rule.push(day("2027-05-16"));
    by_rule.sort_unstable();
    assert!(day("2027-05-16").is_weekend());
    assert_eq!(projected, CalendarYear { off: by_rule, on: vec![] });
}

#[test]
fn off_and_on_are_disjoint() {
    let (off, on) = days_off_and_on();
    assert_eq!((off.len(), on.len()), (294, 21));
    assert!(off.is_disjoint(&on));
    // The facts pass the check that a host's calendar has to pass.
    let facts = kazakhstan::facts().into_iter().collect();
    let read = Calendar::new(kazakhstan::ID, kazakhstan::known_at(), facts).unwrap();
    assert_eq!(read, Calendar::kazakhstan());
}

#[test]
fn the_law_gives_the_holidays_and_observed_days() {
    let by_law = |row: &&(Day, &str)| match row.1 {
        "public" | "observed" => true,
        "religious" => (row.0.month(), row.0.day()) == (1, 7),
        _ => false,
    };
    let listed: BTreeSet<Day> = rows().iter().filter(by_law).map(|row| row.0).collect();
    let ruled: BTreeSet<Day> = (2014..=2027).flat_map(by_rule).collect();
    assert_eq!(listed.difference(&ruled).collect::<Vec<_>>(), Vec::<&Day>::new());
    // The one exception: Government decree 820 of 2019 moved the day observed for 9 May 2020 to 8 May.
    assert_eq!(ruled.difference(&listed).collect::<Vec<_>>(), [&day("2020-05-11")]);
    // What no law gives: Kurban Ait, and days that an act moved.
    for (day, kind) in rows() {
        let given = ruled.contains(&day);
        let expected = listed.contains(&day) || day == self::day("2020-05-11");
        assert_eq!(given, expected, "{day} {kind}");
    }
}

#[test]
fn the_law_in_other_years() {
    let text = |year| by_rule(year).iter().map(|day| day.to_string()[5..].to_owned()).collect::<Vec<_>>();
    // In 2001 Nauryz had one day; 7 January, 7 May and 6 July were no days off, 25 October was one.
    assert_eq!(
        text(2001),
        ["01-01", "01-02", "03-08", "03-22", "05-01", "05-09", "08-30", "10-25", "12-16", "12-17", "12-18"]
    );
    // 1 May 2032 is a Saturday.
    assert!(text(2032).contains(&"05-03".to_owned()));
    // 7 January 2034 is a Saturday and does not move; 1 January is a Sunday and goes past 2 January.
    assert_eq!(text(2034)[..4], ["01-01", "01-02", "01-03", "01-07"]);
    // calendar.md 2.1: the first and the last year of each.
    for (date, from, through) in [
        ("01-07", 2006, 2150),
        ("03-15", 2027, 2150),
        ("03-21", 2010, 2150),
        ("03-23", 2010, 2150),
        ("05-07", 2013, 2150),
        ("07-06", 2009, 2150),
        ("08-30", 1999, 2025),
        ("12-01", 2012, 2021),
    ] {
        for year in 1999..=2150 {
            let off = by_rule(year).contains(&day(&format!("{year}-{date}")));
            let observed = date == "03-23" && year == 2009; // for Sunday the 22nd
            assert_eq!(off, (from..=through).contains(&year) || observed, "{year}-{date}");
        }
    }
    for (year, off) in [(2008, true), (2009, false), (2021, false), (2022, true)] {
        assert_eq!(by_rule(year).contains(&day(&format!("{year}-10-25"))), off, "{year}");
    }
    for year in first().year()..=last().year() {
        let off = by_rule(year);
        assert!((10..30).contains(&off.len()), "{year}");
        assert!(off.iter().all(|day| day.year() == year), "no observed day leaves its year");
    }
}

/// calendar.md 7: the Ministry's months, with what later acts changed.
const NORMS: [(i32, [u32; 12]); 14] = [
    (2014, [19, 20, 17, 22, 19, 21, 22, 21, 21, 23, 20, 20]),
    (2015, [19, 20, 18, 22, 18, 22, 22, 20, 21, 22, 21, 20]),
    (2016, [18, 21, 19, 21, 19, 22, 20, 22, 21, 21, 22, 19]),
    (2017, [20, 20, 19, 20, 20, 22, 20, 22, 20, 22, 22, 18]),
    (2018, [21, 20, 18, 21, 20, 21, 21, 21, 20, 23, 22, 18]),
    (2019, [20, 20, 17, 22, 20, 20, 22, 21, 21, 23, 21, 19]),
    (2020, [20, 20, 18, 22, 18, 22, 21, 20, 22, 22, 21, 20]),
    (2021, [18, 20, 19, 22, 18, 22, 20, 21, 22, 21, 22, 20]),
    (2022, [18, 20, 19, 21, 19, 22, 20, 22, 22, 20, 22, 21]),
    (2023, [20, 20, 19, 20, 20, 21, 20, 22, 21, 21, 22, 20]),
    (2024, [21, 21, 17, 22, 20, 20, 22, 21, 21, 22, 21, 21]),
    (2025, [20, 20, 17, 22, 19, 20, 22, 21, 21, 22, 20, 22]),
    (2026, [19, 20, 18, 22, 17, 22, 22, 21, 22, 21, 21, 22]),
    (2027, [18, 20, 18, 22, 18, 22, 21, 22, 22, 20, 22, 22]),
];

#[test]
fn the_months_have_their_norms() {
    let calendar = Calendar::kazakhstan();
    for (year, months) in NORMS {
        for (month, norm) in (1..).zip(months) {
            let start = Day::new(year, month, 1).unwrap();
            let (before, end) = (start.plus_days(-1), start.plus_months(1).plus_days(-1));
            assert_eq!(calendar.working_days_between(before, end).unwrap(), norm, "{year}-{month}");
        }
    }
    let of = |year: i32| NORMS.iter().find(|norm| norm.0 == year).unwrap().1.iter().sum::<u32>();
    assert_eq!([2014, 2018, 2022, 2024, 2025, 2026, 2027].map(of), [245, 246, 246, 249, 246, 247, 247]);
}

// The count.

#[test]
fn every_covered_day_as_bdays_is_told() {
    let calendar = Calendar::kazakhstan();
    let week = Week::of(&kazakhstan::facts());
    let covered = (0..).map(|n| first().plus_days(n)).take_while(|day| *day <= last());
    let mut working = 0;
    for day in covered {
        assert_eq!(calendar.is_working_day(day).unwrap(), told(&week, day), "{day}");
        working += u32::from(told(&week, day));
    }
    assert_eq!(calendar.working_days_between(first(), last()).unwrap() + 1, working);
}

#[test]
fn every_day_as_the_csv_and_as_bdays() {
    let calendar = Calendar::kazakhstan();
    let week = Week::of(&kazakhstan::facts());
    let csv = working_days_of_the_csv();
    let mut compared = 0;
    let mut before = 0;
    for day in all_days(2014, 2027) {
        let works = csv.get(before) == Some(&day);
        before += usize::from(works);
        assert_eq!(calendar.is_working_day(day).unwrap(), works, "{day}");
        for n in 1..=30 {
            let answer = calendar.working_day_after(day, n).unwrap();
            assert_eq!(answer.day, slow_after(&week, day, n), "{day} + {n}, bdays");
            if let Some(expected) = csv.get(before + usize::from(n) - 1) {
                assert_eq!(answer.day, *expected, "{day} + {n}, CSV");
                assert_eq!(answer.projected, expected.year() == 2027, "{day} + {n}");
                compared += 1;
            }
        }
    }
    assert!(compared > 5_070 * 30, "{compared}");
}

#[test]
fn an_event_on_a_day_off() {
    let calendar = Calendar::kazakhstan();
    // Sunday: Monday is the first working day. `bdays` alone would say Friday 10 May.
    assert_eq!(after(&calendar, "2024-05-05", 1), "2024-05-06");
    // Saturday 4 May was worked: the day of the event does not count.
    assert_eq!(after(&calendar, "2024-05-04", 1), "2024-05-06");
    assert_eq!(after(&calendar, "2024-05-03", 1), "2024-05-04");
    assert_eq!(after(&calendar, "2018-12-28", 1), "2018-12-29");
    assert_eq!(after(&calendar, "2018-12-30", 1), "2019-01-03");
    // 2020: 8 May off, Monday 11 May worked.
    assert_eq!(after(&calendar, "2020-05-07", 1), "2020-05-11");
}

#[test]
fn no_working_day_is_the_zeroth() {
    let error = Calendar::kazakhstan().working_day_after(day("2024-05-05"), 0).unwrap_err();
    assert_eq!(error.code(), ErrorCode::Malformed);
}

#[test]
fn the_edges_of_the_coverage() {
    let calendar = Calendar::kazakhstan();
    assert_eq!((first(), last()), (day("1999-12-01"), day("2150-12-31")));
    assert_eq!(calendar.is_working_day(first()).ok(), Some(true));
    assert_eq!(calendar.is_working_day(last()).ok(), Some(true));
    assert_eq!(after(&calendar, "1999-12-01", 1), "1999-12-02");
    assert_eq!(after(&calendar, "2150-12-30", 1), "2150-12-31");
    let far = day("1999-11-30");
    let near = day("2000-01-01");
    for error in [
        calendar.is_working_day(far).unwrap_err(),
        calendar.is_working_day(day("2151-01-01")).unwrap_err(),
        calendar.working_day_after(far, 1).unwrap_err(),
        calendar.working_day_after(last(), 1).unwrap_err(),
        calendar.working_day_after(day("2150-12-30"), 2).unwrap_err(),
        calendar.working_day_after(near, u16::MAX).unwrap_err(),
        calendar.working_days_between(far, near).unwrap_err(),
        calendar.working_days_between(near, day("2151-01-01")).unwrap_err(),
    ] {
        assert_eq!(error.code(), ErrorCode::OutsideCalendar);
        assert_eq!(error.expected(), "a day from 1999-12-01 to 2150-12-31");
    }
    // A whole life of the library: 10,000 working days from the last day that a register may see.
    assert!(calendar.working_day_after(day("2100-12-31"), 10_000).is_ok());
    assert_eq!(calendar.working_days_between(near, near).ok(), Some(0));
    assert_eq!(calendar.working_days_between(near, first()).ok(), Some(0));
}

#[test]
fn years_without_facts_are_projected() {
    let calendar = Calendar::kazakhstan();
    for year in 1990..2160 {
        assert_eq!(calendar.is_projected(year), !(2014..=2026).contains(&year), "{year}");
    }
    let projected = |from, n| calendar.working_day_after(day(from), n).unwrap().projected;
    assert!(!projected("2026-12-29", 2), "ends on 31 December 2026");
    assert!(projected("2026-12-29", 3));
    assert!(projected("2013-12-30", 1));
    assert!(!projected("2013-12-31", 1), "the day of the event is not counted");
    assert!(projected("2013-12-30", 4_000), "a term of sixteen years, the first day of it in 2013");
}

proptest! {
    #[test]
    fn laws_of_the_count(start in 10_957..66_000_i32, m in 1..200_u16, n in 1..200_u16) {
        let calendar = Calendar::kazakhstan();
        let next = |day, n| calendar.working_day_after(day, n).unwrap().day;
        let start = first().plus_days(start - 10_926).min(day("2149-01-01"));
        let end = next(start, n);
        // Strictly later, on a working day, and exactly n of them in between.
        prop_assert!(end > start);
        prop_assert!(calendar.is_working_day(end).unwrap());
        prop_assert_eq!(calendar.working_days_between(start, end).unwrap(), u32::from(n));
        prop_assert_eq!(calendar.working_days_between(start, end.plus_days(-1)).unwrap(), u32::from(n) - 1);
        // Monotone in the number and in the day.
        prop_assert!(next(start, n + 1) > end);
        prop_assert!(next(start.plus_days(1), n) >= end);
        // The n-th after the m-th is the (m + n)-th.
        prop_assert_eq!(next(next(start, m), n), next(start, m + n));
    }

    #[test]
    fn no_day_and_no_number_panics(a in any::<i32>(), b in -40_000..70_000_i64, n in any::<u16>()) {
        let calendar = Calendar::kazakhstan();
        let near = i64::from(a) % 4_000_000;
        for day in [i64::from(a), near, b].map(Day::from_epoch) {
            let covered = (first()..=last()).contains(&day);
            prop_assert_eq!(calendar.is_working_day(day).is_ok(), covered);
            prop_assert_eq!(calendar.working_days_between(day, first()).is_ok(), covered);
            match calendar.working_day_after(day, n) {
                Ok(end) => prop_assert!(covered && n > 0 && end.day > day && end.day <= last()),
                Err(error) if n == 0 => prop_assert_eq!(error.code(), ErrorCode::Malformed),
                Err(error) => prop_assert_eq!(error.code(), ErrorCode::OutsideCalendar),
            }
        }
    }

    #[test]
    fn any_hosts_calendar_as_bdays(
        off in prop::collection::btree_set(0..365_i32, 0..200),
        on in prop::collection::btree_set(0..365_i32, 0..40),
        start in -30..365_i32,
        n in 1..60_u16,
    ) {
        let date = |at: &i32| day("2030-01-01").plus_days(*at);
        let year = CalendarYear {
            off: off.iter().map(date).collect(),
            on: on.difference(&off).map(date).collect(),
        };
        let years = BTreeMap::from([(2030, year)]);
        let calendar = Calendar::new("any", day("2030-01-01"), years.clone()).unwrap();
        let start = date(&start);
        let answer = calendar.working_day_after(start, n).unwrap();
        prop_assert_eq!(answer.day, slow_after(&Week::of(&years.into_iter().collect()), start, n));
        let projected = start.plus_days(1).year() != 2030 || answer.day.year() != 2030;
        prop_assert_eq!(answer.projected, projected);
    }
}

/// Journals name the calendar by this hash. It changes when the facts do: then raise `known_at` with them.
#[test]
fn the_hash_of_the_facts() {
    let calendar = Calendar::kazakhstan();
    assert_eq!((calendar.id(), calendar.known_at()), ("kz-five-day", day("2026-11-22")));
    let hash = "74ac0cb31e206de629e37e8bab14d07296a2b60bb30240596a7905b945b273d7";
    assert_eq!(calendar.hash(), hash);
}

#[test]
fn a_switched_off_calendar_panics() {
    let calendar = Calendar::kazakhstan();
    let at = day("2024-05-05");
    let questions: [&(dyn Fn() + std::panic::RefUnwindSafe); 4] = [
        &|| drop(calendar.is_working_day(at)),
        &|| drop(calendar.working_day_after(at, 1)),
        &|| drop(calendar.working_days_between(at, at)),
        &|| _ = calendar.is_projected(2024),
    ];
    for question in questions {
        assert!(std::panic::catch_unwind(|| off(Part::Calendar, question)).is_err());
        question();
    }
    // Carrying one along asks nothing.
    let hash =
        off(Part::Calendar, || serde_json::from_str::<Calendar>(&serde_json::to_string(&calendar).unwrap()));
    assert_eq!(hash.unwrap(), calendar);
}
