//! What the hot operations take of the heap, once the register has its size: a question nothing, a command its events.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a failed expectation stops a test"
)]

use std::collections::BTreeMap;

use allocation_counter::measure;
use kezek::{Action, ApplicationNumber, Child, Language, Moment, Opening, Outcome, Policy, Register};

const NOON: i64 = 1_516_946_400;

fn town() -> Register {
    let mut register = Opening::new(Policy::named("akmola-2018").unwrap()).open().unwrap();
    for child in 0..200 {
        register
            .apply(submit(child), Moment::from_unix(NOON + i64::from(child)))
            .unwrap()
            .accepted()
            .unwrap();
    }
    register
}

fn submit(child: u32) -> Action {
    let child_number = format!("p:child-{child}").parse().unwrap();
    Action::Submit {
        applicant: format!("p:parent-{child}").parse().unwrap(),
        child: Child { iin: child_number, born: "2015-05-02".parse().unwrap() },
        benefit: None,
        documents: None,
        channel: None,
        channel_number: None,
        application: None,
    }
}

fn number(serial: u32) -> ApplicationNumber {
    format!("UO.2018.{serial:06}.1").parse().unwrap()
}

/// What a command takes, with what it answers, after others of its kind.
fn taken(register: &mut Register, command: Action) -> (u64, Outcome) {
    let now = register.now().expect("it has lived");
    let mut outcome = None;
    let taken = measure(|| outcome = Some(register.apply(command, now).unwrap()));
    (taken.count_total, outcome.unwrap())
}

#[test]
fn a_question_takes_nothing() {
    let (mut register, one) = (town(), number(50));
    let now = register.now().unwrap();
    let confirm = || Action::ConfirmInterest { application: one.clone() };
    let asked = [confirm(), confirm()].map(kezek::Command::from);
    let [warm, asked] = asked;
    register.check(warm, now).unwrap();
    let nothing = measure(|| {
        let _ = register.at(now).unwrap().position(&one).unwrap();
        let _ = register.next_deadline();
        drop(register.check(asked, now).unwrap());
        drop(register.advance(now).unwrap());
    });
    assert_eq!(nothing.count_total, 0, "{nothing:?}");
}

/// Each event is one piece of the heap, and the list of them another.
#[test]
fn a_command_takes_its_events() {
    let mut register = town();
    let publish = || Action::PublishVacancy {
        kindergarten: "bobek".parse().unwrap(),
        group_year: "2015".parse().unwrap(),
        language: Language::Kk,
        places: 3,
        kind: None,
    };
    // (The first term that is counted makes the table of working days.)
    for _ in 0..3 {
        let _ = taken(&mut register, publish());
    }
    // What they take beside their events and the list of these: mostly, for now and then an index grows.
    let mut beside: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    for round in 0..9 {
        let commands = [
            ("submit", submit(1000 + round)),
            ("confirm", Action::ConfirmInterest { application: number(100 + round) }),
            ("withdraw", Action::Withdraw { application: number(120 + round) }),
            ("choose", Action::Choose { application: number(1 + round), vacancy: 1 + round / 3 }),
            ("publish", publish()),
        ];
        for (name, command) in commands {
            let (taken, outcome) = taken(&mut register, command);
            assert_eq!(outcome.denials, [], "{name}");
            let events = u64::try_from(outcome.events.len()).unwrap();
            beside.entry(name).or_default().push(taken - events - 1);
        }
    }
    // (The referral of a choice, the places of a publication, stand by themselves.)
    for (name, usual) in [("submit", 0), ("confirm", 0), ("withdraw", 0), ("choose", 1), ("publish", 1)] {
        let taken = beside.get_mut(name).unwrap();
        taken.sort_unstable();
        assert_eq!(taken[taken.len() / 2], usual, "{name}: {taken:?}");
    }
}
