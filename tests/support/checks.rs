//! What the laws look at, and the checks that take more than a line.

use std::collections::BTreeMap;

use kezek::{
    Action, Actor, ApplicationNumber, Command, ErrorCode, Event, Moment, Permission, Reason, Register,
    Snapshot, Stage, VacancyFilter, View, Which,
};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use serde_json::{Value, json};

use super::play::Luck;
use super::rules::Rules;
use super::story::{Judged, Told, Turned};
use super::{facts, filed, numbers};

/// What a host can see of a register without changing it.
#[derive(Debug, PartialEq)]
pub(crate) struct Look {
    pub(crate) digest: String,
    pub(crate) revision: u64,
    pub(crate) now: Option<Moment>,
    pub(crate) next: Option<kezek::DeadlineView>,
    pub(crate) events: usize,
    pub(crate) settled: bool,
    pub(crate) positions: Vec<(ApplicationNumber, kezek::PositionView)>,
}

pub(crate) fn look(register: &Register) -> Look {
    Look {
        digest: register.digest(),
        revision: register.revision(),
        now: register.now(),
        next: register.next_deadline(),
        events: register.events().len(),
        settled: rested(register).is_some(),
        positions: positions(register),
    }
}

pub(crate) fn positions(register: &Register) -> Vec<(ApplicationNumber, kezek::PositionView)> {
    let Some(view) = rested(register) else { return Vec::new() };
    let position = |number: ApplicationNumber| {
        // A spoilt history may name one that the state does not know.
        let position = view.position(&number).ok()?;
        Some((number, position))
    };
    numbers(register).into_iter().filter_map(position).collect()
}

/// A register that has seen a moment is settled at it: law 5.
pub(crate) fn rested(register: &Register) -> Option<View<'_>> {
    register.now().and_then(|now| register.at(now).ok())
}

pub(crate) fn which(number: &ApplicationNumber) -> Which {
    Which::Application(number.clone())
}

pub(crate) fn right(judged: Result<(), String>) -> Judged {
    judged.map_err(TestCaseError::fail)
}

pub(crate) fn through_json(register: &Register) -> Vec<Event> {
    let written = register.events().iter().map(|event| register.write(event));
    written.map(|event| serde_json::from_value(event).expect("an event")).collect()
}

/// Stops at every deadline on the way, a second before it, and somewhere between.
pub(crate) fn stroll(register: &mut Register, to: Moment, luck: &mut Luck) {
    let Some(from) = register.now() else { return };
    let between = (to.unix() - from.unix()).max(0);
    let halt = from.plus_seconds(
        i64::try_from(luck.pick(1 + usize::try_from(between).expect("a span"))).expect("a span"),
    );
    let mut halted = false;
    while let Some(next) = register.next_deadline().map(|next| next.at).filter(|at| *at <= to) {
        if !halted && halt < next {
            halted = true;
            let _ = register.advance(halt);
        }
        let stop = if luck.pick(2) == 0 { next } else { next.plus_seconds(-1) };
        let _ = register.advance(stop.max(register.now().unwrap_or(stop)));
        let _ = register.advance(next);
    }
}

pub(crate) fn same(one: &Register, other: &Register) -> Judged {
    for (one, other) in facts(one).iter().zip(&facts(other)) {
        prop_assert_eq!(one, other);
    }
    prop_assert_eq!(look(one), look(other));
    Ok(())
}

/// The same things happen to all of them.
pub(crate) fn goes_on<const N: usize>(
    mut register: Register,
    mut others: [Register; N],
    rest: &[Told],
) -> Result<Register, TestCaseError> {
    for other in &others {
        prop_assert_eq!(look(other), look(&register));
    }
    for told in rest {
        let outcome = told.tell(&mut register);
        for other in &mut others {
            prop_assert_eq!(&told.tell(other), &outcome);
            prop_assert_eq!(other.next_deadline(), register.next_deadline());
        }
    }
    for other in &others {
        prop_assert_eq!(look(other), look(&register));
    }
    Ok(register)
}

pub(crate) fn new_events<'a>(turn: &Turned<'a>) -> &'a [std::sync::Arc<Event>] {
    &turn.after.events()[turn.before.events().len()..]
}

/// No child is enrolled twice or has two live referrals, and nobody has two numbers in the queue.
pub(crate) fn one_each(view: View<'_>, register: &Register) -> Judged {
    let mut enrolled = BTreeMap::new();
    let mut active = BTreeMap::new();
    for filed in filed(register) {
        let application = filed.number;
        let stage = view.application(application).expect("an application").stage;
        let child = filed.child.iin.reveal();
        if stage == Stage::Enrolled {
            prop_assert_eq!(enrolled.insert(child.clone(), application), None, "enrolled twice");
        }
        if stage.is_active() {
            prop_assert_eq!(active.insert(child, application), None, "twice in the queue");
        }
    }
    Ok(())
}

/// The book itself: each place and each application tell of each other.
pub(crate) fn the_book_is_sound(register: &Register) -> Judged {
    let snapshot = serde_json::to_value(register.snapshot()).expect("a snapshot is JSON");
    let list = |value: &Value, key: &str| value[key].as_array().cloned().unwrap_or_default();
    let mut holding = BTreeMap::new();
    for (holder, application) in list(&snapshot["book"], "applications").iter().enumerate() {
        let standing = &application["standing"];
        let seat = match standing["stage"].as_str() {
            Some("notified" | "enrolled") => &standing["seat"],
            Some("referred" | "under_review") => &standing["referral"]["seat"],
            _ => continue,
        };
        // A child that was taken over enrolled may count no place.
        if seat.is_null() {
            continue;
        }
        let two = holding.insert(seat.to_string(), (holder, standing["stage"].clone()));
        prop_assert_eq!(two, None, "two hold {}", seat);
    }
    for (vacancy, row) in list(&snapshot["book"], "vacancies").iter().enumerate() {
        for (place, is) in list(row, "places").iter().enumerate() {
            let seat = json!({"vacancy": vacancy + 1, "place": place + 1}).to_string();
            let holder = holding.remove(&seat).map(|(holder, stage)| (json!(holder), stage));
            let wanted = match is["is"].as_str() {
                Some("waiting") if is["turn"].is_null() => None,
                Some("waiting") => Some((is["turn"].clone(), vec!["notified"])),
                Some("referred") => Some((is["by"].clone(), vec!["referred", "under_review"])),
                // The place of a child that has left stays filled (R79).
                Some("filled") => holder.is_some().then(|| (is["by"].clone(), vec!["enrolled"])),
                _ => None,
            };
            match (&holder, &wanted) {
                (None, None) => {}
                (Some((by, stage)), Some((wanted, stages))) => {
                    prop_assert_eq!(by, wanted);
                    prop_assert!(
                        stages.contains(&stage.as_str().unwrap_or("")),
                        "{stage} holds {seat}, {is}"
                    );
                }
                (_, _) => prop_assert!(false, "{seat} is {is}, held by {holder:?}"),
            }
        }
    }
    prop_assert!(holding.is_empty(), "places that are not there: {holding:?}");
    Ok(())
}

/// Every order of the register: who stands where, from the first. The numbers are 1..n.
pub(crate) fn orders(register: &Register) -> Result<BTreeMap<String, Vec<ApplicationNumber>>, TestCaseError> {
    let mut ranks: BTreeMap<String, BTreeMap<u32, ApplicationNumber>> = BTreeMap::new();
    let Some(view) = rested(register) else { return Ok(BTreeMap::new()) };
    let rules = Rules::of(register.policy());
    let mut put = |order: String, place: u32, number: &ApplicationNumber| {
        let two = ranks.entry(order).or_default().insert(place, number.clone());
        prop_assert_eq!(two, None, "two have the number {}", place);
        Ok(())
    };
    for number in numbers(register) {
        let position = view.position(&number).expect("an application");
        let seen = view.application(&number).expect("an application");
        if !seen.stage.is_active() {
            prop_assert_eq!(position, kezek::PositionView::default());
            continue;
        }
        put("city".to_owned(), position.number, &number)?;
        put(format!("line {}", seen.group_year), position.in_group_year, &number)?;
        match &seen.benefit {
            Some(benefit) => put(format!("benefit {benefit}"), position.in_benefit, &number)?,
            None => prop_assert_eq!(position.in_benefit, 0),
        }
    }
    for (order, ranks) in &ranks {
        prop_assert!(
            ranks.keys().copied().eq(1..=u32::try_from(ranks.len()).expect("few")),
            "{order}: {ranks:?}"
        );
    }
    for line in view.group_years() {
        let shown = view.queue(line, kezek::Rounding::Second, 0, usize::MAX);
        let counted = ranks.get(&format!("line {line}")).map_or(0, BTreeMap::len);
        prop_assert_eq!(shown.len(), counted);
        let orderly = shown.windows(2).all(|two| two[0].registered_at <= two[1].registered_at);
        prop_assert!(orderly || !rules.by_registration());
    }
    let mut orders: BTreeMap<String, Vec<ApplicationNumber>> = BTreeMap::new();
    for (order, ranks) in ranks {
        for number in ranks.into_values() {
            // Where the line is not served by registration, registration orders those of one benefit.
            let benefit = view.application(&number).expect("an application").benefit;
            let whole = rules.by_registration() || !order.starts_with("line");
            let name = if whole { order.clone() } else { format!("{order} {benefit:?}") };
            orders.entry(name).or_default().push(number);
        }
    }
    Ok(orders)
}

/// `R` stated, `O` decided, `F` a fact: the ids of rules.md.
pub(crate) fn a_rule(rule: &str) -> Result<(), String> {
    let last = BTreeMap::from([("R", 86), ("O", 42), ("F", 46)]);
    let number = rule.get(1..).and_then(|digits| digits.parse().ok()).unwrap_or(0);
    let known =
        rule.get(..1).and_then(|kind| last.get(kind)).is_some_and(|last| (1..=*last).contains(&number));
    if known { Ok(()) } else { Err(format!("no such rule: {rule}")) }
}

/// Nobody in particular, those who may, and one who may not.
pub(crate) fn actors(register: &Register, number: &ApplicationNumber) -> Vec<Option<Actor>> {
    let mut actors =
        vec![None, Some(Actor::Department), Some(Actor::Operator { name: "somebody".to_owned() })];
    let own = filed(register).find(|filed| filed.number == number);
    actors.extend(own.map(|own| Some(Actor::Applicant { iin: own.applicant.clone() })));
    let kindergartens = ["bobek", "balapan"].map(|name| name.parse().expect("a kindergarten"));
    actors.push(Some(Actor::Staff { kindergartens: kindergartens.to_vec() }));
    actors
}

pub(crate) fn permitted(register: &Register, number: &ApplicationNumber, by: Option<&Actor>) -> Judged {
    let Some(view) = rested(register) else { return Ok(()) };
    let now = register.now().expect("a rested register");
    let check = |action: Action| {
        let signed = Command::from(action).signed("signed");
        let command = Command { by: by.cloned(), ..signed };
        let denials = register.check(command, now).expect("a settled register");
        let right =
            |denial: &&kezek::Denial| !matches!(denial.code(), "extension_not_later" | "extension_too_long");
        denials.iter().filter(right).map(kezek::Denial::code).collect::<Vec<_>>()
    };
    let line = view.application(number).expect("an application").group_year;
    let rows = view.vacancies(&VacancyFilter { group_year: Some(line), ..VacancyFilter::default() });
    for row in view.permissions(&which(number), by).expect("an application") {
        let codes: Vec<_> = row.denials.iter().map(kezek::Denial::code).collect();
        prop_assert_eq!(row.allowed, codes.is_empty());
        if row.action == "choose" {
            let each = rows
                .iter()
                .map(|row| check(Action::Choose { application: number.clone(), vacancy: row.vacancy }));
            let each: Vec<_> = each.collect();
            // One vacancy must answer so, and none better; without any there is nothing to choose.
            prop_assert!(each.is_empty() || each.contains(&codes), "choose: {codes:?}, and of each {each:?}");
            prop_assert!(row.allowed || each.iter().all(|codes| !codes.is_empty()));
            prop_assert!(!(each.is_empty() && row.allowed));
            continue;
        }
        let checked = check(action(&row, number, register));
        prop_assert_eq!(checked, codes, "{}", row.action);
    }
    Ok(())
}

/// The command of a permission, its fields right.
pub(crate) fn action(row: &Permission, number: &ApplicationNumber, register: &Register) -> Action {
    let application = number.clone();
    let (of, reason) = (which(number), Reason::text("moved away"));
    let today = register.policy().zone().day(register.now().expect("a rested register"));
    match row.action {
        "change_benefit" => Action::ChangeBenefit { application, benefit: None, documents: None },
        "confirm_interest" => Action::ConfirmInterest { application },
        "withdraw" => Action::Withdraw { application },
        "pass_turn" => Action::PassTurn { application },
        "extend_referral" => Action::ExtendReferral { of, until: today, reason },
        "recall_referral" => Action::RecallReferral { of, reason },
        "record_visit" => Action::RecordVisit { of },
        "prove_benefit" => Action::ProveBenefit { application },
        "accept" => Action::Accept { of },
        "refuse" => Action::Refuse { of, reason },
        "uphold_refusal" => Action::UpholdRefusal { of },
        "overturn_refusal" => Action::OverturnRefusal { of },
        "mark_departure" => Action::MarkDeparture { application, date: today, reason },
        other => panic!("an action nobody knows: {other}"),
    }
}

pub(crate) fn honest(register: &Register, number: &ApplicationNumber) -> Judged {
    let Some(view) = rested(register) else { return Ok(()) };
    let now = view.permissions(&which(number), None).expect("an application");
    let codes = |row: &Permission| row.denials.iter().map(kezek::Denial::code).collect::<Vec<_>>();
    for row in now.iter().filter(|row| row.until.is_some()) {
        let until = row.until.expect("filtered");
        let mut later = register.clone();
        if later.policy().zone().day(until).year() > 2100 {
            continue;
        }
        let before = later.advance(until.plus_seconds(-1)).expect("a later moment");
        if before.events.iter().any(|event| event.fact.application() != Some(number)) {
            continue;
        }
        let at = |register: &Register, moment: Moment| -> Vec<Permission> {
            let view = register.at(moment).expect("a settled register");
            view.permissions(&which(number), None).expect("an application")
        };
        let same = at(&later, until.plus_seconds(-1)).into_iter().find(|then| then.action == row.action);
        prop_assert_eq!(same.as_ref().map(codes), Some(codes(row)), "{} just before {}", row.action, until);
        let due = later.advance(until).expect("a later moment");
        if due.events.iter().any(|event| event.fact.application() != Some(number)) {
            continue;
        }
        let other = at(&later, until).into_iter().find(|then| then.action == row.action);
        prop_assert_ne!(other.as_ref().map(codes), Some(codes(row)), "{} at {}", row.action, until);
    }
    Ok(())
}

/// A spoilt state under a digest that fits it.
pub(crate) fn forged(mut snapshot: Value) -> Option<Register> {
    let error = Snapshot::from_json(snapshot.clone()).and_then(Register::restore).err()?;
    if error.path() != "digest" || error.code() != ErrorCode::CorruptHistory {
        return None;
    }
    snapshot["digest"] = json!(error.expected());
    Snapshot::from_json(snapshot).and_then(Register::restore).ok()
}

/// Goes on with a story, whatever the register makes of it, and looks at everything.
pub(crate) fn live(register: &mut Register, told: &[Told]) {
    for told in told {
        let _ = told.tell(register);
        let _ = look(register);
        let _ = register.rollback();
        let _ = told.tell(register);
    }
    let now = register.now().unwrap_or(Moment::from_unix(0)).to_string();
    for number in numbers(register) {
        for view in
            ["application", "position", "permissions", "deadlines", "referral", "history", "documents"]
        {
            let _ = register.ask_json(&json!({"view": view, "application": number}), &now);
        }
    }
    for event in 0..=register.revision().saturating_add(1) {
        let _ = register.ask_json(&json!({"view": "messages", "event": event}), &now);
    }
    for question in ["vacancies", "archive", "next_deadline", "deadlines", "digest"] {
        let _ = register.ask_json(&json!({ "view": question }), &now);
    }
}

/// A good question.
pub(crate) fn a_question(register: &Register, luck: &mut Luck) -> Value {
    let number = luck.one(&numbers(register)).map_or("nobody".to_owned(), |number| number.to_string());
    let year = 2010 + luck.pick(9);
    let [from, to] = [(); 2].map(|()| {
        let at = luck.one(register.events()).and_then(|event| event.at);
        at.or(register.now()).unwrap_or(Moment::from_unix(0)).to_string()
    });
    luck.one(&[
        json!({"view": "application", "application": number}),
        json!({"view": "position", "application": number}),
        json!({"view": "explain_position", "application": number, "from": from, "to": to}),
        json!({"view": "permissions", "application": number, "by": {"role": "department"}}),
        json!({"view": "permissions", "kindergarten": "bobek"}),
        json!({"view": "deadlines", "application": number}),
        json!({"view": "vacancies", "group_year": year, "state": "free_choice"}),
        json!({"view": "journal", "iin": "p:parent-0"}),
        json!({"view": "archive", "offset": 1, "limit": 2}),
        json!({"view": "referral", "referral": "1000000101"}),
        json!({"view": "enrolled", "kindergarten": "bobek"}),
        json!({"view": "queue", "group_year": year, "round": "day", "offset": 0, "limit": 9}),
        json!({"view": "history", "application": number}),
        json!({"view": "documents", "application": number}),
        json!({"view": "messages", "event": register.revision()}),
    ])
    .expect("a question")
}
