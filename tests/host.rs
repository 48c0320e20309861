//! `examples/host.rs` as a process of its own, killed in the middle of its work.
//!
//! This file is its own runner: started again with `KEZEK_HOST` set, it is the example.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a failed expectation may stop a test, outside its functions too"
)]

#[path = "../examples/host.rs"]
mod host;
#[path = "support/life.rs"]
mod life;

use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use host::{Failure, Host};
use kezek::{Event, Moment, Register};
use life::{Luck, life, standing};
use rusqlite::Connection;
use serde_json::{Value, json};

const KILLS: usize = 20;

fn main() -> ExitCode {
    if std::env::var_os("KEZEK_HOST").is_some() {
        return host::main();
    }
    let tests: [(&str, fn()); 5] = [
        ("killed_twenty_times_nothing_is_lost_and_nothing_done_twice", killed_twenty_times),
        ("a_failed_transaction_leaves_the_register_as_before", failed_transaction),
        ("a_race_that_is_lost_is_run_again", lost_race),
        ("a_snapshot_and_the_events_after_it", snapshot_and_events_after),
        ("what_cannot_be_read_ends_the_run", unreadable),
    ];
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let mut failed = 0;
    for (name, test) in tests {
        if wanted.is_empty() || wanted.iter().any(|part| name.contains(part.as_str())) {
            let passed = std::panic::catch_unwind(test).is_ok();
            println!("{} {name}", if passed { "ok    " } else { "FAILED" });
            failed += usize::from(!passed);
        }
    }
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// A folder of its own, gone at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("kezek-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("a folder for the test");
        Folder(path)
    }

    fn file(&self) -> String {
        self.0.join("town.db").to_string_lossy().into_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn start(file: &str, policy: &str, every: &str) -> Child {
    let own = std::env::current_exe().expect("this test's own path");
    let mut command = Command::new(own);
    command.args([file, "--policy", policy, "--snapshot-every", every]).env("KEZEK_HOST", "1");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().expect("the host starts")
}

fn line((at, command): &(Moment, Value)) -> String {
    format!("{}\n", json!({"at": at.to_string(), "do": command}))
}

/// The events that a file keeps.
fn journal(file: &str) -> Vec<Event> {
    let database = Connection::open(file).expect("the database");
    let mut select = database.prepare("SELECT json FROM events ORDER BY seq").expect("the events");
    let rows = select.query_map([], |row| row.get::<_, String>(0)).expect("the events");
    rows.map(|json| serde_json::from_str(&json.expect("text")).expect("an event")).collect()
}

/// One run of the host: it is fed from the first unanswered command on, and killed some time after it has
/// answered `until` of them. What it answered, complete lines only.
fn run_until_killed(file: &str, told: &[(Moment, Value)], until: usize, wait: Duration) -> Vec<Value> {
    let mut child = start(file, "aktobe-2018", "17");
    let mut commands = child.stdin.take().expect("its input");
    let mut answers = BufReader::new(child.stdout.take().expect("its output"));
    let text: String = told.iter().map(line).collect();
    // It dies in the middle: that the rest is not taken is no fault.
    let feeder = std::thread::spawn(move || {
        let _ = commands.write_all(text.as_bytes());
    });
    let mut heard = String::new();
    for _ in 0..until {
        if answers.read_line(&mut heard).expect("an answer") == 0 {
            break;
        }
    }
    let began = Instant::now();
    while began.elapsed() < wait {
        std::hint::spin_loop();
    }
    // SIGKILL, where there are signals.
    child.kill().expect("it can be killed");
    child.wait().expect("it ends");
    answers.read_to_string(&mut heard).expect("the rest of the answers");
    feeder.join().expect("the feeder ends");
    let complete = heard.rfind('\n').map_or("", |end| &heard[..end]);
    complete.lines().map(|line| serde_json::from_str(line).expect("an answer")).collect()
}

fn killed_twenty_times() {
    let seed = std::env::var("KEZEK_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_180_316);
    println!("       KEZEK_SEED={seed}");
    let folder = Folder::new("kill");
    let alone = life("aktobe-2018", seed, 400);
    let mut luck = Luck::new(seed);
    // How many have been answered, and heard.
    let mut heard = 0;
    let (mut unheard, mut kills) = (0, 0);
    while kills < KILLS {
        let until = usize::try_from(luck.pick(25)).expect("a small number");
        // A command takes a few milliseconds: parsing, judging, writing, answering.
        let wait = Duration::from_micros(luck.pick(8_000));
        let before = stored(&folder.file());
        let rest = &alone.told[heard..];
        let answers = run_until_killed(
            &folder.file(),
            rest,
            until.min(rest.len().saturating_sub(8) / (KILLS - kills)),
            wait,
        );
        kills += 1;
        for (answer, number) in answers.iter().zip(heard..) {
            same_answer(answer, &alone.answers[number], number);
        }
        heard += answers.len();
        assert!(stored(&folder.file()) >= before, "something is lost");
        let done = alone.answers[..heard].iter().map(events_of).sum::<usize>() + 1;
        unheard += usize::from(stored(&folder.file()) > done);
        // Some answers never arrive: what was done is asked for again. (A denial is not remembered: it is
        // judged anew, so nothing before the last one is.)
        let mut lost = luck.pick(4);
        while lost > 0 && heard > 0 && alone.answers[heard - 1]["denials"] == json!([]) {
            (lost, heard) = (lost - 1, heard - 1);
        }
    }
    println!(
        "       {heard} of {} heard before the last start; {unheard} times done and not heard",
        alone.told.len()
    );
    assert!(heard < alone.told.len(), "every kill was in the middle");
    let mut child = start(&folder.file(), "aktobe-2018", "17");
    let text: String = alone.told[heard..].iter().map(line).collect();
    let mut commands = child.stdin.take().expect("its input");
    let feeder = std::thread::spawn(move || commands.write_all(text.as_bytes()));
    let output = child.wait_with_output().expect("it ends");
    feeder.join().expect("the feeder ends").expect("all is taken");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    for (answer, number) in String::from_utf8_lossy(&output.stdout).lines().zip(heard..) {
        same_answer(&serde_json::from_str(answer).expect("an answer"), &alone.answers[number], number);
    }
    // The same events, each once, and so the same register.
    let events = journal(&folder.file());
    for (event, own) in events.iter().zip(alone.register.events()) {
        assert_eq!(event, own.as_ref());
    }
    assert_eq!(events.len(), alone.register.events().len());
    let replayed = Register::replay(events).expect("the journal");
    assert_eq!(replayed.digest(), alone.register.digest());
    let host = Host::open(&folder.file(), "aktobe-2018", 17).expect("the host opens");
    assert_eq!(host.register.digest(), alone.register.digest());
}

fn stored(file: &str) -> usize {
    if !std::path::Path::new(file).exists() {
        return 0;
    }
    let database = Connection::open(file).expect("the database");
    // Killed before it had made its tables.
    database.query_row("SELECT count(*) FROM events", [], |row| row.get(0)).unwrap_or(0)
}

fn events_of(answer: &Value) -> usize {
    answer["events"].as_array().map_or(0, Vec::len)
}

/// A denied command that is asked again has nothing left to settle.
fn same_answer(answer: &Value, own: &Value, number: usize) {
    assert_eq!(answer["denials"], own["denials"], "command {number}");
    if own["denials"] == json!([]) || answer["events"] != json!([]) {
        assert_eq!(answer["events"], own["events"], "command {number}");
    }
}

/// A host in which something has happened, and what it would be told next.
fn grown(folder: &Folder, until: usize) -> (Host, Vec<(Moment, Value)>) {
    let life = life("akmola-2018", 7, 120);
    let mut host = Host::open(&folder.file(), "akmola-2018", 10).expect("the host opens");
    for (at, command) in &life.told[..until] {
        host.tell(command, *at).expect("an answer");
    }
    (host, life.told[until..].to_vec())
}

fn failed_transaction() {
    let folder = Folder::new("trigger");
    let (mut host, rest) = grown(&folder, 60);
    let other = Connection::open(folder.file()).expect("the database");
    // The disk is full in the middle of an outcome, or at the snapshot that comes after it.
    let triggers = [
        "CREATE TRIGGER full BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'full'); END",
        "CREATE TRIGGER full AFTER INSERT ON events WHEN new.json NOT LIKE '%\"cause\":\"due\"%'
         BEGIN SELECT RAISE(FAIL, 'full'); END",
        "CREATE TRIGGER full BEFORE INSERT ON snapshots BEGIN SELECT RAISE(ROLLBACK, 'full'); END",
    ];
    let mut failures = [0; 3];
    for (number, (at, command)) in rest.iter().enumerate() {
        let (before, kept) = (standing(&host.register), journal(&folder.file()).len());
        let which = number % 3;
        other.execute_batch(triggers[which]).expect("a trigger");
        let failed = host.tell(command, *at);
        other.execute_batch("DROP TRIGGER full").expect("no trigger");
        // Or nothing was to be written.
        if let Err(failure) = failed {
            assert!(matches!(&failure, Failure::Storage(fault) if fault.contains("full")), "{failure:?}");
            assert_eq!(standing(&host.register), before);
            assert_eq!(journal(&folder.file()).len(), kept);
            failures[which] += 1;
            host.tell(command, *at).expect("now it is kept");
        }
        assert_eq!(journal(&folder.file()).len(), host.register.events().len());
    }
    assert!(failures.iter().all(|count| *count > 1), "{failures:?}");
    let alone = life("akmola-2018", 7, 120);
    assert_eq!(host.register.digest(), alone.register.digest());
}

fn lost_race() {
    let folder = Folder::new("race");
    let (mut host, _) = grown(&folder, 40);
    let mut faster = Host::open(&folder.file(), "akmola-2018", 10).expect("the host opens");
    assert_eq!(faster.register.digest(), host.register.digest());
    let at = host.register.now().expect("a moment");
    let submit = |child: &str| {
        json!({"type": "submit", "applicant": "p:parent", "key": child,
            "child": {"iin": format!("p:{child}"), "born": "2015-05-02"}})
    };
    let one = faster.tell(&submit("faster"), at).expect("an answer");
    // The other one does not know it yet. The same request, by both doors: done once.
    assert_ne!(faster.register.revision(), host.register.revision());
    assert_eq!(host.tell(&submit("faster"), at).expect("an answer"), one);
    assert_eq!(standing(&host.register), standing(&faster.register));
    // Writing the same `seq` is refused by the database, whoever does it; nothing can be followed then.
    let other = Connection::open(folder.file()).expect("the database");
    let seq = host.register.revision() + 1;
    other.execute("INSERT INTO events VALUES (?1, '{}')", [seq + 1]).expect("a stranger's row");
    let before = standing(&host.register);
    assert!(host.tell(&submit("slower"), at).is_err());
    assert_eq!(standing(&host.register), before);
    other.execute("DELETE FROM events WHERE seq > ?1", [seq]).expect("gone");
    host.tell(&submit("slower"), at).expect("an answer");
}

fn snapshot_and_events_after() {
    let folder = Folder::new("snapshot");
    let (host, rest) = grown(&folder, 60);
    let other = Connection::open(folder.file()).expect("the database");
    let last: Vec<u64> = other
        .prepare("SELECT revision FROM snapshots")
        .and_then(|mut select| select.query_map([], |row| row.get(0))?.collect())
        .expect("the snapshots");
    // At most one outcome beyond the tenth event since the one before.
    assert_eq!(last.len(), 1);
    assert!(last[0] + 30 > host.register.revision(), "{last:?} of {}", host.register.revision());
    let again = Host::open(&folder.file(), "akmola-2018", 10).expect("the host opens");
    assert_eq!(again.register.digest(), host.register.digest());
    // Without a snapshot the journal does, and what comes next is the same.
    other.execute("DELETE FROM snapshots", []).expect("none");
    let mut replayed = Host::open(&folder.file(), "akmola-2018", u64::MAX).expect("the host opens");
    for (at, command) in &rest {
        replayed.tell(command, *at).expect("an answer");
    }
    assert_eq!(replayed.register.digest(), life("akmola-2018", 7, 120).register.digest());
}

fn unreadable() {
    let folder = Folder::new("input");
    let good =
        r#"{"at":"2018-01-10T09:00:00+06:00","do":{"type":"withdraw","application":"UO.2018.000001.1"}}"#;
    let cases = [
        ("{", "line 2: -: expected {\"at\":\"…\",\"do\":{…}}, found EOF"),
        (r#"{"do":{}}"#, "line 2: -: expected {\"at\":\"…\",\"do\":{…}}, found a line without them"),
        (r#"{"at":"today","do":{}}"#, "line 2: at: expected an instant with an offset"),
        (r#"{"at":"2018-01-10T09:00:00Z","do":{"type":"accept"}}"#, "line 2: do.referral: expected "),
        (r#"{"at":"1999-01-10T09:00:00Z","do":{"type":"pause"}}"#, "line 2: do.reason: expected "),
    ];
    for (bad, expected) in cases {
        let mut child = start(&folder.file(), "akmola-2018", "10");
        let text = format!("{good}\n{bad}\n{good}\n");
        child.stdin.take().expect("its input").write_all(text.as_bytes()).expect("all is taken");
        let output = child.wait_with_output().expect("it ends");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.starts_with(expected), "{told}");
        assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 1);
    }
}
