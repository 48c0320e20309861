//! Several hosts at once, as threads: one journal behind the database's row lock, a register of its own in each,
//! and clients that send everything again and again.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a failed expectation may stop a test, outside its functions too"
)]

#[path = "support/life.rs"]
#[allow(dead_code, reason = "what it asks a register, other tests ask")]
mod life;

use std::collections::BTreeSet;
use std::sync::{Barrier, Mutex};
use std::thread;

use kezek::{ErrorCode, Event, Moment, Policy, Register};
use life::life;
use serde_json::{Value, json};

const HOSTS: usize = 4;
const NOON: &str = "2018-01-15T12:00:00+06:00";

/// The table of events. Whoever holds the lock compares and writes; judging is done without it.
struct Table(Mutex<Vec<Event>>);

impl Table {
    fn opened_by(register: &Register) -> Table {
        Table(Mutex::new(register.events().iter().map(|event| event.as_ref().clone()).collect()))
    }

    /// Written only right behind what the host has seen.
    fn append(&self, seen: u64, events: Vec<Event>) -> bool {
        let mut rows = self.0.lock().unwrap();
        let free = u64::try_from(rows.len()).unwrap() == seen;
        if free {
            rows.extend(events);
        }
        free
    }

    fn since(&self, revision: u64) -> Vec<Event> {
        self.0.lock().unwrap().iter().filter(|event| event.seq > revision).cloned().collect()
    }
}

fn register() -> Register {
    Register::new(Policy::named("akmola-2018").unwrap()).unwrap()
}

/// One request, until it is in the table or was there before. The answer, and how many races were lost.
fn serve(register: &mut Register, table: &Table, command: &Value, now: &str) -> (Value, usize) {
    let mut lost = 0;
    loop {
        let seen = register.revision();
        let answer = register.apply_json(command, now).unwrap();
        let new: Vec<Event> =
            register.events_after(seen).unwrap().iter().map(|event| event.as_ref().clone()).collect();
        if new.is_empty() || table.append(seen, new) {
            return (answer, lost);
        }
        assert!(register.rollback());
        register.follow(table.since(seen)).unwrap();
        lost += 1;
    }
}

fn submit(number: usize) -> Value {
    json!({"type": "submit", "applicant": format!("p:parent-{number}"), "key": format!("request-{number}"),
        "child": {"iin": format!("p:child-{number}"), "born": "2015-05-02"}})
}

/// Every client tells every host the same, three times: each child stands in the queue once.
#[test]
fn a_storm_of_repeated_requests_is_done_once() {
    const CHILDREN: usize = 30;
    let first = register();
    let table = Table::opened_by(&first);
    let start = Barrier::new(HOSTS);
    let told = thread::scope(|scope| {
        let hosts: Vec<_> = (0..HOSTS)
            .map(|host| {
                let (mut register, table, start) = (first.clone(), &table, &start);
                scope.spawn(move || {
                    start.wait();
                    let mut answers = vec![Value::Null; CHILDREN];
                    let mut races = 0;
                    for turn in 0..CHILDREN * 3 {
                        // Each host in an order of its own; 7 and 30 have no common divisor.
                        let number = (turn * 7 + host * 11) % CHILDREN;
                        let (answer, lost) = serve(&mut register, table, &submit(number), NOON);
                        races += lost;
                        if turn >= CHILDREN {
                            assert_eq!(answers[number], answer, "the second answer is the first");
                        }
                        answers[number] = answer;
                    }
                    register.follow(table.since(register.revision())).unwrap();
                    (answers, register.digest(), races)
                })
            })
            .collect();
        hosts.into_iter().map(|host| host.join().unwrap()).collect::<Vec<_>>()
    });
    // All began at one revision, and one was the first to write behind it.
    assert!(told.iter().filter(|(_, _, races)| *races > 0).count() >= HOSTS - 1);
    for (answers, digest, _) in &told {
        assert_eq!((answers, digest), (&told[0].0, &told[0].1), "all hosts tell the same");
    }
    let rows = table.since(0);
    let key = |row: &Event| serde_json::to_value(row).unwrap()["key"].as_str().map(str::to_owned);
    let keys: BTreeSet<_> = rows.iter().filter_map(key).collect();
    assert_eq!((rows.len(), keys.len()), (CHILDREN + 1, CHILDREN));
    assert_eq!(Register::replay(rows).unwrap().digest(), told[0].1);
}

/// Who looked at an old page is told so, and only one of those who looked at the same page gets through.
#[test]
fn of_those_who_saw_one_revision_one_is_first() {
    let mut first = register();
    let _ = first.apply_json(&submit(0), NOON).unwrap();
    let shared = Mutex::new(first);
    for round in 0..25 {
        let seen = shared.lock().unwrap().revision();
        let done: usize = thread::scope(|scope| {
            let clients: Vec<_> = (0..HOSTS)
                .map(|client| {
                    let shared = &shared;
                    scope.spawn(move || {
                        let mut command = submit(1 + round * HOSTS + client);
                        command["expected_revision"] = json!(seen);
                        let mut register = shared.lock().unwrap();
                        let before = register.digest();
                        match register.apply_json(&command, NOON) {
                            Ok(_) => 1,
                            Err(error) => {
                                assert_eq!(error.code(), ErrorCode::StaleRevision);
                                assert_eq!(register.digest(), before, "an error changes nothing");
                                0
                            }
                        }
                    })
                })
                .collect();
            clients.into_iter().map(|client| client.join().unwrap()).sum()
        });
        assert_eq!((done, shared.lock().unwrap().revision()), (1, seen + 1));
    }
}

/// Two hosts take in one journal in step, in pieces of any size, one of them from a snapshot every now and then.
#[test]
fn two_hosts_replay_one_journal_in_step() {
    let told = life("aktobe-2018", 7, 150).register;
    let events = told.events();
    let mut whole = Register::replay(events[..1].to_vec()).unwrap();
    let mut stored = whole.clone();
    for (step, piece) in events[1..].chunks(3).enumerate() {
        whole.follow(piece.to_vec()).unwrap();
        for event in piece {
            stored.follow([event.clone()]).unwrap();
            // In the middle of an outcome, too.
            stored = Register::unpack(&stored.pack()).unwrap();
        }
        if step % 5 == 0 {
            stored = Register::restore(stored.snapshot()).unwrap();
        }
        assert_eq!(whole.digest(), stored.digest(), "after event {}", whole.revision());
        // What was taken in is not taken in again, and nothing is left out.
        let again = whole.follow(piece.to_vec()).unwrap_err();
        assert_eq!(again.code(), ErrorCode::CorruptHistory);
        assert_eq!(whole.digest(), stored.digest());
    }
    let now: Moment = told.now().unwrap();
    let (_, _) = (whole.advance(now).unwrap(), stored.advance(now).unwrap());
    assert_eq!((whole.digest(), stored.digest()), (told.digest(), told.digest()));
}
