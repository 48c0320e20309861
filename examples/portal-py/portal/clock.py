"""The clock, and when it is not to be believed.

A register settles everything up to the `now` that it is told, for good: a clock that leaps a year ahead would let every
family's turn lapse. So the wall clock is held against the steady one, which nobody can set, and against the database's,
where that has its own. While they are more than two minutes apart nothing is written.
"""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path

APART = 120
"""So far, in seconds, may two clocks part."""

UNREADABLE = 2**31 - 1
"""How far a clock is off that cannot be read."""


class Clock:
    """Whole seconds since 1970.

    `file` is for tests: an instant, and in a second line the seconds of the steady clock. `shift` is the demo's: so many
    seconds are added, and the town lives in its own year.
    """

    def __init__(self, file: Path | None = None, shift: int = 0) -> None:
        self._file, self._shift, self._database = file, shift, 0
        wall, steady = self._readings()
        self._difference, self._last = wall - steady, wall

    def apart(self) -> int:
        """By how many seconds it has gone another way than the steady clock, or than the database's."""
        try:
            wall, steady = self._readings()
        except (OSError, ValueError):
            return UNREADABLE
        gone = wall - steady - self._difference
        return gone if abs(gone) > APART else self._database

    def leapt(self) -> bool:
        """Whether it may not be believed."""
        return abs(self.apart()) > APART

    def now(self) -> int:
        """What time it is; with a clock that has leapt, the last moment that could be believed."""
        if not self.leapt():
            self._last = self._readings()[0]
        return self._last

    def compare(self, database: int) -> None:
        """Takes note of a database's clock. One that is shifted, or in a file, is never that of a database."""
        if self._file is None and self._shift == 0:
            self._database = database - self._readings()[0]

    def _readings(self) -> tuple[int, int]:
        """The wall clock and the steady one."""
        if self._file is None:
            return int(time.time()) + self._shift, int(time.monotonic())
        wall, *more = self._file.read_text().split("\n")
        steady = int(more[0]) if more and more[0].strip() else int(time.monotonic())
        return int(datetime.fromisoformat(wall.strip()).timestamp()), steady
