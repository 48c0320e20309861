#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may stop where its scenarios are broken"
)]

use std::path::Path;

use serde_json::Value;

use super::index::{Index, member};
use super::{Opening, Register};
use crate::queue::Standing;
use crate::{Calendar, Moment, Policy};

/// The registers in which the scenarios end, each with the name of its scenario.
fn registers() -> impl Iterator<Item = (String, Register)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/scenarios");
    folder.read_dir().expect("scenarios").filter_map(|entry| {
        let path = entry.expect("a scenario").path();
        let scenario: Value = serde_json::from_slice(&std::fs::read(&path).expect("a file")).expect("JSON");
        Some((path.display().to_string(), play(&scenario)?))
    })
}

/// `None` where the policy is one to be refused.
fn play(scenario: &Value) -> Option<Register> {
    let opening = Opening::new(Policy::from_json(&scenario["policy"]).ok()?);
    let mut register = opening.prefix(scenario["prefix"].as_str().unwrap_or("UO")).open().ok()?;
    for step in scenario["steps"].as_array()? {
        let at = step["at"].as_str()?;
        // What is denied or refused in a scenario is so here.
        let _ = match step.get("do") {
            Some(command) => register.apply_json(command, at),
            None => register.advance_json(at),
        };
    }
    Some(register)
}

// The naive way: after every event all orders are built anew. What was passed over as moving nobody moved nobody.
#[test]
fn after_every_event_the_order_is_the_one_built_anew() {
    let (mut events, mut moved) = (0, 0);
    for (name, register) in registers() {
        let (mut past, since) = register.past(Moment::from_unix(i64::MIN)).expect("a past");
        let mut before = Vec::new();
        for event in since {
            let may_move = past.take_in(event);
            let book = past.book();
            let queue = Index::of(book, &Calendar::kazakhstan()).queue;
            let mut standings = Vec::new();
            for (own, holder) in book.applications.iter().zip(0..) {
                let anew = if own.is_active() {
                    let own_member = member(holder, own, &book.rules.policy);
                    queue.standing(&own_member, book.cycle(own.group_year))
                } else {
                    Standing::default()
                };
                assert_eq!(past.standing(&own.number), anew, "{}: {event:?}", name);
                standings.push(anew);
            }
            before.resize(standings.len(), Standing::default());
            assert!(may_move || before == standings, "{}: passed over {event:?}", name);
            before = standings;
            events += 1;
            moved += usize::from(may_move);
        }
    }
    assert!(events > 1500 && moved > 600 && moved * 2 < events, "{moved} of {events} moved somebody");
}

// A past that begins later is the one that was led on until then.
#[test]
fn a_past_begins_at_any_moment() {
    for (name, register) in registers() {
        let (mut led, since) = register.past(Moment::from_unix(i64::MIN)).expect("a past");
        for (index, event) in since.iter().enumerate() {
            let _ = led.take_in(event);
            let next = since.get(index + 1).map(|next| next.moment());
            if next == Some(event.moment()) {
                continue;
            }
            let (begun, rest) = register.past(event.moment()).expect("a past");
            assert_eq!(rest.len(), since.len() - index - 1);
            for own in &begun.book().applications {
                assert_eq!(led.standing(&own.number), begun.standing(&own.number), "{}", name);
            }
            assert_eq!(begun.book().applications, led.book().applications);
        }
    }
}
