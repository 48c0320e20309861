//! The own table against the time zone database, in both directions.

use chrono::{NaiveDate, NaiveDateTime, TimeZone as _, Timelike as _};
use chrono_tz::Tz;

use super::Zone;
use crate::{Day, ErrorCode, Moment};

const QUARTER: i64 = 900;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn at(text: &str) -> Moment {
    text.parse().unwrap()
}

fn utc(year: i32, month: u32, day: u32) -> i64 {
    NaiveDate::from_ymd_opt(year, month, day).unwrap().and_hms_opt(0, 0, 0).unwrap().and_utc().timestamp()
}

/// Moment -> date and clock, as the database has it; `step` seconds apart.
fn reads_as_the_database(zone: Zone, from: i64, to: i64, step: usize) {
    let tz: Tz = zone.name().parse().unwrap();
    for seconds in (from..to).step_by(step) {
        let local = tz.timestamp_opt(seconds, 0).single().unwrap().naive_local();
        let moment = Moment::from_unix(seconds);
        assert_eq!(zone.day(moment), Day::of(local.date()), "{zone} {moment}");
        assert_eq!(zone.clock(moment), i64::from(local.num_seconds_from_midnight()), "{zone} {moment}");
    }
}

/// Date and clock -> moment, the later one of an ambiguous time; every time of the clock exists.
fn writes_as_the_database(zone: Zone, from: i64, to: i64, step: usize) {
    let tz: Tz = zone.name().parse().unwrap();
    for seconds in (from..to).step_by(step) {
        let local: NaiveDateTime = chrono::DateTime::from_timestamp(seconds, 0).unwrap().naive_utc();
        let expected = tz.from_local_datetime(&local).latest().unwrap().timestamp();
        let clock = i64::from(local.num_seconds_from_midnight());
        assert_eq!(zone.moment(Day::of(local.date()), clock).unix(), expected, "{zone} {local}");
    }
}

/// Every quarter of an hour of 2014-2027 in both directions, and every midnight.
fn agrees(zone: Zone) {
    let (from, to) = (utc(2014, 1, 1), utc(2028, 1, 1));
    reads_as_the_database(zone, from, to, 900);
    writes_as_the_database(zone, from, to, 900);
    let tz: Tz = zone.name().parse().unwrap();
    let mut day = day("2014-01-01");
    while day.year() < 2028 {
        let local = day.date().and_hms_opt(0, 0, 0).unwrap();
        // `single`: no midnight comes twice and none is skipped.
        let expected = tz.from_local_datetime(&local).single().unwrap().timestamp();
        let midnight = zone.midnight(day);
        assert_eq!(midnight.unix(), expected, "{zone} {day}");
        assert_eq!((zone.day(midnight), zone.clock(midnight)), (day, 0));
        assert_eq!(zone.day(midnight.plus_seconds(-1)), day.plus_days(-1));
        day = day.plus_days(1);
    }
}

#[test]
fn almaty_agrees_with_the_database() {
    agrees(Zone::Almaty);
}

#[test]
fn qostanay_agrees_with_the_database() {
    agrees(Zone::Qostanay);
}

#[test]
fn qyzylorda_agrees_with_the_database() {
    agrees(Zone::Qyzylorda);
}

#[test]
fn aqtobe_agrees_with_the_database() {
    agrees(Zone::Aqtobe);
}

#[test]
fn aqtau_agrees_with_the_database() {
    agrees(Zone::Aqtau);
}

#[test]
fn atyrau_agrees_with_the_database() {
    agrees(Zone::Atyrau);
}

#[test]
fn oral_agrees_with_the_database() {
    agrees(Zone::Oral);
}

#[test]
fn right_since_the_end_of_summer_time() {
    for zone in Zone::ALL {
        let (from, to) = (utc(2004, 11, 1), utc(2100, 12, 31));
        reads_as_the_database(zone, from, to, 6 * 3600);
        writes_as_the_database(zone, from, to, 6 * 3600);
    }
}

#[test]
fn one_day_has_25_hours() {
    let hours = |zone: Zone, text: &str| {
        let day = day(text);
        (zone.midnight(day.plus_days(1)).unix() - zone.midnight(day).unix()) / 3600
    };
    for zone in Zone::ALL {
        let east = matches!(zone, Zone::Almaty | Zone::Qostanay);
        assert_eq!(hours(zone, "2024-02-29"), if east { 25 } else { 24 }, "{zone}");
        assert_eq!(hours(zone, "2018-12-20"), if zone == Zone::Qyzylorda { 25 } else { 24 }, "{zone}");
    }
}

#[test]
fn a_clock_time_that_comes_twice_is_the_later_one() {
    let first = at("2024-02-29T23:30:00+06:00");
    let second = at("2024-02-29T23:30:00+05:00");
    let clock = 23 * 3600 + 30 * 60;
    for moment in [first, second] {
        assert_eq!(Zone::Almaty.day(moment), day("2024-02-29"));
        assert_eq!(Zone::Almaty.clock(moment), clock);
    }
    assert_eq!(Zone::Almaty.moment(day("2024-02-29"), clock), second);
    assert_eq!(first.in_zone(Zone::Almaty).to_string(), "2024-02-29T23:30:00+06:00");
    assert_eq!(second.in_zone(Zone::Almaty).to_string(), "2024-02-29T23:30:00+05:00");
    // 24 hours are elapsed time: from noon the clock shows 11:00 on the next day.
    let noon = Zone::Almaty.moment(day("2024-02-29"), 12 * 3600);
    assert_eq!(Zone::Almaty.clock(noon.plus_seconds(24 * 3600)), 11 * 3600);
    // One quarter before the hour that comes twice, and one after it.
    assert_eq!(Zone::Almaty.moment(day("2024-02-29"), 23 * 3600 - QUARTER), at("2024-02-29T22:45:00+06:00"));
    assert_eq!(Zone::Almaty.moment(day("2024-03-01"), QUARTER), at("2024-03-01T00:15:00+05:00"));
}

#[test]
fn a_name_is_read_back() {
    for zone in Zone::ALL {
        assert_eq!(zone.name().parse::<Zone>().unwrap(), zone);
        assert_eq!(zone.to_string(), zone.name());
    }
}

#[test]
fn an_unknown_name_lists_the_known_ones() {
    for name in ["Asia/Tashkent", "asia/almaty", "Asia/Almaty ", "+05:00", ""] {
        let error = name.parse::<Zone>().unwrap_err();
        assert_eq!(error.code(), ErrorCode::Malformed);
        assert_eq!(error.found(), format!("{name:?}"));
        for zone in Zone::ALL {
            assert!(error.expected().contains(zone.name()), "{error}");
        }
    }
}

#[test]
fn the_ends_of_time_do_not_panic() {
    for zone in Zone::ALL {
        for seconds in [i64::MIN, i64::MIN + 1, -1, 0, 1, i64::MAX - 1, i64::MAX] {
            let moment = Moment::from_unix(seconds);
            let (day, clock) = (zone.day(moment), zone.clock(moment));
            assert!((0..86_400).contains(&clock));
            let _ = (zone.moment(day, clock), zone.moment(day, i64::MAX), zone.moment(day, i64::MIN));
        }
        let _ = (zone.midnight(Day::from_epoch(i64::MIN)), zone.midnight(Day::from_epoch(i64::MAX)));
    }
}
