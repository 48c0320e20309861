//! A stored state is held against what its history tells.

use serde_json::{Value, json};

use super::Snapshot;
use crate::{Command, Error, ErrorCode, Policy, Register};

/// One child in the queue, as a host stores the register: instants in the register's zone.
fn stored() -> Value {
    let mut register = Register::new(Policy::named("akmola-2018").unwrap()).unwrap();
    let submit = json!({"type": "submit", "applicant": "p:a", "child": {"iin": "p:1", "born": "2015-05-02"}});
    let now = "2018-01-10T09:00:00+06:00".parse().unwrap();
    assert!(register.apply(Command::from_json(&submit).unwrap(), now).unwrap().denials.is_empty());
    let snapshot = register.snapshot();
    register.write(&snapshot)
}

fn restored(snapshot: Value) -> Result<Register, Error> {
    Snapshot::from_json(snapshot).and_then(Register::restore)
}

#[test]
fn instants_of_any_zone_are_the_same_state() {
    let snapshot = stored();
    assert_eq!(snapshot["book"]["applications"][0]["registered_at"], "2018-01-10T09:00:00+06:00");
    let register = restored(snapshot.clone()).unwrap();
    let mut utc = snapshot;
    utc["book"]["applications"][0]["registered_at"] = "2018-01-10T03:00:00Z".into();
    assert_eq!(restored(utc).unwrap().digest(), register.digest());
}

#[test]
fn the_place_that_differs_is_named() {
    let corrupt = |change: fn(&mut Value)| {
        let mut snapshot = stored();
        change(&mut snapshot);
        let error = restored(snapshot).unwrap_err();
        assert_eq!(error.code(), ErrorCode::CorruptHistory);
        error.path().to_owned()
    };
    assert_eq!(
        corrupt(|it| it["book"]["applications"][0]["lapses"] = 1.into()),
        "book.applications[0].lapses"
    );
    // A second later is another instant.
    let path =
        corrupt(|it| it["book"]["applications"][0]["registered_at"] = "2018-01-10T09:00:01+06:00".into());
    assert_eq!(path, "book.applications[0].registered_at");
    assert_eq!(corrupt(|it| it["book"]["applications"] = json!([])), "book.applications[0]");
    assert_eq!(corrupt(|it| it["book"]["surplus"] = 1.into()), "book.surplus");
    assert_eq!(corrupt(|it| it["digest"] = "k1:0".into()), "digest");
    assert_eq!(corrupt(|it| it["now"] = Value::Null), "now");
    // The first event is missing.
    assert_eq!(corrupt(|it| it["history"] = json!([])), "history[0]");
}
