"""A settlement of so many live applications, and the same rows in PostgreSQL, Redis, NumPy and pandas."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from figures.clock import Subject, Table, plain
from figures.rust import Batch

from beside.servers import Postgres, Redis

#: Redis' names of members, as `redis-benchmark` makes them: twelve digits.
MEMBER = "m:__rand_int__"


@dataclass(frozen=True)
class Row:
    """A live application as a database has it, and its numbers as kezek tells them."""

    id: int
    at: int
    year: int
    benefit: str
    numbers: tuple[int, int, int]


@dataclass(frozen=True)
class Town:
    """A settlement of kezek, and its peers."""

    live: int
    rust: Batch
    path: Path
    rows: list[Row]
    postgres: Postgres | None
    redis: Redis | None


@dataclass(frozen=True)
class Much:
    """How much of everything a round is."""

    #: Questions to kezek, and to a peer that is asked over a connection.
    asked: int
    asked_peer: int
    places: int
    attempts: int
    deadlines: int
    #: Attempts of a peer, each a transaction.
    transactions: int


def grown(rust: Batch, live: int, path: Path, postgres: Postgres | None, redis: Redis | None) -> Town:
    """Puts the same rows everywhere."""
    assert rust.ask(f"rows {path}")["rows"] == live
    with path.open(encoding="utf-8", newline="") as file:
        rows = [
            Row(int(one[0]), int(one[1]), int(one[2]), one[3], (int(one[4]), int(one[5]), int(one[6])))
            for one in csv.reader(file)
        ]
    if postgres is not None:
        fill_postgres(postgres, path)
    if redis is not None:
        lines = [
            f"ZADD q:{row.year} {row.at} m:{row.id - 1:012}\nZADD q {row.at} m:{row.id - 1:012}"
            for row in rows
        ]
        redis.cli("flushall")
        redis.cli("--pipe", data="\n".join(lines) + "\n")
        assert int(redis.cli("zcard", "q")) == live
    return Town(live, rust, path, rows, postgres, redis)


def fill_postgres(postgres: Postgres, path: Path) -> None:
    postgres.sql(
        "DROP TABLE IF EXISTS app; DROP TABLE IF EXISTS place;",
        "CREATE TABLE app (id int PRIMARY KEY, at bigint NOT NULL, year int NOT NULL, benefit text, "
        "n int, y int, b int, stage text NOT NULL DEFAULT 'queued', due bigint, vacancy int);",
        f"\\copy app (id, at, year, benefit, n, y, b) from '{path}' with (format csv)",
        "CREATE INDEX own_queue ON app (year, at, id);",
        "CREATE INDEX in_line ON app (year, at, id) WHERE stage = 'queued';",
        "CREATE INDEX soon ON app (due) WHERE stage = 'notified';",
        "CREATE TABLE place (id int PRIMARY KEY, free int NOT NULL);",
        "VACUUM ANALYZE app;",
    )


def tables(town: Town, much: Much) -> Iterator[Table]:
    """Everything, each table checked and ready to be measured. What changes the peers' rows comes last."""
    yield position(town, much)
    yield all_positions(town)
    yield next_deadline(town, much)
    yield load(town, much)
    yield publish(town, much)
    yield rush(town, much)
    yield sweep(town, much)


def position(town: Town, much: Much) -> Table:
    """One child's number."""
    live, count = town.live, much.asked_peer
    question = f"position {much.asked}"
    assert town.rust.ask(question)["rows"] == much.asked
    subjects = [
        Subject(
            "kezek: city, group year, benefit",
            much.asked,
            lambda: town.rust.once(question),
            200,
            remark="three numbers in one call",
        )
    ]
    if (postgres := town.postgres) is not None:
        script = (
            f"\\set id random(1, {live})\n"
            "SELECT count(*) FROM app b, (SELECT year, at, id FROM app WHERE id = :id) o "
            "WHERE b.year = o.year AND (b.at, b.id) <= (o.at, o.id);\n"
        )
        checked = "SELECT bool_and(y = (SELECT count(*) FROM app b WHERE b.year = a.year AND (b.at, b.id) <= "
        checked += "(a.at, a.id))) FROM (SELECT * FROM app ORDER BY id DESC LIMIT 20) a;"
        assert postgres.sql(checked)[0] == "t"
        subjects.append(
            Subject(
                "PostgreSQL: count(*) on an index",
                count // 8,
                lambda: postgres.bench(script, count // 8),
                remark="the group year alone, a connection on this machine",
            )
        )
    if (redis := town.redis) is not None:
        last = town.rows[-1]
        assert int(redis.cli("zrank", f"q:{last.year}", f"m:{last.id - 1:012}")) + 1 == last.numbers[1]
        subjects += [
            Subject(
                "Redis: ZRANK, one trip",
                count,
                lambda: redis.bench(count, live, "ZRANK", "q", MEMBER),
                remark="the city alone",
            ),
            Subject(
                "Redis: ZRANK, 64 in a pipeline",
                64 * count,
                lambda: redis.bench(64 * count, live, "ZRANK", "q", MEMBER, pipeline=64),
                remark="the same",
            ),
            Subject(
                "Redis: PING, one trip", count, lambda: redis.bench(count, live, "PING"), remark="a bare trip"
            ),
        ]
    return Table(
        f"Position of one application, {live:,} live",
        subjects,
        "20 group-year numbers of PostgreSQL, the last one of Redis.",
    )


def all_positions(town: Town) -> Table:
    """All numbers of all."""
    live, rows = town.live, town.rows
    sums = [sum(row.numbers[which] for row in rows) for which in range(3)]
    told = town.rust.ask("positions")
    assert (told["rows"], told["sum"]) == (live, sums[1])
    subjects = [Subject("kezek: `View::positions`", live, lambda: town.rust.once("positions"), 40)]
    if (postgres := town.postgres) is not None:
        window = (
            "SELECT sum(n), sum(y), sum(b) FROM (SELECT row_number() OVER (ORDER BY at, id) n, "
            "row_number() OVER (PARTITION BY year ORDER BY at, id) y, CASE WHEN benefit IS NULL THEN 0 ELSE "
            "row_number() OVER (PARTITION BY benefit ORDER BY at, id) END b FROM app) all_of_them;"
        )
        assert postgres.sql(window)[0] == "|".join(map(str, sums))
        subjects.append(
            Subject(
                "PostgreSQL: window functions", live, lambda: postgres.timed(window), remark="summed up there"
            )
        )
    subjects += of_columns(rows)
    return Table(
        f"All positions, {live:,} live", subjects, "the three numbers of all rows, by their sums.", unit="row"
    )


def of_columns(rows: list[Row]) -> list[Subject]:
    """NumPy and pandas, from columns that are there already; skipped where they are not here."""
    expected = [[row.numbers[which] for row in rows] for which in range(3)]
    try:
        # It has the way of a careful user, in the words of the page of the Python package.
        from figures import plain as plain_ways
    except ImportError as missing:
        print(f"SKIPPED: NumPy ({missing})")
        return []
    given = [plain_ways.Row(str(row.id), (row.at, row.id), row.year, row.benefit or None) for row in rows]
    columns = plain_ways.Columns(given)
    assert [one.tolist() for one in columns.positions()] == expected
    subjects = [
        Subject("NumPy: `lexsort`", len(rows), plain(columns.positions), remark="from columns, no names")
    ]
    try:
        pandas = import_module("pandas")
    except ImportError as missing:
        print(f"SKIPPED: pandas ({missing})")
        return subjects
    frame = pandas.DataFrame(
        {
            "at": [row.at for row in rows],
            "year": [row.year for row in rows],
            "benefit": [row.benefit or None for row in rows],
        }
    )

    def ranked() -> tuple[Any, Any, Any]:
        by = frame["at"]
        in_benefit = by.groupby(frame["benefit"]).rank(method="first").fillna(0)
        return by.rank(method="first"), by.groupby(frame["year"]).rank(method="first"), in_benefit

    assert [one.astype(int).tolist() for one in ranked()] == expected
    return [*subjects, Subject("pandas: `groupby().rank()`", len(rows), plain(ranked), remark="from a frame")]


def publish(town: Town, much: Much) -> Table:
    """Places are published, and the first in line are told."""
    places = much.places
    told = town.rust.ask(f"publish {places}")
    assert told["rows"] == places
    subjects = [
        Subject(
            "kezek: publish and give the turns",
            places,
            lambda: town.rust.once(f"publish {places}"),
            2000,
            remark="with the deadline and an event of each; nothing durable",
        )
    ]
    if (postgres := town.postgres) is not None:
        script = (
            "\\set year random(2012, 2015)\n"
            "UPDATE app SET stage = 'notified', due = 1 WHERE id = (SELECT id FROM app WHERE year = :year "
            "AND stage = 'queued' ORDER BY at, id FOR UPDATE SKIP LOCKED LIMIT 1);\n"
        )
        subjects += durable_or_not(
            postgres, script, min(much.transactions, places), clients=1, name="SKIP LOCKED"
        )
    return Table(
        f"Publish and notify the head, {town.live:,} live", subjects, f"{places:,} turns came.", unit="place"
    )


def durable_or_not(postgres: Postgres, script: str, count: int, *, clients: int, name: str) -> list[Subject]:
    """The same with and without waiting for the disk."""
    many = f", {clients} clients" if clients > 1 else ""
    return [
        Subject(
            f"PostgreSQL: {name}{many}",
            count,
            lambda: postgres.bench(script, count, clients=clients),
            remark="durable",
        ),
        Subject(
            f"PostgreSQL: {name}{many}, not awaiting the disk",
            count,
            lambda: postgres.bench(script, count, clients=clients, options="-c synchronous_commit=off"),
            remark="`synchronous_commit=off`",
        ),
    ]


def rush(town: Town, much: Much) -> Table:
    """Many want the same few places."""
    # Half of the year at most can have one.
    places = min(much.places, town.live // 8)
    question = f"rush {much.attempts} {places}"
    told = town.rust.ask(question)
    assert told["rows"] == much.attempts and told["taken"] == places
    subjects = [
        Subject(
            "kezek: `choose`",
            much.attempts,
            lambda: town.rust.once(question),
            2000,
            remark=f"{told['taken']:,} of {places:,} places taken; the rest denied with reasons",
        )
    ]
    if (postgres := town.postgres) is not None:
        postgres.sql("DELETE FROM place;", "INSERT INTO place VALUES (1, 2000000000);")
        script = "UPDATE place SET free = free - 1 WHERE id = 1 AND free > 0;\n"
        subjects += durable_or_not(postgres, script, much.transactions, clients=16, name="one row")
    return Table(
        f"Free-choice rush on one group year, {town.live:,} live",
        subjects,
        f"kezek gave {told['taken']:,} referrals.",
        unit="try",
    )


#: What fell due goes back in line: as a script of Redis, in one call.
SWEEP = """
local due = redis.call('ZRANGEBYSCORE', 'due', '-inf', ARGV[1])
for _, one in ipairs(due) do
  redis.call('ZREM', 'due', one)
  redis.call('HSET', 'stage', one, 'queued')
end
return #due
"""


def sweep(town: Town, much: Much) -> Table:
    """Many deadlines on one midnight; the rest of the town sleeps."""
    count = much.deadlines
    told = town.rust.ask(f"sweep {count}")
    assert told["rows"] == count
    subjects = [
        Subject(
            "kezek: `advance`",
            count,
            lambda: town.rust.once(f"sweep {count}"),
            1000,
            remark=f"{told['events']:,} events: each lapse, and each place that opens to all",
        )
    ]
    if (postgres := town.postgres) is not None:
        ready = (
            "UPDATE app SET stage = 'queued', due = NULL WHERE stage = 'notified';",
            f"UPDATE app SET stage = 'notified', due = 1 WHERE id <= {count};",
            "VACUUM app;",
        )
        swept = "UPDATE app SET stage = 'queued', due = NULL WHERE stage = 'notified' AND due <= 1;"
        subjects.append(
            Subject(
                "PostgreSQL: one UPDATE",
                count,
                lambda: postgres.timed(*ready, swept),
                remark="stage and deadline only",
            )
        )
    if (redis := town.redis) is not None:
        members = "\n".join(f"ZADD due 1 m:{row:012}" for row in range(count)) + "\n"

        def lua() -> float:
            redis.cli("--pipe", data=members)
            return redis.timed("eval", SWEEP, "0", "1")

        lua()
        assert redis.cli("zcard", "due") == "0"
        subjects.append(Subject("Redis: a Lua script", count, lua, remark="the same"))
    return Table(
        f"{count:,} deadlines on one midnight, {town.live:,} live",
        subjects,
        f"{count:,} turns lapsed.",
        unit="deadline",
    )


def next_deadline(town: Town, much: Much) -> Table:
    """Until when may one sleep?"""
    count = much.asked
    questions = {
        "asked again": f"deadline {count}",
        "after a second in which nothing falls due": f"tick {count}",
    }
    for question in questions.values():
        assert town.rust.ask(question)["rows"] == count

    def asked(question: str) -> Subject:
        return Subject("", count, lambda: town.rust.once(question))

    subjects = []
    for name, question in questions.items():
        one = asked(question)
        one.name = f"kezek: `next_deadline`, {name}"
        subjects.append(one)
    return Table(
        f"The next deadline, a tenth of {town.live:,} has a turn", subjects, "the same deadline each time."
    )


def load(town: Town, much: Much) -> Table:
    """A register out of its bytes, and out of its history."""
    places = much.places // 4
    unpacked, replayed = town.rust.ask("unpack checked"), town.rust.ask(f"replay {places} checked")
    assert unpacked["same"] and replayed["same"]
    events = replayed["rows"]
    return Table(
        f"A register is read, {town.live:,} live",
        [
            Subject(
                "kezek: `unpack`, an application",
                town.live,
                lambda: town.rust.once("unpack"),
                1000,
                remark=f"{unpacked['bytes'] / 1e6:.1f} MB",
            ),
            Subject(
                "kezek: `replay`, an event",
                events,
                lambda: town.rust.once(f"replay {places}"),
                500,
                remark=f"{events:,} events: registrations, turns, lapses, referrals",
            ),
        ],
        "the digests are those of the register that was written.",
        unit="piece",
    )
