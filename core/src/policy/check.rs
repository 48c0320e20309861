//! What makes a part of a policy illegal although each value in it can be read. Each part is checked by itself,
//! so that one fault never hides another.

use super::{Age, Benefit, Order, TermEnd, Terms};
use crate::sorted::Set;
use crate::{Error, Tier};

fn fault(key: &str, expected: impl AsRef<str>, found: impl AsRef<str>) -> Error {
    Error::malformed(key, expected, found)
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

pub(super) fn benefits(benefits: &[Benefit]) -> Vec<Error> {
    let mut ids = Set::default();
    if let Some(twice) = benefits.iter().find(|benefit| ids.insert(&benefit.id, ()).is_some()) {
        return vec![fault("benefits", "each id once", format!("{} twice", twice.id))];
    }
    Vec::new()
}

/// With categories every benefit that is not only listed has a rank.
pub(super) fn ranks(order: Order, benefits: &[Benefit]) -> Vec<Error> {
    let unranked = |benefit: &&Benefit| benefit.tier != Tier::Listed && benefit.rank.is_none();
    match order {
        Order::Registration {} | Order::BenefitShares { .. } => Vec::new(),
        Order::Categories {} => {
            let first = benefits.iter().find(unranked);
            first
                .map(|benefit| fault("benefits", "a rank", format!("none for {}", benefit.id)))
                .into_iter()
                .collect()
        }
    }
}
