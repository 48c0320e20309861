"""Live order: a worker dies in the middle, and nothing is lost, nothing done twice."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import kezek
import pytest

from country import Settlement

pytest.importorskip(
    "restate", reason="Restate's SDK is not installed: pip install -r examples/nationwide/requirements.txt"
)
pytest.importorskip(
    "hypercorn", reason="hypercorn is not installed: pip install -r examples/nationwide/requirements.txt"
)

from live import record  # noqa: E402
from live.__main__ import expected, killing  # noqa: E402
from live.clock import Clock  # noqa: E402
from live.engine import Engine, NoEngine, binary, wait_for  # noqa: E402
from live.invariants import check_invariants  # noqa: E402
from live.load import asked, check, send  # noqa: E402


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    try:
        binary()
    except NoEngine as missing:
        pytest.skip(str(missing))
    yield tmp_path


def test_a_worker_dies_under_load(country: list[Settlement], folder: Path) -> None:
    load = {one.name: (one, asked(one, 150)) for one in country[:6]}
    # The largest for long enough that its record is put together and packed.
    load[country[0].name] = (country[0], asked(country[0]))
    total = sum(len(commands) for _, commands in load.values())
    with Engine(folder, 3, played=True) as engine:
        before = {worker.pid for worker in engine.workers}
        told = asyncio.run(send(engine.url, load, batch=10, twice=4, meanwhile=killing(engine, total // 3)))
        after = {worker.pid for worker in engine.workers}
        assert len(before - after) == 1, "one was killed"
        assert before - after <= set(told.workers), "which had worked"
        assert (before & after) <= set(told.workers)
        assert told.commands == total and told.repeated > 0
        checks = {
            name: check(engine.url, name, told.accepted[name], expected(name, commands))
            for name, (_, commands) in load.items()
        }
        kept = httpx.post(f"{engine.url}/Settlement/{country[0].name}/record", json=True).json()
        assert checks[country[0].name].revision > 1000 and kept["pack"] is not None
        # The server too: what it had answered for is on its disk.
        engine.kill_server()
        engine.start_server()
        for name, (_, commands) in load.items():
            assert check(engine.url, name, told.accepted[name], expected(name, commands)) == checks[name]


def test_a_deadline_outlives_the_worker_that_set_it(folder: Path) -> None:
    # A day is a second: the choice window of three working days lapses in three to five.
    clock = Clock(datetime.fromisoformat("2018-01-10T09:00:00+06:00"), time.time(), 86_400)
    with Engine(folder, 1, clock=clock) as engine, httpx.Client(base_url=engine.url, timeout=30) as client:
        child = {"iin": "p:child-1", "born": "2015-05-02"}
        told = [
            {"at": None, "do": {"type": "submit", "applicant": "p:parent-1", "child": child}},
            {
                "at": None,
                "do": {
                    "type": "publish_vacancy",
                    "kindergarten": "bobek",
                    "group_year": 2015,
                    "language": "ru",
                    "places": 1,
                },
            },
        ]
        answer = client.post("/Settlement/one/command", json=told).raise_for_status().json()
        turn = answer["done"][1]["events"][1]
        assert turn["type"] == "turn_came"
        engine.kill_worker(engine.workers[0])
        engine.start_worker()

        def events() -> list[kezek.Event]:
            found = client.post("/Settlement/one/record", json=False).raise_for_status().json()
            return [kezek.Event.from_json(line) for part in found["journal"] for line in part.split("\n")]

        wait_for(lambda: any(event.type == "turn_lapsed" for event in events()), "the turn's lapse", 30)
        lapsed = next(event for event in events() if event.type == "turn_lapsed")
        assert lapsed.at == datetime.fromisoformat(turn["choose_by"])
        # Nobody sent a command: the next deadline is waited for in the same way.
        assert [event.type for event in events()][-1] in ("seats_opened", "turn_lapsed", "closed")


def test_the_answer_to_an_old_command_comes_from_the_record(country: list[Settlement], folder: Path) -> None:
    one = country[0]
    commands = asked(one)
    with Engine(folder, 1, played=True) as engine, httpx.Client(base_url=engine.url, timeout=60) as client:
        first = client.post("/Settlement/s/command", json=commands[:1]).raise_for_status().json()
        client.post("/Settlement/s/command", json=commands[1:]).raise_for_status()
        wait_for(
            lambda: client.post("/Settlement/s/record", json=True).json()["pack"] is not None, "the pack"
        )
        again = client.post("/Settlement/s/command", json=commands[:1]).raise_for_status().json()
        assert again["done"] == first["done"]
        assert again["revision"] > first["revision"]
        other = {"at": commands[0]["at"], "do": commands[1]["do"] | {"key": commands[0]["do"]["key"]}}
        refused = client.post("/Settlement/s/command", json=[other]).raise_for_status().json()
        assert refused["done"][0]["error"]["code"] == "key_conflict"


def test_a_record_is_read_with_each_event_once() -> None:
    names = ["head", "pack", "e000000001-000000003", "e000000004-000000004", "e000000005-000000009"]
    assert record.in_order(names, 0) == names[2:]
    assert record.in_order(names, 4) == names[4:]
    # While they are put together the long one stands beside the short ones.
    long = record.entry(1, 9)
    assert record.in_order([*names, long], 0) == [long]
    assert record.in_order([*names[:2], names[4], long], 0) == [long]


def test_the_clock_runs_fast_and_waits_short() -> None:
    clock = Clock(datetime.fromisoformat("2018-01-10T09:00:00+06:00"), 1000, 3600)
    assert clock.at(1002) == datetime.fromisoformat("2018-01-10T11:00:00+06:00")
    assert clock.until(clock.at(1004), 1002) == timedelta(seconds=2)
    assert clock.until(clock.at(1001), 1002) == timedelta()


def test_the_invariants_are_looked_at(country: list[Settlement]) -> None:
    register = expected("s", asked(country[0], 400))
    check_invariants(register)
    assert any(row["filled"] for row in register.vacancies(now=register.now or ""))
