//! Random towns and what happens in them, for the laws.

pub(crate) mod checks;
pub(crate) mod garbage;
pub(crate) mod model;
pub(crate) mod operator;
pub(crate) mod play;
pub(crate) mod rules;
pub(crate) mod story;
pub(crate) mod town;

use kezek::{ApplicationNumber, Child, Event, Fact, Moment, Person, Register};
use proptest::test_runner::Config;

/// So many cases, or what `PROPTEST_CASES` says.
pub(crate) fn cases(usual: u32) -> Config {
    let wanted = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    Config {
        cases: wanted.unwrap_or(usual),
        // A failure is told as a scenario; what it shows becomes a test of its own.
        failure_persistence: None,
        max_shrink_iters: 400,
        ..Config::default()
    }
}

/// An application as its first event tells of it.
pub(crate) struct Filed<'a> {
    pub(crate) number: &'a ApplicationNumber,
    pub(crate) applicant: &'a Person,
    pub(crate) child: &'a Child,
}

/// All applications, in the order of their serials.
pub(crate) fn filed(register: &Register) -> impl Iterator<Item = Filed<'_>> {
    register.events().iter().filter_map(|event| match &event.fact {
        Fact::Registered { application, applicant, child, .. } => {
            Some(Filed { number: application, applicant, child })
        }
        Fact::Imported(imported) => Some(Filed {
            number: &imported.application,
            applicant: &imported.applicant,
            child: &imported.child,
        }),
        _ => None,
    })
}

/// The numbers of all applications, in the order of their serials.
pub(crate) fn numbers(register: &Register) -> Vec<ApplicationNumber> {
    filed(register).map(|filed| filed.number.clone()).collect()
}

/// Since when every clock stands.
pub(crate) fn paused(register: &Register) -> Option<Moment> {
    let last = register.events().iter().rev();
    let mut last = last.filter(|event| matches!(event.fact, Fact::Paused {} | Fact::Resumed { .. }));
    last.next().filter(|event| matches!(event.fact, Fact::Paused {})).and_then(|event| event.at)
}

/// The events without what tells how often the clock was looked at.
pub(crate) fn facts(register: &Register) -> Vec<Event> {
    let mut events: Vec<Event> = register.events().iter().map(|event| Event::clone(event)).collect();
    for envelope in events.iter_mut().filter_map(|event| event.envelope.as_mut()) {
        envelope.settled = None;
    }
    events
}
