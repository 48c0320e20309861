//! The one writer of a settlement in this process.
//!
//! Commands that wait are done in one transaction, under the lock of the settlement's row, after what others have
//! written meanwhile; they are answered once it is committed. Where a transaction fails, or nobody knows how it
//! ended, the register that made it is thrown away and everybody is told to try again: the keys of their commands
//! make that harmless.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::PoisonError;
use std::time::{Duration, Instant};

use kezek::{Event, Moment, Register};
use tokio::sync::{mpsc, oneshot};

use super::{Ask, Done, Refusal, Settlement};
use crate::clock::Time;
use crate::meter;
use crate::store::{Addition, Parcel, Store, StoreError};

/// So many commands are done in one transaction at the most.
const COMMANDS: usize = 256;
/// After so many events a transaction takes in no more commands.
const EVENTS: u64 = 4_000;
/// A transaction that takes longer has failed.
const PATIENCE: Duration = Duration::from_secs(20);

/// An answer that is given once the transaction is committed.
enum Answer {
    Command(oneshot::Sender<Result<Done, Refusal>>, Result<Done, Refusal>),
    Settled(oneshot::Sender<Result<(), Refusal>>),
}

pub(super) struct Writer {
    settlement: Arc<Settlement>,
    store: Store,
    inbox: mpsc::Receiver<Ask>,
    /// What did not fit in the last transaction.
    left: VecDeque<Ask>,
    /// The register that commands are judged by; none after a failure.
    register: Option<Register>,
    snapshot_every: u64,
    snapshot_at: u64,
}

impl Writer {
    pub(super) fn new(
        settlement: Arc<Settlement>,
        store: Store,
        inbox: mpsc::Receiver<Ask>,
        snapshot_every: u64,
    ) -> Writer {
        let snapshot_at = settlement.read().register.revision();
        Writer {
            settlement,
            store,
            inbox,
            left: VecDeque::new(),
            register: None,
            snapshot_every,
            snapshot_at,
        }
    }

    /// Works until it is told to stop; what was asked before is still done, and a snapshot kept.
    pub(super) async fn run(mut self) {
        while let Some(first) = self.next().await {
            if let Ask::Stop = first {
                self.inbox.close();
                continue;
            }
            let mut asks = VecDeque::from([first]);
            while asks.len() < COMMANDS
                && let Some(ask) = self.left.pop_front().or_else(|| self.inbox.try_recv().ok())
            {
                if let Ask::Stop = ask {
                    self.inbox.close();
                }
                asks.push_back(ask);
            }
            self.turn(asks).await;
            self.snapshot_now_and_then();
        }
        if self.settlement.read().register.revision() > self.snapshot_at {
            keep_snapshot(&self.settlement, &self.store).await;
        }
    }

    async fn next(&mut self) -> Option<Ask> {
        match self.left.pop_front() {
            Some(ask) => Some(ask),
            None => self.inbox.recv().await,
        }
    }

    /// One transaction.
    async fn turn(&mut self, mut asks: VecDeque<Ask>) {
        let time = if self.settlement.clock_leapt() { None } else { Some(self.settlement.clock.read()) };
        let now = match time {
            Some(Time::Good(now)) => Some(now),
            Some(Time::Leapt(_)) | None => None,
        };
        let began = Instant::now();
        let mut answers = Vec::new();
        let worked = tokio::time::timeout(PATIENCE, self.transact(now, &mut asks, &mut answers)).await;
        let worked = match worked {
            Ok(Ok(events)) => self.publish(events),
            Ok(Err(error)) => Err(error),
            Err(_) => Err(StoreError::Journal("the transaction took too long".to_owned())),
        };
        self.settlement.set_writable(worked.is_ok());
        match worked {
            Ok(events) => {
                meter::transaction(&self.settlement.id, answers.len(), events, began.elapsed());
                answers.into_iter().for_each(Answer::give);
                self.left.extend(asks);
            }
            Err(error) => {
                meter::failed_transaction(&self.settlement.id);
                tracing::warn!(settlement = self.settlement.id, %error, "a transaction failed");
                self.register = None;
                answers.into_iter().for_each(Answer::fail);
                asks.into_iter().for_each(fail);
                // Nobody who waits is served faster by trying more often.
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }

    /// Judges under the lock, and commits. Answers the events that are new to this process.
    async fn transact(
        &mut self,
        now: Option<Moment>,
        asks: &mut VecDeque<Ask>,
        answers: &mut Vec<Answer>,
    ) -> Result<Vec<Event>, StoreError> {
        let id = self.settlement.id.clone();
        let known = self.settlement.read().register.revision();
        // Only looking needs no lock.
        if asks.iter().all(|ask| matches!(ask, Ask::Look)) {
            asks.clear();
            if self.store.revision(&id).await? <= signed(known) {
                return Ok(Vec::new());
            }
            let events = self.store.events_after(&id, signed(known)).await?;
            if let Some(register) = &mut self.register {
                follow(register, &events)?;
            }
            return Ok(events);
        }
        let (mut lock, revision) = self.store.lock(&id).await?;
        let mut register = match self.register.take() {
            Some(register) => register,
            None => self.settlement.read().register.clone(),
        };
        if revision < signed(register.revision()) {
            let fault = format!("it ends at {revision}, and {} was read from it", register.revision());
            return Err(StoreError::Journal(fault));
        }
        if revision > signed(register.revision()) {
            let theirs = lock.events_after(&id, signed(register.revision())).await?;
            follow(&mut register, &theirs)?;
        }
        let before = register.revision();
        let parcels = tokio::task::block_in_place(|| judge(&mut register, before, now, asks, answers));
        if register.revision() == before {
            lock.release().await?;
        } else {
            let events = after(&register, before).map(|event| register.write(event).to_string()).collect();
            let addition = Addition { before: signed(before), events, parcels: parcels.named(&id) };
            lock.commit(&id, &addition).await?;
        }
        let new = after(&register, known).cloned().collect();
        self.register = Some(register);
        Ok(new)
    }

    /// Lets the readers see what is committed.
    fn publish(&self, events: Vec<Event>) -> Result<usize, StoreError> {
        let count = events.len();
        if count == 0 {
            return Ok(0);
        }
        let revision = {
            let mut readers = self.settlement.readers.write().unwrap_or_else(PoisonError::into_inner);
            let followed = readers.follow(events);
            followed.map_err(|error| StoreError::Journal(error.to_string()))?;
            readers.register.revision()
        };
        self.settlement.revision.send_replace(revision);
        Ok(count)
    }

    /// A snapshot only saves time at the next start: one that fails is left out.
    fn snapshot_now_and_then(&mut self) {
        let due = self.snapshot_at.saturating_add(self.snapshot_every);
        if self.settlement.read().register.revision() < due {
            return;
        }
        self.snapshot_at = self.settlement.read().register.revision();
        let (settlement, store) = (Arc::clone(&self.settlement), self.store.clone());
        tokio::spawn(async move { keep_snapshot(&settlement, &store).await });
    }
}

/// Keeps a snapshot of what is committed.
pub(crate) async fn keep_snapshot(settlement: &Settlement, store: &Store) {
    // The readers go on while it is written.
    let register = settlement.read().register.clone();
    let body = tokio::task::block_in_place(|| kezek::json_text(&register.snapshot()));
    if let Err(error) = store.keep_snapshot(&settlement.id, signed(register.revision()), &body).await {
        tracing::warn!(settlement = settlement.id, %error, "no snapshot was kept");
    }
}

/// The messages that a transaction makes.
#[derive(Default)]
struct Parcels(Vec<(u64, i32, serde_json::Value, bool)>);

impl Parcels {
    /// The messages about the events after a revision, as things stand now.
    fn add(&mut self, register: &Register, before: u64, now: Moment) {
        let Ok(view) = register.at(now) else { return };
        for event in after(register, before) {
            // The register keeps its history, so that all of them can be told.
            for (message, part) in view.messages(event).unwrap_or_default().iter().zip(0..) {
                self.0.push((event.seq, part, register.write(message), message.late));
            }
        }
    }

    fn named(self, settlement: &str) -> Vec<Parcel> {
        let parcel = |(seq, part, mut body, late): (u64, i32, serde_json::Value, bool)| {
            if let serde_json::Value::Object(body) = &mut body {
                body.insert("id".to_owned(), format!("{settlement}-{seq}-{part}").into());
            }
            Parcel { seq: signed(seq), part, body: body.to_string(), late }
        };
        self.0.into_iter().map(parcel).collect()
    }
}

/// Does or denies what is asked, one after the other. Without a time nothing is done.
fn judge(
    register: &mut Register,
    began: u64,
    now: Option<Moment>,
    asks: &mut VecDeque<Ask>,
    answers: &mut Vec<Answer>,
) -> Parcels {
    let mut parcels = Parcels::default();
    while register.revision().saturating_sub(began) < EVENTS
        && let Some(ask) = asks.pop_front()
    {
        let before = register.revision();
        let now = now.map(|now| register.now().map_or(now, |last| last.max(now)));
        match (ask, now) {
            (Ask::Look | Ask::Stop, _) => {}
            (Ask::Command(_, answer), None) => {
                answers.push(Answer::Command(answer, Err(Refusal::ClockLeapt)));
            }
            (Ask::Settle(answer), None) => {
                let _ = answer.send(Err(Refusal::ClockLeapt));
            }
            (Ask::Command(command, answer), Some(now)) => {
                let name = command.get("type").and_then(serde_json::Value::as_str).map(meter::known_command);
                let done = register.apply_wire(command, now).map_err(Refusal::Input);
                if let Ok(outcome) = &done {
                    meter::command(name.unwrap_or("unknown"), outcome.denials.is_empty());
                }
                parcels.add(register, before, now);
                let done = done.map(|outcome| Done { outcome, revision: register.revision() });
                answers.push(Answer::Command(answer, done));
            }
            (Ask::Settle(answer), Some(now)) => {
                // A register whose clock is past the calendar's years settles no more.
                if register.advance(now).is_ok() {
                    parcels.add(register, before, now);
                }
                answers.push(Answer::Settled(answer));
            }
        }
    }
    parcels
}

impl Answer {
    fn give(self) {
        match self {
            Answer::Command(answer, done) => drop(answer.send(done)),
            Answer::Settled(answer) => drop(answer.send(Ok(()))),
        }
    }

    fn fail(self) {
        match self {
            Answer::Command(answer, _) => drop(answer.send(Err(Refusal::Unavailable))),
            Answer::Settled(answer) => drop(answer.send(Err(Refusal::Unavailable))),
        }
    }
}

fn fail(ask: Ask) {
    match ask {
        Ask::Command(_, answer) => drop(answer.send(Err(Refusal::Unavailable))),
        Ask::Settle(answer) => drop(answer.send(Err(Refusal::Unavailable))),
        Ask::Look | Ask::Stop => {}
    }
}

fn follow(register: &mut Register, events: &[Event]) -> Result<(), StoreError> {
    register.follow(events.iter().cloned()).map_err(|error| StoreError::Journal(error.to_string()))
}

/// The events of a register after a revision.
fn after(register: &Register, revision: u64) -> impl Iterator<Item = &Event> {
    let began = usize::try_from(revision).unwrap_or(usize::MAX);
    register.events().get(began..).unwrap_or_default().iter().map(AsRef::as_ref)
}

/// A revision as databases have it.
pub(crate) fn signed(revision: u64) -> i64 {
    i64::try_from(revision).unwrap_or(i64::MAX)
}
