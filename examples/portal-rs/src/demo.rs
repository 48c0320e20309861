//! A town to try everything in.

use std::path::Path;

use kezek::{Actor, Command, Moment, Policy, Register, Stage};
use serde_json::{Value, json};

use crate::auth::{Caller, Tokens};
use crate::config::Place;
use crate::settlement::signed;
use crate::store::{Addition, Store};

/// The town of the portals' instructions, and a year around it.
const TOWN: &str = include_str!("../../data/kokshetau-2018.jsonl");
/// What the settlement is called.
const NAME: &str = "demo";

/// Whom one may be.
pub(crate) struct Demo {
    /// The settlement.
    pub(crate) settlement: String,
    /// Rows `{"label","token","actor"}`.
    pub(crate) people: Value,
}

/// A demo that is ready to be served.
pub(crate) struct Town {
    /// The people.
    pub(crate) demo: Demo,
    /// Their tokens.
    pub(crate) tokens: Tokens,
    /// The settlement.
    pub(crate) place: Place,
    /// The moment at which the town stands.
    pub(crate) now: Moment,
}

/// Plays a journal of commands into a database that has no such town yet, or finds the one that is there.
pub(crate) async fn town(journal: &Path, store: &Store) -> Result<Town, String> {
    let policy = Policy::named("akmola-2018").map_err(|error| error.to_string())?;
    let place = Place { id: NAME.to_owned(), policy: policy.clone(), prefix: "UO".to_owned() };
    let known = store.events_after(NAME, 0).await.map_err(|error| error.to_string())?;
    let register = if known.is_empty() {
        let text = if journal.as_os_str() == "-" {
            TOWN.to_owned()
        } else {
            std::fs::read_to_string(journal).map_err(|error| format!("{}: {error}", journal.display()))?
        };
        let register = tokio::task::block_in_place(|| played(&text, policy))?;
        keep(&register, store).await?;
        register
    } else {
        Register::replay(known).map_err(|error| error.to_string())?
    };
    let now = register.now().ok_or("a journal without a moment")?;
    let (people, tokens) = people(&register, now);
    Ok(Town { demo: Demo { settlement: NAME.to_owned(), people }, tokens, place, now })
}

fn played(text: &str, policy: Policy) -> Result<Register, String> {
    let opening = kezek::Opening::new(policy).name(NAME);
    let mut register = opening.open().map_err(|error| error.to_string())?;
    for (line, row) in text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty()) {
        let fault = |error: &dyn std::fmt::Display| format!("line {row}: {error}");
        let step: Value = serde_json::from_str(line).map_err(|error| fault(&error))?;
        let at = step.get("at").and_then(Value::as_str).unwrap_or_default();
        let at: Moment = at.parse().map_err(|error| fault(&error))?;
        let done = match step.get("do") {
            Some(command) => {
                let command = Command::from_json(command).map_err(|error| fault(&error))?;
                register.apply(command, at)
            }
            None => register.advance(at),
        };
        // What the rules deny, people do in every town.
        let _ = done.map_err(|error| fault(&error))?;
    }
    Ok(register)
}

/// Writes the whole town in one transaction. Nobody is told of what happened before the curtain rose.
async fn keep(register: &Register, store: &Store) -> Result<(), String> {
    let mut events = register.events().iter().map(|event| register.write(event).to_string());
    let opened = events.next().unwrap_or_default();
    store.found(NAME, &opened).await.map_err(|error| error.to_string())?;
    let (lock, revision) = store.lock(NAME).await.map_err(|error| error.to_string())?;
    if revision != 1 {
        return Err("somebody else plays in this database".to_owned());
    }
    let addition = Addition { before: signed(1), events: events.collect(), parcels: Vec::new() };
    lock.commit(NAME, &addition).await.map_err(|error| error.to_string())
}

/// A family in each stage, staff, the department, the operator; and somebody who comes for the first time.
fn people(register: &Register, now: Moment) -> (Value, Tokens) {
    let mut tokens = Tokens::default();
    let mut people = Vec::new();
    let mut add = |label: &str, actor: Actor, stage: Option<Stage>| {
        let token = format!("demo-{}", people.len() + 1);
        let stage = stage.map(|stage| kezek::json_value(&stage));
        people.push(
            json!({ "label": label, "token": token, "actor": kezek::json_value(&actor), "stage": stage }),
        );
        tokens.add(&token, Caller { actor, settlements: Some(vec![NAME.to_owned()]) });
    };
    if let Ok(iin) = "p:visitor".parse() {
        add("p:visitor", Actor::Applicant { iin }, None);
    }
    let view = register.at(now).ok();
    let mut shown: Vec<Stage> = Vec::new();
    let mut kindergartens = Vec::new();
    for event in register.events() {
        if let kezek::Fact::Registered { application, applicant, .. } = &event.fact
            && let Some(Ok(application)) = view.map(|view| view.application(application))
            && !shown.contains(&application.stage)
        {
            shown.push(application.stage);
            let label = applicant.reveal();
            add(&label, Actor::Applicant { iin: applicant.clone() }, Some(application.stage));
        }
        if let kezek::Fact::VacancyPublished { kindergarten, .. } = &event.fact
            && !kindergartens.contains(kindergarten)
        {
            kindergartens.push(kindergarten.clone());
        }
    }
    for kindergarten in kindergartens.into_iter().take(6) {
        let label = kindergarten.to_string();
        add(&label, Actor::Staff { kindergartens: vec![kindergarten] }, None);
    }
    add("department", Actor::Department, None);
    add("operator", Actor::Operator { name: "demo".to_owned() }, None);
    (Value::Array(people), tokens)
}
