//! The journal in a file.

use std::path::Path;
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};

use super::{Addition, StoreError, sql};

/// A file with its connections.
#[derive(Clone)]
pub(crate) struct Sqlite {
    pool: SqlitePool,
}

/// A transaction that has the file's only write lock. It has its connection for itself: where anything fails, that is
/// closed and never used again. (After a full disk SQLite has already rolled back, and a pool that does not know so
/// would offer a connection in no state to begin anything.)
pub(crate) struct Transaction {
    connection: Option<PoolConnection<sqlx::Sqlite>>,
}

impl Sqlite {
    pub(super) async fn open(path: &Path, most_pages: Option<u32>) -> Result<Sqlite, StoreError> {
        let mut options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            // Readers go on while one writes.
            .journal_mode(SqliteJournalMode::Wal)
            // A commit is on the disk when it returns: people have been told of it by then.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(10));
        if let Some(pages) = most_pages {
            options = options.pragma("max_page_count", pages.to_string());
        }
        let pool = SqlitePoolOptions::new()
            .max_connections(4)
            .acquire_timeout(Duration::from_secs(5))
            .connect_with(options)
            .await?;
        let mut transaction = pool.begin_with("begin immediate").await?;
        for statement in sql::TABLES {
            sqlx::query(statement).execute(&mut *transaction).await?;
        }
        transaction.commit().await?;
        Ok(Sqlite { pool })
    }

    pub(super) async fn found(&self, settlement: &str, opened: &str) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin_with("begin immediate").await?;
        let new = sqlx::query(sql::FOUND).bind(settlement).execute(&mut *transaction).await?;
        if new.rows_affected() == 1 {
            sqlx::query(sql::FIRST_EVENT).bind(settlement).bind(opened).execute(&mut *transaction).await?;
        }
        Ok(transaction.commit().await?)
    }

    pub(super) async fn lock(&self, settlement: &str) -> Result<(Transaction, i64), StoreError> {
        let mut transaction = Transaction { connection: Some(self.pool.acquire().await?) };
        transaction.run("begin immediate").await?;
        let query = sqlx::query_scalar(sql::REVISION).bind(settlement);
        let revision = query.fetch_one(transaction.connection()?).await?;
        Ok((transaction, revision))
    }

    pub(super) async fn revision(&self, settlement: &str) -> Result<i64, StoreError> {
        Ok(sqlx::query_scalar(sql::REVISION).bind(settlement).fetch_one(&self.pool).await?)
    }

    pub(super) async fn events_after(&self, settlement: &str, seq: i64) -> Result<Vec<String>, StoreError> {
        let query = sqlx::query_scalar(sql::EVENTS_AFTER).bind(settlement).bind(seq);
        Ok(query.fetch_all(&self.pool).await?)
    }

    pub(super) async fn snapshot(&self, settlement: &str) -> Result<Option<String>, StoreError> {
        Ok(sqlx::query_scalar(sql::SNAPSHOT).bind(settlement).fetch_optional(&self.pool).await?)
    }

    pub(super) async fn keep_snapshot(
        &self,
        settlement: &str,
        seq: i64,
        body: &str,
    ) -> Result<(), StoreError> {
        let query = sqlx::query(sql::KEEP_SNAPSHOT).bind(settlement).bind(seq).bind(body);
        query.execute(&self.pool).await?;
        Ok(())
    }

    pub(super) async fn parcels(
        &self,
        settlement: &str,
        most: i64,
    ) -> Result<Vec<(i64, i32, String)>, StoreError> {
        Ok(sqlx::query_as(sql::PARCELS).bind(settlement).bind(most).fetch_all(&self.pool).await?)
    }

    pub(super) async fn waiting(&self, settlement: &str) -> Result<i64, StoreError> {
        Ok(sqlx::query_scalar(sql::WAITING).bind(settlement).fetch_one(&self.pool).await?)
    }

    pub(super) async fn mark(
        &self,
        settlement: &str,
        parcels: &[(i64, i32)],
        sent_at: &str,
    ) -> Result<(), StoreError> {
        // One statement for many rows: a row of the list is [seq, part].
        let statement = "update outbox set sent_at = $2 where settlement = $1 and (seq, part) in \
                         (select value ->> 0, value ->> 1 from json_each($3))";
        let list = serde_json::to_string(parcels).unwrap_or_default();
        sqlx::query(statement).bind(settlement).bind(sent_at).bind(list).execute(&self.pool).await?;
        Ok(())
    }

    pub(super) async fn close(&self) {
        self.pool.close().await;
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            drop(connection.detach());
        }
    }
}

impl Transaction {
    fn connection(&mut self) -> Result<&mut SqliteConnection, sqlx::Error> {
        self.connection.as_deref_mut().ok_or(sqlx::Error::PoolClosed)
    }

    async fn run(&mut self, statement: &'static str) -> Result<(), sqlx::Error> {
        sqlx::query(statement).execute(self.connection()?).await.map(drop)
    }

    /// The connection may be used again.
    fn done(mut self) {
        drop(self.connection.take());
    }

    pub(super) async fn events_after(
        &mut self,
        settlement: &str,
        seq: i64,
    ) -> Result<Vec<String>, StoreError> {
        let query = sqlx::query_scalar(sql::EVENTS_AFTER).bind(settlement).bind(seq);
        Ok(query.fetch_all(self.connection()?).await?)
    }

    pub(super) async fn commit(mut self, settlement: &str, addition: &Addition) -> Result<(), StoreError> {
        let after = addition.before + i64::try_from(addition.events.len()).unwrap_or(i64::MAX);
        let events = "insert into event (settlement, seq, body) \
                      select $1, $2 + 1 + key, value from json_each($3)";
        let bodies = serde_json::to_string(&addition.events).unwrap_or_default();
        let query = sqlx::query(events).bind(settlement).bind(addition.before).bind(bodies);
        query.execute(self.connection()?).await?;
        if !addition.parcels.is_empty() {
            let parcels = "insert into outbox (settlement, seq, part, body, sent_at) select $1, value ->> 0, \
                           value ->> 1, value ->> 2, value ->> 3 from json_each($2)";
            let row = |parcel: &super::Parcel| {
                (parcel.seq, parcel.part, parcel.body.clone(), parcel.late.then_some("late"))
            };
            let rows: Vec<_> = addition.parcels.iter().map(row).collect();
            let rows = serde_json::to_string(&rows).unwrap_or_default();
            sqlx::query(parcels).bind(settlement).bind(rows).execute(self.connection()?).await?;
        }
        let set = sqlx::query(sql::SET_REVISION).bind(settlement).bind(after).bind(addition.before);
        if set.execute(self.connection()?).await?.rows_affected() != 1 {
            return Err(StoreError::Journal("the revision has changed under the lock".to_owned()));
        }
        self.run("commit").await?;
        self.done();
        Ok(())
    }

    pub(super) async fn release(mut self) -> Result<(), StoreError> {
        self.run("rollback").await?;
        self.done();
        Ok(())
    }
}
