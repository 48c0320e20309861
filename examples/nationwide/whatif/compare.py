"""Two lives of a settlement side by side, as figures that add up over a country.

Days are kept as counts of days, not as averages: so the sums over settlements are exact, in any order.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from country import Settlement
from whatif.play import Family, Life, live

Line = tuple[int, str]
"""A group year, and a benefit (empty without one)."""


@dataclass
class Waits:
    """Families of one line under one policy."""

    families: int = 0
    turn: Counter[int] = field(default_factory=Counter)
    """Families by days to their first turn."""
    place: Counter[int] = field(default_factory=Counter)
    """Families by days to their enrolment."""
    lapsed: int = 0
    """Turns that ended unused."""
    unasked: int = 0
    """Those of them of families that had no turn under the other policy."""

    def add(self, other: Waits) -> None:
        """Takes another settlement's in."""
        self.families += other.families
        self.turn += other.turn
        self.place += other.place
        self.lapsed += other.lapsed
        self.unasked += other.unasked


@dataclass
class Side:
    """One policy's half."""

    policy: str
    borrowed: int = 0
    """Turns and referrals answered as another family's were."""
    denied: Counter[str] = field(default_factory=Counter)
    waits: dict[Line, Waits] = field(default_factory=dict)

    def add(self, other: Side) -> None:
        """Takes another settlement's in."""
        self.borrowed += other.borrowed
        self.denied += other.denied
        for line, waits in other.waits.items():
            self.waits.setdefault(line, Waits()).add(waits)


@dataclass(frozen=True)
class Gain:
    """A family that gets something under one policy only."""

    settlement: str
    application: str
    group_year: int
    benefit: str
    what: str
    """`turn` or `place`."""
    under: str
    """The policy."""


@dataclass
class Result:
    """A settlement under two policies."""

    settlement: str
    digests: tuple[str, str]
    """Of the two registers at the end."""
    sides: tuple[Side, Side]
    gains: list[Gain]
    worker: int
    """The process that found it; no part of the finding."""


def compare(settlement: Settlement, lived_by: str, policies: list[Any], recorded: bool = False) -> Result:
    """The task: reads a journal, lives it under both policies, keeps the figures."""
    one, other = live(settlement, lived_by, policies, recorded=recorded)
    return Result(
        settlement.name,
        (one.digest, other.digest),
        (side(one, other), side(other, one)),
        [*gains(settlement.name, one, other), *gains(settlement.name, other, one)],
        os.getpid(),
    )


def side(life: Life, other: Life) -> Side:
    """One life's figures."""
    made = Side(life.policy, life.borrowed, life.denied)
    for number, family in life.families.items():
        waits = made.waits.setdefault((family.group_year, family.benefit), Waits())
        waits.families += 1
        waits.turn.update([] if family.turn is None else [family.turn])
        waits.place.update([] if family.place is None else [family.place])
        waits.lapsed += family.lapsed
        counterpart = other.families.get(number)
        if counterpart is None or counterpart.turn is None:
            waits.unasked += family.lapsed
    return made


def gains(settlement: str, life: Life, other: Life) -> Iterable[Gain]:
    """What families have under one policy, and not under the other."""
    for number, family in life.families.items():
        there = other.families.get(number) or Family(family.group_year, family.benefit, family.registered)
        for what, here, elsewhere in (
            ("turn", family.turn, there.turn),
            ("place", family.place, there.place),
        ):
            if here is not None and elsewhere is None:
                yield Gain(settlement, number, family.group_year, family.benefit, what, life.policy)


def total(results: Iterable[Result]) -> tuple[Side, Side]:
    """The country."""
    found: tuple[Side, Side] | None = None
    for result in results:
        if found is None:
            found = (Side(result.sides[0].policy), Side(result.sides[1].policy))
        for whole, part in zip(found, result.sides, strict=True):
            whole.add(part)
    if found is None:
        raise ValueError("a country without settlements")
    return found


def digest(results: Iterable[Result]) -> str:
    """Of all that was found, whoever found it and in whatever order."""
    rows = []
    for result in sorted(results, key=lambda one: one.settlement):
        sides = [
            [half.policy, half.borrowed, sorted(half.denied.items()), sorted(map(flat, half.waits.items()))]
            for half in result.sides
        ]
        rows.append([result.settlement, result.digests, sides, [asdict(gain) for gain in result.gains]])
    return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()


def flat(row: tuple[Line, Waits]) -> list[Any]:
    """A line's figures in one order."""
    (year, benefit), waits = row
    return [
        year,
        benefit,
        waits.families,
        sorted(waits.turn.items()),
        sorted(waits.place.items()),
        waits.lapsed,
        waits.unasked,
    ]
