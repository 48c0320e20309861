"""The dictionaries of the wire: commands and questions as a caller writes them, answers of the views.

Instants that are given are aware `datetime` or RFC 3339 text; instants that are answered are aware `datetime` in the
register's zone. Dates likewise.
"""

"""@made"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, TypedDict, Union

if TYPE_CHECKING:
    from typing_extensions import NotRequired, TypeAlias

    from kezek._kezek import Calendar, Iin, Policy

Instant: TypeAlias = Union[datetime, str]
"""An aware `datetime`, or RFC 3339 text with an offset."""

Date: TypeAlias = Union[date, str]
"""A `date`, or text such as `"2018-09-09"`."""

PersonLike: TypeAlias = Union[str, "Iin"]
"""A person: a personal number, or `"p:"` and 1 to 64 characters, a pseudonym."""

PolicyLike: TypeAlias = Union["Policy", str, dict[str, Any]]
"""A policy: an object, a shipped one's name, or what differs from one."""

CalendarLike: TypeAlias = Union["Calendar", dict[str, Any]]
"""A calendar: an object, or its dictionary."""

DenialDict: TypeAlias = dict[str, Any]
"""A denial inside an answer: `code`, `rule`, `policy`, `expected`?, `found`?, `until`?."""


RoleName: TypeAlias = Union[Literal["applicant"], Literal["staff"], Literal["department"], Literal["operator"]]
"""Who acts: the `role` of a `by`."""

LabelName: TypeAlias = Union[
    Literal["application"],
    Literal["in_queue_since"],
    Literal["stage"],
    Literal["benefit"],
    Literal["number"],
    Literal["number_in_group_year"],
    Literal["number_in_benefit"],
    Literal["kindergarten"],
    Literal["group_year"],
    Literal["language"],
    Literal["total"],
    Literal["free"],
    Literal["kind"],
    Literal["published_at"],
    Literal["vacancy_state"],
    Literal["vacancies"],
    Literal["queue"],
    Literal["deadlines"],
    Literal["when"],
    Literal["what"],
    Literal["rule"],
    Literal["denied"],
    Literal["nothing"],
    Literal["weekend"],
    Literal["day_off"],
    Literal["worked"],
    Literal["form.applicant_iin"],
    Literal["form.applicant_born"],
    Literal["form.email"],
    Literal["form.phone"],
    Literal["form.additional_email"],
    Literal["form.additional_phone"],
    Literal["form.child_iin"],
    Literal["form.child_born"],
    Literal["form.benefit"],
    Literal["form.documents"],
    Literal["form.instruction_read"],
]
"""A heading or a caption of the portal, for `Texts.label`."""


class BacktestCounts(TypedDict):
    """What became of forecasts. Only `held`, `earlier` and `later` are settled and say how good they were."""

    asked: int
    """How many were asked for."""
    held: int
    """The turn came in the range."""
    earlier: int
    """The turn came before the range."""
    later: int
    """The range passed without the turn."""
    left: int
    """The wait ended without a turn before the end of the range."""
    open: int
    """The range is not over at the end of the journal."""
    cannot_tell: int
    """Nothing was told."""
    held_percent: int | None
    """Of the settled ones, so many of a hundred held."""
    median_days: int | None
    """Half of the ranges had at most so many days."""


class ForecastHorizon(TypedDict):
    """Forecasts that looked as far ahead, by the middle of their range."""

    from_days: int
    """From so many days ahead."""
    to_days: int | None
    """To before so many; `None` for the last."""
    counts: BacktestCounts
    """What became of them."""


class Calibration(TypedDict):
    """Forecasts that gave themselves the same confidence."""

    said_from: int
    """They said at least so many of a hundred."""
    said_to: int
    """And at most so many."""
    settled: int
    """So many of them are settled."""
    held: int
    """So many held."""
    held_percent: int
    """Of a hundred, so many held."""


class Backtest(TypedDict):
    """How often the forecasts of a journal held, of `kezek.backtest`."""

    asked_on: list[date]
    """The dates on which was asked: the first of each month."""
    all: BacktestCounts
    """All forecasts together."""
    horizons: list[ForecastHorizon]
    """By how far ahead they looked, the nearest first."""
    calibration: list[Calibration]
    """By what they said of themselves."""
    cannot_tell: dict[str, int]
    """Why nothing was told, and how often."""

