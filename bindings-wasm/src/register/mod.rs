//! The register: one settlement's queue.

#[cfg(feature = "fault-injection")]
pub mod fault;

use kezek::{Error, Moment, Opening, PositionRow, View, Which};
use serde::Serialize;
use serde_json::Value;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::card::Card;
use crate::edge::{Thrown, actor, at, malformed, moment, number, parsed, text, typed, value};
use crate::{Calendar, Policy};

/// The queue of one settlement.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Register(kezek::Register);

impl Register {
    fn seen(&self, now: f64) -> Result<View<'_>, Error> {
        self.0.at(moment(now))
    }

    fn written<T: Serialize + ?Sized>(&self, answer: &T) -> String {
        text(self.0.policy().zone(), answer)
    }
}

#[wasm_bindgen]
impl Register {
    /// An empty register.
    ///
    /// # Errors
    /// `malformed`.
    pub fn open(
        policy: &Policy,
        calendar: &Calendar,
        name: &str,
        prefix: &str,
        chained: bool,
    ) -> Result<Register, Thrown> {
        let opening = Opening::new(policy.core().clone()).name(name).prefix(prefix);
        let opening = if chained { opening.chained() } else { opening };
        Ok(Register(opening.calendar(calendar.core()).open()?))
    }

    /// The register that a journal tells of, as JSON text: a list, or one event a line.
    ///
    /// # Errors
    /// `corrupt_history`, `unsupported_format`, `malformed`.
    pub fn replay(events: &str, calendar: &Calendar) -> Result<Register, Thrown> {
        Ok(Register(kezek::Register::replay_with(journal(events)?, calendar.core())?))
    }

    /// The register of a snapshot, JSON.
    ///
    /// # Errors
    /// `corrupt_history`, `unsupported_format`, `malformed`.
    pub fn restore(snapshot: &str, calendar: &Calendar) -> Result<Register, Thrown> {
        let snapshot = kezek::Snapshot::from_json(value(snapshot, "")?)?;
        Ok(Register(kezek::Register::restore_with(snapshot, calendar.core())?))
    }

    /// The register of packed bytes.
    ///
    /// # Errors
    /// `corrupt_history`, `unsupported_format`.
    pub fn unpack(packed: &[u8], calendar: &Calendar) -> Result<Register, Thrown> {
        Ok(Register(kezek::Register::unpack_with(packed, calendar.core())?))
    }

    /// A copy of its own.
    #[must_use]
    pub fn copy(&self) -> Register {
        Register(self.0.clone())
    }

    /// Settles what is due, then does a command or denies it; JSON.
    ///
    /// # Errors
    /// As `Register::apply_json`.
    pub fn apply(&mut self, command: &str, now: f64) -> Result<String, Thrown> {
        let outcome = self.0.apply_wire(value(command, "")?, moment(now))?;
        Ok(self.written(&outcome))
    }

    /// `apply` for many commands in order: JSON of pairs of a command and whole seconds.
    ///
    /// # Errors
    /// That of the first that fails, below `[i]`; those before it stay done.
    pub fn apply_many(&mut self, commands: &str) -> Result<String, Thrown> {
        let commands: Vec<(Value, i64)> = typed(value(commands, "")?, "")?;
        let mut done = Vec::with_capacity(commands.len());
        for (index, (command, now)) in commands.into_iter().enumerate() {
            let outcome = self.0.apply_wire(command, Moment::from_unix(now));
            done.push(outcome.map_err(|error| at(&format!("[{index}]"), &error))?);
        }
        Ok(self.written(&done))
    }

    /// Settles what is due; JSON.
    ///
    /// # Errors
    /// Those of the clock.
    pub fn advance(&mut self, now: f64) -> Result<String, Thrown> {
        let outcome = self.0.advance(moment(now))?;
        Ok(self.written(&outcome))
    }

    /// What stands against a command, JSON.
    ///
    /// # Errors
    /// As `apply`, and `not_settled`.
    pub fn check(&self, command: &str, now: f64) -> Result<String, Thrown> {
        Ok(self.written(&self.0.check_wire(value(command, "")?, moment(now))?))
    }

    /// Takes back the last outcome.
    pub fn rollback(&mut self) -> bool {
        self.0.rollback()
    }

    /// Takes in the events that another writer has added, as JSON text.
    ///
    /// # Errors
    /// `corrupt_history`, `malformed`.
    pub fn follow(&mut self, events: &str) -> Result<(), Thrown> {
        Ok(self.0.follow(journal(events)?)?)
    }

    /// The register at rest, JSON.
    #[must_use]
    pub fn snapshot(&self) -> String {
        self.written(&self.0.snapshot())
    }

    /// The register as bytes.
    #[must_use]
    pub fn pack(&self) -> Vec<u8> {
        self.0.pack()
    }

    /// The events after the one with this `seq`, JSON.
    ///
    /// # Errors
    /// `not_found` where the host keeps some of them.
    pub fn events(&self, after: u32) -> Result<String, Thrown> {
        Ok(self.written(&self.0.events_after(after.into())?))
    }

    /// Gives all events to the host but for the last one, which stays; JSON.
    pub fn leave_history(&mut self) -> String {
        let events = self.0.leave_history();
        self.written(&events)
    }

    /// The `seq` of the last event.
    #[must_use]
    pub fn revision(&self) -> f64 {
        number(self.0.revision())
    }

    /// The last moment that it has seen.
    #[must_use]
    pub fn now(&self) -> Option<String> {
        let zone = self.0.policy().zone();
        self.0.now().map(|now| now.in_zone(zone).to_string())
    }

    /// The policy in force.
    #[must_use]
    pub fn policy(&self) -> Policy {
        Policy::of(self.0.policy().clone())
    }

    /// The calendar in force.
    #[must_use]
    pub fn calendar(&self) -> Calendar {
        Calendar::of(self.0.calendar().clone())
    }

    /// The last link of the journal's chain.
    #[must_use]
    pub fn chain(&self) -> Option<String> {
        self.0.chain().map(ToString::to_string)
    }

    /// The digest of its state.
    #[must_use]
    pub fn digest(&self) -> String {
        self.0.digest()
    }

    /// The three numbers of an application.
    ///
    /// # Errors
    /// `malformed`, `not_found`, `not_settled` and those of the clock.
    pub fn position(&self, application: &str, now: f64) -> Result<Vec<u32>, Thrown> {
        let position = self.seen(now)?.position(&parsed(application, "application")?)?;
        Ok(vec![position.number, position.in_group_year, position.in_benefit])
    }

    /// What may be done with an application, JSON.
    ///
    /// # Errors
    /// As `position`.
    pub fn permissions(&self, application: &str, by: &str, now: f64) -> Result<String, Thrown> {
        let which = Which::Application(parsed(application, "application")?);
        Ok(self.written(&self.seen(now)?.permissions(&which, actor(by)?.as_ref())?))
    }

    /// The card of an application.
    ///
    /// # Errors
    /// As `position`.
    pub fn card(&self, application: &str, now: f64) -> Result<Card, Thrown> {
        Ok(Card::of(self.seen(now)?.card(&parsed(application, "application")?)?))
    }

    /// Answers a question of the wire, JSON.
    ///
    /// # Errors
    /// As `Register::ask_json`.
    pub fn ask(&self, question: &str, now: f64) -> Result<String, Thrown> {
        Ok(self.0.ask_json(&value(question, "")?, &moment(now).to_string())?.to_string())
    }

    /// The numbers of every active application, JSON.
    ///
    /// # Errors
    /// As `position`.
    pub fn positions(&self, now: f64) -> Result<String, Thrown> {
        let rows = self.seen(now)?.positions();
        Ok(self.written(&rows.iter().map(Row::of).collect::<Vec<_>>()))
    }

    /// The proofs of many applications, JSON.
    ///
    /// # Errors
    /// As `position`, with the index of the first that has none.
    pub fn proofs(&self, applications: Vec<String>, now: f64) -> Result<String, Thrown> {
        let prover = self.seen(now)?.prover();
        let proof = |(index, application): (usize, String)| {
            let path = format!("applications[{index}]");
            prover.proof(&parsed(&application, &path)?).map_err(|error| at(&path, &error))
        };
        let proofs: Vec<_> = applications.into_iter().enumerate().map(proof).collect::<Result<_, _>>()?;
        Ok(self.written(&proofs))
    }

    /// The forecasts of many applications, JSON.
    ///
    /// # Errors
    /// As `position`, with the index of the first that is not there.
    pub fn forecasts(&self, applications: Vec<String>, now: f64) -> Result<String, Thrown> {
        let forecaster = self.seen(now)?.forecaster()?;
        let forecast = |(index, application): (usize, String)| {
            let path = format!("applications[{index}]");
            forecaster.of(&parsed(&application, &path)?).map_err(|error| at(&path, &error))
        };
        let forecasts: Vec<_> =
            applications.into_iter().enumerate().map(forecast).collect::<Result<_, _>>()?;
        Ok(self.written(&forecasts))
    }
}

/// A row of `positions`.
#[derive(serde::Serialize)]
struct Row<'a> {
    application: &'a kezek::ApplicationNumber,
    stage: kezek::Stage,
    group_year: kezek::GroupYear,
    benefit: Option<&'a kezek::BenefitId>,
    number: u32,
    in_group_year: u32,
    in_benefit: u32,
}

impl<'a> Row<'a> {
    fn of(row: &PositionRow<'a>) -> Row<'a> {
        let kezek::PositionView { number, in_group_year, in_benefit } = row.position;
        let PositionRow { application, stage, group_year, benefit, position: _ } = *row;
        Row { application, stage, group_year, benefit, number, in_group_year, in_benefit }
    }
}

/// How often the forecasts of a journal would have held, JSON.
///
/// # Errors
/// As `Register::replay`.
#[wasm_bindgen]
pub fn backtest(events: &str, per_line: u32) -> Result<String, Thrown> {
    let tested = kezek::backtest(journal(events)?, per_line)?;
    Ok(text(kezek::Zone::Almaty, &tested))
}

/// The last link of a chained journal.
///
/// # Errors
/// `corrupt_history`, `malformed`.
#[wasm_bindgen]
pub fn verify(events: &str) -> Result<String, Thrown> {
    Ok(kezek::verify(journal(events)?)?.to_string())
}

/// A journal as JSON text: a list, or one event a line.
fn journal(text: &str) -> Result<Vec<kezek::Event>, Thrown> {
    let mut events = Vec::new();
    for row in serde_json::Deserializer::from_str(text).into_iter::<Value>() {
        let path = format!("[{}]", events.len());
        let mut row = row.map_err(|fault| malformed(&path, "JSON", &fault.to_string()))?;
        let listed = row.as_array_mut().filter(|_| events.is_empty()).map(std::mem::take);
        for row in listed.unwrap_or_else(|| vec![row]) {
            let path = format!("[{}]", events.len());
            events.push(kezek::Event::from_json(row).map_err(|error| at(&path, &error))?);
        }
    }
    Ok(events)
}
