//! Policies: the shipped ones whole and with their sources, bases, and every fault at once.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::Policy;
use crate::ErrorCode;

fn whole(name: &str) -> Value {
    serde_json::to_value(Policy::named(name).unwrap()).unwrap()
}

fn over(differs: &Value) -> Value {
    let mut policy = json!({"base": "akmola-2018"});
    policy.as_object_mut().unwrap().extend(differs.as_object().unwrap().clone());
    policy
}

/// The paths of all faults.
fn faults(policy: &Value) -> BTreeSet<String> {
    let error = Policy::from_json(policy).unwrap_err();
    assert_eq!(error.code(), ErrorCode::InvalidPolicy, "{error}");
    error.fields().map(str::to_owned).collect()
}

fn set(paths: &[&str]) -> BTreeSet<String> {
    paths.iter().map(|path| (*path).to_owned()).collect()
}

#[test]
fn akmola_is_what_wire_md_says() {
    let said = json!({"name":"akmola-2018","zone":"Asia/Almaty","calendar":"kz-five-day",
        "choice_window":{"working_days":3},"referral_term":{"working_days":5},"stop_list_term":{"working_days":10},
        "recall_window":{"hours":24},
        "extension":{"max":{"calendar_days":30},"times":1,"per":"referral","counted_from":"expiry"},
        "lapses_to_removal":2,
        "interest":null,
        "age":{"choose_from":{"years":2},"until":{"years":7},"on_reaching_limit":"close"},
        "order":{"by":"registration"},
        "benefits":[{"id":"disabled-parent","tier":"listed"},{"id":"no-parental-care","tier":"listed"},
            {"id":"orphan","tier":"listed"},{"id":"large-family","tier":"listed"},
            {"id":"veteran-equated","tier":"listed"}],
        "after_choice_window":{"seat":"free_choice","application":"keep"},
        "returned_seat":{"recall":"next_in_line","lapse":"next_in_line","refusal":"next_in_line"},
        "terms":{"end":"end_of_day","first_day_counts":false},
        "signature":"required","reminders":[],"blackouts":[]});
    assert_eq!(whole("akmola-2018"), said);
}

#[test]
fn aktobe_differs_in_zone_and_interest() {
    let mut said = whole("akmola-2018");
    said["name"] = json!("aktobe-2018");
    said["zone"] = json!("Asia/Aqtobe");
    said["interest"] = json!({"every": {"months": 12}, "counted_from": "registration"});
    assert_eq!(whole("aktobe-2018"), said);
}

#[test]
fn every_shipped_value_has_its_source_and_nothing_else_has_one() {
    for name in Policy::names() {
        let keys = |value: Value| value.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
        let sources = Policy::sources(name).unwrap();
        assert_eq!(keys(sources.clone()), keys(whole(name)), "{name}");
        for (key, source) in sources.as_object().unwrap() {
            assert!(source.as_str().is_some_and(|source| !source.trim().is_empty()), "{name}: {key}");
        }
    }
}

#[test]
fn a_policy_is_written_whole_and_read_back() {
    for name in Policy::names() {
        assert_eq!(Policy::from_json(&whole(name)), Policy::named(name));
    }
}

#[test]
fn an_unknown_name_lists_the_known_ones() {
    for unknown in [json!("akmola-2019"), json!({"base": "akmola-2019"})] {
        let error = Policy::from_json(&unknown).unwrap_err();
        assert_eq!(error.code(), ErrorCode::UnknownPolicy);
        for name in Policy::names() {
            assert!(error.expected().contains(name), "{error}");
        }
    }
    assert_eq!(Policy::sources("no").unwrap_err().code(), ErrorCode::UnknownPolicy);
}

#[test]
fn five_records_merge_key_by_key() {
    let differs = json!({
        "age": {"until": {"years": 6}}, "terms": {"first_day_counts": true}, "extension": {"times": 2},
        "after_choice_window": {"application": "close"}, "returned_seat": {"recall": "staff"},
    });
    let read = serde_json::to_value(Policy::from_json(&over(&differs)).unwrap()).unwrap();
    let mut said = whole("akmola-2018");
    for (record, own) in differs.as_object().unwrap() {
        for (key, value) in own.as_object().unwrap() {
            said[record][key] = value.clone();
        }
    }
    assert_eq!(read, said);
}

#[test]
fn everything_else_is_replaced_whole() {
    // A term has one unit: over another one it is not merged into two.
    let differs = json!({"choice_window": {"hours": 24}, "benefits": [], "interest": {"yearly_by": "10-01"}});
    let read = serde_json::to_value(Policy::from_json(&over(&differs)).unwrap()).unwrap();
    for (key, value) in differs.as_object().unwrap() {
        assert_eq!(&read[key], value);
    }
    // A record that is null stands for none, and a null in it for nothing at all.
    assert!(Policy::from_json(&over(&json!({"extension": null}))).is_ok());
    assert_eq!(faults(&over(&json!({"age": null, "terms": {"end": null}}))), set(&["age", "terms.end"]));
}

#[test]
fn null_is_a_value_only_where_the_rules_have_one() {
    for key in ["stop_list_term", "recall_window", "extension", "lapses_to_removal", "interest"] {
        assert!(Policy::from_json(&over(&json!({ key: null }))).is_ok(), "{key}");
    }
    for key in whole("akmola-2018").as_object().unwrap().keys() {
        let nullable = ["stop_list_term", "recall_window", "extension", "lapses_to_removal", "interest"];
        if !nullable.contains(&key.as_str()) {
            assert_eq!(faults(&over(&json!({ key: null }))), set(&[key]));
        }
    }
}

#[test]
fn without_a_base_every_value_must_be_given() {
    for key in whole("akmola-2018").as_object().unwrap().keys() {
        let mut policy = whole("akmola-2018");
        policy.as_object_mut().unwrap().remove(key);
        assert_eq!(faults(&policy), set(&[key]));
    }
    assert_eq!(faults(&json!({})).len(), 19);
}

#[test]
fn every_fault_is_listed_at_once() {
    let policy = over(&json!({
        "name": " ", "zone": "Asia/Tashkent", "choice_window": {"weeks": 1}, "referral_term": {"working_days": 0},
        "recall_window": 24, "lapses_to_removal": 0, "interest": {"every": {"months": 12}},
        "extension": {"times": 0, "per": "child"}, "age": {"choose_from": {"years": 7}, "until": {"years": 7}},
        "order": {"by": "lottery"}, "benefits": [{"id": "a", "tier": "listed"}, {"id": "a", "tier": "listed"}],
        "terms": {"end": "same_time", "first_day_counts": true}, "returned_seat": {"lapse": "nobody"},
        "signature": true, "blackouts": ["2018-02-30"], "colour": "red", "after_choice_window": {"for": "ever"},
    }));
    let paths = set(&[
        "name",
        "zone",
        "choice_window",
        "referral_term",
        "recall_window",
        "lapses_to_removal",
        "interest",
        "extension.times",
        "extension.per",
        "age.until",
        "order",
        "benefits",
        "terms.first_day_counts",
        "returned_seat.lapse",
        "signature",
        "blackouts",
        "colour",
        "after_choice_window.for",
    ]);
    assert_eq!(faults(&policy), paths);
}

#[test]
fn an_age_is_one_of_birthdays() {
    let age = |from: Value, until: Value| over(&json!({"age": {"choose_from": from, "until": until}}));
    assert_eq!(
        faults(&age(json!({"calendar_days": 700}), json!({"hours": 9}))),
        set(&["age.choose_from", "age.until"])
    );
    assert!(Policy::from_json(&age(json!({"months": 18}), json!({"months": 19}))).is_ok());
    assert_eq!(faults(&age(json!({"months": 24}), json!({"years": 2}))), set(&["age.until"]));
}

#[test]
fn shares_ranks_and_counts_that_make_no_sense_are_refused() {
    let shares = |benefit: u16, ordinary: u16| {
        over(&json!({"order": {"by": "benefit_shares", "benefit": benefit, "ordinary": ordinary}}))
    };
    assert!(Policy::from_json(&shares(1, 3)).is_ok());
    assert_eq!(faults(&shares(0, 3)), set(&["order"]));
    assert_eq!(faults(&shares(1, 0)), set(&["order"]));
    let ranked = |rank: Value| {
        let benefits = json!([{"id": "a", "tier": "priority", "rank": rank}]);
        over(&json!({"order": {"by": "categories"}, "benefits": benefits}))
    };
    assert!(Policy::from_json(&ranked(json!(7))).is_ok());
    assert_eq!(faults(&ranked(json!(null))), set(&["benefits"]));
    let ignored = over(&json!({"order": {"by": "registration", "benefit": 1}}));
    assert_eq!(faults(&ignored), set(&["order"]));
    let inactive = |times: u16| {
        let inactive = json!({"inactive": {"restore_within": {"calendar_days": 28}, "times": times}});
        over(&json!({"after_choice_window": {"application": inactive}}))
    };
    assert!(Policy::from_json(&inactive(1)).is_ok());
    assert_eq!(faults(&inactive(0)), set(&["after_choice_window.application"]));
}

#[test]
fn a_day_of_every_year_is_not_29_february() {
    let by = |day: &str| over(&json!({"interest": {"yearly_by": day}}));
    assert!(Policy::from_json(&by("02-28")).is_ok());
    for wrong in ["02-29", "13-01", "1-1", "2018-10-01", ""] {
        assert_eq!(faults(&by(wrong)), set(&["interest"]), "{wrong}");
    }
}

#[test]
fn the_public_list_is_usual_where_nothing_is_said() {
    // Not written: a journal of before reads and writes the same.
    assert_eq!(whole("akmola-2018").get("public_list"), None);
    let from = |policy: &Value| Policy::from_json(policy).unwrap().public_list.benefit_from.get();
    assert_eq!(from(&whole("akmola-2018")), 5);
    assert_eq!(from(&over(&json!({"public_list": {}}))), 5);
    assert_eq!(from(&over(&json!({"public_list": {"benefit_from": 1}}))), 1);
    let usual = Policy::from_json(&over(&json!({"public_list": {"benefit_from": 5}}))).unwrap();
    assert_eq!(usual, Policy::named("akmola-2018").unwrap());
    // A whole policy may say it, and then says all of it.
    let mut own = whole("akmola-2018");
    own["public_list"] = json!({"benefit_from": 10});
    let read = Policy::from_json(&own).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), own);
    own["public_list"] = json!({});
    assert_eq!(faults(&own), set(&["public_list.benefit_from"]));
}

#[test]
fn a_public_list_that_is_none_is_named_by_its_path() {
    let wrong = |list: Value| faults(&over(&json!({ "public_list": list })));
    for from in [json!(0), json!(-1), json!(65_536), json!("5"), json!(null)] {
        assert_eq!(wrong(json!({ "benefit_from": from })), set(&["public_list.benefit_from"]));
    }
    assert_eq!(wrong(json!(null)), set(&["public_list"]));
    assert_eq!(wrong(json!(5)), set(&["public_list"]));
    assert_eq!(wrong(json!({"from": 5, "benefit_from": 5})), set(&["public_list.from"]));
}

#[test]
fn a_public_list_is_compared_by_its_key_although_it_is_not_written() {
    let akmola = Policy::named("akmola-2018").unwrap();
    let other = Policy::from_json(&over(&json!({"public_list": {"benefit_from": 10}}))).unwrap();
    let found = akmola.compare(&other);
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].path.as_str(), &found[0].one, &found[0].other),
        ("public_list.benefit_from", &json!(5), &json!(10))
    );
    assert_eq!(akmola.compare(&akmola), []);
}
