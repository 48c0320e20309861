"""Small values of Python's own."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class Fault(NamedTuple):
    """One fault of an input, of `Error.faults`.

    `path` is the field that is wrong, such as `"child.iin"`, `""` for the whole input; `expected` what was expected
    there; `found` what was found instead. A personal number is described, never quoted.
    """

    path: str
    expected: str
    found: str


class WorkingDay(NamedTuple):
    """The end of a term in working days.

    `day` is the last day counted; `projected` whether a day of a projected year was counted: an act may still move
    this end.
    """

    day: date
    projected: bool
