//! A host: one settlement's register, kept in SQLite.
//!
//! ```text
//! cargo run --example host -- town.db --policy akmola-2018 --snapshot-every 100 < commands.jsonl
//! ```
//!
//! Reads a command a line, `{"at":"2018-01-10T09:00:00+06:00","do":{"type":"submit",…}}`, and answers each with its
//! outcome, a line too, once that is on the disk. A command with a `key` may be sent again after a crash: it is
//! answered with what was done then. What cannot be read ends the run with exit code 2, a failing database with 1.

use std::io::{BufRead, Write};
use std::process::ExitCode;
use std::time::Duration;

use kezek::{Error, Event, Moment, Policy, Register, Snapshot};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};
use serde_json::Value;

/// The register decides, the database keeps: whatever is in the one is in the other.
pub(crate) struct Host {
    database: Connection,
    /// To be asked: the views, `next_deadline`.
    pub(crate) register: Register,
    snapshot_every: u64,
}

impl Host {
    /// Opens the settlement of a file, or founds it there under a policy.
    pub(crate) fn open(path: &str, policy: &str, snapshot_every: u64) -> Result<Host, Failure> {
        let mut database = Connection::open(path)?;
        database.busy_timeout(Duration::from_secs(10))?;
        // WAL: readers go on while one writes. FULL: a commit is on the disk when it returns. (NORMAL could lose
        // the last commits in a power cut, and people have been told of them by then.)
        database.pragma_update(None, "journal_mode", "WAL")?;
        database.pragma_update(None, "synchronous", "FULL")?;
        let transaction = database.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute_batch(
            "CREATE TABLE IF NOT EXISTS events (seq INTEGER PRIMARY KEY, json TEXT NOT NULL) STRICT;
             CREATE TABLE IF NOT EXISTS snapshots (revision INTEGER PRIMARY KEY, json TEXT NOT NULL) STRICT;",
        )?;
        let last = "SELECT json FROM snapshots ORDER BY revision DESC LIMIT 1";
        let last: Option<String> = transaction.query_row(last, [], |row| row.get(0)).optional()?;
        let register = match last {
            Some(json) => {
                let snapshot = serde_json::from_str(&json)?;
                let mut register = Register::restore(Snapshot::from_json(snapshot)?)?;
                register.follow(events_after(&transaction, register.revision())?)?;
                register
            }
            None => match events_after(&transaction, 0)? {
                events if events.is_empty() => {
                    let policy =
                        Policy::named(policy).map_err(|error| Failure::input("arguments", &error))?;
                    let register = Register::new(policy)?;
                    append(&transaction, &register, 0)?;
                    register
                }
                events => Register::replay(events)?,
            },
        };
        transaction.commit()?;
        Ok(Host { database, register, snapshot_every })
    }

    /// Has a command done, or denied, and keeps what happened. After a failure the register is as before.
    pub(crate) fn tell(&mut self, command: &Value, at: Moment) -> Result<Value, Failure> {
        loop {
            // What other writers have done counts, for a denial too.
            self.follow()?;
            // Another writer's clock may be ahead of ours.
            let now = self.register.now().map_or(at, |last| last.max(at));
            let now = now.in_zone(self.register.policy().zone()).to_string();
            let before = self.register.revision();
            let outcome =
                self.register.apply_json(command, &now).map_err(|error| Failure::input("do", &error))?;
            let Err(failure) = self.keep(before) else { return Ok(outcome) };
            // The register must not know more than the journal.
            let _ = self.register.rollback();
            // If another writer was faster, the command is judged again, after what that one did.
            if !self.follow()? {
                return Err(failure);
            }
        }
    }

    /// Writes the events after a revision, all or none. Another writer's event of the same `seq` makes it fail.
    fn keep(&mut self, before: u64) -> Result<(), Failure> {
        let (register, every) = (&self.register, self.snapshot_every.max(1));
        if register.revision() == before {
            return Ok(());
        }
        let transaction = self.database.transaction_with_behavior(TransactionBehavior::Immediate)?;
        append(&transaction, register, before)?;
        if register.revision() / every > before / every {
            // A shortcut for the next start. The journal alone would do, so the last one is enough.
            let json = serde_json::to_string(&register.snapshot())?;
            transaction.execute("DELETE FROM snapshots", [])?;
            transaction.execute("INSERT INTO snapshots VALUES (?1, ?2)", (register.revision(), json))?;
        }
        Ok(transaction.commit()?)
    }

    /// Takes in what other writers have added; whether there was anything.
    pub(crate) fn follow(&mut self) -> Result<bool, Failure> {
        let events = events_after(&self.database, self.register.revision())?;
        let any = !events.is_empty();
        self.register.follow(events)?;
        Ok(any)
    }
}

fn append(transaction: &Transaction<'_>, register: &Register, before: u64) -> Result<(), Failure> {
    let mut insert = transaction.prepare_cached("INSERT INTO events VALUES (?1, ?2)")?;
    for event in register.events().iter().filter(|event| event.seq > before) {
        insert.execute((event.seq, register.write(event).to_string()))?;
    }
    Ok(())
}

fn events_after(database: &Connection, revision: u64) -> Result<Vec<Event>, Failure> {
    let mut select = database.prepare_cached("SELECT json FROM events WHERE seq > ?1 ORDER BY seq")?;
    let rows = select.query_map([revision], |row| row.get::<_, String>(0))?;
    rows.map(|json| Ok(serde_json::from_str(&json?)?)).collect()
}

/// Why something was not done.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The input cannot be read, or does not fit: a key that was used for something else, a stale revision.
    Input { path: String, expected: String, found: String },
    /// The database, or what stands in it; or nobody takes the answers.
    Storage(String),
}

impl Failure {
    fn input(field: &str, error: &Error) -> Failure {
        let path =
            if error.path().is_empty() { field.to_owned() } else { format!("{field}.{}", error.path()) };
        Failure::Input { path, expected: error.expected().to_owned(), found: error.found().to_owned() }
    }
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Failure {
        Failure::Storage(error.to_string())
    }
}

fn answer(host: &mut Host, line: &str) -> Result<Value, Failure> {
    let expected = r#"{"at":"…","do":{…}}"#;
    let form =
        |found: &str| Failure::Input { path: "-".into(), expected: expected.into(), found: found.into() };
    let line: Value = serde_json::from_str(line).map_err(|error| form(&error.to_string()))?;
    match (line.get("at").and_then(Value::as_str), line.get("do")) {
        (Some(at), Some(command)) => {
            host.tell(command, at.parse().map_err(|error| Failure::input("at", &error))?)
        }
        (_, _) => Err(form("a line without them")),
    }
}

fn run(line: &mut usize) -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let option =
        |name: &str| Some(arguments.get(arguments.iter().position(|given| given == name)? + 1)?.as_str());
    let file = arguments.first().map_or("kezek.db", String::as_str);
    let every = option("--snapshot-every").map_or(Ok(1000), str::parse)?;
    let mut host = Host::open(file, option("--policy").unwrap_or("akmola-2018"), every)?;
    let mut answers = std::io::stdout().lock();
    for command in std::io::stdin().lock().lines() {
        *line += 1;
        let outcome = answer(&mut host, &command?)?;
        // Committed: now it may be told.
        writeln!(answers, "{outcome}")?;
        answers.flush()?;
    }
    Ok(())
}

pub(crate) fn main() -> ExitCode {
    let mut line = 0;
    match run(&mut line) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Input { path, expected, found }) => {
            eprintln!("line {line}: {path}: expected {expected}, found {found}");
            ExitCode::from(2)
        }
        Err(Failure::Storage(fault)) => {
            eprintln!("line {line}: {fault}");
            ExitCode::FAILURE
        }
    }
}
