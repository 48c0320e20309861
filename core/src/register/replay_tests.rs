//! A journal is taken in with calendars and policies switched off: whatever a fact brings about stands in it.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Value, json};

use super::index::Index;
use super::replay::Journal;
use super::snapshot::digest_of;
use crate::switch::{Part, off};
use crate::{Calendar, ErrorCode, Event, Policy, Register};

/// Everything that can be written down.
const ALL_FACTS: [&str; 25] = [
    "opened",
    "registered",
    "benefit_changed",
    "benefit_proved",
    "interest_confirmed",
    "parent_linked",
    "vacancy_published",
    "turn_came",
    "turn_lapsed",
    "seats_opened",
    "turn_moved",
    "seat_returned",
    "referral_issued",
    "referral_extended",
    "referral_recalled",
    "referral_expired",
    "stop_listed",
    "stop_list_ended",
    "visited",
    "refused",
    "refusal_upheld",
    "refusal_overturned",
    "enrolled",
    "departed",
    "closed",
];

fn number(serial: u32) -> String {
    format!("UO.2018.{serial:06}.1")
}

/// Four children and two vacancies, until everything has happened once.
fn register_with_every_fact() -> Register {
    let mut register = Register::new(Policy::named("aktobe-2018").unwrap()).unwrap();
    let mut at = |now: &str, command: Value| {
        let outcome = register.apply_json(&command, now).unwrap();
        assert_eq!(outcome["denials"], json!([]), "{command}");
    };
    let about = |serial: u32, name: &str| json!({"type": name, "application": number(serial)});
    let because = |serial: u32, name: &str| json!({"type": name, "application": number(serial), "reason": "their wish"});
    let choose = |serial: u32, vacancy: u32| json!({"type": "choose", "application": number(serial), "vacancy": vacancy});
    let publish = |places: u32| {
        json!({"type": "publish_vacancy", "kindergarten": "bobek", "group_year": 2015,
            "language": "kk", "places": places})
    };
    let monday = "2018-03-05T10:00:00+05:00";
    for child in 1..=4 {
        at(
            monday,
            json!({"type": "submit", "applicant": "p:parent",
            "child": {"iin": format!("p:child-{child}"), "born": "2015-05-02"}}),
        );
    }
    at(monday, json!({"type": "link_parent", "application": number(1), "parent": "p:other"}));
    at(
        monday,
        json!({"type": "change_benefit", "application": number(1), "benefit": "orphan", "documents": 1}),
    );
    at(monday, about(1, "prove_benefit"));
    at(monday, about(1, "confirm_interest"));
    at(monday, publish(2));
    at(monday, publish(1));
    // The first takes the place of the third's turn: that turn moves.
    at(monday, choose(1, 2));
    let mut extend = because(1, "extend_referral");
    extend["until"] = json!("2018-03-20");
    at(monday, extend);
    at(monday, about(1, "record_visit"));
    at(monday, because(1, "refuse"));
    at(monday, about(1, "overturn_refusal"));
    at(monday, about(1, "accept"));
    let mut departure = because(1, "mark_departure");
    departure["date"] = json!("2018-03-05");
    at(monday, departure);
    at(monday, choose(2, 1));
    // The place goes to the fourth; the department confirms that he is refused.
    at(monday, because(2, "recall_referral"));
    at(monday, choose(4, 1));
    at(monday, because(4, "refuse"));
    at(monday, about(4, "uphold_refusal"));
    at(monday, choose(2, 1));
    // The third lets the turn lapse, the second the referral; then the stop-list ends.
    let _ = register.advance_json("2018-04-20T10:00:00+05:00").unwrap();
    register
}

fn journal_of(register: &Register) -> Vec<Event> {
    let written = register.events().iter().map(|event| register.write(event));
    written.map(|event| serde_json::from_value(event).unwrap()).collect()
}

#[test]
fn a_journal_is_taken_in_without_calendar_and_policy() {
    let register = register_with_every_fact();
    let told: BTreeSet<&str> = register.events().iter().map(|event| event.fact.name()).collect();
    assert_eq!(told, BTreeSet::from(ALL_FACTS));
    let journal = journal_of(&register);
    let read = off(Part::Calendar, || {
        off(Part::Policy, || Journal::read(&mut journal.into_iter().map(Arc::new)).unwrap())
    });
    assert_eq!(digest_of(&read.book), register.digest());
}

#[test]
#[should_panic(expected = "a policy was asked")]
fn the_indexes_do_ask_for_ages() {
    let register = register_with_every_fact();
    let read = Journal::read(&mut journal_of(&register).into_iter().map(Arc::new)).unwrap();
    let _ = off(Part::Policy, || Index::of(&read.book, &Calendar::kazakhstan()));
}

#[test]
#[should_panic(expected = "a calendar was asked")]
fn a_new_turn_does_ask_the_calendar() {
    let mut register = register_with_every_fact();
    let publish = json!({"type": "publish_vacancy", "kindergarten": "bobek", "group_year": 2015,
        "language": "kk", "places": 1});
    let _ = off(Part::Calendar, || register.apply_json(&publish, "2018-04-20T10:00:00+05:00"));
}

#[test]
fn an_import_holds_a_place_that_is_there() {
    for stage in ["notified", "referred", "under_review", "enrolled"] {
        let mut register = Register::new(Policy::named("aktobe-2018").unwrap()).unwrap();
        let import = json!({"type": "import", "application": number(7), "applicant": "p:parent", "reason": "another portal",
            "authority": {"kind": "court", "document": "2-15/2018"},
            "child": {"iin": "p:child-7", "born": "2015-05-02"}, "registered_at": "2018-03-01T10:00:00+05:00",
            "stage": stage, "vacancy": 1,
            "choose_by": "2018-03-08T23:59:59+05:00", "expires_at": "2018-03-12T23:59:59+05:00"});
        let publish = json!({"type": "publish_vacancy", "kindergarten": "bobek", "group_year": 2015,
            "language": "kk", "places": 1});
        for command in [publish, import] {
            let wanted = ["choose_by", "expires_at"].into_iter().filter(|end| match *end {
                "choose_by" => stage != "notified",
                _ => stage != "referred",
            });
            let mut command = command;
            wanted.for_each(|end| drop(command.as_object_mut().unwrap().remove(end)));
            let outcome = register.apply_json(&command, "2018-03-05T10:00:00+05:00").unwrap();
            assert_eq!(outcome["denials"], json!([]), "{command}");
        }
        let journal = journal_of(&register);
        assert_eq!(Register::replay(journal.clone()).unwrap().digest(), register.digest());
        let at = journal.iter().position(|event| event.fact.name() == "imported").unwrap();
        let written = register.write(&journal[at]);
        // Another vacancy, a place beyond the last, no place at all, a kindergarten that is not the vacancy's.
        let spoilt = [
            ("vacancy", json!(60)),
            ("place", json!(2)),
            ("place", Value::Null),
            ("kindergarten", json!("other")),
        ];
        for (field, found) in spoilt {
            let mut journal = journal.clone();
            let mut event = written.clone();
            event[field] = found;
            journal[at] = serde_json::from_value(event).unwrap();
            refused(&journal, at, &format!("{stage}, {field}"));
        }
        // Twice the same place.
        let mut journal = journal;
        let mut event = written;
        event["seq"] = json!(journal.len() + 1);
        event["application"] = json!(number(8));
        event["serial"] = json!(8);
        event["child"]["iin"] = json!("p:child-8");
        event["referral"] = json!("1013763402");
        journal.push(serde_json::from_value(event).unwrap());
        refused(&journal, journal.len() - 1, &format!("{stage}, again"));
    }
}

/// By replay and by follow, which leaves everything as it was.
fn refused(journal: &[Event], at: usize, what: &str) {
    let error = Register::replay(journal.iter().cloned()).unwrap_err();
    assert_eq!(
        (error.code(), error.path()),
        (ErrorCode::CorruptHistory, &*format!("[{at}]")),
        "{what}: {error}"
    );
    let mut followed = Register::replay(journal.iter().take(at).cloned()).unwrap();
    let before = (followed.digest(), followed.revision());
    let error = followed.follow(journal.iter().skip(at).cloned()).unwrap_err();
    assert_eq!(error.code(), ErrorCode::CorruptHistory, "{what}");
    assert_eq!((followed.digest(), followed.revision()), before, "{what}");
}
