//! The example `city`: what it prints, what it writes, and what it says about input that cannot be read.
//!
//! Its modules are run in here, so that nothing depends on where cargo puts the example's binary.
//! `KEZEK_BLESS=1 cargo test --test city` writes the expected output anew.

#[path = "../examples/city/main.rs"]
#[allow(dead_code, reason = "its main is for the example; here run is called")]
mod city;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use kezek::{Event, Register, Snapshot};
use tempfile::TempDir;
use unicode_width::UnicodeWidthStr as _;

/// What a run said.
struct Said {
    status: u8,
    out: String,
    err: String,
}

fn city(args: &[&str]) -> Said {
    let args = std::iter::once("city").chain(args.iter().copied()).map(OsString::from);
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let status = city::run(args, &mut out, &mut err, false);
    let text = |bytes| String::from_utf8(bytes).unwrap_or_default();
    Said { status, out: text(out), err: text(err) }
}

/// A folder with one file in it.
fn folder_with(name: &str, text: &str) -> (TempDir, String) {
    let folder = tempfile::tempdir().unwrap_or_else(|error| stop(&error));
    let path = folder.path().join(name);
    let written = std::fs::write(&path, text);
    written.unwrap_or_else(|error| stop(&error));
    (folder, path.display().to_string())
}

#[allow(clippy::panic, reason = "a test without a temporary folder must stop")]
fn stop(error: &std::io::Error) -> ! {
    panic!("no temporary file: {error}")
}

fn files_in(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries.map(|entry| entry.file_name().display().to_string()).collect();
    names.sort();
    names
}

fn beside(path: &str, name: &str) -> String {
    Path::new(path).with_file_name(name).display().to_string()
}

fn digest_in(out: &str) -> &str {
    out.lines().last().unwrap_or_default()
}

#[allow(clippy::expect_used, reason = "a journal that does not replay must stop the test")]
fn replayed(path: &str) -> Register {
    let text = std::fs::read_to_string(path).expect("the events");
    let events = text.lines().map(|line| serde_json::from_str::<Event>(line).expect("an event"));
    Register::replay(events.collect::<Vec<_>>()).expect("a journal that replays")
}

const SUBMIT: &str = r#"{"at":"2018-01-10T09:00:00+06:00","do":{"type":"submit","applicant":"p:a","child":{"iin":"p:c","born":"2015-05-02"}}}"#;

#[test]
fn the_town_is_told_as_written_down() {
    let said = city(&[]);
    assert_eq!((said.status, said.err.lines().count()), (0, 1), "{}", said.err);
    let golden = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/city/kokshetau-2018.txt");
    if std::env::var_os("KEZEK_BLESS").is_some() {
        std::fs::write(&golden, &said.out).expect("a file that can be written");
    }
    let expected = std::fs::read_to_string(&golden).expect("tests/city/kokshetau-2018.txt");
    for (line, (said, expected)) in said.out.lines().zip(expected.lines()).enumerate() {
        assert_eq!(said, expected, "line {}", line + 1);
    }
    assert_eq!(said.out.lines().count(), expected.lines().count());
}

/// A small journal with a lapse, a stop-list, a refusal, a benefit and denied commands.
const SPOKEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/city/spoken.jsonl");

#[test]
#[cfg(all(feature = "text-kk", feature = "text-ru", feature = "text-en"))]
fn a_small_town_is_told_in_every_language() {
    let digests = ["kk", "ru", "en"].map(|lang| {
        let said = city(&[SPOKEN, "--lang", lang]);
        assert_eq!(said.status, 0, "{}", said.err);
        // The first line names the file, and with it this machine.
        let told = said.out.split_once('(').map_or("", |(_, told)| told);
        let golden = PathBuf::from(SPOKEN).with_file_name(format!("spoken-{lang}.txt"));
        if std::env::var_os("KEZEK_BLESS").is_some() {
            std::fs::write(&golden, told).expect("a file that can be written");
        }
        let expected = std::fs::read_to_string(&golden).expect("tests/city/spoken-….txt");
        for (line, (said, expected)) in told.lines().zip(expected.lines()).enumerate() {
            assert_eq!(said, expected, "{lang}, line {}", line + 1);
            assert!(said.width() <= 100, "{lang}, {} columns: {said}", said.width());
        }
        assert_eq!(told.lines().count(), expected.lines().count());
        digest_in(&said.out).to_owned()
    });
    let plain = city(&[SPOKEN]).out;
    assert!(digests.iter().all(|digest| digest == digest_in(&plain)), "{digests:?}");
}

#[test]
#[cfg(all(feature = "text-kk", feature = "text-ru", feature = "text-en"))]
fn quiet_and_until_hold_in_every_language() {
    let quiet = city(&["--lang", "ru", "--quiet", "--until", "2018-01-23T12:00:00+06:00"]);
    assert_eq!(quiet.status, 0, "{}", quiet.err);
    assert!(quiet.out.contains("Список очередников") && !quiet.out.contains("поставлен в очередь"));
    let other = city(&["--lang", "de"]);
    assert_eq!(other.status, 2);
    assert!(other.err.contains("kk, ru, en"), "{}", other.err);
}

#[test]
fn no_line_is_wider_than_a_hundred_columns() {
    for line in city(&[]).out.lines() {
        assert!(line.width() <= 100, "{} columns: {line}", line.width());
    }
}

#[test]
fn figure_nine_is_as_the_portal_printed_it() {
    let out = city(&["--quiet", "--until", "2018-01-23T12:00:00+06:00"]).out;
    for row in [
        " 1 ГОС ДДО       2011 Английский      1         0  Государственный  09.01.2018 00:04  Ожидает",
        " 3 Бобек         2012 Английский      3         1  Частный  11.01.2018 22:46  В свободном выборе",
        " 4 ГОС ДДО       2012 Казахский       3         0  Государственный  11.01.2018 23:05  В свободном выборе",
    ] {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert!(out.lines().any(|line| words(line) == words(row)), "no row {row} in\n{out}");
    }
}

#[test]
fn events_replay_and_the_snapshot_restores_to_the_same_digest() {
    let (folder, journal) = folder_with("journal.jsonl", SUBMIT);
    let (events, snapshot) = (beside(&journal, "events.jsonl"), beside(&journal, "snapshot.json"));
    let said = city(&["--events", &events, "--snapshot", &snapshot, "--quiet"]);
    assert_eq!(said.status, 0, "{}", said.err);
    assert_eq!(replayed(&events).digest(), digest_in(&said.out));
    let stored = std::fs::read_to_string(&snapshot).expect("the snapshot");
    let stored = serde_json::from_str(&stored).expect("JSON");
    let restored = Snapshot::from_json(stored).and_then(Register::restore).expect("a snapshot that restores");
    assert_eq!(restored.digest(), digest_in(&said.out));
    assert_eq!(files_in(folder.path()), ["events.jsonl", "journal.jsonl", "snapshot.json"]);
}

#[test]
fn until_stops_after_what_fell_due_by_then() {
    let just_before = city(&["--until", "2018-03-28T23:59:59+06:00"]).out;
    let then = city(&["--until", "2018-03-28T18:00:00Z"]).out;
    let lapse = "nobody came: referral 1000000901 is annulled";
    assert!(!just_before.contains(lapse) && then.contains(lapse));
    let before_all = city(&["--until", "2017-01-01T00:00:00+06:00", "--quiet"]);
    assert_eq!(before_all.status, 0, "{}", before_all.err);
    assert!(before_all.err.starts_with("0 commands, 0 denied, 1 events"), "{}", before_all.err);
}

#[test]
fn until_and_the_rest_is_the_whole() {
    // What is played up to an instant is a beginning of the whole.
    let (_folder, journal) = folder_with("journal.jsonl", "");
    let (part, whole) = (beside(&journal, "part.jsonl"), beside(&journal, "whole.jsonl"));
    assert_eq!(city(&["--events", &part, "--until", "2018-04-18T12:00:00+06:00"]).status, 0);
    assert_eq!(city(&["--events", &whole]).status, 0);
    let read = |path: &str| std::fs::read_to_string(path).expect("the events");
    let (part, whole) = (read(&part), read(&whole));
    assert!(!part.is_empty() && part.len() < whole.len() && whole.starts_with(&part));
}

/// Every kind of line that cannot be read, and what is said about it.
const UNREADABLE: [(&str, &str); 17] = [
    ("{\"at\":\"2018-01-10T09:00:00+06:00\",\"do\":{", ", line 2: expected JSON, found at column "),
    ("[1]", ", line 2: expected an object"),
    ("\"text\"", "found a string (malformed)"),
    (r#"{"advance":true}"#, ", line 2, field at: expected an instant with an offset"),
    (
        r#"{"at":1515553200,"advance":true}"#,
        "field at: expected an instant with an offset such as \"2018-03-16T18:20:00+06:00\", found a number",
    ),
    (
        r#"{"at":"2018-01-10T09:30:00","advance":true}"#,
        "field at: expected an instant with an offset such as \"2018-03-16T18:20:00+06:00\", found \"2018-01-10T09:30:00\"",
    ),
    (
        r#"{"at":"2018-01-10T08:59:59+06:00","advance":true}"#,
        ", line 2, field at: expected an instant not before line 1's, 2018-01-10T03:00:00Z, found 2018-01-10T02:59:59Z (clock_moved_back)",
    ),
    (
        r#"{"at":"2018-01-10T10:00:00+06:00"}"#,
        "field do: expected do: a command, or advance: true, found neither",
    ),
    (
        r#"{"at":"2018-01-10T10:00:00+06:00","advance":true,"do":{}}"#,
        "field do: expected do: a command, or advance: true, found both",
    ),
    (r#"{"at":"2018-01-10T10:00:00+06:00","advance":false}"#, "field advance: expected true, found false"),
    (
        r#"{"at":"2018-01-10T10:00:00+06:00","advance":true,"who":1}"#,
        "field who: expected only at, and do or advance",
    ),
    (
        r#"{"at":"2018-01-10T10:00:00+06:00","do":{"type":"sbumit"}}"#,
        "field do.type: expected a command's name, found \"sbumit\"",
    ),
    (r#"{"at":"2018-01-10T10:00:00+06:00","do":{"type":"withdraw"}}"#, "field do.application: expected "),
    (
        r#"{"at":"2018-01-10T10:00:00+06:00","do":{"type":"withdraw","application":"UO.2018.000001.1","why":"x"}}"#,
        "field do.why: expected ",
    ),
    (
        r#"{"at":"2018-01-10T10:00:00+06:00","do":{"type":"submit","applicant":"p:a","child":{"iin":"p:d","born":"2015-5-2"}}}"#,
        "field do.child.born: expected a date such as \"2018-09-09\", found ",
    ),
    (
        r#"{"at":"2018-01-10T10:00:00+06:00","do":{"type":"submit","applicant":"p:a","child":{"iin":"990412300120","born":"2015-05-02"}}}"#,
        "field do.child.iin: expected ",
    ),
    (r#"{"at":"1999-01-10T10:00:00+06:00","advance":true}"#, "(clock_moved_back)"),
];

#[test]
fn a_line_that_cannot_be_read_ends_with_status_two_and_nothing_written() {
    for (line, says) in UNREADABLE {
        let (folder, journal) = folder_with("journal.jsonl", &format!("{SUBMIT}\n{line}\n{SUBMIT}\n"));
        let events = beside(&journal, "events.jsonl");
        let said = city(&[&journal, "--events", &events, "--snapshot", &beside(&journal, "snapshot.json")]);
        assert_eq!(said.status, 2, "{line}\n{}", said.err);
        assert!(said.err.contains(says), "{line}\nsays {}\nnot  {says}", said.err);
        assert!(said.err.starts_with(&format!("error: {journal}, line 2")), "{}", said.err);
        assert_eq!(said.out, "");
        assert_eq!(files_in(folder.path()), ["journal.jsonl"]);
    }
}

#[test]
fn what_only_the_register_can_refuse_is_named_with_its_line_too() {
    let outside = r#"{"at":"1999-01-10T10:00:00+06:00","advance":true}"#;
    let stale = SUBMIT.replace("\"type\"", "\"expected_revision\":7,\"type\"");
    for (line, says) in [(outside, "(outside_calendar)"), (stale.as_str(), "(stale_revision)")] {
        let (folder, journal) = folder_with("journal.jsonl", line);
        let said = city(&[&journal, "--events", &beside(&journal, "events.jsonl")]);
        assert_eq!((said.status, said.out.as_str()), (2, ""), "{}", said.err);
        assert!(said.err.contains(", line 1, field ") && said.err.contains(says), "{}", said.err);
        assert_eq!(files_in(folder.path()), ["journal.jsonl"]);
    }
}

#[test]
fn a_text_that_is_not_utf8_says_so() {
    let (folder, journal) = folder_with("journal.jsonl", "");
    std::fs::write(folder.path().join("journal.jsonl"), b"{\"at\":\"\xff\"}").expect("a file");
    let said = city(&[&journal]);
    assert_eq!(said.status, 2);
    assert!(said.err.contains("line 1: expected UTF-8, found a byte that is none, at 8"), "{}", said.err);
}

#[test]
fn a_failed_run_leaves_an_older_file_as_it_was() {
    let (folder, journal) = folder_with("journal.jsonl", "{}");
    let events = beside(&journal, "events.jsonl");
    std::fs::write(&events, "older").expect("a file");
    assert_eq!(city(&[&journal, "--events", &events]).status, 2);
    assert_eq!(std::fs::read_to_string(&events).expect("the file"), "older");
    assert_eq!(files_in(folder.path()), ["events.jsonl", "journal.jsonl"]);
}

#[test]
fn a_file_that_cannot_be_written_ends_with_status_one() {
    let (_folder, journal) = folder_with("journal.jsonl", SUBMIT);
    let nowhere = beside(&journal, "no-such-folder/events.jsonl");
    for args in
        [vec![journal.as_str(), "--events", &nowhere], vec!["generate", "--children", "5", "--out", &nowhere]]
    {
        let said = city(&args);
        assert_eq!((said.status, said.out.as_str()), (1, ""), "{}", said.err);
        assert!(said.err.contains("cannot be written"), "{}", said.err);
    }
}

#[test]
fn an_unknown_policy_lists_the_known_ones() {
    let said = city(&["--policy", "akmola-2081"]);
    assert_eq!((said.status, said.out.as_str()), (2, ""));
    for name in kezek::Policy::names().chain(["akmola-2081"]) {
        assert!(said.err.contains(name), "{}", said.err);
    }
}

#[test]
fn every_fault_of_a_policy_is_listed_on_its_own_line() {
    let faulty = r#"{"base":"akmola-2018","name":"ours","choice_window":{"days":3},"age":{"until":{"years":0}},"lapses_to_removal":-1}"#;
    let (_folder, policy) = folder_with("policy.json", faulty);
    let said = city(&["--policy", &policy]);
    assert_eq!((said.status, said.out.as_str()), (2, ""));
    for path in ["choice_window", "age.until", "lapses_to_removal"] {
        let begins = format!("  {path}: expected ");
        let count = said.err.lines().filter(|line| line.starts_with(&begins)).count();
        assert_eq!(count, 1, "{path} in\n{}", said.err);
    }
}

#[test]
fn a_policy_or_calendar_that_is_no_json_says_where() {
    let (_folder, path) = folder_with("broken.json", "{\n  \"base\": akmola\n}");
    for option in ["--policy", "--calendar"] {
        let said = city(&[option, &path]);
        assert_eq!(said.status, 2);
        assert!(said.err.contains("expected JSON, found at line 2, column "), "{}", said.err);
    }
    let said = city(&["--policy", "no/such/policy.json"]);
    assert_eq!(said.status, 2);
    assert!(said.err.contains("no/such/policy.json: expected a file that can be read"), "{}", said.err);
}

#[test]
fn a_policy_file_and_a_calendar_file_are_followed() {
    let (folder, policy) =
        folder_with("ours.json", r#"{"base":"akmola-2018","name":"ours","choice_window":{"hours":24}}"#);
    let said = city(&["--policy", &policy, "--quiet"]);
    assert!(said.out.contains("by the rules of ours"), "{}{}", said.out, said.err);
    // A host whose 2018 has no Nauryz holiday moved: the law's own days only.
    let calendar = folder.path().join("calendar.json").display().to_string();
    let text = r#"{"id":"kz-five-day","known_at":"2018-01-01","years":{"2018":{"off":[],"on":[]}}}"#;
    std::fs::write(&calendar, text).expect("a file");
    let said = city(&["--calendar", &calendar, "--quiet"]);
    assert_eq!(said.status, 0, "{}", said.err);
    assert_ne!(digest_in(&said.out), digest_in(&city(&["--quiet"]).out));
    std::fs::write(&calendar, text.replace("kz-five-day", "another")).expect("a file");
    let said = city(&["--calendar", &calendar]);
    assert_eq!(said.status, 2);
    assert!(said.err.contains("field calendar: expected"), "{}", said.err);
}

#[test]
fn an_instant_without_an_offset_is_a_usage_error() {
    let said = city(&["--until", "2018-03-29T00:00:00"]);
    assert_eq!((said.status, said.out.as_str()), (2, ""));
    assert!(said.err.contains("an instant with an offset"), "{}", said.err);
}

#[test]
fn a_denied_command_is_part_of_the_story() {
    let twice = format!("{SUBMIT}\n\n{SUBMIT}\n");
    let (_folder, journal) = folder_with("journal.jsonl", &twice);
    let said = city(&[&journal]);
    assert_eq!(said.status, 0, "{}", said.err);
    assert!(
        said.out.contains("✗ submit is denied: already_in_queue, found UO.2018.000001.1"),
        "{}",
        said.out
    );
    assert!(said.err.starts_with("2 commands, 1 denied, 2 events"), "{}", said.err);
}

#[test]
fn a_key_is_answered_once() {
    let keyed = SUBMIT.replace("\"type\"", "\"key\":\"k1\",\"type\"");
    let (_folder, journal) = folder_with("journal.jsonl", &format!("{keyed}\n{keyed}\n"));
    let said = city(&[&journal]);
    assert!(said.err.starts_with("2 commands, 0 denied, 2 events"), "{}", said.err);
    let other = keyed.replace("2015-05-02", "2015-05-03");
    let (_folder, journal) = folder_with("journal.jsonl", &format!("{keyed}\n{other}\n"));
    let said = city(&[&journal]);
    assert_eq!(said.status, 2);
    assert!(said.err.contains("line 2") && said.err.contains("(key_conflict)"), "{}", said.err);
}

#[test]
fn the_same_seed_makes_the_same_bytes() {
    let made = |seed: &str| city(&["generate", "--children", "400", "--years", "2", "--seed", seed]);
    let one = made("7");
    assert_eq!(one.status, 0, "{}", one.err);
    assert!(one.err.contains(" commands, ") && one.err.contains("for 400 children"), "{}", one.err);
    assert_eq!(one.out, made("7").out);
    assert_ne!(one.out, made("8").out);
}

#[test]
fn the_bytes_of_a_seed_are_those_of_every_version() {
    // A journal is named by its seed in benchmarks and bug reports: a change here is a change of them all.
    let out = city(&["generate", "--children", "20", "--years", "1", "--seed", "7"]).out;
    let golden = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/city/generated-20.jsonl");
    if std::env::var_os("KEZEK_BLESS").is_some() {
        std::fs::write(&golden, &out).expect("a file that can be written");
    }
    assert_eq!(out, std::fs::read_to_string(&golden).expect("tests/city/generated-20.jsonl"));
}

#[test]
fn a_generated_city_plays_to_what_was_seen_while_it_was_made() {
    for policy in kezek::Policy::names() {
        let (folder, journal) = folder_with("empty", "");
        let journal = beside(&journal, "journal.jsonl");
        let args = ["generate", "--children", "600", "--years", "2", "--policy", policy, "--out", &journal];
        let made = city(&args);
        assert_eq!((made.status, made.out.as_str()), (0, ""), "{policy}: {}", made.err);
        let events = beside(&journal, "events.jsonl");
        let said = city(&[&journal, "--policy", policy, "--events", &events]);
        assert_eq!(said.status, 0, "{policy}: {}", said.err);
        let figures = |text: &str| {
            text.split([',', ' ']).filter_map(|word| word.parse().ok()).take(3).collect::<Vec<u64>>()
        };
        assert_eq!(figures(&made.err), figures(&said.err), "{policy}");
        assert_eq!(replayed(&events).digest(), digest_in(&said.out), "{policy}");
        assert_eq!(files_in(folder.path()), ["empty", "events.jsonl", "journal.jsonl"]);
    }
}

#[test]
fn help_is_no_fault() {
    let said = city(&["--help"]);
    assert_eq!((said.status, said.err.as_str()), (0, ""));
    assert!(said.out.contains("generate") && said.out.contains("--until"), "{}", said.out);
    assert_eq!(city(&["--no-such-option"]).status, 2);
}
