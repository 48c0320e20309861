//! The edges of time and of every counter: an error that says so, and everything as it was.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a failed expectation stops a test"
)]

use kezek::{ErrorCode, Event, Moment, Policy, Register};
use serde_json::{Value, json};

const NOON: &str = "2018-01-15T12:00:00+06:00";

fn register() -> Register {
    Register::new(Policy::named("akmola-2018").unwrap()).unwrap()
}

fn submit(child: u32) -> Value {
    json!({"type": "submit", "applicant": "p:parent", "child": {"iin": format!("p:child-{child}"), "born": "2015-05-02"}})
}

fn publish(places: u32) -> Value {
    json!({"type": "publish_vacancy", "kindergarten": "bobek", "group_year": 2015, "language": "kk", "places": places})
}

/// The error, after which nothing has changed.
fn refused(register: &mut Register, command: &Value, at: &str) -> kezek::Error {
    let before = (register.digest(), register.revision(), register.now());
    let error = register.apply_json(command, at).unwrap_err();
    assert_eq!((register.digest(), register.revision(), register.now()), before, "after {error}");
    error
}

/// The register that its journal makes, some of it told otherwise.
fn told_otherwise(register: &Register, change: impl Fn(&mut Value)) -> Result<Register, kezek::Error> {
    let mut journal: Vec<Value> = register.events().iter().map(|event| register.write(event)).collect();
    journal.iter_mut().for_each(change);
    Register::replay(journal.into_iter().map(|event| serde_json::from_value::<Event>(event).unwrap()))
}

#[test]
fn no_instant_outside_the_calendar_is_lived() {
    let edges = [
        i64::MIN,
        i64::MIN + 1,
        -62_135_596_801,
        -1,
        0,
        946_000_000,
        4_133_980_800,
        253_402_300_800,
        i64::MAX,
    ];
    for at in edges.map(Moment::from_unix) {
        let mut register = register();
        let command: kezek::Command = serde_json::from_value(submit(1)).unwrap();
        for error in [
            register.apply(command.clone(), at).unwrap_err(),
            register.check(command, at).unwrap_err(),
            register.advance(at).unwrap_err(),
        ] {
            assert_eq!((error.code(), error.path()), (ErrorCode::OutsideCalendar, "now"), "{at:?}");
        }
        assert_eq!((register.revision(), register.now()), (1, None));
    }
}

/// What begins in the last second of the calendar ends behind it, and stands there as it should: nothing comes of it in a
/// year that nobody knows.
#[test]
fn the_last_second_of_the_calendar_is_lived() {
    const LAST: &str = "2100-12-31T23:59:59+05:00";
    let mut register = register();
    let told = [
        json!({"type": "submit", "applicant": "p:parent", "child": {"iin": "p:child", "born": "2097-05-02"}}),
        json!({"type": "publish_vacancy", "kindergarten": "bobek", "group_year": 2097, "language": "kk", "places": 1}),
        json!({"type": "choose", "application": "UO.2100.000001.1", "vacancy": 1}),
    ];
    for command in &told {
        assert_eq!(register.apply_json(command, LAST).unwrap()["denials"], json!([]));
    }
    let due = register.next_deadline().expect("a referral ends");
    // The fifth working day after a Friday, five days of holidays among them.
    assert_eq!(due.at, "2101-01-13T00:00:00+05:00".parse().unwrap());
    let after = register.advance_json("2101-01-13T00:00:00+05:00").unwrap_err();
    assert_eq!((after.code(), after.path()), (ErrorCode::OutsideCalendar, "now"));
    assert_eq!(told_otherwise(&register, |_| ()).unwrap().digest(), register.digest());
}

#[test]
fn serials_end_at_999999() {
    let mut first = register();
    first.apply_json(&submit(1), NOON).unwrap();
    let last = |serial: u32| {
        told_otherwise(&first, |event| {
            if event["type"] == "registered" {
                event["serial"] = json!(serial);
                event["application"] = json!(format!("UO.2018.{serial:06}.1"));
            }
        })
    };
    let mut register = last(999_998).unwrap();
    register.apply_json(&submit(2), NOON).unwrap();
    let own_number = {
        let mut command = submit(3);
        command["application"] = json!("16.UO.2018.7.1");
        command
    };
    for command in [submit(3), own_number] {
        let error = refused(&mut register, &command, NOON);
        assert_eq!((error.code(), error.path()), (ErrorCode::NumbersExhausted, "application"));
        assert_eq!(register.check_json(&command, NOON).unwrap_err(), error, "check says the same");
    }
    // The others go on.
    register.apply_json(&publish(1), NOON).unwrap();
    let chosen = json!({"type": "choose", "application": "UO.2018.999999.1", "vacancy": 1});
    assert_eq!(register.apply_json(&chosen, NOON).unwrap()["denials"][0]["code"], "not_your_turn");
    let first = json!({"type": "choose", "application": "UO.2018.999998.1", "vacancy": 1});
    let events = register.apply_json(&first, NOON).unwrap();
    assert_eq!(events["events"][0]["referral"], "1099999801");
    // A journal that says more is none.
    let beyond = last(u32::MAX).and_then(|mut register| register.apply_json(&submit(4), NOON).map(|_| ()));
    assert_eq!(beyond.unwrap_err().code(), ErrorCode::NumbersExhausted);
}

#[test]
fn an_application_has_99_referrals_at_the_most() {
    let mut register = register();
    register.apply_json(&publish(1), NOON).unwrap();
    // The place is open by then, and no turn is for it.
    let later = "2018-01-25T12:00:00+06:00";
    register.apply_json(&submit(1), later).unwrap();
    let number = "UO.2018.000001.1";
    let by_order = |mut command: Value| {
        command["application"] = json!(number);
        command["reason"] = json!("by order");
        command["authority"] = json!({"kind": "court", "document": "2-15/2018"});
        command
    };
    let issue = by_order(json!({"type": "issue_referral", "vacancy": 1}));
    let void = by_order(json!({"type": "void_referral"}));
    for ordinal in 1..=99 {
        let issued = register.apply_json(&issue, later).unwrap();
        let issued = issued["events"].as_array().unwrap().iter().find_map(|event| event["referral"].as_str());
        assert_eq!(issued, Some(format!("10000001{ordinal:02}").as_str()));
        assert_eq!(register.apply_json(&void, later).unwrap()["denials"], json!([]));
    }
    let error = refused(&mut register, &issue, later);
    assert_eq!((error.code(), error.path()), (ErrorCode::NumbersExhausted, "referral"));
    assert_eq!(register.check_json(&issue, later).unwrap_err(), error);
}

/// Numbers of a command at the ends of their types: read or refused by name, and never half taken.
#[test]
fn numbers_of_commands_at_their_ends() {
    for (field, taken) in [("places", 999_u64), ("group_year", 65_535)] {
        for number in [taken, taken + 1, 65_536, u64::from(u32::MAX), u64::MAX] {
            let mut register = register();
            let mut command = publish(1);
            command[field] = json!(number);
            let before = register.digest();
            match register.apply_json(&command, NOON) {
                Ok(answer) if answer["denials"] == json!([]) => assert_eq!(number, taken, "{field}"),
                Ok(answer) => {
                    assert!(answer["denials"][0]["code"].is_string() && register.digest() == before)
                }
                Err(error) => assert_eq!((error.path(), register.digest()), (field, before)),
            }
        }
    }
    let mut register = register();
    for documents in [0, u64::from(u32::MAX), u64::from(u32::MAX) + 1, u64::MAX] {
        let mut command = submit(u32::try_from(documents % 1000).unwrap());
        command["benefit"] = json!("orphan");
        command["documents"] = json!(documents);
        match register.apply_json(&command, NOON) {
            Ok(answer) => assert!(answer["denials"].is_array() && documents <= u64::from(u32::MAX)),
            Err(error) => assert_eq!((error.path(), documents > u64::from(u32::MAX)), ("documents", true)),
        }
    }
}

/// Lapses that were taken over at the end of their type: the next one closes, and counts no further.
#[test]
fn lapses_do_not_run_over() {
    let mut register = register();
    register.apply_json(&publish(1), NOON).unwrap();
    let import = json!({"type": "import", "application": "AA.1", "applicant": "p:parent",
        "child": {"iin": "p:child", "born": "2015-05-02"}, "registered_at": "2017-05-01T10:00:00+06:00",
        "stage": "referred", "expires_at": "2018-01-18T00:00:00+06:00", "vacancy": 1, "lapses": 65_535,
        "reason": "taken over", "authority": {"kind": "department", "document": "1"}});
    match register.apply_json(&import, NOON) {
        Err(error) => assert_eq!(error.path(), "lapses"),
        Ok(answer) => {
            assert_eq!(answer["denials"], json!([]));
            let after = register.advance_json("2018-02-18T00:00:00+06:00").unwrap();
            let closed = after["events"].as_array().unwrap().iter().any(|event| event["type"] == "closed");
            assert!(closed, "{after}");
        }
    }
}
