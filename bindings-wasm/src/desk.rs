//! What concerns no application yet: a registration, a publication, places that open.

use kezek::{Command, Registration};
use serde_json::Value;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::card::{Answer, called};
use crate::edge::{Thrown, moment, perhaps, text, typed, value};
use crate::{Calendar, Policy};

/// The desk at which applications and free places come in, for a portal that keeps its own rows.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Desk {
    core: kezek::Desk,
    zone: kezek::Zone,
}

#[wasm_bindgen]
impl Desk {
    /// A desk before the first event.
    #[must_use]
    pub fn open(policy: &Policy, calendar: &Calendar, prefix: &str, paused: bool) -> Desk {
        let core = kezek::Desk::new(policy.core().clone()).calendar(calendar.core()).prefix(prefix);
        Desk { core: core.paused(paused), zone: policy.core().zone() }
    }

    /// The desk after so many events, JSON.
    ///
    /// # Errors
    /// `malformed`, for a revision that is none.
    pub fn after(&self, revision: &str) -> Result<Desk, Thrown> {
        let revision = typed(value(revision, "revision")?, "revision")?;
        Ok(Desk { core: self.core.clone().after(revision), zone: self.zone })
    }

    /// The number that an application with this serial gets.
    #[must_use]
    pub fn number(&self, serial: u32, now: f64) -> String {
        self.core.number(serial, moment(now)).to_string()
    }

    /// Puts a child in the queue, or denies it.
    ///
    /// # Errors
    /// `malformed`, `stale_revision`, `outside_calendar`, `numbers_exhausted`.
    pub fn submit(
        &self,
        command: &str,
        serial: u32,
        taken: &str,
        active: &str,
        now: f64,
    ) -> Result<Answer, Thrown> {
        let known =
            Registration { serial, taken: perhaps(taken, "taken")?, active: perhaps(active, "active")? };
        let command = Command::from_json(&value(command, "")?)?;
        let kezek::Filed { outcome, card, effects } = self.core.submit(command, &known, moment(now))?;
        Ok(Answer::of(self.zone, &outcome, &effects, card))
    }

    /// Publishes places, or denies it; JSON.
    ///
    /// # Errors
    /// `malformed`, `stale_revision`, `outside_calendar`.
    pub fn publish(&self, command: &str, vacancy: u32, now: f64) -> Result<String, Thrown> {
        let vacancy = typed(Value::from(vacancy), "vacancy")?;
        let command = Command::from_json(&value(command, "")?)?;
        Ok(text(self.zone, &self.core.publish(command, vacancy, moment(now))?))
    }

    /// Opens places that nobody can be offered to free choice; JSON.
    ///
    /// # Errors
    /// `malformed` without any seat, `outside_calendar`.
    pub fn open_places(
        &self,
        vacancy: u32,
        seats: Vec<u16>,
        now: f64,
        caused_by: &str,
    ) -> Result<String, Thrown> {
        let vacancy = typed(Value::from(vacancy), "vacancy")?;
        let opened = self.core.open(vacancy, seats, moment(now), called(caused_by)?)?;
        Ok(text(self.zone, &opened))
    }
}
