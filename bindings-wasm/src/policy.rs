//! A policy: one portal's rules as data.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::edge::{Thrown, text, value};

/// The rules of one portal, checked when it was made.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Policy(kezek::Policy);

impl Policy {
    pub(crate) fn of(core: kezek::Policy) -> Policy {
        Policy(core)
    }

    pub(crate) fn core(&self) -> &kezek::Policy {
        &self.0
    }
}

#[wasm_bindgen]
impl Policy {
    /// A policy out of JSON: a name, what differs from one, or every value.
    ///
    /// # Errors
    /// `unknown_policy`, `invalid_policy`.
    pub fn read(given: &str) -> Result<Policy, Thrown> {
        Ok(Policy(kezek::Policy::from_json(&value(given, "policy")?)?))
    }

    /// A shipped policy.
    ///
    /// # Errors
    /// `unknown_policy`.
    pub fn named(name: &str) -> Result<Policy, Thrown> {
        Ok(Policy(kezek::Policy::named(name)?))
    }

    /// The names of the shipped policies.
    #[must_use]
    pub fn names() -> Vec<String> {
        kezek::Policy::names().map(str::to_owned).collect()
    }

    /// Where each value of a shipped policy comes from, JSON.
    ///
    /// # Errors
    /// `unknown_policy`.
    pub fn sources(name: &str) -> Result<String, Thrown> {
        Ok(kezek::Policy::sources(name)?.to_string())
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> String {
        self.0.name().to_owned()
    }

    /// The name of its zone.
    #[must_use]
    pub fn zone(&self) -> String {
        self.0.zone().name().to_owned()
    }

    /// The id of its calendar.
    #[must_use]
    pub fn calendar(&self) -> String {
        self.0.calendar().to_owned()
    }

    /// What is different in another one, JSON.
    #[must_use]
    pub fn compare(&self, other: &Policy) -> String {
        text(self.0.zone(), &self.0.compare(&other.0))
    }

    /// Every value, JSON.
    #[must_use]
    pub fn json(&self) -> String {
        text(self.0.zone(), &self.0)
    }
}
