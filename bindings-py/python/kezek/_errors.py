"""What can be raised. A denial is no error: it is data in the outcome (`Outcome.raise_for_denial`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kezek._types import Fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kezek._kezek import Denial


class Error(Exception):
    """Input that cannot be read; nothing has changed.

    `code` is for programs, such as `"malformed"`; `faults` is everything that is wrong, each a `Fault` with `path`,
    `expected` and `found`, the main one first. There is at least one; only an invalid policy has several. `path`,
    `expected` and `found` are those of the first: `path` is the field that is wrong, such as `"child.iin"`, `""` for
    the whole input. A personal number is described, never quoted. `str` is one line with all of it.
    """

    code: str
    faults: tuple[Fault, ...]

    def __init__(self, code: str, faults: Sequence[tuple[str, str, str]]) -> None:
        self.code = code
        self.faults = tuple(Fault(*fault) for fault in faults)
        told = "; ".join(
            f"{fault.path}: expected {fault.expected}, found {fault.found}".removeprefix(": ") for fault in self.faults
        )
        super().__init__(f"{code}: {told}")

    @property
    def path(self) -> str:
        """The field that is wrong, such as `"child.iin"`; `""` when it is the whole input."""
        return self.faults[0].path

    @property
    def expected(self) -> str:
        """What was expected there."""
        return self.faults[0].expected

    @property
    def found(self) -> str:
        """What was found instead. A personal number is described, never quoted."""
        return self.faults[0].found

    @property
    def fields(self) -> tuple[str, ...]:
        """The path of every fault, of an invalid policy; else nothing."""
        return tuple(fault.path for fault in self.faults) if self.code == "invalid_policy" else ()

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.code, self.faults)

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
    """A policy with faults; `faults` has every one, `fields` the path of each."""


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
        self.denials: tuple[Denial, ...] = tuple(denials)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.denials,)


def denial(value: dict[str, Any], zone: str | None) -> Denial:
    """A denial out of its pickle (and no part of the public interface)."""
    from kezek._kezek import Denial

    return Denial.from_dict(value, zone=zone)


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


def made(code: str, faults: Sequence[tuple[str, str, str]]) -> Error:
    """The exception of a code; the first fault is the main one."""
    return KINDS.get(code, Error)(code, faults)
