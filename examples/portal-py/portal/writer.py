"""The one writer of a settlement in this process.

Commands that wait are done in one transaction, under the lock of the settlement's row, after what others have written
meanwhile; they are answered once it is committed. Where a transaction fails, or nobody knows how it ended, the register
that made it is thrown away and everybody is told to try again: the keys of their commands make that harmless.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

import kezek

from .store import Parcel, Store, StoreError

COMMANDS = 256
"""So many commands are done in one transaction at the most."""

EVENTS = 4_000
"""After so many events a transaction takes in no more commands."""


class ClockLeapt(Exception):
    """The clock cannot be believed: nothing is written until people have looked at it."""


class Unavailable(Exception):
    """Nothing could be written, or nobody knows whether it was. The same key makes trying again harmless."""


@dataclass
class Done:
    """What a command came to, and the revision after it."""

    outcome: kezek.Outcome
    revision: int


@dataclass
class Turn:
    """A transaction that is committed: answers to as many as it took in, and the events that readers do not know."""

    answers: list[Done | Exception | None] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    added: int = 0


class Writer:
    """Judges and appends. It works in a thread; only one turn at a time is asked of it."""

    def __init__(self, settlement: str, store: Store) -> None:
        self._settlement, self._store = settlement, store
        self._register: kezek.Register | None = None

    def forget(self) -> None:
        """Throws its register away: whatever that says, nobody knows whether it is written."""
        self._register = None

    def turn(self, committed: kezek.Register, commands: Sequence[dict[str, Any] | None], clock: int | None) -> Turn:
        """Judges under the lock, and commits. `None` for a command has what is due settled; without a clock nothing is
        done. Raises `StoreError`; `kezek.Error` where the journal is not what it was."""
        known, turn, parcels = committed.revision, Turn(), list[Parcel]()
        with self._store.transaction(self._settlement) as transaction:
            register, self._register = self._register or copy.copy(committed), None
            if transaction.revision < register.revision:
                raise StoreError(f"the journal ends at {transaction.revision}, {register.revision} was read from it")
            if transaction.revision > register.revision:
                register.follow(map(kezek.Event.from_json, transaction.events_after(register.revision)))
            before = register.revision
            for command in commands:
                if register.revision - before >= EVENTS:
                    break
                if clock is None:
                    turn.answers.append(ClockLeapt())
                    continue
                began, now = register.revision, moment(register, clock)
                turn.answers.append(_judged(register, command, now))
                parcels.extend(_parcels(self._settlement, register, began, now))
            new = [event.to_json() for event in register.events(after=before)]
            if new:
                transaction.append(before, new, parcels)
        self._register = register
        turn.texts, turn.added = [event.to_json() for event in register.events(after=known)], len(new)
        return turn


def moment(register: kezek.Register, clock: int) -> datetime:
    """The later of the clock and what the register has seen."""
    now = datetime.fromtimestamp(clock, timezone.utc)
    return now if register.now is None else max(now, register.now)


def _judged(register: kezek.Register, command: dict[str, Any] | None, now: datetime) -> Done | kezek.Error | None:
    try:
        if command is None:
            register.advance(now)
            return None
        return Done(register.apply(command, now), register.revision)
    except kezek.Error as fault:
        # (A register whose clock is past the calendar's years settles no more.)
        return fault


def _parcels(settlement: str, register: kezek.Register, began: int, now: datetime) -> list[Parcel]:
    """The messages about what is new, as things stand now (R38, R39, O24)."""
    parcels = []
    for event in register.events(after=began):
        for part, message in enumerate(register.messages(event, now)):
            body = {**message, "id": f"{settlement}-{event.seq}-{part}"}
            parcels.append(Parcel(event.seq, part, written(body), bool(message["late"])))
    return parcels


def plain(value: Any) -> Any:
    """For `json`: objects of the library as on the wire, instants with their offset."""
    if isinstance(value, datetime):
        return value.isoformat()
    return value.to_dict()


def written(value: Any) -> str:
    """JSON as the wire has it."""
    return json.dumps(value, default=plain, ensure_ascii=False, separators=(",", ":"))
