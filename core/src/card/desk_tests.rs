//! The desk: registrations, publications and openings of a portal that keeps its own rows.

use serde_json::{Value, json};

use super::row_tests::at;
use super::tests::{CALL, NUMBER, names, now};
use crate::{Called, Command, Desk, ErrorCode, Policy, Registration};

fn submit(more: Value) -> Command {
    let mut json = json!({"type": "submit", "applicant": "p:parent", "child": {"iin": "p:child-1", "born": "2015-05-02"}});
    json.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    Command::from_json(&json).unwrap()
}

fn publish(more: Value) -> Command {
    let mut json = json!({"type": "publish_vacancy", "kindergarten": "bobek", "group_year": 2015, "language": "ru", "places": 1});
    json.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    Command::from_json(&json).unwrap()
}

fn desk() -> Desk {
    Desk::new(Policy::named("akmola-2018").unwrap()).after(10)
}

const NEW: Registration = Registration { serial: 5, taken: None, active: None };

#[test]
fn a_desk_registers_and_publishes() {
    let filed = desk().submit(submit(json!({})), &NEW, now()).unwrap();
    let card = filed.card.unwrap();
    assert_eq!(
        (card.revision(), card.application().application.to_string().as_str()),
        (11, "UO.2018.000005.1")
    );
    assert_eq!(filed.effects, [CALL]);
    let published = desk().publish(publish(json!({})), 3, now()).unwrap();
    assert_eq!((published.events[0].seq, names(&published.events).as_str()), (11, "vacancy_published"));
    let opened = desk().open(3, vec![1, 2], now(), Called::Due).unwrap();
    assert_eq!(names(&opened.events), "seats_opened");
}

#[test]
fn a_desk_says_what_is_wrong() {
    let taken =
        Registration { taken: Some(NUMBER.parse().unwrap()), active: Some(NUMBER.parse().unwrap()), ..NEW };
    let filed = desk().submit(submit(json!({"application": NUMBER})), &taken, now()).unwrap();
    let codes: Vec<_> = filed.outcome.denials.iter().map(crate::Denial::code).collect();
    assert_eq!((codes, filed.card.is_none()), (vec!["number_taken", "already_in_queue"], true));
    let serial =
        |serial| desk().submit(submit(json!({})), &Registration { serial, ..NEW }, now()).unwrap_err();
    assert_eq!(
        (serial(1_000_000).code(), serial(1_000_000).path()),
        (ErrorCode::NumbersExhausted, "application")
    );
    assert_eq!((serial(0).code(), serial(0).path()), (ErrorCode::Malformed, "serial"));
    let stale = json!({"expected_revision": 9});
    for error in [
        desk().submit(submit(stale.clone()), &NEW, now()).unwrap_err(),
        desk().publish(publish(stale), 1, now()).unwrap_err(),
    ] {
        assert_eq!((error.code(), error.path()), (ErrorCode::StaleRevision, "expected_revision"));
    }
    let none = desk().open(1, Vec::new(), now(), Called::Due).unwrap_err();
    assert_eq!((none.code(), none.path()), (ErrorCode::Malformed, "seats"));
    let early = desk().submit(submit(json!({})), &NEW, at("1999-12-31T00:00:00")).unwrap_err();
    assert_eq!(early.code(), ErrorCode::OutsideCalendar);
    let other = desk().publish(submit(json!({})), 1, now()).unwrap_err();
    assert_eq!((other.code(), other.path()), (ErrorCode::Malformed, "type"));
}

// While every clock stands the desk takes nothing in.
#[test]
fn a_desk_is_paused_with_its_settlement() {
    let desk = desk().paused(true);
    let filed = desk.submit(submit(json!({})), &NEW, now()).unwrap();
    assert_eq!((filed.outcome.denials[0].code(), filed.card.is_none()), ("paused", true));
    let published = desk.publish(publish(json!({})), 1, now()).unwrap();
    assert_eq!((published.denials[0].code(), published.events.len()), ("paused", 0));
}
