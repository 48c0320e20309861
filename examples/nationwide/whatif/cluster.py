"""The tasks of a country on Dask, with a worker that may be killed."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import dask
import distributed

from country import ROOT, Settlement
from whatif.compare import Result, compare


# Dask's own functions have no types.
Client: Any = distributed.Client
LocalCluster: Any = distributed.LocalCluster


@contextmanager
def cluster(workers: int) -> Iterator[Any]:
    """So many worker processes on this machine, each with one thread. Elsewhere: `Client(address)`."""
    # A worker's own folder of modules is this one; no page is served.
    path = os.pathsep.join([str(ROOT / "examples/nationwide"), os.environ.get("PYTHONPATH", "")])
    settings = {"distributed.nanny.environ.PYTHONPATH": path, "distributed.logging.distributed": "critical"}
    with (
        dask.config.set(settings),
        LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            dashboard_address="127.0.0.1:0",
            silence_logs=50,
        ) as local,
        Client(local) as client,
    ):
        client.wait_for_workers(workers)
        yield client


def run(
    client: Any,
    settlements: list[Settlement],
    lived_by: str,
    policies: list[Any],
    *,
    recorded: bool = False,
    kill_after: int | None = None,
) -> tuple[list[Result], int | None]:
    """Every settlement's result, and the process that was killed.

    `kill_after`: once so many tasks are done, the worker that is busy and has most of their results gets SIGKILL:
    what it was doing, and what only it knew, is done again by the others.
    """
    # The large ones first: at the end nobody waits for one that began late. Keys of this run only: Dask would
    # answer those of an earlier one with what it still holds.
    number = uuid4().hex
    tasks = [
        client.submit(compare, one, lived_by, policies, recorded, key=f"{one.name}-{number}", pure=False)
        for one in sorted(settlements, key=lambda one: -one.children)
    ]
    killed = None if kill_after is None else kill(client, tasks, kill_after)
    results: list[Result] = client.gather(tasks)
    return results, killed


def kill(client: Any, tasks: list[Any], after: int) -> int:
    """Waits until so many are done, and kills."""
    pids: dict[str, int] = client.run(os.getpid)
    while True:
        done = sum(task.done() for task in tasks)
        if done == len(tasks):
            raise RuntimeError("all was done before a worker could be killed: ask for more settlements")
        busy, held = client.processing(), client.has_what()
        able = [worker for worker in pids if busy.get(worker) and held.get(worker)]
        if done >= after and able:
            chosen = max(able, key=lambda worker: len(held[worker]))
            os.kill(pids[chosen], signal.SIGKILL)
            return pids[chosen]
        time.sleep(0.005)
