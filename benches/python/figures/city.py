"""A settlement with so many live applications, and what happens in it next."""

from __future__ import annotations

import copy
import json
import random
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import kezek

ALMATY = ZoneInfo("Asia/Almaty")

#: A command and when it came, as they stand in the journal.
Row = tuple[dict[str, Any], str]


@dataclass(frozen=True)
class City:
    """A register in the middle of a generated year."""

    register: kezek.Register
    #: How many of its applications are live.
    live: int
    #: The moment up to which it has seen everything.
    now: str
    #: How many commands were played.
    played: int
    #: The rest of the year: the lines of the journal, and the same as they are read.
    lines: list[str]
    rest: list[Row]
    journal: Path

    def fresh(self) -> kezek.Register:
        return copy.copy(self.register)

    def instant(self) -> datetime:
        return datetime.fromisoformat(self.now).astimezone(timezone.utc)

    def numbers(self) -> list[str]:
        return self.register.positions(self.now)["application"].to_list()

    def some(self, count: int) -> list[str]:
        """Some of the live applications, in no order."""
        numbers = self.numbers()
        return random.Random(7).sample(numbers, min(count, len(numbers)))


def read(line: str) -> Row:
    row = json.loads(line)
    return row["do"], row["at"]


def grown(journal: Path, live: int) -> City:
    """Plays a journal until at least so many applications are live."""
    lines = [line for line in journal.read_text(encoding="utf-8").splitlines() if '"do":' in line]
    rows = [read(line) for line in lines]
    register = kezek.Register.open("akmola-2018")
    played = found = 0
    while found < live and played < len(rows):
        # Each command adds one live application at most.
        step = max(live - found, live // 50)
        register.apply_many(rows[played : played + step])
        played = min(played + step, len(rows))
        found = len(register.positions(rows[played - 1][1])["application"])
    if found < live:
        raise ValueError(f"the year of {journal.name} never has {live} live applications")
    return City(
        register, found, rows[played - 1][1], played, lines[played:], rows[played:], journal
    )
