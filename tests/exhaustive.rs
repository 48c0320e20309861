//! A small settlement, exhaustively: every order in which its families, its staff and the clock can act.
//!
//! [`town`] is the settlement and what can be done there, [`seen`] what is seen of it after each step, [`claims`] what
//! must hold of that. The search is stateright's. Two registers are one state when they will act alike: their books
//! are equal but for the number of events so far. Time jumps to the next deadline, or to the second before it.
//!
//! `KEZEK_STATES=full cargo test --release -p kezek --test exhaustive -- --nocapture` looks at up to three children and two
//! places, too, and at the second before each deadline.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where the settlement tells nonsense"
)]

#[path = "exhaustive/claims.rs"]
mod claims;
#[path = "exhaustive/seen.rs"]
mod seen;
#[path = "exhaustive/town.rs"]
mod town;

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::time::Instant;

use claims::CLAIMS;
use seen::Lie;
use serde_json::{Value, json};
use stateright::{Checker, HasDiscoveries, Model};
use town::Town;

/// Two applications and one place under a policy whose terms are days.
fn small() -> Town {
    Town {
        policy: policy(&json!({})),
        children: 2,
        applications: 2,
        referrals: 1,
        places: 1,
        jumps: 2,
        just_before: full(),
        lie: None,
        met: Mutex::default(),
    }
}

/// Akmola's order with short terms, and what differs.
fn policy(other: &Value) -> Value {
    let mut policy = json!({
        "base": "akmola-2018",
        "choice_window": {"calendar_days": 1}, "referral_term": {"calendar_days": 1},
        "recall_window": {"hours": 1}, "stop_list_term": {"calendar_days": 1},
        "extension": null, "interest": null, "lapses_to_removal": 2,
    });
    let changes = other.as_object().expect("an object");
    policy.as_object_mut().expect("an object").extend(changes.clone());
    policy
}

/// Explores a town to its end; how many states, and what was met on the way.
fn explore(name: &str, town: Town) -> (usize, BTreeSet<String>) {
    let began = Instant::now();
    let checker = town.checker().threads(2).spawn_bfs().join();
    let (states, depth) = (checker.unique_state_count(), checker.max_depth());
    println!("{name}: {states} states, {depth} deep, in {:.1} s", began.elapsed().as_secs_f64());
    if let Some((claim, path)) = checker.discoveries().into_iter().next() {
        let steps: Vec<String> = path.into_actions().iter().map(ToString::to_string).collect();
        panic!("{name}: not so: {claim}\n{}", steps.join("\n"));
    }
    assert!(checker.is_done(), "{name}: not at its end");
    let met = checker.model().met.lock().expect("nobody failed").clone();
    (states, met)
}

fn full() -> bool {
    std::env::var("KEZEK_STATES").is_ok_and(|states| states == "full")
}

#[test]
fn a_small_settlement_is_sound_in_every_order() {
    let (states, met) = explore("two children, a place", small());
    // The search cannot become empty without being noticed: whatever can be met here was met.
    let missing: Vec<&&str> = EVERYTHING.iter().filter(|word| !met.contains(**word)).collect();
    assert!(missing.is_empty(), "never met: {missing:?}; met: {met:?}");
    assert!(states > 2_000, "{states} states");
}

/// Stages, commands that were done and that were denied, and events, which a small settlement must come to.
const EVERYTHING: [&str; 33] = [
    "queued",
    "notified",
    "referred",
    "under_review",
    "stop_listed",
    "enrolled",
    "closed",
    "done submit",
    "done publish_vacancy",
    "done choose",
    "done pass_turn",
    "done withdraw",
    "done recall_referral",
    "done record_visit",
    "done accept",
    "done refuse",
    "done uphold_refusal",
    "done overturn_refusal",
    "done mark_departure",
    "denied submit",
    "denied choose",
    "denied accept",
    "denied recall_referral",
    "denied mark_departure",
    "denied withdraw",
    "turn_came",
    "turn_lapsed",
    "seats_opened",
    "referral_expired",
    "seat_returned",
    "stop_listed",
    "stop_list_ended",
    "closed",
];

#[test]
fn other_rules_are_sound_in_every_order() {
    let rules = [
        ("next in line", json!({"after_choice_window": {"application": "keep", "seat": "next_in_line"}})),
        (
            "inactive",
            json!({"after_choice_window": {
                "application": {"inactive": {"restore_within": {"calendar_days": 2}, "times": 1}}, "seat": "next_in_line"
            }}),
        ),
        ("removed at once", json!({"lapses_to_removal": 1, "stop_list_term": null})),
    ];
    for (name, other) in rules {
        explore(name, Town { policy: policy(&other), ..small() });
    }
}

#[test]
fn larger_settlements_are_sound_in_every_order() {
    if full() {
        let larger = [
            ("three children, a place", Town { children: 3, applications: 3, ..small() }),
            ("two children, two places", Town { places: 2, ..small() }),
            (
                "three children, two places",
                Town { children: 3, applications: 3, places: 2, jumps: 1, ..small() },
            ),
        ];
        for (name, town) in larger {
            let (states, _) = explore(name, Town { just_before: false, ..town });
            assert!(states > 10_000, "{states} states");
        }
    }
}

// A check that cannot fail shows nothing: for every claim there is a lie about the settlement that it finds.
#[test]
fn each_claim_is_found_to_be_broken_where_it_is() {
    for (claim, lie) in CLAIMS.iter().map(|claim| (claim.name, claim.broken_by)) {
        let told = Town { lie: Some(lie), ..small() }.checker();
        let checker = told.finish_when(HasDiscoveries::AllOf([claim].into())).spawn_bfs().join();
        let found = checker.discoveries();
        let path = found.get(claim).unwrap_or_else(|| panic!("{lie:?} was not found by: {claim}"));
        let steps: Vec<String> = path.clone().into_actions().iter().map(ToString::to_string).collect();
        println!("{lie:?} breaks \"{claim}\" after {} steps:\n  {}", steps.len(), steps.join("\n  "));
    }
    let lies: BTreeSet<Lie> = CLAIMS.iter().map(|claim| claim.broken_by).collect();
    assert_eq!(lies.len(), CLAIMS.len(), "a lie of its own for each claim");
}
