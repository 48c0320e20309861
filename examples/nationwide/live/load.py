"""A load: the journals of many settlements, sent as their families and kindergartens would, and what came back."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
import kezek

from country import Settlement
from live.invariants import check_invariants
from live.record import Record, read
from live.settlement import Answer, Asked, Standing


@dataclass
class Told:
    """What the callers know at the end."""

    commands: int = 0
    accepted: dict[str, dict[str, list[dict[str, Any]]]] = field(default_factory=dict)
    """By settlement and key: the events that its caller was answered."""
    denied: int = 0
    retried: int = 0
    """Calls whose end was unknown, and were sent again."""
    repeated: int = 0
    """Calls that were sent twice on purpose."""
    workers: Counter[int] = field(default_factory=Counter)
    """Calls by the process that did them."""
    seconds: float = 0
    latencies: list[float] = field(default_factory=list)
    """Of each call, in seconds."""

    def latency(self, share: float) -> float:
        """Within which so great a share of the calls was answered."""
        return sorted(self.latencies)[min(len(self.latencies) - 1, int(share * len(self.latencies)))]


def asked(settlement: Settlement, limit: int | None = None) -> list[Asked]:
    """The commands of a journal, each with a key of its own."""
    rows = [row for row in settlement.rows() if "do" in row][:limit]
    return [
        {"do": row["do"] | {"key": f"{settlement.name}-{n}"}, "at": row["at"]} for n, row in enumerate(rows)
    ]


async def _call(client: httpx.AsyncClient, name: str, some: list[Asked], told: Told) -> Answer:
    """Sends until there is an answer. No key of Restate's: that of each command must be enough."""
    while True:
        try:
            answer = await client.post(f"/Settlement/{name}/command", json=some)
            if answer.status_code == httpx.codes.OK:
                found: Answer = answer.json()
                return found
        except httpx.TransportError:
            pass
        told.retried += 1
        await asyncio.sleep(0.1)


async def _settlement(
    client: httpx.AsyncClient,
    settlement: Settlement,
    commands: list[Asked],
    batch: int,
    told: Told,
    twice: int,
) -> None:
    """One settlement's load, in order. Every `twice`-th call is sent a second time, as a lost answer would be."""
    accepted = told.accepted.setdefault(settlement.name, {})
    for number, first in enumerate(range(0, len(commands), batch)):
        some = commands[first : first + batch]
        began = time.monotonic()
        answer = await _call(client, settlement.name, some, told)
        told.latencies.append(time.monotonic() - began)
        told.workers[answer["worker"]] += 1
        for one, done in zip(some, answer["done"], strict=True):
            if done["error"] is not None:
                raise AssertionError(f"{settlement.name}: {one} is {done['error']}")
            if done["denials"]:
                told.denied += 1
            else:
                accepted[one["do"]["key"]] = done["events"]
        told.commands += len(some)
        if twice and number % twice == 0:
            told.repeated += 1
            again = await _call(client, settlement.name, some, told)
            for first_time, now in zip(answer["done"], again["done"], strict=True):
                if not first_time["denials"] and now != first_time:
                    raise AssertionError(f"{settlement.name}: another answer to a repeated command")


async def send(
    url: str,
    load: dict[str, tuple[Settlement, list[Asked]]],
    *,
    batch: int = 1,
    twice: int = 0,
    meanwhile: Callable[[Told], None] | None = None,
) -> Told:
    """Sends every settlement's commands, settlements side by side. `meanwhile` is asked fifty times a second."""
    told, began = Told(), time.monotonic()
    limits = httpx.Limits(max_connections=len(load) + 2)
    async with httpx.AsyncClient(base_url=url, timeout=120, limits=limits) as client:
        work = [
            asyncio.create_task(_settlement(client, settlement, commands, batch, told, twice))
            for settlement, commands in load.values()
        ]
        if meanwhile is not None:
            while not all(task.done() for task in work):
                await asyncio.to_thread(meanwhile, told)
                await asyncio.sleep(0.02)
        await asyncio.gather(*work)
    told.seconds = time.monotonic() - began
    return told


@dataclass
class Checked:
    """What a settlement's record says, beside what its writer and its callers say."""

    revision: int
    digest: str
    events: int


def check(
    url: str, name: str, told: dict[str, list[dict[str, Any]]], expected: kezek.Register | None
) -> Checked:
    """Holds a settlement's record against its writer, its callers, the two invariants, and a register that played
    the same commands here."""
    with httpx.Client(base_url=url, timeout=60) as client:
        standing: Standing = client.post(f"/Settlement/{name}/standing").raise_for_status().json()
        record: Record = client.post(f"/Settlement/{name}/record", json=False).raise_for_status().json()
    whole = read({"pack": None, "journal": record["journal"]}, standing["revision"])
    events = whole.events()
    if (whole.revision, whole.digest()) != (standing["revision"], standing["digest"]):
        raise AssertionError(f"{name}: the record replays to another register than its writer's")
    stored = {event.seq: json.loads(event.to_json()) for event in events}
    by_key = Counter(event["key"] for event in stored.values() if "key" in event)
    for key, answered in told.items():
        if any(stored.get(event["seq"]) != event for event in answered):
            raise AssertionError(f"{name}: {key} was answered, and is not in the record")
    if set(by_key) != set(told) or any(times != 1 for times in by_key.values()):
        raise AssertionError(f"{name}: what was done is not what was answered, each once")
    check_invariants(whole)
    if expected is not None and expected.digest() != whole.digest():
        raise AssertionError(f"{name}: not what a register makes of the same commands")
    return Checked(whole.revision, whole.digest(), len(events))
