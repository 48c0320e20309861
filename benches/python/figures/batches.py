"""Batches: one crossing for many rows, beside Rust on the same rows."""

from __future__ import annotations

from datetime import datetime, timezone

import kezek
import numpy as np

from figures.city import City, Row, read
from figures.clock import Subject, Table, plain, timed
from figures.plain import Columns, rows_of
from figures.rust import Batch


def parse(city: City, rust: Batch) -> Table:
    """Reading JSON: apart from the rest, and by each side's own parser."""
    assert rust.ask("parse")["rows"] == len(city.rest)
    assert [read(line) for line in city.lines] == city.rest

    def loads() -> list[Row]:
        return [read(line) for line in city.lines]

    return Table(
        f"Reading {len(city.rest):,} commands of JSON",
        [
            Subject("Rust: serde_json", len(city.rest), lambda: rust.once("parse")),
            Subject("Python: json", len(city.rest), plain(loads)),
        ],
        "as many rows.",
        ["Not part of the batches below: both begin with parsed JSON."],
        unit="command",
    )


def commands(city: City, rust: Batch) -> Table:
    """`apply_many` against the same one by one, and against Rust."""
    rest = city.rest
    aware = [(command, datetime.fromisoformat(at).astimezone(timezone.utc)) for command, at in rest]

    def many(register: kezek.Register) -> list[kezek.Outcome]:
        return register.apply_many(rest)

    def one_by_one(register: kezek.Register) -> list[kezek.Outcome]:
        apply = register.apply
        return [apply(command, at) for command, at in rest]

    def many_aware(register: kezek.Register) -> list[kezek.Outcome]:
        return register.apply_many(aware)

    registers = [city.fresh() for _ in range(3)]
    outcomes = [
        way(register)
        for way, register in zip((many, one_by_one, many_aware), registers, strict=True)
    ]
    assert outcomes[0] == outcomes[1] == outcomes[2]
    answers = [rust.ask("values"), rust.ask("typed")]
    denied = sum(not outcome.accepted for outcome in outcomes[0])
    for answer in answers:
        assert (answer["rows"], answer["denied"]) == (len(rest), denied)
        assert {register.digest() for register in registers} == {answer["digest"]}

    count = len(rest)
    return Table(
        f"{count:,} commands in one batch, {city.live:,} live",
        [
            Subject("Rust, from parsed JSON", count, lambda: rust.once("values")),
            Subject("`apply_many`, `now` text", count, timed(many, city.fresh), ratio_target=1.5),
            Subject(
                "`apply_many`, `now` a UTC datetime",
                count,
                timed(many_aware, city.fresh),
                ratio_target=1.5,
            ),
            Subject(
                "`apply`, one by one", count, timed(one_by_one, city.fresh), remark="`now` text"
            ),
            Subject(
                "Rust, from its own types",
                count,
                lambda: rust.once("typed"),
                remark="nothing is read",
            ),
        ],
        f"the same {denied:,} denials and the same digest on every side.",
        ['Rust is built for speed (`release`), the wheel for size (`opt-level = "s"`).'],
        unit="command",
    )


def positions(city: City, rust: Batch) -> Table:
    """All numbers of all live applications at once."""
    now, register = city.instant(), city.register
    columns = Columns(rows_of(city))
    answer = register.positions(now)
    found = [np.asarray(answer[name]) for name in ("number", "in_group_year", "in_benefit")]
    for own, theirs in zip(found, columns.positions(), strict=True):
        assert np.array_equal(own, theirs)
    told = rust.ask("positions")
    assert (told["rows"], told["sum"]) == (city.live, int(found[1].sum()))

    return Table(
        f"All positions, {city.live:,} live",
        [
            Subject("Rust: `View::positions`", city.live, lambda: rust.once("positions")),
            Subject(
                "`Register.positions`",
                city.live,
                plain(lambda: register.positions(now)),
                ratio_target=1.5,
            ),
            Subject(
                "NumPy: `lexsort`",
                city.live,
                plain(columns.positions),
                remark="from columns; no names, one policy",
            ),
            Subject(
                "one by one: `position`",
                city.live,
                plain(lambda: [register.position(number, now) for number in answer["application"]]),
            ),
        ],
        "the same numbers in every way.",
        unit="row",
    )
