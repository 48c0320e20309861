//! A whole policy (wire.md 6), read from its JSON.

use chrono::NaiveDate;
use serde_json::Value;

use super::calendar::{Calendar, Ends, Term};

#[derive(Clone, Debug)]
pub(crate) struct Policy {
    pub(crate) calendar: Calendar,
    pub(crate) ends: Ends,
    pub(crate) choice_window: Term,
    pub(crate) referral_term: Term,
    pub(crate) stop_list_term: Option<Term>,
    pub(crate) recall_window: Option<Term>,
    pub(crate) extension: Option<Extension>,
    pub(crate) lapses_to_removal: Option<u64>,
    pub(crate) interest: Option<Interest>,
    /// Ages in months.
    pub(crate) choose_from: u32,
    pub(crate) until: u32,
    pub(crate) close_at_limit: bool,
    pub(crate) order: Order,
    pub(crate) benefits: Vec<Benefit>,
    pub(crate) no_answer: NoAnswer,
    /// `free_choice` or `next_in_line`.
    pub(crate) unchosen: String,
    /// `next_in_line`, `free_choice` or `staff`, after a recall, a lapse, a refusal.
    pub(crate) after_recall: String,
    pub(crate) after_lapse: String,
    pub(crate) after_refusal: String,
    pub(crate) signed: bool,
    pub(crate) reminders: Vec<Reminder>,
    pub(crate) blackouts: Vec<NaiveDate>,
}

#[derive(Clone, Debug)]
pub(crate) struct Extension {
    pub(crate) max: Term,
    pub(crate) times: u64,
    pub(crate) per_application: bool,
    /// `expiry`, `issue` or `request`.
    pub(crate) counted_from: String,
}

#[derive(Clone, Debug)]
pub(crate) enum Interest {
    FromRegistration(Term),
    FromConfirmation(Term),
    /// Month and day.
    YearlyBy(u32, u32),
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Order {
    Registration,
    Shares { benefit: usize, ordinary: usize },
    Categories,
}

#[derive(Clone, Debug)]
pub(crate) struct Benefit {
    pub(crate) id: String,
    /// `out_of_turn`, `priority` or `listed`.
    pub(crate) tier: String,
    pub(crate) rank: Option<u64>,
    pub(crate) prove_within: Option<Term>,
}

/// What becomes of an application whose turn lapsed.
#[derive(Clone, Debug)]
pub(crate) enum NoAnswer {
    Keep,
    Close,
    Inactive { within: Term, times: u64 },
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reminder {
    /// `interest`, `referral` or `turn`.
    pub(crate) of: String,
    pub(crate) before: Term,
}

impl Policy {
    pub(crate) fn read(policy: &Value) -> Policy {
        let zone = policy["zone"].as_str().and_then(|zone| zone.parse().ok()).expect("a zone");
        let (terms, age, returned) = (&policy["terms"], &policy["age"], &policy["returned_seat"]);
        Policy {
            calendar: Calendar::new(zone),
            ends: Ends {
                same_time: terms["end"] == "same_time",
                first_day_counts: terms["first_day_counts"] == true,
            },
            choice_window: term(&policy["choice_window"]),
            referral_term: term(&policy["referral_term"]),
            stop_list_term: given(&policy["stop_list_term"]).map(term),
            recall_window: given(&policy["recall_window"]).map(term),
            extension: given(&policy["extension"]).map(|extension| Extension {
                max: term(&extension["max"]),
                times: extension["times"].as_u64().expect("a count"),
                per_application: extension["per"] == "application",
                counted_from: text(&extension["counted_from"]),
            }),
            lapses_to_removal: policy["lapses_to_removal"].as_u64(),
            interest: given(&policy["interest"]).map(interest),
            choose_from: months(&age["choose_from"]),
            until: months(&age["until"]),
            close_at_limit: age["on_reaching_limit"] == "close",
            order: order(&policy["order"]),
            benefits: list(&policy["benefits"]).iter().map(benefit).collect(),
            no_answer: no_answer(&policy["after_choice_window"]["application"]),
            unchosen: text(&policy["after_choice_window"]["seat"]),
            after_recall: text(&returned["recall"]),
            after_lapse: text(&returned["lapse"]),
            after_refusal: text(&returned["refusal"]),
            signed: policy["signature"] == "required",
            reminders: list(&policy["reminders"])
                .iter()
                .map(|row| Reminder { of: text(&row["of"]), before: term(&row["before"]) })
                .collect(),
            blackouts: list(&policy["blackouts"])
                .iter()
                .map(|day| text(day).parse().expect("a date"))
                .collect(),
        }
    }

    pub(crate) fn benefit(&self, id: Option<&str>) -> Option<&Benefit> {
        self.benefits.iter().find(|row| Some(row.id.as_str()) == id)
    }
}

fn given(value: &Value) -> Option<&Value> {
    (!value.is_null()).then_some(value)
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

pub(crate) fn term(value: &Value) -> Term {
    let (unit, count) = value.as_object().and_then(|term| term.iter().next()).expect("a term");
    let count = count.as_u64().and_then(|count| u32::try_from(count).ok()).expect("a count");
    match unit.as_str() {
        "working_days" => Term::WorkingDays(count),
        "calendar_days" => Term::CalendarDays(count),
        "hours" => Term::Hours(count),
        "months" => Term::Months(count),
        "years" => Term::Months(count * 12),
        _ => panic!("an unknown unit: {unit}"),
    }
}

fn months(age: &Value) -> u32 {
    match term(age) {
        Term::Months(months) => months,
        other => panic!("an age in {other:?}"),
    }
}

fn interest(value: &Value) -> Interest {
    match value["yearly_by"].as_str().and_then(|date| date.split_once('-')) {
        Some((month, day)) => {
            Interest::YearlyBy(month.parse().expect("a month"), day.parse().expect("a day"))
        }
        None if value["counted_from"] == "confirmation" => Interest::FromConfirmation(term(&value["every"])),
        None => Interest::FromRegistration(term(&value["every"])),
    }
}

fn order(value: &Value) -> Order {
    let count =
        |key: &str| value[key].as_u64().and_then(|count| usize::try_from(count).ok()).expect("a share");
    match value["by"].as_str() {
        Some("benefit_shares") => Order::Shares { benefit: count("benefit"), ordinary: count("ordinary") },
        Some("categories") => Order::Categories,
        _ => Order::Registration,
    }
}

fn benefit(row: &Value) -> Benefit {
    Benefit {
        id: text(&row["id"]),
        tier: text(&row["tier"]),
        rank: row["rank"].as_u64(),
        prove_within: given(&row["prove_within"]).map(term),
    }
}

fn no_answer(value: &Value) -> NoAnswer {
    match value.as_str() {
        Some("keep") => NoAnswer::Keep,
        Some("close") => NoAnswer::Close,
        _ => NoAnswer::Inactive {
            within: term(&value["inactive"]["restore_within"]),
            times: value["inactive"]["times"].as_u64().expect("a count"),
        },
    }
}
