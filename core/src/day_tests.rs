use chrono::{Datelike as _, Months, NaiveDate};

use super::Day;

/// Every date there is, beside chrono's.
#[test]
fn a_date_is_what_chrono_says() {
    let mut date = NaiveDate::from_ymd_opt(1, 1, 1).unwrap();
    for epoch in Day::MIN.epoch()..=Day::MAX.epoch() {
        let day = Day(epoch);
        assert_eq!(day.civil(), (date.year(), date.month(), date.day()), "{date}");
        assert_eq!(Day::of_civil(date.year(), date.month(), date.day()), day, "{date}");
        date = date.succ_opt().unwrap();
    }
}

/// Of every day of a leap year and the three after it, at every age in months up to nine years.
#[test]
fn a_birthday_is_the_same_day_or_the_first_of_the_next_month() {
    for born in (0..4 * 365 + 1).map(|day| Day::new(2016, 1, 1).unwrap().plus_days(day)) {
        for months in 0..=108 {
            let same = born.date().checked_add_months(Months::new(months)).unwrap();
            let expected = Day::of(same).plus_days(i32::from(same.day() < born.day()));
            assert_eq!(born.birthday(months), expected, "{born} after {months} months");
        }
    }
    assert_eq!(Day::MAX.birthday(u32::MAX), Day::MAX);
    assert_eq!(Day::MIN.birthday(0), Day::MIN);
}
