"""Threads: calls are kept apart, and long ones let others run."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import kezek
from conftest import NOW
from kezek.types import GivenChild


def town(children: int) -> list[tuple[dict[str, Any], Any]]:
    return [
        (
            {
                "type": "submit",
                "applicant": f"p:parent-{n}",
                "child": {"iin": f"p:child-{n}", "born": "2015-05-02"},
            },
            NOW + timedelta(seconds=n),
        )
        for n in range(children)
    ]


def test_a_batch_is_what_single_calls_are() -> None:
    one, other = kezek.Register.open("akmola-2018"), kezek.Register.open("akmola-2018")
    assert one.apply_many(town(50)) == [other.apply(command, now) for command, now in town(50)]
    assert one.digest() == other.digest()


def test_a_batch_that_cannot_be_read_changes_nothing() -> None:
    register = kezek.Register.open("akmola-2018")
    wrong: list[Any] = [({"type": "submit", "x": 1.5}, NOW), ({}, "yesterday"), 7]
    for bad in wrong:
        try:
            register.apply_many([*town(3), bad])
        except kezek.MalformedError as error:
            assert error.path.startswith("[3]")
        else:
            raise AssertionError("taken")
        assert register.revision == 1
    try:
        register.apply_many([*town(3), town(1)[0]])
    except kezek.ClockMovedBackError as error:
        assert error.path.startswith("[3]")
    assert register.revision == 4


def test_threads_share_a_register() -> None:
    register = kezek.Register.open("akmola-2018")
    later = NOW + timedelta(days=1)
    register.advance(later)

    def work(n: int) -> int:
        child: GivenChild = {"iin": f"p:child-{n}", "born": "2015-05-02"}
        number = register.submit(applicant=f"p:parent-{n}", child=child, now=later).events[0].application
        return register.position(number, later)["number"]

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(work, range(400))) == list(range(1, 401))
    assert kezek.Register.replay(register.events()).digest() == register.digest()


def test_long_calls_release_the_interpreter() -> None:
    register = kezek.Register.open("akmola-2018")
    register.apply_many(town(3_000))
    lines = "\n".join(event.to_json() for event in register.events())
    count, stop = 0, threading.Event()

    def busy() -> None:
        nonlocal count
        while not stop.is_set():
            count += 1

    thread = threading.Thread(target=busy)
    thread.start()
    try:
        before = count
        kezek.Register.replay(lines)
        during = count - before
    finally:
        stop.set()
        thread.join()
    # A held interpreter lets nobody count.
    assert during > 1_000
