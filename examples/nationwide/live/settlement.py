"""A settlement as a Restate object: its calls come one at a time, and each is done to its end, whatever dies.

A call may be tried again by another worker, which repeats what the first had written down. So the steps that
Restate records never depend on what a worker has in memory: a register that is not there is read beside the
call, through the shared handler `record`, up to the revision that the call itself has recorded.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any, TypedDict

import httpx
import kezek
import restate
from restate import ObjectContext, ObjectSharedContext, VirtualObject
from restate.retry_policy import InvocationRetryPolicy

from live import record
from live.clock import Clock
from live.record import EMPTY, Head, Pack, Record

POLICY = os.environ.get("KEZEK_POLICY", "akmola-2018")
PLAYED = os.environ.get("KEZEK_PLAYED") == "1"
"""Commands bring their own time, and no timer runs: a load that is played can be held against a register."""
INGRESS = os.environ.get("RESTATE_INGRESS", "http://127.0.0.1:8080")
CLOCK = Clock.here()

PACK_EVERY = 1000
"""Events after which the entries are put together and a new pack is made."""
IN_MEMORY = 2000
"""Settlements that a worker keeps; the one that was longest not asked goes first."""


class Asked(TypedDict):
    """One command; `at` only where the load is played."""

    do: dict[str, Any]
    at: str | None


class Done(TypedDict):
    """What became of a command. One of `denials` and `error` says why nothing was done."""

    events: list[dict[str, Any]]
    denials: list[Mapping[str, Any]]
    error: dict[str, Any] | None


class Answer(TypedDict):
    """The answer to a call."""

    revision: int
    done: list[Done]
    worker: int
    """The process that did it."""


class Standing(TypedDict):
    """Where a settlement stands."""

    revision: int
    digest: str


settlement = VirtualObject(
    "Settlement",
    state_preload=False,
    journal_retention=timedelta(0),
    invocation_retry_policy=InvocationRetryPolicy(
        initial_interval=timedelta(milliseconds=50), max_interval=timedelta(seconds=1)
    ),
)

_memory: OrderedDict[str, tuple[str, kezek.Register]] = OrderedDict()
"""By settlement: the chain of its record, and its register."""
_client = httpx.AsyncClient(base_url=INGRESS, timeout=30)


async def _opened(key: str, head: Head) -> kezek.Register:
    """The register at the head of its record. It is taken out of memory until `_remember`."""
    chain, register = _memory.pop(key, ("", None))
    if register is not None and chain == head["chain"]:
        return register
    if head["revision"] == 0:
        return kezek.Register.open(POLICY, name=key)
    register = record.read(await _record(key, head["packed"] > 0), head["revision"])
    if register.revision != head["revision"]:
        raise RuntimeError(f"{key}: the record was read while it changed")  # Restate tries again.
    return register


async def _record(key: str, packed: bool) -> Record:
    """The record as it stands, read beside the call."""
    answer = await _client.post(f"/Settlement/{key}/record", json=packed)
    answer.raise_for_status()
    found: Record = answer.json()
    return found


def _remember(key: str, chain: str, register: kezek.Register) -> None:
    _memory[key] = (chain, register)
    if len(_memory) > IN_MEMORY:
        _memory.popitem(last=False)


async def _do(key: str, register: kezek.Register, asked: Asked, clock: datetime) -> Done:
    """Does one command; a repeated one is answered as the first time."""
    now = datetime.fromisoformat(asked["at"]) if PLAYED and asked["at"] else clock
    now = max(now, register.now or now)
    try:
        outcome = register.apply(asked["do"], now)
    except kezek.NotFoundError:
        # Done before the pack: the record has the answer.
        whole = record.read(await _record(key, False), register.revision)
        outcome = whole.apply(asked["do"], now)
    except kezek.Error as error:
        return {"events": [], "denials": [], "error": {"code": error.code, "path": error.path}}
    told = outcome.to_dict()
    return {"events": told["events"], "denials": told["denials"], "error": None}


def _alarm(ctx: ObjectContext, register: kezek.Register, head: Head, real: float) -> str | None:
    """Sets the durable timer for the next deadline, unless one for it or for an earlier moment is set."""
    due = register.next_deadline()
    if PLAYED or due is None:
        return head["alarm"]
    if head["alarm"] is not None and datetime.fromisoformat(head["alarm"]) <= due["at"]:
        return head["alarm"]
    at = due["at"].isoformat()
    ctx.object_send(settle, ctx.key(), at, send_delay=CLOCK.until(due["at"], real))
    return at


def _keep(ctx: ObjectContext, register: kezek.Register, head: Head, real: float) -> None:
    """Adds to the record what the register has done since its head, and answers for nothing before that."""
    added, chain = register.events(head["revision"]), head["chain"]
    if added:
        text = record.body(added)
        chain = record.linked(chain, text)
        ctx.set(record.entry(head["revision"] + 1, register.revision), text)
    after: Head = {
        "revision": register.revision,
        "chain": chain,
        "alarm": _alarm(ctx, register, head, real),
        "packed": head["packed"],
    }
    if after != head:
        ctx.set("head", after)
    if head["revision"] // PACK_EVERY != register.revision // PACK_EVERY:
        ctx.object_send(tidy, ctx.key(), None)
    _remember(ctx.key(), chain, register)


@settlement.handler()
async def command(ctx: ObjectContext, asked: list[Asked]) -> Answer:
    """Does commands in order, together: all of them become part of the record, or none yet."""
    head = await ctx.get("head", type_hint=Head) or EMPTY
    real = await ctx.time()
    register = await _opened(ctx.key(), head)
    clock = CLOCK.at(real).astimezone(timezone.utc)
    done = [await _do(ctx.key(), register, one, clock) for one in asked]
    revision = register.revision
    _keep(ctx, register, head, real)
    return {"revision": revision, "done": done, "worker": os.getpid()}


@settlement.handler()
async def settle(ctx: ObjectContext, at: str) -> None:
    """The durable timer's call: settles what fell due. A timer that was overtaken by an earlier one is void."""
    head = await ctx.get("head", type_hint=Head) or EMPTY
    if head["alarm"] != at:
        return
    real = await ctx.time()
    register = await _opened(ctx.key(), head)
    now = max(CLOCK.at(real), datetime.fromisoformat(at))
    register.advance(max(now, register.now or now))
    _keep(ctx, register, {**head, "alarm": None}, real)


@settlement.handler()
async def tidy(ctx: ObjectContext, _: None) -> None:
    """Puts the entries since the last pack together, and makes a new pack."""
    head = await ctx.get("head", type_hint=Head) or EMPTY
    names = record.in_order(await ctx.state_keys(), head["packed"])
    if head["revision"] == head["packed"]:
        return
    bodies = [await ctx.get(name, type_hint=str) or "" for name in names]
    register = await _opened(ctx.key(), head)
    ctx.set("pack", record.pack(register))
    # The long entry first: at no moment is an event missing.
    if len(names) > 1:
        ctx.set(record.entry(record.span(names[0])[0], head["revision"]), "\n".join(bodies))
        for name in names:
            ctx.clear(name)
    ctx.set("head", Head(**{**head, "packed": head["revision"]}))
    _remember(ctx.key(), head["chain"], register)


@settlement.handler(name="record", kind="shared")
async def record_(ctx: ObjectSharedContext, packed: bool) -> Record:
    """The record: from its last pack on, or whole. Readers do not wait for the writer."""
    kept = await ctx.get("pack", type_hint=Pack) if packed else None
    while True:
        names = record.in_order(await ctx.state_keys(), kept["revision"] if kept else 0)
        journal = [await ctx.get(name, type_hint=str) for name in names]
        found = [part for part in journal if part is not None]
        if len(found) == len(names):  # Else they were put together meanwhile.
            return {"pack": kept, "journal": found}


@settlement.handler()
async def standing(ctx: ObjectContext, _: None) -> Standing:
    """What the settlement's writer believes: its digest, to be held against a replay of the record."""
    head = await ctx.get("head", type_hint=Head) or EMPTY
    register = await _opened(ctx.key(), head)
    _remember(ctx.key(), head["chain"], register)
    return {"revision": register.revision, "digest": register.digest()}


app = restate.app([settlement])
