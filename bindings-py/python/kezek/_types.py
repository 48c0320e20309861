"""Small values of Python's own."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class WorkingDay(NamedTuple):
    """The end of a term in working days."""

    day: date
    """The last day counted."""
    projected: bool
    """Whether a day of a projected year was counted: an act may still move this end."""
