"""The life of an application, one step too early and one too late: the rules and state machines.

    submit; choose (too early: denied); the turn comes; choose; accept; choose again (denied)

The state machines hold a stage and the guards below. They have no queue (who is next is told to
them), no deadlines of their own (the two instants are given to them), no journal, and a "no"
without its reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import django
import kezek
from django.conf import settings
from transitions import Machine

from figures.clock import Subject, Table, plain

STEPS = 6
#: What came of the six: the four that are done, the two that are denied.
DONE = (True, False, True, True, True, False)

SUBMITTED, EARLY, TURN, CHOSEN, ACCEPTED, LATE = (
    "2018-01-10T09:00:00+06:00",
    "2018-01-11T09:00:00+06:00",
    "2018-03-16T09:00:00+06:00",
    "2018-03-19T09:00:00+06:00",
    "2018-03-20T09:00:00+06:00",
    "2018-03-21T09:00:00+06:00",
)
#: The same in seconds since 1970, for the machines: they compare numbers.
EARLY_S, CHOSEN_S, ACCEPTED_S, LATE_S = 1515639600, 1521428400, 1521514800, 1521601200
#: The first instants that are too late to choose and to come.
CHOOSE_BY_S, EXPIRES_AT_S = 1521655200, 1522173600

#: The most places that one vacancy may have.
PLACES = 999

Told = tuple[list[bool], str]


def script(lives: int) -> list[tuple[dict[str, Any], str]]:
    """The commands of so many lives, step by step: everybody submits, everybody is too early …"""
    numbers = [f"UO.2018.{serial:06}.1" for serial in range(1, lives + 1)]
    vacancies = [serial // PLACES + 1 for serial in range(lives)]

    def choices(at: str) -> Iterable[tuple[dict[str, Any], str]]:
        for number, vacancy in zip(numbers, vacancies, strict=True):
            yield {"type": "choose", "application": number, "vacancy": vacancy}, at

    def submissions() -> Iterable[tuple[dict[str, Any], str]]:
        for serial in range(1, lives + 1):
            child = {"iin": f"p:child-{serial}", "born": "2015-05-02"}
            yield {"type": "submit", "applicant": f"p:parent-{serial}", "child": child}, SUBMITTED

    def vacancies_for_all() -> Iterable[tuple[dict[str, Any], str]]:
        for first in range(0, lives, PLACES):
            places = min(PLACES, lives - first)
            yield (
                {
                    "type": "publish_vacancy",
                    "kindergarten": "bobek",
                    "group_year": 2015,
                    "language": "ru",
                    "places": places,
                },
                TURN,
            )

    accepted = (({"type": "accept", "application": number}, ACCEPTED) for number in numbers)
    return [
        *submissions(),
        *choices(EARLY),
        *vacancies_for_all(),
        *choices(CHOSEN),
        *accepted,
        *choices(LATE),
    ]


class Lives:
    """What a register says of so many lives, in the form of the machines."""

    def __init__(self, lives: int, outcomes: list[kezek.Outcome], register: kezek.Register) -> None:
        done = [outcome.accepted for outcome in outcomes]
        numbers = [f"UO.2018.{serial:06}.1" for serial in range(1, lives + 1)]
        turns = {
            event.application
            for outcome in outcomes
            for event in outcome.events
            if event.type == "turn_came"
        }
        publications = -(-lives // PLACES)
        early, rest = done[lives : 2 * lives], done[2 * lives + publications :]
        self.lives: list[Told] = [
            (
                [
                    done[life],
                    early[life],
                    number in turns,
                    rest[life],
                    rest[lives + life],
                    rest[2 * lives + life],
                ],
                register.application(number, LATE)["stage"],
            )
            for life, number in enumerate(numbers)
        ]


class Guards:
    """What the machines are asked with; the host keeps the two instants and the free places."""

    def __init__(self) -> None:
        self.choose_by = CHOOSE_BY_S
        self.expires_at = EXPIRES_AT_S
        self.free_places = 1

    def in_window(self, now: int) -> bool:
        return now < self.choose_by

    def has_place(self, now: int) -> bool:
        return self.free_places > 0

    def in_term(self, now: int) -> bool:
        return now < self.expires_at


STAGES = [
    "queued",
    "notified",
    "referred",
    "under_review",
    "stop_listed",
    "inactive",
    "enrolled",
    "closed",
]


class Modelled(Guards):
    """A model of `transitions`."""

    if TYPE_CHECKING:
        state: str
        turn: Callable[[int], bool]
        choose: Callable[[int], bool]
        accept: Callable[[int], bool]


def machine() -> Machine:
    """One machine for all models, as its documentation advises for many.

    Without the transitions that it would make by itself; not queued, which is its default.
    """
    table: list[dict[str, Any]] = [
        {"trigger": "turn", "source": "queued", "dest": "notified"},
        {
            "trigger": "choose",
            "source": "notified",
            "dest": "referred",
            "conditions": ["in_window", "has_place"],
        },
        {"trigger": "lapse", "source": "notified", "dest": "queued"},
        {
            "trigger": "accept",
            "source": ["referred", "under_review"],
            "dest": "enrolled",
            "conditions": "in_term",
        },
        {"trigger": "refuse", "source": "referred", "dest": "under_review"},
        {"trigger": "expire", "source": "referred", "dest": "stop_listed"},
        {"trigger": "readmit", "source": "stop_listed", "dest": "queued"},
        {
            "trigger": "withdraw",
            "source": ["queued", "notified", "referred", "stop_listed"],
            "dest": "closed",
        },
    ]
    return Machine(
        model=None,
        states=STAGES,
        transitions=table,
        initial="queued",
        auto_transitions=False,
        ignore_invalid_triggers=True,
    )


def live_modelled(shared: Machine) -> Told:
    own = Modelled()
    shared.add_model(own)
    early = own.choose(EARLY_S)
    turn = own.turn(CHOSEN_S)
    chosen, accepted, late = own.choose(CHOSEN_S), own.accept(ACCEPTED_S), own.choose(LATE_S)
    told = [True, early, turn, chosen, accepted, late], own.state
    # Its documentation: a machine holds its models until they are taken out.
    shared.remove_model(own)
    return told


#: A hand-written table: the stage before and the step, the guard and the stage after.
TABLE: dict[tuple[str, str], tuple[Callable[[Guards, int], bool], str]] = {
    ("queued", "turn"): (lambda own, now: True, "notified"),
    ("notified", "choose"): (
        lambda own, now: own.in_window(now) and own.has_place(now),
        "referred",
    ),
    ("notified", "lapse"): (lambda own, now: True, "queued"),
    ("referred", "accept"): (Guards.in_term, "enrolled"),
    ("under_review", "accept"): (Guards.in_term, "enrolled"),
    ("referred", "refuse"): (lambda own, now: True, "under_review"),
    ("referred", "expire"): (lambda own, now: True, "stop_listed"),
    ("stop_listed", "readmit"): (lambda own, now: True, "queued"),
    ("queued", "withdraw"): (lambda own, now: True, "closed"),
    ("notified", "withdraw"): (lambda own, now: True, "closed"),
    ("referred", "withdraw"): (lambda own, now: True, "closed"),
    ("stop_listed", "withdraw"): (lambda own, now: True, "closed"),
}


class Tabled(Guards):
    """An application with the table above."""

    def __init__(self) -> None:
        super().__init__()
        self.stage = "queued"

    def step(self, name: str, now: int) -> bool:
        found = TABLE.get((self.stage, name))
        if found is None or not found[0](self, now):
            return False
        self.stage = found[1]
        return True


def live_tabled() -> Told:
    own = Tabled()
    step = own.step
    told = [
        True,
        step("choose", EARLY_S),
        step("turn", CHOSEN_S),
        step("choose", CHOSEN_S),
        step("accept", ACCEPTED_S),
        step("choose", LATE_S),
    ]
    return told, own.stage


def live_with_django() -> Callable[[], Told]:
    """A Django model with an `FSMField`; it is never saved, so that no database is measured."""
    if not settings.configured:
        settings.configure(INSTALLED_APPS=[], DATABASES={}, USE_TZ=True)
        django.setup()
    from django.db import models
    from django_fsm import FSMField, TransitionNotAllowed, transition

    # A condition is asked with the model alone: the host puts the time there.
    def in_window(own: Any) -> bool:
        return bool(own.now < own.choose_by)

    def has_place(own: Any) -> bool:
        return bool(own.free_places > 0)

    def in_term(own: Any) -> bool:
        return bool(own.now < own.expires_at)

    class Application(models.Model):  # type: ignore[misc, unused-ignore]
        now = 0
        stage = FSMField(default="queued")
        choose_by = models.IntegerField(default=CHOOSE_BY_S)
        expires_at = models.IntegerField(default=EXPIRES_AT_S)
        free_places = models.IntegerField(default=1)

        class Meta:
            app_label = "benches"

        @transition(field=stage, source="queued", target="notified")  # type: ignore[misc, untyped-decorator, unused-ignore]
        def turn(self) -> None: ...

        @transition(
            field=stage, source="notified", target="referred", conditions=[in_window, has_place]
        )  # type: ignore[misc, untyped-decorator, unused-ignore]
        def choose(self) -> None: ...

        @transition(
            field=stage,
            source=["referred", "under_review"],
            target="enrolled",
            conditions=[in_term],
        )  # type: ignore[misc, untyped-decorator, unused-ignore]
        def accept(self) -> None: ...

    def done(own: Application, step: Callable[[], None], now: int) -> bool:
        own.now = now
        try:
            step()
        except TransitionNotAllowed:
            return False
        return True

    def live() -> Told:
        own = Application()
        told = [
            True,
            done(own, own.choose, EARLY_S),
            done(own, own.turn, CHOSEN_S),
            done(own, own.choose, CHOSEN_S),
            done(own, own.accept, ACCEPTED_S),
            done(own, own.choose, LATE_S),
        ]
        return told, str(own.stage)

    return live


def table(lives: int) -> Table:
    """So many lives in each way, a round each time from nothing."""
    commands = script(lives)
    shared = machine()
    with_django = live_with_django()

    def one_by_one() -> tuple[list[kezek.Outcome], kezek.Register]:
        register = kezek.Register.open("akmola-2018")
        return [register.apply(command, at) for command, at in commands], register

    def many() -> tuple[list[kezek.Outcome], kezek.Register]:
        register = kezek.Register.open("akmola-2018")
        return register.apply_many(commands), register

    def each(live: Callable[[], Told]) -> Callable[[], list[Told]]:
        return lambda: [live() for _ in range(lives)]

    machines = [each(lambda: live_modelled(shared)), each(with_django), each(live_tabled)]
    answers = [Lives(lives, *way()).lives for way in (one_by_one, many)] + [
        way() for way in machines
    ]
    assert all(answer == [(list(DONE), "enrolled")] * lives for answer in answers)

    steps = lives * STEPS
    return Table(
        f"The life of an application, {lives:,} of them",
        [
            Subject(
                "`apply` with dictionaries",
                steps,
                plain(one_by_one),
                remark="queue, deadlines, journal, reasons",
            ),
            Subject("`apply_many`", steps, plain(many), remark="the same"),
            Subject("`transitions`", steps, plain(machines[0]), remark="stage and guards only"),
            Subject(
                "`django-fsm-2`, not saved",
                steps,
                plain(machines[1]),
                remark="stage and guards only",
            ),
            Subject(
                "plain Python: a table in a dictionary",
                steps,
                plain(machines[2]),
                remark="stage and guards only",
            ),
        ],
        "each of the six steps is done or denied alike, and all end enrolled.",
        [
            "A life is six steps. With `kezek` the turns come of the "
            "publication of the places: nobody tells it who is next."
        ],
        unit="step",
    )
