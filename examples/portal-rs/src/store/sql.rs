//! The statements that both databases understand.

pub(super) const TABLES: [&str; 5] = [
    "create table if not exists settlement (id text primary key, revision bigint not null)",
    "create table if not exists event (settlement text, seq bigint, body text not null, primary key (settlement, seq))",
    "create table if not exists snapshot (settlement text primary key, seq bigint not null, body text not null)",
    "create table if not exists outbox (settlement text, seq bigint, part int, body text not null, sent_at text, \
     primary key (settlement, seq, part))",
    // What was sent is never looked for again.
    "create index if not exists outbox_waiting on outbox (settlement, seq, part) where sent_at is null",
];

pub(super) const FOUND: &str =
    "insert into settlement (id, revision) values ($1, 1) on conflict (id) do nothing";
pub(super) const FIRST_EVENT: &str = "insert into event (settlement, seq, body) values ($1, 1, $2)";
pub(super) const REVISION: &str = "select revision from settlement where id = $1";
pub(super) const EVENTS_AFTER: &str =
    "select body from event where settlement = $1 and seq > $2 order by seq";
pub(super) const SET_REVISION: &str = "update settlement set revision = $2 where id = $1 and revision = $3";
pub(super) const SNAPSHOT: &str = "select body from snapshot where settlement = $1";
pub(super) const KEEP_SNAPSHOT: &str = "insert into snapshot (settlement, seq, body) values ($1, $2, $3) \
     on conflict (settlement) do update set seq = excluded.seq, body = excluded.body \
     where snapshot.seq < excluded.seq";
pub(super) const PARCELS: &str = "select seq, part, body from outbox where settlement = $1 and sent_at is null \
     order by seq, part limit $2";
pub(super) const WAITING: &str = "select count(*) from outbox where settlement = $1 and sent_at is null";
