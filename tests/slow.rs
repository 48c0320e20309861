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
#[path = "slow/matching.rs"]
mod matching;
#[path = "slow/model.rs"]
mod model;
#[path = "slow/operator.rs"]
mod operator;
#[path = "slow/order.rs"]
mod order;
#[path = "slow/policy.rs"]
mod policy;
#[path = "slow/scenarios.rs"]
mod scenarios;
#[path = "slow/settle.rs"]
mod settle;
#[path = "slow/views.rs"]
mod views;

use scenarios::Unplayed;

#[test]
fn the_model_plays_the_scenarios() {
    let (mut played, mut differ) = (0, Vec::new());
    let mut unplayed = std::collections::BTreeMap::<String, Vec<String>>::new();
    for (name, scenario) in scenarios::all() {
        match scenarios::play(&scenario, None) {
            Ok(_) => played += 1,
            Err(Unplayed::Differs(differs)) => differ.push(format!("{name}: {differs}")),
            Err(why) => unplayed.entry(format!("{why:?}")).or_default().push(name),
        }
    }
    println!("{played} played; not: {unplayed:#?}");
    assert!(differ.is_empty(), "{} differ:\n{}", differ.len(), differ.join("\n"));
}
