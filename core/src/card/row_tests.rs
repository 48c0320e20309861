//! Cards that a portal fills from its own rows: what each stage needs, what contradicts itself, and what is
//! extreme.

use serde_json::{Value, json};

use crate::{Card, CardRow, Child, Error, ErrorCode, Moment, Policy};

pub(super) fn at(text: &str) -> Moment {
    format!("{text}+06:00").parse().unwrap()
}

pub(super) fn row() -> CardRow {
    under("akmola-2018")
}

fn under(policy: &str) -> CardRow {
    let child = Child { iin: "p:child-1".parse().unwrap(), born: "2015-05-02".parse().unwrap() };
    CardRow::new(
        Policy::named(policy).unwrap(),
        "UO.2018.000001.1".parse().unwrap(),
        1,
        "p:parent-1".parse().unwrap(),
        child,
        at("2018-01-10T09:00:00"),
    )
}

/// A row as JSON, with what it needs in a stage.
pub(super) fn stage(stage: &str) -> Value {
    let mut json = serde_json::to_value(row()).unwrap();
    let (fields, details) = match stage {
        "queued" => (json!({}), json!({})),
        "notified" => {
            (json!({"choose_by": "2018-03-08T00:00:00+06:00"}), json!({"seat": {"vacancy": 1, "place": 1}}))
        }
        "referred" | "under_review" => (
            json!({"referral": "1000000101", "kindergarten": "bobek", "recall_until": "2018-03-06T10:15:31+06:00"}),
            json!({"seat": {"vacancy": 1, "place": 1}, "issued_at": "2018-03-05T10:15:30+06:00"}),
        ),
        "stop_listed" | "inactive" => (json!({"until": "2018-03-29T00:00:00+06:00"}), json!({})),
        "enrolled" => (json!({"kindergarten": "bobek", "referral": "1000000101"}), json!({})),
        "closed" => (json!({"reason": "withdrawn"}), json!({})),
        other => panic!("no stage {other}"),
    };
    // The same as without one, and faster.
    json.as_object_mut().unwrap().remove("calendar");
    json["application"]["stage"] = stage.into();
    for (key, value) in fields.as_object().unwrap() {
        json["application"][key] = value.clone();
    }
    if stage == "referred" {
        json["application"]["expires_at"] = "2018-03-14T00:00:00+06:00".into();
    }
    json["details"] = details;
    json["made_at"] = "2018-03-05T12:00:00+06:00".into();
    json
}

pub(super) const STAGES: [&str; 8] =
    ["queued", "notified", "referred", "under_review", "stop_listed", "inactive", "enrolled", "closed"];

/// What a row in a stage meets when one thing in it is different.
fn with(name: &str, path: &str, value: Value) -> Result<Card, Error> {
    let mut json = stage(name);
    put(&mut json, path, value);
    Card::from_json(&json)
}

fn put(json: &mut Value, path: &str, value: Value) {
    let (last, way) = path.rsplit_once('.').map_or((path, None), |(way, last)| (last, Some(way)));
    let way = way.map_or(String::new(), |way| format!("/{}", way.replace('.', "/")));
    json.pointer_mut(&way).unwrap()[last] = value;
}

fn fault(answer: Result<Card, Error>) -> String {
    match answer {
        Ok(card) => panic!("a card: {card:?}"),
        Err(error) => {
            assert_eq!(error.code(), ErrorCode::Malformed, "{error}");
            error.path().to_owned()
        }
    }
}

#[test]
fn each_stage_is_read_and_survives_the_wire() {
    for name in STAGES {
        let card = Card::from_json(&stage(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let json = serde_json::to_value(&card).unwrap();
        assert_eq!(json["application"]["stage"], name);
        let again = Card::from_json(&json).unwrap();
        assert_eq!(serde_json::to_value(&again).unwrap(), json);
        assert_eq!(again.row(), card.row());
    }
}

#[test]
fn what_a_stage_needs_and_does_not_have_is_named() {
    let needed = [
        ("notified", "application.choose_by"),
        ("notified", "details.seat"),
        ("referred", "application.referral"),
        ("referred", "application.kindergarten"),
        ("referred", "application.expires_at"),
        ("referred", "details.seat"),
        ("referred", "details.issued_at"),
        ("under_review", "application.referral"),
        ("under_review", "application.kindergarten"),
        ("under_review", "details.seat"),
        ("under_review", "details.issued_at"),
        ("stop_listed", "application.until"),
        ("inactive", "application.until"),
        ("enrolled", "application.kindergarten"),
        ("closed", "application.reason"),
    ];
    for (name, path) in needed {
        assert_eq!(fault(with(name, path, Value::Null)), path, "{name}");
    }
}

#[test]
fn a_referral_without_a_term_was_visited_or_must_be_accepted() {
    for told in ["details.visited", "application.must_accept"] {
        let mut json = stage("referred");
        put(&mut json, told, true.into());
        assert_eq!(fault(Card::from_json(&json)), "application.expires_at", "a term and {told}");
        put(&mut json, "application.expires_at", Value::Null);
        let card = Card::from_json(&json).unwrap();
        assert!(card.deadlines(at("2018-03-05T12:00:00")).unwrap().iter().all(|due| due.brings == "closed"));
    }
}

#[test]
fn what_does_not_apply_to_a_stage_is_not_passed_over() {
    let moment = || Value::from("2018-03-08T00:00:00+06:00");
    let contradictions = [
        ("queued", "application.choose_by", moment()),
        ("queued", "application.expires_at", moment()),
        ("queued", "application.recall_until", moment()),
        ("queued", "application.until", moment()),
        ("queued", "application.reason", "withdrawn".into()),
        ("queued", "application.referral", "1000000101".into()),
        ("queued", "application.must_accept", true.into()),
        ("queued", "details.seat", json!({"vacancy": 1, "place": 1})),
        ("notified", "application.until", moment()),
        ("under_review", "application.expires_at", moment()),
        ("stop_listed", "application.choose_by", moment()),
        ("enrolled", "application.expires_at", moment()),
        ("closed", "details.seat", json!({"vacancy": 1, "place": 1})),
        ("queued", "turn", true.into()),
        ("notified", "turn", false.into()),
    ];
    for (name, path, value) in contradictions {
        assert_eq!(fault(with(name, path, value)), path, "{name}");
    }
}

#[test]
fn extreme_rows_are_named() {
    let offer = |more: Value| {
        let mut offer = json!({"vacancy": 1, "kindergarten": "bobek", "group_year": 2015, "state": "waiting",
            "waiting": 2});
        offer.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        offer
    };
    let free = |from: u16, to: u16| json!({"from": from, "to": to, "opens_at": "2018-04-01T00:00:00+06:00"});
    let extremes = [
        ("serial", json!(0), "serial"),
        ("serial", json!(1_000_000), "serial"),
        ("application.registered_at", json!("2019-01-01T00:00:00+06:00"), "application.registered_at"),
        ("calendar", json!({"id": "kz-six-day", "known_at": "2018-01-01", "years": {}}), "calendar.id"),
        ("vacancies", json!([offer(json!({})), offer(json!({}))]), "vacancies[1].vacancy"),
        ("vacancies", json!([offer(json!({"vacancy": 0}))]), "vacancies[0].vacancy"),
        ("vacancies", json!([offer(json!({"waiting": 1000}))]), "vacancies[0].waiting"),
        ("vacancies", json!([offer(json!({"open": 998}))]), "vacancies[0].open"),
        ("vacancies", json!([offer(json!({"waiting_place": 0}))]), "vacancies[0].waiting_place"),
        ("vacancies", json!([offer(json!({"open": 1, "open_place": 1000}))]), "vacancies[0].open_place"),
        ("vacancies", json!([offer(json!({"free": [free(0, 1)]}))]), "vacancies[0].free[0].from"),
        ("vacancies", json!([offer(json!({"free": [free(2, 1)]}))]), "vacancies[0].free[0].to"),
        ("vacancies", json!([offer(json!({"free": [free(1, 65535)]}))]), "vacancies[0].free[0].to"),
        ("vacancies", json!([offer(json!({"free": [free(1, 3)]}))]), "vacancies[0].free"),
        ("vacancies", json!([offer(json!({"free": [free(1, 1), free(1, 1)]}))]), "vacancies[0].free[1].from"),
    ];
    for (key, value, path) in extremes {
        assert_eq!(fault(with("queued", key, value.clone())), path, "{value}");
    }
    assert_eq!(fault(with("notified", "details.seat.place", json!(0))), "details.seat.place");
    assert_eq!(fault(with("notified", "details.seat.vacancy", json!(0))), "details.seat.vacancy");
    let late = json!("2018-03-05T12:00:01+06:00");
    assert_eq!(fault(with("referred", "details.issued_at", late)), "details.issued_at");
}

#[test]
fn birthdays_ask_when_the_row_was_filled() {
    let mut json = stage("queued");
    json["vacancies"] = json!([{"vacancy": 1, "kindergarten": "bobek", "group_year": 2015, "state": "waiting",
        "waiting": 1, "free": [{"from": 1, "to": 1, "opens_at": "2018-04-01T00:00:00+06:00"}]}]);
    assert!(Card::from_json(&json).is_ok());
    json["made_at"] = Value::Null;
    assert_eq!(fault(Card::from_json(&json)), "made_at");
}

#[test]
fn an_end_that_is_told_twice_is_told_the_same() {
    let mut json = serde_json::to_value(Card::from_json(&stage("notified")).unwrap()).unwrap();
    json["application"]["choose_by"] = "2018-03-09T00:00:00+06:00".into();
    assert_eq!(fault(Card::from_json(&json)), "application.choose_by");
}

#[test]
fn unknown_keys_and_policies_have_their_paths() {
    let mut json = stage("queued");
    json["details"]["palce"] = 1.into();
    assert_eq!(fault(Card::from_json(&json)), "details.palce");
    let mut json = stage("queued");
    json["policy"] = "akmola-1918".into();
    let error = Card::from_json(&json).unwrap_err();
    assert_eq!((error.code(), error.path()), (ErrorCode::UnknownPolicy, "policy"));
    json["policy"] = json!({"base": "akmola-2018", "age": {"until": {"years": 1}}});
    let error = Card::from_json(&json).unwrap_err();
    assert_eq!((error.code(), error.path()), (ErrorCode::InvalidPolicy, "policy.age.until"));
}

// R84: a hundred rows may name a live referral and not say how many there were.
#[test]
fn the_next_referral_is_another_one() {
    let mut json = stage("referred");
    json["application"]["referral"] = "1000000103".into();
    let row = Card::from_json(&json).unwrap().row();
    assert_eq!(row.next_referral.map(|number| number.to_string()).as_deref(), Some("1000000104"));
    assert_eq!((row.details.referrals, row.details.foreign), (3, None));
}

// R83: a portal numbers its referrals as it likes.
#[test]
fn a_referral_of_the_hosts_own_numbering_is_found() {
    let mut json = stage("referred");
    json["application"]["referral"] = "9876543210".into();
    json["details"]["referrals"] = 2.into();
    let card = Card::from_json(&json).unwrap();
    let visit =
        crate::Command::from_json(&json!({"type": "record_visit", "referral": "9876543210"})).unwrap();
    assert_eq!(card.check(visit, at("2018-03-05T13:00:00")).unwrap(), []);
}

// R31: a row that says no more than a registration does is judged as one.
#[test]
fn a_new_row_has_the_first_end_of_interest() {
    let row = under("aktobe-2018");
    assert_eq!(row.application.next_due, Some("2019-01-11T00:00:00+05:00".parse().unwrap()));
    assert_eq!(Card::of(row).unwrap().next_deadline(), at("2019-01-11T01:00:00").into());
    assert_eq!(under("akmola-2018").application.next_due, None);
}

// O24: whom a portal has reminded before it filled the row, the portal knows.
#[test]
fn what_was_to_be_reminded_of_before_is_the_hosts() {
    let policy = json!({"base": "akmola-2018", "name": "reminds",
        "interest": {"every": {"months": 12}, "counted_from": "registration"},
        "reminders": [{"of": "interest", "before": {"calendar_days": 30}}, {"of": "turn", "before": {"calendar_days": 2}}]});
    for (made_at, given) in [("2018-03-05T12:00:00+06:00", true), ("2018-03-06T12:00:00+06:00", false)] {
        let mut json = stage("notified");
        json["policy"] = policy.clone();
        json["made_at"] = made_at.into();
        json["application"]["choose_by"] = "2018-03-09T00:00:00+06:00".into();
        json["application"]["next_due"] = "2018-04-01T00:00:00+06:00".into();
        let card = Card::from_json(&json).unwrap();
        let now = at("2018-03-07T12:00:00");
        let events = card.advance(now).unwrap().outcome.events;
        assert_eq!(!events.is_empty(), given, "{made_at}: {events:?}");
    }
}

// A term of five working days over New Year is counted by the facts of that year, however far ahead it lies.
#[test]
fn the_calendar_goes_as_far_as_the_card() {
    let mut row = row();
    row.policy = Policy::from_json(
        &json!({"base": "akmola-2018", "name": "keeps", "age": {"on_reaching_limit": "keep"}}),
    )
    .unwrap();
    row.made_at = Some(at("2018-01-10T09:00:00"));
    let card = Card::of(row).unwrap();
    let over = |until: Option<&str>| {
        let mut row = card.row();
        row.valid_until = until.map(at);
        let json = serde_json::to_value(Card::of(row).unwrap()).unwrap();
        json["calendar"]["years"].as_object().unwrap().keys().max().unwrap().clone()
    };
    assert_eq!(over(None), "2026");
    assert_eq!(over(Some("2022-05-01T00:00:00")), "2024");
}

#[test]
fn nobody_is_named_where_a_row_is_printed() {
    let mut json = stage("queued");
    json["applicant"] = "991231500016".into();
    json["parents"] = json!(["991231500016"]);
    json["child"]["iin"] = "991231500016".into();
    let card = Card::from_json(&json).unwrap();
    let printed = format!("{card:?} {:?} {:?}", card.row(), card.advance(at("2018-03-05T13:00:00")).unwrap());
    assert!(!printed.contains("1231500016"));
    json["serial"] = 0.into();
    assert!(!Card::from_json(&json).unwrap_err().to_string().contains("1231500016"));
    json["child"]["iin"] = "991231500017".into();
    assert!(!Card::from_json(&json).unwrap_err().to_string().contains("1231500017"));
}

/// Whatever a row says, it makes a card or an error; and the card answers.
#[test]
fn no_row_panics() {
    let moments =
        ["0000-01-01T00:00:00Z", "1999-12-31T23:59:59Z", "2018-03-05T12:00:00Z", "9999-12-31T23:59:59Z"];
    let days = ["0001-01-01", "2015-05-02", "2018-03-05", "9999-12-31"];
    let big = [
        "serial",
        "cycle",
        "revision",
        "details.extensions",
        "details.referrals",
        "details.inactivations",
        "details.referral_extensions",
        "application.lapses",
        "application.group_year",
    ];
    let ends = [
        "application.registered_at",
        "application.choose_by",
        "application.expires_at",
        "application.recall_until",
        "application.until",
        "application.next_due",
        "details.issued_at",
        "details.interest_since",
        "made_at",
        "valid_until",
        "policy_since",
    ];
    let mut changes: Vec<(&str, Value)> = Vec::new();
    changes.extend(big.iter().flat_map(|key| [0, 1, 65_535].map(|value| (*key, Value::from(value)))));
    changes.extend(ends.iter().flat_map(|key| moments.map(|value| (*key, Value::from(value)))));
    changes.extend(days.map(|day| ("child.born", Value::from(day))));
    changes.push(("paused", true.into()));
    changes.push(("application.benefit", "unheard-of".into()));
    let commands: Vec<crate::Command> = [
        json!({"type": "withdraw", "application": "UO.2018.000001.1"}),
        json!({"type": "pass_turn", "application": "UO.2018.000001.1"}),
        json!({"type": "confirm_interest", "application": "UO.2018.000001.1"}),
        json!({"type": "choose", "application": "UO.2018.000001.1", "vacancy": 1}),
        json!({"type": "extend_referral", "application": "UO.2018.000001.1", "until": "9999-12-31", "reason": "r"}),
        json!({"type": "accept", "child": "p:child-1"}),
    ]
    .iter()
    .map(|command| crate::Command::from_json(command).unwrap())
    .collect();
    let mut asked = 0;
    for name in STAGES {
        for (skip, (one, first)) in changes.iter().enumerate() {
            for (other, second) in changes.iter().skip(skip % 11).step_by(11) {
                let mut json = stage(name);
                json["vacancies"] = json!([{"vacancy": 1, "kindergarten": "bobek", "group_year": 2015,
                    "state": "waiting", "waiting": 1, "open": 1}]);
                put(&mut json, one, first.clone());
                put(&mut json, other, second.clone());
                let Ok(card) = Card::from_json(&json) else { continue };
                let now = at("2018-03-05T13:00:00");
                let _ =
                    (card.deadlines(now), card.permissions(now, None), card.advance(now), card.order_key());
                for command in &commands {
                    let _ = (card.check(command.clone(), now), card.apply(command.clone(), now));
                }
                asked += 1;
            }
        }
    }
    assert!(asked > 500, "{asked}");
}
