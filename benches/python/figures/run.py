"""All parts, one after another: check, measure, print, write down."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
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
    cities=((100, 300), (300, 900)), rounds=2, asked=100, cards=10, lives=50, dates=10_000, single_dates=100, every=97
)


def all_parts(
    root: Path, target: Path, *, quick: bool, rounds: int | None, only: str | None, out: Path | None
) -> int:
    """Runs them; the exit status. An answer that differs from another's ends it."""
    if sys.flags.optimize:
        print("without -O: the answers are compared by assertions", file=sys.stderr)
        return 2
    scale = QUICK if quick else FULL
    rounds = rounds or scale.rounds
    programs = rust.build(root, release=not quick)
    began, load = time.monotonic(), report.load()
    measured: list[Table] = []

    def part(name: str, make: Callable[[], list[Table]]) -> None:
        if only and not name.startswith(only):
            return
        for table in make():
            table.measure(rounds)
            measured.append(table)
            print(report.text(table), flush=True)

    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for live, children in scale.cities:
            journal = rust.journal(programs, folder / f"{children}.jsonl", children=children)
            here = city.grown(journal, live)
            with rust.batch(programs, journal, here.played) as other:
                part("position", lambda: [calls.positions_one_by_one(here, scale.asked)])
                part("apply", lambda: [calls.commands_one_by_one(here)])
                part("permissions", lambda: [calls.buttons(here, scale.cards)])
                part("batch", lambda: [batches.parse(here, other), batches.commands(here, other)])
                part("all-positions", lambda: [batches.positions(here, other)])
                if (live, children) == scale.cities[0]:
                    part(
                        "days",
                        lambda: days.tables(
                            other, dates=scale.dates, asked=scale.single_dates, every=scale.every
                        ),
                    )
        part("life", lambda: [life.table(scale.lives)])
    print(f"\n{time.monotonic() - began:.0f} s; load average {load} at the start, {report.load()} at the end")
    if out is not None:
        page = report.markdown(measured, rounds, load, "python benches/python")
        out.write_text(page, encoding="utf-8")
        print(f"written: {out.name}")
    return 0
