//! Idempotency: the same request twice is done once.

use std::collections::HashMap;
use std::sync::Arc;

use super::Register;
use crate::error::ErrorCode;
use crate::event::{Cause, Event};
use crate::packed::{Packed, Packer, Unpacker};
use crate::{Command, Error, Outcome};

/// The keys of commands that were done, each with its command's body and the events of its outcome.
#[derive(Clone, Debug, Default)]
pub(super) struct Keys {
    done: HashMap<String, Done>,
}

#[derive(Clone, Debug)]
pub(super) struct Done {
    pub(super) body: String,
    /// The `seq` of the outcome's first event and of its last.
    pub(super) events: (u64, u64),
}

/// In the order of their outcomes, so that equal registers are equal bytes.
impl Packed for Keys {
    fn pack(&self, to: &mut Packer) {
        let mut done: Vec<(&String, &Done)> = self.done.iter().collect();
        done.sort_unstable_by_key(|(_, done)| done.events);
        to.length(done.len());
        for (key, done) in done {
            key.pack(to);
            done.pack(to);
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Keys> {
        let count = from.length()?;
        let done = (0..count).map(|_| Some((String::unpack(from)?, Done::unpack(from)?)));
        Some(Keys { done: done.collect::<Option<_>>()? })
    }
}

impl Keys {
    pub(super) fn forget_after(&mut self, revision: u64) {
        self.done.retain(|_, done| done.events.1 <= revision);
    }

    /// Adds the keys of a journal that has grown from an event on. It may have ended, or may end now, inside an
    /// outcome: the last command before counts again.
    pub(super) fn grow(&mut self, history: &[Arc<Event>], from: usize) {
        let before = history.get(..from).unwrap_or_default();
        let last = before.iter().rposition(|event| event.command == Some(event.seq)).unwrap_or(0);
        self.done.extend(Keys::of(history.get(last..).unwrap_or_default()).done);
    }

    /// The keys of a journal. An outcome begins with what was settled for it, and goes on with what its
    /// command brought about and what fell due in the same moment after it.
    pub(super) fn of(events: &[Arc<Event>]) -> Keys {
        let mut keys = Keys::default();
        let mut open: Option<(String, Done, &Event)> = None;
        for event in events {
            let keyed = event.envelope.as_ref().and_then(|envelope| {
                Some((envelope.key.clone()?, envelope.body.clone()?, envelope.settled.unwrap_or_default()))
            });
            if let Some((key, body, settled)) = keyed {
                keys.done.extend(open.take().map(|(key, done, _)| (key, done)));
                let began = event.seq.saturating_sub(settled);
                open = Some((key, Done { body, events: (began, event.seq) }, event));
            } else if let Some((_, done, first)) = &mut open {
                let fell_due = event.cause == Cause::Due && event.at == first.at;
                if event.command == Some(first.seq) || fell_due {
                    done.events.1 = event.seq;
                } else {
                    keys.done.extend(open.take().map(|(key, done, _)| (key, done)));
                }
            }
        }
        keys.done.extend(open.map(|(key, done, _)| (key, done)));
        keys
    }
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Register {
    /// The outcome of a command that was done under this key.
    ///
    /// # Errors
    /// [`ErrorCode::KeyConflict`] when it was another command.
    pub(crate) fn answered(&self, key: Option<&str>, body: Option<&str>) -> Result<Option<Outcome>, Error> {
        let Some((key, done)) = key.and_then(|key| Some((key, self.keys.done.get(key)?))) else {
            return Ok(None);
        };
        if body != Some(done.body.as_str()) {
            let expected = format!("the command that was done with the key {key:?}");
            return Err(Error::new(ErrorCode::KeyConflict, "key", expected, "another command"));
        }
        let (first, last) = done.events;
        Ok(Some(Outcome { events: self.kept(first, last)?.to_vec(), denials: Vec::new() }))
    }

    /// Remembers a command that was done.
    pub(super) fn remember(&mut self, command: &Command, began: usize) {
        let Some(key) = &command.key else { return };
        let outcome = self.history.get(began..).unwrap_or_default();
        let body = outcome.iter().find_map(|event| event.envelope.as_ref()?.body.clone());
        if let (Some(first), Some(last), Some(body)) = (outcome.first(), outcome.last(), body) {
            self.keys.done.insert(key.clone(), Done { body, events: (first.seq, last.seq) });
        }
    }
}
