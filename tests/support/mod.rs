//! Random towns and what happens in them, for the laws.

pub(crate) mod checks;
pub(crate) mod garbage;
pub(crate) mod model;
pub(crate) mod play;
pub(crate) mod story;
pub(crate) mod town;

use kezek::{ApplicationNumber, Event, Fact, Register};
use proptest::test_runner::Config;

/// So many cases, or what `PROPTEST_CASES` says.
pub(crate) fn cases(usual: u32) -> Config {
    let wanted = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    Config {
        cases: wanted.unwrap_or(usual),
        // A failure is told as a scenario; what it shows becomes a test of its own.
        failure_persistence: None,
        max_shrink_iters: 2000,
        ..Config::default()
    }
}

/// The numbers of all applications, in the order of their serials.
pub(crate) fn numbers(register: &Register) -> Vec<ApplicationNumber> {
    let registered = register.events().iter().filter(|event| matches!(event.fact, Fact::Registered { .. }));
    registered.filter_map(|event| event.fact.application().cloned()).collect()
}

/// The events without what tells how often the clock was looked at.
pub(crate) fn facts(register: &Register) -> Vec<Event> {
    let mut events: Vec<Event> = register.events().iter().map(|event| Event::clone(event)).collect();
    for envelope in events.iter_mut().filter_map(|event| event.envelope.as_mut()) {
        envelope.settled = None;
    }
    events
}
