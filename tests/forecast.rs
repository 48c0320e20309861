//! How well forecasts hold in a generated city that was not looked at when they were made.

#[path = "../examples/city/main.rs"]
#[allow(dead_code, reason = "its main is for the example; here run is called")]
mod city;

use std::ffi::OsString;

use kezek::Event;

fn run(args: &[&str]) -> (u8, String) {
    let args = std::iter::once("city").chain(args.iter().copied()).map(OsString::from);
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let status = city::run(args, &mut out, &mut err, false);
    (status, String::from_utf8(out).unwrap_or_default())
}

/// The tolerance is chosen, not measured: a forecast says what such forecasts did hold, so over all of them the
/// difference between what they say and what comes is to be within ten of a hundred; and 80 are aimed at.
#[test]
#[allow(clippy::expect_used, reason = "a test without its city must stop")]
fn forecasts_hold_as_often_as_they_say() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (journal, events) = (path("city.jsonl"), path("events.jsonl"));
    let made = ["generate", "--children", "2000", "--years", "4", "--seed", "2026", "--out", &journal];
    assert_eq!(run(&made).0, 0);
    assert_eq!(run(&[&journal, "--quiet", "--rows", "1", "--events", &events]).0, 0);
    let text = std::fs::read_to_string(&events).expect("the events");
    let events = text.lines().map(|line| serde_json::from_str::<Event>(line).expect("an event"));
    let tested = kezek::backtest(events.collect::<Vec<_>>(), 20).expect("a journal that replays");

    let all = tested.all;
    let settled = all.held + all.earlier + all.later;
    assert!(settled >= 500, "{all:?}");
    assert!((70..=95).contains(&all.held_percent.unwrap_or_default()), "{all:?}");
    // What was said of each, held against what came, over all.
    let (mut least, mut most) = (0, 0);
    for row in &tested.calibration {
        least += u32::from(row.said_from) * row.settled;
        most += u32::from(row.said_to) * row.settled;
    }
    let held = 100 * all.held;
    assert!(held + 10 * settled >= least && held <= most + 10 * settled, "{tested:?}");
    // And they say something: half of the ranges are shorter than a term of the school year.
    assert!(all.median_days.is_some_and(|days| days <= 122), "{all:?}");
}

#[test]
fn the_table_says_what_became_of_the_forecasts() {
    let town = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/data/kokshetau-2018.jsonl");
    let (status, table) = run(&["backtest", town]);
    assert_eq!(status, 0, "{table}");
    // Its register sees one year: it is asked, and says that it is too young to tell.
    let cells = |name: &str| {
        let line = table.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        line.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    let (all, young) = (cells("all "), cells("young_register"));
    assert_eq!(all.get(1), all.get(7), "{table}");
    assert!(all.get(1).is_some_and(|asked| asked != "0"), "{table}");
    assert_eq!(all.get(1), young.get(1), "{table}");
    assert_eq!(run(&["backtest", "no-such-journal.jsonl"]).0, 2);
}
