"""The figures of the city example add up: against the register day by day, and against plain loops."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta
from pathlib import Path

import city
import kezek
import numpy as np
import pytest
from city_figures import ACTIVE, CHOSEN, GIVEN_UP, LAPSED, LEFT, RUNNING, STAGES, Wait, wait
from kezek.events import Registered, TurnCame, TurnLapsed, VacancyPublished

ROOT = Path(__file__).parents[2]
JOURNALS = [ROOT / "examples/data/kokshetau-2018.jsonl", ROOT / "tests/city/generated-20.jsonl"]


@pytest.fixture(params=JOURNALS, ids=lambda journal: journal.stem)
def journal(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def test_the_queue_is_the_registers_on_every_day(journal: Path) -> None:
    end = city.play(journal, "akmola-2018")
    queue = city.look(end).queue
    register = kezek.Register.open("akmola-2018")
    rows = [json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines()]
    numbers = {e.application: e.group_year for e in end.events() if isinstance(e, Registered)}
    for column, day in enumerate(queue.days.tolist()[:-1]):
        last = f"{day}T23:59:59+06:00"
        while rows and rows[0]["at"] <= last:
            row = rows.pop(0)
            register.apply(row["do"], row["at"]) if "do" in row else register.advance(row["at"])
        register.advance(last)
        views = [register.application(n, last) for n in numbers if known(register, n, last)]
        stages = Counter(view["stage"] for view in views)
        assert queue.by_stage[:, column].tolist() == [stages[s] for s in STAGES[:ACTIVE]], day  # type: ignore[index]
        active = Counter(v["group_year"] for v in views if v["stage"] not in ("enrolled", "closed"))
        assert queue.by_line[:, column].tolist() == [active[year] for year in queue.lines], day
        assert queue.size[column] == len(register.positions(last)), day
    now = end.now
    assert now is not None and queue.size[-1] == len(end.positions(now))
    assert queue.days[-1] == np.datetime64(now.date())
    published = [e.places for e in end.events() if isinstance(e, VacancyPublished)]
    assert queue.places.sum() == sum(published)


def known(register: kezek.Register, number: str, now: str) -> bool:
    try:
        register.application(number, now)
    except kezek.NotFoundError:
        return False
    return True


def test_every_turn_has_its_end(journal: Path) -> None:
    register = city.play(journal, "akmola-2018")
    turns = city.look(register).turns
    events = register.events()
    lapsed = [e for e in events if isinstance(e, TurnLapsed)]
    fates = Counter(map(int, turns.fate))
    assert sum(fates.values()) == sum(isinstance(e, TurnCame) for e in events)
    assert fates[LAPSED] == sum(e.cause == "due" for e in lapsed) == len(turns.window)
    assert fates[GIVEN_UP] == sum(e.cause == "command" for e in lapsed)
    # What runs still is notified at the end; the others have chosen, or left.
    assert fates[RUNNING] == city.look(register).queue.by_stage[STAGES.index("notified"), -1]
    assert fates[CHOSEN] + fates[LEFT] == len(turns.fate) - len(lapsed) - fates[RUNNING]

    # The same, event by event.
    began: dict[str, kezek.Event] = {}
    empty: dict[tuple[int, int], kezek.Event] = {}
    window, again = timedelta(), 0
    for event in events:
        match event:
            case TurnCame(application=number, vacancy=vacancy, place=place):
                began[number] = event
                again += empty.pop((vacancy, place), None) is not None
            case TurnLapsed(application=number, vacancy=vacancy, place=place, at=at, cause="due"):
                assert at is not None and (start := began[number].at) is not None
                window += at - start
                empty[vacancy, place] = event
            case kezek.events.ReferralIssued(vacancy=vacancy, place=place):
                again += empty.pop((vacancy, place), None) is not None
            case _:
                pass
    assert turns.window.sum() == pytest.approx(window / timedelta(days=1))
    soon, later, never = city.refilled(turns)
    assert (soon + later, never) == (again, len(empty))


def test_waits_are_those_of_every_family(journal: Path) -> None:
    register = city.play(journal, "akmola-2018")
    waits = city.look(register).waits
    for parts in (waits.by_benefit, [w for _, *both in waits.by_line for w in both]):
        for field in ("families", "referred"):
            assert sum(getattr(w, field) for w in parts) == getattr(waits.able, field)
    assert waits.without.families + waits.having.families == waits.able.families
    referred = {e.application for e in register.events() if e.type == "referral_issued"}
    assert waits.able.referred == waits.registered.referred == len(referred)


def test_a_wait_counts_those_who_still_wait() -> None:
    # Of five, one after a day; one stays a day and leaves; one after three days; two wait still.
    row = wait("five", np.array([1, 1, 3, 9, 9]), np.array([True, False, True, False, False]))
    assert (row.families, row.referred) == (5, 2)
    assert row.days.tolist() == [1, 3]
    # 4 of 5 wait longer than a day; then 2 of the 3 who are left.
    assert row.waiting == pytest.approx([4 / 5, 4 / 5 * 2 / 3])
    assert [row.within(share) for share in (0.2, 0.25)] == [1, 3]
    assert np.isnan(row.within(0.5))
    nobody = Wait("nobody", 0, 0, np.array([]), np.array([]))
    assert np.isnan(nobody.within(0.5))


def test_the_pages_are_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    city.main([str(JOURNALS[0]), "--out", str(tmp_path)])
    told = capsys.readouterr().out
    assert told.startswith("kokshetau-2018, policy akmola-2018: 23 applications, 147 events")
    for name in ("city-queue.png", "city-waiting.png", "city-lapses.png"):
        page = (tmp_path / name).read_bytes()
        assert page.startswith(b"\x89PNG") and len(page) > 10_000
        assert name in told
