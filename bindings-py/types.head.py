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


class Positions(TypedDict):
    """The numbers of every active application, by columns."""

    application: list[str]
    number: memoryview
    in_group_year: memoryview
    in_benefit: memoryview

