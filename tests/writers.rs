//! Two writers on one journal: each race has one loser, who follows and asks again; nothing is lost, nothing is
//! done twice. And taking back, under every command.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a failed expectation may stop a test, outside its functions too"
)]

use std::path::Path;
use std::sync::Arc;

use kezek::{ErrorCode, Event, Moment, Opening, Policy, Register};
use serde_json::{Value, json};

/// The journal that both append to: an append succeeds only right behind what the writer has seen.
#[derive(Default)]
struct Journal {
    events: Vec<Event>,
}

impl Journal {
    fn append(&mut self, seen: u64, events: &[Arc<Event>]) -> bool {
        let last = u64::try_from(self.events.len()).unwrap();
        if last != seen {
            return false;
        }
        self.events.extend(events.iter().map(|event| event.as_ref().clone()));
        true
    }

    fn since(&self, revision: u64) -> Vec<Event> {
        self.events.iter().filter(|event| event.seq > revision).cloned().collect()
    }
}

fn register() -> Register {
    Register::new(Policy::named("akmola-2018").unwrap()).unwrap()
}

fn events_of(register: &Register, outcome: &Value) -> Vec<Arc<Event>> {
    let count = outcome["events"].as_array().unwrap().len();
    let events = register.events();
    events[events.len() - count..].to_vec()
}

fn submit(who: &str, key: &str) -> Value {
    json!({"type": "submit", "applicant": format!("p:parent-{who}"), "key": key,
        "child": {"iin": format!("p:child-{who}"), "born": "2015-05-02"}})
}

const NOON: &str = "2018-01-15T12:00:00+06:00";

#[test]
fn each_race_has_one_loser_who_follows_and_asks_again() {
    let mut journal = Journal::default();
    let (mut one, mut other) = (register(), register());
    assert!(journal.append(0, one.events()));
    for round in 0..20 {
        // Both decide on the same revision; the first to append wins.
        let (mine, yours) = (
            submit(&format!("a{round}"), &format!("a{round}")),
            submit(&format!("b{round}"), &format!("b{round}")),
        );
        let (winner, loser) = if round % 2 == 0 { (&mut one, &mut other) } else { (&mut other, &mut one) };
        let seen = winner.revision();
        let won = winner.apply_json(&mine, NOON).unwrap();
        let lost = loser.apply_json(&yours, NOON).unwrap();
        assert!(journal.append(seen, &events_of(winner, &won)));
        assert!(!journal.append(seen, &events_of(loser, &lost)));
        // The loser takes its outcome back, follows what is new, and asks again.
        assert!(loser.rollback());
        loser.follow(journal.since(loser.revision())).unwrap();
        let again = loser.apply_json(&yours, NOON).unwrap();
        assert_eq!(again["denials"], json!([]));
        assert!(journal.append(loser.revision() - 1, &events_of(loser, &again)));
        winner.follow(journal.since(winner.revision())).unwrap();
        assert_eq!(one.digest(), other.digest());
    }
    assert_eq!(one.events().len(), 41);
    // Each answers the other's requests as their own, after a replay too.
    let mut replayed = Register::replay(journal.events.clone()).unwrap();
    for writer in [&mut one, &mut other, &mut replayed] {
        let revision = writer.revision();
        for round in 0..20 {
            let again = writer.apply_json(&submit(&format!("b{round}"), &format!("b{round}")), NOON).unwrap();
            assert_eq!(again["events"][0]["key"], format!("b{round}"));
        }
        let conflict = writer.apply_json(&submit("another", "a0"), NOON).unwrap_err();
        assert_eq!((conflict.code(), writer.revision()), (ErrorCode::KeyConflict, revision));
    }
    assert_eq!(replayed.digest(), one.digest());
}

#[test]
fn a_stale_revision_is_found_before_anything_is_settled() {
    let (mut one, mut other) = (register(), register());
    let first = one.apply_json(&submit("1", "k"), NOON).unwrap();
    let mut command = submit("2", "l");
    command["expected_revision"] = json!(1);
    let stale = one.apply_json(&command, "2019-01-15T12:00:00+06:00").unwrap_err();
    assert_eq!((stale.code(), one.revision()), (ErrorCode::StaleRevision, 2));
    let _ = other.apply_json(&command, NOON).unwrap();
    assert!(other.rollback());
    other.follow(events_of(&one, &first).iter().map(|event| event.as_ref().clone())).unwrap();
    assert_eq!(other.apply_json(&command, NOON).unwrap_err().code(), ErrorCode::StaleRevision);
    command["expected_revision"] = json!(2);
    assert_eq!(other.apply_json(&command, NOON).unwrap()["denials"], json!([]));
}

#[test]
fn a_gap_or_a_repetition_leaves_the_follower_as_it_was() {
    let mut one = register();
    for child in 1..=3 {
        one.apply_json(&submit(&child.to_string(), &child.to_string()), NOON).unwrap();
    }
    let all: Vec<Event> = one.events().iter().map(|event| event.as_ref().clone()).collect();
    let mut follower = register();
    let before = (follower.digest(), follower.revision(), follower.now());
    for wrong in [&all[2..], &all[..], &[all[1].clone(), all[3].clone()]] {
        let error = follower.follow(wrong.to_vec()).unwrap_err();
        assert_eq!(error.code(), ErrorCode::CorruptHistory);
        assert_eq!((follower.digest(), follower.revision(), follower.now()), before);
    }
    follower.follow(all[1..].to_vec()).unwrap();
    assert_eq!(follower.digest(), one.digest());
    // What was followed can be taken back as one.
    assert!(follower.rollback());
    assert_eq!((follower.digest(), follower.revision(), follower.now()), before);
}

/// All that can be asked of a register, as one value.
fn everything(register: &Register) -> Value {
    let now = register.now().unwrap_or(Moment::from_unix(1_500_000_000));
    let view = register.at(now).expect("a settled register");
    let mut answers = vec![
        json!([register.digest(), register.revision(), register.now()]),
        json!([view.next_deadline(), view.vacancies(&kezek::VacancyFilter::default())]),
    ];
    for year in view.group_years() {
        answers.push(json!(view.queue(year, kezek::Rounding::Second, 0, usize::MAX)));
    }
    for event in register.events() {
        if let Some(number) = event.fact.application() {
            let (position, ends) = (view.position(number).unwrap(), view.deadlines(number).unwrap());
            answers.push(json!([position, ends]));
        }
    }
    Value::Array(answers)
}

/// Every scenario is told with each step taken back once and done again: all commands, the operator's too.
#[test]
fn taken_back_and_done_again_everything_is_the_same() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/scenarios");
    let mut kinds = std::collections::BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let scenario: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let Ok(policy) = Policy::from_json(&scenario["policy"]) else { continue };
        let mut opening = Opening::new(policy);
        if let Some(prefix) = scenario["prefix"].as_str() {
            opening = opening.prefix(prefix);
        }
        let Ok(mut register) = opening.open() else { continue };
        for step in scenario["steps"].as_array().unwrap_or(&Vec::new()) {
            let at = step["at"].as_str().unwrap();
            let act = |register: &mut Register| match step.get("do") {
                Some(command) => register.apply_json(command, at),
                None => register.advance_json(at),
            };
            let before = everything(&register);
            let Ok(first) = act(&mut register) else { continue };
            assert!(register.rollback(), "{}: {at}", path.display());
            assert_eq!(everything(&register), before, "{}: {at}", path.display());
            assert!(!register.rollback(), "only once");
            assert_eq!(act(&mut register).unwrap(), first, "{}: {at}", path.display());
            if first["denials"] == json!([]) {
                kinds.extend(step["do"]["type"].as_str().map(str::to_owned));
            }
        }
    }
    // The 17 commands of the applicant, the staff and the department, and the 14 of the operator.
    assert_eq!(kinds.len(), 31, "{kinds:?}");
}
