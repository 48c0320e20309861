//! The settlement, and what can be done there.

use std::collections::BTreeSet;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex};

use kezek::{Command, Moment, Opening, Policy, Register, Zone};
use serde_json::{Value, json};
use stateright::{Model, Property};

use super::claims::CLAIMS;
use super::seen::{Lie, Seen};

/// So many families and places, under a policy.
pub(crate) struct Town {
    pub(crate) policy: Value,
    pub(crate) children: usize,
    /// How many applications they file in all: whoever left may come back.
    pub(crate) applications: usize,
    /// How many referrals an application is given at the most.
    pub(crate) referrals: u64,
    /// Published one by one, each a vacancy of its own.
    pub(crate) places: usize,
    /// How often time jumps to the next deadline.
    pub(crate) jumps: u8,
    /// Whether it also goes to the second before.
    pub(crate) just_before: bool,
    /// What is told wrongly of it, if anything.
    pub(crate) lie: Option<Lie>,
    /// The stages, commands and events that the search has come to.
    pub(crate) met: Mutex<BTreeSet<String>>,
}

/// What somebody does, or that time goes by.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Step {
    Do(Value),
    /// To the next deadline.
    Jump,
    /// To the second before it.
    JustBefore,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Do(command) => write!(f, "{command}"),
            Step::Jump => f.write_str("the next deadline"),
            Step::JustBefore => f.write_str("the second before the next deadline"),
        }
    }
}

/// The settlement at a moment.
#[derive(Clone)]
pub(crate) struct State {
    register: Register,
    now: Moment,
    jumped: u8,
    pub(crate) seen: Arc<Seen>,
}

// Alike is what will act alike.
impl PartialEq for State {
    fn eq(&self, other: &State) -> bool {
        (self.now, self.jumped, &self.seen.key) == (other.now, other.jumped, &other.seen.key)
    }
}

impl Hash for State {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.now, self.jumped, &self.seen.key).hash(state);
    }
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.now, self.seen.key)
    }
}

impl Town {
    fn meet(&self, words: impl IntoIterator<Item = String>) {
        self.met.lock().expect("nobody failed").extend(words);
    }

    fn state(&self, register: Register, now: Moment, jumped: u8, agrees: Result<(), String>) -> State {
        let seen = Seen::of(&register, now, agrees, self.lie);
        State { register, now, jumped, seen: Arc::new(seen) }
    }

    /// All that could be said to the register, whether it does it or not.
    fn commands(&self, seen: &Seen) -> Vec<Value> {
        let mut commands = Vec::new();
        // Children differ in nothing but their names: who comes first is the first, whoever it is.
        for child in 1..=self.children.min(seen.children() + 1) {
            if seen.applications().len() < self.applications {
                commands.push(json!({
                    "type": "submit", "applicant": format!("p:parent-{child}"),
                    "child": {"iin": format!("p:child-{child}"), "born": "2015-02-02"},
                }));
            }
        }
        if seen.vacancies() < self.places {
            commands.push(json!({
                "type": "publish_vacancy", "kindergarten": "bobek", "group_year": 2015, "language": "kk", "places": 1,
            }));
        }
        for application in seen.numbers() {
            for vacancy in 1..=seen.vacancies() {
                commands.push(json!({"type": "choose", "application": application, "vacancy": vacancy}));
            }
            let simple =
                ["withdraw", "pass_turn", "record_visit", "accept", "uphold_refusal", "overturn_refusal"];
            commands.extend(simple.map(|name| json!({"type": name, "application": application})));
            let reasons = ["recall_referral", "refuse"];
            commands.extend(
                reasons.map(|name| json!({"type": name, "application": application, "reason": "why"})),
            );
            let date = self.today(seen);
            commands.push(json!({
                "type": "mark_departure", "application": application, "date": date, "reason": "moved",
            }));
        }
        commands
    }

    fn today(&self, seen: &Seen) -> String {
        seen.now.in_zone(Zone::Almaty).to_string()[..10].to_owned()
    }
}

impl Model for Town {
    type State = State;
    type Action = Step;

    fn init_states(&self) -> Vec<State> {
        let policy = Policy::from_json(&self.policy).expect("a legal policy");
        let register = Opening::new(policy).open().expect("a register");
        let now = "2018-01-15T09:00:00+06:00".parse().expect("an instant");
        vec![self.state(register, now, 0, Ok(()))]
    }

    fn actions(&self, state: &State, steps: &mut Vec<Step>) {
        steps.extend(self.commands(&state.seen).into_iter().map(Step::Do));
        if state.jumped < self.jumps && state.register.next_deadline().is_some() {
            steps.push(Step::Jump);
            if self.just_before {
                steps.push(Step::JustBefore);
            }
        }
    }

    fn next_state(&self, state: &State, step: Step) -> Option<State> {
        let mut register = state.register.clone();
        let (now, jumped) = match step {
            Step::Do(_) => (state.now, state.jumped),
            Step::Jump => (register.next_deadline()?.at, state.jumped + 1),
            Step::JustBefore => (register.next_deadline()?.at.plus_seconds(-1), state.jumped),
        };
        if now < state.now {
            return None;
        }
        let outcome = match &step {
            Step::Do(command) => {
                let name = command["type"].as_str().expect("a command");
                let command = Command::from_json(command).expect("a command");
                // Law 4: check and apply agree. Law 3: what is denied changes nothing.
                let checked = register.check(command.clone(), now).expect("nothing is due");
                let outcome = register.apply(command, now).expect("a command");
                let how = if outcome.denials.is_empty() { "done" } else { "denied" };
                self.meet([format!("{how} {name}")]);
                if checked != outcome.denials {
                    let differs = format!("check says {checked:?}, apply {:?}", outcome.denials);
                    return Some(self.state(register, now, jumped, Err(differs)));
                }
                if !outcome.denials.is_empty() {
                    let same = outcome.events.is_empty() && register.revision() == state.register.revision();
                    let changed = || Err("a denied command changed something".to_owned());
                    return (!same).then(|| self.state(register, now, jumped, changed()));
                }
                outcome
            }
            Step::Jump | Step::JustBefore => register.advance(now).expect("time goes on"),
        };
        self.meet(outcome.events.iter().map(|event| event.fact.name().to_owned()));
        // Law 2: taken back is as before.
        let mut back = register.clone();
        let is_back = back.rollback() && Seen::key_of(&back) == state.seen.key;
        let agrees = if is_back { Ok(()) } else { Err("what was taken back is not as it was".to_owned()) };
        let _ = register.leave_history();
        let next = self.state(register, now, jumped, agrees);
        self.meet(next.seen.stages());
        Some(next)
    }

    /// Somebody could choose and recall for ever.
    fn within_boundary(&self, state: &State) -> bool {
        state.seen.most_referrals() <= self.referrals
    }

    fn properties(&self) -> Vec<Property<Town>> {
        CLAIMS.iter().map(|claim| Property::always(claim.name, claim.holds)).collect()
    }
}
