"""A load on a country in live order: `python -m live`, and with `--scaling` on 1 to N workers."""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import country
import kezek
import psutil  # type: ignore[import-untyped]
from live.engine import Engine
from live.load import Told, asked, check, send
from live.settlement import Asked

POLICY = "akmola-2018"


def killing(engine: Engine, at: int) -> Callable[[Told], None]:
    """Kills the worker that has done most, once so many commands are answered, and starts another a second later."""
    killed: list[float] = []

    def look(told: Told) -> None:
        if not killed and told.commands >= at:
            busiest = max(engine.workers, key=lambda worker: told.workers[worker.pid])
            engine.kill_worker(busiest)
            print(f"  after {told.commands} commands: SIGKILL for worker {busiest.pid}")
            killed.append(time.monotonic())
        elif len(killed) == 1 and time.monotonic() > killed[0] + 1:
            killed.append(engine.start_worker().pid)

    return look


def expected(name: str, commands: list[Asked]) -> kezek.Register:
    """What a register in this process makes of the same commands."""
    register = kezek.Register.open(POLICY, name=name)
    register.apply_many((one["do"], str(one["at"])) for one in commands)
    return register


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m live", description=__doc__)
    country.options(parser)
    parser.add_argument("--commands", type=int, default=400, help="of each settlement at most [400]")
    parser.add_argument("--workers", type=int, default=3, help="processes [3]")
    parser.add_argument("--batch", type=int, default=1, help="commands in one call [1]")
    parser.add_argument("--kill", action="store_true", help="kill a worker in the middle")
    parser.add_argument("--scaling", action="store_true", help="with 1, 2, … workers")
    parser.add_argument("--folder", type=Path, help="keeps the country there")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="kezek-live-") as scratch:
        made = country.make(
            given.folder or Path(scratch, "country"), given.settlements, given.children, given.years
        )
        load = {one.name: (one, asked(one, given.commands)) for one in made}
        total = sum(len(commands) for _, commands in load.values())
        print(
            f"{len(load)} settlements, {total} commands, {given.batch} in a call; {os.cpu_count()} processors"
        )
        for workers in range(1, given.workers + 1) if given.scaling else [given.workers]:
            with Engine(Path(scratch, f"engine-{workers}"), workers, policy=POLICY, played=True) as engine:
                meanwhile = killing(engine, total // 2) if given.kill else None
                before = [processor(), processor(engine.server), *map(processor, engine.pids)]
                told = asyncio.run(send(engine.url, load, batch=given.batch, twice=20, meanwhile=meanwhile))
                print(
                    f"{workers} workers: {told.commands / told.seconds:.0f} commands a second, "
                    f"half of the calls within {told.latency(0.5) * 1000:.0f} ms, "
                    f"99% within {told.latency(0.99) * 1000:.0f} ms; "
                    f"{told.denied} denied, {told.retried} sent again, {told.repeated} sent twice"
                )
                if not given.kill:
                    after = [processor(), processor(engine.server), *map(processor, engine.pids)]
                    spent = [(b - a) / told.commands * 1000 for a, b in zip(before, after, strict=True)]
                    print(
                        f"  processor time a command: server {spent[1]:.2f} ms, workers {sum(spent[2:]):.2f} ms, "
                        f"the load itself {spent[0]:.2f} ms"
                    )
                checked = [
                    check(engine.url, name, told.accepted[name], expected(name, commands))
                    for name, (_, commands) in load.items()
                ]
                events = sum(one.revision for one in checked)
                print(
                    f"  {len(checked)} records hold {events} events: every answer once, "
                    f"each replays to its writer's digest, both invariants hold; {engine.bytes_on_disk() / events:.0f} bytes on disk an event; "
                    f"workers hold {', '.join(f'{memory(pid):.0f}' for pid in engine.pids)} MB"
                )


def processor(pid: int | None = None) -> float:
    """The processor seconds of a process so far."""
    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)


def memory(pid: int) -> float:
    """The resident megabytes of a process."""
    return float(psutil.Process(pid).memory_info().rss) / 2**20


if __name__ == "__main__":
    main()
