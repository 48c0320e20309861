//! One application alone: a constructor for each stage, what each command meets there, and what falls due.

use super::due::Due;
use super::judge::{Around, Places};
use super::{Application, Enrolment, Held, Referral, Standing};
use crate::event::{Cause, Event};
use crate::policy::{Clock, Deadline, Start};
use crate::sorted::Few;
use crate::{
    Action, Actor, Calendar, Child, CloseReason, Command, Fact, Moment, Policy, Reason, Seat, Stage,
    VacancyState, Which,
};

const SEAT: Seat = Seat { vacancy: 1, place: 1 };

/// The day of the tests is 2018-03-05, a Monday; every referral was issued at 10:15:30.
fn at(clock: &str) -> Moment {
    format!("2018-03-05T{clock}+06:00").parse().unwrap()
}

fn later(text: &str) -> Moment {
    format!("{text}+06:00").parse().unwrap()
}

fn ends(at: Moment) -> Deadline {
    Deadline {
        at,
        projected: false,
        start: Start { at: Moment::from_unix(0), by_itself: false },
        term: None,
        gained: 0,
        counted: None,
    }
}

fn queued() -> Application {
    Application {
        number: "UO.2018.000001.1".parse().unwrap(),
        serial: 1,
        applicant: "p:parent".parse().unwrap(),
        parents: Few::default(),
        child: Child { iin: "p:child".parse().unwrap(), born: "2015-05-02".parse().unwrap() },
        group_year: 2015,
        benefit: None,
        proved: false,
        documents: 0,
        channel: None,
        channel_number: None,
        registered_at: later("2018-01-10T09:00:00"),
        next_due: None,
        interest_since: later("2018-01-10T09:00:00"),
        lapses: 0,
        extensions: 0,
        referrals: 0,
        inactivations: 0,
        reminded: Few::default(),
        foreign: None,
        last_kindergarten: None,
        standing: Standing::Queued,
    }
}

fn notified() -> Application {
    let choose_by = ends(later("2018-03-08T00:00:00"));
    Application { standing: Standing::Notified { seat: SEAT, choose_by }, ..queued() }
}

fn referral() -> Referral {
    Referral {
        number: "1000000101".parse().unwrap(),
        seat: SEAT,
        kindergarten: "bobek".parse().unwrap(),
        issued_at: at("10:15:30"),
        recall_until: Some(ends(later("2018-03-06T10:15:31"))),
        extensions: 0,
    }
}

/// The last good day is Tuesday 13 March.
fn referred() -> Application {
    let expires_at = Some(ends(later("2018-03-14T00:00:00")));
    let standing = Standing::Referred {
        referral: referral().into(),
        expires_at,
        prove_by: None,
        visited: false,
        must_accept: false,
    };
    Application { referrals: 1, last_kindergarten: "bobek".parse().ok(), standing, ..queued() }
}

fn visited() -> Application {
    let standing = Standing::Referred {
        referral: referral().into(),
        expires_at: None,
        prove_by: None,
        visited: true,
        must_accept: false,
    };
    Application { standing, ..referred() }
}

fn under_review() -> Application {
    Application {
        standing: Standing::UnderReview { referral: referral().into(), visited: false },
        ..referred()
    }
}

/// After the department did not confirm the refusal.
fn overturned() -> Application {
    let standing = Standing::Referred {
        referral: referral().into(),
        expires_at: None,
        prove_by: None,
        visited: false,
        must_accept: true,
    };
    Application { standing, ..referred() }
}

fn stop_listed() -> Application {
    let until = ends(later("2018-03-29T00:00:00"));
    Application { lapses: 1, standing: Standing::StopListed { until }, ..referred() }
}

fn enrolled() -> Application {
    let enrolment = Enrolment {
        referral: Some(referral().number),
        seat: Some(SEAT),
        kindergarten: referral().kindergarten,
    };
    Application { standing: Standing::Enrolled(enrolment.into()), ..referred() }
}

fn closed() -> Application {
    Application { standing: Standing::Closed { reason: CloseReason::Withdrawn, left: None }, ..queued() }
}

fn policy(differs: &str) -> Policy {
    let mut json: serde_json::Value = serde_json::from_str(differs).unwrap();
    json["base"] = "akmola-2018".into();
    Policy::from_json(&json).unwrap()
}

/// Runs with the clock of a policy.
fn with<T>(policy: &Policy, run: impl FnOnce(Clock<'_>) -> T) -> T {
    run(Clock { policy, calendar: &Calendar::kazakhstan(), since: None })
}

/// One place is open in the vacancy that is chosen.
fn around() -> Around {
    let open =
        Places { vacancy: Some(1), group_year: 2015, waiting: 0, open: 1, state: VacancyState::FreeChoice };
    Around { asked: None, enrolled_with: None, vacancy: Some(open) }
}

fn codes(
    application: &Application,
    command: impl Into<Command>,
    around: &Around,
    now: Moment,
) -> Vec<&'static str> {
    let command = command.into();
    let unmet = with(&policy("{}"), |clock| application.judge(&command, around, clock, now));
    unmet.iter().map(crate::DenialReason::code).collect()
}

/// What stands against a command, at noon of the day of issue.
fn denied(application: &Application, command: impl Into<Command>) -> Vec<&'static str> {
    codes(application, command, &around(), at("12:00:00"))
}

fn of() -> Which {
    Which::Application(queued().number)
}

fn reason() -> Reason {
    Reason::text("their wish")
}

fn recall() -> Action {
    Action::RecallReferral { of: of(), reason: reason() }
}

fn refuse() -> Action {
    Action::Refuse { of: of(), reason: reason() }
}

fn extend(until: &str) -> Action {
    Action::ExtendReferral { of: of(), until: until.parse().unwrap(), reason: reason() }
}

fn choose() -> Action {
    Action::Choose { application: queued().number, vacancy: 1 }
}

fn withdraw() -> Action {
    Action::Withdraw { application: queued().number }
}

fn departure() -> Action {
    Action::MarkDeparture {
        application: queued().number,
        date: "2018-03-05".parse().unwrap(),
        reason: reason(),
    }
}

/// wire.md 2, "What is allowed when": queued, notified, referred, under review, stop-listed, enrolled, closed.
#[test]
fn what_is_allowed_when() {
    let application = || queued().number;
    let stages = [queued(), notified(), referred(), under_review(), stop_listed(), enrolled(), closed()];
    let table = [
        (
            Action::ChangeBenefit { application: application(), benefit: None, documents: None },
            "- not_in_queue not_in_queue not_in_queue not_in_queue not_in_queue already_closed",
        ),
        (Action::ConfirmInterest { application: application() }, "- - - - - not_in_queue already_closed"),
        (withdraw(), "- - not_in_queue - - not_in_queue already_closed"),
        (
            Action::PassTurn { application: application() },
            "not_your_turn - not_in_queue not_in_queue not_in_queue not_in_queue already_closed",
        ),
        (choose(), "- - not_in_queue not_in_queue stop_listed not_in_queue already_closed"),
        (extend("2018-03-14"), LIVE),
        (recall(), LIVE),
        (refuse(), LIVE),
        (Action::RecordVisit { of: of() }, LIVE),
        (Action::Accept { of: of() }, LIVE),
        (Action::UpholdRefusal { of: of() }, REVIEWED),
        (Action::OverturnRefusal { of: of() }, REVIEWED),
        (departure(), "not_enrolled not_enrolled not_enrolled not_enrolled not_enrolled - already_closed"),
        (
            Action::LinkParent { application: application(), parent: "p:other".parse().unwrap() },
            "- - - - - - already_closed",
        ),
    ];
    for (action, said) in table {
        let found = stages.each_ref().map(|stage| denied(stage, action.clone()));
        let found = found.map(|codes| codes.first().copied().unwrap_or("-"));
        assert_eq!(found.join(" "), said, "{}", action.name());
    }
}

const LIVE: &str = "no_active_referral no_active_referral - under_review no_active_referral no_active_referral \
                    no_active_referral";
const REVIEWED: &str = "not_under_review not_under_review not_under_review - not_under_review not_under_review \
                        not_under_review";

#[test]
fn prove_benefit_needs_a_benefit() {
    let prove = || Action::ProveBenefit { application: queued().number };
    assert_eq!(denied(&queued(), prove()), ["unknown_benefit"]);
    let with_benefit = Application { benefit: "orphan".parse().ok(), proved: true, ..stop_listed() };
    assert_eq!(denied(&with_benefit, prove()), [""; 0], "again: done");
    assert_eq!(denied(&enrolled(), prove()), ["not_in_queue", "unknown_benefit"]);
    assert_eq!(denied(&closed(), prove()), ["already_closed"]);
}

#[test]
fn referred_recall_within_24_hours_is_allowed_to_the_last_second() {
    assert_eq!(codes(&referred(), recall(), &around(), later("2018-03-06T10:15:30")), [""; 0]);
}

#[test]
fn referred_recall_after_24_hours_is_denied() {
    let now = later("2018-03-06T10:15:31");
    assert_eq!(codes(&referred(), recall(), &around(), now), ["recall_window_closed"]);
}

#[test]
fn visited_recall_keeps_its_window() {
    assert_eq!(denied(&visited(), recall()), [""; 0]);
}

#[test]
fn referred_recall_of_another_referral_is_denied() {
    let another = Around { asked: "1000000102".parse().ok(), ..around() };
    // What belongs to a live referral is not judged of one that is not.
    let late = later("2018-04-06T10:15:31");
    assert_eq!(codes(&referred(), recall(), &another, late), ["no_active_referral"]);
    assert_eq!(codes(&under_review(), recall(), &another, late), ["no_active_referral"]);
}

#[test]
fn referred_extension_is_later_and_at_most_30_days() {
    assert_eq!(denied(&referred(), extend("2018-03-13")), ["extension_not_later"]);
    assert_eq!(denied(&referred(), extend("2018-03-14")), [""; 0]);
    assert_eq!(denied(&referred(), extend("2018-04-12")), [""; 0]);
    assert_eq!(denied(&referred(), extend("2018-04-13")), ["extension_too_long"]);
}

#[test]
fn referred_extension_twice_is_denied() {
    let mut twice = referred();
    if let Standing::Referred { referral, .. } = &mut twice.standing {
        std::sync::Arc::make_mut(referral).extensions = 1;
    }
    let blank =
        Action::ExtendReferral { of: of(), until: "2018-05-01".parse().unwrap(), reason: Reason::text(" ") };
    assert_eq!(denied(&twice, blank), ["extension_used", "extension_too_long", "reason_required"]);
}

#[test]
fn visited_extension_finds_no_term() {
    assert_eq!(denied(&visited(), extend("2018-03-20")), ["no_term_runs"]);
    assert_eq!(denied(&overturned(), extend("2018-03-20")), ["no_term_runs"]);
}

#[test]
fn visited_visit_is_denied() {
    assert_eq!(denied(&visited(), Action::RecordVisit { of: of() }), ["already_visited"]);
}

#[test]
fn overturned_refuse_is_denied() {
    let blank = Action::Refuse { of: of(), reason: Reason::text("\t") };
    assert_eq!(denied(&overturned(), blank), ["must_accept", "reason_required"]);
    assert_eq!(denied(&overturned(), Action::Accept { of: of() }), [""; 0]);
}

#[test]
fn overturned_withdraw_is_allowed() {
    assert_eq!(denied(&overturned(), withdraw()), [""; 0]);
}

#[test]
fn referred_accept_of_an_enrolled_child_is_denied() {
    let twice = Around { enrolled_with: "UO.2017.000001.1".parse().ok(), ..around() };
    let accept = || Action::Accept { of: of() };
    assert_eq!(codes(&referred(), accept(), &twice, at("12:00:00")), ["already_enrolled"]);
    assert_eq!(codes(&under_review(), accept(), &twice, at("12:00:00")), ["under_review"]);
}

#[test]
fn queued_choose_needs_an_open_place() {
    let places = |waiting, open, state| Around {
        vacancy: Some(Places { waiting, open, state, ..around().vacancy.unwrap() }),
        ..around()
    };
    let choice = |around: &Around| codes(&queued(), choose(), around, at("12:00:00"));
    assert_eq!(choice(&places(1, 0, VacancyState::Waiting)), ["not_your_turn"]);
    assert_eq!(choice(&places(1, 1, VacancyState::Waiting)), [""; 0]);
    assert_eq!(choice(&places(0, 0, VacancyState::Waiting)), ["not_your_turn", "no_free_place"]);
    // In free choice somebody else was faster: no turn is asked for.
    assert_eq!(choice(&places(0, 0, VacancyState::FreeChoice)), ["no_free_place"]);
    let turn = codes(&notified(), choose(), &places(0, 0, VacancyState::Waiting), at("12:00:00"));
    assert_eq!(turn, ["no_free_place"]);
}

#[test]
fn queued_choose_denials_stand_in_their_order() {
    let other_year = Around {
        vacancy: Some(Places {
            group_year: 2014,
            waiting: 0,
            open: 0,
            state: VacancyState::Waiting,
            ..around().vacancy.unwrap()
        }),
        ..around()
    };
    let baby =
        Application { child: Child { born: "2017-05-02".parse().unwrap(), ..queued().child }, ..queued() };
    let stranger = Command::from(choose()).by(Actor::Applicant { iin: "p:stranger".parse().unwrap() });
    assert_eq!(
        codes(&baby, stranger.clone(), &other_year, at("12:00:00")),
        [
            "not_yours",
            "signature_required",
            "wrong_group_year",
            "too_young",
            "not_your_turn",
            "no_free_place"
        ]
    );
    // Of a stop-listed one the rest is judged too, but not the turn; of a closed one nothing further.
    let stopped = Application { child: baby.child.clone(), ..stop_listed() };
    assert_eq!(
        codes(&stopped, stranger.clone(), &other_year, at("12:00:00")),
        ["not_yours", "signature_required", "stop_listed", "wrong_group_year", "too_young", "no_free_place"]
    );
    assert_eq!(denied(&closed(), stranger), ["not_yours", "signature_required", "already_closed"]);
}

#[test]
fn queued_choose_from_the_second_birthday_to_the_seventh() {
    let born = |born: &str| Application {
        child: Child { born: born.parse().unwrap(), ..queued().child },
        ..queued()
    };
    assert_eq!(denied(&born("2016-03-05"), choose()), [""; 0]);
    assert_eq!(denied(&born("2016-03-06"), choose()), ["too_young"]);
    assert_eq!(denied(&born("2011-03-06"), choose()), [""; 0]);
    assert_eq!(denied(&born("2011-03-05"), choose()), ["too_old"]);
}

#[test]
fn enrolled_departure_is_staffs_of_that_kindergarten_or_the_departments() {
    let staff = |name: &str| Actor::Staff { kindergartens: vec![name.parse().unwrap()] };
    let by = |actor: Actor| denied(&enrolled(), Command::from(departure()).by(actor).signed("signature"));
    assert_eq!(by(staff("bobek")), [""; 0]);
    assert_eq!(by(Actor::Department), [""; 0]);
    assert_eq!(by(staff("balapan")), ["not_yours"]);
    assert_eq!(by(Actor::Applicant { iin: queued().applicant }), ["not_yours"]);
}

#[test]
fn queued_withdraw_is_a_linked_parents_too() {
    let linked = Application { parents: ["p:other".parse().unwrap()].into_iter().collect(), ..queued() };
    let by = Command::from(withdraw()).by(Actor::Applicant { iin: "p:other".parse().unwrap() });
    assert_eq!(denied(&linked, by.clone()), [""; 0]);
    assert_eq!(denied(&queued(), by), ["not_yours"]);
}

/// What falls due of an application, in the order in which one moment settles it.
fn dues(application: &Application, policy: &Policy) -> Vec<Due> {
    with(policy, |clock| application.dues(clock).map(|(_, due)| due).collect())
}

#[test]
fn what_falls_due_in_each_stage() {
    let close = policy("{}");
    let interest = |application| Application { next_due: Some(at("00:00:00")), ..application };
    assert_eq!(dues(&interest(queued()), &close), [Due::AgeLimit, Due::Interest]);
    assert_eq!(dues(&interest(notified()), &close), [Due::AgeLimit, Due::Turn]);
    // O22, O28: both wait for the return.
    assert_eq!(dues(&interest(referred()), &close), [Due::Referral]);
    assert_eq!(dues(&interest(visited()), &close), []);
    assert_eq!(dues(&interest(under_review()), &close), []);
    assert_eq!(dues(&interest(stop_listed()), &close), [Due::AgeLimit, Due::StopList]);
    assert_eq!(dues(&interest(enrolled()), &close), []);
    assert_eq!(dues(&closed(), &close), []);
    let keep = policy(r#"{"age":{"on_reaching_limit":"keep"}}"#);
    assert_eq!(dues(&queued(), &keep), []);
}

/// O22: where interest is judged on the return, it is among the deadlines, at the return or at its own end after that.
#[test]
fn interest_is_listed_for_when_it_will_be_judged() {
    let listed = |application: &Application, policy: &Policy| -> Vec<(String, &str)> {
        with(policy, |clock| {
            let rows = application.deadlines(clock).filter(|row| row.rule != crate::Rule::o(28));
            rows.map(|row| (row.at.in_zone(policy.zone()).to_string()[..10].to_owned(), row.brings)).collect()
        })
    };
    let due = |day: &str, application| Application {
        next_due: Some(later(&format!("{day}T00:00:00"))),
        ..application
    };
    let expect = |rows: &[(&str, &'static str)]| -> Vec<(String, &'static str)> {
        rows.iter().map(|(day, brings)| ((*day).to_owned(), *brings)).collect()
    };
    let stays = policy("{}");
    let end = ("2018-03-08", "turn_lapsed");
    assert_eq!(listed(&due("2018-03-06", notified()), &stays), expect(&[end, ("2018-03-08", "closed")]));
    assert_eq!(listed(&due("2018-03-20", notified()), &stays), expect(&[end, ("2018-03-20", "closed")]));
    let end = ("2018-03-29", "stop_list_ended");
    assert_eq!(listed(&due("2018-03-20", stop_listed()), &stays), expect(&[end, ("2018-03-29", "closed")]));
    assert_eq!(listed(&due("2018-04-01", stop_listed()), &stays), expect(&[end, ("2018-04-01", "closed")]));
    // Who does not come back by himself is not judged.
    assert_eq!(listed(&due("2018-03-20", referred()), &stays), expect(&[("2018-03-14", "referral_expired")]));
    assert_eq!(listed(&due("2018-03-20", enrolled()), &stays), expect(&[]));
    let inactive = policy(
        r#"{"after_choice_window": {"application": {"inactive": {"restore_within": {"calendar_days": 28}, "times": 1}}}}"#,
    );
    assert_eq!(listed(&due("2018-03-20", notified()), &inactive), expect(&[("2018-03-08", "turn_lapsed")]));
}

/// The facts of a chain, from the first on.
fn chain(mut application: Application, first: Fact, policy: &Policy) -> (Vec<String>, Stage) {
    let (now, held) = (at("12:00:00"), application.held());
    let mut told = Vec::new();
    let mut next = Some(first);
    while let Some(fact) = next {
        let mut name = fact.name().to_owned();
        if let Fact::SeatReturned { to, .. } = &fact {
            name = format!("{name} {to:?}");
        }
        told.push(name);
        let rule = fact.rule();
        let event = Event {
            seq: 1,
            at: Some(now),
            fact,
            rule,
            cause: Cause::Due,
            command: None,
            overrides: false,
            chain: None,
            envelope: None,
        };
        application.absorb(&event);
        let start = Start { at: now, by_itself: true };
        next = with(policy, |clock| application.consequence(&event.fact, held, clock, start));
    }
    let stage = application.stage();
    (told, stage)
}

fn falls_due(application: Application, due: Due, policy: &Policy) -> (String, Stage) {
    let first = application.fall_due(due).unwrap();
    let (told, stage) = chain(application, first, policy);
    (told.join(", "), stage)
}

#[test]
fn referred_lapse() {
    let lapse = |application, differs| falls_due(application, Due::Referral, &policy(differs));
    let said = |told: &str, stage| (told.to_owned(), stage);
    assert_eq!(
        lapse(referred(), "{}"),
        said("referral_expired, stop_listed, seat_returned NextInLine", Stage::StopListed)
    );
    // R51: the second one.
    let second = Application { lapses: 1, ..referred() };
    assert_eq!(
        lapse(second.clone(), "{}"),
        said("referral_expired, closed, seat_returned NextInLine", Stage::Closed)
    );
    let never = r#"{"lapses_to_removal":null,"stop_list_term":null,"returned_seat":{"lapse":"staff"}}"#;
    assert_eq!(lapse(second, never), said("referral_expired, seat_returned Staff", Stage::Queued));
}

#[test]
fn notified_lapse() {
    let lapse = |differs| falls_due(notified(), Due::Turn, &policy(differs));
    let said = |told: &str, stage| (told.to_owned(), stage);
    assert_eq!(lapse("{}"), said("turn_lapsed, seats_opened", Stage::Queued));
    assert_eq!(
        lapse(r#"{"after_choice_window":{"application":"close"}}"#),
        said("turn_lapsed, closed, seats_opened", Stage::Closed)
    );
    assert_eq!(
        lapse(r#"{"after_choice_window":{"seat":"next_in_line"}}"#),
        said("turn_lapsed", Stage::Queued)
    );
}

#[test]
fn stop_listed_end_and_the_age_limit() {
    let akmola = policy("{}");
    assert_eq!(
        falls_due(stop_listed(), Due::StopList, &akmola),
        ("stop_list_ended".to_owned(), Stage::Queued)
    );
    // A turn only frees its place: no chain of its own.
    assert_eq!(falls_due(notified(), Due::AgeLimit, &akmola), ("closed".to_owned(), Stage::Closed));
}

#[test]
fn under_review_withdraw_gives_the_place_back_as_a_recall() {
    let differs = policy(r#"{"returned_seat":{"recall":"free_choice","refusal":"staff"}}"#);
    let withdrawn = Fact::Closed { application: queued().number, reason: CloseReason::Withdrawn };
    let (told, _) = chain(under_review(), withdrawn, &differs);
    assert_eq!(told, ["closed", "seat_returned FreeChoice"]);
    let upheld = Fact::RefusalUpheld { application: queued().number, referral: referral().number };
    let (told, stage) = chain(under_review(), upheld, &differs);
    assert_eq!(told, ["refusal_upheld", "closed", "seat_returned Staff"]);
    assert_eq!(stage, Stage::Closed);
}

#[test]
fn each_stage_holds_what_it_should() {
    let nothing = [queued(), stop_listed(), enrolled(), closed()];
    assert!(nothing.iter().all(|application| application.held() == Held::Nothing));
    assert_eq!(notified().held(), Held::Turn(SEAT));
    assert_eq!(
        [referred(), under_review(), overturned()].map(|application| application.held()),
        [Held::Referral(SEAT); 3]
    );
}

/// What every application costs in memory, beside its texts: no field comes in by chance.
#[test]
fn an_application_is_compact() {
    assert!(size_of::<crate::Person>() <= 16);
    assert!(size_of::<Standing>() <= 80);
    assert!(size_of::<Application>() <= 224);
}
