"""What is read out of a journal: changes of a number over the host's own events, and how good forecasts were."""

from __future__ import annotations

from datetime import timedelta

import kezek
import pytest
from conftest import NOW, NUMBER
from kezek.types import Backtest, BacktestCounts, Calibration, ForecastHorizon

LATER = NOW + timedelta(days=2)


def busier(register: kezek.Register) -> list[kezek.Event]:
    """The journal that the host keeps: of another queue, in which somebody left."""
    other = kezek.Register.open("akmola-2018")
    for n in (1, 2):
        child = {"iin": f"p:other-{n}", "born": "2015-05-02"}
        other.apply({"type": "submit", "applicant": "p:a", "child": child}, NOW + timedelta(seconds=n))
    other.withdraw(application=NUMBER, now=LATER).raise_for_denial()
    assert other.events()[1] not in register.events()
    return other.events()


def test_a_change_over_the_hosts_own_events(register: kezek.Register) -> None:
    events = busier(register)
    second = "UO.2018.000002.1"
    then = NOW + timedelta(seconds=9)
    why = register.explain_position(second, then, LATER, LATER, events=events)
    assert (why["number"]["before"], why["number"]["after"]) == (2, 1)
    assert why["number"]["causes"] == [{"cause": "left_withdrawn", "change": -1, "count": 1, "events": [4]}]
    assert why["to"] == LATER and why["to"].utcoffset() == timedelta(hours=6)
    # Dictionaries too, of any iterable; and as the JSON door says.
    dicts = [event.to_dict() for event in events]
    assert register.explain_position(second, then, LATER, LATER, events=iter(dicts)) == why
    question = {
        "view": "explain_position", "application": second, "from": then, "to": LATER, "events": dicts
    }
    assert register.ask(question, LATER)["number"] == why["number"]
    # Without them it is asked of the register's own.
    with pytest.raises(kezek.NotFoundError):
        register.explain_position(second, then, LATER, LATER)


def test_faults_of_the_events_have_their_path(register: kezek.Register) -> None:
    events = busier(register)
    with pytest.raises(kezek.CorruptHistoryError) as corrupt:
        register.explain_position(NUMBER, NOW, LATER, LATER, events=[events[0], *events[2:]])
    assert corrupt.value.path == "events[1]"
    with pytest.raises(kezek.MalformedError) as raised:
        register.explain_position(NUMBER, NOW, LATER, LATER, events=[events[0], {"seq": 2}])
    assert raised.value.path.startswith("events[1]")
    with pytest.raises(kezek.MalformedError):
        register.explain_position(NUMBER, LATER, NOW, LATER, events=events)


def year_of_places() -> kezek.Register:
    """Two years of a small steady queue."""
    register = kezek.Register.open("akmola-2018")
    for week in range(100):
        now = NOW + timedelta(weeks=week)
        child = {"iin": f"p:child-{week}", "born": "2015-05-02"}
        register.advance(now)
        register.apply({"type": "submit", "applicant": f"p:parent-{week}", "child": child}, now)
        if week > 10:
            outcome = register.publish_vacancy(
                kindergarten="bobek", group_year=2015, language="ru", places=1, now=now + timedelta(hours=1)
            )
            for event in outcome.events:
                if event.type == "turn_came":
                    register.choose(application=event.application, vacancy=event.vacancy, now=now + timedelta(hours=2))
    return register


def test_the_backtest_of_a_journal() -> None:
    events = year_of_places().events()
    tested = kezek.backtest(events, per_line=5)
    counts = tested["all"]
    parts = sum(counts[part] for part in ("held", "earlier", "later", "left", "open", "cannot_tell"))
    assert counts["asked"] == parts > 0
    assert len(tested["asked_on"]) > 12 and tested["asked_on"][0].day == 1
    assert tested == kezek.backtest((event.to_dict() for event in events), per_line=5)
    assert kezek.backtest(events, per_line=1)["all"]["asked"] < counts["asked"]
    # The types say what is there.
    assert tested.keys() == Backtest.__annotations__.keys()
    assert counts.keys() == BacktestCounts.__annotations__.keys()
    for horizon in tested["horizons"]:
        assert horizon.keys() == ForecastHorizon.__annotations__.keys()
    for row in tested["calibration"]:
        assert row.keys() == Calibration.__annotations__.keys()
    with pytest.raises(kezek.CorruptHistoryError):
        kezek.backtest([])


def test_forecasts_of_many(register: kezek.Register) -> None:
    assert register.forecasts([], NOW) == []
    assert register.forecasts((NUMBER, NUMBER), NOW) == [register.forecast(NUMBER, NOW)] * 2
    with pytest.raises(kezek.NotFoundError):
        register.forecasts([NUMBER, "UO.2018.000009.1"], NOW)
    with pytest.raises(kezek.MalformedError) as raised:
        register.forecasts([NUMBER, 7], NOW)  # type: ignore[list-item]
    assert raised.value.path == "applications[1]"
