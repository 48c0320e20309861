//! A settlement as this process knows it: what is committed, for everybody to read, and the way to its one writer.

mod deadlines;
mod index;
mod readers;
mod start;
mod writer;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{PoisonError, RwLock, RwLockReadGuard};

use kezek::{Error, ErrorCode, Moment, Outcome, Register, View};
use serde_json::Value;
use tokio::sync::{mpsc, oneshot, watch};

use crate::clock::{Clock, Time};
pub(crate) use index::Index;
pub(crate) use readers::Readers;
pub(crate) use start::{Founding, open};
pub(crate) use writer::signed;

/// What is asked of a writer.
pub(crate) enum Ask {
    /// A command, as it stands on the wire.
    Command(Value, oneshot::Sender<Result<Done, Refusal>>),
    /// To settle what has fallen due.
    Settle(oneshot::Sender<Result<(), Refusal>>),
    /// To see what others have written.
    Look,
    /// To stop once all that was asked before is answered.
    Stop,
}

/// A command that was done, or denied.
#[derive(Debug)]
pub(crate) struct Done {
    /// What happened.
    pub(crate) outcome: Outcome,
    /// The register's revision after it.
    pub(crate) revision: u64,
}

/// Why nothing was done.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// The input.
    Input(Error),
    /// The clock cannot be believed.
    ClockLeapt,
    /// The journal cannot be written, or nobody knows whether it was. A retry with the same key is harmless.
    Unavailable,
}

/// One settlement.
pub(crate) struct Settlement {
    /// Its name.
    pub(crate) id: String,
    /// The clock.
    pub(crate) clock: Arc<Clock>,
    readers: RwLock<Readers>,
    inbox: mpsc::Sender<Ask>,
    /// The revision that is committed.
    revision: watch::Sender<u64>,
    /// The journal took what was written last.
    writable: AtomicBool,
    /// At the start the clock and the journal contradicted each other.
    contradicted: AtomicBool,
}

impl Settlement {
    /// Has a command done or denied. Answers when that is on the disk.
    pub(crate) async fn command(&self, command: Value) -> Result<Done, Refusal> {
        let (answer, answered) = oneshot::channel();
        self.inbox.send(Ask::Command(command, answer)).await.map_err(|_| Refusal::Unavailable)?;
        answered.await.map_err(|_| Refusal::Unavailable)?
    }

    /// Has everything settled that has fallen due.
    pub(crate) async fn settle(&self) -> Result<(), Refusal> {
        let (answer, answered) = oneshot::channel();
        self.inbox.send(Ask::Settle(answer)).await.map_err(|_| Refusal::Unavailable)?;
        answered.await.map_err(|_| Refusal::Unavailable)?
    }

    /// Has the writer look at what others have written, unless it is busy: then it does so anyway.
    pub(crate) fn look(&self) {
        let _ = self.inbox.try_send(Ask::Look);
    }

    /// Has the writer stop.
    pub(crate) async fn stop(&self) {
        let _ = self.inbox.send(Ask::Stop).await;
    }

    /// What is committed.
    pub(crate) fn read(&self) -> RwLockReadGuard<'_, Readers> {
        self.readers.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks the register as of now. What has fallen due is settled first; where that cannot be, the answer is as of
    /// the last moment that the register has seen.
    pub(crate) async fn ask<T>(
        &self,
        question: impl Fn(&Readers, View<'_>, Moment) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let answer = {
            let readers = self.read();
            let now = self.now(&readers.register);
            readers.register.at(now).and_then(|view| question(&readers, view, now))
        };
        match answer {
            Err(error) if error.code() == ErrorCode::NotSettled => {
                let settled = self.settle().await.is_ok();
                let readers = self.read();
                let last = readers.register.now().unwrap_or(Moment::from_unix(0));
                let now = if settled { self.now(&readers.register) } else { last };
                // The clock may have gone on past another deadline meanwhile.
                let view = readers.register.at(now).map_or_else(
                    |_| readers.register.at(last).map(|view| (view, last)),
                    |view| Ok((view, now)),
                )?;
                question(&readers, view.0, view.1)
            }
            answer => answer,
        }
    }

    /// The later of the clock and what the register has seen.
    fn now(&self, register: &Register) -> Moment {
        let now = self.clock.believed();
        register.now().map_or(now, |last| last.max(now))
    }

    /// Tells of every new revision.
    pub(crate) fn watch(&self) -> watch::Receiver<u64> {
        self.revision.subscribe()
    }

    /// Whether the clock forbids writing.
    pub(crate) fn clock_leapt(&self) -> bool {
        self.contradicted.load(Ordering::Relaxed) || matches!(self.clock.read(), Time::Leapt(_))
    }

    /// Whether the journal can be written, as far as is known.
    pub(crate) fn is_writable(&self) -> bool {
        self.writable.load(Ordering::Relaxed) && !self.inbox.is_closed()
    }

    fn set_writable(&self, writable: bool) {
        self.writable.store(writable, Ordering::Relaxed);
    }
}
