#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may stop where its scenarios are broken"
)]

use std::path::Path;

use serde_json::Value;

use super::book::Book;
use super::index::Index;
use super::{Opening, Register};
use crate::application::Application;
use crate::queue::Standing;
use crate::{ApplicationNumber, Calendar, Moment, Policy};

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

/// The naive way: all orders built anew out of the book.
fn built_anew(book: &Book) -> Vec<(ApplicationNumber, Standing)> {
    let queue = Index::of(book, &Calendar::kazakhstan()).queue;
    let standing = |(own, holder): (&Application, u32)| {
        (own.number.clone(), queue.standing(holder, |line| book.cycle(line)))
    };
    book.applications.iter().zip(0..).map(standing).collect()
}

// Nothing that is passed over as moving nobody has moved anybody, and everything else moves all as it should.
#[test]
fn after_every_event_the_orders_are_those_built_anew() {
    let (mut events, mut moved) = (0, 0);
    for (name, register) in registers() {
        let (mut past, since) = register.past(Moment::from_unix(i64::MIN)).unwrap();
        let mut book = Book::opened(&register.history[0]).expect("a book");
        let mut before = Vec::new();
        for event in since {
            let may_move = past.take_in(event);
            book.absorb(event, &mut ());
            let after = built_anew(&book);
            for (number, standing) in &after {
                assert_eq!(past.standing(number), *standing, "{name}: {number} after {event:?}");
            }
            let same = after.iter().zip(&before).all(|(after, before)| after == before)
                && after.iter().skip(before.len()).all(|(_, new)| *new == Standing::default());
            assert!(may_move || same, "{name}: passed over {event:?}");
            before = after;
            events += 1;
            moved += usize::from(may_move);
        }
    }
    assert!(
        events > 1500 && moved > 600 && moved * 2 < events,
        "{moved} of {events} may have moved somebody"
    );
}

// A past that begins later is the one that was led on until then.
#[test]
fn a_past_begins_at_any_moment() {
    for (name, register) in registers() {
        let (mut led, since) = register.past(Moment::from_unix(i64::MIN)).unwrap();
        for (index, event) in since.iter().enumerate() {
            let _ = led.take_in(event);
            if since.get(index + 1).is_some_and(|next| next.at == event.at) {
                continue;
            }
            let (begun, rest) = register.past(event.moment()).unwrap();
            assert_eq!(rest.len(), since.len() - index - 1);
            for number in register.book.applications.iter().map(|own| &own.number) {
                assert_eq!(led.knows(number), begun.knows(number), "{name}: {number}");
                assert_eq!(led.standing(number), begun.standing(number), "{name}: {number}");
            }
        }
    }
}
