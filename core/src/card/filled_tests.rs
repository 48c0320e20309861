//! What a page reads on cards that a portal has filled: what a row leaves out must not become a false answer.

use serde_json::{Value, json};

use super::row_tests::{at, stage};
use crate::{Actor, Button, ButtonRow, Card};

fn buttons(card: &Card, now: &str, by: &Actor) -> Vec<ButtonRow> {
    card.buttons(at(now), by).unwrap()
}

fn parent() -> Actor {
    Actor::Applicant { iin: "p:parent-1".parse().unwrap() }
}

fn row(card: &Card, now: &str, button: Button) -> ButtonRow {
    buttons(card, now, &parent()).into_iter().find(|row| row.button == button).unwrap()
}

#[test]
fn a_forgotten_recall_window_follows_from_the_issue() {
    let mut json = stage("referred");
    json["application"]["recall_until"] = Value::Null;
    let recall = row(&Card::from_json(&json).unwrap(), "2018-03-06T10:15:30", Button::RecallReferral);
    assert!(recall.permission.allowed, "the last second of 24 hours: {recall:?}");
    let late = row(&Card::from_json(&json).unwrap(), "2018-03-06T10:15:31", Button::RecallReferral);
    assert_eq!(late.permission.denials[0].code(), "recall_window_closed");
}

/// A referral that was taken over under review has no window, and does not get one by being written down.
#[test]
fn a_window_is_not_made_up_where_there_was_none() {
    let mut json = stage("under_review");
    json["application"]["recall_until"] = Value::Null;
    let card = Card::from_json(&json).unwrap();
    let overturn = json!({"type": "overturn_refusal", "application": "UO.2018.000001.1"});
    let answer = card.apply_json(&overturn, "2018-03-05T13:00:00+06:00").unwrap();
    let again = Card::from_json(&answer["card"]).unwrap();
    assert_eq!(again.application().recall_until, None);
}

#[test]
fn a_turn_has_a_seat_although_its_vacancy_is_not_on_the_card() {
    let card = Card::from_json(&stage("notified")).unwrap();
    assert!(row(&card, "2018-03-05T12:00:00", Button::Choose).permission.allowed);
    // Nobody else's places are guessed.
    let queued = Card::from_json(&stage("queued")).unwrap();
    let denials = row(&queued, "2018-03-05T12:00:00", Button::Choose).permission.denials;
    assert_eq!(
        denials.iter().map(crate::Denial::code).collect::<Vec<_>>(),
        ["not_your_turn", "no_free_place"]
    );
}

#[test]
fn a_button_tells_its_end_and_whether_it_is_signed() {
    let card = Card::from_json(&stage("notified")).unwrap();
    let choose = row(&card, "2018-03-05T12:00:00", Button::Choose);
    assert_eq!((choose.ends, choose.signed), (Some(at("2018-03-08T00:00:00")), true));
    let withdraw = row(&card, "2018-03-05T12:00:00", Button::Withdraw);
    assert_eq!((withdraw.ends, withdraw.signed), (None, false));
    // What is not allowed has no end.
    let extend = row(&card, "2018-03-05T12:00:00", Button::ExtendReferral);
    assert_eq!((extend.permission.allowed, extend.ends), (false, None));
    let referred = Card::from_json(&stage("referred")).unwrap();
    let extend = row(&referred, "2018-03-05T12:00:00", Button::ExtendReferral);
    assert_eq!(extend.ends, Some(at("2018-03-14T00:00:00")));
    let mut optional = stage("notified");
    optional["policy"] = json!({"base": "akmola-2018", "signature": "optional"});
    assert!(!row(&Card::from_json(&optional).unwrap(), "2018-03-05T12:00:00", Button::Choose).signed);
}
