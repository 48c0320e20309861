//! Opening a settlement: out of its snapshot and its journal, or founding it.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, RwLock};

use kezek::{Opening, Policy, Register, Snapshot};
use tokio::sync::{mpsc, watch};

use super::writer::{Writer, signed};
use super::{Readers, Settlement, deadlines};
use crate::clock::{Clock, Time};
use crate::store::{Store, StoreError};

/// The clock may be behind the journal by so many seconds.
const BEHIND: i64 = 120;
/// So many commands may wait for the writer; then whoever asks waits, too.
const INBOX: usize = 4_096;

/// How a settlement begins, where it is not there yet, and how it is kept.
pub(crate) struct Founding {
    /// Its name.
    pub(crate) id: String,
    /// Its rules.
    pub(crate) policy: Policy,
    /// How its numbers begin.
    pub(crate) prefix: String,
    /// The events after which a new snapshot is kept.
    pub(crate) snapshot_every: u64,
    /// What may be settled late at the start, in hours; none: anything.
    pub(crate) longest_stop: Option<i64>,
}

/// Opens a settlement and starts its writer and its deadline task.
pub(crate) async fn open(
    founding: Founding,
    store: &Store,
    clock: &Arc<Clock>,
) -> Result<(Arc<Settlement>, tokio::task::JoinHandle<()>), StoreError> {
    let register = register(&founding, store).await?;
    let contradicted = contradicts(&register, clock, founding.longest_stop);
    if contradicted {
        let id = &founding.id;
        tracing::error!(
            settlement = id,
            "the clock and the journal contradict each other: see --accept-clock"
        );
    }
    let (inbox, asks) = mpsc::channel(INBOX);
    let settlement = Arc::new(Settlement {
        id: founding.id,
        clock: Arc::clone(clock),
        revision: watch::Sender::new(register.revision()),
        readers: RwLock::new(Readers::of(register)),
        inbox,
        writable: AtomicBool::new(true),
        contradicted: AtomicBool::new(contradicted),
    });
    let writer = Writer::new(Arc::clone(&settlement), store.clone(), asks, founding.snapshot_every);
    let writer = tokio::spawn(writer.run());
    tokio::spawn(deadlines::run(Arc::clone(&settlement)));
    Ok((settlement, writer))
}

async fn register(founding: &Founding, store: &Store) -> Result<Register, StoreError> {
    let fault = |error: kezek::Error| StoreError::Journal(error.to_string());
    let opening = Opening::new(founding.policy.clone()).name(&founding.id).prefix(&founding.prefix);
    let new = opening.open().map_err(fault)?;
    let opened: Vec<_> = new.events().iter().map(|event| new.write(event).to_string()).collect();
    store.found(&founding.id, &opened.concat()).await?;
    let restored = store.snapshot(&founding.id).await?.and_then(|body| {
        let restored = serde_json::from_str(&body).ok().map(Snapshot::from_json);
        restored?.and_then(Register::restore).ok()
    });
    match restored {
        Some(mut register) => {
            let events = store.events_after(&founding.id, signed(register.revision())).await?;
            register.follow(events).map_err(fault)?;
            Ok(register)
        }
        None => Register::replay(store.events_after(&founding.id, 0).await?).map_err(fault),
    }
}

/// At the start there is no steady clock to hold the wall clock against; the journal has to do. It contradicts a
/// clock that is behind its last event, and one by which something would fall due days too late: either nobody
/// was here for so long, or the clock is wrong. People know which.
fn contradicts(register: &Register, clock: &Clock, longest_stop: Option<i64>) -> bool {
    let (Some(hours), Time::Good(now)) = (longest_stop, clock.read()) else { return false };
    let last = register.events().last().and_then(|event| event.at);
    let behind = last.is_some_and(|last| now.plus_seconds(BEHIND) < last);
    let due = register.next_deadline().map(|next| next.at);
    behind || due.is_some_and(|due| due.plus_seconds(hours.saturating_mul(3_600)) < now)
}
