"""The four tables, in SQLite and in PostgreSQL (docs/portal.md). The journal is the truth."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import psycopg
from psycopg_pool import ConnectionPool

TABLES = (
    "create table if not exists settlement (id text primary key, revision bigint not null)",
    "create table if not exists event (settlement text, seq bigint, body text not null, primary key (settlement, seq))",
    "create table if not exists snapshot (settlement text primary key, seq bigint not null, body text not null)",
    "create table if not exists outbox (settlement text, seq bigint, part int, body text not null, sent_at text, "
    "primary key (settlement, seq, part))",
    "create index if not exists outbox_waiting on outbox (settlement, seq, part) where sent_at is null",
)

REVISION_OF = "select revision from settlement where id = ?"

KEEP_SNAPSHOT = (
    "insert into snapshot (settlement, seq, body) values (%s, %s, %s) on conflict (settlement) "
    "do update set seq = excluded.seq, body = excluded.body where snapshot.seq < excluded.seq"
)


class StoreError(Exception):
    """The database does not answer, or its journal is not what it was: nobody knows what was written."""


def _fault(fault: Exception) -> StoreError:
    """Of a driver's fault only the first line: below it a server may quote rows."""
    return StoreError((str(fault).splitlines() or [type(fault).__name__])[0])


@dataclass(frozen=True)
class Parcel:
    """A message on its way: of which event, which of its messages, and whether it came too late to matter."""

    seq: int
    part: int
    body: str
    late: bool = False


class Transaction(Protocol):
    """The settlement's row is locked: nobody else writes its journal."""

    revision: int

    def events_after(self, seq: int) -> list[str]: ...
    def append(self, before: int, events: Sequence[str], parcels: Sequence[Parcel]) -> None: ...


class Store(Protocol):
    """Where settlements are kept. Everything may raise `StoreError`, and is called in a thread."""

    def found(self, settlement: str, opened: str) -> None: ...
    def transaction(self, settlement: str) -> AbstractContextManager[Transaction]: ...
    def revision(self, settlement: str) -> int: ...
    def events_after(self, settlement: str, seq: int) -> list[str]: ...
    def parcels(self, settlement: str, most: int) -> list[Parcel]: ...
    def mark(self, settlement: str, parcels: Sequence[Parcel], sent_at: str) -> None: ...
    def waiting(self, settlement: str) -> int: ...
    def snapshot(self, settlement: str) -> str | None: ...
    def keep_snapshot(self, settlement: str, seq: int, body: str) -> None: ...
    def clock(self) -> int | None: ...
    def heard(self, seconds: float) -> set[str]: ...
    def close(self) -> None: ...


def open_store(address: str) -> Store:
    """SQLite in a file, or PostgreSQL at `postgres://…`."""
    return Postgres(address) if address.startswith(("postgres://", "postgresql://")) else Sqlite(address)


class Sqlite:
    """A file. Readers go on while one writes; a commit is on the disk when it returns."""

    def __init__(self, path: str) -> None:
        self._path = path.removeprefix("sqlite:")
        # The last connection that closes would write the whole log into the file, after every commit.
        self._keeper = sqlite3.connect(self._path, timeout=10, isolation_level=None, check_same_thread=False)
        with self._connected() as connection:
            connection.execute("pragma journal_mode = wal")
            connection.execute("begin immediate")
            for statement in TABLES:
                connection.execute(statement)
            connection.execute("commit")

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        """A connection of its own: after any fault it is closed, and never used again."""
        try:
            connection = sqlite3.connect(self._path, timeout=10, isolation_level=None)
        except sqlite3.Error as fault:
            raise _fault(fault) from None
        try:
            connection.execute("pragma synchronous = full")
            yield connection
        except sqlite3.Error as fault:
            raise _fault(fault) from None
        finally:
            connection.close()

    def found(self, settlement: str, opened: str) -> None:
        with self._connected() as connection:
            connection.execute("begin immediate")
            new = connection.execute(
                "insert into settlement values (?, 1) on conflict (id) do nothing", (settlement,)
            )
            if new.rowcount == 1:
                connection.execute("insert into event values (?, 1, ?)", (settlement, opened))
            connection.execute("commit")

    @contextmanager
    def transaction(self, settlement: str) -> Iterator[Transaction]:
        with self._connected() as connection:
            connection.execute("begin immediate")
            yield _SqliteTransaction(connection, settlement, _known(_one(connection, REVISION_OF, settlement)))
            connection.execute("commit")

    def revision(self, settlement: str) -> int:
        with self._connected() as connection:
            return _known(_one(connection, REVISION_OF, settlement))

    def events_after(self, settlement: str, seq: int) -> list[str]:
        with self._connected() as connection:
            return _SqliteTransaction(connection, settlement, 0).events_after(seq)

    def parcels(self, settlement: str, most: int) -> list[Parcel]:
        with self._connected() as connection:
            rows = connection.execute(
                "select seq, part, body from outbox where settlement = ? and sent_at is null "
                "order by seq, part limit ?",
                (settlement, most),
            )
            return [Parcel(*row) for row in rows]

    def mark(self, settlement: str, parcels: Sequence[Parcel], sent_at: str) -> None:
        with self._connected() as connection:
            connection.execute("begin immediate")
            connection.executemany(
                "update outbox set sent_at = ? where settlement = ? and seq = ? and part = ?",
                [(sent_at, settlement, parcel.seq, parcel.part) for parcel in parcels],
            )
            connection.execute("commit")

    def waiting(self, settlement: str) -> int:
        with self._connected() as connection:
            statement = "select count(*) from outbox where settlement = ? and sent_at is null"
            return _known(_one(connection, statement, settlement))

    def snapshot(self, settlement: str) -> str | None:
        with self._connected() as connection:
            body = _one(connection, "select body from snapshot where settlement = ?", settlement)
            return None if body is None else str(body)

    def keep_snapshot(self, settlement: str, seq: int, body: str) -> None:
        with self._connected() as connection:
            connection.execute(KEEP_SNAPSHOT.replace("%s", "?"), (settlement, seq, body))

    def clock(self) -> int | None:
        return None

    def heard(self, seconds: float) -> set[str]:
        """Another process on the same file says nothing: somebody has to look."""
        time.sleep(seconds)
        return set()

    def close(self) -> None:
        self._keeper.close()


def _one(connection: sqlite3.Connection, statement: str, settlement: str) -> Any:
    row = connection.execute(statement, (settlement,)).fetchone()
    return None if row is None else row[0]


def _known(number: Any) -> int:
    if number is None:
        raise StoreError("the settlement is not in the database")
    return int(number)


@dataclass
class _SqliteTransaction:
    connection: sqlite3.Connection
    settlement: str
    revision: int

    def events_after(self, seq: int) -> list[str]:
        rows = self.connection.execute(
            "select body from event where settlement = ? and seq > ? order by seq", (self.settlement, seq)
        )
        return [row[0] for row in rows]

    def append(self, before: int, events: Sequence[str], parcels: Sequence[Parcel]) -> None:
        self.connection.executemany(
            "insert into event values (?, ?, ?)",
            [(self.settlement, seq, body) for seq, body in enumerate(events, before + 1)],
        )
        self.connection.executemany(
            "insert into outbox values (?, ?, ?, ?, ?)",
            [(self.settlement, one.seq, one.part, one.body, "late" if one.late else None) for one in parcels],
        )
        done = self.connection.execute(
            "update settlement set revision = ? where id = ? and revision = ?",
            (before + len(events), self.settlement, before),
        )
        if done.rowcount != 1:
            raise StoreError("the revision has changed under the lock")


class Postgres:
    """A server."""

    def __init__(self, address: str) -> None:
        self._address = address
        check = ConnectionPool.check_connection
        self._pool = ConnectionPool(address, min_size=1, max_size=8, timeout=5, open=True, check=check)
        self._ear: psycopg.Connection[Any] | None = None
        self._closing = threading.Event()
        with self._connected() as connection:
            # Two that start at once: "if not exists" alone would let one of them fail.
            connection.execute("select pg_advisory_xact_lock(7305810)")
            for statement in TABLES:
                connection.execute(statement)

    @contextmanager
    def _connected(self) -> Iterator[psycopg.Connection[Any]]:
        """A transaction, committed at the end."""
        try:
            with self._pool.connection() as connection:
                yield connection
        except (psycopg.Error, OSError) as fault:
            raise _fault(fault) from None

    def found(self, settlement: str, opened: str) -> None:
        with self._connected() as connection:
            new = connection.execute(
                "insert into settlement values (%s, 1) on conflict (id) do nothing", (settlement,)
            )
            if new.rowcount == 1:
                connection.execute("insert into event values (%s, 1, %s)", (settlement, opened))

    @contextmanager
    def transaction(self, settlement: str) -> Iterator[Transaction]:
        with self._connected() as connection:
            connection.execute("set local idle_in_transaction_session_timeout = '15s'")
            connection.execute("set local lock_timeout = '10s'")
            # Whatever a session was set to: a commit is on the disk when it returns.
            connection.execute("set local synchronous_commit = on")
            lock = "select revision from settlement where id = %s for update"
            row = connection.execute(lock, (settlement,)).fetchone()
            yield _PostgresTransaction(connection, settlement, _known(row and row[0]))

    def revision(self, settlement: str) -> int:
        with self._connected() as connection:
            row = connection.execute("select revision from settlement where id = %s", (settlement,)).fetchone()
            return _known(row and row[0])

    def events_after(self, settlement: str, seq: int) -> list[str]:
        with self._connected() as connection:
            return _PostgresTransaction(connection, settlement, 0).events_after(seq)

    def parcels(self, settlement: str, most: int) -> list[Parcel]:
        with self._connected() as connection:
            rows = connection.execute(
                "select seq, part, body from outbox where settlement = %s and sent_at is null "
                "order by seq, part limit %s",
                (settlement, most),
            )
            return [Parcel(*row) for row in rows.fetchall()]

    def mark(self, settlement: str, parcels: Sequence[Parcel], sent_at: str) -> None:
        with self._connected() as connection, connection.cursor() as cursor:
            cursor.executemany(
                "update outbox set sent_at = %s where settlement = %s and seq = %s and part = %s",
                [(sent_at, settlement, parcel.seq, parcel.part) for parcel in parcels],
            )

    def waiting(self, settlement: str) -> int:
        with self._connected() as connection:
            statement = "select count(*) from outbox where settlement = %s and sent_at is null"
            row = connection.execute(statement, (settlement,)).fetchone()
            return _known(row and row[0])

    def snapshot(self, settlement: str) -> str | None:
        with self._connected() as connection:
            row = connection.execute("select body from snapshot where settlement = %s", (settlement,)).fetchone()
            return None if row is None else str(row[0])

    def keep_snapshot(self, settlement: str, seq: int, body: str) -> None:
        with self._connected() as connection:
            connection.execute(KEEP_SNAPSHOT, (settlement, seq, body))

    def clock(self) -> int | None:
        with self._connected() as connection:
            row = connection.execute("select extract(epoch from clock_timestamp())::bigint").fetchone()
            return int(row[0]) if row else None

    def heard(self, seconds: float) -> set[str]:
        """Which settlements others have written, for so long."""
        try:
            if self._ear is None:
                self._ear = psycopg.connect(self._address, autocommit=True, connect_timeout=5)
                self._ear.execute("listen kezek")
            return {note.payload for note in self._ear.notifies(timeout=seconds, stop_after=1)}
        except (psycopg.Error, OSError) as fault:
            self._ear = None
            # (Whoever asks again at once would find the server no better.)
            self._closing.wait(seconds)
            raise _fault(fault) from None

    def close(self) -> None:
        self._closing.set()
        self._pool.close()
        if self._ear is not None:
            self._ear.close()


@dataclass
class _PostgresTransaction:
    connection: psycopg.Connection[Any]
    settlement: str
    revision: int

    def events_after(self, seq: int) -> list[str]:
        rows = self.connection.execute(
            "select body from event where settlement = %s and seq > %s order by seq", (self.settlement, seq)
        )
        return [row[0] for row in rows.fetchall()]

    def append(self, before: int, events: Sequence[str], parcels: Sequence[Parcel]) -> None:
        self.connection.execute(
            "insert into event (settlement, seq, body) select %s, %s + place, body "
            "from jsonb_array_elements_text(%s::jsonb) with ordinality as given (body, place)",
            (self.settlement, before, json.dumps(list(events))),
        )
        with self.connection.cursor() as cursor:
            cursor.executemany(
                "insert into outbox values (%s, %s, %s, %s, %s)",
                [(self.settlement, one.seq, one.part, one.body, "late" if one.late else None) for one in parcels],
            )
        done = self.connection.execute(
            "update settlement set revision = %s where id = %s and revision = %s",
            (before + len(events), self.settlement, before),
        )
        if done.rowcount != 1:
            raise StoreError("the revision has changed under the lock")
        self.connection.execute("select pg_notify('kezek', %s)", (self.settlement,))
