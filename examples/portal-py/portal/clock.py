"""The clock, and when it is not to be believed.

A clock that leaps a year forward would let every family's turn lapse: the wall clock is held against the steady one (and
against the database's, where that has its own), and by more than two minutes' difference nothing is written.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path

APART = 120


@dataclass
class Clock:
    """Whole seconds since 1970. For tests a file has it: an instant, then the seconds of the steady clock."""

    file: Path | None = None
    accepted: bool = False
    _began: tuple[int, int] = field(init=False)

    def __post_init__(self) -> None:
        self._began = self._both()

    def _both(self) -> tuple[int, int]:
        if self.file is None:
            return int(time.time()), int(time.monotonic())
        from datetime import datetime

        wall, steady = self.file.read_text().split("\n")[:2]
        return int(datetime.fromisoformat(wall).timestamp()), int(steady)

    def leapt(self, elsewhere: int | None = None) -> bool:
        """Whether it has gone another way than the steady clock, or than a clock elsewhere."""
        wall, steady = self._both()
        gone = (wall - self._began[0]) - (steady - self._began[1])
        apart = 0 if elsewhere is None or self.file is not None else wall - elsewhere
        return max(abs(gone), abs(apart)) > APART

    def now(self) -> int:
        return self._both()[0]
