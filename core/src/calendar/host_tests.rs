//! A host's own calendar: what it may say, where it is wrong, how it is written.

use std::collections::BTreeMap;

use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::tests::{after, all_days, day};
use super::*;

fn host(years: &[(i32, &[&str], &[&str])]) -> Result<Calendar, Error> {
    let list = |days: &[&str]| days.iter().map(|text| day(text)).collect();
    let years = years.iter().map(|(year, off, on)| (*year, CalendarYear { off: list(off), on: list(on) }));
    Calendar::new("host", day("2024-06-06"), years.collect())
}

#[test]
fn as_known_at() {
    // Calendars of 6 and 7 June 2024: then the Muftiate moved Kurban Ait from Monday to Sunday.
    let before = host(&[(2024, &["2024-06-17"], &[])]).unwrap();
    let since = host(&[(2024, &["2024-06-16"], &[])]).unwrap();
    assert_eq!(after(&before, "2024-06-12", 3), "2024-06-18");
    assert_eq!(after(&since, "2024-06-12", 3), "2024-06-17");
    assert_eq!(after(&Calendar::kazakhstan(), "2024-06-12", 3), "2024-06-17");
}

#[test]
fn a_hosts_years_are_all_that_is_known_of_them() {
    // A Saturday worked for a Monday, another way round than the state had it.
    let own = host(&[(2024, &["2024-05-06"], &["2024-05-11"])]).unwrap();
    assert!(own.is_working_day(day("2024-05-11")).unwrap());
    assert!(!own.is_working_day(day("2024-05-06")).unwrap());
    // Neither the law nor the acts of the state add to a listed year; other years follow the law.
    assert!(own.is_working_day(day("2024-01-02")).unwrap());
    assert!(!own.is_working_day(day("2024-05-04")).unwrap());
    assert!(!own.is_working_day(day("2025-01-02")).unwrap());
    assert!(own.is_working_day(day("2018-03-09")).unwrap());
    assert!(!own.is_projected(2024) && own.is_projected(2018) && own.is_projected(2025));
    // No year at all: the law alone.
    let bare = host(&[]).unwrap();
    assert!(bare.working_day_after(day("2024-06-12"), 1).unwrap().projected);
}

#[test]
fn a_faulty_calendar_says_where() {
    let path = |years: &[(i32, &[&str], &[&str])]| {
        let error = host(years).unwrap_err();
        assert_eq!(error.code(), ErrorCode::Malformed);
        format!("{}: {}", error.path(), error.found())
    };
    let other = ["2026-01-01", "2026-01-02", "2026-01-03", "2027-01-04"];
    assert_eq!(path(&[(2024, &[], &[]), (2026, &other, &[])]), "years.2026.off[3]: 2027-01-04");
    assert_eq!(path(&[(2026, &[], &["2025-05-03"])]), "years.2026.on[0]: 2025-05-03");
    assert_eq!(path(&[(2026, &["2026-05-04", "2026-05-04"], &[])]), "years.2026.off[1]: 2026-05-04");
    assert_eq!(
        path(&[(2026, &["2026-05-04"], &["2026-05-02", "2026-05-04"])]),
        "years.2026.on[1]: 2026-05-04"
    );
    assert_eq!(path(&[(1999, &[], &[])]), "years.1999: 1999");
    assert_eq!(path(&[(2151, &[], &[])]), "years.2151: 2151");
    let off: Vec<String> = all_days(2026, 2026).take(201).map(|day| day.to_string()).collect();
    let off: Vec<&str> = off.iter().map(String::as_str).collect();
    assert_eq!(path(&[(2026, &off, &[])]), "years.2026.off: 201 days");
    assert!(host(&[(2000, &off[..0], &[]), (2026, &off[..200], &[]), (2150, &[], &[])]).is_ok());
    for id in ["", &"қ".repeat(65)] {
        assert_eq!(Calendar::new(id, day("2024-06-06"), BTreeMap::new()).unwrap_err().path(), "id");
    }
    assert!(Calendar::new(&"қ".repeat(64), day("2024-06-06"), BTreeMap::new()).is_ok());
}

/// Whatever a host lists, a term of 2,000 working days ends for every event that a register may see.
#[test]
fn every_term_comes_to_an_end() {
    let worst = |year| {
        let law = kazakhstan::by_rule(year);
        let worked = all_days(year, year).filter(|day| !day.is_weekend() && !law.contains(day));
        (year, CalendarYear { off: worked.take(200).collect(), on: vec![] })
    };
    let calendar = Calendar::new("worst", day("2026-11-22"), (2000..=2150).map(worst).collect()).unwrap();
    assert!(calendar.working_day_after(day("2100-12-31"), 2_000).is_ok());
}

#[test]
fn a_calendar_on_the_wire() {
    let year = r#"{"off":["2024-05-08","2024-06-17"],"on":["2024-05-04","2024-05-11"]}"#;
    let years = format!(r#"{{"2024":{year},"2025":{{"off":[],"on":[]}}}}"#);
    let text = format!(r#"{{"id":"host","known_at":"2024-06-06","years":{years}}}"#);
    let own: Calendar = serde_json::from_str(&text).unwrap();
    assert_eq!(serde_json::to_string(&own).unwrap(), text);
    assert_eq!(own.hash(), format!("{:x}", Sha256::digest(&text)));
    // The order of the days does not make another calendar; the name, the date and the days do.
    let mixed = text.replace(r#""2024-05-08","2024-06-17""#, r#""2024-06-17","2024-05-08""#);
    let mixed = mixed.replace(r#""2024-05-04","2024-05-11""#, r#""2024-05-11","2024-05-04""#);
    assert_eq!(serde_json::from_str::<Calendar>(&mixed).unwrap(), own);
    for (from, to) in
        [("host", "guest"), ("2024-06-06", "2024-06-07"), ("2024-06-17", "2024-06-18"), ("2025", "2026")]
    {
        assert_ne!(serde_json::from_str::<Calendar>(&text.replace(from, to)).unwrap(), own);
    }
    let kazakhstan = Calendar::kazakhstan();
    let value = serde_json::to_value(&kazakhstan).unwrap();
    assert_eq!(serde_json::from_value::<Calendar>(value).unwrap(), kazakhstan);
    assert!(format!("{own:?}").starts_with("Calendar(\"host\", known at 2024-06-06, "));
}

#[test]
fn a_calendar_inside_a_tagged_command() {
    #[derive(Deserialize)]
    #[serde(tag = "type", rename_all = "snake_case")]
    enum Command {
        ChangeCalendar { calendar: Calendar },
    }
    let own = r#"{"id":"host","known_at":"2024-06-06","years":{"2024":{"off":[],"on":[]}}}"#;
    let text = format!(r#"{{"type":"change_calendar","calendar":{own}}}"#);
    let Command::ChangeCalendar { calendar } = serde_json::from_str(&text).unwrap();
    assert!(!calendar.is_projected(2024));
}

#[test]
fn unreadable_calendars() {
    let read = |years: &str| {
        let text = format!(r#"{{"id":"host","known_at":"2024-06-06","years":{years}}}"#);
        serde_json::from_str::<Calendar>(&text).map_err(|error| error.to_string())
    };
    assert!(read("{}").is_ok());
    let fault = |years: &str, part: &str| {
        let text = read(years).unwrap_err();
        assert!(text.contains(part), "{text}");
    };
    fault(r#"{"2026":{"off":["2027-01-01"],"on":[]}}"#, "years.2026.off[0]: expected a day of 2026");
    fault(r#"{"2026":{"off":[]}}"#, "missing field `on`");
    fault(r#"{"2026":{"off":[],"on":[],"half":[]}}"#, "unknown field `half`");
    fault(r#"{"2026":{"off":[],"on":[]},"2026":{"off":[],"on":[]}}"#, "twice");
    for key in ["02026", "+026", "26", "two", ""] {
        fault(&format!(r#"{{"{key}":{{"off":[],"on":[]}}}}"#), "a year");
    }
    fault("[]", "years such as");
    assert!(serde_json::from_str::<Calendar>(r#"{"id":"host","known_at":"2024-06-06"}"#).is_err());
}
