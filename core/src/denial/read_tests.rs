#![allow(clippy::unwrap_used, reason = "tests")]

use serde_json::{Value, json};

use super::*;
use crate::ErrorCode;

/// One of each kind, of some several: what may be missing is missing once.
fn all() -> Vec<DenialReason> {
    let day = |text: &str| -> Day { text.parse().unwrap() };
    let at: Moment = "2018-03-27T00:00:00+06:00".parse().unwrap();
    let found = Stage::Queued;
    let number = || "UO.2018.000001.1".to_owned();
    vec![
        DenialReason::NotFound { expected: "vacancy".into(), found: "7".to_owned() },
        DenialReason::Paused,
        DenialReason::NotYours { expected: "the department".into() },
        DenialReason::SignatureRequired,
        DenialReason::AlreadyClosed,
        DenialReason::NotInQueue { found },
        DenialReason::StopListed { until: Some(at) },
        DenialReason::StopListed { until: None },
        DenialReason::NoActiveReferral { found },
        DenialReason::UnderReview,
        DenialReason::NotUnderReview { found },
        DenialReason::NotEnrolled { found },
        DenialReason::NumberTaken { found: number() },
        DenialReason::AlreadyInQueue { found: number() },
        DenialReason::AlreadyEnrolled { found: number() },
        DenialReason::WrongGroupYear { expected: 2015, found: 2016 },
        DenialReason::TooYoung { expected: day("2018-05-02"), found: day("2018-03-27"), until: at },
        DenialReason::TooOld { expected: day("2021-05-02"), found: day("2021-05-02") },
        DenialReason::UnknownBenefit { expected: vec!["orphan".to_owned()], found: Some("x".to_owned()) },
        DenialReason::UnknownBenefit { expected: Vec::new(), found: None },
        DenialReason::DocumentsRequired,
        DenialReason::NotYourTurn,
        DenialReason::NoFreePlace { found: Some(7) },
        DenialReason::NoFreePlace { found: None },
        DenialReason::MustAccept,
        DenialReason::NoTermRuns,
        DenialReason::AlreadyVisited,
        DenialReason::RecallWindowClosed { expected: Some(at), found: at },
        DenialReason::RecallWindowClosed { expected: None, found: at },
        DenialReason::ExtensionUsed { expected: 1, found: 1 },
        DenialReason::ExtensionNotLater { expected: day("2018-03-27"), found: day("2018-03-26") },
        DenialReason::ExtensionTooLong { expected: day("2018-03-27"), found: day("2018-03-28") },
        DenialReason::ReasonRequired,
        DenialReason::PlacesOutOfRange { expected: "1 to 999".into(), found: -1 },
        DenialReason::PublicationClosed { found: day("2018-09-01") },
        DenialReason::WrongStage { expected: vec![Stage::Closed, Stage::Enrolled].into(), found },
        DenialReason::LastParent,
        DenialReason::NotPaused,
    ]
}

/// How many kinds there are: a new one does not compile until it is counted, and then `all` must have it.
fn kinds(reason: &DenialReason) -> usize {
    match reason {
        DenialReason::NotFound { .. }
        | DenialReason::Paused
        | DenialReason::NotYours { .. }
        | DenialReason::SignatureRequired
        | DenialReason::AlreadyClosed
        | DenialReason::NotInQueue { .. }
        | DenialReason::StopListed { .. }
        | DenialReason::NoActiveReferral { .. }
        | DenialReason::UnderReview
        | DenialReason::NotUnderReview { .. }
        | DenialReason::NotEnrolled { .. }
        | DenialReason::NumberTaken { .. }
        | DenialReason::AlreadyInQueue { .. }
        | DenialReason::AlreadyEnrolled { .. }
        | DenialReason::WrongGroupYear { .. }
        | DenialReason::TooYoung { .. }
        | DenialReason::TooOld { .. }
        | DenialReason::UnknownBenefit { .. }
        | DenialReason::DocumentsRequired
        | DenialReason::NotYourTurn
        | DenialReason::NoFreePlace { .. }
        | DenialReason::MustAccept
        | DenialReason::NoTermRuns
        | DenialReason::AlreadyVisited
        | DenialReason::RecallWindowClosed { .. }
        | DenialReason::ExtensionUsed { .. }
        | DenialReason::ExtensionNotLater { .. }
        | DenialReason::ExtensionTooLong { .. }
        | DenialReason::ReasonRequired
        | DenialReason::PlacesOutOfRange { .. }
        | DenialReason::PublicationClosed { .. }
        | DenialReason::WrongStage { .. }
        | DenialReason::LastParent
        | DenialReason::NotPaused => 34,
    }
}

fn written(reason: DenialReason) -> Value {
    let denial = Denial { rule: reason.rule(), policy: "akmola-2018".into(), reason };
    serde_json::to_value(denial).unwrap()
}

#[test]
fn every_denial_is_read_as_it_was_written() {
    let codes: std::collections::BTreeSet<_> = all().iter().map(DenialReason::code).collect();
    assert_eq!(codes.len(), kinds(&DenialReason::Paused));
    for reason in all() {
        let denial = Denial { rule: reason.rule(), policy: "akmola-2018".into(), reason };
        let read = Denial::from_json(serde_json::to_value(&denial).unwrap());
        assert_eq!(read, Ok(denial));
    }
}

#[test]
fn what_is_no_denial_names_its_field() {
    let faulty = |change: &dyn Fn(&mut Value)| {
        let mut value = written(DenialReason::NoFreePlace { found: Some(7) });
        change(&mut value);
        let error = Denial::from_json(value).unwrap_err();
        assert_eq!(error.code(), ErrorCode::Malformed);
        error.path().to_owned()
    };
    assert_eq!(faulty(&|value| value["code"] = json!("no_such_code")), "code");
    assert_eq!(faulty(&|value| value["found"] = json!("seven")), "found");
    assert_eq!(faulty(&|value| value["rule"] = json!("X1")), "rule");
    assert_eq!(faulty(&|value| value["until"] = json!(null)), "until");
    assert_eq!(faulty(&|value| *value = json!([])), "");
    // A field that the code needs.
    let missing = json!({"code": "not_in_queue", "rule": "R28", "policy": "akmola-2018"});
    assert_eq!(Denial::from_json(missing).unwrap_err().path(), "found");
}
