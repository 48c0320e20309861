//! What events are recorded for: a command, or because a moment came.

use super::{Cause, Envelope, Event, Fact};
use crate::{Action, Command, Moment};

/// What the next events are recorded for.
#[derive(Clone, Debug)]
pub(crate) enum Trigger {
    /// A moment came.
    Due,
    /// A command: the `seq` of its first event, and what is still to be written on that.
    Command {
        first: Option<u64>,
        envelope: Option<Box<Envelope>>,
        /// It is an operator's.
        overrides: bool,
    },
}

impl Trigger {
    /// For a command: its body where it has a key, and how many events fell due in the same call.
    pub(crate) fn of(command: &Command, body: Option<String>, settled: usize) -> Trigger {
        let overrides = matches!(command.action, Action::Operate(_));
        Trigger::Command { first: None, envelope: envelope(command, body, settled), overrides }
    }

    pub(crate) fn by_itself(&self) -> bool {
        matches!(self, Trigger::Due)
    }

    /// The event of a fact: what came with the command stands on the first one only.
    pub(crate) fn event(&mut self, seq: u64, at: Moment, fact: Fact) -> Event {
        let rule = fact.rule();
        let (cause, command, envelope, overrides) = match self {
            Trigger::Due => (Cause::Due, None, None, false),
            Trigger::Command { first, envelope, overrides } => {
                (Cause::Command, Some(*first.get_or_insert(seq)), envelope.take(), *overrides)
            }
        };
        Event { seq, at: Some(at), fact, rule, cause, command, overrides, envelope, chain: None }
    }
}

fn envelope(command: &Command, body: Option<String>, settled: usize) -> Option<Box<Envelope>> {
    let keyed = command.key.is_some();
    let operation = if let Action::Operate(operation) = &command.action { Some(operation) } else { None };
    let envelope = Envelope {
        by: command.by.clone(),
        signature: command.signature.clone(),
        key: command.key.clone(),
        authority: operation.map(|operation| operation.authority.clone()),
        grounds: operation.map(|operation| operation.reason.clone()),
        passed: None,
        body: body.filter(|_| keyed),
        settled: keyed.then(|| u64::try_from(settled).unwrap_or(u64::MAX)),
        ext: command.ext.clone(),
    };
    (envelope != Envelope::default()).then(|| Box::new(envelope))
}
