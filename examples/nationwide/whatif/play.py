"""One settlement's journal of commands, lived again under other rules.

Registrations, publications, confirmations and withdrawals happen when they happened. Answers follow what they
answer (see `answers`); or, `recorded`, they too come at their recorded moments, and what the rules deny is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import kezek
from kezek.events import Enrolled, Registered, TurnCame, TurnLapsed, VacancyPublished

from country import Settlement
from whatif.answers import Again, Command, take_apart


class Incomparable(ValueError):
    """The journal's later commands would mean other things under these rules."""


@dataclass
class Family:
    """What became of one application."""

    group_year: int
    benefit: str
    """As registered; empty without one."""
    registered: datetime
    turn: int | None = None
    """Days from the registration to the first turn."""
    place: int | None = None
    """Days from the registration to the enrolment."""
    lapsed: int = 0
    """Turns that ended unused by their term."""
    turns: int = 0


@dataclass
class Life:
    """A settlement's year under one policy."""

    policy: str
    digest: str
    denied: Counter[str]
    """Commands, by the main denial."""
    borrowed: int
    """Turns and referrals answered as another family's were, for want of an own answer last year."""
    families: dict[str, Family] = field(repr=False)


def commands(settlement: Settlement) -> tuple[list[Command], str]:
    """The commands of a journal, and the moment at which it ends."""
    rows = list(settlement.rows())
    return [(row["do"], row["at"]) for row in rows if "do" in row], rows[-1]["at"]


def named(given: list[Command], outcomes: list[kezek.Outcome]) -> Iterator[Command]:
    """The commands with the numbers that last year's register gave.

    Under other rules a registration may be denied; with numbers of their own the later ones stay who they are.
    """
    for row, ((command, at), outcome) in enumerate(zip(given, outcomes, strict=True)):
        if command["type"] == "submit" and "application" not in command:
            number = next((e.application for e in outcome.events if isinstance(e, Registered)), None)
            command = command | {"application": number or f"denied-{row}"}
        yield command, at


def live(settlement: Settlement, lived_by: str, policies: list[Any], *, recorded: bool = False) -> list[Life]:
    """The settlement's year under each policy: a shipped one's name, or an object as `kezek.Policy` reads it.

    `lived_by` is the policy of the journal itself. `recorded`: every command at its recorded moment, even the
    answer to a turn that comes on another day now, or to none.

    Raises `Incomparable` where a policy denies a publication: the vacancies after it would have other numbers.
    """
    given, end = commands(settlement)
    register = kezek.Register.open(lived_by, name=settlement.name)
    outcomes = register.apply_many(given)
    given = list(named(given, outcomes))
    published = vacancies(register)
    year = None if recorded else take_apart(given, outcomes)
    lives = []
    for policy in policies:
        register = kezek.Register.open(policy, name=settlement.name)
        if year is None:
            again = register.apply_many(given)
            register.advance(end)
            denied, borrowed = Counter(one.denials[0].code for one in again if not one.accepted), 0
        else:
            living = Again(register, year, datetime.fromisoformat(end))
            living.live()
            denied, borrowed = living.denied, living.borrowed
        if vacancies(register) != published:
            raise Incomparable(f"{settlement.name}: {register.policy.name} denies a publication of last year")
        lives.append(Life(register.policy.name, register.digest(), denied, borrowed, families(register)))
    return lives


def vacancies(register: kezek.Register) -> list[tuple[Any, ...]]:
    """What was published, in order."""
    return [
        (event.vacancy, event.at, event.kindergarten, event.group_year, event.places)
        for event in register.events()
        if isinstance(event, VacancyPublished)
    ]


def families(register: kezek.Register) -> dict[str, Family]:
    """What became of everybody, from the events."""
    found = dict[str, Family]()
    for event in register.events():
        match event:
            case Registered(application=who, group_year=year, benefit=benefit, registered_at=at):
                found[who] = Family(year, benefit or "", at)
            case TurnCame(application=who, at=at) if at is not None:
                family = found[who]
                family.turns += 1
                if family.turn is None:
                    family.turn = (at - family.registered).days
            case TurnLapsed(application=who, cause="due"):
                found[who].lapsed += 1
            case Enrolled(application=who, at=at) if at is not None:
                family = found[who]
                if family.place is None:
                    family.place = (at - family.registered).days
            case _:
                pass
    return found
