"""Rules without a queue: state machines, one permission decision, terms of working days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from importlib import import_module
from typing import Any

from figures.clock import Subject, Table, plain
from figures.rust import LEAP, Batch

#: Years whose days are asked, as `benches/batch.rs` has it.
TEN_YEARS = 3_653
FIRST = date(2014, 1, 1)
TERM = 5


def skipped(name: str, why: ImportError) -> None:
    print(f"SKIPPED: {name} ({why})")


def commands(batch: Batch, live: int, lives: int) -> Table:
    """The rest of a generated year, beside so many lives in machines that know a stage and a guard."""
    told = batch.ask("grown")
    count = told["rows"]
    subjects = [
        Subject(
            "kezek: `apply`",
            count,
            lambda: batch.once("grown"),
            1000,
            remark=f"a generated year: guards, queue, deadlines, events; {told['denied']:,} denied",
        )
    ]
    title = f"A command of a generated year, {live:,} live"
    if lives == 0:
        return Table(title, subjects, "nothing: the machines know no size.", unit="command")
    try:
        from figures import life
    except ImportError as missing:
        skipped("transitions, django-fsm-2", missing)
        return Table(title, subjects, "nothing.", unit="command")
    shared, django = life.machine(), life.live_with_django()

    def each(way: Callable[[], life.Told]) -> Callable[[], list[life.Told]]:
        return lambda: [way() for _ in range(lives)]

    machines = {
        "Python: `transitions`": each(lambda: life.live_modelled(shared)),
        "Python: `django-fsm-2`, not saved": each(django),
        "Python: a table in a dictionary": each(life.live_tabled),
    }
    for name, way in machines.items():
        assert way() == [(list(life.DONE), "enrolled")] * lives
        subjects.append(Subject(name, lives * life.STEPS, plain(way), remark="stage and guards only"))
    return Table(
        title,
        subjects,
        f"the machines do and deny the six steps of {lives:,} lives as kezek does.",
        ["XState and json-rules-engine: [benches/js](js/RESULTS.md)."],
        unit="command",
    )


CEDAR = """
permit(principal is Staff, action == Action::"accept", resource is Application) when {
  resource.stage == "referred" && principal.kindergartens.contains(resource.kindergarten) &&
  context.now < resource.expires_at
};
"""
ZEN = 'stage == "referred" and kindergarten in kindergartens and now < expires_at'


def decision(town: Batch, asked: int, asked_peer: int) -> Table:
    """May this kindergarten accept that child? Nobody is referred: no."""
    question = f"check {asked}"
    assert town.ask(question)["denied"] == asked
    buttons = f"permissions {asked // 10}"
    per = town.ask(buttons)["buttons"] // (asked // 10)
    subjects = [
        Subject("kezek: `check`", asked, lambda: town.once(question), remark="each reason with its rule"),
        Subject(f"kezek: `permissions`, {per} commands at once", asked // 10, lambda: town.once(buttons)),
    ]

    def add(name: str, way: Callable[[str], bool], remark: str) -> None:
        assert way("referred") and not way("queued")
        work = plain(lambda: [way("queued") for _ in range(asked_peer)])
        subjects.append(Subject(name, asked_peer, work, remark=remark))

    try:
        zen = import_module("zen")
        rule = zen.compile_expression(ZEN)
        facts = {"kindergarten": "bobek", "kindergartens": ["bobek"], "now": 1, "expires_at": 2}
        add(
            "zen-engine",
            lambda stage: bool(rule.evaluate({**facts, "stage": stage})),
            "a compiled expression",
        )
    except ImportError as missing:
        skipped("zen-engine", missing)
    try:
        cedarpy = import_module("cedarpy")
        policies = cedarpy.PolicySet.from_str(CEDAR)
        staff = {"uid": {"type": "Staff", "id": "one"}, "attrs": {"kindergartens": ["bobek"]}, "parents": []}
        request = {
            "principal": 'Staff::"one"',
            "action": 'Action::"accept"',
            "resource": 'Application::"1"',
            "context": {"now": 1},
        }

        def allowed(stage: str) -> bool:
            own = {"stage": stage, "kindergarten": "bobek", "expires_at": 2}
            child = {"uid": {"type": "Application", "id": "1"}, "attrs": own, "parents": []}
            return bool(cedarpy.is_authorized(request, policies, [staff, child]).allowed)

        add("cedarpy", allowed, "policies parsed before, two entities each time")
    except ImportError as missing:
        skipped("cedarpy", missing)
    return Table(
        "One permission decision: may this kindergarten accept that child?",
        subjects,
        "yes for a child that is referred, no for one in line.",
        ["The engines are given the facts; kezek finds them in its register."],
        unit="decision",
    )


def terms(batch: Batch, town: Batch, dates: int, dates_peer: int) -> Table:
    """The fifth working day after many dates."""
    first = (FIRST - date(1970, 1, 1)).days
    question = f"days {dates} {TERM} {first}"
    told = batch.ask(question)
    alone = f"bdays {dates} {TERM} {first}"
    subjects = [
        Subject("kezek: `working_day_after`", dates, lambda: batch.once(question), 20, remark="exact"),
        Subject(
            "Rust: `bdays`, cached",
            dates,
            lambda: town.once(alone),
            remark="Brazil's holidays; one day late for a start on a day off",
        ),
    ]
    try:
        from figures import days
    except ImportError as missing:
        skipped("numpy.busday_offset, holidays, workalendar", missing)
        return Table(f"The {TERM}th working day after a date", subjects, "nothing", unit="date")
    ways = days.Ways()
    numpy = import_module("numpy")
    some = [FIRST + timedelta(days=i * LEAP % TEN_YEARS) for i in range(dates)]
    array = numpy.array(some, dtype="datetime64[D]")
    assert int(ways.of_exact(array, TERM).astype("int64").sum()) == told["sum"]
    few = some[:dates_peer]
    assert [ways.of_holidays(day, TERM) for day in few] == [ways.of_kezek(day, TERM) for day in few]

    def asked(way: Callable[[date, int], Any]) -> Callable[[], float]:
        return plain(lambda: [way(day, TERM) for day in few])

    subjects += [
        Subject(
            "numpy.busday_offset, an array", dates, plain(lambda: ways.of_exact(array, TERM)), remark="exact"
        ),
        Subject("Python: `holidays`", len(few), asked(ways.of_holidays), remark="exact"),
        Subject(
            "Python: `workalendar`",
            len(few),
            asked(ways.of_workalendar),
            remark="wrong for days moved by law",
        ),
    ]
    return Table(
        f"The {TERM}th working day after a date",
        subjects,
        f"the sum of {dates:,} dates with NumPy, {len(few):,} dates with `holidays`.",
        unit="date",
    )
