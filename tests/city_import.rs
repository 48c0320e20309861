//! `city import`: a portal's applications are taken over whole, or each bad row is named.
#![allow(clippy::expect_used, reason = "a test may stop where its files cannot be read")]

#[path = "../examples/city/main.rs"]
#[allow(dead_code, reason = "its main is for the example; here run is called")]
mod city;

#[path = "city_import/bad_rows.rs"]
mod bad_rows;

use std::ffi::OsString;
use std::path::Path;

use kezek::{ApplicationNumber, Event, Moment, Register, Snapshot, Stage};
use serde_json::{Map, Value, json};
use tempfile::TempDir;

/// A folder with the files of a take-over.
struct Files(TempDir);

/// What a run said.
struct Said {
    status: u8,
    out: String,
    err: String,
}

impl Said {
    fn digest(&self) -> &str {
        self.out.lines().last().unwrap_or_default()
    }

    /// What is said of rows, without the folder.
    fn bad_rows(&self) -> Vec<String> {
        let rows = self.err.lines().filter_map(|line| line.strip_prefix("error: "));
        let rows = rows.filter(|line| line.contains(", line "));
        rows.map(|line| line.rsplit('/').next().unwrap_or(line).to_owned()).collect()
    }
}

fn city(args: &[&str]) -> Said {
    let args = std::iter::once("city").chain(args.iter().copied()).map(OsString::from);
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let status = city::run(args, &mut out, &mut err, false);
    let text = |bytes| String::from_utf8(bytes).unwrap_or_default();
    Said { status, out: text(out), err: text(err) }
}

const AT: &str = "2018-07-02T09:00:00+06:00";

impl Files {
    fn new() -> Files {
        Files(tempfile::tempdir().expect("a folder"))
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).display().to_string()
    }

    fn with(self, name: &str, text: impl AsRef<[u8]>) -> Files {
        std::fs::write(self.0.path().join(name), text).expect("a file");
        self
    }

    fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.path().join(name)).expect("a file")
    }

    fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.0.path()).expect("a folder").flatten();
        let mut names: Vec<String> = entries.map(|entry| entry.file_name().display().to_string()).collect();
        names.sort();
        names
    }

    /// Takes a file over, with whatever more is asked.
    fn import(&self, name: &str, more: &[&str]) -> Said {
        let (file, vacancies) = (self.path(name), self.path("vacancies.csv"));
        let mut args = vec!["import", &file, "--at", AT, "--reason", "a new portal"];
        args.extend(["--authority", "department:117-n"]);
        if self.0.path().join("vacancies.csv").exists() {
            args.extend(["--vacancies", &vacancies]);
        }
        args.extend(more);
        city(&args)
    }

    /// Takes a file over that has no fault; and the register then.
    fn imported(&self, name: &str, more: &[&str]) -> (Said, Register) {
        let events = self.path("events.jsonl");
        let said = self.import(name, &[more, &["--events", &events]].concat());
        assert_eq!(said.status, 0, "{}", said.err);
        let events = self.text("events.jsonl");
        let events = events.lines().map(|line| serde_json::from_str::<Event>(line).expect("an event"));
        let register = Register::replay(events.collect::<Vec<_>>()).expect("events that replay");
        assert_eq!(register.digest(), said.digest());
        (said, register)
    }
}

fn sample() -> Files {
    Files::new().with("sample.csv", SAMPLE).with("vacancies.csv", VACANCIES)
}

const SAMPLE: &str = include_str!("../examples/data/import-sample.csv");
const VACANCIES: &str = include_str!("../examples/data/import-vacancies.csv");

const HEAD: &str = "application,applicant,child_iin,born,registered_at,stage,expires_at,until,vacancy,lapses";

/// A table of a few columns.
fn table(rows: &[&str]) -> String {
    format!("{HEAD}\n{}\n", rows.join("\n"))
}

fn at(text: &str) -> Moment {
    text.parse().expect("an instant")
}

/// The view of an application at the take-over.
fn stands(register: &Register, application: &str) -> Value {
    let number: ApplicationNumber = application.parse().expect("a number");
    let view = register.at(at(AT)).expect("a settled register");
    register.write(&view.application(&number).expect("an application"))
}

fn number_in_city(register: &Register, application: &str) -> u32 {
    let number: ApplicationNumber = application.parse().expect("a number");
    register.at(at(AT)).expect("a settled register").position(&number).expect("a position").number
}

/// The types of all events about an application.
fn happened(register: &Register, application: &str) -> Vec<&'static str> {
    let own = |event: &&std::sync::Arc<Event>| {
        event.fact.application().is_some_and(|number| number.to_string() == application)
    };
    register.events().iter().filter(own).map(|event| event.fact.name()).collect()
}

/// The sample as objects of the wire.
fn objects() -> Vec<Value> {
    let mut reader = csv::Reader::from_reader(SAMPLE.as_bytes());
    let heads = reader.headers().expect("a header").clone();
    let records = reader.records().map(|record| record.expect("a row"));
    let objects = records.map(|record| {
        let mut row = Map::new();
        let cell =
            |name: &str| heads.iter().zip(&record).find(|(head, _)| *head == name).map(|(_, cell)| cell);
        for (head, cell) in heads.iter().zip(&record).filter(|(_, cell)| !cell.is_empty()) {
            let value = match head {
                "child_iin" | "born" => continue,
                "parents" => cell.split(';').collect(),
                "lapses" | "extensions" | "vacancy" => json!(cell.parse::<u32>().expect("a number")),
                _text => json!(cell),
            };
            row.insert(head.to_owned(), value);
        }
        row.insert("child".to_owned(), json!({"iin": cell("child_iin"), "born": cell("born")}));
        Value::Object(row)
    });
    objects.collect()
}

#[test]
fn a_good_file_is_taken_over_whole() {
    let files = sample();
    let (said, register) = files.imported("sample.csv", &[]);
    let summary = "14 taken over, 0 skipped, 1 closed at once because an end had passed; 2 vacancies, ";
    assert!(said.err.starts_with(summary), "{}", said.err);
    for heading in ["Open deadlines on Mon 2 Jul 2018 09:00", "The lines on", "Список детских"] {
        assert!(said.out.contains(heading), "{}", said.out);
    }
    let stages = |stage: &str| {
        let numbers = objects().into_iter().map(|row| row["application"].as_str().unwrap_or("").to_owned());
        numbers.filter(|number| stands(&register, number)["stage"] == stage).count()
    };
    // Of every stage; three ended at the take-over.
    for (stage, count) in [
        ("queued", 2),
        ("notified", 4),
        ("referred", 1),
        ("under_review", 1),
        ("stop_listed", 2),
        ("inactive", 1),
        ("enrolled", 2),
        ("closed", 1),
    ] {
        assert_eq!(stages(stage), count, "{stage}");
    }
}

#[test]
fn the_journal_plays_to_the_same_register() {
    let files = sample();
    let out = files.path("journal.jsonl");
    let snapshot = files.path("snapshot.json");
    let (said, _) = files.imported("sample.csv", &["--out", &out, "--snapshot", &snapshot]);
    let played = files.path("played.jsonl");
    let again = city(&[&out, "--events", &played]);
    assert_eq!((again.status, again.digest()), (0, said.digest()), "{}", again.err);
    assert_eq!(files.text("played.jsonl"), files.text("events.jsonl"));
    assert!(again.out.contains("is taken over (under review)"), "{}", again.out);
    let stored = serde_json::from_str(&files.text("snapshot.json")).expect("JSON");
    let restored = Snapshot::from_json(stored).and_then(Register::restore).expect("a snapshot");
    assert_eq!(restored.digest(), said.digest());
    let deed = &files.text("journal.jsonl");
    assert!(deed.contains(r#""authority":{"document":"117-n","kind":"department"}"#), "{deed}");
}

#[test]
fn tables_and_objects_give_the_same_register() {
    let objects = objects();
    let list = serde_json::to_string_pretty(&objects).expect("JSON");
    let lines: Vec<String> = objects.iter().map(ToString::to_string).collect();
    let semicolons = SAMPLE.replace("p:b-12;p:d-12", "\"p:b-12, p:d-12\"").replace(',', ";");
    let semicolons = semicolons.replace("\"p:b-12; p:d-12\"", "\"p:b-12;p:d-12\"");
    let files = sample()
        .with("list.json", list)
        .with("lines.jsonl", lines.join("\n\n"))
        .with("lines.txt", lines.join("\r\n"))
        .with("excel.csv", format!("\u{feff}{}\r\n;;;;;;;;;;;;;;;;;\r\n", semicolons.trim_end()));
    let digest = files.import("sample.csv", &[]).digest().to_owned();
    assert!(digest.starts_with("k1:"), "{digest}");
    for (name, more) in [
        ("list.json", [].as_slice()),
        ("lines.jsonl", &[]),
        ("lines.txt", &["--format", "jsonl"]),
        ("excel.csv", &[]),
        ("sample.csv", &["--format", "csv"]),
    ] {
        let said = files.import(name, more);
        assert_eq!((said.status, said.digest()), (0, digest.as_str()), "{name}: {}", said.err);
    }
    let unknown = files.import("lines.txt", &[]);
    assert_eq!(unknown.status, 2);
    assert!(unknown.err.contains("expected a name that ends in .csv, .json or .jsonl"), "{}", unknown.err);
}

#[test]
fn the_order_is_that_of_registrations_then_of_the_file() {
    let files = Files::new().with(
        "queue.csv",
        table(&[
            "A-3,p:a,p:c3,2015-01-01,2018-03-03T10:00:00+06:00,queued,,,,",
            "A-9,p:a,p:c9,2015-01-01,2018-02-02T10:00:00+06:00,queued,,,,",
            "A-1,p:a,p:c1,2015-01-01,2018-02-02T10:00:00+06:00,queued,,,,",
            "A-5,p:a,p:c5,2015-01-01,2018-02-02T07:00:00+03:00,stop_listed,,2018-09-01T00:00:00+06:00,,1",
            "A-0,p:a,p:c0,2015-01-01,2017-02-02T10:00:00+06:00,queued,,,,",
        ]),
    );
    let (_, register) = files.imported("queue.csv", &[]);
    for (application, number) in [("A-0", 1), ("A-9", 2), ("A-1", 3), ("A-5", 4), ("A-3", 5)] {
        let shown = number_in_city(&register, application);
        let instants = "A-5 is registered at the instant of A-9 and A-1, and stands after them in the file";
        // 07:00 in Moscow is 10:00 in Astana.
        assert_eq!(shown, number, "{application}: {instants}");
    }
}

#[test]
fn running_terms_go_on() {
    let files = sample();
    let (_, mut register) = files.imported("sample.csv", &[]);
    let referred = stands(&register, "UO.2018.000003.1");
    assert_eq!(referred["expires_at"], "2018-07-06T00:00:00+06:00");
    assert_eq!((&referred["referral"], &referred["lapses"]), (&json!("1000000301"), &json!(0)));
    assert_eq!(stands(&register, "UO.2018.000006.1")["choose_by"], "2018-07-05T00:00:00+06:00");
    assert_eq!(stands(&register, "UO.2018.000007.1")["until"], "2018-07-10T00:00:00+06:00");
    let before = register.advance(at("2018-07-04T23:59:59+06:00")).expect("time");
    assert!(before.events.is_empty(), "{:?}", before.events);
    let then = register.advance(at("2018-07-06T00:00:00+06:00")).expect("time");
    let names: Vec<_> = then.events.iter().map(|event| event.fact.name()).collect();
    assert!(names.starts_with(&["turn_lapsed"]) && names.contains(&"referral_expired"), "{names:?}");
}

#[test]
fn ends_that_have_passed_fall_due_right_after() {
    let (_, register) = sample().imported("sample.csv", &[]);
    let own = happened(&register, "UO.2018.000004.1");
    assert_eq!(own, ["imported", "referral_expired", "stop_listed", "seat_returned"]);
    let own = happened(&register, "UO.2018.000009.1");
    assert_eq!(own, ["imported", "referral_expired", "closed", "seat_returned"]);
    assert_eq!(stands(&register, "UO.2018.000009.1")["reason"], "referrals_lapsed");
    // Its place goes to the next in line, not to free choice, though that one stands further down in the file.
    assert_eq!(happened(&register, "UO.2018.000012.1"), ["imported", "turn_came"]);
    assert_eq!(happened(&register, "UO.2018.000008.1"), ["imported", "stop_list_ended", "turn_came"]);
    assert!(register.events().iter().filter(|event| event.fact.name() == "imported").count() == 14);
}

#[test]
fn places_that_are_held_are_nobodys_turn() {
    // One place waits. Whoever holds it is taken over before those who would be offered it.
    let vacancies = "kindergarten,group_year,language,places\nБөбек,2015,ru,1\n";
    let queued = "A-1,p:a,p:c1,2015-01-01,2016-02-02T10:00:00+06:00,queued,,,,";
    for held in [
        "A-2,p:a,p:c2,2015-01-01,2017-02-02T10:00:00+06:00,referred,2018-07-05T00:00:00+06:00,,1,",
        "A-2,p:a,p:c2,2015-01-01,2017-02-02T10:00:00+06:00,referred,2018-06-05T00:00:00+06:00,,1,",
        "A-2,p:a,p:c2,2015-01-01,2017-02-02T10:00:00+06:00,under_review,,,1,",
        "A-2,p:a,p:c2,2015-01-01,2017-02-02T10:00:00+06:00,enrolled,,,1,",
    ] {
        let files = Files::new().with("vacancies.csv", vacancies).with("two.csv", table(&[queued, held]));
        let (said, register) = files.imported("two.csv", &[]);
        assert!(said.err.starts_with("2 taken over, 0 skipped, 0 closed"), "{held}: {}", said.err);
        assert_eq!(stands(&register, "A-1")["stage"], json!(Stage::Queued), "{held}");
    }
}

#[test]
fn a_line_that_is_served_by_benefits_is_offered_places_in_that_order() {
    let vacancies = "kindergarten,group_year,language,places\nБөбек,2017,ru,2\n";
    let rows = "application,applicant,child_iin,born,registered_at,stage,benefit\n\
                A-1,p:a,p:c1,2017-01-01,2018-02-01T10:00:00+06:00,queued,\n\
                A-2,p:a,p:c2,2017-01-01,2018-02-02T10:00:00+06:00,queued,\n\
                A-3,p:a,p:c3,2017-01-01,2018-02-03T10:00:00+06:00,queued,orphan\n\
                A-4,p:a,p:c4,2017-01-01,2018-02-04T10:00:00+06:00,queued,serviceman\n";
    let files = Files::new().with("vacancies.csv", vacancies).with("queue.csv", rows);
    let at = "2020-02-03T09:00:00+06:00";
    let args = |name: &str| files.path(name);
    let (queue, vacancies, events) = (args("queue.csv"), args("vacancies.csv"), args("events.jsonl"));
    let said = city(&[
        "import",
        &queue,
        "--vacancies",
        &vacancies,
        "--policy",
        "astana-2019",
        "--at",
        at,
        "--reason",
        "r",
        "--authority",
        "court:2-15",
        "--events",
        &events,
    ]);
    assert_eq!(said.status, 0, "{}", said.err);
    let offered: Vec<String> = files
        .text("events.jsonl")
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON"))
        .filter(|event| event["type"] == "turn_came")
        .map(|event| event["application"].as_str().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(offered, ["A-4", "A-3"]);
}

#[test]
fn what_the_run_needs_is_asked_for() {
    let files = sample();
    let file = files.path("sample.csv");
    let all = ["--at", AT, "--reason", "r", "--authority", "court:2-15"];
    for (option, value, says) in [
        ("--at", "2018-07-02T09:00:00", "an instant with an offset"),
        ("--reason", " ", "expected a text that is not blank"),
        ("--authority", "mayor:7", "expected court, department or operator"),
        ("--authority", "court", "expected court, department or operator"),
        ("--authority", "court: ", "expected a text that is not blank"),
    ] {
        let place = all.iter().position(|own| *own == option).unwrap_or_default();
        let mut args = vec!["import", &file];
        args.extend(all);
        args[place + 3] = value;
        let said = city(&args);
        assert_eq!((said.status, said.out.as_str()), (2, ""), "{option}");
        assert!(said.err.contains(says), "{}", said.err);
        args.drain(place + 2..place + 4);
        assert!(city(&args).err.contains(option), "{option} is needed");
    }
    let said = files.import("no-such.csv", &[]);
    assert_eq!(said.status, 2);
    assert!(said.err.contains("no-such.csv: expected a file that can be read"), "{}", said.err);
    let nowhere = Path::new(&file).with_file_name("no-such-folder").join("x").display().to_string();
    let said = files.import("sample.csv", &["--events", &files.path("e"), "--out", &nowhere]);
    assert_eq!((said.status, said.out.as_str()), (1, ""));
    assert_eq!(files.names(), ["sample.csv", "vacancies.csv"]);
}
