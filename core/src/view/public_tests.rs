//! What the public list tells, and what it keeps.

use serde_json::{Value, json};

use super::{QueueRow, Rounding};
use crate::{Action, Child, Moment, Policy, Register};

const NOW: &str = "2018-01-10T21:35:14+06:00";

fn now() -> Moment {
    NOW.parse().unwrap()
}

fn policy(benefits: &[&str], public_list: &Value) -> Policy {
    let rows: Vec<Value> = benefits.iter().map(|id| json!({"id": id, "tier": "listed"})).collect();
    let policy = json!({"base": "akmola-2018", "benefits": rows, "public_list": public_list});
    Policy::from_json(&policy).unwrap()
}

/// A register with so many applications of each benefit in the line of each year.
fn register(policy: Policy, families: &[(u16, Option<&str>, usize)]) -> Register {
    let mut register = Register::new(policy).unwrap();
    let each =
        families.iter().flat_map(|(year, benefit, count)| std::iter::repeat_n((year, benefit), *count));
    for (number, (year, benefit)) in each.enumerate() {
        let child = Child {
            iin: format!("p:child-{number}").parse().unwrap(),
            born: format!("{year}-05-02").parse().unwrap(),
        };
        let submit = Action::Submit {
            applicant: format!("p:parent-{number}").parse().unwrap(),
            child,
            benefit: benefit.map(|benefit| benefit.parse().unwrap()),
            documents: Some(1),
            channel: None,
            channel_number: None,
            application: None,
        };
        register.apply(submit, now()).unwrap().accepted().unwrap();
    }
    register
}

fn list(register: &Register, year: u16) -> Vec<QueueRow> {
    register.at(now()).unwrap().queue(year, Rounding::Second, 0, usize::MAX)
}

/// The named benefits of a line, each once, and how many rows have one without a name.
fn told(register: &Register, year: u16) -> (Vec<String>, usize) {
    let rows = list(register, year);
    let mut named: Vec<String> =
        rows.iter().filter_map(|row| Some(row.benefit.as_ref()?.to_string())).collect();
    named.dedup();
    (named, rows.iter().filter(|row| row.has_benefit && row.benefit.is_none()).count())
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn four_are_with_a_benefit_and_five_have_its_name() {
    let akmola = || Policy::named("akmola-2018").unwrap();
    let four = register(akmola(), &[(2015, Some("orphan"), 4), (2015, None, 1)]);
    assert_eq!(told(&four, 2015), (names(&[]), 4));
    let five = register(akmola(), &[(2015, Some("orphan"), 5), (2015, None, 1)]);
    assert_eq!(told(&five, 2015), (names(&["orphan"]), 0));
    let last = list(&five, 2015).pop().unwrap();
    assert_eq!((last.place, last.benefit, last.has_benefit), (6, None, false));
}

#[test]
fn the_line_counts_and_not_the_register() {
    let akmola = Policy::named("akmola-2018").unwrap();
    let register = register(akmola, &[(2014, Some("orphan"), 1), (2015, Some("orphan"), 5)]);
    assert_eq!(told(&register, 2014), (names(&[]), 1));
    assert_eq!(told(&register, 2015), (names(&["orphan"]), 0));
}

#[test]
fn the_number_is_the_policys() {
    let families = [(2015, Some("orphan"), 2), (2015, Some("large-family"), 1)];
    let of = |from: u16| {
        let benefits = ["orphan", "large-family", "veteran-equated", "serviceman"];
        register(policy(&benefits, &json!({ "benefit_from": from })), &families)
    };
    assert_eq!(told(&of(1), 2015), (names(&["orphan", "large-family"]), 0));
    assert_eq!(told(&of(2), 2015), (names(&["orphan"]), 1));
    assert_eq!(told(&of(3), 2015), (names(&[]), 3));
}

#[test]
fn a_benefit_that_is_missing_alone_would_be_told_by_that() {
    let families =
        [(2015, Some("orphan"), 3), (2015, Some("large-family"), 2), (2015, Some("serviceman"), 1)];
    let two = json!({"benefit_from": 2});
    // The policy knows a fourth one: the unnamed row may be of that.
    let four = ["orphan", "large-family", "serviceman", "veteran-equated"];
    assert_eq!(
        told(&register(policy(&four, &two), &families), 2015),
        (names(&["orphan", "large-family"]), 1)
    );
    // It knows these three alone: the least frequent of the named ones hides it.
    let three = ["orphan", "large-family", "serviceman"];
    assert_eq!(told(&register(policy(&three, &two), &families), 2015), (names(&["orphan"]), 3));
    // Nothing is hidden where everything is frequent enough.
    assert_eq!(told(&register(policy(&three, &two), &families[..2]), 2015).0, ["orphan", "large-family"]);
    // One benefit alone has nothing to hide among.
    let one = register(policy(&["serviceman"], &two), &families[2..]);
    assert_eq!(told(&one, 2015), (names(&[]), 1));
}

#[test]
fn only_who_waits_is_counted() {
    let mut register = register(Policy::named("akmola-2018").unwrap(), &[(2015, Some("orphan"), 5)]);
    let withdraw = Action::Withdraw { application: "UO.2018.000001.1".parse().unwrap() };
    register.apply(withdraw, now()).unwrap().accepted().unwrap();
    assert_eq!(told(&register, 2015), (names(&[]), 4));
}

#[test]
fn registration_is_rounded_to_the_local_day() {
    let base = json!({"base": "akmola-2018", "zone": "Asia/Aqtobe"});
    let families = [(2015, None, 1)];
    // 21:35:14 of Almaty is 20:35:14 of Aqtobe; its day began at 00:00 there.
    for (policy, midnight) in [
        (Policy::named("akmola-2018").unwrap(), "2018-01-10T00:00:00+06:00"),
        (Policy::from_json(&base).unwrap(), "2018-01-10T00:00:00+05:00"),
    ] {
        let register = register(policy, &families);
        let view = register.at(now()).unwrap();
        assert_eq!(view.queue(2015, Rounding::Second, 0, 1)[0].registered_at, now());
        assert_eq!(view.queue(2015, Rounding::Day, 0, 1)[0].registered_at, midnight.parse().unwrap());
    }
}

#[test]
fn a_page_keeps_the_places_and_counts_the_whole_line() {
    let register = register(Policy::named("akmola-2018").unwrap(), &[(2015, Some("orphan"), 5)]);
    let page = register.at(now()).unwrap().queue(2015, Rounding::Second, 3, 1);
    assert_eq!(page.len(), 1);
    assert_eq!((page[0].place, page[0].benefit.as_ref().unwrap().as_str()), (4, "orphan"));
}

#[test]
fn a_row_has_five_fields_and_no_person() {
    let register = register(Policy::named("akmola-2018").unwrap(), &[(2015, Some("orphan"), 1)]);
    let ask = |question: Value| register.ask_json(&question, NOW);
    let rows = ask(json!({"view": "queue", "group_year": 2015, "round": "day"})).unwrap();
    let row = json!({"place": 1, "registered_at": "2018-01-10T00:00:00+06:00", "benefit": null,
        "has_benefit": true, "stage": "queued"});
    assert_eq!(rows, json!([row]));
    let exact = ask(json!({"view": "queue", "group_year": 2015, "round": null})).unwrap();
    assert_eq!(exact[0]["registered_at"], NOW);
    let error = ask(json!({"view": "queue", "group_year": 2015, "round": "week"})).unwrap_err();
    assert_eq!((error.code(), error.path()), (crate::ErrorCode::Malformed, "round"));
}

#[cfg(feature = "text-ru")]
#[test]
fn a_benefit_without_its_name_is_not_told_as_none() {
    let register = register(
        policy(&["orphan", "large-family"], &json!({})),
        &[(2015, Some("orphan"), 1), (2015, None, 1)],
    );
    let texts = crate::Texts::of(crate::Language::Ru, register.policy()).unwrap();
    let list = register.at(now()).unwrap().queue(2015, Rounding::Second, 0, 10);
    let told: Vec<String> = list.iter().map(|row| texts.listed_benefit(row)).collect();
    assert_eq!(told, ["С льготой", "Без льготы"]);
}
