//! A plain slow model of the rules, written from the specification and not from the core, and the core against it.
//!
//! `slow/` holds the model: lists that are looked through, working days that are walked one by one. First it plays
//! the scenarios, which proves the model; then random settlements, policies and commands are told to both.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm,
    reason = "a model stops where it is wrong itself, and says what is usual before what is rare"
)]

#[path = "slow/calendar.rs"]
mod calendar;
#[path = "slow/commands.rs"]
mod commands;
#[path = "slow/deeds.rs"]
mod deeds;
#[path = "slow/import.rs"]
mod import;
#[path = "slow/judge.rs"]
mod judge;
#[path = "slow/laws.rs"]
mod laws;
#[path = "slow/luck.rs"]
mod luck;
#[path = "slow/machine.rs"]
mod machine;
#[path = "slow/matching.rs"]
mod matching;
#[path = "slow/model.rs"]
mod model;
#[path = "slow/operator.rs"]
mod operator;
#[path = "slow/order.rs"]
mod order;
#[path = "slow/pause.rs"]
mod pause;
#[path = "slow/policy.rs"]
mod policy;
#[path = "slow/scenarios.rs"]
mod scenarios;
#[path = "slow/settle.rs"]
mod settle;
#[path = "slow/shorten.rs"]
mod shorten;
#[path = "slow/story.rs"]
mod story;
#[path = "slow/story_operator.rs"]
mod story_operator;
#[path = "slow/town.rs"]
mod town;
#[path = "slow/views.rs"]
mod views;

use std::collections::BTreeSet;

use machine::Disagreement;
use model::Fault;
use scenarios::{NO_VIEWS, NOT_PLAYED};
use serde_json::Value;

// What proves the model: it says what every scenario expects, but for a list that is no longer than it must be.
#[test]
fn the_model_plays_the_scenarios() {
    let listed: BTreeSet<&str> = NOT_PLAYED.iter().map(|(name, _)| *name).collect();
    let (mut played, mut differ, mut unplayed) = (0, Vec::new(), BTreeSet::new());
    for (name, scenario) in scenarios::all() {
        match scenarios::play(&scenario, None) {
            Ok(()) => played += 1,
            Err(why) if listed.contains(name.as_str()) => {
                println!("not played: {name}: {why:?}");
                unplayed.insert(name);
            }
            Err(why) => differ.push(format!("{name}: {why:?}")),
        }
    }
    println!("{played} played");
    assert!(differ.is_empty(), "{} differ:\n{}", differ.len(), differ.join("\n"));
    let unplayed: BTreeSet<&str> = unplayed.iter().map(String::as_str).collect();
    assert_eq!(unplayed, listed, "those that the model cannot play, and those listed");
}

#[test]
fn every_view_that_is_passed_over_is_asked_for() {
    let all = scenarios::all();
    let steps = || all.iter().filter_map(|(_, scenario)| scenario["steps"].as_array()).flatten();
    for (view, _) in NO_VIEWS {
        assert!(steps().any(|step| step["ask"]["view"] == view), "nobody asks for {view}");
    }
}

// What the model is for: random settlements, policies and commands, at times that like boundaries.
#[test]
fn the_core_says_what_the_model_says() {
    match machine::compare("core-and-model", cases(400), None) {
        Ok(met) => println!("{} steps agreed, and met {:#?}", met.steps, met.words),
        Err(Disagreement { path, differs }) => {
            panic!("{differs}\nThe story is a scenario that expects what the model says: {}", path.display())
        }
    }
}

// A fault is found, and told as a scenario that can be kept: it goes as the faulty model says to its last step, and
// there the core and the right model say something else.
#[test]
fn a_fault_is_found_and_kept_as_a_scenario() {
    for (name, fault) in [
        ("fault-working-saturdays", Fault::WorkingSaturdaysForgotten),
        ("fault-recall", Fault::RecallEndsASecondEarly),
        ("fault-giver", Fault::GiverIsAskedAgain),
    ] {
        let Err(Disagreement { path, .. }) = machine::compare(name, 2_000, Some(fault)) else {
            panic!("{fault:?} was not found");
        };
        let text = std::fs::read_to_string(&path).expect("the scenario is there");
        let scenario: Value = serde_json::from_str(&text).expect("the scenario is JSON");
        let steps = scenario["steps"].as_array().expect("steps").len();
        assert_eq!(scenarios::play(&scenario, Some(fault)), Ok(()), "{fault:?}: the faulty model");
        let (number, _) = machine::replayed(&scenario).expect_err("the core disagrees");
        assert_eq!(number, steps, "{fault:?}: the core");
        assert!(scenarios::play(&scenario, None).is_err(), "{fault:?}: the model");
        assert!(steps <= 12, "{fault:?}: {steps} steps are left");
    }
}

fn cases(usual: u32) -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(usual)
}
