"""The one clock of the portal. The rules never look at it: every answer is given for a moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

_clock: Callable[[], datetime] = timezone.now


def now() -> datetime:
    """The moment for which everything of one request is asked and done."""
    return _clock()


def stands_at(moment: datetime | None) -> None:
    """For the story and the tests: it stands. With `None` it runs again."""
    global _clock
    _clock = timezone.now if moment is None else lambda: moment
