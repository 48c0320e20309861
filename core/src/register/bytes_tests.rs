//! What is stored as text, cut off at every byte and changed at every byte.

use serde_json::{Value, json};

use super::snapshot::Snapshot;
use crate::{Error, ErrorCode, Event, Policy, Register};

fn town() -> Register {
    let mut register = Register::new(Policy::named("akmola-2018").unwrap()).unwrap();
    let told = [
        json!({"type": "submit", "applicant": "p:a", "child": {"iin": "p:1", "born": "2015-05-02"},
            "key": "k1", "by": {"role": "applicant", "iin": "p:a"}, "signature": "s1", "ext": {"desk": 1}}),
        json!({"type": "publish_vacancy", "kindergarten": "bobek", "group_year": 2015, "language": "kk",
            "places": 1}),
    ];
    for command in told {
        let outcome = register.apply_json(&command, "2018-01-10T09:00:00+06:00").unwrap();
        assert_eq!(outcome["denials"], json!([]));
    }
    register
}

/// A text with one byte changed in one bit, where that is still a text.
fn changed(text: &str) -> impl Iterator<Item = (usize, String)> {
    (0..text.len()).filter_map(move |at| {
        let mut bytes = text.as_bytes().to_vec();
        bytes[at] ^= 1 << (at % 7);
        String::from_utf8(bytes).ok().map(|text| (at, text))
    })
}

fn restored(text: &str) -> Option<Result<Register, Error>> {
    let value: Value = serde_json::from_str(text).ok()?;
    Some(Snapshot::from_json(value).and_then(Register::restore))
}

#[test]
fn a_changed_snapshot_is_an_error_or_the_same_register() {
    let register = town();
    let text = register.write(&register.snapshot()).to_string();
    assert!((0..text.len()).all(|end| text.get(..end).and_then(restored).is_none()));
    let mut refused = 0;
    for (at, text) in changed(&text) {
        match restored(&text) {
            None => {}
            Some(Ok(same)) => {
                let (same, own) = (same.write(&same.snapshot()), register.write(&register.snapshot()));
                assert_eq!(same, own, "byte {at}: {text}");
            }
            Some(Err(error)) => {
                refused += 1;
                assert!(!error.to_string().is_empty(), "byte {at}");
            }
        }
    }
    assert!(refused > 500, "{refused} were JSON, and refused");
}

/// A journal has no sum of its own: a changed letter of a name is another name. Whatever is taken in is a register
/// that replays to itself; what is not is named.
#[test]
fn a_changed_journal_is_an_error_or_replays_to_itself() {
    let register = town();
    let text = serde_json::to_string(register.events()).unwrap();
    for (at, text) in changed(&text) {
        let Ok(events) = serde_json::from_str::<Vec<Event>>(&text) else { continue };
        match Register::replay(events) {
            Ok(other) => {
                let again = Register::replay(other.events().to_vec()).unwrap();
                assert_eq!(again.digest(), other.digest(), "byte {at}");
            }
            Err(error) => {
                assert!(
                    matches!(
                        error.code(),
                        ErrorCode::CorruptHistory | ErrorCode::OutsideCalendar | ErrorCode::UnsupportedFormat
                    ),
                    "byte {at}: {error}"
                );
            }
        }
    }
    // A journal that ends early is an earlier state, never an error: the host's transaction is what keeps it whole.
    for end in 1..=register.events().len() {
        let part = Register::replay(register.events()[..end].to_vec()).unwrap();
        assert_eq!(part.revision(), u64::try_from(end).unwrap());
    }
}
