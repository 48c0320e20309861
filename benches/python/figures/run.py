"""All parts, one after another: check, measure, print, write down."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from figures import batches, calls, city, days, life, report, rust
from figures.clock import Table


@dataclass(frozen=True)
class Scale:
    """How much of everything."""

    #: Live applications, and the children of the year that reaches them.
    cities: tuple[tuple[int, int], ...]
    rounds: int
    #: Applications that are asked for in a round.
    asked: int
    #: Of the cards, with which more is done.
    cards: int
    lives: int
    dates: int
    #: Single dates that are asked for in a round.
    single_dates: int
    #: Every how many-th answer is asked of the slow packages of working days.
    every: int


FULL = Scale(
    cities=((5_000, 10_000), (50_000, 100_000)),
    rounds=9,
    asked=4_000,
    cards=300,
    lives=2_000,
    dates=1_000_000,
    single_dates=4_000,
    every=7,
)
QUICK = Scale(
    cities=((100, 300), (300, 900)),
    rounds=2,
    asked=100,
    cards=10,
    lives=50,
    dates=10_000,
    single_dates=100,
    every=97,
)


#: What can be asked for by name.
OF_CITIES = ("position", "apply", "permissions", "batch", "all-positions", "days")


def tables(scale: Scale, programs: rust.Programs, folder: Path, only: str) -> Iterator[Table]:
    """Every table whose part is wanted, checked and ready to be measured."""

    def wanted(*names: str) -> bool:
        return any(name.startswith(only) for name in names)

    for live, children in scale.cities if wanted(*OF_CITIES) else ():
        journal = rust.journal(programs, folder / f"{children}.jsonl", children=children)
        here = city.grown(journal, live)
        with rust.batch(programs, journal, here.played) as other:
            if wanted("position"):
                yield calls.positions_one_by_one(here, other, scale.asked)
            if wanted("apply"):
                yield calls.commands_one_by_one(here)
            if wanted("permissions"):
                yield calls.buttons(here, scale.cards)
            if wanted("batch"):
                yield batches.parse(here, other)
                yield batches.commands(here, other)
            if wanted("all-positions"):
                yield batches.positions(here, other)
            if wanted("days") and live == scale.cities[0][0]:
                yield from days.tables(other, scale.dates, scale.single_dates, scale.every)
    if wanted("life"):
        yield life.table(scale.lives)


def all_parts(root: Path, *, quick: bool, rounds: int | None, only: str, out: Path | None) -> int:
    """Runs them; the exit status. An answer that differs from another's ends it."""
    if sys.flags.optimize:
        print("without -O: the answers are compared by assertions", file=sys.stderr)
        return 2
    scale = QUICK if quick else FULL
    rounds = rounds or scale.rounds
    programs = rust.build(root, release=not quick)
    began, load = time.monotonic(), report.load()
    measured: list[Table] = []
    if quick:
        print("A quick run, Rust without optimization: the answers count, not the times.")
    with tempfile.TemporaryDirectory() as folder:
        for table in tables(scale, programs, Path(folder), only):
            table.measure(rounds)
            measured.append(table)
            print(report.text(table), flush=True)
    took = time.monotonic() - began
    print(f"\n{took:.0f} s; load average {load} at the start, {report.load()} at the end")
    if out is not None:
        page = report.markdown(measured, rounds, load, "python benches/python")
        out.write_text(page, encoding="utf-8")
        print(f"written: {out.name}")
    return 0
