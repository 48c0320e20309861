//! What the fuzz targets of `fuzz/` do, on a stable compiler: with the bytes that are kept in `fuzz/corpus`, and with
//! some that nobody chose (`KEZEK_FUZZED=100000` tries more). And good scenarios with something wrong in them, as
//! answered here: `KEZEK_SPOILT` names a file for them, so that the other languages can be held against it.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a failed expectation stops a test")]
#![allow(unreachable_pub, reason = "the fuzz targets are another package")]

#[path = "../fuzz/src/deck.rs"]
mod deck;
#[path = "../fuzz/src/edit.rs"]
mod edit;
#[path = "../fuzz/src/journal.rs"]
mod journal;
#[path = "../fuzz/src/story.rs"]
mod story;
#[path = "../fuzz/src/values.rs"]
mod values;
#[path = "../fuzz/src/wire.rs"]
mod wire;

use std::io::Write as _;
use std::path::Path;

use arbitrary::Unstructured;
use kezek::{Error, Opening, Policy, Register};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore as _, SeedableRng as _};
use serde_json::{Value, json};

/// The longest bytes that are tried.
const LONGEST: usize = 1024;

/// How many spoilt scenarios are told to the other languages.
const SPOILT: usize = 500;

/// The same ones on every machine.
fn random(seed: u64) -> impl Iterator<Item = Vec<u8>> {
    let mut luck = ChaCha8Rng::seed_from_u64(seed);
    std::iter::from_fn(move || {
        let length = usize::try_from(luck.next_u32()).expect("a length") % LONGEST;
        let mut bytes = vec![0; length];
        luck.fill_bytes(&mut bytes);
        Some(bytes)
    })
}

fn tried(target: &str, run: fn(&[u8])) {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus").join(target);
    let mut count = 0;
    for entry in std::fs::read_dir(&kept).expect("a corpus") {
        run(&std::fs::read(entry.expect("an entry").path()).expect("bytes"));
        count += 1;
    }
    assert!(count > 0, "{} is empty", kept.display());
    let more = std::env::var("KEZEK_FUZZED").ok().and_then(|more| more.parse().ok()).unwrap_or(200);
    random(2018).take(more).for_each(|bytes| run(&bytes));
}

#[test]
fn sequences_of_commands() {
    tried("apply", story::apply);
}

#[test]
fn policies() {
    tried("policy", wire::policy);
}

#[test]
fn packed_bytes_snapshots_and_journals() {
    tried("bytes", journal::bytes);
}

#[test]
fn cards() {
    tried("card", wire::card);
}

#[test]
fn scenarios() {
    tried("scenario", wire::scenario);
}

#[test]
fn single_values() {
    tried("values", values::values);
}

#[test]
fn instants_and_terms() {
    tried("instants", values::instants);
}

/// Good scenarios with something wrong in them, and how each step was answered.
#[test]
fn spoilt_scenarios() {
    let told: Vec<Value> = random(2019)
        .filter_map(|bytes| wire::spoilt(&mut Unstructured::new(&bytes)).ok())
        .filter(|spoilt| exact(spoilt) && spoilt["steps"].is_array())
        .take(SPOILT)
        .map(|spoilt| answered(&spoilt))
        .collect();
    let count = |what: &str| {
        let answers = told.iter().flat_map(|one| one["answers"].as_array().into_iter().flatten());
        answers.filter(|answer| answer.get(what).is_some()).count()
    };
    assert!(count("error") > 300 && count("digest") > 300, "both happen");
    if let Some(path) = std::env::var_os("KEZEK_SPOILT") {
        let mut file = std::fs::File::create(path).expect("a file");
        told.iter().for_each(|one| writeln!(file, "{one}").expect("a line"));
    }
}

/// Whether every number in it is one for JavaScript, too.
fn exact(value: &Value) -> bool {
    match value {
        Value::Array(list) => list.iter().all(exact),
        Value::Object(map) => map.values().all(exact),
        Value::Number(number) => number.as_i64().is_some_and(|number| number.unsigned_abs() < 1 << 53),
        Value::Null | Value::Bool(_) | Value::String(_) => true,
    }
}

fn answered(spoilt: &Value) -> Value {
    let prefix = spoilt["prefix"].as_str().unwrap_or("UO");
    let mut told = json!({"policy": spoilt["policy"], "prefix": prefix});
    let opened =
        Policy::from_json(&spoilt["policy"]).and_then(|policy| Opening::new(policy).prefix(prefix).open());
    match opened {
        Err(error) => told["refused"] = refusal(&error),
        Ok(mut register) => {
            let steps = spoilt["steps"].as_array().into_iter().flatten().filter_map(asked);
            let (steps, answers): (Vec<Value>, Vec<Value>) =
                steps.map(|step| (step.clone(), answer(&mut register, &step))).unzip();
            told["steps"] = json!(steps);
            told["answers"] = json!(answers);
        }
    }
    told
}

/// What a step asks for, where it is one.
fn asked(step: &Value) -> Option<Value> {
    let at = step["at"].as_str()?;
    let kind = ["do", "check", "ask", "advance"].into_iter().find(|kind| step.get(kind).is_some())?;
    Some(json!({"at": at, kind: step[kind]}))
}

fn answer(register: &mut Register, step: &Value) -> Value {
    let at = step["at"].as_str().unwrap_or_default();
    let answer = if step.get("do").is_some() {
        register.apply_json(&step["do"], at).map(|outcome| json!({"denials": outcome["denials"]}))
    } else if step.get("check").is_some() {
        register.check_json(&step["check"], at)
    } else if step.get("ask").is_some() {
        register.ask_json(&step["ask"], at).map(|answer| json!({ "answer": answer }))
    } else {
        register.advance_json(at).map(|_| json!({}))
    };
    match answer {
        Err(error) => json!({"error": refusal(&error)}),
        Ok(mut answer) => {
            answer["digest"] = json!(register.digest());
            answer
        }
    }
}

fn refusal(error: &Error) -> Value {
    json!({"code": error.code().as_str(), "path": error.path()})
}
