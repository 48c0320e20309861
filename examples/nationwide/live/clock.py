"""The clock of the country: the wall clock, or a faster one for a demonstration, the same in every process."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone


@dataclass(frozen=True)
class Clock:
    """Runs from `start` since the real moment `began` (seconds since 1970), `speed` times as fast."""

    start: datetime
    began: float
    speed: float

    @staticmethod
    def here() -> Clock:
        """The clock of KEZEK_CLOCK, which a demonstration sets; else the wall clock."""
        text = os.environ.get("KEZEK_CLOCK")
        if text is None:
            return Clock(datetime.fromtimestamp(0, timezone.utc), 0, 1)
        start, began, speed = text.split(" ")
        return Clock(datetime.fromisoformat(start), float(began), float(speed))

    def told(self) -> str:
        """As the environment variable has it."""
        return f"{self.start.isoformat()} {self.began} {self.speed}"

    def at(self, real: float) -> datetime:
        """What this clock shows at a real moment, in whole seconds."""
        return (self.start + timedelta(seconds=(real - self.began) * self.speed)).replace(microsecond=0)

    def until(self, end: datetime, real: float) -> timedelta:
        """How long to wait, from a real moment, until this clock shows `end`. Never less than nothing."""
        shown = self.start + timedelta(seconds=(real - self.began) * self.speed)
        return max(timedelta(), (end - shown) / self.speed)
