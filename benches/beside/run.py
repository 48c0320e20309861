"""All parts, one after another: check, measure, print, write down."""

from __future__ import annotations

import itertools
import json
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from figures import report, rust
from figures.clock import Subject, Table

from beside import page, rules, servers, sizes, towns


@dataclass(frozen=True)
class Scale:
    """How much of everything."""

    rounds: int
    #: Settlements that are looked at from all sides, by their live applications.
    settlements: tuple[int, ...]
    much: towns.Much
    #: So many settlements of so many.
    country: tuple[int, int]
    #: The children of a generated year, and after how many of its commands it is measured.
    years: tuple[tuple[int, int], ...]
    #: So many of those that follow are measured.
    measured: int
    #: The sizes of the curves, and how many operations a round.
    curve: tuple[int, ...]
    operations: int
    lives: int
    dates: int
    memory: tuple[int, ...]


FULL = Scale(
    rounds=5,
    settlements=(50_000, 500_000),
    much=towns.Much(
        asked=20_000, asked_peer=2_000, places=20_000, attempts=100_000, deadlines=24_000, transactions=2_000
    ),
    country=(50_000, 100),
    years=((110_000, 130_000), (900_000, 1_080_000)),
    measured=100_000,
    curve=(1_000, 10_000, 100_000, 1_000_000, 5_000_000),
    operations=1_000,
    lives=1_000,
    dates=100_000,
    memory=(50_000, 500_000),
)
QUICK = Scale(
    rounds=2,
    settlements=(400,),
    much=towns.Much(asked=100, asked_peer=1_000, places=80, attempts=200, deadlines=100, transactions=32),
    country=(50, 4),
    years=((200, 150),),
    measured=200,
    curve=(1_000,),
    operations=50,
    lives=10,
    dates=1_000,
    memory=(400,),
)

PARTS = ("town", "year", "rules", "country", "memory", "size")


@dataclass
class Sitting:
    """What is there to measure with, and what came of it."""

    scale: Scale
    programs: dict[str, Path]
    rounds: int
    folder: Path
    postgres: servers.Postgres | None
    redis: servers.Redis | None
    only: str
    tables: list[Table]
    curves: sizes.Curves
    weights: list[dict[str, int]]

    def wants(self, part: str) -> bool:
        return part.startswith(self.only)

    def take(self, table: Table) -> None:
        table.measure(self.rounds)
        self.keep(table)

    def keep(self, table: Table) -> None:
        self.tables.append(table)
        print(report.text(table), flush=True)


def all_towns(here: Sitting) -> None:
    for live in here.scale.settlements:
        with rust.asked(here.programs["speed"], live, 1) as program:
            town = towns.grown(program, live, here.folder / "rows.csv", here.postgres, here.redis)
            for table in towns.tables(town, here.scale.much):
                here.take(table)


def years(here: Sitting) -> None:
    """A generated year; with the smallest, the rules that need no queue."""
    for number, (children, played) in enumerate(here.scale.years):
        if not here.wants("year") and (number > 0 or not here.wants("rules")):
            continue
        programs = rust.Programs(here.programs["city"], here.programs["batch"])
        whole = rust.journal(programs, here.folder / "whole.jsonl", children=children)
        journal = beginning(whole, here.folder / "year.jsonl", played + here.scale.measured)
        with rust.batch(programs, journal, played) as batch:
            live = batch.ask("positions")["rows"]
            if here.wants("year"):
                here.take(rules.commands(batch, live, here.scale.lives if number == 0 else 0))
            if number == 0 and here.wants("rules"):
                with rust.asked(here.programs["speed"], here.scale.settlements[0], 1) as town:
                    asked = here.scale.much.asked
                    here.take(rules.decision(town, asked, asked // 10))
                    here.take(rules.terms(batch, town, here.scale.dates, here.scale.dates // 50))


def beginning(whole: Path, out: Path, lines: int) -> Path:
    """The first lines of a journal; the whole is given up."""
    with whole.open(encoding="utf-8") as given, out.open("w", encoding="utf-8") as taken:
        # One line more: the first tells what it is a journal of.
        taken.writelines(itertools.islice(given, lines + 1))
    whole.unlink()
    return out


def country(here: Sitting) -> None:
    """Many settlements: no cache holds them."""
    live, settlements = here.scale.country
    with rust.asked(here.programs["speed"], live, settlements) as program:
        count = here.scale.much.asked
        question = f"position {count}"
        assert program.ask(question)["rows"] == count
        subject = Subject("kezek: city, group year, benefit", count, lambda: program.once(question), 400)
        title = f"Position of one application, {settlements} settlements of {live:,} live"
        here.take(Table(title, [subject], "as many answers; another settlement each time."))


def memory(here: Sitting) -> None:
    for live in here.scale.memory:
        run: list[str | Path] = [here.programs["memory"], str(live)]
        told = subprocess.run(run, check=True, capture_output=True, text=True).stdout
        weights: dict[str, int] = json.loads(told)
        here.weights.append(weights)
    print("\n".join(page.memory(here.weights)), flush=True)


def curves(here: Sitting) -> None:
    for size in here.scale.curve:
        for table in sizes.of_ranks(
            here.programs["ranks"], size, here.scale.operations, here.rounds, here.curves
        ):
            here.keep(table)
        count = here.scale.operations
        here.keep(
            sizes.of_positions(here.programs["speed"], size, count, here.rounds, here.redis, here.curves)
        )


def server(stack: ExitStack, starting: Any, name: str, package: str) -> Any:
    found = stack.enter_context(starting())
    if found is None:
        print(f"SKIPPED: {name} is not here (Debian: apt-get install {package})")
    return found


def build(root: Path, *, release: bool) -> dict[str, Path]:
    """All programs."""
    own = rust.cargo(root, ["--package", "kezek-benches", "--bins"], release=release)
    others = rust.build(root, release=release)
    return {**own, "city": others.city, "batch": others.batch}


def all_parts(root: Path, *, quick: bool, rounds: int | None, only: str, out: Path | None) -> int:
    """Runs them; the exit status. An answer that differs from another's ends it."""
    if sys.flags.optimize:
        print("without -O: the answers are compared by assertions", file=sys.stderr)
        return 2
    if not any(part.startswith(only) for part in PARTS):
        print(f"no part begins with {only!r}: {', '.join(PARTS)}", file=sys.stderr)
        return 2
    # Whoever ends it ends the servers too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    scale = QUICK if quick else FULL
    programs = build(root, release=not quick)
    began, load = time.monotonic(), report.load()
    if quick:
        print("A quick run, Rust without optimization: the answers count, not the times.")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        postgres = server(stack, servers.postgres, "PostgreSQL", "postgresql")
        redis = server(stack, servers.redis, "Redis", "redis-server")
        here = Sitting(
            scale, programs, rounds or scale.rounds, folder, postgres, redis, only, [], sizes.Curves(), []
        )
        for name, part in parts().items():
            if here.wants(name) or (name == "year" and here.wants("rules")):
                part(here)
        versions = [server.version for server in (postgres, redis) if server is not None]
    took = time.monotonic() - began
    print(f"\n{took:.0f} s; load average {load} at the start, {report.load()} at the end")
    if out is not None:
        drawn = sizes.draw(here.curves, out.parent / "figures")
        sitting = page.Sitting(here.rounds, load, took, versions)
        text = page.markdown(here.tables, here.weights, drawn, sitting)
        out.write_text(text, encoding="utf-8")
        print(f"written: {out.name}")
    return 0


def parts() -> dict[str, Callable[[Sitting], None]]:
    return {"town": all_towns, "year": years, "country": country, "memory": memory, "size": curves}
