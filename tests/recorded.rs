//! Journals and snapshots that earlier versions wrote: every later version makes the same registers of them.
//!
//! `KEZEK_RECORD=v0.1 cargo test -p kezek --test recorded` records the folder of a version that has none yet, from
//! scenarios that together show every event; a folder that exists is never written again.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a failed expectation may stop a test, outside its functions too"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use kezek::{Event, Opening, Policy, Register, Snapshot};
use serde_json::{Map, Value, json};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests")
}

fn read(path: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).expect("a file")).expect("JSON")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// What is remembered of a register beside its journal: its digest and everybody's numbers.
fn told(register: &Register) -> Value {
    let mut positions = Map::new();
    if let Some(now) = register.now() {
        let view = register.at(now).expect("a settled register");
        for event in register.events() {
            if let Some(number) = event.fact.application() {
                let position = view.position(number).expect("an application");
                positions.insert(number.to_string(), serde_json::to_value(position).unwrap());
            }
        }
    }
    json!({"digest": register.digest(), "revision": register.revision(), "positions": positions})
}

#[test]
fn every_version_is_replayed_to_the_same_registers() {
    record_if_asked();
    let mut seen = 0;
    for version in files(&root().join("recorded")) {
        let index = read(&version.join("index.json"));
        for (name, expected) in index.as_object().expect("an index") {
            let journal = std::fs::read_to_string(version.join(format!("{name}.jsonl"))).expect("a journal");
            let events = journal.lines().map(|line| serde_json::from_str::<Event>(line).expect("an event"));
            let replayed = Register::replay(events).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(told(&replayed), *expected, "{}: {name}", version.display());
            let snapshot = version.join(format!("{name}.snapshot.json"));
            if snapshot.exists() {
                let restored = Snapshot::from_json(read(&snapshot)).and_then(Register::restore);
                let restored = restored.unwrap_or_else(|error| panic!("{name}: {error}"));
                assert_eq!(told(&restored), *expected, "{}: {name}, its snapshot", version.display());
            }
            seen += 1;
        }
    }
    assert!(seen > 10, "only {seen} journals");
}

/// The register that a scenario makes, without judging what it expects.
fn played(scenario: &Value) -> Option<Register> {
    let policy = Policy::from_json(&scenario["policy"]).ok()?;
    let mut opening = Opening::new(policy);
    if let Some(prefix) = scenario["prefix"].as_str() {
        opening = opening.prefix(prefix);
    }
    let mut register = opening.open().ok()?;
    for step in scenario["steps"].as_array()? {
        let at = step["at"].as_str()?;
        // Steps that are errors, and questions, leave nothing behind.
        let _ = match step.get("do") {
            Some(command) => register.apply_json(command, at),
            None => register.advance_json(at),
        };
    }
    Some(register)
}

fn record_if_asked() {
    let Ok(version) = std::env::var("KEZEK_RECORD") else { return };
    let folder = root().join("recorded").join(version);
    assert!(!folder.exists(), "{} is recorded already", folder.display());
    std::fs::create_dir_all(&folder).unwrap();
    let mut shown = BTreeSet::new();
    let mut index = BTreeMap::new();
    for path in files(&root().join("scenarios")) {
        let scenario = read(&path);
        let Some(register) = played(&scenario) else { continue };
        // A scenario is recorded that shows an event, or a policy, which none before it has shown.
        let kinds = register.events().iter().map(|event| event.fact.name().to_owned());
        let all: BTreeSet<String> = kinds.chain([format!("policy {}", register.policy().name())]).collect();
        if all.is_subset(&shown) {
            continue;
        }
        shown.extend(all);
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let lines: Vec<String> =
            register.events().iter().map(|event| register.write(event).to_string()).collect();
        std::fs::write(folder.join(format!("{name}.jsonl")), lines.join("\n") + "\n").unwrap();
        if index.len() % 3 == 0 {
            let snapshot = register.write(&register.snapshot());
            std::fs::write(folder.join(format!("{name}.snapshot.json")), snapshot.to_string() + "\n")
                .unwrap();
        }
        index.insert(name, told(&register));
    }
    let index = serde_json::to_string_pretty(&index).unwrap();
    std::fs::write(folder.join("index.json"), index + "\n").unwrap();
}
