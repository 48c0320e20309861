//! The model as a reference state machine, the core beside it: the same is told to both, and they must say the same.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use kezek::{Opening, Policy, Register};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestError, TestRunner};
use proptest_state_machine::Sequential;
use serde_json::{Value, json};

use super::laws::{Walked, same_register, sound};
use super::luck::Luck;
use super::matching::{Differs, equal, matches, same_events};
use super::model::{Fault, Model, rfc};
use super::shorten::shortest;
use super::story::{Told, told};
use super::town::{Town, towns};
use super::views::{Code, Outcome};

/// How the model stands, and what it said last.
#[derive(Clone, Debug)]
pub(crate) struct Reference {
    pub(crate) town: Arc<Town>,
    pub(crate) model: Model,
    pub(crate) said: Result<Outcome, Code>,
}

impl Reference {
    pub(crate) fn new(town: Arc<Town>, fault: Option<Fault>) -> Reference {
        let policy = super::scenarios::whole(&town.policy).expect("a legal policy");
        let model = Model::new(&policy, "UO", fault);
        Reference { town, model, said: Ok(Outcome::default()) }
    }

    pub(crate) fn told(mut self, told: &Told) -> Reference {
        self.said = match &told.command {
            Some(command) => self.model.apply(command, told.at),
            None => self.model.advance(told.at),
        };
        self
    }
}

/// Where core and model disagree: the story as a scenario, which expects what the model said, and what differed.
pub(crate) struct Disagreement {
    pub(crate) path: PathBuf,
    pub(crate) differs: Differs,
}

/// What the stories met: how many steps, and how often each event and each denial.
#[derive(Debug, Default)]
pub(crate) struct Met {
    pub(crate) steps: usize,
    pub(crate) words: BTreeMap<String, usize>,
}

impl Met {
    fn count(&mut self, said: &Result<Outcome, Code>) {
        self.steps += 1;
        let words: Vec<String> = match said {
            Err(code) => vec![(*code).to_owned()],
            Ok(outcome) => {
                let events = outcome.events.iter().filter_map(|event| event["type"].as_str());
                events.chain(outcome.denials.iter().copied()).map(str::to_owned).collect()
            }
        };
        for word in words {
            *self.words.entry(word).or_default() += 1;
        }
    }
}

/// Tells random stories to both, and answers what they met. When they disagree the shortest story found
/// is written as a scenario.
pub(crate) fn compare(name: &str, cases: u32, fault: Option<Fault>) -> Result<Met, Disagreement> {
    let config = Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 3_000,
        ..Config::with_source_file("tests/slow/machine.rs")
    };
    let stories = Sequential::new(
        (10..=70).into(),
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
    let met = RefCell::new(Met::default());
    let judged = TestRunner::new(config).run(&stories, |(begin, story, seen)| {
        let judged = judge(&begin, &story, |said| {
            met.borrow_mut().count(said);
            // The state machine leaves out first what was never told.
            if let Some(seen) = &seen {
                seen.fetch_add(1, Ordering::SeqCst);
            }
        });
        judged.map_err(|(_, differs)| TestCaseError::fail(differs))
    });
    match judged {
        Ok(()) => Ok(met.into_inner()),
        Err(TestError::Fail(_, (begin, story, _))) => {
            let (scenario, differs) = shortest(begin, story);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder of failing stories");
            std::fs::write(&path, scenario).expect("the failing story is written");
            Err(Disagreement { path, differs })
        }
        Err(TestError::Abort(reason)) => panic!("no stories: {reason}"),
    }
}

/// Beside the other products of a build.
fn failing(name: &str) -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../target")), PathBuf::from);
    target.join("failing").join(format!("{name}.json"))
}

/// Tells a story to both; a disagreement comes with the story as a scenario.
pub(crate) fn judge(
    begin: &Reference,
    story: &[Told],
    mut told_one: impl FnMut(&Result<Outcome, Code>),
) -> Result<(), (String, Differs)> {
    let policy = Policy::from_json(&begin.town.policy).expect("a legal policy");
    let mut register = Opening::new(policy).open().expect("a register");
    let mut walked = Walked(register.clone());
    let mut reference = begin.clone();
    let mut steps = Vec::new();
    for told in story {
        reference = reference.told(told);
        told_one(&reference.said);
        steps.push(step(told, &reference.said));
        let said = tell(&mut register, told);
        let judged = same_answer(&reference.said, &said)
            .and_then(|()| same_views(&reference.model, &register, told, &mut steps))
            .and_then(|()| walked.tell(told, &said))
            .and_then(|()| sound(&reference.model));
        if let Err(differs) = judged {
            return Err((scenario(&reference.town, &steps, &differs), differs));
        }
    }
    same_register(&register, &walked)
        .map_err(|differs| (scenario(&reference.town, &steps, &differs), differs))
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
        let mut found =
            register.ask_json(&question, &rfc(now)).map_err(|error| format!("{question}: {error}"))?;
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

/// Plays a scenario on the core; the number of the first step at which it says something else, from 1.
pub(crate) fn replayed(scenario: &Value) -> Result<(), (usize, Differs)> {
    let policy = Policy::from_json(&scenario["policy"]).expect("a legal policy");
    let mut register = Opening::new(policy).open().expect("a register");
    let steps = scenario["steps"].as_array().expect("steps");
    for (number, step) in (1..).zip(steps) {
        let at = step["at"].as_str().expect("a moment");
        let expect = &step["expect"];
        let judged = match (step.get("do").or(step.get("check")), step.get("ask")) {
            (Some(command), _) if step.get("check").is_some() => {
                let said = register.advance_json(at).and_then(|_| register.check_json(command, at));
                expected(expect, said.map_err(|error| error.code().as_str()))
            }
            (_, Some(question)) => {
                let found = register.ask_json(question, at).map_err(|error| error.to_string());
                found.and_then(|found| matches(expect, &found))
            }
            (command, None) => {
                let said = match command {
                    Some(command) => register.apply_json(command, at),
                    None => register.advance_json(at),
                };
                expected(expect, said.map_err(|error| error.code().as_str()))
            }
        };
        judged.map_err(|differs| (number, differs))?;
    }
    Ok(())
}

fn expected(expect: &Value, said: Result<Value, Code>) -> Result<(), Differs> {
    let none = Vec::new();
    let said = match (expect["error"].as_str(), said) {
        (Some(code), Err(found)) => return equal("the error", &code, &found),
        (Some(code), Ok(found)) => return Err(format!("expected {code}, found {found}")),
        (None, Err(code)) => return Err(format!("the error {code}")),
        (None, Ok(said)) => said,
    };
    let codes = |list: &[Value]| -> Vec<Value> {
        list.iter().map(|denial| denial.get("code").unwrap_or(denial).clone()).collect()
    };
    let list = |value: &Value, key: &str| value[key].as_array().unwrap_or(&none).clone();
    equal("the denials", &codes(&list(expect, "denials")), &codes(&list(&said, "denials")))?;
    same_events(&list(expect, "events"), &list(&said, "events"))
}
