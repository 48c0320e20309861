//! The model as a reference state machine, the core beside it: the same is told to both, and they must say the same.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use kezek::{Opening, Policy, Register};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestError, TestRunner};
use proptest_state_machine::Sequential;
use serde_json::{Value, json};

use super::luck::Luck;
use super::matching::{Differs, equal, matches, same_events};
use super::model::{Fault, Model, rfc};
use super::story::{Told, told};
use super::town::{Town, towns};
use super::views::{Code, Outcome};

/// How the model stands, and what it said last.
#[derive(Clone, Debug)]
pub(crate) struct Reference {
    town: Arc<Town>,
    model: Model,
    said: Result<Outcome, Code>,
}

impl Reference {
    fn new(town: Arc<Town>, fault: Option<Fault>) -> Reference {
        let policy = super::scenarios::whole(&town.policy).expect("a legal policy");
        let model = Model::new(&policy, "UO", fault);
        Reference { town, model, said: Ok(Outcome::default()) }
    }

    fn told(mut self, told: &Told) -> Reference {
        self.said = match &told.command {
            Some(command) => self.model.apply(command, told.at),
            None => self.model.advance(told.at),
        };
        self
    }
}

/// The steps on which core and model agreed.
pub(crate) static AGREED: AtomicUsize = AtomicUsize::new(0);

/// Tells random stories to both. When they disagree the shortest story found is written as a scenario, which expects
/// what the model said; answers its path, and what differed.
pub(crate) fn compare(name: &str, cases: u32, fault: Option<Fault>) -> Result<(), (PathBuf, Differs)> {
    let config = Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 3_000,
        ..Config::with_source_file("tests/slow/machine.rs")
    };
    let stories = Sequential::new(
        (10..=60).into(),
        move || towns().prop_map(move |town| Reference::new(town, fault)).boxed(),
        |state: &Reference, told: &Told| state.model.now.is_none_or(|now| now <= told.at),
        |state: &Reference| {
            let state = state.clone();
            any::<u64>()
                .no_shrink()
                .prop_map(move |luck| told(&state.model, &state.town, &mut Luck(luck)))
                .boxed()
        },
        Reference::told,
    );
    let path = failing(name);
    let judged = TestRunner::new(config).run(&stories, |(begin, story, seen)| {
        judge(&begin, &story, seen.as_deref()).map_err(|(_, differs)| TestCaseError::fail(differs))
    });
    match judged {
        Ok(()) => Ok(()),
        Err(TestError::Fail(_, (begin, story, _))) => {
            let (scenario, differs) = shorter(begin, story);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder of failing stories");
            std::fs::write(&path, scenario).expect("the failing story is written");
            Err((path, differs))
        }
        Err(TestError::Abort(reason)) => panic!("no stories: {reason}"),
    }
}

/// Leaves out of a failing story whatever may be left out: steps, then who asked, then values of the policy, until
/// nothing more can.
fn shorter(mut begin: Reference, mut story: Vec<Told>) -> (String, Differs) {
    let mut shortest = judge(&begin, &story, None).expect_err("a failing story");
    loop {
        let before = (shortest.0.len(), story.len());
        for left_out in (0..story.len()).rev() {
            let mut other = story.clone();
            other.remove(left_out);
            if let Err(found) = judge(&begin, &other, None) {
                (shortest, story) = (found, other);
            }
        }
        for index in 0..story.len() {
            for key in ["by", "key", "expected_revision"] {
                let mut other = story.clone();
                let Some(command) = other[index].command.as_mut().and_then(Value::as_object_mut) else { continue };
                if key == "by" {
                    command.remove("signature");
                }
                command.remove(key);
                if let Err(found) = judge(&begin, &other, None) {
                    (shortest, story) = (found, other);
                }
            }
        }
        let keys: Vec<String> = begin.town.policy.as_object().expect("an object").keys().cloned().collect();
        for key in keys.iter().filter(|key| *key != "base") {
            let mut town = Town::clone(&begin.town);
            town.policy.as_object_mut().expect("an object").remove(key);
            if Policy::from_json(&town.policy).is_ok() {
                let other = Reference::new(Arc::new(town), begin.model.fault);
                if let Err(found) = judge(&other, &story, None) {
                    (shortest, begin) = (found, other);
                }
            }
        }
        if before == (shortest.0.len(), story.len()) {
            return shortest;
        }
    }
}

/// Beside the other products of a build.
fn failing(name: &str) -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../target")),
        PathBuf::from,
    );
    target.join("failing").join(format!("{name}.json"))
}

/// Tells a story to both; a disagreement comes with the story as a scenario.
fn judge(begin: &Reference, story: &[Told], seen: Option<&AtomicUsize>) -> Result<(), (String, Differs)> {
    let policy = Policy::from_json(&begin.town.policy).expect("a legal policy");
    let mut register = Opening::new(policy).open().expect("a register");
    let mut reference = begin.clone();
    let mut steps = Vec::new();
    for told in story {
        if let Some(seen) = seen {
            seen.fetch_add(1, Ordering::SeqCst);
        }
        reference = reference.told(told);
        steps.push(step(told, &reference.said));
        let judged = same_answer(&reference.said, &tell(&mut register, told))
            .and_then(|()| same_views(&reference.model, &register, told, &mut steps));
        if let Err(differs) = judged {
            return Err((scenario(&reference.town, &steps, &differs), differs));
        }
        AGREED.fetch_add(1, Ordering::Relaxed);
    }
    Ok(())
}

fn tell(register: &mut Register, told: &Told) -> Result<Value, Code> {
    let at = rfc(told.at);
    let said = match &told.command {
        Some(command) => register.apply_json(command, &at),
        None => register.advance_json(&at),
    };
    said.map_err(|error| error.code().as_str())
}

fn same_answer(model: &Result<Outcome, Code>, core: &Result<Value, Code>) -> Result<(), Differs> {
    let (model, core) = match (model, core) {
        (Ok(model), Ok(core)) => (model, core),
        (Err(model), Err(core)) => return equal("the error", model, core),
        (model, core) => return Err(format!("the model says {model:?}, the core {core:?}")),
    };
    let codes = core["denials"].as_array().into_iter().flatten().filter_map(|denial| denial["code"].as_str());
    equal("the denials", &model.denials, &codes.collect::<Vec<_>>())?;
    let events = core["events"].as_array().map_or(&[][..], Vec::as_slice);
    same_events(&model.events, events)?;
    // Law 9: every event names one rule.
    let rule = |event: &&Value| !event["rule"].as_str().is_some_and(|rule| rule.starts_with(['R', 'O', 'F']));
    match events.iter().find(rule) {
        Some(event) => Err(format!("an event without a rule: {event}")),
        None => Ok(()),
    }
}

/// Every stage, every number, every free place, and what is due next. The question on which they differ becomes the
/// last step.
fn same_views(
    model: &Model,
    register: &Register,
    told: &Told,
    steps: &mut Vec<Value>,
) -> Result<(), Differs> {
    let Some(now) = model.now else { return Ok(()) };
    let mut questions = vec![json!({"view": "vacancies"}), json!({"view": "next_deadline"})];
    for one in &model.applications {
        questions.push(json!({"view": "application", "application": one.number}));
        questions.push(json!({"view": "position", "application": one.number}));
    }
    for question in questions {
        let wanted = model.ask(&question).expect("a view that the model knows").expect("it is there");
        let mut found = register.ask_json(&question, &rfc(now)).map_err(|error| format!("{question}: {error}"))?;
        let wanted = match (question["view"].as_str(), &wanted) {
            // Which of several deadlines of one moment is named first is not judged.
            (Some("next_deadline"), Value::Object(due)) => json!({"at": due["at"]}),
            _ => wanted,
        };
        if wanted.is_null() != found.is_null() {
            found = json!({ "answer": found });
        }
        if let Err(differs) = matches(&wanted, &found) {
            let at = rfc(told.at.max(now));
            steps.push(json!({"at": at, "ask": question, "expect": wanted}));
            return Err(format!("{question}: {differs}\nthe model says {wanted}\nthe core says {found}"));
        }
    }
    Ok(())
}

/// A step of a scenario (wire.md 7), with what the model said.
fn step(told: &Told, said: &Result<Outcome, Code>) -> Value {
    let expect = match said {
        Err(code) => json!({ "error": code }),
        Ok(outcome) => {
            let events = outcome.events.iter().map(|event| {
                let mut event = event.clone();
                if let Some(event) = event.as_object_mut() {
                    event.remove("cause");
                }
                event
            });
            let events: Vec<Value> = events.collect();
            match outcome.denials.is_empty() {
                true => json!({ "events": events }),
                false => json!({"events": events, "denials": outcome.denials}),
            }
        }
    };
    match &told.command {
        Some(command) => json!({"at": rfc(told.at), "do": command, "expect": expect}),
        None => json!({"at": rfc(told.at), "advance": true, "expect": expect}),
    }
}

fn scenario(town: &Town, steps: &[Value], differs: &str) -> String {
    let title = "Where the core and the plain slow model disagree";
    let note = format!("the core: {}", differs.lines().next().unwrap_or_default());
    let steps: Vec<String> = steps.iter().map(|step| format!("  {step}")).collect();
    format!(
        "{{\n \"title\":{},\n \"rules\":[],\n \"note\":{},\n \"policy\":{},\n \"steps\":[\n{}]}}\n",
        json!(title),
        json!(note),
        town.policy,
        steps.join(",\n")
    )
}
