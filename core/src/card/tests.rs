//! Cards at work: what each stage answers, what a host's other rows are told, and where a card says nothing.

use serde_json::{Value, json};

use super::row_tests::{STAGES, at, stage};
use crate::{
    Action, Called, Card, CardOutcome, Child, Command, Effect, ErrorCode, Language, Moment, Offer, Policy,
    Register, Seat, SeatGoes,
};

const NOW: &str = "2018-03-05T12:00:00";
pub(super) const NUMBER: &str = "UO.2018.000001.1";

pub(super) fn now() -> Moment {
    at(NOW)
}

fn card(name: &str) -> Card {
    Card::from_json(&stage(name)).unwrap()
}

/// A card in a stage under another policy, with places around it.
fn card_with(name: &str, policy: Value, vacancies: Value) -> Card {
    let mut json = stage(name);
    json["policy"] = json!({"base": "akmola-2018", "name": "other"});
    json["policy"].as_object_mut().unwrap().extend(policy.as_object().unwrap().clone());
    json["vacancies"] = vacancies;
    Card::from_json(&json).unwrap()
}

fn command(kind: &str, more: Value) -> Command {
    let mut json = json!({"type": kind, "application": NUMBER});
    json.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    Command::from_json(&json).unwrap()
}

fn plain(kind: &str) -> Command {
    let more = match kind {
        "choose" => json!({"vacancy": 1}),
        "extend_referral" => json!({"until": "2018-04-02", "reason": "ill"}),
        "recall_referral" | "refuse" => json!({"reason": "moved"}),
        "mark_departure" => json!({"date": "2018-03-05", "reason": "moved"}),
        "change_benefit" => json!({"benefit": "orphan", "documents": 1}),
        "link_parent" => json!({"parent": "p:parent-2"}),
        _ => json!({}),
    };
    command(kind, more)
}

/// The first denial, or the events.
fn met(card: &Card, kind: &str, now: Moment) -> String {
    let CardOutcome { outcome, .. } = card.apply(plain(kind), now).unwrap();
    let checked = card.check(plain(kind), now).unwrap();
    assert_eq!(checked, outcome.denials, "{kind}: check and apply");
    match outcome.denials.first() {
        Some(denial) => denial.code().to_owned(),
        None => names(&outcome.events),
    }
}

pub(super) fn names(events: &[std::sync::Arc<crate::Event>]) -> String {
    events.iter().map(|event| event.fact.name()).collect::<Vec<_>>().join(" ")
}

fn place(vacancy: u32, place: u16, waiting: u16, open: u16) -> Value {
    let free = json!([{"from": place, "to": place, "opens_at": "2018-06-01T00:00:00+06:00"}]);
    json!({"vacancy": vacancy, "kindergarten": "bobek", "group_year": 2015, "waiting": waiting, "open": open,
        "state": if waiting > 0 { "waiting" } else { "free_choice" }, "free": if waiting > 0 { free } else { json!([]) }})
}

// The table "What is allowed when" (wire.md 2).
#[test]
fn each_stage_answers_each_command() {
    let table = [
        (
            "change_benefit",
            [
                "benefit_changed",
                "not_in_queue",
                "not_in_queue",
                "not_in_queue",
                "not_in_queue",
                "not_in_queue",
                "not_in_queue",
                "already_closed",
            ],
        ),
        (
            "confirm_interest",
            [
                "interest_confirmed",
                "interest_confirmed",
                "interest_confirmed",
                "interest_confirmed",
                "interest_confirmed",
                "interest_confirmed restored",
                "not_in_queue",
                "already_closed",
            ],
        ),
        (
            "withdraw",
            [
                "closed",
                "closed",
                "not_in_queue",
                "closed seat_returned",
                "closed",
                "closed",
                "not_in_queue",
                "already_closed",
            ],
        ),
        (
            "pass_turn",
            [
                "not_your_turn",
                "turn_lapsed seats_opened",
                "not_in_queue",
                "not_in_queue",
                "not_in_queue",
                "not_in_queue",
                "not_in_queue",
                "already_closed",
            ],
        ),
        (
            "choose",
            [
                "referral_issued",
                "referral_issued",
                "not_in_queue",
                "not_in_queue",
                "stop_listed",
                "not_in_queue",
                "not_in_queue",
                "already_closed",
            ],
        ),
        (
            "extend_referral",
            [
                "no_active_referral",
                "no_active_referral",
                "referral_extended",
                "under_review",
                "no_active_referral",
                "no_active_referral",
                "no_active_referral",
                "no_active_referral",
            ],
        ),
        (
            "recall_referral",
            [
                "no_active_referral",
                "no_active_referral",
                "referral_recalled seat_returned",
                "under_review",
                "no_active_referral",
                "no_active_referral",
                "no_active_referral",
                "no_active_referral",
            ],
        ),
        (
            "record_visit",
            [
                "no_active_referral",
                "no_active_referral",
                "visited",
                "under_review",
                "no_active_referral",
                "no_active_referral",
                "no_active_referral",
                "no_active_referral",
            ],
        ),
        (
            "prove_benefit",
            [
                "unknown_benefit",
                "unknown_benefit",
                "unknown_benefit",
                "unknown_benefit",
                "unknown_benefit",
                "unknown_benefit",
                "not_in_queue",
                "already_closed",
            ],
        ),
        (
            "accept",
            [
                "no_active_referral",
                "no_active_referral",
                "enrolled",
                "under_review",
                "no_active_referral",
                "no_active_referral",
                "no_active_referral",
                "no_active_referral",
            ],
        ),
        (
            "refuse",
            [
                "no_active_referral",
                "no_active_referral",
                "refused",
                "under_review",
                "no_active_referral",
                "no_active_referral",
                "no_active_referral",
                "no_active_referral",
            ],
        ),
        (
            "uphold_refusal",
            [
                "not_under_review",
                "not_under_review",
                "not_under_review",
                "refusal_upheld closed seat_returned",
                "not_under_review",
                "not_under_review",
                "not_under_review",
                "not_under_review",
            ],
        ),
        (
            "overturn_refusal",
            [
                "not_under_review",
                "not_under_review",
                "not_under_review",
                "refusal_overturned",
                "not_under_review",
                "not_under_review",
                "not_under_review",
                "not_under_review",
            ],
        ),
        (
            "mark_departure",
            [
                "not_enrolled",
                "not_enrolled",
                "not_enrolled",
                "not_enrolled",
                "not_enrolled",
                "not_enrolled",
                "departed closed",
                "already_closed",
            ],
        ),
        (
            "link_parent",
            [
                "parent_linked",
                "parent_linked",
                "parent_linked",
                "parent_linked",
                "parent_linked",
                "parent_linked",
                "parent_linked",
                "already_closed",
            ],
        ),
    ];
    for (kind, answers) in table {
        for (name, answer) in STAGES.into_iter().zip(answers) {
            let card = card_with(name, json!({}), json!([place(1, 2, 0, 1)]));
            assert_eq!(met(&card, kind, now()), answer, "{name}: {kind}");
        }
    }
}

#[test]
fn every_permission_is_what_check_says() {
    for name in STAGES {
        let card = card_with(name, json!({}), json!([place(1, 2, 0, 1)]));
        for row in card.permissions(now(), None).unwrap() {
            let denials = card.check(plain(row.action), now()).unwrap();
            assert_eq!(row.denials, denials, "{name}: {}", row.action);
        }
    }
}

#[test]
fn a_card_survives_the_wire_in_the_middle_of_a_story() {
    let mut card = card_with("queued", json!({}), json!([place(1, 2, 0, 1)]));
    for kind in
        ["link_parent", "choose", "extend_referral", "record_visit", "refuse", "overturn_refusal", "accept"]
    {
        let done = card.apply(plain(kind), now()).unwrap();
        assert_eq!(done.outcome.denials, [], "{kind}");
        let json = serde_json::to_value(&done.card).unwrap();
        card = Card::from_json(&json).unwrap();
        assert_eq!(serde_json::to_value(&card).unwrap(), json, "{kind}");
        assert_eq!(card.row(), done.card.row());
    }
}

// --- what the host's other rows are told ---

pub(super) const CALL: Effect = Effect::LineToCall { group_year: 2015 };

#[test]
fn effects_of_each_chain() {
    let given_back = |to| Effect::PlaceGivenBack { vacancy: 1, place: 1, to };
    let opened = Effect::PlaceOpened { vacancy: 1, place: 1 };
    let left = |passed_by| Effect::PlaceLeft { vacancy: 1, place: 1, passed_by };
    let chains = [
        ("notified", "pass_turn", json!({}), vec![opened, CALL]),
        (
            "notified",
            "pass_turn",
            json!({"after_choice_window": {"seat": "next_in_line"}}),
            vec![left(true), CALL],
        ),
        ("notified", "withdraw", json!({}), vec![left(false), CALL]),
        ("notified", "choose", json!({}), vec![Effect::PlaceTaken { vacancy: 1, place: 1 }]),
        ("referred", "accept", json!({}), vec![Effect::PlaceFilled { vacancy: 1, place: 1 }]),
        ("referred", "recall_referral", json!({}), vec![given_back(SeatGoes::NextInLine), CALL]),
        (
            "referred",
            "recall_referral",
            json!({"returned_seat": {"recall": "staff"}}),
            vec![given_back(SeatGoes::Staff), CALL],
        ),
        ("under_review", "uphold_refusal", json!({}), vec![given_back(SeatGoes::NextInLine), CALL]),
        (
            "under_review",
            "uphold_refusal",
            json!({"returned_seat": {"refusal": "free_choice"}}),
            vec![given_back(SeatGoes::FreeChoice)],
        ),
        ("under_review", "withdraw", json!({}), vec![given_back(SeatGoes::NextInLine), CALL]),
        ("inactive", "confirm_interest", json!({}), vec![CALL]),
        ("queued", "withdraw", json!({}), vec![]),
        ("enrolled", "mark_departure", json!({}), vec![]),
    ];
    for (name, kind, policy, effects) in chains {
        let vacancies = json!([{"vacancy": 1, "kindergarten": "bobek", "group_year": 2015, "waiting": 1, "state": "waiting"}]);
        let card = card_with(name, policy.clone(), vacancies);
        assert_eq!(card.apply(plain(kind), now()).unwrap().effects, effects, "{name}: {kind} {policy}");
    }
}

// A lapse without a stop-list leads back into the queue: there it may be called.
#[test]
fn a_lapse_without_a_stop_list_calls_the_line() {
    for to in ["staff", "free_choice", "next_in_line"] {
        let policy = json!({"stop_list_term": null, "returned_seat": {"lapse": to}});
        let done = card_with("referred", policy, json!([])).advance(at("2018-03-14T00:00:00")).unwrap();
        assert_eq!(names(&done.outcome.events), "referral_expired seat_returned");
        assert_eq!(done.effects.last(), Some(&CALL), "{to}");
    }
}

#[test]
fn a_stop_list_that_ends_calls_the_line() {
    let done = card("stop_listed").advance(at("2018-03-29T00:00:00")).unwrap();
    assert_eq!((names(&done.outcome.events).as_str(), done.effects), ("stop_list_ended", vec![CALL]));
}

// A turn for a place elsewhere: the place that is taken, and the one that is left.
#[test]
fn a_choice_elsewhere_leaves_the_place_of_the_turn() {
    let mut other = place(2, 3, 1, 0);
    other["waiting_place"] = 3.into();
    other["free"] = json!([]);
    let card = card_with("notified", json!({}), json!([other]));
    let done = card.apply(command("choose", json!({"vacancy": 2})), now()).unwrap();
    let (taken, left) = (
        Effect::PlaceTaken { vacancy: 2, place: 3 },
        Effect::PlaceLeft { vacancy: 1, place: 1, passed_by: false },
    );
    assert_eq!(done.effects, [taken, left, CALL]);
    assert_eq!(done.card.valid_until(), Some(now()));
}

// --- what is around one line ---

// R41: places of another birth year are nothing to it: they bring no turn on a birthday, and when they open
// nothing opens in its own line.
#[test]
fn places_of_another_line_change_nothing() {
    let mut register = Register::new(Policy::named("akmola-2018").unwrap()).unwrap();
    let child = |number: &str, born: &str| Action::Submit {
        applicant: "p:parent".parse().unwrap(),
        child: Child { iin: number.parse().unwrap(), born: born.parse().unwrap() },
        benefit: None,
        documents: None,
        channel: None,
        channel_number: None,
        application: None,
    };
    let publish = Action::PublishVacancy {
        kindergarten: "bobek".parse().unwrap(),
        group_year: 2015,
        language: Language::Ru,
        places: 1,
        kind: None,
    };
    let _ = register.apply(child("p:child-1", "2016-03-07"), at("2018-01-10T09:00:00")).unwrap();
    let _ = register.apply(publish, at(NOW)).unwrap();
    let view = register.at(now()).unwrap();
    let number = NUMBER.parse().unwrap();
    let (plain, offer) = (view.card(&number).unwrap(), view.offer(&number, 1).unwrap());
    assert!(!offer.free.is_empty(), "a place that waits");
    let card = plain.clone().with_offer(offer);
    assert_eq!(card.deadlines(now()).unwrap(), view.deadlines(&number).unwrap());
    assert_eq!(card.next_deadline(), plain.next_deadline());
    let mut row = card.row();
    row.valid_until = None;
    let hand_filled = Card::of(row).unwrap();
    let later = at("2018-04-02T12:00:00");
    let done = hand_filled.advance(later).unwrap();
    assert_eq!((names(&done.outcome.events).as_str(), done.card.row().places), ("", plain.row().places));
}

// F28: when its place goes to the next in line the card no longer knows what it is: the line must be called first.
#[test]
fn a_card_says_nothing_after_a_place_has_gone_to_others() {
    let policy =
        json!({"base": "akmola-2018", "name": "next", "after_choice_window": {"seat": "next_in_line"}});
    let mut register = Register::new(Policy::from_json(&policy).unwrap()).unwrap();
    let submit = json!({"type": "submit", "applicant": "p:parent", "child": {"iin": "p:child-1", "born": "2015-05-02"}});
    let publish = json!({"type": "publish_vacancy", "kindergarten": "bobek", "group_year": 2015, "language": "ru", "places": 1});
    let _ = register.apply(Command::from_json(&submit).unwrap(), at("2018-01-10T09:00:00")).unwrap();
    let _ = register.apply(Command::from_json(&publish).unwrap(), at("2018-03-16T18:20:00")).unwrap();
    let card = register.at(at("2018-03-16T18:20:00")).unwrap().card(&NUMBER.parse().unwrap()).unwrap();
    assert_eq!(card.valid_until(), None);
    let lapse = at("2018-03-27T00:00:00");
    for then in [lapse, at("2018-03-28T10:00:00")] {
        // Nobody is next: the place opens, and may be chosen. The card does not know that.
        assert_eq!(register.clone().apply(plain("choose"), then).unwrap().denials, []);
        let error = card.apply(plain("choose"), then).unwrap_err();
        assert_eq!((error.code(), error.path()), (ErrorCode::NotSettled, "valid_until"));
    }
    let error = card.advance(at("2018-03-28T10:00:00")).unwrap_err();
    assert_eq!((error.code(), error.path()), (ErrorCode::NotSettled, "valid_until"));
    // At its own moment it says what happens, and for whom the host calls.
    let done = card.advance(lapse).unwrap();
    assert_eq!(done.effects, [Effect::PlaceLeft { vacancy: 1, place: 1, passed_by: true }, CALL]);
    assert_eq!(done.card.check(plain("choose"), lapse).unwrap_err().path(), "valid_until");
}

// --- errors ---

#[test]
fn what_a_card_does_not_answer() {
    let card = Card::of({
        let mut row = card("notified").row();
        row.valid_until = Some(at("2018-03-20T00:00:00"));
        row.revision = 7;
        row
    })
    .unwrap();
    let withdraw = || plain("withdraw");
    let errors = [
        (card.check(withdraw(), at("2018-03-05T11:59:59")), ErrorCode::ClockMovedBack, "now"),
        (card.check(withdraw(), at("1999-01-01T00:00:00")), ErrorCode::OutsideCalendar, "now"),
        (card.check(withdraw(), at("2018-03-08T00:00:00")), ErrorCode::NotSettled, "now"),
        (card.check(withdraw(), at("2018-03-20T00:00:00")), ErrorCode::NotSettled, "valid_until"),
        (
            card.check(command("withdraw", json!({"expected_revision": 6})), now()),
            ErrorCode::StaleRevision,
            "expected_revision",
        ),
        (
            card.check(command("withdraw", json!({"application": "UO.2018.000002.1"})), now()),
            ErrorCode::NotFound,
            "application",
        ),
        (card.check(plain("choose"), now()), ErrorCode::NotFound, "vacancy"),
        (
            card.check(
                Command::from_json(
                    &json!({"type": "publish_vacancy", "kindergarten": "b", "group_year": 2015,
            "language": "kk", "places": 1}),
                )
                .unwrap(),
                now(),
            ),
            ErrorCode::Malformed,
            "type",
        ),
    ];
    for (answer, code, path) in errors {
        let error = answer.unwrap_err();
        assert_eq!((error.code(), error.path()), (code, path));
    }
    assert_eq!(card.check(command("withdraw", json!({"expected_revision": 7})), now()).unwrap(), []);
}

#[test]
fn a_hundredth_referral_has_no_number() {
    let mut json = stage("queued");
    json["details"]["referrals"] = 99.into();
    json["vacancies"] = json!([place(1, 1, 0, 1)]);
    let card = Card::from_json(&json).unwrap();
    for error in
        [card.check(plain("choose"), now()).unwrap_err(), card.apply(plain("choose"), now()).unwrap_err()]
    {
        assert_eq!((error.code(), error.path()), (ErrorCode::NumbersExhausted, "referral"));
    }
}

// R83, R84: a number that was taken over with the application is not given again.
#[test]
fn a_number_that_was_taken_over_is_skipped() {
    let mut json = stage("queued");
    json["details"]["foreign"] = "1000000101".into();
    json["vacancies"] = json!([place(1, 1, 0, 1)]);
    let done = Card::from_json(&json).unwrap().apply(plain("choose"), now()).unwrap();
    assert_eq!(done.card.application().referral.unwrap().to_string(), "1000000102");
}

#[test]
fn while_paused_nothing_is_done_and_nothing_falls_due() {
    for name in STAGES {
        let mut json = stage(name);
        json["paused"] = true.into();
        let card = Card::from_json(&json).unwrap();
        let later = at("2018-09-01T00:00:00");
        assert_eq!((card.deadlines(later).unwrap(), card.next_deadline()), (Vec::new(), None));
        assert_eq!(card.advance(later).unwrap().outcome.events, []);
        assert!(card.permissions(later, None).unwrap().iter().all(|row| !row.allowed));
        assert_eq!(met(&card, "link_parent", later), "paused");
        let seat = Seat { vacancy: 1, place: 1 };
        for told in [card.call(seat, later, Called::Due), card.move_turn(seat, later, Called::Due)] {
            assert_eq!(told.unwrap().outcome.denials[0].code(), "paused", "{name}");
        }
    }
}

// --- calls ---

#[test]
fn only_one_who_is_queued_and_old_enough_is_called() {
    let seat = Seat { vacancy: 4, place: 2 };
    for name in STAGES {
        let called = card(name).call(seat, now(), Called::ByCommand(9)).unwrap();
        if name == "queued" {
            assert_eq!(called.effects, [Effect::PlaceOffered { vacancy: 4, place: 2 }]);
            assert_eq!(called.card.application().choose_by, Some(at("2018-03-13T00:00:00")));
            assert_eq!(called.outcome.events[0].command, Some(9));
        } else {
            assert_eq!(called.outcome.denials[0].code(), "not_in_queue", "{name}");
        }
    }
    let mut json = stage("queued");
    json["child"]["born"] = "2016-03-06".into();
    let young = Card::from_json(&json).unwrap();
    assert_eq!(young.call(seat, now(), Called::Due).unwrap().outcome.denials[0].code(), "too_young");
    let (from, until) = young.callable().unwrap();
    assert!(young.call(seat, from, Called::Due).unwrap().outcome.denials.is_empty());
    // O28: at the limit it is closed.
    assert_eq!(young.call(seat, until, Called::Due).unwrap().outcome.denials[0].code(), "not_in_queue");
}

#[test]
fn only_a_turn_is_moved() {
    let seat = Seat { vacancy: 4, place: 2 };
    for name in STAGES {
        let moved = card(name).move_turn(seat, now(), Called::ByCommand(3)).unwrap();
        if name == "notified" {
            assert_eq!(moved.effects, [Effect::PlaceOffered { vacancy: 4, place: 2 }]);
            assert_eq!(moved.card.row().details.seat, Some(seat));
        } else {
            assert_eq!(moved.outcome.denials[0].code(), "not_your_turn", "{name}");
        }
    }
}

// What a host that follows every effect must end with is shown by `examples/rows`; here: an offer that is newer
// takes the place of the older one, in order.
#[test]
fn a_newer_offer_takes_the_place_of_the_older() {
    let offer =
        |vacancy: u32, open: u16| serde_json::from_value::<Offer>(place(vacancy, 1, 0, open)).unwrap();
    let card = card("queued").with_offer(offer(2, 0)).with_offer(offer(1, 1)).with_offer(offer(2, 1));
    let row = card.row();
    let kept: Vec<_> = row.vacancies.iter().map(|offer| (offer.vacancy, offer.open)).collect();
    assert_eq!(kept, [(1, 1), (2, 1)]);
}
