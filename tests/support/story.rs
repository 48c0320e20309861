//! Telling a story to a register, step by step, and what to say when a law is broken.

use kezek::{Command, Error, Moment, Outcome, Register};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use serde_json::{Value, json};

use super::play::{self, Step, What};
use super::town::{Town, towns};

#[derive(Clone)]
pub(crate) struct Story {
    pub(crate) town: Town,
    pub(crate) steps: Vec<Step>,
}

/// A broken law tells the story itself: see [`Story::explain`].
impl std::fmt::Debug for Story {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the {} steps above", self.steps.len())
    }
}

pub(crate) fn stories() -> BoxedStrategy<Story> {
    (towns(), play::steps()).prop_map(|(town, steps)| Story { town, steps }).boxed()
}

/// A step made concrete.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    pub(crate) now: Moment,
    /// None where the clock was only looked at.
    pub(crate) command: Option<Command>,
    pub(crate) json: Value,
}

impl Told {
    pub(crate) fn tell(&self, register: &mut Register) -> Result<Outcome, Error> {
        match &self.command {
            Some(command) => register.apply(command.clone(), self.now),
            None => register.advance(self.now),
        }
    }
}

/// A register before and after a step.
pub(crate) struct Turned<'a> {
    pub(crate) before: &'a Register,
    pub(crate) told: &'a Told,
    pub(crate) result: &'a Result<Outcome, Error>,
    pub(crate) after: &'a Register,
}

pub(crate) type Judged = Result<(), TestCaseError>;

impl Story {
    pub(crate) fn opened(&self) -> Register {
        Register::new(self.town.policy()).expect("a register")
    }

    fn told(&self, register: &Register, step: Step, number: usize) -> Told {
        let now = play::when(register, &self.town, step);
        let back = step.what == What::Error && step.luck.is_multiple_of(2);
        let now = if back { now.plus_seconds(-86_400) } else { now };
        let mut json = play::what(register, &self.town, step, number).unwrap_or(Value::Null);
        if back && let Some(command) = json.as_object_mut() {
            command.remove("expected_revision");
        }
        let command = (!json.is_null()).then(|| Command::from_json(&json).expect("a readable command"));
        Told { now, command, json }
    }

    /// Tells the whole story and lets a law judge every step of it.
    pub(crate) fn judge(&self, mut law: impl FnMut(&Turned<'_>) -> Judged) -> Result<Tale, TestCaseError> {
        let mut register = self.opened();
        let mut told = Vec::new();
        for (number, step) in self.steps.iter().enumerate() {
            let before = register.clone();
            let next = self.told(&register, *step, number);
            let result = next.tell(&mut register);
            told.push(next);
            let turned = Turned { before: &before, told: &told[number], result: &result, after: &register };
            law(&turned).map_err(|broken| self.explain(broken, &told))?;
        }
        Ok(Tale { told, register })
    }

    /// The story alone.
    pub(crate) fn tell(&self) -> Tale {
        self.judge(|_| Ok(())).expect("nobody objects")
    }

    /// The broken law, with what led to it written as a scenario.
    pub(crate) fn explain(&self, broken: TestCaseError, told: &[Told]) -> TestCaseError {
        let zone = self.town.policy().zone();
        let steps = told.iter().map(|told| {
            let at = told.now.in_zone(zone).to_string();
            let step = if told.json.is_null() {
                json!({"at": at, "advance": true})
            } else {
                json!({"at": at, "do": told.json})
            };
            format!("  {step}")
        });
        let steps = steps.collect::<Vec<_>>().join(",\n");
        let tale = format!("{broken}\n{{\"policy\":{},\n \"steps\":[\n{steps}]}}", self.town.policy);
        match broken {
            TestCaseError::Reject(_) => broken,
            TestCaseError::Fail(_) => TestCaseError::fail(tale),
        }
    }
}

/// What was told, and the register at the end.
pub(crate) struct Tale {
    pub(crate) told: Vec<Told>,
    pub(crate) register: Register,
}
