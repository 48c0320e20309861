//! Making a story that failed as short as it can be, so that it can be kept.

use std::sync::Arc;

use kezek::Policy;
use serde_json::{Value, json};

use super::machine::{Reference, judge};
use super::matching::Differs;
use super::story::Told;
use super::town::Town;

/// A failing story as a scenario, and what differs.
type Failing = (String, Differs);

/// Leaves out of a failing story whatever may be left out: steps, then who asked, then values of the policy, until
/// nothing more can. (The state machine has removed steps already, each once, and without the numbers behind them.)
pub(crate) fn shortest(mut begin: Reference, mut story: Vec<Told>) -> Failing {
    let mut failing = judge(&begin, &story, |_| ()).expect_err("a failing story");
    loop {
        let before = failing.0.len();
        for index in (0..story.len()).rev() {
            for other in without_step(&begin, &story, index) {
                if let Err(shorter) = judge(&begin, &other, |_| ()) {
                    (failing, story) = (shorter, other);
                    break;
                }
            }
        }
        for index in 0..story.len() {
            for other in simpler_commands(&story, index) {
                if let Err(shorter) = judge(&begin, &other, |_| ()) {
                    (failing, story) = (shorter, other);
                }
            }
        }
        for other in simpler_towns(&begin) {
            if let Err(shorter) = judge(&other, &story, |_| ()) {
                (failing, begin) = (shorter, other);
                break;
            }
        }
        if failing.0.len() == before {
            return failing;
        }
    }
}

/// Without a step; and, where it published places, with the numbers of the later vacancies one less.
fn without_step(begin: &Reference, story: &[Told], index: usize) -> Vec<Vec<Told>> {
    // Steps may have gone from the end meanwhile.
    if index >= story.len() {
        return Vec::new();
    }
    let mut plain = story.to_vec();
    plain.remove(index);
    let mut renumbered = plain.clone();
    let before = story[..=index].iter().fold(begin.clone(), Reference::told);
    let gone = json!(before.model.vacancies.len());
    for told in &mut renumbered[index..] {
        let vacancy = told.command.as_mut().and_then(|command| command.get_mut("vacancy"));
        if let Some(vacancy) = vacancy.filter(|vacancy| vacancy.as_u64() > gone.as_u64()) {
            *vacancy = json!(vacancy.as_u64().unwrap_or(1) - 1);
        }
    }
    vec![plain, renumbered]
}

/// Without who asked, without a key, without a revision.
fn simpler_commands(story: &[Told], index: usize) -> Vec<Vec<Told>> {
    let without = |keys: &[&str]| {
        let mut other = story.to_vec();
        let command = other[index].command.as_mut().and_then(Value::as_object_mut)?;
        let before = command.len();
        command.retain(|key, _| !keys.contains(&key.as_str()));
        (command.len() < before).then_some(other)
    };
    [&["by", "signature"][..], &["key"][..], &["expected_revision"][..]]
        .into_iter()
        .filter_map(without)
        .collect()
}

/// With one value less that differs from the shipped policy.
fn simpler_towns(begin: &Reference) -> Vec<Reference> {
    let policy = begin.town.policy.as_object().expect("an object");
    let keys = policy.keys().filter(|key| *key != "base").cloned();
    let without = keys.filter_map(|key| {
        let mut town = Town::clone(&begin.town);
        town.policy.as_object_mut()?.remove(&key);
        Policy::from_json(&town.policy).ok()?;
        Some(Reference::new(Arc::new(town), begin.model.fault))
    });
    without.collect()
}
