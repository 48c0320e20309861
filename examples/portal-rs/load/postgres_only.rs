//! The way that somebody would take without kezek: PostgreSQL alone, as an honest portal would keep a queue there.
//! Those who ask have connections of their own; nothing stands before the server.
//!
//! It keeps applications, places and a history, does each request once, gives no place twice and no child two. It
//! knows none of the rules: no term ends, no age is looked at, nobody is refused with a reason, nothing is
//! explained, no message is written.

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};

use crate::way::{Expected, Family, Published, Way};
use crate::{Arguments, Fault};

const TABLES: [&str; 9] = [
    "create table requests (key text primary key)",
    "create table applications (serial bigint generated always as identity primary key, child text not null, \
     applicant text not null, born date not null, group_year int not null, registered timestamptz not null, \
     stage text not null default 'queued')",
    "create index queue on applications (group_year, registered, serial) where stage = 'queued'",
    // One live application for a child.
    "create unique index child on applications (child) where stage <> 'closed'",
    "create table vacancies (vacancy bigint generated always as identity primary key, kindergarten text not null, \
     group_year int not null, language text not null)",
    "create table places (place bigint generated always as identity primary key, vacancy bigint not null, \
     serial bigint unique)",
    "create index free on places (vacancy) where serial is null",
    "create table history (id bigint generated always as identity primary key, serial bigint not null, \
     at timestamptz not null, what text not null, detail text)",
    "create index of_application on history (serial, id)",
];

const REGISTER: &str = "with asked as (insert into requests values ($1) on conflict do nothing returning key), \
     made as (insert into applications (child, applicant, born, group_year, registered) \
       select $2, $3, make_date($4, $5, $6), $4, clock_timestamp() from asked returning serial), \
     told as (insert into history (serial, at, what) select serial, clock_timestamp(), 'registered' from made) \
     select serial from made";

/// The next families are called, one for each place; those that somebody else is just calling are passed over.
const PUBLISH: &str = "with asked as (insert into requests values ($1) on conflict do nothing returning key), \
     published as (insert into vacancies (kindergarten, group_year, language) select $2, $3, 'kk' from asked \
       returning vacancy), \
     head as (select serial from applications where stage = 'queued' and group_year = $3 \
       order by registered, serial limit $4 for update skip locked), \
     called as (update applications set stage = 'notified' from head, asked where applications.serial = head.serial \
       returning applications.serial), \
     numbered as (select serial, row_number() over () as number from called), \
     placed as (insert into places (vacancy, serial) select vacancy, numbered.serial from published \
       cross join generate_series(1, $4) as slot (number) left join numbered using (number) \
       returning serial, vacancy), \
     told as (insert into history (serial, at, what, detail) \
       select serial, clock_timestamp(), 'turn_came', vacancy::text from placed where serial is not null) \
     select vacancy from published";

/// The place in the family's own queue.
const POSITION: &str = "select count(*) from applications as before, applications as own where own.serial = $1 \
     and before.stage = 'queued' and before.group_year = own.group_year \
     and (before.registered, before.serial) <= (own.registered, own.serial)";

const CARD: &str = "select child, born::text, registered::text, stage, places.vacancy from applications \
     left join places using (serial) where serial = $1";
const HISTORY: &str = "select at::text, what, detail from history where serial = $1 order by id";

/// Whoever finds the place free has it.
const CHOOSE: &str = "with asked as (insert into requests values ($1) on conflict do nothing returning key), \
     won as (update places set serial = own.serial from asked, applications as own where own.serial = $2 \
       and own.stage = 'queued' and vacancy = $3 and places.serial is null returning vacancy), \
     moved as (update applications set stage = 'referred' from won where serial = $2), \
     told as (insert into history (serial, at, what, detail) \
       select $2, clock_timestamp(), 'chosen', vacancy::text from won) \
     select count(*) from won";

const LEAVE: &str = "with asked as (insert into requests values ($1) on conflict do nothing returning key), \
     moved as (update applications set stage = 'closed' from asked where serial = $2 returning serial), \
     told as (insert into history (serial, at, what) select serial, clock_timestamp(), 'withdrawn' from moved) \
     select count(*) from moved";

/// What must hold: places that are taken, children who have one, children whose stage says so.
const JUDGE: &str = "select (select count(distinct child) from applications), (select count(*) from places), \
     (select count(serial) from places), \
     (select count(distinct child) from places join applications using (serial)), \
     (select count(*) from applications where stage in ('notified', 'referred'))";

/// The server, with a schema of its own in it.
pub(crate) struct Alone {
    pool: PgPool,
    schema: String,
}

impl Alone {
    /// Makes the tables.
    pub(crate) async fn start(arguments: &Arguments, server: &str) -> Result<Alone, Fault> {
        let schema = format!("load_{}", std::process::id());
        let options: PgConnectOptions = server.parse()?;
        // A commit is on the disk when it returns, whatever the server was set to.
        let options = options.options([("search_path", schema.as_str()), ("synchronous_commit", "on")]);
        let pool = PgPoolOptions::new()
            .max_connections(u32::try_from(arguments.connections.max(arguments.rivals) + 1)?)
            .acquire_timeout(Duration::from_secs(60))
            // A connection is taken as it is: no question before each question.
            .test_before_acquire(false)
            .connect_with(options)
            .await?;
        sqlx::query(sqlx::AssertSqlSafe(format!("create schema {schema}"))).execute(&pool).await?;
        for statement in TABLES {
            sqlx::query(statement).execute(&pool).await?;
        }
        Ok(Alone { pool, schema })
    }
}

impl Way for Alone {
    async fn register(&self, family: Family) -> Option<u64> {
        let Family { number, year, month, day } = family;
        let serial: i64 = sqlx::query_scalar(REGISTER)
            .bind(format!("s{number}"))
            .bind(format!("p:child-{number}"))
            .bind(format!("p:family-{number}"))
            .bind(i32::try_from(year).ok()?)
            .bind(i32::try_from(month).ok()?)
            .bind(i32::try_from(day).ok()?)
            .fetch_one(&self.pool)
            .await
            .ok()?;
        u64::try_from(serial).ok()
    }

    async fn ready(&self) -> Result<(), Fault> {
        // What the server would do by itself, a minute later: the counting is done on the index alone.
        sqlx::query("vacuum analyze applications").execute(&self.pool).await?;
        Ok(())
    }

    async fn publish(&self, number: usize, year: u64, places: usize) -> Option<Published> {
        let vacancy: i64 = sqlx::query_scalar(PUBLISH)
            .bind(format!("v{number}"))
            .bind(format!("k{}", number % 60))
            .bind(i32::try_from(year).ok()?)
            .bind(i64::try_from(places).ok()?)
            .fetch_one(&self.pool)
            .await
            .ok()?;
        Some(Published { vacancy: u64::try_from(vacancy).ok()?, revision: 0 })
    }

    async fn position(&self, serial: u64) -> Option<()> {
        let ahead = sqlx::query_scalar(POSITION).bind(i64::try_from(serial).ok()?);
        let _: i64 = ahead.fetch_one(&self.pool).await.ok()?;
        Some(())
    }

    async fn dossier(&self, serial: u64) -> Option<()> {
        let mut connection = self.pool.acquire().await.ok()?;
        let serial = i64::try_from(serial).ok()?;
        sqlx::query(CARD).bind(serial).fetch_one(&mut *connection).await.ok()?;
        let history = sqlx::query(HISTORY).bind(serial).fetch_all(&mut *connection).await.ok()?;
        sqlx::query(POSITION).bind(serial).fetch_one(&mut *connection).await.ok()?;
        (!history.is_empty()).then_some(())
    }

    async fn choose(&self, family: Family, serial: u64, vacancy: u64) -> Option<bool> {
        let won: i64 = sqlx::query_scalar(CHOOSE)
            .bind(format!("c{}", family.number))
            .bind(i64::try_from(serial).ok()?)
            .bind(i64::try_from(vacancy).ok()?)
            .fetch_one(&self.pool)
            .await
            .ok()?;
        Some(won == 1)
    }

    async fn leave(&self, family: Family, serial: u64) -> Option<()> {
        let key = format!("w{}", family.number);
        let left = sqlx::query_scalar(LEAVE).bind(key).bind(i64::try_from(serial).ok()?);
        let left: i64 = left.fetch_one(&self.pool).await.ok()?;
        (left == 1).then_some(())
    }

    async fn memory(&self) -> Option<u64> {
        None
    }

    async fn judge(self, expected: Expected) -> Result<String, Fault> {
        let counts: (i64, i64, i64, i64, i64) = sqlx::query_as(JUDGE).fetch_one(&self.pool).await?;
        let (families, places, taken, children, called) = counts;
        let drop = format!("drop schema {} cascade", self.schema);
        sqlx::query(sqlx::AssertSqlSafe(drop)).execute(&self.pool).await?;
        if taken != children || taken != called {
            return Err(format!("{taken} places, {children} children who have one, {called} called").into());
        }
        let [families, places, placed] = [families, places, taken].map(i64::unsigned_abs);
        expected.judged(Expected { families, places, placed })
    }
}
