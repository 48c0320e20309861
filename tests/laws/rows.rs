//! 4: a portal that keeps rows and cards, and no register, ends with the register's journal.

#[path = "../../examples/rows/portal.rs"]
mod portal;

use kezek::{Action, Command, Event, Policy, Register};
use portal::{Failure, Portal};
use proptest::prelude::*;
use rusqlite::Connection;

use crate::support::play::What;
use crate::support::story::{Story, stories};
use crate::support::{cases, filed};

/// What a portal of rows does not have: keys, corrections, and who was asked at which revision.
fn for_rows(command: &Command) -> Option<Command> {
    let plain = Command { key: None, expected_revision: None, ..command.clone() };
    (!matches!(command.action, Action::Operate(_))).then_some(plain)
}

/// The same story, with something else to do for the operator.
fn without_corrections(story: &Story) -> Story {
    let mut story = story.clone();
    for step in &mut story.steps {
        if let What::Operate(number) = step.what {
            step.what = if number % 2 == 0 { What::Choose } else { What::Act(number % 14) };
        }
    }
    story
}

fn judge(story: &Story) -> Result<usize, TestCaseError> {
    let policy = story.town.policy();
    let mut register = Register::new(policy.clone()).expect("a register");
    let mut portal =
        Portal::found(Connection::open_in_memory().expect("a database"), policy).expect("a portal");
    for told in without_corrections(story).tell().told {
        let now = register.now().map_or(told.now, |last| last.max(told.now));
        let Some(command) = told.command.as_ref().and_then(for_rows) else {
            let rows = portal.advance(now).expect("a database");
            prop_assert_eq!(rows.events, register.advance(now).expect("a later moment").events);
            continue;
        };
        match (portal.apply(&command, now), register.apply(command, now)) {
            (Ok(rows), Ok(outcome)) => prop_assert_eq!(rows, outcome),
            // Nothing of that name: the register settles all the same, and says so.
            (Err(Failure::Unknown(what)), Ok(outcome)) => {
                let codes: Vec<_> = outcome.denials.iter().map(kezek::Denial::code).collect();
                prop_assert_eq!(codes, ["not_found"], "{}: {}", what, told.json);
                prop_assert_eq!(portal.advance(now).expect("a database").events, outcome.events);
            }
            (Err(Failure::Input(rows)), Err(error)) => prop_assert_eq!(rows.code(), error.code()),
            (rows, register) => prop_assert!(false, "rows: {rows:?}, register: {register:?}"),
        }
    }
    let journal: Vec<Event> = portal.journal().expect("a journal");
    prop_assert_eq!(&journal, &register.events().iter().map(|event| Event::clone(event)).collect::<Vec<_>>());
    prop_assert_eq!(Register::replay(journal).expect("a register").digest(), register.digest());
    Ok(filed(&register).count())
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn a_portal_of_rows_ends_with_the_registers_journal(story in stories()) {
        // With benefit shares the order is no key.
        let policy = serde_json::to_value(story.town.policy()).expect("a policy is JSON");
        prop_assume!(policy["order"]["by"] != "benefit_shares");
        judge(&story)?;
    }
}

/// R80: a number that the host gives takes the next serial, also where that serial's own number is taken already.
#[test]
fn a_hosts_number_skips_no_serial() {
    let policy = Policy::named("akmola-2018").expect("a policy");
    let mut register = Register::new(policy.clone()).expect("a register");
    let mut portal =
        Portal::found(Connection::open_in_memory().expect("a database"), policy).expect("a portal");
    let now = "2018-01-10T09:00:00+06:00".parse().expect("an instant");
    for (number, own) in [("UO.2018.000002.1", true), ("16.A", true), ("", false)] {
        let mut command = serde_json::json!({
            "type": "submit", "applicant": "p:a", "child": {"iin": format!("p:child-{}", number.len()), "born": "2015-05-02"}
        });
        if own {
            command["application"] = number.into();
        }
        let command = Command::from_json(&command).expect("a command");
        let rows = portal.apply(&command, now).expect("rows");
        assert_eq!(rows, register.apply(command, now).expect("an outcome"), "{number:?}");
    }
}
