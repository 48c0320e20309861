//! The journal on a PostgreSQL server.

use std::time::Duration;

use sqlx::postgres::{PgListener, PgPool, PgPoolOptions};
use tokio::sync::mpsc;

use super::{Addition, StoreError, sql};

/// The channel on which writers say that they have written; the payload is the settlement.
const CHANNEL: &str = "kezek";

/// A server with its connections.
#[derive(Clone)]
pub(crate) struct Postgres {
    pool: PgPool,
}

/// A transaction that holds the settlement's row.
pub(crate) struct Transaction(sqlx::Transaction<'static, sqlx::Postgres>);

impl Postgres {
    pub(super) async fn open(address: &str) -> Result<Postgres, StoreError> {
        let pool = PgPoolOptions::new()
            .max_connections(8)
            .acquire_timeout(Duration::from_secs(5))
            .connect(address)
            .await?;
        let mut transaction = pool.begin().await?;
        // Two that start at once: "if not exists" alone would let one of them fail.
        sqlx::query("select pg_advisory_xact_lock(7305810)").execute(&mut *transaction).await?;
        for statement in sql::TABLES {
            sqlx::query(statement).execute(&mut *transaction).await?;
        }
        transaction.commit().await?;
        Ok(Postgres { pool })
    }

    pub(super) async fn found(&self, settlement: &str, opened: &str) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin().await?;
        let new = sqlx::query(sql::FOUND).bind(settlement).execute(&mut *transaction).await?;
        if new.rows_affected() == 1 {
            sqlx::query(sql::FIRST_EVENT).bind(settlement).bind(opened).execute(&mut *transaction).await?;
        }
        Ok(transaction.commit().await?)
    }

    pub(super) async fn lock(&self, settlement: &str) -> Result<(Transaction, i64), StoreError> {
        let mut transaction = self.pool.begin().await?;
        // A writer that hangs must not hold up the others for good.
        sqlx::query("set local idle_in_transaction_session_timeout = '15s'")
            .execute(&mut *transaction)
            .await?;
        sqlx::query("set local lock_timeout = '10s'").execute(&mut *transaction).await?;
        // Whatever a session was set to: a commit is on the disk when it returns.
        sqlx::query("set local synchronous_commit = on").execute(&mut *transaction).await?;
        let lock = "select revision from settlement where id = $1 for update";
        let revision = sqlx::query_scalar(lock).bind(settlement).fetch_one(&mut *transaction).await?;
        Ok((Transaction(transaction), revision))
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
        let statement = "update outbox set sent_at = $2 from unnest($3::bigint[], $4::int[]) as done (seq, part) \
                         where settlement = $1 and outbox.seq = done.seq and outbox.part = done.part";
        let (seqs, parts): (Vec<i64>, Vec<i32>) = parcels.iter().copied().unzip();
        let query = sqlx::query(statement).bind(settlement).bind(sent_at).bind(seqs).bind(parts);
        query.execute(&self.pool).await?;
        Ok(())
    }

    pub(super) async fn clock(&self) -> Result<i64, StoreError> {
        let statement = "select extract(epoch from clock_timestamp())::bigint";
        Ok(sqlx::query_scalar(statement).fetch_one(&self.pool).await?)
    }

    pub(super) async fn listen(&self, told: mpsc::Sender<Option<String>>) -> Result<(), StoreError> {
        let mut listener = PgListener::connect_with(&self.pool).await?;
        listener.listen(CHANNEL).await?;
        // What was said before this connection stood was not heard.
        let mut said = None;
        while told.send(said).await.is_ok() {
            said = match tokio::time::timeout(Duration::from_secs(5), listener.try_recv()).await {
                Ok(heard) => heard?.map(|heard| heard.payload().to_owned()),
                // A look now and then, should a word have been lost.
                Err(_) => None,
            };
        }
        Ok(())
    }

    pub(super) async fn close(&self) {
        self.pool.close().await;
    }
}

impl Transaction {
    pub(super) async fn events_after(
        &mut self,
        settlement: &str,
        seq: i64,
    ) -> Result<Vec<String>, StoreError> {
        let query = sqlx::query_scalar(sql::EVENTS_AFTER).bind(settlement).bind(seq);
        Ok(query.fetch_all(&mut *self.0).await?)
    }

    pub(super) async fn commit(mut self, settlement: &str, addition: &Addition) -> Result<(), StoreError> {
        let after = addition.before + i64::try_from(addition.events.len()).unwrap_or(i64::MAX);
        let events = "insert into event (settlement, seq, body) select $1, $2 + place, body \
                      from unnest($3::text[]) with ordinality as given (body, place)";
        let query = sqlx::query(events).bind(settlement).bind(addition.before).bind(&addition.events);
        query.execute(&mut *self.0).await?;
        if !addition.parcels.is_empty() {
            let parcels = "insert into outbox (settlement, seq, part, body, sent_at) select $1, seq, part, body, \
                           case when late then 'late' end \
                           from unnest($2::bigint[], $3::int[], $4::text[], $5::bool[]) as given (seq, part, body, late)";
            let parcel = &addition.parcels;
            let query = sqlx::query(parcels)
                .bind(settlement)
                .bind(parcel.iter().map(|parcel| parcel.seq).collect::<Vec<_>>())
                .bind(parcel.iter().map(|parcel| parcel.part).collect::<Vec<_>>())
                .bind(parcel.iter().map(|parcel| parcel.body.clone()).collect::<Vec<_>>())
                .bind(parcel.iter().map(|parcel| parcel.late).collect::<Vec<_>>());
            query.execute(&mut *self.0).await?;
        }
        let set = sqlx::query(sql::SET_REVISION).bind(settlement).bind(after).bind(addition.before);
        if set.execute(&mut *self.0).await?.rows_affected() != 1 {
            return Err(StoreError::Journal("the revision has changed under the lock".to_owned()));
        }
        let say = sqlx::query("select pg_notify($1, $2)").bind(CHANNEL).bind(settlement);
        say.execute(&mut *self.0).await?;
        Ok(self.0.commit().await?)
    }

    pub(super) async fn release(self) -> Result<(), StoreError> {
        Ok(self.0.rollback().await?)
    }
}
