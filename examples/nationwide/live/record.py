"""A settlement's journal as the state of its object: the record is the truth, a pack only saves time.

    head                    where the journal ends: revision, chain, the alarm that is set, the revision of the pack
    e000000001-000000007    events 1 to 7, one JSON a line: what one call added, or many of them put together
    pack                    the register without its history, as base64, at some revision

The chain is a SHA-256 over all that was ever added, so a register in some worker's memory is known to be that of
this record, and not of an attempt that never became part of it.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from typing import TypedDict

import kezek


class Head(TypedDict):
    """Where a journal ends."""

    revision: int
    chain: str
    alarm: str | None
    """The moment of the durable timer that is set, on the settlement's clock."""
    packed: int
    """The revision of the pack; 0 without one."""


class Pack(TypedDict):
    """A register at rest."""

    revision: int
    body: str


class Record(TypedDict):
    """What a worker reads that does not have the settlement in memory."""

    pack: Pack | None
    journal: list[str]
    """The events after the pack, or all of them: the bodies of entries, in order."""


EMPTY: Head = {"revision": 0, "chain": "", "alarm": None, "packed": 0}


def entry(first: int, last: int) -> str:
    """The name of a journal entry."""
    return f"e{first:09}-{last:09}"


def span(name: str) -> tuple[int, int]:
    """The first and the last event of an entry."""
    first, last = name.removeprefix("e").split("-")
    return int(first), int(last)


def in_order(names: Iterable[str], after: int) -> list[str]:
    """The entries that hold the events after a revision, each event once.

    While small entries are put together the long one stands beside them: of two that begin at the same
    event the longer one counts.
    """
    found, reached = list[str](), after
    entries = (name for name in names if name.startswith("e"))
    for name in sorted(entries, key=lambda name: (span(name)[0], -span(name)[1])):
        if span(name)[1] > reached:
            found.append(name)
            reached = span(name)[1]
    return found


def body(events: Iterable[kezek.Event]) -> str:
    """Events as an entry holds them."""
    return "\n".join(event.to_json() for event in events)


def linked(chain: str, added: str) -> str:
    """The chain after a body was added."""
    return hashlib.sha256(f"{chain}\n{added}".encode()).hexdigest()


def pack(register: kezek.Register) -> Pack:
    """The register without its history, which is in the record: a few dozen bytes an application."""
    register.leave_history()
    return {"revision": register.revision, "body": base64.b64encode(register.pack()).decode()}


def read(record: Record, revision: int) -> kezek.Register:
    """The register of a record at a revision. The record may have grown since: what is later is left out."""
    kept = record["pack"]
    register = kezek.Register.unpack(base64.b64decode(kept["body"])) if kept else None
    after = register.revision if register else 0
    lines = [line for part in record["journal"] for line in part.split("\n")]
    events = [kezek.Event.from_json(line) for line in lines]
    wanted = [event for event in events if after < event.seq <= revision]
    if register is None:
        return kezek.Register.replay(wanted)
    register.follow(wanted)
    return register
