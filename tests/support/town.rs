//! A settlement under a random policy, and children of every age that matters under it.

use kezek::{Day, Moment, Policy, Zone};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

use super::rules::{Rules, policies};

/// A settlement before anything has happened.
#[derive(Clone, Debug)]
pub(crate) struct Town {
    pub(crate) policy: Value,
    /// What the operator may put in its place, in the same zone.
    pub(crate) others: Vec<Value>,
    pub(crate) begins: Moment,
    pub(crate) children: Vec<Kid>,
}

/// A child and the parent who files for it.
#[derive(Clone, Debug)]
pub(crate) struct Kid {
    pub(crate) iin: String,
    pub(crate) parent: String,
    pub(crate) born: Day,
}

impl Town {
    pub(crate) fn policy(&self) -> Policy {
        Policy::from_json(&self.policy).expect("a legal policy")
    }
}

/// The local day of the 25 hours, where a zone had one: the moment at which its clocks went back.
pub(crate) fn went_back(zone: Zone) -> Option<Moment> {
    match zone {
        Zone::Almaty | Zone::Qostanay => Some(Moment::from_unix(1_709_229_600)),
        Zone::Qyzylorda => Some(Moment::from_unix(1_545_328_800)),
        Zone::Aqtobe | Zone::Aqtau | Zone::Atyrau | Zone::Oral => None,
    }
}

pub(crate) fn towns() -> BoxedStrategy<Town> {
    let kids = prop::collection::vec((0..10_u8, 0..60_i32), 3..=12);
    let others = prop::collection::vec(policies(), 2);
    let whole = (policies(), others, begins().boxed(), 0..86_400_i64, kids);
    let town = whole.prop_map(|(policy, mut others, begins, clock, kids)| {
        let zone: Zone = policy["zone"].as_str().and_then(|zone| zone.parse().ok()).expect("a zone");
        // Half of the towns begin shortly before the day of 25 hours, where their zone had one.
        let begins = match went_back(zone) {
            Some(change) if clock % 2 == 0 => zone.day(change).plus_days(-6),
            Some(_) | None => begins,
        };
        for (other, name) in others.iter_mut().zip(["random-2", "random-3"]) {
            other["zone"] = policy["zone"].clone();
            other["name"] = name.into();
        }
        let rules = Rules::of(&Policy::from_json(&policy).expect("a legal policy"));
        let ages = (rules.choose_from, rules.until);
        let child = |(number, (age, days)): (usize, (u8, i32))| Kid {
            iin: format!("p:child-{number}"),
            // Some have siblings.
            parent: format!("p:parent-{}", number - number % 5 % 2),
            born: birth(begins, age, days, ages),
        };
        let children = kids.into_iter().enumerate().map(child).collect();
        Town { begins: zone.moment(begins, clock), children, policy, others }
    });
    town.boxed()
}

/// Born so that the age of choice or the limit comes soon, or well in between.
fn birth(begins: Day, age: u8, days: i32, (choose_from, until): (u32, u32)) -> Day {
    match age {
        0 | 1 => earlier(begins, choose_from).plus_days(days),
        2 => earlier(begins, until).plus_days(days),
        // 29 February.
        3 => Day::new(begins.year() / 4 * 4 - 4, 2, 29).expect("a leap year"),
        4 => earlier(begins, until - 12).plus_days(days),
        _ => earlier(begins, choose_from + 14).plus_days(days),
    }
}

fn earlier(day: Day, months: u32) -> Day {
    let months = i32::try_from(months).expect("a human age");
    let from_zero = day.year() * 12 + i32::try_from(day.month()).expect("a month") - 1 - months;
    let month = u32::try_from(from_zero.rem_euclid(12) + 1).expect("a month");
    Day::new(from_zero.div_euclid(12), month, day.day().min(28)).expect("a day")
}

/// Before Nauryz, in the months of holidays, at the end of the years that are known.
fn begins() -> impl Strategy<Value = Day> {
    let days = ["2018-03-16", "2018-04-25", "2018-08-22", "2018-12-28", "2020-02-28", "2026-12-29"];
    select(days.to_vec()).prop_map(|day| day.parse().expect("a day"))
}
