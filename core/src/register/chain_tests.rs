//! A chained journal: whatever is done to it, the first event that was touched is named.

use std::sync::Arc;

use serde_json::{Value, json};

use super::*;
use crate::{Opening, Policy, Snapshot};

const TOLD: [(&str, &str); 6] = [
    (
        "2018-01-10T09:00:00+06:00",
        r#"{"type":"submit","applicant":"p:a","child":{"iin":"p:b","born":"2015-05-02"}}"#,
    ),
    (
        "2018-01-10T09:30:00+06:00",
        r#"{"type":"submit","applicant":"p:c","child":{"iin":"p:d","born":"2015-06-02"},"key":"k"}"#,
    ),
    (
        "2018-01-15T09:00:00+06:00",
        r#"{"type":"publish_vacancy","kindergarten":"bobek","group_year":2015,"language":"kk","places":1}"#,
    ),
    ("2018-01-16T09:00:00+06:00", r#"{"type":"choose","application":"UO.2018.000001.1","vacancy":1}"#),
    ("2018-01-17T09:00:00+06:00", r#"{"type":"accept","application":"UO.2018.000001.1"}"#),
    (
        "2018-01-18T09:00:00+06:00",
        r#"{"type":"withdraw","application":"UO.2018.000002.1","ext":{"of":"host"}}"#,
    ),
];

fn opening() -> Opening {
    Opening::new(Policy::named("akmola-2018").unwrap())
}

fn lived(opening: Opening) -> Register {
    let mut register = opening.open().unwrap();
    for (at, command) in TOLD {
        let outcome = register.apply_json(&serde_json::from_str(command).unwrap(), at).unwrap();
        assert_eq!(outcome["denials"], json!([]), "{command}");
    }
    register
}

fn rows(register: &Register) -> Vec<Value> {
    register.events().iter().map(|event| register.write(event)).collect()
}

fn events(rows: Vec<Value>) -> Vec<Event> {
    rows.into_iter().map(|row| Event::from_json(row).unwrap()).collect()
}

#[test]
fn a_chain_changes_nothing_else() {
    let (chained, plain) = (lived(opening().chained()), lived(opening()));
    assert_eq!(chained.digest(), plain.digest());
    let mut bare = rows(&chained);
    for row in &mut bare {
        assert_eq!(row.as_object_mut().unwrap().remove("chain").unwrap().as_str().unwrap().len(), 64);
    }
    assert_eq!(bare, rows(&plain));
    assert_eq!(plain.chain(), None);
    assert_eq!(verify(chained.events()).unwrap(), *chained.chain().unwrap());
    // In whatever form, and in whatever zone, it is stored.
    assert_eq!(verify(events(rows(&chained))).unwrap(), *chained.chain().unwrap());
    assert_eq!(Register::replay(events(rows(&chained))).unwrap().chain(), chained.chain());
}

/// The links as anybody can make them: SHA-256 of the link before and of the line, names in order, instants in UTC.
#[test]
fn a_link_is_what_the_document_says() {
    let register = lived(opening().chained());
    let mut before = Sum::NOTHING;
    for event in register.events() {
        let mut row: Value = serde_json::to_value(event.as_ref()).unwrap();
        row.as_object_mut().unwrap().remove("chain");
        before = Sum::of(&[before.bytes(), serde_json::to_string(&row).unwrap().as_bytes()]);
        assert_eq!(event.chain.as_deref(), Some(&before));
    }
}

#[test]
fn whatever_is_touched_is_named() {
    let register = lived(opening().chained());
    let whole = rows(&register);
    for at in 0..whole.len() {
        for field in whole[at].as_object().unwrap().keys().filter(|field| *field != "type") {
            let mut changed = whole.clone();
            let value = &mut changed[at][field];
            *value = match &*value {
                Value::String(text) if text.starts_with("2018-") => {
                    json!(text.replace("2018-01-1", "2018-01-0"))
                }
                Value::String(text) if field == "chain" => json!(text.replace(['0', '1', '2'], "f")),
                Value::Number(number) => json!(number.as_u64().unwrap() + 1),
                Value::Null | Value::Bool(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => {
                    continue;
                }
            };
            if *value == whole[at][field] {
                continue;
            }
            let Ok(read) = changed.into_iter().map(Event::from_json).collect::<Result<Vec<_>, _>>() else {
                continue;
            };
            let error = verify(&read).unwrap_err();
            assert_eq!(
                (error.code().as_str(), error.path()),
                ("corrupt_history", format!("[{at}]").as_str()),
                "{field}"
            );
            assert!(Register::replay(read).is_err());
        }
        // Taken out, its place closed by the numbers; doubled; moved.
        let mut less = whole.clone();
        less.remove(at);
        less.iter_mut().zip(1..).for_each(|(row, seq)| row["seq"] = json!(seq));
        if at + 1 < whole.len() {
            let named = verify(events(less)).unwrap_err();
            assert_eq!(named.path(), format!("[{at}]"));
        } else {
            // The end was cut off: what is left is whole, and another link than the published one.
            assert_ne!(verify(events(less)).unwrap(), *register.chain().unwrap());
        }
        let mut more = whole.clone();
        more.insert(at, whole[at].clone());
        more.iter_mut().zip(1..).for_each(|(row, seq)| row["seq"] = json!(seq));
        assert_eq!(verify(events(more)).unwrap_err().path(), format!("[{}]", at + 1));
    }
    let mut swapped = whole.clone();
    swapped.swap(2, 3);
    assert_eq!(verify(events(swapped)).unwrap_err().path(), "[2]");
    let mut bare = whole.clone();
    bare[3].as_object_mut().unwrap().remove("chain");
    assert_eq!(verify(events(bare.clone())).unwrap_err().found(), "none");
    assert!(Register::replay(events(bare)).is_err());
    assert_eq!(verify(Vec::<Event>::new()).unwrap_err().path(), "[0]");
    assert_eq!(verify(lived(opening()).events()).unwrap_err().path(), "[0]");
}

#[test]
fn a_chain_goes_on_through_everything_that_a_host_does() {
    let mut register = lived(opening().chained());
    let link = *register.chain().unwrap();
    let submit = json!({"type": "submit", "applicant": "p:e", "child": {"iin": "p:f", "born": "2015-07-02"}});
    let mut others = [
        Register::replay(register.events().to_vec()).unwrap(),
        Register::restore(Snapshot::from_json(serde_json::to_value(register.snapshot()).unwrap()).unwrap())
            .unwrap(),
        Register::unpack(&register.pack()).unwrap(),
    ];
    let mut follower = others[0].clone();
    let left = others[2].leave_history();
    assert_eq!((left.len(), others[2].events().len()), (register.events().len(), 1));
    register.apply_json(&submit, "2018-02-10T09:00:00+06:00").unwrap();
    for other in &mut others {
        other.apply_json(&submit, "2018-02-10T09:00:00+06:00").unwrap();
        assert_eq!(other.chain(), register.chain());
        assert!(other.rollback());
        assert_eq!(other.chain(), Some(&link), "taken back");
    }
    // Another writer's events: those that fit the chain, and no others.
    let new: Vec<Arc<Event>> = register.events_after(follower.revision()).unwrap().to_vec();
    let mut bare = new.clone();
    bare.iter_mut().for_each(|event| *event = Arc::new(Event { chain: None, ..event.as_ref().clone() }));
    assert_eq!(follower.follow(bare.clone()).unwrap_err().path(), "[0]");
    assert_eq!(follower.chain(), Some(&link));
    follower.follow(new.clone()).unwrap();
    assert_eq!(follower.chain(), register.chain());
    let mut plain = lived(opening());
    assert_eq!(plain.follow(new).unwrap_err().expected(), "no chain, as before");
    plain.follow(bare).unwrap();
}
