"""One call at a time: what a view of a web application pays."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

import kezek

from figures.city import ALMATY, City
from figures.clock import Subject, Table, plain, timed
from figures.plain import Queue, counted, rows_of
from figures.report import span
from figures.rust import LEAP, Batch


def positions_one_by_one(city: City, rust: Batch, asked: int) -> Table:
    """`position` with the three kinds of `now`, and the plain ways."""
    utc = city.instant()
    nows: dict[str, str | datetime] = {
        "a UTC datetime": utc,
        "text": city.now,
        "a ZoneInfo datetime": utc.astimezone(ALMATY),
    }
    rows = rows_of(city)
    queue, by_number = Queue(rows), {row.number: row for row in rows}
    numbers = city.some(asked)
    counted_ones = numbers[: max(2, asked // 100)]
    position = city.register.position

    for row in rows:
        expected = queue.position(row.number)
        for now in nows.values():
            answer = position(row.number, now)
            assert (answer["number"], answer["in_group_year"], answer["in_benefit"]) == expected
    question = f"position {asked}"
    leaps = [rows[i * LEAP % len(rows)].number for i in range(asked)]
    told = rust.ask(question)
    assert (told["rows"], told["sum"]) == (
        asked,
        sum(queue.position(number)[0] for number in leaps),
    )
    assert all(
        counted(rows, by_number[number]) == queue.position(number) for number in counted_ones
    )

    def ask(now: str | datetime, numbers: list[str]) -> Callable[[], None]:
        def work() -> None:
            for number in numbers:
                position(number, now)

        return work

    def ask_the_lists() -> None:
        for number in numbers:
            queue.position(number)

    def count() -> None:
        for number in counted_ones:
            counted(rows, by_number[number])

    def revision() -> None:
        register = city.register
        for _ in again:
            register.revision  # noqa: B018

    again = [numbers[0]] * len(numbers)
    subjects = [
        Subject(f"`position`, `now` {kind}", len(numbers), plain(ask(now, numbers)), target=1000)
        for kind, now in nows.items()
    ]
    subjects += [
        Subject(
            "the same application again and again",
            len(again),
            plain(ask(utc, again)),
            remark="UTC; in the cache",
        ),
        Subject(
            "Rust: `View::position`",
            asked,
            lambda: rust.once(question),
            remark="the core alone, other applications",
        ),
        Subject(
            "plain Python: sorted lists, `bisect`",
            len(numbers),
            plain(ask_the_lists),
            remark="no turns, no deadlines, one policy",
        ),
        Subject("plain Python: counting", len(counted_ones), plain(count), remark="the same"),
        Subject(
            "a bare look: `register.revision`",
            len(numbers),
            plain(revision),
            remark="what crossing costs",
        ),
    ]
    return Table(
        f"Position of one application, {city.live:,} live",
        subjects,
        f"all {len(rows):,} live applications have the same three numbers in every way.",
    )


def commands_one_by_one(city: City) -> Table:
    """`apply` with a dictionary and by keyword: the rest of the year, on a copy of the register."""
    rest = [
        (command, datetime.fromisoformat(at).astimezone(timezone.utc)) for command, at in city.rest
    ]
    fields = [
        (command["type"], {key: value for key, value in command.items() if key != "type"}, now)
        for command, now in rest
    ]

    def by_dictionary(register: kezek.Register) -> list[kezek.Outcome]:
        apply = register.apply
        return [apply(command, now) for command, now in rest]

    def by_keyword(given: list[tuple[Callable[..., Any], dict[str, Any], datetime]]) -> list[Any]:
        return [method(now=now, **keywords) for method, keywords, now in given]

    def methods() -> list[tuple[Callable[..., Any], dict[str, Any], datetime]]:
        return methods_of(city.fresh())

    def methods_of(
        register: kezek.Register,
    ) -> list[tuple[Callable[..., Any], dict[str, Any], datetime]]:
        return [(getattr(register, name), keywords, now) for name, keywords, now in fields]

    one, other = city.fresh(), city.fresh()
    assert by_dictionary(one) == by_keyword(methods_of(other))
    assert one.digest() == other.digest() != city.register.digest()

    return Table(
        f"One command, {city.live:,} live: the rest of a generated year",
        [
            Subject(
                "`apply` with a dictionary",
                len(rest),
                timed(by_dictionary, city.fresh),
                target=6000,
            ),
            Subject("the keyword methods", len(rest), timed(by_keyword, methods), target=6000),
        ],
        f"{len(rest):,} outcomes are equal, and so are the digests.",
        [f"Alone with the clock, a command takes {single(city, rest)}."],
        unit="command",
    )


def single(city: City, rest: list[tuple[dict[str, Any], datetime]]) -> str:
    """How the times of single commands lie: the mean says little where some are slow."""
    apply, clock = city.fresh().apply, time.perf_counter_ns
    took = []
    for command, now in rest:
        began = clock()
        apply(command, now)
        took.append(clock() - began)
    took.sort()
    half, most, nearly_all = (took[len(took) * part // 100] for part in (50, 90, 99))
    shares = f"{span(half)} (half of them), {span(most)} (nine of ten)"
    return f"up to {shares}, {span(nearly_all)} (99 of 100)"


def buttons(city: City, asked: int) -> Table:
    """What a page with one application asks."""
    now = city.instant()
    register = city.register
    numbers = city.some(asked)
    cards = [register.card(number, now) for number in numbers]
    for number, card in zip(numbers, cards, strict=True):
        assert card.permissions(now) == register.permissions(number, now=now)

    def on_cards() -> None:
        for card in cards:
            card.permissions(now)

    def in_register() -> None:
        for number in numbers:
            register.permissions(number, now=now)

    def make_cards() -> None:
        for number in numbers:
            register.card(number, now)

    return Table(
        f"Permissions of one application, {city.live:,} live",
        [
            Subject("`Card.permissions`", asked, plain(on_cards)),
            Subject("`Register.permissions`", asked, plain(in_register)),
            Subject("`Register.card`", asked, plain(make_cards)),
        ],
        f"card and register agree on {len(numbers):,} applications.",
    )
