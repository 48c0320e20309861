//! The public list tells nothing of persons, and names no benefit that few of the line have.

use std::collections::{BTreeMap, BTreeSet};

use kezek::{Register, Rounding};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::checks::{new_events, rested};
use crate::support::story::{Judged, stories};
use crate::support::{cases, filed};

/// All strings and numbers inside a value.
fn scalars(value: &Value) -> Vec<String> {
    match value {
        Value::Object(map) => map.values().flat_map(scalars).collect(),
        Value::Array(items) => items.iter().flat_map(scalars).collect(),
        Value::String(text) => vec![text.clone()],
        Value::Number(number) => vec![number.to_string()],
        Value::Null | Value::Bool(_) => Vec::new(),
    }
}

/// Nothing that tells who somebody is: none of the register's persons, numbers and birth dates.
fn nobody_is_told(register: &Register, list: &Value) -> Judged {
    let told = scalars(list);
    for row in list.as_array().into_iter().flatten() {
        let keys: Vec<&str> = row.as_object().into_iter().flatten().map(|(key, _)| key.as_str()).collect();
        prop_assert_eq!(keys, ["benefit", "has_benefit", "place", "registered_at", "stage"]);
    }
    for filed in filed(register) {
        let secrets = [
            filed.child.iin.reveal(),
            filed.applicant.reveal(),
            filed.number.to_string(),
            filed.child.born.to_string(),
        ];
        for secret in secrets {
            prop_assert!(!told.contains(&secret), "{} is in {}", secret, list);
        }
    }
    Ok(())
}

/// As many have a named benefit as the policy asks for, and a single one is not left without its name.
fn few_are_not_named(policy: &Value, list: &Value) -> Judged {
    let from = policy["public_list"]["benefit_from"].as_u64().unwrap_or(5);
    let mut named: BTreeMap<&str, u64> = BTreeMap::new();
    let mut hides = false;
    for row in list.as_array().into_iter().flatten() {
        match row["benefit"].as_str() {
            Some(benefit) => *named.entry(benefit).or_default() += 1,
            None => hides |= row["has_benefit"] == json!(true),
        }
    }
    prop_assert!(named.values().all(|count| *count >= from), "{:?}, asked for {}", named, from);
    let rows = policy["benefits"].as_array().into_iter().flatten();
    let unnamed: BTreeSet<&str> =
        rows.filter_map(|row| row["id"].as_str()).filter(|id| !named.contains_key(id)).collect();
    prop_assert!(!hides || named.is_empty() || unnamed.len() > 1, "{:?} is told by what is missing", unnamed);
    Ok(())
}

/// Who is many enough is named, but for one benefit at the most: the one that keeps another from being told by
/// what is missing.
fn many_are_named(register: &Register, line: u16, list: &Value) -> Judged {
    let Some(view) = rested(register) else { return Ok(()) };
    let from = register.write(register.policy())["public_list"]["benefit_from"].as_u64().unwrap_or(5);
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for filed in filed(register) {
        let seen = view.application(filed.number).expect("an application");
        if let Some(benefit) = seen.benefit.filter(|_| seen.group_year == line && seen.stage.is_active()) {
            *counts.entry(benefit.to_string()).or_default() += 1;
        }
    }
    let named =
        |benefit: &String| list.as_array().into_iter().flatten().any(|row| row["benefit"] == **benefit);
    let unnamed: Vec<_> =
        counts.iter().filter(|(benefit, count)| **count >= from && !named(benefit)).collect();
    let few = counts.values().filter(|count| **count < from).count();
    prop_assert!(unnamed.is_empty() || (unnamed.len() == 1 && few == 1), "{:?} of {:?}", unnamed, counts);
    Ok(())
}

proptest! {
    #![proptest_config(cases(16))]

    // Privacy, after every step of every story; and what is told is true.
    #[test]
    fn the_public_list_tells_on_nobody(story in stories(), from in 1..4_u16, rounded in any::<bool>()) {
        let mut story = story;
        story.town.policy["public_list"] = json!({"benefit_from": from});
        let rounding = if rounded { Rounding::Day } else { Rounding::Second };
        story.judge(|turn| {
            let Some(view) = rested(turn.after).filter(|_| !new_events(turn).is_empty()) else { return Ok(()) };
            let policy = serde_json::to_value(turn.after.policy()).expect("a policy is JSON");
            let zone = turn.after.policy().zone();
            for line in view.group_years() {
                let rows = view.queue(line, rounding, 0, usize::MAX);
                let list = turn.after.write(&rows);
                nobody_is_told(turn.after, &list)?;
                few_are_not_named(&policy, &list)?;
                many_are_named(turn.after, line, &list)?;
                let exact = view.queue(line, Rounding::Second, 0, usize::MAX);
                for (row, exact) in rows.iter().zip(&exact) {
                    let day = zone.day(exact.registered_at);
                    let shown = if rounded { zone.midnight(day) } else { exact.registered_at };
                    prop_assert_eq!(row.registered_at, shown);
                }
            }
            Ok(())
        })?;
    }
}
