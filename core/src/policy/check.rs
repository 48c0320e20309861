//! What makes a part of a policy illegal although each value in it can be read. Each part is checked by itself,
//! so that one fault never hides another.

use std::collections::BTreeSet;

use super::{AfterChoiceWindow, Age, Benefit, NonResponse, Order, Reminder, TermEnd, Terms};
use crate::Error;

fn fault(key: &str, expected: impl Into<String>, found: impl Into<String>) -> Error {
    Error::malformed(key, expected, found)
}

/// Values of wire.md that this version cannot follow yet: refused, never accepted and ignored.
fn not_supported(key: &str, value: &str) -> Error {
    fault(key, "another value: this one is not supported yet", value)
}

pub(super) fn name(name: &str) -> Vec<Error> {
    if name.trim().is_empty() { vec![fault("name", "a name", "blank text")] } else { Vec::new() }
}

/// Ages are reached on birthdays, and the limit comes after the age of choice.
pub(super) fn age(age: &Age) -> Vec<Error> {
    let ages = [("choose_from", age.choose_from), ("until", age.until)];
    let unitless = ages.iter().filter(|(_, term)| term.months().is_none());
    let mut faults: Vec<Error> =
        unitless.map(|(key, term)| fault(key, "an age in months or years", term.to_string())).collect();
    if let (Some(youngest), Some(oldest)) = (age.choose_from.months(), age.until.months())
        && oldest <= youngest
    {
        faults.push(fault(
            "until",
            format!("more than choose_from, {}", age.choose_from),
            age.until.to_string(),
        ));
    }
    faults
}

pub(super) fn terms(terms: &Terms) -> Vec<Error> {
    if terms.end == TermEnd::SameTime && terms.first_day_counts {
        let expected = "false: under same_time a term of one day would end as it starts";
        return vec![fault("first_day_counts", expected, "true")];
    }
    Vec::new()
}

pub(super) fn order(order: Order) -> Vec<Error> {
    match order {
        Order::Registration => Vec::new(),
        Order::BenefitShares { .. } => vec![not_supported("order", "benefit_shares")],
        Order::Categories => vec![not_supported("order", "categories")],
    }
}

pub(super) fn benefits(benefits: &[Benefit]) -> Vec<Error> {
    let mut ids = BTreeSet::new();
    if let Some(twice) = benefits.iter().find(|benefit| !ids.insert(&benefit.id)) {
        return vec![fault("benefits", "each id once", format!("{} twice", twice.id))];
    }
    if benefits.iter().any(|benefit| benefit.prove_within.is_some()) {
        return vec![not_supported("benefits", "prove_within")];
    }
    Vec::new()
}

pub(super) fn after_choice_window(after: &AfterChoiceWindow) -> Vec<Error> {
    match after.application {
        NonResponse::Keep | NonResponse::Close => Vec::new(),
        NonResponse::Inactive { .. } => vec![not_supported("application", "inactive")],
    }
}

pub(super) fn reminders(reminders: &[Reminder]) -> Vec<Error> {
    if reminders.is_empty() { Vec::new() } else { vec![not_supported("reminders", "reminders")] }
}
