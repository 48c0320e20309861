#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may stop where its town is broken, and looks at rows that are there"
)]

use serde_json::{Value, json};

use crate::{
    ApplicationNumber, ErrorCode, Event, Moment, NumberChange, Opening, Policy, PositionChange, Register,
};

/// A register and a clock that goes on by an hour with every command.
struct Town {
    register: Register,
    clock: Moment,
}

impl Town {
    fn under(order: &Value) -> Town {
        let policy = json!({"base": "akmola-2018", "order": order, "benefits": [
            {"id": "serviceman", "tier": "out_of_turn", "rank": 1, "prove_within": {"working_days": 3}},
            {"id": "orphan", "tier": "priority", "rank": 2},
            {"id": "large-family", "tier": "listed"},
        ]});
        let policy = Policy::from_json(&policy).expect("a policy");
        let clock = "2018-01-10T00:00:00+06:00".parse().expect("an instant");
        Town { register: Opening::new(policy).open().expect("a register"), clock }
    }

    fn by_registration() -> Town {
        Town::under(&json!({"by": "registration"}))
    }

    fn by_shares() -> Town {
        Town::under(&json!({"by": "benefit_shares", "benefit": 1, "ordinary": 3}))
    }

    fn text(&self, at: Moment) -> String {
        at.in_zone(self.register.policy().zone()).to_string()
    }

    /// Does a command an hour later; the moment and the last event's number.
    fn done(&mut self, command: Value) -> (Moment, u64) {
        self.clock = self.clock.plus_seconds(3600);
        let done = self.register.apply_json(&command, &self.text(self.clock)).expect("an outcome");
        assert_eq!(done["denials"], json!([]), "{command}");
        (self.clock, self.register.revision())
    }

    fn submit(&mut self, child: u32, benefit: Option<&str>) -> (Moment, u64) {
        self.done(json!({
            "type": "submit", "applicant": "p:parent", "benefit": benefit, "documents": 1,
            "child": {"iin": format!("p:child-{child}"), "born": "2015-05-02"},
        }))
    }

    fn operate(&mut self, mut command: Value) -> (Moment, u64) {
        command["reason"] = json!("by order");
        command["authority"] = json!({"kind": "court", "document": "2-15/2018"});
        self.done(command)
    }

    /// A place is published, chosen by its first and taken up: one enrolment.
    fn enrol(&mut self, serial: u32) -> (Moment, u64) {
        self.done(json!({
            "type": "publish_vacancy", "kindergarten": "bobek", "group_year": 2015, "language": "kk", "places": 1,
        }));
        let vacancy = self.register.book().vacancies.len();
        self.done(json!({"type": "choose", "application": number(serial), "vacancy": vacancy}));
        self.done(json!({"type": "accept", "application": number(serial)}))
    }

    fn why(&self, serial: u32, from: Moment, to: Moment) -> Result<PositionChange, crate::Error> {
        self.register.at(self.clock)?.explain_position(&number(serial), from, to)
    }

    /// All changes of an application from a moment on.
    fn since(&self, serial: u32, from: Moment) -> PositionChange {
        self.why(serial, from, self.clock).expect("an answer")
    }
}

fn number(serial: u32) -> ApplicationNumber {
    format!("UO.2018.{serial:06}.1").parse().expect("a number")
}

/// A change in a line: `2 -> 1: left_enrolled -1 [8]`.
fn line(change: &NumberChange) -> String {
    let parts = change.causes.iter().map(|part| {
        let part = serde_json::to_value(part).expect("JSON");
        let reason = part["reason"].as_str().map(|reason| format!(" {reason}")).unwrap_or_default();
        format!("{}{reason} {} {}", part["cause"].as_str().expect("a word"), part["change"], part["events"])
    });
    let parts: Vec<String> = parts.collect();
    format!("{} -> {}: {}", change.before, change.after, parts.join(", ")).trim_end().to_owned()
}

fn lines(why: &PositionChange) -> [String; 3] {
    [line(&why.number), line(&why.in_group_year), line(&why.in_benefit)]
}

#[test]
fn nothing_happened() {
    let mut town = Town::by_registration();
    let (at, _) = town.submit(1, Some("orphan"));
    assert_eq!(lines(&town.since(1, at)), ["1 -> 1:", "1 -> 1:", "1 -> 1:"]);
}

#[test]
fn others_leave() {
    let mut town = Town::by_registration();
    for child in 1..=3 {
        town.submit(child, Some("orphan"));
    }
    let (from, _) = town.submit(4, Some("orphan"));
    let (_, enrolled) = town.enrol(1);
    let (_, withdrawn) = town.done(json!({"type": "withdraw", "application": number(2)}));
    let (_, moved) = town.operate(json!({"type": "move_out", "application": number(3)}));
    let all = format!(
        "4 -> 1: left_enrolled -1 [{enrolled}], left_withdrawn -1 [{withdrawn}], left_closed moved -1 [{moved}]"
    );
    assert_eq!(lines(&town.since(4, from)), [all.clone(), all.clone(), all]);
}

#[test]
fn those_behind_and_those_elsewhere_move_nobody() {
    let mut town = Town::by_registration();
    let (from, _) = town.submit(1, None);
    town.submit(2, None);
    town.submit(3, Some("orphan"));
    town.done(json!({"type": "withdraw", "application": number(2)}));
    town.done(json!({"type": "change_benefit", "application": number(3), "benefit": null}));
    assert_eq!(lines(&town.since(1, from)), ["1 -> 1:", "1 -> 1:", "0 -> 0:"]);
}

#[test]
fn a_part_for_each_direction() {
    let mut town = Town::by_registration();
    town.submit(1, None);
    let (from, _) = town.submit(2, None);
    let (_, gone) = town.operate(json!({"type": "correct", "application": number(1), "group_year": 2014}));
    let (_, back) = town.operate(json!({"type": "correct", "application": number(1), "group_year": 2015}));
    let [number, in_group_year, _] = lines(&town.since(2, from));
    assert_eq!(number, "2 -> 2:");
    assert_eq!(in_group_year, format!("2 -> 2: left_corrected -1 [{gone}], joined_corrected 1 [{back}]"));
    // Alone in the line of 2014, and before the other one in its own: nothing moved.
    assert_eq!(lines(&town.since(1, from)), ["1 -> 1:", "1 -> 1:", "0 -> 0:"]);
}

#[test]
fn one_part_for_many_events() {
    let mut town = Town::by_shares();
    let (from, _) = town.submit(1, None);
    let joined: Vec<u64> = (2..=5).map(|child| town.submit(child, Some("serviceman")).1).collect();
    let why = town.since(1, from);
    assert_eq!(line(&why.in_group_year), format!("1 -> 5: joined_registered 4 {}", json!(joined)));
    assert_eq!((why.in_group_year.change, why.in_group_year.causes[0].count), (4, 4));
    assert_eq!(line(&why.number), "1 -> 1:");
}

// F11: one with a benefit who leaves takes along the three ordinary ones that were served between.
#[test]
fn under_shares_one_may_count_for_more_than_one() {
    let mut town = Town::by_shares();
    town.submit(1, Some("orphan"));
    for child in 2..=4 {
        town.submit(child, None);
    }
    let (from, _) = town.submit(5, Some("orphan"));
    // orphan 1, ordinary 2 3 4, orphan 5
    assert_eq!(line(&town.since(5, from).in_group_year), "5 -> 5:");
    let (_, gone) = town.done(json!({"type": "withdraw", "application": number(1)}));
    assert_eq!(line(&town.since(5, from).number), format!("5 -> 4: left_withdrawn -1 [{gone}]"));
    assert_eq!(line(&town.since(5, from).in_group_year), format!("5 -> 1: left_withdrawn -4 [{gone}]"));
    assert_eq!(line(&town.since(5, from).in_benefit), format!("2 -> 1: left_withdrawn -1 [{gone}]"));
}

#[test]
fn a_whole_life_of_its_own() {
    let mut town = Town::by_registration();
    let from = town.clock;
    let (_, registered) = town.submit(1, None);
    let (_, changed) = town.done(json!({
        "type": "change_benefit", "application": number(1), "benefit": "orphan", "documents": 1,
    }));
    let (_, enrolled) = town.enrol(1);
    let (_, returned) = town.operate(json!({"type": "void_enrolment", "application": number(1)}));
    let (_, voided) = town.operate(json!({"type": "void_referral", "application": number(1)}));
    assert!(voided > returned);
    // The place that was given back is offered to nobody: it is his own.
    let (_, left) = town.done(json!({"type": "withdraw", "application": number(1)}));
    let (_, again) = town.operate(json!({"type": "reinstate", "application": number(1)}));
    let tail = format!("own_reinstated 1 [{again}], own_returned 1 [{returned}]");
    let (gone, end) = (format!("own_enrolled -1 [{enrolled}]"), format!("own_left withdrawn -1 [{left}]"));
    let number = format!("0 -> 1: own_registered 1 [{registered}], {tail}, {gone}, {end}");
    let in_benefit = format!(
        "0 -> 1: own_reinstated 1 [{again}], own_returned 1 [{returned}], own_benefit_changed 1 [{changed}], \
         {gone}, {end}"
    );
    assert_eq!(lines(&town.since(1, from)), [number.clone(), number, in_benefit]);
}

#[test]
fn a_journal_that_the_host_keeps() {
    let mut town = Town::by_registration();
    town.submit(1, None);
    let (from, _) = town.submit(2, None);
    town.enrol(1);
    let to = town.clock;
    let journal = |town: &Town| -> Vec<Event> {
        town.register.events().iter().map(|event| Event::clone(event)).collect()
    };
    let own = town.since(2, from);
    assert_eq!(PositionChange::of(journal(&town), &number(2), from, to), Ok(own.clone()));
    // Another register passes it on.
    let written: Vec<Value> =
        town.register.events().iter().map(|event| town.register.write(&**event)).collect();
    let other = Town::by_shares().register;
    let ask = |events: &[Value]| {
        let question = json!({
            "view": "explain_position", "application": number(2), "from": town.text(from), "to": town.text(to),
            "events": events,
        });
        other.ask_json(&question, "2018-01-01T09:00:00+06:00")
    };
    assert_eq!(ask(&written), Ok(town.register.write(&own)));
    // A gap, and what is no event.
    let gap = ask(&[&written[..3], &written[4..]].concat()).expect_err("a gap");
    assert_eq!((gap.code(), gap.path()), (ErrorCode::CorruptHistory, "events[3]"));
    let spoilt = ask(&[&written[..3], &[json!({"type": "walked"})]].concat()).expect_err("no event");
    assert_eq!(spoilt.code(), ErrorCode::Malformed);
    assert!(spoilt.path().starts_with("events"), "{spoilt}");
    let mut gap = journal(&town);
    gap.remove(3);
    let gap = PositionChange::of(gap, &number(2), from, to).expect_err("a gap");
    assert_eq!((gap.code(), gap.path()), (ErrorCode::CorruptHistory, "[3]"));
}

// A journal that ends before what fell due cannot tell what `position` said then.
#[test]
fn a_journal_that_ends_too_early() {
    let mut town = Town::by_registration();
    let (from, _) = town.submit(1, None);
    town.done(json!({
        "type": "publish_vacancy", "kindergarten": "bobek", "group_year": 2015, "language": "kk", "places": 1,
    }));
    let due = town.register.next_deadline().expect("a turn").at;
    let of = |to: Moment| {
        let journal = town.register.events().iter().map(|event| Event::clone(event));
        PositionChange::of(journal, &number(1), from, to)
    };
    assert_eq!(of(due.plus_seconds(-1)).map(|why| why.number.change), Ok(0));
    assert_eq!(town.why(1, from, due.plus_seconds(-1)), of(due.plus_seconds(-1)));
    let early = of(due).expect_err("something is due");
    assert_eq!((early.code(), early.path()), (ErrorCode::NotSettled, "to"));
    assert_eq!(town.why(1, from, due), Err(early));
}

#[test]
fn questions_that_cannot_be_answered() {
    let mut town = Town::by_registration();
    let (one, _) = town.submit(1, None);
    let (two, _) = town.submit(2, None);
    let code = |serial, from, to| {
        let error = town.why(serial, from, to).expect_err("no answer");
        (error.code(), error.path().to_owned())
    };
    assert_eq!(code(1, two, one), (ErrorCode::Malformed, "to".to_owned()));
    assert_eq!(code(2, one, two.plus_seconds(-1)), (ErrorCode::NotFound, "application".to_owned()));
    assert_eq!(code(3, one, two), (ErrorCode::NotFound, "application".to_owned()));
    assert!(town.why(2, one, two).is_ok());
}
