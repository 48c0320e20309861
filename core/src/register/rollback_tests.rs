//! Taking back: what went wrong once.

use serde_json::{Value, json};

use crate::{Moment, Policy, Register};

fn at(text: &str) -> Moment {
    text.parse().unwrap()
}

fn submit(register: &mut Register, born: &str, now: &str) {
    let child = json!({"iin": "p:child", "born": born});
    apply(register, &json!({"type": "submit", "applicant": "p:parent", "child": child}), now);
}

fn apply(register: &mut Register, command: &Value, now: &str) {
    let outcome = register.apply_json(command, now).unwrap();
    assert_eq!(outcome["denials"], json!([]));
}

#[test]
fn a_rollback_leaves_one_who_is_too_old_as_old_as_before() {
    let policy = json!({"base": "akmola-2018", "age": {"on_reaching_limit": "keep"}});
    let mut register = Register::new(Policy::from_json(&policy).unwrap()).unwrap();
    submit(&mut register, "2011-03-20", "2018-03-16T09:00:00+06:00");
    let publish = json!({"type": "publish_vacancy", "kindergarten": "bobek", "group_year": 2011,
        "language": "ru", "places": 1});
    // Kept in the queue past the limit, while a place waits for nobody.
    apply(&mut register, &publish, "2018-03-20T09:00:00+06:00");
    let next = register.next_deadline();
    let change = json!({"type": "change_benefit", "application": "UO.2018.000001.1", "benefit": null});
    apply(&mut register, &change, "2018-03-20T09:00:00+06:00");
    assert!(register.rollback());
    // It was said to come of age in 2013, and nothing could be asked before the next advance.
    assert_eq!(register.next_deadline(), next);
    assert!(register.at(at("2018-03-20T09:00:00+06:00")).is_ok());
}

#[test]
fn an_answer_to_a_used_key_is_no_outcome_to_take_back() {
    for typed in [true, false] {
        let mut register = Register::new(Policy::named("akmola-2018").unwrap()).unwrap();
        submit(&mut register, "2015-05-02", "2018-01-10T09:00:00+06:00");
        let confirm =
            json!({"type": "confirm_interest", "application": "UO.2018.000001.1", "key": "request-1"});
        apply(&mut register, &confirm, "2018-01-10T10:00:00+06:00");
        let done = (register.digest(), register.revision(), register.now());
        // The host did not hear the answer and asks again; this time its own transaction fails.
        if typed {
            let confirm: crate::Command = serde_json::from_value(confirm).unwrap();
            let again = register.apply(confirm, at("2018-01-10T11:00:00+06:00")).unwrap();
            assert_eq!(again.events.len(), 1);
        } else {
            apply(&mut register, &confirm, "2018-01-10T11:00:00+06:00");
        }
        let _ = register.rollback();
        assert_eq!((register.digest(), register.revision(), register.now()), done);
    }
}

#[test]
fn a_writer_who_looked_at_the_clock_follows_what_was_written_before() {
    let mut one = Register::new(Policy::named("akmola-2018").unwrap()).unwrap();
    submit(&mut one, "2015-05-02", "2018-01-10T09:00:00+06:00");
    let mut other = one.clone();
    let publish = json!({"type": "publish_vacancy", "kindergarten": "bobek", "group_year": 2015,
        "language": "ru", "places": 1});
    let known = one.events().len();
    apply(&mut one, &publish, "2018-01-15T09:00:00+06:00");
    // Nothing was due, so that the other one wrote nothing: there is no gap.
    let _ = other.advance(at("2018-02-01T09:00:00+06:00")).unwrap();
    let news: Vec<_> = one.events().iter().skip(known).map(|event| event.as_ref().clone()).collect();
    other.follow(news).unwrap();
    assert_eq!((one.digest(), one.now()), (other.digest(), other.now()));
    // The turn lapses at its own moment, for both.
    for register in [&mut one, &mut other] {
        let _ = register.advance(at("2018-02-01T09:00:00+06:00")).unwrap();
    }
    assert_eq!(one.digest(), other.digest());
    assert_eq!(one.events().last(), other.events().last());
}

#[test]
fn who_lapsed_and_grew_too_old_in_one_outcome_has_its_turn_again() {
    let policy = json!({"base": "akmola-2018", "age": {"on_reaching_limit": "keep"}});
    let mut register = Register::new(Policy::from_json(&policy).unwrap()).unwrap();
    let publish = json!({"type": "publish_vacancy", "kindergarten": "bobek", "group_year": 2011,
        "language": "ru", "places": 2});
    apply(&mut register, &publish, "2018-03-12T09:00:00+06:00");
    submit(&mut register, "2011-03-20", "2018-03-13T09:00:00+06:00");
    let publish = json!({"type": "publish_vacancy", "kindergarten": "bobek", "group_year": 2012,
        "language": "ru", "places": 1});
    let first = register.apply_json(&publish, "2018-04-12T09:00:00+06:00").unwrap();
    assert!(register.rollback());
    // It stood among those who wait for a turn, beside the turn that it had.
    let again = register.apply_json(&publish, "2018-04-12T09:00:00+06:00").unwrap();
    assert_eq!(again, first);
}
