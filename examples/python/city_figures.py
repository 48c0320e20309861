"""What the events of a city tell: its queue day by day, its waits, what lapsed turns cost.

The events are read once, column by column; everything after that is NumPy over whole columns. Days
are those of the settlement's zone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import kezek
import numpy as np
from kezek.events import (
    Closed,
    DepartureVoided,
    Enrolled,
    EnrolmentVoided,
    Imported,
    MadeInactive,
    ReferralExpired,
    ReferralIssued,
    ReferralRecalled,
    ReferralVoided,
    RefusalOverturned,
    Refused,
    Registered,
    Reinstated,
    Restored,
    StopListed,
    StopListEnded,
    TurnCame,
    TurnLapsed,
    VacancyPublished,
)
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Days = NDArray[np.datetime64]

DAY = 86_400
"""Seconds."""
WEEK = 7
"""Days."""

STAGES: list[str] = [
    "queued", "notified", "referred", "under_review", "stop_listed", "inactive", "enrolled", "closed",
]  # fmt: skip
ACTIVE = len(STAGES) - 2
"""How many of them are active (O27): counted in the queue. They come first."""
NOWHERE = len(STAGES)
"""Before the registration."""

# The stage that an event puts its application in.
STAGE_AFTER: dict[type[kezek.Event], str] = {
    Registered: "queued",
    TurnCame: "notified",
    TurnLapsed: "queued",
    ReferralIssued: "referred",
    ReferralRecalled: "queued",
    ReferralExpired: "queued",
    ReferralVoided: "queued",
    StopListed: "stop_listed",
    StopListEnded: "queued",
    MadeInactive: "inactive",
    Restored: "queued",
    Refused: "under_review",
    RefusalOverturned: "referred",
    Enrolled: "enrolled",
    EnrolmentVoided: "referred",
    DepartureVoided: "enrolled",
    Reinstated: "queued",
    Closed: "closed",
}


class Columns:
    """The events of a register by type, each field of a type as one array."""

    def __init__(self, events: Sequence[kezek.Event]) -> None:
        self._rows: dict[type[kezek.Event], list[kezek.Event]] = defaultdict(list)
        for event in events:
            self._rows[type(event)].append(event)

    def count(self, type_: type[kezek.Event]) -> int:
        return len(self._rows[type_])

    def get(self, type_: type[kezek.Event], field: str, dtype: Any = np.int64) -> NDArray[Any]:
        """One field of all events of a type, in their order."""
        return np.array([getattr(event, field) for event in self._rows[type_]], dtype)

    def seconds(self, type_: type[kezek.Event], field: str = "at") -> Ints:
        """Seconds since 1970."""
        moments = (getattr(event, field).timestamp() for event in self._rows[type_])
        return np.fromiter(moments, np.int64, self.count(type_))

    def days(self, type_: type[kezek.Event]) -> Days:
        """The local dates."""
        return np.array(
            [event.at.date() for event in self._rows[type_] if event.at], "datetime64[D]"
        )


@dataclass(frozen=True)
class Moves:
    """Every change of stage, by application and, of one, in the order of events."""

    application: Ints
    """A row of `People`."""
    day: Days
    before: Ints
    after: Ints


@dataclass(frozen=True)
class People:
    """The applications: those registered here, then those taken over from another portal."""

    number: NDArray[np.str_]
    line: Ints
    benefit: NDArray[np.str_]
    """As registered; empty without one."""
    registered: Days
    able: Days
    """The first day on which its turn may come: that of the registration, or of the birthday from
    which the policy lets choose (R36)."""
    imported: Flags

    def rows(self, numbers: NDArray[np.str_]) -> Ints:
        """The rows of some numbers."""
        order = np.argsort(self.number)
        return order[np.searchsorted(self.number, numbers, sorter=order)]


def people(columns: Columns, policy: kezek.Policy) -> People:
    """The applications of a journal."""

    def both(field: str, dtype: Any = object) -> NDArray[Any]:
        return np.concatenate([columns.get(t, field, dtype) for t in (Registered, Imported)])

    benefit = np.array([name or "" for name in both("benefit")])
    registered = np.array([at.date() for at in both("registered_at")], "datetime64[D]")
    born = np.array([child["born"] for child in both("child")], "datetime64[D]")
    age = policy.to_dict()["age"]["choose_from"]
    # From a day to the same day of a month; born on 29 February: 1 March in other years.
    month = born.astype("datetime64[M]")
    old = (month + age.get("months", 12 * age.get("years", 0))).astype("datetime64[D]")
    old += born - month.astype("datetime64[D]")
    imported = np.arange(len(born)) >= columns.count(Registered)
    numbers, lines = both("application", str), both("group_year", np.int64)
    return People(numbers, lines, benefit, registered, np.maximum(registered, old), imported)


def moves(columns: Columns, who: People) -> Moves:
    """Every change of stage."""
    types: list[type[kezek.Event]] = [*STAGE_AFTER, Imported]
    after = [np.full(columns.count(t), STAGES.index(s)) for t, s in STAGE_AFTER.items()]
    after.append(np.array([STAGES.index(s) for s in columns.get(Imported, "stage", str)], np.int64))
    seq = np.concatenate([columns.get(t, "seq") for t in types])
    application = who.rows(np.concatenate([columns.get(t, "application", str) for t in types]))
    order = np.lexsort((seq, application))
    application, stage = application[order], np.concatenate(after)[order]
    before = np.concatenate([[NOWHERE], stage[:-1]])
    before[np.flatnonzero(np.diff(application, prepend=-1))] = NOWHERE
    day = np.concatenate([columns.days(t) for t in types])[order]
    return Moves(application, day, before, stage)


# ---- the queue ----


@dataclass(frozen=True)
class Queue:
    """How many applications are active at the end of each day."""

    days: Days
    by_stage: Ints
    """A row for each active stage."""
    by_line: Ints
    """A row for each of `lines`."""
    lines: Ints
    places: Ints
    """Published on that day."""

    @property
    def size(self) -> Ints:
        return cast(Ints, self.by_stage.sum(axis=0))


def queue(columns: Columns, who: People, changes: Moves, last: np.datetime64) -> Queue:
    """The queue through to the day `last`."""
    first = changes.day.min()
    days = np.arange(first, last + 1)

    def running(rows: Ints, day: Days, by: Ints, height: int) -> Ints:
        """The running sum of `by`, for each row and day."""
        cell = rows * len(days) + (day - first).astype(np.int64)
        sums = np.bincount(cell, by, height * len(days)).reshape(height, len(days))
        return np.cumsum(np.rint(sums).astype(np.int64), axis=1)

    one = np.ones_like(changes.after)
    every = running(changes.after, changes.day, one, NOWHERE + 1)
    every -= running(changes.before, changes.day, one, NOWHERE + 1)
    lines, line = np.unique(who.line, return_inverse=True)
    entered = (changes.after < ACTIVE).astype(np.int64) - (changes.before < ACTIVE)
    by_line = running(line[changes.application], changes.day, entered, len(lines))
    published = columns.days(VacancyPublished)
    zero = np.zeros(len(published), np.int64)
    places = np.diff(
        running(zero, published, columns.get(VacancyPublished, "places"), 1)[0], prepend=0
    )
    return Queue(days, every[:ACTIVE], by_line, lines, places)


# ---- waiting ----


@dataclass(frozen=True)
class Wait:
    """How long families wait for the first referral, by Kaplan and Meier: who still waits
    counts for as long as that has lasted, who left before for as long as he stayed."""

    label: str
    families: int
    referred: int
    days: Floats
    """The lengths at which somebody got a referral."""
    waiting: Floats
    """The share that waits longer."""

    def within(self, share: float) -> float:
        """In how many days that share of them has a referral; not a number when not known yet."""
        reached = np.flatnonzero(self.waiting <= 1 - share)
        return float(self.days[reached[0]]) if len(reached) else float("nan")


def wait(label: str, days: Ints, referred: Flags) -> Wait:
    """`days` is until the referral, or as long as it was seen."""
    lengths, count = np.unique(days[referred], return_counts=True)
    at_risk = len(days) - np.searchsorted(np.sort(days), lengths)
    waiting = np.cumprod(1 - count / at_risk, dtype=np.float64)
    return Wait(label, len(days), int(referred.sum()), lengths.astype(np.float64), waiting)


@dataclass(frozen=True)
class Waits:
    """Of those who are old enough. Families that were taken over from another portal are left out:
    their first referral may have been there."""

    registered: Wait
    """Everybody, since the registration."""
    able: Wait
    """Everybody, since a turn may come (`People.able`); so are the others."""
    without: Wait
    """Those without a benefit."""
    having: Wait
    """Those with one."""
    by_benefit: list[Wait]
    by_line: list[tuple[int, Wait, Wait]]
    """The group year; without and with a benefit."""


def waits(who: People, changes: Moves, last: np.datetime64, names: dict[str, str]) -> Waits:
    """The waits through to the day `last`; `names` are those of the benefits."""

    def first(stage: str) -> Days:
        """The day on which each application first comes there; without one, after the last."""
        found = np.full(len(who.number), last + 1)
        there = changes.after == STAGES.index(stage)
        np.minimum.at(found, changes.application[there], changes.day[there])
        return found

    referral, closed = first("referred"), first("closed")
    got = referral <= last
    end = np.minimum(np.minimum(referral, closed), last)
    seen = ~who.imported & (who.able <= end)

    def of(label: str, which: Flags, since: Days = who.able) -> Wait:
        which = which & seen
        return wait(label, (end - since)[which].astype(np.int64), got[which])

    every, without = np.ones_like(seen), who.benefit == ""
    benefits = map(str, np.unique(who.benefit[seen]))
    lines = [
        (year, of(f"{year}, without", mine & without), of(f"{year}, with", mine & ~without))
        for year in np.unique(who.line[seen]).tolist()
        for mine in [who.line == year]
    ]
    return Waits(
        registered=of("since the registration", every, who.registered),
        able=of("since a turn may come", every),
        without=of("without a benefit", without),
        having=of("with a benefit", ~without),
        by_benefit=[of(names.get(b, b), who.benefit == b) for b in benefits],
        by_line=lines,
    )


# ---- lapsed turns ----

CHOSEN, GIVEN_UP, LAPSED, LEFT, RUNNING = range(5)


@dataclass(frozen=True)
class Turns:
    """What became of every turn, and how long places stood empty for those that lapsed."""

    month: Days
    """Of `turn_came`."""
    fate: Ints
    lapse_month: Days
    """Of the lapses: time alone ended them (R41)."""
    window: Floats
    """For how many days of 24 hours the place had waited for that family."""
    after: Floats
    """And then until a referral to it, or another turn for it; not a number without one."""


def turns(columns: Columns, who: People) -> Turns:
    """Every turn of a journal."""
    types: tuple[type[kezek.Event], ...] = (TurnCame, TurnLapsed, ReferralIssued, Closed)
    came_, lapsed_, issued_, closed_ = range(4)
    kind = np.concatenate([np.full(columns.count(t), i) for i, t in enumerate(types)])
    seq = np.concatenate([columns.get(t, "seq") for t in types])
    seconds = np.concatenate([columns.seconds(t) for t in types])
    month = np.concatenate([columns.days(t) for t in types]).astype("datetime64[M]")
    application = who.rows(np.concatenate([columns.get(t, "application", str) for t in types]))
    vacancy, place = (
        np.concatenate(
            [*(columns.get(t, f) for t in types[:3]), np.zeros(columns.count(Closed), np.int64)]
        )
        for f in ("vacancy", "place")
    )
    # `command`: the family gave the turn up itself.
    by_time = np.concatenate([
        np.zeros(columns.count(TurnCame), np.bool_),
        columns.get(TurnLapsed, "cause", str) == "due",
        np.zeros(columns.count(ReferralIssued) + columns.count(Closed), np.bool_),
    ])  # fmt: skip

    # What came next to the same family ends its turn.
    came, following = _followers(application, seq, kind == came_)
    ends = {lapsed_: GIVEN_UP, issued_: CHOSEN, closed_: LEFT}
    fate = np.full(len(came), RUNNING)
    ended = following >= 0
    for what, became in ends.items():
        fate[ended & (kind[following] == what)] = became
    fate[ended & by_time[following]] = LAPSED

    lapse = following[fate == LAPSED]
    window = (seconds[lapse] - seconds[came[fate == LAPSED]]) / DAY
    # What came next to the same place ends its standing empty.
    seat = vacancy * 1_000 + place
    on_places = kind != closed_
    seats, then = _followers(np.where(on_places, seat, -1), seq, by_time)
    order = np.argsort(seats)
    then = then[order][np.searchsorted(seats[order], lapse)]
    after = np.where(then >= 0, (seconds[then] - seconds[lapse]) / DAY, np.nan)
    return Turns(month[came], fate, month[lapse], window, after)


def _followers(key: Ints, seq: Ints, which: Flags) -> tuple[Ints, Ints]:
    """The rows that are asked for, and for each the next one with the same key, or -1."""
    order = np.lexsort((seq, key))
    same = np.append(key[order][1:] == key[order][:-1], False)
    following = np.where(same, np.append(order[1:], -1), -1)
    asked = which[order]
    return order[asked], following[asked]
