"""The figures as tables and as CSV."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields
from pathlib import Path

from whatif.compare import Gain, Line, Result, Side, Waits

HEADINGS = (
    "group",
    "benefit",
    "policy",
    "families",
    "turns",
    "half by day",
    "places",
    "half by day",
    "lapsed",
    "unasked",
)


def within(days: Counter[int], families: int, share: float) -> int | None:
    """The day by which so great a share of all families had it; `None` when fewer ever did."""
    reached = 0
    for day in sorted(days):
        reached += days[day]
        if reached >= share * families:
            return day
    return None


def cells(line: Line, policy: str, waits: Waits) -> list[str]:
    """One row of the table."""
    year, benefit = line

    def half(days: Counter[int]) -> str:
        day = within(days, waits.families, 0.5)
        return "-" if day is None else str(day)

    counts = (waits.families, waits.turn.total(), half(waits.turn), waits.place.total(), half(waits.place))
    return [str(cell) for cell in (year, benefit or "none", policy, *counts, waits.lapsed, waits.unasked)]


def lines(sides: tuple[Side, Side]) -> Iterator[list[str]]:
    """Every line under both policies, below one another."""
    for line in sorted(sides[0].waits.keys() | sides[1].waits.keys()):
        for side in sides:
            yield cells(line, side.policy, side.waits.get(line, Waits()))


def benefits(sides: tuple[Side, Side]) -> Iterator[list[str]]:
    """The same, all groups together."""
    names = sorted({benefit for side in sides for _, benefit in side.waits})
    for name in names:
        for side in sides:
            sum_ = Waits()
            for (_, benefit), waits in side.waits.items():
                if benefit == name:
                    sum_.add(waits)
            yield ["all", *cells((0, name), side.policy, sum_)[1:]]


def page(results: list[Result], sides: tuple[Side, Side]) -> Iterator[str]:
    """What is printed."""
    rows = [list(HEADINGS), *benefits(sides), *lines(sides)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    for row in rows:
        left, right = row[:3], row[3:]
        yield "  ".join(
            [cell.ljust(width) for cell, width in zip(left, widths, strict=False)]
            + [cell.rjust(width) for cell, width in zip(right, widths[3:], strict=True)]
        ).rstrip()
    yield ""
    for side in sides:
        told = ", ".join(f"{count} {code}" for code, count in side.denied.most_common())
        yield f"{side.policy}: {side.borrowed} answers borrowed; {side.denied.total()} commands denied ({told})"
    gained = Counter((gain.what, gain.under) for result in results for gain in result.gains)
    for (what, under), count in sorted(gained.items()):
        yield f"a {what} under {under} only: {count} families"


def write(folder: Path, results: list[Result], sides: tuple[Side, Side]) -> None:
    """`waits.csv`: a row a line, policy and day; `gains.csv`: a row for each family that gains."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "waits.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(
            ["group_year", "benefit", "policy", "families", "to", "days", "count", "lapsed", "unasked"]
        )
        for side in sides:
            for (year, benefit), waits in sorted(side.waits.items()):
                for to, days in (("turn", waits.turn), ("place", waits.place)):
                    for day, count in sorted(days.items()):
                        row = [
                            year,
                            benefit,
                            side.policy,
                            waits.families,
                            to,
                            day,
                            count,
                            waits.lapsed,
                            waits.unasked,
                        ]
                        rows.writerow(row)
    with (folder / "gains.csv").open("w", newline="", encoding="utf-8") as file:
        named = csv.DictWriter(file, [one.name for one in fields(Gain)])
        named.writeheader()
        named.writerows(map(asdict, all_gains(results)))


def all_gains(results: Iterable[Result]) -> Iterator[Gain]:
    """Of all settlements, in order."""
    for result in sorted(results, key=lambda one: one.settlement):
        yield from result.gains
