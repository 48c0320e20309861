"""One class for each type of event, for `match`, `isinstance` and type checkers.

    match event:
        case TurnCame(application=number, choose_by=end): ...
        case ReferralIssued(referral=referral): ...

A field that the wire leaves out is `None` (a flag `False`). `from` is a word of Python's own: `from_`.
"""

"""@made"""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from kezek._kezek import Event

if TYPE_CHECKING:
    from datetime import date, datetime
    from typing import Any, Literal

    from kezek.types import (
        # @types
    )


# The native module asks for it.
def _unpickled(text: str, zone: str | None) -> Event:  # pyright: ignore[reportUnusedFunction]
    return Event.from_json(text, zone=zone)


