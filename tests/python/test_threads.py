"""Threads: calls are kept apart, and long ones let others run."""

from __future__ import annotations

import gc
import sys
import sysconfig
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
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


THREADS = 8
LATER = NOW + timedelta(days=400)


def together(*jobs: Callable[[], object]) -> None:
    """Runs jobs at the same time; one that fails, or does not end within two minutes, is an error."""
    failed: list[BaseException] = []
    start = threading.Barrier(len(jobs))

    def run(job: Callable[[], object]) -> None:
        try:
            start.wait()
            job()
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=run, args=[job], daemon=True) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert not any(thread.is_alive() for thread in threads), "a deadlock"
    assert not failed, failed


def submitted(n: int) -> dict[str, Any]:
    benefit = {"benefit": "orphan", "documents": 1} if n % 5 == 0 else {}
    child = {"iin": f"p:child-{n}", "born": f"201{3 + n % 3}-05-02"}
    return {"type": "submit", "applicant": f"p:parent-{n}", "child": child, **benefit}


def year(children: int) -> list[tuple[dict[str, Any], datetime]]:
    """A year of a town: children come, places too, and most turns lapse."""
    rows = [(submitted(n), NOW + timedelta(hours=n)) for n in range(children)]
    place: dict[str, Any] = {"type": "publish_vacancy", "group_year": 2014, "places": 2}
    place |= {"kindergarten": "bobek", "language": "kk"}
    for n in range(0, children, 4):
        rows.append(({**place, "group_year": 2013 + n % 3}, NOW + timedelta(days=20 + n)))
    return [*rows, (place, LATER)]


def told(rows: list[tuple[dict[str, Any], datetime]]) -> kezek.Register:
    register = kezek.Register.open("akmola-2018")
    for command, now in rows:
        register.apply(command, now)
    return register


def test_a_python_without_the_lock_stays_without_it() -> None:
    enabled = getattr(sys, "_is_gil_enabled", lambda: True)()
    assert enabled is not bool(sysconfig.get_config_var("Py_GIL_DISABLED"))


def test_many_registers_at_once_are_what_each_is_alone() -> None:
    rows = year(60)
    digest = told(rows).digest()
    digests: list[str] = []
    together(*[lambda: digests.append(told(rows).digest())] * THREADS)
    assert digests == [digest] * THREADS


def test_many_writers_of_one_register_are_a_sequence() -> None:
    register = kezek.Register.open("akmola-2018")
    register.advance(NOW)

    def write(mine: int) -> None:
        for n in range(mine, 400, THREADS):
            register.apply(submitted(n), NOW).raise_for_denial()

    def batch() -> None:
        register.apply_many([(submitted(n), NOW) for n in range(400, 440)])

    together(batch, *[lambda mine=mine: write(mine) for mine in range(THREADS)])
    # The journal tells in which order they came: one after the other they do the same.
    order = [int(event.child["iin"].removeprefix("p:child-")) for event in register.events()[1:]]
    assert sorted(order) == list(range(440))
    assert [n for n in order if n >= 400] == list(range(400, 440))
    alone = kezek.Register.open("akmola-2018")
    alone.advance(NOW)
    alone.apply_many([(submitted(n), NOW) for n in order])
    assert alone.digest() == register.digest()
    assert kezek.Register.replay(register.events()).digest() == register.digest()


def test_who_reads_changes_nothing_and_sees_whole_things() -> None:
    rows = year(60)
    register, copy = kezek.Register.open("akmola-2018"), kezek.Register.open("akmola-2018")
    done = threading.Event()

    def write() -> None:
        try:
            for command, now in rows:
                register.apply(command, now)
        finally:
            done.set()

    def read() -> None:
        while not done.is_set():
            now = register.now or NOW
            try:
                numbers = register.positions(now)["number"].to_list()
                agenda = register.deadlines(now=now)["at"].to_list()
            except (kezek.ClockMovedBackError, kezek.NotSettledError):
                continue  # The writer was faster.
            assert numbers == list(range(1, len(numbers) + 1)) and agenda == sorted(agenda)

    def keep() -> None:
        while not done.is_set():
            restored = kezek.Register.restore(register.snapshot())
            assert restored.digest() == kezek.Register.replay(restored.events()).digest()
            gc.collect()

    def follow() -> None:
        over = False
        while not over:
            over = done.is_set()
            copy.follow(register.events(after=copy.revision))

    together(write, follow, keep, *[read] * (THREADS - 3))
    assert register.digest() == copy.digest() == told(rows).digest()


def test_what_is_immutable_is_shared() -> None:
    register = told(year(30))
    events, table = register.events(), register.positions(LATER)
    card = register.card(table["application"][0], LATER)
    texts, calendar = kezek.Texts("kk", register.policy), kezek.Calendar.kazakhstan()
    days = [NOW.date() + timedelta(days=n) for n in range(300)]

    def ask() -> object:
        said = [(texts.event(event), event.to_dict()) for event in events]
        ends = calendar.add_working_days(days, 5)
        return said, ends, table.to_dict(), card.permissions(LATER), card.to_dict()

    alone, answers = ask(), list[object]()
    together(*[lambda: answers.append(ask())] * THREADS)
    assert answers == [alone] * THREADS
