"""The plain way to keep a queue: sorted lists and `bisect`, or counting; NumPy for all at once.

It keeps the order of one policy (`akmola-2018`: by registration) and knows no turns, deadlines or
events.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from figures.city import City

#: Registered when (seconds since 1970), and which in that second.
Key = tuple[int, int]
#: City-wide, in the group year, among those with the same benefit.
Numbers = tuple[int, int, int]


@dataclass(frozen=True)
class Row:
    """What a database would keep of a live application."""

    number: str
    key: Key
    group_year: int
    benefit: str | None


def rows_of(city: City) -> list[Row]:
    """The live applications, in the order of their registration in the register."""
    now = city.instant()
    rows = []
    for serial, number in enumerate(city.numbers()):
        seen = city.register.application(number, now)
        key = (int(seen["registered_at"].timestamp()), serial)
        rows.append(Row(number, key, seen["group_year"], seen["benefit"]))
    return rows


class Queue:
    """Three kinds of sorted lists, kept sorted."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows: dict[str, Row] = {}
        self._city: list[Key] = []
        self._years: defaultdict[int, list[Key]] = defaultdict(list)
        self._benefits: defaultdict[str, list[Key]] = defaultdict(list)
        for row in rows:
            self.add(row)

    def add(self, row: Row) -> None:
        self._rows[row.number] = row
        insort(self._city, row.key)
        insort(self._years[row.group_year], row.key)
        if row.benefit is not None:
            insort(self._benefits[row.benefit], row.key)

    def position(self, number: str) -> Numbers:
        row = self._rows[number]
        key = row.key
        in_benefit = 0 if row.benefit is None else bisect_left(self._benefits[row.benefit], key) + 1
        return (
            bisect_left(self._city, key) + 1,
            bisect_left(self._years[row.group_year], key) + 1,
            in_benefit,
        )


def counted(rows: list[Row], own: Row) -> Numbers:
    """As `SELECT count(*)` does it: everybody is looked at."""
    key, year, benefit = own.key, own.group_year, own.benefit
    number = in_group_year = in_benefit = 0
    for row in rows:
        if row.key <= key:
            number += 1
            in_group_year += row.group_year == year
            in_benefit += benefit is not None and row.benefit == benefit
    return number, in_group_year, in_benefit


Column = npt.NDArray[np.int64]


class Columns:
    """The same rows as NumPy columns."""

    def __init__(self, rows: list[Row]) -> None:
        names = {
            name: code for code, name in enumerate(sorted({row.benefit or "" for row in rows}))
        }
        self._registered_at: Column = np.array([row.key[0] for row in rows])
        self._year: Column = np.array([row.group_year for row in rows])
        self._benefit: Column = np.array([names[row.benefit or ""] for row in rows])
        self._with_benefit = np.array([row.benefit is not None for row in rows])

    def positions(self) -> tuple[Column, Column, Column]:
        """All numbers of all: what `Register.positions` answers."""
        everybody = np.zeros_like(self._year)
        return (
            self._ranks(everybody),
            self._ranks(self._year),
            np.where(self._with_benefit, self._ranks(self._benefit), 0),
        )

    def _ranks(self, group: Column) -> Column:
        # A stable sort: those of one second stay in the order of the rows.
        order = np.lexsort((self._registered_at, group))
        sorted_group = group[order]
        first = np.searchsorted(sorted_group, sorted_group)
        ranks = np.empty_like(group)
        ranks[order] = np.arange(len(group)) - first + 1
        return ranks
