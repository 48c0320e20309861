#![allow(clippy::unwrap_used, reason = "tests")]

use serde_json::{Value, json};

use crate::{
    CannotTell, DeadlineView, Finding, Forecast, Form, Moment, Policy, PositionChange, QueueRow, Register,
    Stage,
};

fn at(text: &str) -> Moment {
    text.parse().unwrap()
}

/// Two children, one with a benefit, one place; the first withdraws.
fn register() -> Register {
    let mut register = Register::new(Policy::named("akmola-2018").unwrap()).unwrap();
    let child = |n: u32| json!({"iin": format!("p:child-{n}"), "born": "2015-05-02"});
    let mut tell = |command: Value, now: &str| {
        let answer = register.apply_json(&command, now).unwrap();
        assert_eq!(answer["denials"], json!([]));
    };
    tell(json!({"type": "submit", "applicant": "p:a", "child": child(1)}), "2018-01-10T09:00:00+06:00");
    let second =
        json!({"type": "submit", "applicant": "p:b", "child": child(2), "benefit": "orphan", "documents": 1});
    tell(second, "2018-01-10T09:05:00+06:00");
    tell(json!({"type": "withdraw", "application": "UO.2018.000001.1"}), "2018-01-11T09:00:00+06:00");
    let publish = json!({"type": "publish_vacancy", "kindergarten": "bobek", "group_year": 2015, "language": "ru",
        "places": 2});
    tell(publish, "2018-01-12T09:00:00+06:00");
    register
}

#[test]
fn views_are_read_as_they_were_written() {
    let register = register();
    let now = at("2018-01-12T09:00:00+06:00");
    let view = register.at(now).unwrap();
    let second = "UO.2018.000002.1".parse().unwrap();
    let why = view.explain_position(&second, at("2018-01-10T09:05:00+06:00"), now).unwrap();
    assert!(!why.number.causes.is_empty());
    assert_eq!(PositionChange::from_json(register.write(&why)), Ok(why));
    let forecast = view.forecast(&second).unwrap();
    assert!(forecast.turn.is_some());
    assert_eq!(Forecast::from_json(register.write(&forecast)), Ok(forecast));
    for row in view.queue(2015, crate::Rounding::Second, 0, 9) {
        assert_eq!(QueueRow::from_json(register.write(&row)), Ok(row));
    }
    let deadlines = view.deadlines(&second).unwrap();
    assert!(!deadlines.is_empty());
    for deadline in deadlines.into_iter().chain(register.next_deadline()) {
        assert_eq!(DeadlineView::from_json(register.write(&deadline)), Ok(deadline));
    }
}

#[test]
fn every_reason_for_no_forecast_is_read() {
    let day = "2018-01-10".parse().unwrap();
    for why in [
        CannotTell::NotInQueue { stage: Stage::Closed },
        CannotTell::Inactive {},
        CannotTell::Paused {},
        CannotTell::YoungRegister { since: Some(day) },
        CannotTell::YoungRegister { since: None },
        CannotTell::NoPlacesSeen {},
        CannotTell::TooFar {},
        CannotTell::TooOldBefore { limit: day },
        CannotTell::Unsteady { held_percent: 40 },
        CannotTell::ThinData { samples: 3, needed: 20 },
    ] {
        assert_eq!(CannotTell::from_json(serde_json::to_value(why).unwrap()), Ok(why));
    }
    assert!(CannotTell::from_json(json!({"why": "too_far", "since": null})).is_err());
}

#[test]
fn the_findings_of_a_form_are_read() {
    let policy = Policy::named("akmola-2018").unwrap();
    let now = at("2018-01-10T09:00:00+06:00");
    let nothing = json!({});
    let wrong = json!({
        "applicant": {"iin": "991231500017", "born": "2017-01-01", "email": "a", "phone": "1",
            "additional_email": "parent@gmial.com", "additional_phone": "+77777777777"},
        "child": {"iin": "061241600012", "born": "2030-01-01"},
        "benefit": "nobility",
    });
    let mut fields = std::collections::BTreeSet::new();
    for form in [nothing, wrong] {
        for finding in Form::from_json(&form).unwrap().check(&policy, now).findings {
            fields.insert(finding.field);
            assert_eq!(Finding::from_json(serde_json::to_value(&finding).unwrap()), Ok(finding));
        }
    }
    assert!(fields.len() >= 10, "{fields:?}");
    let other = json!({"field": "colour", "level": "error", "code": "missing", "rule": "R14"});
    assert_eq!(Finding::from_json(other).unwrap_err().path(), "field");
}
