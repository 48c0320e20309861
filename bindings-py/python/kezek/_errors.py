"""What can be raised. A denial is no error: it is data in the outcome (`Outcome.raise_for_denial`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kezek._kezek import Denial


class Error(Exception):
    """Input that cannot be read; nothing has changed.

    `code` is for programs, such as `"malformed"`; `path` is the field that is wrong, such as `"child.iin"`, `""` for
    the whole input. A personal number is described, never quoted.
    """

    def __init__(
        self, code: str, message: str, path: str = "", expected: str = "", found: str = "", fields: Sequence[str] = ()
    ) -> None:
        super().__init__(message)
        self.code = code
        self.path = path
        self.expected = expected
        self.found = found
        self.fields = tuple(fields)
        """The path of every fault, of an invalid policy."""

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.code, str(self), self.path, self.expected, self.found, self.fields)

    def to_dict(self) -> dict[str, Any]:
        """As on the wire: `{"code", "path"?, "expected"?, "found"?, "fields"?}`."""
        written: dict[str, Any] = {"code": self.code}
        for key in ("path", "expected", "found"):
            if text := getattr(self, key):
                written[key] = text
        if self.code == "invalid_policy":
            written["fields"] = list(self.fields)
        return written


class MalformedError(Error, ValueError):
    """Not of the form that was asked for; an unknown key and a naive `datetime` too."""


class UnknownPolicyError(Error, LookupError):
    """No policy of that name."""


class InvalidPolicyError(Error, ValueError):
    """A policy with faults; `fields` lists the path of each."""


class NotFoundError(Error, LookupError):
    """A view was asked about something that does not exist."""


class NotSettledError(Error):
    """Something is due by `now`; call `advance` first."""


class ClockMovedBackError(Error, ValueError):
    """`now` lies before the last moment that the register has seen."""


class StaleRevisionError(Error):
    """`expected_revision` is not the register's: another writer was faster."""


class KeyConflictError(Error, ValueError):
    """The `key` belongs to another command."""


class OutsideCalendarError(Error, ValueError):
    """`now` lies before 2000 or after 2100, or a day before 1999-12-01 or after 2150-12-31."""


class NumbersExhaustedError(Error):
    """Serial 1,000,000, or a hundredth referral of one application."""


class UnsupportedFormatError(Error, ValueError):
    """A journal or snapshot of a later version."""


class CorruptHistoryError(Error, ValueError):
    """A journal or snapshot that contradicts itself."""


class DeniedError(Exception):
    """A denied command as an exception, by `raise_for_denial()`; `denials` has every unmet condition."""

    def __init__(self, denials: Sequence[Denial]) -> None:
        super().__init__("denied: " + ", ".join(denial.code for denial in denials))
        self.denials = tuple(denials)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.denials,)


class InternalError(Exception):
    """The library itself has failed: a bug. Restore the register from its events before it is used again."""


KINDS: dict[str, type[Error]] = {
    "malformed": MalformedError,
    "unknown_policy": UnknownPolicyError,
    "invalid_policy": InvalidPolicyError,
    "not_found": NotFoundError,
    "not_settled": NotSettledError,
    "clock_moved_back": ClockMovedBackError,
    "stale_revision": StaleRevisionError,
    "key_conflict": KeyConflictError,
    "outside_calendar": OutsideCalendarError,
    "numbers_exhausted": NumbersExhaustedError,
    "unsupported_format": UnsupportedFormatError,
    "corrupt_history": CorruptHistoryError,
}
"""The class of each code."""


def made(code: str, faults: Sequence[tuple[str, str, str]], message: str) -> Error:
    """The exception of a code; the first fault is the main one."""
    path, expected, found = faults[0]
    if not message:
        where = f"{path}: " if path else ""
        message = f"{code}: {where}expected {expected}, found {found}"
    fields = [fault[0] for fault in faults] if code == "invalid_policy" else []
    return KINDS.get(code, Error)(code, message, path, expected, found, fields)
