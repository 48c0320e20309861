//! For every condition of every rule two scenarios that differ in it alone and are answered differently
//! (`tests/pairs/*.json`).
//!
//! A file has `stories` (steps, or the name of a story to go on from), and `pairs`: what `then` is done after a `story`,
//! what it answers, and what it answers `but` for one change. The change is named by its place: `then/at`,
//! `policy/age/until`, `STEP/do/born` (a step of the story by its `note`), or `story` (another one: the same act in
//! another stage; several of either: each beside each). Each of the two must give its own answer, and may not give the other's. In `answers` an event may
//! be given by its type alone.
//!
//! With `KEZEK_PAIRS=folder` they are written there as scenarios, for the other languages.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a failed expectation stops a test"
)]

#[path = "support/runner.rs"]
mod runner;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use runner::{Differs, run_scenario};
use serde_json::{Map, Value, json};

/// Two scenarios, and the answer of each.
struct Pair {
    name: String,
    /// The one place in which they differ.
    but: String,
    rules: Vec<String>,
    one: Value,
    other: Value,
}

#[test]
fn each_condition_flips_the_answer() {
    let pairs = all();
    let wrong: Vec<String> = pairs.iter().filter_map(|pair| pair.check().err()).collect();
    assert!(wrong.is_empty(), "{} of {} pairs:\n{}", wrong.len(), pairs.len(), wrong.join("\n"));
    if let Some(folder) = std::env::var_os("KEZEK_PAIRS").map(PathBuf::from) {
        std::fs::create_dir_all(&folder).expect("a folder");
        for pair in &pairs {
            for (which, scenario) in [("one", &pair.one), ("other", &pair.other)] {
                let path = folder.join(format!("pair-{}-{which}.json", pair.name));
                std::fs::write(path, scenario.to_string()).expect("a file");
            }
        }
    }
}

/// What the scenarios deny, some pair allows but for one change.
#[test]
fn every_denial_that_a_scenario_shows_has_a_pair() {
    let mut met = BTreeSet::new();
    for scenario in files("scenarios") {
        met.extend(scenario.1["steps"].as_array().into_iter().flatten().flat_map(denied));
    }
    for pair in all() {
        for last in
            [&pair.one, &pair.other].into_iter().filter_map(|scenario| scenario["steps"].as_array()?.last())
        {
            for shown in denied(last) {
                met.remove(&shown);
            }
        }
    }
    assert!(met.is_empty(), "no pair for {met:#?}");
}

/// The command of a step, with each code that it must be denied with.
fn denied(step: &Value) -> Vec<(String, String)> {
    let command = step.get("do").or(step.get("check")).and_then(|command| command["type"].as_str());
    let codes = step["expect"]["denials"].as_array().into_iter().flatten();
    let codes =
        codes.map(|denial| denial.as_str().or(denial["code"].as_str()).unwrap_or_default().to_owned());
    command.map_or_else(Vec::new, |command| codes.map(|code| (command.to_owned(), code)).collect())
}

/// A value of a policy that changes no answer need not be one.
#[test]
fn every_value_of_a_policy_has_a_pair() {
    let policy =
        serde_json::to_value(kezek::Policy::named("akmola-2018").expect("it is shipped")).expect("JSON");
    // Merged key by key (wire.md 6); what is in the others is one value.
    let merged = ["age", "terms", "extension", "after_choice_window", "returned_seat"];
    let mut values: BTreeSet<String> = BTreeSet::new();
    for (field, value) in policy.as_object().expect("an object") {
        match value.as_object().filter(|_| merged.contains(&field.as_str())) {
            Some(inner) => values.extend(inner.keys().map(|key| format!("policy/{field}/{key}"))),
            None => drop(values.insert(format!("policy/{field}"))),
        }
    }
    // A name decides nothing, and there is one calendar so far.
    values.retain(|value| value != "policy/name" && value != "policy/calendar");
    let changed: Vec<String> = all().into_iter().map(|pair| pair.but).collect();
    values.retain(|value| !changed.iter().any(|but| but == value || but.starts_with(&format!("{value}/"))));
    assert!(values.is_empty(), "no pair for {values:#?}");
}

/// A rule that the library keeps has a pair, or a reason in `without.json` why it has no condition.
#[test]
fn every_rule_has_a_pair_or_no_condition() {
    let index: Value = read(&root().join("../docs/rules.json"));
    let kept = index.as_array().expect("rules").iter().filter(|rule| rule.get("why").is_none());
    let kept: BTreeSet<&str> = kept.filter_map(|rule| rule["id"].as_str()).collect();
    let without: Value = read(&root().join("pairs/without.json"));
    let without: BTreeSet<&str> = without.as_object().expect("rules").keys().map(String::as_str).collect();
    let pairs = all();
    let paired: BTreeSet<&str> = pairs.iter().flat_map(|pair| &pair.rules).map(String::as_str).collect();
    let missing: Vec<_> =
        kept.iter().filter(|rule| !paired.contains(*rule) && !without.contains(*rule)).collect();
    assert!(missing.is_empty(), "neither a pair nor a reason: {missing:?}");
    let needless: Vec<_> =
        without.iter().filter(|rule| paired.contains(*rule) || !kept.contains(*rule)).collect();
    assert!(needless.is_empty(), "a reason, and a pair too (or no such rule): {needless:?}");
}

impl Pair {
    fn check(&self) -> Result<(), Differs> {
        let told = |which: &str, differs: Differs| format!("{} ({which}): {differs}", self.name);
        run_scenario(&self.one).map_err(|differs| told("as it is", differs))?;
        run_scenario(&self.other).map_err(|differs| told(&format!("but for {}", self.but), differs))?;
        // A question's list need only hold the given items: there the first answer alone can tell the two apart.
        let asks = last(&self.one).get("ask").is_some();
        for (scenario, answer) in
            [(&self.other, &self.one), (&self.one, &self.other)].into_iter().take(if asks { 1 } else { 2 })
        {
            let mut scenario = scenario.clone();
            last_mut(&mut scenario)["expect"] = last(answer)["expect"].clone();
            if run_scenario(&scenario).is_ok() {
                return Err(told("swapped", "the other's answer will do".to_owned()));
            }
        }
        Ok(())
    }
}

/// Every pair of every file.
fn all() -> Vec<Pair> {
    files("pairs")
        .into_iter()
        .filter(|(file, _)| file != "without")
        .flat_map(|(file, of)| pairs(&file, &of))
        .collect()
}

fn pairs(file: &str, of: &Value) -> Vec<Pair> {
    let given = of["pairs"].as_array().unwrap_or_else(|| panic!("{file}: no pairs"));
    let mut pairs = Vec::new();
    for (number, given) in (1..).zip(given) {
        // Each of the one stories beside each of the other ones.
        for story in one_or_many(&given["story"]) {
            for but in one_or_many(&given["but"]["story"]) {
                let mut given = given.clone();
                let mut name = format!("{file}-{number:02}");
                given["story"] = story.clone();
                if let (Some(story), Some(but)) = (story.as_str(), but.as_str()) {
                    name = format!("{name}-{story}-{but}");
                    given["but"]["story"] = but.into();
                }
                pairs.push(pair(&name, of, &given));
            }
        }
    }
    pairs
}

fn one_or_many(value: &Value) -> &[Value] {
    value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice)
}

fn pair(name: &str, of: &Value, given: &Value) -> Pair {
    let known = ["rules", "if", "policy", "story", "then", "but", "answers"];
    let fields = given.as_object().unwrap_or_else(|| panic!("{name}: no object"));
    let unread: Vec<_> = fields.keys().filter(|key| !known.contains(&key.as_str())).collect();
    assert!(unread.is_empty(), "{name}: unread {unread:?}");
    let but: Vec<(&String, &Value)> = given["but"].as_object().into_iter().flatten().collect();
    let [(place, value)] = but[..] else { panic!("{name}: {} changes instead of one", but.len()) };
    let answers = given["answers"].as_array().map(Vec::as_slice).unwrap_or_default();
    let [yes, no] = answers else { panic!("{name}: {} answers instead of two", answers.len()) };

    let title = given["if"].as_str().unwrap_or_else(|| panic!("{name}: no if"));
    let policy = given.get("policy").unwrap_or(&of["policy"]);
    let scenario = |story: &Value, answer: &Value| {
        let mut steps = story_of(name, of, story);
        let mut then = given["then"].clone();
        then["expect"] = spelled(answer);
        steps.push(then);
        json!({ "title": title, "rules": given["rules"], "policy": policy, "steps": steps })
    };
    let mut other = scenario(if place == "story" { value } else { &given["story"] }, no);
    if place != "story" {
        change(&mut other, place, value).unwrap_or_else(|| panic!("{name}: no {place}"));
    }
    let rules = given["rules"].as_array().into_iter().flatten();
    Pair {
        name: name.to_owned(),
        but: place.clone(),
        rules: rules.filter_map(|rule| Some(rule.as_str()?.to_owned())).collect(),
        one: scenario(&given["story"], yes),
        other,
    }
}

/// The steps of a story, those of the stories that it goes on from first.
fn story_of(name: &str, of: &Value, story: &Value) -> Vec<Value> {
    let story = story.as_str().unwrap_or_else(|| panic!("{name}: no story"));
    let steps = of["stories"][story].as_array().unwrap_or_else(|| panic!("{name}: no story {story}"));
    let spread = steps
        .iter()
        .flat_map(|step| if step.is_string() { story_of(name, of, step) } else { vec![step.clone()] });
    spread.collect()
}

/// Events by their types become objects.
fn spelled(answer: &Value) -> Value {
    let mut answer = answer.clone();
    for event in answer.get_mut("events").and_then(Value::as_array_mut).into_iter().flatten() {
        if event.is_string() {
            *event = json!({ "type": event.take() });
        }
    }
    answer
}

/// Changes one place of a scenario.
fn change(scenario: &mut Value, place: &str, to: &Value) -> Option<()> {
    let (first, rest) = place.split_once('/').unwrap_or((place, ""));
    let within = match first {
        "policy" => {
            let policy = scenario.get_mut("policy")?;
            if policy.is_string() && !rest.is_empty() {
                *policy = json!({ "base": policy.take() });
            }
            policy
        }
        "then" => last_mut(scenario),
        note => scenario["steps"].as_array_mut()?.iter_mut().find(|step| step["note"] == note)?,
    };
    let mut at = within;
    for key in rest.split('/').filter(|key| !key.is_empty()) {
        if at.is_array() {
            at = at.get_mut(key.parse::<usize>().ok()?)?;
            continue;
        }
        if at.is_null() {
            *at = Value::Object(Map::new());
        }
        at = at.as_object_mut()?.entry(key).or_insert(Value::Null);
    }
    *at = to.clone();
    Some(())
}

fn last(scenario: &Value) -> &Value {
    scenario["steps"].as_array().and_then(|steps| steps.last()).expect("a step")
}

fn last_mut(scenario: &mut Value) -> &mut Value {
    scenario["steps"].as_array_mut().and_then(|steps| steps.last_mut()).expect("a step")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests")
}

fn read(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The JSON files of a folder by their names.
fn files(folder: &str) -> BTreeMap<String, Value> {
    let entries = std::fs::read_dir(root().join(folder))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path());
    let files = entries.filter(|path| path.extension().is_some_and(|extension| extension == "json"));
    files
        .map(|path| (path.file_stem().expect("a name").to_string_lossy().into_owned(), read(&path)))
        .collect()
}
