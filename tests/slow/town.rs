//! Random settlements: a policy within the ranges of wire.md 6, children of every age that matters, a day to begin.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use kezek::Policy;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::calendar::{Calendar, Instant, plus};
use super::luck::Luck;
use super::policy;

/// A settlement before anything has happened.
#[derive(Clone, Debug)]
pub(crate) struct Town {
    /// As a scenario says it.
    pub(crate) policy: Value,
    pub(crate) begins: Instant,
    /// A pseudonym, and the day of birth.
    pub(crate) children: Vec<(String, NaiveDate)>,
    /// Whether the host gives the numbers: a story then stays the same when a registration is left out of it.
    pub(crate) own_numbers: bool,
}

pub(crate) fn towns() -> impl Strategy<Value = Arc<Town>> {
    any::<u64>().no_shrink().prop_map(|seed| Arc::new(town(&mut Luck(seed))))
}

fn town(luck: &mut Luck) -> Town {
    let policy = policy_of(luck);
    let whole = super::scenarios::whole(&policy).expect("a legal policy");
    let read = policy::Policy::read(&whole);
    // Before Nauryz, in the months of holidays, around the days of 25 hours, at the end of the years that are known.
    let begins = luck.one(&[
        "2018-03-16",
        "2018-04-25",
        "2018-08-22",
        "2018-12-17",
        "2020-02-27",
        "2022-10-19",
        "2024-02-26",
        "2026-12-29",
        "2013-12-27",
    ]);
    let begins: NaiveDate = begins.parse().expect("a day");
    // In half of the towns everybody is in one line and of an age to choose.
    let one_line = luck.rarely(2);
    let children = (0..luck.between(3, 9)).map(|number| {
        let months = match one_line {
            true => 40,
            false => luck.one(&[read.choose_from, read.until, read.until - 12, 40, 40]),
        };
        let years_ago = Calendar::new(read.calendar.zone).before_months(begins, months);
        let days = if one_line { luck.between(0, 3) } else { luck.between(0, 60) - 5 };
        let leap = NaiveDate::from_ymd_opt(begins.year() / 4 * 4 - 4, 2, 29).expect("a day");
        let born = if luck.rarely(12) { leap } else { plus(years_ago, days) };
        (format!("p:child-{number}"), born)
    });
    let children = children.collect();
    let begins = read.calendar.midnight(begins) + luck.between(0, 86_399);
    Town { policy, begins, children, own_numbers: !luck.rarely(3) }
}

/// A shipped policy, some of its values replaced.
pub(crate) fn policy_of(luck: &mut Luck) -> Value {
    loop {
        let policy = mixture(luck);
        // A few mixtures contradict themselves.
        if Policy::from_json(&policy).is_ok() {
            return policy;
        }
    }
}

fn mixture(luck: &mut Luck) -> Value {
    let base =
        luck.one(&["akmola-2018", "akmola-2018", "aktobe-2018", "astana-2018", "astana-2019", "kz-2025"]);
    let mut policy = Map::new();
    policy.insert("base".into(), json!(base));
    policy.insert("name".into(), json!("random"));
    let mut replace = |luck: &mut Luck, key: &str, value: Value| {
        if !luck.rarely(3) {
            policy.insert(key.into(), value);
        }
    };
    let plain = luck.rarely(6);
    let zone = luck.one(&["Asia/Almaty", "Asia/Almaty", "Asia/Qyzylorda", "Asia/Aqtobe", "Asia/Qostanay"]);
    replace(luck, "zone", json!(zone));
    if plain {
        return Value::Object(policy);
    }
    let value = term(luck);
    replace(luck, "choice_window", value);
    let value = term(luck);
    replace(luck, "referral_term", value);
    let value = nullable(luck, term);
    replace(luck, "stop_list_term", value);
    let value = nullable(luck, |luck| {
        luck.one(&[json!({"hours": 24}), json!({"hours": 3}), json!({"calendar_days": 1})])
    });
    replace(luck, "recall_window", value);
    let value = nullable(luck, extension);
    replace(luck, "extension", value);
    let value = nullable(luck, |luck| json!(luck.between(1, 3)));
    replace(luck, "lapses_to_removal", value);
    let value = nullable(luck, interest);
    replace(luck, "interest", value);
    let value = json!({
        "choose_from": luck.one(&[json!({"years": 2}), json!({"months": 18}), json!({"years": 1})]),
        "until": luck.one(&[json!({"years": 7}), json!({"years": 6})]),
        "on_reaching_limit": luck.one(&["close", "keep"]),
    });
    replace(luck, "age", value);
    let (order, benefits) = (order(luck), benefits(luck));
    if !luck.rarely(3) {
        policy.insert("order".into(), order);
        policy.insert("benefits".into(), benefits);
    }
    let mut replace = |luck: &mut Luck, key: &str, value: Value| {
        if !luck.rarely(3) {
            policy.insert(key.into(), value);
        }
    };
    let value = json!({
        "seat": luck.one(&["free_choice", "next_in_line"]),
        "application": luck.one(&[
            json!("keep"),
            json!("keep"),
            json!("close"),
            json!({"inactive": {"restore_within": {"calendar_days": 5}, "times": 1}}),
            json!({"inactive": {"restore_within": {"working_days": 3}, "times": 2}}),
        ]),
    });
    replace(luck, "after_choice_window", value);
    let mut goes = || luck.one(&["next_in_line", "next_in_line", "free_choice", "staff"]);
    let value = json!({"recall": goes(), "lapse": goes(), "refusal": goes()});
    replace(luck, "returned_seat", value);
    let value = luck.one(&[
        json!({"end": "end_of_day", "first_day_counts": false}),
        json!({"end": "end_of_day", "first_day_counts": true}),
        json!({"end": "same_time", "first_day_counts": false}),
    ]);
    replace(luck, "terms", value);
    let value = json!(luck.one(&["required", "optional"]));
    replace(luck, "signature", value);
    let value = reminders(luck);
    replace(luck, "reminders", value);
    let value = json!(["2018-03-19", "2018-04-27", "2018-08-24", "2018-12-20", "2022-10-21", "2024-02-29"]);
    replace(luck, "blackouts", value);
    Value::Object(policy)
}

fn nullable(luck: &mut Luck, some: impl Fn(&mut Luck) -> Value) -> Value {
    if luck.rarely(5) { Value::Null } else { some(luck) }
}

/// Mostly short, so that terms meet.
fn term(luck: &mut Luck) -> Value {
    let count = luck.between(1, 5);
    let unit = luck.one(&[
        "working_days",
        "working_days",
        "working_days",
        "calendar_days",
        "calendar_days",
        "hours",
    ]);
    json!({ unit: if unit == "hours" { luck.one(&[1, 24, 50, 72]) } else { count } })
}

fn extension(luck: &mut Luck) -> Value {
    json!({
        "max": luck.one(&[json!({"calendar_days": 30}), json!({"calendar_days": 3}), json!({"working_days": 4})]),
        "times": luck.between(1, 2),
        "per": luck.one(&["referral", "application"]),
        "counted_from": luck.one(&["expiry", "expiry", "issue", "request"]),
    })
}

fn interest(luck: &mut Luck) -> Value {
    if luck.rarely(3) {
        return json!({"yearly_by": luck.one(&["10-01", "03-21", "09-01", "01-01"])});
    }
    let every = luck.one(&[
        json!({"months": 12}),
        json!({"months": 1}),
        json!({"calendar_days": 10}),
        json!({"years": 1}),
    ]);
    json!({"every": every, "counted_from": luck.one(&["registration", "confirmation"])})
}

fn order(luck: &mut Luck) -> Value {
    match luck.between(0, 3) {
        0 => json!({"by": "registration"}),
        1 => json!({"by": "categories"}),
        _ => {
            json!({"by": "benefit_shares", "benefit": luck.between(1, 2), "ordinary": luck.between(1, 3)})
        }
    }
}

fn benefits(luck: &mut Luck) -> Value {
    let mut serviceman = json!({"id": "serviceman", "tier": "out_of_turn", "rank": 1});
    if luck.rarely(2) {
        serviceman["prove_within"] = term(luck);
    }
    let mut orphan = json!({"id": "orphan", "tier": "priority", "rank": luck.between(1, 2)});
    if luck.rarely(4) {
        orphan["prove_within"] = term(luck);
    }
    json!([serviceman, orphan, {"id": "large-family", "tier": "listed"}])
}

fn reminders(luck: &mut Luck) -> Value {
    let all = [
        json!({"of": "interest", "before": {"calendar_days": 3}}),
        json!({"of": "referral", "before": {"working_days": 1}}),
        json!({"of": "turn", "before": {"calendar_days": 1}}),
        json!({"of": "referral", "before": {"calendar_days": 2}}),
    ];
    all.into_iter().filter(|_| luck.rarely(3)).collect()
}
