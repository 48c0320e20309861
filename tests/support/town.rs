//! Random policies over `akmola-2018`, and children of every age that matters under them.

use kezek::{Day, Moment, Policy, Zone};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

/// A settlement before anything has happened.
#[derive(Clone, Debug)]
pub(crate) struct Town {
    pub(crate) policy: Value,
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

/// An age of the policy, in months.
pub(crate) fn months(policy: &Value, age: &str) -> u32 {
    let age = &policy["age"][age];
    let unit = |name: &str, months: u64| age[name].as_u64().map(|count| count * months);
    let months = unit("months", 1).or(unit("years", 12)).expect("an age in months or years");
    u32::try_from(months).expect("a human age")
}

/// The local day of the 25 hours, where a zone had one: the moment at which its clocks went back.
pub(crate) fn went_back(zone: Zone) -> Option<Moment> {
    match zone {
        Zone::Almaty | Zone::Qostanay => Some(Moment::from_unix(1_709_229_600)),
        Zone::Qyzylorda => Some(Moment::from_unix(1_545_328_800)),
        Zone::Aqtobe | Zone::Aqtau | Zone::Atyrau | Zone::Oral => None,
    }
}

pub(crate) fn towns() -> impl Strategy<Value = Town> {
    let kids = prop::collection::vec((0..10_u8, 0..60_i32), 3..=12);
    (policies(), begins(), 0..86_400_i64, kids).prop_map(|(policy, begins, clock, kids)| {
        let zone: Zone = policy["zone"].as_str().and_then(|zone| zone.parse().ok()).expect("a zone");
        // Half of the towns begin shortly before the day of 25 hours, where their zone had one.
        let begins = match went_back(zone) {
            Some(change) if clock % 2 == 0 => zone.day(change).plus_days(-6),
            Some(_) | None => begins,
        };
        let ages = (months(&policy, "choose_from"), months(&policy, "until"));
        let child = |(number, (age, days)): (usize, (u8, i32))| Kid {
            iin: format!("p:child-{number}"),
            // Some have siblings.
            parent: format!("p:parent-{}", number - number % 5 % 2),
            born: birth(begins, age, days, ages),
        };
        let children = kids.into_iter().enumerate().map(child).collect();
        Town { begins: zone.moment(begins, clock), children, policy }
    })
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

fn policies() -> impl Strategy<Value = Value> {
    let lengths =
        (term(), term(), nullable(term()), nullable(term()), extension(), interest(), nullable(1..4_u16));
    let zone = select(Zone::ALL.to_vec()).prop_map(Zone::name);
    let zone = prop_oneof![1 => Just("Asia/Almaty"), 2 => zone];
    let terms = prop_oneof![
        3 => Just(json!({"end":"end_of_day","first_day_counts":false})),
        1 => Just(json!({"end":"end_of_day","first_day_counts":true})),
        2 => Just(json!({"end":"same_time"})),
    ];
    let signature = select(vec!["required", "optional"]);
    let closed = json!(["2018-03-19", "2018-04-26", "2018-08-23", "2018-12-29", "2020-02-29", "2024-02-28"]);
    let blackouts = prop_oneof![2 => Just(json!([])), 1 => Just(closed)];
    let rest = (zone, terms, ages(), after_choice_window(), returned_seat(), signature, blackouts);
    (lengths, rest).prop_map(|(lengths, rest)| {
        let (choice_window, referral_term, stop_list_term, recall_window, extension, interest, lapses) =
            lengths;
        let (zone, terms, age, after_choice_window, returned_seat, signature, blackouts) = rest;
        json!({
            "base": "akmola-2018", "name": "random", "zone": zone,
            "choice_window": choice_window, "referral_term": referral_term,
            "stop_list_term": stop_list_term, "recall_window": recall_window, "extension": extension,
            "lapses_to_removal": lapses, "interest": interest, "age": age,
            "after_choice_window": after_choice_window, "returned_seat": returned_seat,
            "terms": terms, "signature": signature, "blackouts": blackouts,
        })
    })
}

fn nullable<T: serde::Serialize + std::fmt::Debug>(
    some: impl Strategy<Value = T> + 'static,
) -> impl Strategy<Value = Value> {
    prop_oneof![1 => Just(Value::Null), 4 => some.prop_map(|some| json!(some))]
}

/// In every unit; mostly short, so that terms meet.
fn term() -> impl Strategy<Value = Value> {
    prop_oneof![
        6 => (1..=5_u16).prop_map(|n| json!({ "working_days": n })),
        4 => (1..=6_u16).prop_map(|n| json!({ "calendar_days": n })),
        3 => (1..=60_u16).prop_map(|n| json!({ "hours": n })),
        1 => (1..=2_u16).prop_map(|n| json!({ "months": n })),
        1 => Just(json!({ "years": 1 })),
    ]
}

fn extension() -> impl Strategy<Value = Value> {
    let some = (term(), 1..3_u16, select(vec!["referral", "application"]), 0..3_usize);
    let some = some.prop_map(|(max, times, per, from)| {
        let from = ["expiry", "issue", "request"][from];
        json!({"max": max, "times": times, "per": per, "counted_from": from})
    });
    prop_oneof![1 => Just(Value::Null), 3 => some, 4 => Just(json!({}))]
}

fn interest() -> impl Strategy<Value = Value> {
    let every = (term(), select(vec!["registration", "confirmation"]));
    prop_oneof![
        4 => Just(Value::Null),
        2 => every.prop_map(|(every, from)| json!({"every": every, "counted_from": from})),
        1 => Just(json!({"every": {"months": 1}, "counted_from": "registration"})),
        1 => select(vec!["03-26", "01-01", "03-01", "12-31"]).prop_map(|by| json!({ "yearly_by": by })),
    ]
}

fn ages() -> impl Strategy<Value = Value> {
    let from = prop_oneof![2 => Just(json!({"years": 2})), 1 => Just(json!({"months": 18}))];
    let until = prop_oneof![1 => Just(json!({"years": 7})), 1 => Just(json!({"months": 50}))];
    let limit = select(vec!["close", "keep"]);
    (from, until, limit).prop_map(
        |(from, until, limit)| json!({"choose_from": from, "until": until, "on_reaching_limit": limit}),
    )
}

fn after_choice_window() -> impl Strategy<Value = Value> {
    let seat = select(vec!["free_choice", "next_in_line"]);
    let application = prop_oneof![3 => Just("keep"), 1 => Just("close")];
    (seat, application).prop_map(|(seat, application)| json!({"seat": seat, "application": application}))
}

fn returned_seat() -> impl Strategy<Value = Value> {
    let to = || prop_oneof![3 => Just("next_in_line"), 1 => Just("free_choice"), 1 => Just("staff")];
    (to(), to(), to())
        .prop_map(|(recall, lapse, refusal)| json!({"recall": recall, "lapse": lapse, "refusal": refusal}))
}
