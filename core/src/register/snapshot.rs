//! The whole register as one JSON object, and the digest of its state.

use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::book::Book;
use super::keys::hex;
use super::{FORMAT, Register};
use crate::error::ErrorCode;
use crate::event::Event;
use crate::fields::{Fields, FromJson as _, Record, door, missing};
use crate::moment::writing_in_utc;
use crate::written;
use crate::{Calendar, Error, Moment};

/// A register at rest: its state and its history. Its JSON is the storage form.
#[derive(Clone, Debug, Serialize)]
pub struct Snapshot {
    format: u32,
    now: Option<Moment>,
    digest: String,
    book: State,
    history: Vec<Arc<Event>>,
    /// The SHA-256 of what neither the digest nor the book covers; none in a snapshot of an earlier version.
    #[serde(skip_serializing_if = "Option::is_none")]
    sum: Option<String>,
}

/// The state in a snapshot. It is never read into a book: the history makes that, and the state is held against it.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
enum State {
    /// As it was stored.
    Stored(Value),
    /// As a register has it.
    Own(Box<Book>),
}

impl Snapshot {
    /// A snapshot out of its JSON.
    ///
    /// # Errors
    /// [`ErrorCode::UnsupportedFormat`] for one of a later version, [`ErrorCode::CorruptHistory`] for one that
    /// cannot be read, with the path of the place.
    pub fn from_json(value: Value) -> Result<Snapshot, Error> {
        match value.get("format").and_then(Value::as_u64) {
            Some(format) if format == u64::from(FORMAT) => {}
            Some(other) => {
                let expected = FORMAT.to_string();
                return Err(Error::new(ErrorCode::UnsupportedFormat, "format", expected, other.to_string()));
            }
            None => return Err(Error::new(ErrorCode::CorruptHistory, "format", "a number", "none")),
        }
        let read = Snapshot::of_json(value);
        read.map_err(|error| error.recoded(ErrorCode::CorruptHistory))
    }
}

door!(Snapshot, Snapshot::from_json);

impl Record for Snapshot {
    const WHAT: &'static str = "a snapshot";

    fn read(from: &mut Fields) -> Result<Snapshot, Error> {
        let history = from.list("history")?.into_iter().enumerate();
        let event = |(i, row)| {
            Event::from_json(row).map(Arc::new).map_err(|error| error.under(&format!("history[{i}]")))
        };
        Ok(Snapshot {
            history: history.map(event).collect::<Result<_, _>>()?,
            format: from.need("format")?,
            now: from.may("now")?,
            digest: from.need("digest")?,
            book: State::Stored(from.raw("book").ok_or_else(|| missing("book"))?),
            sum: from.may("sum")?,
        })
    }
}

impl Register {
    /// The register at rest, for a register that keeps its history ([`Register::pack`] is for any).
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            format: FORMAT,
            now: self.now,
            digest: self.digest(),
            book: State::Own(Box::new(self.book.clone())),
            history: self.history.clone(),
            sum: Some(sum_of(self.now, &self.history)),
        }
    }

    /// The register of a snapshot, with the calendar of Kazakhstan for what comes next.
    ///
    /// # Errors
    /// [`ErrorCode::CorruptHistory`] when state, digest and history do not belong together.
    pub fn restore(snapshot: Snapshot) -> Result<Register, Error> {
        Register::restore_with(snapshot, Calendar::kazakhstan())
    }

    /// The same, with the host's own calendar for what comes next.
    ///
    /// # Errors
    /// As [`Register::restore`].
    pub fn restore_with(snapshot: Snapshot, calendar: Calendar) -> Result<Register, Error> {
        let Snapshot { format: _, now, digest, book, history, sum } = snapshot;
        let corrupt = |path: &str, expected: &str, found: &str| {
            Error::new(ErrorCode::CorruptHistory, path, expected, found)
        };
        let is_whole = sum.is_none_or(|sum| sum == sum_of(now, &history));
        let events = history.into_iter().map(Arc::unwrap_or_clone);
        let mut register = Register::replay_with(events, calendar).map_err(|error| error.under("history"))?;
        // The history alone makes the register: what the book says beside it must be the same.
        if let State::Stored(book) = book {
            let told = writing_in_utc(|| written::json_value(&register.book));
            if let Some(place) = difference(&told, &book) {
                return Err(corrupt(&format!("book{place}"), "what the history tells", "something else"));
            }
        }
        if register.digest() != digest {
            return Err(corrupt("digest", "the digest of the book", "another"));
        }
        match (now, register.now) {
            (None, Some(_)) => return Err(corrupt("now", "an instant", "null")),
            (Some(now), Some(last)) if now < last => {
                return Err(corrupt("now", "the last event's instant or later", &now.to_string()));
            }
            (Some(now), _) => {
                register.now = Some(now);
                register.ripen(now);
            }
            (None, None) => {}
        }
        // Last, as the others name the place.
        if !is_whole {
            return Err(corrupt("sum", "the SHA-256 of now and the history", "another"));
        }
        Ok(register)
    }

    /// `k1:` and the SHA-256 of the state without its history: equal registers have equal digests, in every
    /// language. What has been asked, and how often the clock was looked at, is no part of it.
    #[must_use]
    pub fn digest(&self) -> String {
        digest_of(&self.book)
    }
}

/// The place of the first difference between two states, such as `.applications[3].lapses`. An instant may be written in
/// any zone.
fn difference(told: &Value, found: &Value) -> Option<String> {
    match (told, found) {
        (Value::Object(told), Value::Object(found)) => {
            let missing = found.keys().find(|key| !told.contains_key(*key)).map(|key| format!(".{key}"));
            let differs = |(key, told): (&String, &Value)| {
                let found = found.get(key).unwrap_or(&Value::Null);
                difference(told, found).map(|place| format!(".{key}{place}"))
            };
            told.iter().find_map(differs).or(missing)
        }
        (Value::Array(told), Value::Array(found)) => {
            let mut pairs = told.iter().zip(found).enumerate();
            let differs = pairs
                .find_map(|(i, (told, found))| difference(told, found).map(|place| format!("[{i}]{place}")));
            let more = told.len().min(found.len());
            differs.or_else(|| (told.len() != found.len()).then(|| format!("[{more}]")))
        }
        (Value::String(told), Value::String(found)) => {
            let instant = |text: &str| text.parse::<Moment>().ok();
            let same = told == found || instant(told).is_some_and(|told| instant(found) == Some(told));
            (!same).then(String::new)
        }
        (told, found) => (told != found).then(String::new),
    }
}

/// The canonical form is the book's JSON: its fields in their order, no spaces, instants in UTC.
pub(super) fn digest_of(book: &Book) -> String {
    let mut hasher = Hasher(Sha256::new());
    writing_in_utc(|| written::text_to(&mut hasher, book));
    format!("k1:{}", hex(&hasher.0.finalize()))
}

/// Of the last moment and the events, written in the same form: who did what, under which key, and when it was looked at.
fn sum_of(now: Option<Moment>, history: &[Arc<Event>]) -> String {
    let mut hasher = Hasher(Sha256::new());
    writing_in_utc(|| {
        written::text_to(&mut hasher, &now);
        history.iter().for_each(|event| written::text_to(&mut hasher, event));
    });
    hex(&hasher.0.finalize())
}

struct Hasher(Sha256);

impl std::io::Write for Hasher {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
#[path = "snapshot_tests.rs"]
mod tests;
