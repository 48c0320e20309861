//! The scenarios of `tests/scenarios`, played by the model.

use std::path::Path;

use kezek::Policy;
use serde_json::{Map, Value};

use super::matching::{Differs, equal, matches, same_events};
use super::model::{Fault, Model};
use super::views::{Code, Outcome, instant};

/// Views that the model does not have: questions for them are passed over, the rest of the scenario is played.
pub(crate) const NO_VIEWS: [(&str, &str); 13] = [
    ("archive", "a list of what `application` says"),
    ("buttons", "what `permissions` allows, in the portal's words"),
    ("card", "another door of the core, held against the register by tests/laws"),
    ("deadlines", "the model knows the next moment, not what each of them brings about"),
    ("documents", "papers, no rule"),
    ("explain_position", "told from the history, held against `position` by tests/laws"),
    ("forecast", "statistics, no rule"),
    ("form", "what is typed, before it is a command"),
    ("history", "the journal as it is"),
    ("messages", "words"),
    ("overrides", "told from the history"),
    ("permissions", "each denial of them is a denial of a command"),
    ("preview_policy", "two registers, compared"),
];

/// Scenarios that the model does not play, and why.
pub(crate) const NOT_PLAYED: [(&str, &str); 14] = [
    ("o04-invalid-policy-same-time-first-day", REFUSED),
    ("o13-invalid-policy-lists-every-fault", REFUSED),
    ("o30-invalid-categories-without-a-rank", REFUSED),
    ("o30-invalid-order-interest-and-reminders", REFUSED),
    ("o30-invalid-policy-without-a-base", REFUSED),
    ("o30-unknown-policy", REFUSED),
    ("public-list-a-rare-benefit-has-no-name", PUBLIC_LIST),
    ("public-list-another-number-by-policy", PUBLIC_LIST),
    ("public-list-each-line-by-itself", PUBLIC_LIST),
    ("public-list-invalid-unknown-key", REFUSED),
    ("public-list-invalid-zero", REFUSED),
    ("public-list-nothing-told-by-what-is-missing", PUBLIC_LIST),
    ("public-list-rounded-to-the-day", PUBLIC_LIST),
    ("r26-queue-view", PUBLIC_LIST),
];

const REFUSED: &str = "its policy must be refused, and the model reads legal ones";
const PUBLIC_LIST: &str = "what `public_list` leaves out of `queue` is not said in wire.md";

/// Why a scenario was not played to its end.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Unplayed {
    /// A command or a view that the model does not know.
    Unknown(String),
    /// The policy must be refused: the model reads whole, legal policies.
    Refused,
    Differs(Differs),
}

/// All scenarios by name.
pub(crate) fn all() -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/scenarios");
    let mut all: Vec<(String, Value)> = std::fs::read_dir(folder)
        .expect("the scenarios")
        .map(|entry| entry.expect("an entry").path())
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("a text");
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            (name, serde_json::from_str(&text).expect("JSON"))
        })
        .collect();
    all.sort_by(|one, other| one.0.cmp(&other.0));
    all
}

/// The whole policy of a scenario, as JSON.
pub(crate) fn whole(policy: &Value) -> Option<Value> {
    let policy = Policy::from_json(policy).ok()?;
    Some(serde_json::to_value(policy).expect("a policy is JSON"))
}

/// Plays a scenario to its end.
pub(crate) fn play(scenario: &Value, fault: Option<Fault>) -> Result<(), Unplayed> {
    let steps = scenario["steps"].as_array().ok_or(Unplayed::Refused)?;
    let policy = whole(&scenario["policy"]).ok_or(Unplayed::Refused)?;
    let mut model = Model::new(&policy, scenario["prefix"].as_str().unwrap_or("UO"), fault);
    for (number, step) in (1..).zip(steps) {
        play_step(&mut model, step).map_err(|unplayed| match unplayed {
            Unplayed::Differs(differs) => {
                Unplayed::Differs(format!("step {number} at {}: {differs}", step["at"]))
            }
            other => other,
        })?;
    }
    Ok(())
}

fn play_step(model: &mut Model, step: &Value) -> Result<(), Unplayed> {
    let none = Value::Object(Map::new());
    let expect = step.get("expect").unwrap_or(&none);
    // Unreadable input changes nothing, and the model reads only what is readable.
    if ["malformed", "unknown_policy", "invalid_policy"].iter().any(|code| expect["error"] == *code) {
        return Ok(());
    }
    if let Some(command) = step.get("do").or(step.get("check")) {
        let kind = command["type"].as_str().unwrap_or_default();
        if !COMMANDS.contains(&kind) {
            return Err(Unplayed::Unknown(kind.to_owned()));
        }
    }
    let at = instant(step["at"].as_str().unwrap_or_default())
        .map_err(|code| Unplayed::Differs(code.to_owned()))?;
    if let Some(command) = step.get("do") {
        return told(expect, model.apply(command, at));
    }
    let looked = model.advance(at);
    if let (Some(command), Ok(_)) = (step.get("check"), &looked) {
        let denials = model.denials(command, at);
        return told(expect, Ok(Outcome { events: Vec::new(), denials }));
    }
    let (Some(question), Ok(_)) = (step.get("ask"), &looked) else { return told(expect, looked) };
    let view = question["view"].as_str().unwrap_or_default();
    if NO_VIEWS.iter().any(|(known, _)| *known == view) {
        return Ok(());
    }
    let answer = model.ask(question).ok_or_else(|| Unplayed::Unknown(view.to_owned()))?;
    let mut expect = expect.clone();
    if let ("next_deadline", Some(expect)) = (view, expect.as_object_mut()) {
        // Whose it is and what it brings about is more than the model says.
        expect.retain(|key, _| key == "at");
    }
    match (expect["error"].as_str(), answer) {
        (Some(code), Err(found)) => equal("the error", &code, &found).map_err(Unplayed::Differs),
        (Some(code), Ok(found)) => Err(Unplayed::Differs(format!("expected {code}, found {found}"))),
        (None, Err(code)) => Err(Unplayed::Differs(format!("the error {code}"))),
        (None, Ok(found)) => matches(&expect, &found)
            .map_err(|differs| Unplayed::Differs(format!("{differs}\nanswer: {found}"))),
    }
}

/// Compares what a step expects with what the model said.
fn told(expect: &Value, outcome: Result<Outcome, Code>) -> Result<(), Unplayed> {
    let wanted: Vec<&str> = expect["denials"]
        .as_array()
        .map_or(Vec::new(), |codes| codes.iter().filter_map(Value::as_str).collect());
    let judged = match (expect["error"].as_str(), outcome) {
        (Some(code), Err(found)) => equal("the error", &code, &found),
        (Some(code), Ok(found)) => Err(format!("expected {code}, found {found:?}")),
        (None, Err(code)) => Err(format!("the error {code}")),
        (None, Ok(found)) => {
            equal("the denials", &wanted, &found.denials).and_then(|()| match expect["events"].as_array() {
                Some(wanted) => same_events(wanted, &found.events),
                None => Ok(()),
            })
        }
    };
    judged.map_err(Unplayed::Differs)
}

/// What the model can be told.
pub(crate) const COMMANDS: [&str; 31] = [
    "submit",
    "change_benefit",
    "confirm_interest",
    "link_parent",
    "withdraw",
    "pass_turn",
    "publish_vacancy",
    "choose",
    "extend_referral",
    "recall_referral",
    "record_visit",
    "prove_benefit",
    "accept",
    "refuse",
    "uphold_refusal",
    "overturn_refusal",
    "mark_departure",
    "withdraw_places",
    "reinstate",
    "issue_referral",
    "void_referral",
    "void_enrolment",
    "void_departure",
    "correct",
    "move_out",
    "unlink_parent",
    "import",
    "change_policy",
    "change_calendar",
    "pause",
    "resume",
];
