"""Working days: the n-th after a date, alone and a million at once.

NumPy's own way (a week mask and holidays) has no working Saturdays, so it is wrong where the law
moved a day of rest. It is right with the mask of all seven days and every day off in the list; that
is what a careful user writes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, cast

import holidays
import kezek
import numpy as np
from workalendar.asia import Kazakhstan  # type: ignore[import-untyped]

from figures.clock import Subject, Table, plain
from figures.rust import LEAP, Batch

FIRST, LAST = date(2014, 1, 1), date(2024, 1, 1)
TERM = 5
#: As `benches/batch.rs` has it.
TEN_YEARS = 3_653


class Facts:
    """The days on and off of 2014-2026, as the calendar of the package lists them."""

    def __init__(self, calendar: kezek.Calendar) -> None:
        self.off: list[date] = []
        self.on: list[date] = []
        for year in calendar.to_dict()["years"].values():
            self.off += map(date.fromisoformat, year["off"])
            self.on += map(date.fromisoformat, year["on"])
        on, off = set(self.on), set(self.off)
        whole = [FIRST + timedelta(days=n) for n in range((date(2024, 12, 31) - FIRST).days + 1)]
        self.working = [day for day in whole if day in on or (day.weekday() < 5 and day not in off)]
        self.resting = sorted(set(whole) - set(self.working))

    def plain(self, day: date, n: int) -> date:
        """The plain way: the list of all working days, and `bisect`."""
        return self.working[bisect_right(self.working, day) + n - 1]


def leaps(count: int) -> list[date]:
    return [FIRST + timedelta(days=i * LEAP % TEN_YEARS) for i in range(count)]


class Ways:
    """Every way to count, ready to be asked."""

    def __init__(self) -> None:
        self.calendar = kezek.Calendar.kazakhstan()
        self.facts = Facts(self.calendar)
        self.mask = np.busdaycalendar(holidays=self.facts.off)
        self.exact = np.busdaycalendar(weekmask="1111111", holidays=self.facts.resting)
        # Its documentation: years that are named are made at once.
        self.holidays = holidays.country_holidays("KZ", years=range(FIRST.year, LAST.year + 2))
        self.workalendar = Kazakhstan()

    def of_mask(self, days: Any, n: int) -> Any:
        """Of one date or of an array."""
        # Back first: the day of the event does not count, and a day off is no day to begin with.
        return np.busday_offset(days, n, roll="backward", busdaycal=self.mask)

    def of_exact(self, days: Any, n: int) -> Any:
        """The same."""
        return np.busday_offset(days, n, roll="backward", busdaycal=self.exact)

    def of_holidays(self, day: date, n: int) -> date:
        return self.holidays.get_nth_working_day(day, n)

    def of_workalendar(self, day: date, n: int) -> date:
        return cast(date, self.workalendar.add_working_days(day, n))

    def of_workalendar_with_lists(self, day: date, n: int) -> date:
        on, off = self.facts.on, self.facts.off
        return cast(
            date,
            self.workalendar.add_working_days(day, n, extra_working_days=on, extra_holidays=off),
        )

    def of_kezek(self, day: date, n: int) -> date:
        return self.calendar.working_day_after(day, n).day


def wrong(way: Callable[[date, int], Any], right: dict[tuple[date, int], date]) -> str:
    """How many answers differ, of which share of the asked."""
    count = sum(way(day, n) != answer for (day, n), answer in right.items())
    return f"{count / len(right):.1%} wrong" if count else "exact"


def tables(rust: Batch, dates: int, asked: int, every: int) -> list[Table]:
    """One date and many; every how many-th answer is compared with the slow packages."""
    ways = Ways()
    right = {
        (day, n): ways.of_kezek(day, n)
        for day in sorted(set(leaps(TEN_YEARS)))
        for n in (1, 3, TERM, 10)
    }
    assert all(ways.facts.plain(day, n) == answer for (day, n), answer in right.items())
    some = dict(list(right.items())[::every])
    verdicts = {
        "mask": wrong(lambda day, n: ways.of_mask(day, n).item(), right),
        "exact": wrong(lambda day, n: ways.of_exact(day, n).item(), right),
        "holidays": wrong(ways.of_holidays, some),
        "workalendar": wrong(ways.of_workalendar, some),
        "lists": wrong(ways.of_workalendar_with_lists, dict(list(some.items())[:50])),
    }
    assert verdicts["exact"] == verdicts["holidays"] == "exact"
    compared = (
        f"{len(right):,} answers (each day of ten years; 1, 3, 5 and 10 days) with those of the "
        f"list of working days; {len(some):,} of them with `holidays` and `workalendar`. "
        '"Exact": all are the same.'
    )
    return [alone(ways, verdicts, asked, compared), at_once(ways, verdicts, rust, dates)]


def alone(ways: Ways, verdicts: dict[str, str], asked: int, compared: str) -> Table:
    def subject(name: str, way: Callable[[date, int], object], share: int, remark: str) -> Subject:
        days = leaps(max(2, asked // share))

        def work() -> None:
            for day in days:
                way(day, TERM)

        return Subject(name, len(days), plain(work), remark=remark)

    def listed(day: date, n: int) -> object:
        return ways.calendar.add_working_days([day], n)

    return Table(
        f"The {TERM}th working day after one date",
        [
            subject("`Calendar.working_day_after`", ways.calendar.working_day_after, 1, "exact"),
            subject("`Calendar.add_working_days([date], n)`", listed, 1, "exact"),
            subject(
                "plain Python: a list of the working days, `bisect`", ways.facts.plain, 1, "exact"
            ),
            subject("NumPy: week mask and holidays", ways.of_mask, 4, verdicts["mask"]),
            subject("NumPy: every day off in the list", ways.of_exact, 4, verdicts["exact"]),
            subject(
                "`holidays`: `get_nth_working_day`", ways.of_holidays, 10, verdicts["holidays"]
            ),
            subject(
                "`workalendar`: `add_working_days`",
                ways.of_workalendar,
                10,
                verdicts["workalendar"],
            ),
            subject(
                "`workalendar` with lists of days on and off",
                ways.of_workalendar_with_lists,
                1000,
                verdicts["lists"],
            ),
        ],
        compared,
        [
            "NumPy's week mask cannot say that a Saturday or Sunday is worked for another day; "
            "`workalendar` knows no such days and no law after 2013, and has Kurban Ait on other "
            "days in some years."
        ],
        unit="date",
    )


def at_once(ways: Ways, verdicts: dict[str, str], rust: Batch, dates: int) -> Table:
    start = np.datetime64(FIRST, "D")
    days = start + np.arange(dates, dtype=np.int64) * LEAP % TEN_YEARS
    question = f"days {dates} {TERM} {int(start.astype(np.int64))}"
    own = ways.calendar.add_working_days(days, TERM)
    assert np.array_equal(own, ways.of_exact(days, TERM))
    told = rust.ask(question)
    assert (told["rows"], told["sum"]) == (dates, int(own.astype(np.int64).sum()))
    listed = days.tolist()
    as_dates = ways.calendar.add_working_days(listed, TERM)
    assert as_dates == own.tolist()

    return Table(
        f"The {TERM}th working day after {dates:,} dates",
        [
            Subject("Rust: `Calendar::working_day_after`", dates, lambda: rust.once(question)),
            Subject(
                "`Calendar.add_working_days`, a NumPy array",
                dates,
                plain(lambda: ways.calendar.add_working_days(days, TERM)),
                ratio_target=1.5,
                remark="exact",
            ),
            Subject(
                "`Calendar.add_working_days`, a list of `date`",
                dates,
                plain(lambda: ways.calendar.add_working_days(listed, TERM)),
                remark="exact",
            ),
            Subject(
                "NumPy: week mask and holidays",
                dates,
                plain(lambda: ways.of_mask(days, TERM)),
                remark=verdicts["mask"],
            ),
            Subject(
                "NumPy: every day off in the list",
                dates,
                plain(lambda: ways.of_exact(days, TERM)),
                remark=verdicts["exact"],
            ),
        ],
        f"all {dates:,} answers with NumPy's exact way, and their sum with Rust.",
        unit="date",
    )
