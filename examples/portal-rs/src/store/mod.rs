//! The journal's tables, the same in SQLite and in PostgreSQL. The events are the truth: a register in memory is
//! only what was read from them.

mod postgres;
mod sql;
mod sqlite;

use std::path::PathBuf;

use kezek::Event;
use tokio::sync::mpsc;

pub(crate) use postgres::Postgres;
pub(crate) use sqlite::Sqlite;

/// The database failed, or what stands in it cannot be.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StoreError {
    /// The database.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// What it holds.
    #[error("journal: {0}")]
    Journal(String),
}

/// A message as the outbox keeps it.
#[derive(Clone, Debug)]
pub(crate) struct Parcel {
    /// The event that it tells of.
    pub(crate) seq: i64,
    /// Which of the event's messages, from 0.
    pub(crate) part: i32,
    /// The message, as JSON.
    pub(crate) body: String,
    /// It came too late to matter when it was made: it is not sent.
    pub(crate) late: bool,
}

/// What a transaction adds.
#[derive(Default)]
pub(crate) struct Addition {
    /// The revision before.
    pub(crate) before: i64,
    /// The events after it, as JSON, without a gap.
    pub(crate) events: Vec<String>,
    /// The messages about them.
    pub(crate) parcels: Vec<Parcel>,
}

/// Where the journals are kept.
#[derive(Clone)]
pub(crate) enum Store {
    /// A file beside the program.
    Sqlite(Sqlite),
    /// A server.
    Postgres(Postgres),
}

/// A transaction that holds a settlement's lock: until it ends nobody else writes that journal.
pub(crate) enum Locked {
    /// In the file.
    Sqlite(sqlite::Transaction),
    /// On the server.
    Postgres(postgres::Transaction),
}

impl Store {
    /// Opens the database: `postgres://…`, or the path of a file. The tables are made where they are missing.
    pub(crate) async fn open(address: &str, most_pages: Option<u32>) -> Result<Store, StoreError> {
        if address.starts_with("postgres://") || address.starts_with("postgresql://") {
            return Ok(Store::Postgres(Postgres::open(address).await?));
        }
        let path = PathBuf::from(address.strip_prefix("sqlite:").unwrap_or(address));
        Ok(Store::Sqlite(Sqlite::open(&path, most_pages).await?))
    }

    /// Founds a settlement with its first event, unless it is there already.
    pub(crate) async fn found(&self, settlement: &str, opened: &str) -> Result<(), StoreError> {
        match self {
            Store::Sqlite(store) => store.found(settlement, opened).await,
            Store::Postgres(store) => store.found(settlement, opened).await,
        }
    }

    /// Begins to write: locks the settlement. Answers its revision, too.
    pub(crate) async fn lock(&self, settlement: &str) -> Result<(Locked, i64), StoreError> {
        Ok(match self {
            Store::Sqlite(store) => {
                let (transaction, revision) = store.lock(settlement).await?;
                (Locked::Sqlite(transaction), revision)
            }
            Store::Postgres(store) => {
                let (transaction, revision) = store.lock(settlement).await?;
                (Locked::Postgres(transaction), revision)
            }
        })
    }

    /// The revision that is in the journal.
    pub(crate) async fn revision(&self, settlement: &str) -> Result<i64, StoreError> {
        match self {
            Store::Sqlite(store) => store.revision(settlement).await,
            Store::Postgres(store) => store.revision(settlement).await,
        }
    }

    /// The events after a revision.
    pub(crate) async fn events_after(&self, settlement: &str, seq: i64) -> Result<Vec<Event>, StoreError> {
        let bodies = match self {
            Store::Sqlite(store) => store.events_after(settlement, seq).await?,
            Store::Postgres(store) => store.events_after(settlement, seq).await?,
        };
        read(bodies)
    }

    /// The last snapshot, if there is one.
    pub(crate) async fn snapshot(&self, settlement: &str) -> Result<Option<String>, StoreError> {
        match self {
            Store::Sqlite(store) => store.snapshot(settlement).await,
            Store::Postgres(store) => store.snapshot(settlement).await,
        }
    }

    /// Keeps a snapshot, unless a later one is there.
    pub(crate) async fn keep_snapshot(
        &self,
        settlement: &str,
        seq: i64,
        body: &str,
    ) -> Result<(), StoreError> {
        match self {
            Store::Sqlite(store) => store.keep_snapshot(settlement, seq, body).await,
            Store::Postgres(store) => store.keep_snapshot(settlement, seq, body).await,
        }
    }

    /// Messages that wait to be sent, the oldest first.
    pub(crate) async fn parcels(&self, settlement: &str, most: i64) -> Result<Vec<Parcel>, StoreError> {
        let rows = match self {
            Store::Sqlite(store) => store.parcels(settlement, most).await?,
            Store::Postgres(store) => store.parcels(settlement, most).await?,
        };
        Ok(rows.into_iter().map(|(seq, part, body)| Parcel { seq, part, body, late: false }).collect())
    }

    /// How many messages wait.
    pub(crate) async fn waiting(&self, settlement: &str) -> Result<i64, StoreError> {
        match self {
            Store::Sqlite(store) => store.waiting(settlement).await,
            Store::Postgres(store) => store.waiting(settlement).await,
        }
    }

    /// Marks messages as done with: `sent_at` is an instant, or `late`.
    pub(crate) async fn mark(
        &self,
        settlement: &str,
        parcels: &[(i64, i32)],
        sent_at: &str,
    ) -> Result<(), StoreError> {
        match self {
            Store::Sqlite(store) => store.mark(settlement, parcels, sent_at).await,
            Store::Postgres(store) => store.mark(settlement, parcels, sent_at).await,
        }
    }

    /// The database's own clock in seconds, where it has one.
    pub(crate) async fn clock(&self) -> Result<Option<i64>, StoreError> {
        match self {
            Store::Sqlite(_) => Ok(None),
            Store::Postgres(store) => store.clock().await.map(Some),
        }
    }

    /// Tells when somebody has written: the settlement's name, or nothing where it may be any. Runs until it fails.
    pub(crate) async fn listen(&self, told: mpsc::Sender<Option<String>>) -> Result<(), StoreError> {
        match self {
            // Another process on the same file says nothing: somebody has to look.
            Store::Sqlite(_) => loop {
                tokio::time::sleep(std::time::Duration::from_secs(1)).await;
                if told.send(None).await.is_err() {
                    return Ok(());
                }
            },
            Store::Postgres(store) => store.listen(told).await,
        }
    }

    /// Closes every connection.
    pub(crate) async fn close(&self) {
        match self {
            Store::Sqlite(store) => store.close().await,
            Store::Postgres(store) => store.close().await,
        }
    }
}

impl Locked {
    /// The events after a revision.
    pub(crate) async fn events_after(
        &mut self,
        settlement: &str,
        seq: i64,
    ) -> Result<Vec<Event>, StoreError> {
        let bodies = match self {
            Locked::Sqlite(transaction) => transaction.events_after(settlement, seq).await?,
            Locked::Postgres(transaction) => transaction.events_after(settlement, seq).await?,
        };
        read(bodies)
    }

    /// Adds events and messages, and lets the lock go. When this returns without an error it is on the disk.
    pub(crate) async fn commit(self, settlement: &str, addition: &Addition) -> Result<(), StoreError> {
        match self {
            Locked::Sqlite(transaction) => transaction.commit(settlement, addition).await,
            Locked::Postgres(transaction) => transaction.commit(settlement, addition).await,
        }
    }

    /// Lets the lock go; nothing was written.
    pub(crate) async fn release(self) -> Result<(), StoreError> {
        match self {
            Locked::Sqlite(transaction) => transaction.release().await,
            Locked::Postgres(transaction) => transaction.release().await,
        }
    }
}

fn read(bodies: Vec<String>) -> Result<Vec<Event>, StoreError> {
    let event = |body: String| {
        serde_json::from_str(&body).map_err(|error| StoreError::Journal(format!("an event: {error}")))
    };
    bodies.into_iter().map(event).collect()
}
