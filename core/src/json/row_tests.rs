#![allow(clippy::unwrap_used, reason = "tests")]

use serde_json::{Value, json};

use crate::{Calendar, Card, Error, ErrorCode, Policy, Register};

fn policy() -> Policy {
    Policy::named("akmola-2018").unwrap()
}

fn of(columns: Value) -> Result<Card, Error> {
    Card::of_columns(policy(), Calendar::kazakhstan(), columns)
}

fn columns() -> Value {
    json!({
        "application": "UO.2018.000001.1", "serial": 1, "applicant": "p:parent-1",
        "child": {"iin": "p:child-1", "born": "2015-05-02"}, "registered_at": "2018-01-10T09:00:00+06:00",
    })
}

/// A card's JSON without its groups.
fn flat(card: &Card) -> Value {
    let Value::Object(mut row) = serde_json::to_value(card).unwrap() else { return Value::Null };
    for group in ["application", "details"] {
        if let Some(Value::Object(group)) = row.remove(group) {
            row.extend(group);
        }
    }
    row.remove("policy");
    row.remove("calendar");
    Value::Object(row)
}

/// Every stage that a story passes: what a card writes is what columns read, so that no column is forgotten.
#[test]
fn the_columns_of_any_card_make_the_same_card() {
    let mut register = Register::new(policy()).unwrap();
    let number = "UO.2018.000001.1";
    let story = [
        (
            json!({"type": "submit", "applicant": "p:a", "child": {"iin": "p:c", "born": "2015-05-02"}}),
            "01-10",
        ),
        (
            json!({"type": "publish_vacancy", "kindergarten": "bobek", "group_year": 2015, "language": "ru",
                "places": 1}),
            "03-12",
        ),
        (json!({"type": "choose", "application": number, "vacancy": 1}), "03-13"),
        (json!({"type": "refuse", "application": number, "reason": "no certificate"}), "03-14"),
        (json!({"type": "overturn_refusal", "application": number}), "03-15"),
        (json!({"type": "accept", "application": number}), "03-16"),
        (
            json!({"type": "mark_departure", "application": number, "reason": "moved", "date": "2018-03-19"}),
            "03-19",
        ),
    ];
    let mut stages = std::collections::BTreeSet::new();
    for (command, day) in story {
        let now = format!("2018-{day}T10:00:00+06:00");
        let done = register.apply_json(&command, &now).unwrap();
        assert_eq!(done["denials"], json!([]), "{command}");
        let card = register.at(now.parse().unwrap()).unwrap().card(&number.parse().unwrap()).unwrap();
        stages.insert(format!("{:?}", card.application().stage));
        let columns = flat(&card);
        let again = of(columns.clone()).unwrap();
        assert_eq!(again.row().application, card.row().application);
        assert_eq!(again.row().details, card.row().details);
        assert_eq!(flat(&again), columns);
    }
    assert_eq!(stages.len(), 6, "{stages:?}");
}

#[test]
fn what_is_not_there_is_as_the_registration_leaves_it() {
    // R31 holds there.
    let of = |columns| {
        let card = Card::of_columns(Policy::named("aktobe-2018").unwrap(), Calendar::kazakhstan(), columns);
        card.unwrap().application()
    };
    let seen = of(columns());
    assert_eq!((seen.group_year, seen.lapses), (2015, 0));
    assert_eq!(seen.next_due, Some("2019-01-11T00:00:00+05:00".parse().unwrap()));
    let mut never = columns();
    never["next_due"] = Value::Null;
    assert_eq!(of(never).next_due, None);
    let mut enrolled = columns();
    enrolled["stage"] = json!("enrolled");
    enrolled["kindergarten"] = json!("bobek");
    assert_eq!(of(enrolled).next_due, None);
}

#[test]
fn faults_name_the_column() {
    let faulty = |column: &str, value: Value| {
        let mut columns = columns();
        columns[column] = value;
        let error = of(columns).unwrap_err();
        assert_eq!(error.code(), ErrorCode::Malformed);
        error.path().to_owned()
    };
    // What the stage needs.
    assert_eq!(faulty("stage", json!("notified")), "seat");
    assert_eq!(faulty("stage", json!("stop_listed")), "until");
    assert_eq!(faulty("stage", json!("enrolled")), "kindergarten");
    // What cannot be read, and what is no column.
    assert_eq!(faulty("stage", json!("asleep")), "stage");
    assert_eq!(faulty("seat", json!({"vacancy": 1})), "seat.place");
    assert_eq!(faulty("registered_at", json!("yesterday")), "registered_at");
    assert_eq!(faulty("child", json!({"iin": "p:c"})), "child.born");
    assert_eq!(faulty("colour", json!("red")), "colour");
    assert_eq!(faulty("policy", json!("akmola-2018")), "policy");
}
