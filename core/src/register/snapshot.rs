//! The whole register as one JSON object, and the digest of its state.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::book::Book;
use super::keys::hex;
use super::{FORMAT, Register};
use crate::error::ErrorCode;
use crate::event::Event;
use crate::fields::read;
use crate::{Calendar, Error, Moment};

/// A register at rest: its state and its history. Its JSON is the storage form.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    format: u32,
    now: Option<Moment>,
    digest: String,
    book: Book,
    history: Vec<Arc<Event>>,
}

impl Snapshot {
    /// A snapshot out of its JSON.
    ///
    /// # Errors
    /// [`ErrorCode::UnsupportedFormat`] for one of a later version, [`ErrorCode::CorruptHistory`] for one that
    /// cannot be read, with the path of the place.
    pub fn from_json(value: serde_json::Value) -> Result<Snapshot, Error> {
        match value.get("format").and_then(serde_json::Value::as_u64) {
            Some(format) if format == u64::from(FORMAT) => {}
            Some(other) => {
                let expected = FORMAT.to_string();
                return Err(Error::new(ErrorCode::UnsupportedFormat, "format", expected, other.to_string()));
            }
            None => return Err(Error::new(ErrorCode::CorruptHistory, "format", "a number", "none")),
        }
        read(value).map_err(|error| {
            Error::new(ErrorCode::CorruptHistory, error.path(), error.expected(), error.found())
        })
    }
}

impl Register {
    /// The register at rest.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            format: FORMAT,
            now: self.now,
            digest: self.digest(),
            book: self.book.clone(),
            history: self.history.clone(),
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
        let Snapshot { format: _, now, digest, book, history } = snapshot;
        let corrupt = |path: &str, expected: &str, found: &str| {
            Error::new(ErrorCode::CorruptHistory, path, expected, found)
        };
        if digest_of(&book) != digest {
            return Err(corrupt("digest", "the digest of the book", "another"));
        }
        // The history alone makes the register: what the book says beside it must be the same.
        let events = history.into_iter().map(Arc::unwrap_or_clone);
        let mut register = Register::replay_with(events, calendar).map_err(|error| error.under("history"))?;
        if register.digest() != digest {
            return Err(corrupt("book", "what the history tells", "something else"));
        }
        match (now, register.now) {
            (None, Some(_)) => return Err(corrupt("now", "an instant", "null")),
            (Some(now), Some(last)) if now < last => {
                return Err(corrupt("now", "the last event's instant or later", &now.to_string()));
            }
            (Some(now), _) => {
                register.now = Some(now);
                register.index.queue.ripen(now);
            }
            (None, None) => {}
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

/// The canonical form is the book's JSON: its fields in their order, no spaces, instants in UTC.
pub(super) fn digest_of(book: &Book) -> String {
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
    let mut hasher = Hasher(Sha256::new());
    // Writing to a hasher cannot fail, and every key of the book is text.
    crate::moment::writing_in_utc(|| serde_json::to_writer(&mut hasher, book)).unwrap_or_default();
    format!("k1:{}", hex(&hasher.0.finalize()))
}
