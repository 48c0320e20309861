//! Random policies, most of them over `akmola-2018`, and what the model of a line reads of one.

use kezek::{Policy, Zone};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

/// What decides in which order a line is served, read from the policy as JSON.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    pub(crate) choose_from: u32,
    pub(crate) until: u32,
    order: Value,
    benefits: Value,
}

/// Who is served when, as far as the policy tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Group {
    OutOfTurn,
    Benefit,
    /// Ordinary under shares; everybody by registration; by rank under categories, the last where there is none.
    Ranked(u64),
}

impl Rules {
    pub(crate) fn of(policy: &Policy) -> Rules {
        let policy = serde_json::to_value(policy).expect("a policy is JSON");
        Rules {
            choose_from: months(&policy["age"]["choose_from"]),
            until: months(&policy["age"]["until"]),
            order: policy["order"].clone(),
            benefits: policy["benefits"].clone(),
        }
    }

    /// The slots of the cycle: true for a benefit; none where the order knows no cycle.
    pub(crate) fn slots(&self) -> Option<Vec<bool>> {
        let count = |key: &str| self.order[key].as_u64().and_then(|count| usize::try_from(count).ok());
        let (benefit, ordinary) = (count("benefit")?, count("ordinary")?);
        Some([vec![true; benefit], vec![false; ordinary]].concat())
    }

    /// Whether the line stands by registration alone.
    pub(crate) fn by_registration(&self) -> bool {
        self.order["by"] == "registration"
    }

    pub(crate) fn group(&self, benefit: Option<&str>) -> Group {
        let rows = self.benefits.as_array().expect("a list");
        let row = rows.iter().find(|row| row["id"].as_str() == benefit);
        let (tier, rank) =
            row.map_or(("listed", None), |row| (row["tier"].as_str().expect("a tier"), row["rank"].as_u64()));
        match (self.order["by"].as_str().expect("an order"), tier) {
            ("registration", _) => Group::Ranked(0),
            ("benefit_shares", "out_of_turn") => Group::OutOfTurn,
            ("benefit_shares", "priority") => Group::Benefit,
            ("categories", "out_of_turn" | "priority") => Group::Ranked(rank.expect("a rank")),
            (_, _) => Group::Ranked(u64::MAX),
        }
    }
}

/// An age, in months.
fn months(age: &Value) -> u32 {
    let unit = |name: &str, months: u64| age[name].as_u64().map(|count| count * months);
    let months = unit("months", 1).or(unit("years", 12)).expect("an age in months or years");
    u32::try_from(months).expect("a human age")
}

pub(crate) fn policies() -> BoxedStrategy<Value> {
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
    let line = (order(), benefits(), reminders());
    // One in six is a shipped one, as it is but for its name and zone.
    let shipped = select(vec![None, None, None, None, None, Some("astana-2019"), Some("kz-2025")]);
    let whole = (lengths.boxed(), rest.boxed(), line.boxed(), shipped);
    let policy = whole.prop_map(|(lengths, rest, line, shipped)| {
        let (choice_window, referral_term, stop_list_term, recall_window, extension, interest, lapses) =
            lengths;
        let (zone, terms, age, after_choice_window, returned_seat, signature, blackouts) = rest;
        let (order, benefits, reminders) = line;
        if let Some(base) = shipped {
            return json!({"base": base, "name": "random", "zone": zone, "reminders": reminders});
        }
        json!({
            "base": "akmola-2018", "name": "random", "zone": zone,
            "choice_window": choice_window, "referral_term": referral_term,
            "stop_list_term": stop_list_term, "recall_window": recall_window, "extension": extension,
            "lapses_to_removal": lapses, "interest": interest, "age": age,
            "after_choice_window": after_choice_window, "returned_seat": returned_seat,
            "terms": terms, "signature": signature, "blackouts": blackouts,
            "order": order, "benefits": benefits, "reminders": reminders,
        })
    });
    policy.boxed()
}

fn nullable<T: serde::Serialize + std::fmt::Debug>(
    some: impl Strategy<Value = T> + 'static,
) -> impl Strategy<Value = Value> {
    prop_oneof![1 => Just(Value::Null), 4 => some.prop_map(|some| json!(some))]
}

/// In every unit; mostly short, so that terms meet.
fn term() -> BoxedStrategy<Value> {
    let term = prop_oneof![
        6 => (1..=5_u16).prop_map(|n| json!({ "working_days": n })),
        4 => (1..=6_u16).prop_map(|n| json!({ "calendar_days": n })),
        3 => (1..=60_u16).prop_map(|n| json!({ "hours": n })),
        1 => (1..=2_u16).prop_map(|n| json!({ "months": n })),
        1 => Just(json!({ "years": 1 })),
    ];
    term.boxed()
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
    let inactive = (term(), 1..3_u16)
        .prop_map(|(within, times)| json!({"inactive": {"restore_within": within, "times": times}}));
    let application = prop_oneof![3 => Just(json!("keep")), 1 => Just(json!("close")), 2 => inactive];
    (seat, application).prop_map(|(seat, application)| json!({"seat": seat, "application": application}))
}

fn returned_seat() -> impl Strategy<Value = Value> {
    let to = || prop_oneof![3 => Just("next_in_line"), 1 => Just("free_choice"), 1 => Just("staff")];
    (to(), to(), to())
        .prop_map(|(recall, lapse, refusal)| json!({"recall": recall, "lapse": lapse, "refusal": refusal}))
}

fn order() -> impl Strategy<Value = Value> {
    let shares = (1..3_u16, 1..4_u16).prop_map(
        |(benefit, ordinary)| json!({"by": "benefit_shares", "benefit": benefit, "ordinary": ordinary}),
    );
    prop_oneof![2 => Just(json!({"by": "registration"})), 3 => shares, 2 => Just(json!({"by": "categories"}))]
}

/// The benefits that the stories know: out of turn, with a share, listed; some to be proved.
fn benefits() -> impl Strategy<Value = Value> {
    let proof = || prop_oneof![2 => Just(None), 2 => term().prop_map(Some)];
    (proof(), proof(), 0..3_u16).prop_map(|(first, second, rank)| {
        let mut rows = json!([
            {"id": "serviceman", "tier": "out_of_turn", "rank": rank},
            {"id": "orphan", "tier": "priority", "rank": 1},
            {"id": "large-family", "tier": "priority", "rank": 2},
            {"id": "veteran-equated", "tier": "listed"},
        ]);
        for (row, proof) in [(0, first), (1, second)] {
            if let Some(within) = proof {
                rows[row]["prove_within"] = within;
            }
        }
        rows
    })
}

fn reminders() -> impl Strategy<Value = Value> {
    let one = (select(vec!["interest", "referral", "turn"]), short());
    let one = one.prop_map(|(of, before)| json!({"of": of, "before": before}));
    prop_oneof![1 => Just(json!([])), 2 => prop::collection::vec(one, 1..4).prop_map(Value::from)]
}

fn short() -> impl Strategy<Value = Value> {
    prop_oneof![
        2 => (1..=3_u16).prop_map(|n| json!({ "working_days": n })),
        2 => (1..=3_u16).prop_map(|n| json!({ "calendar_days": n })),
        1 => (1..=30_u16).prop_map(|n| json!({ "hours": n })),
        1 => Just(json!({ "months": 1 })),
    ]
}
