"""Opening a settlement: out of its snapshot and its journal, or founding it."""

from __future__ import annotations

import logging

import kezek

from .clock import APART, Clock
from .config import Place
from .store import Store

log = logging.getLogger("portal")


def opened(place: Place, store: Store) -> kezek.Register:
    """The register of a settlement as its journal has it. Where there is no journal it is begun."""
    first = kezek.Register.open(place.policy, name=place.id, prefix=place.prefix).events()[0]
    store.found(place.id, first.to_json())
    register = _restored(place.id, store)
    if register is None:
        return kezek.Register.replay("\n".join(store.events_after(place.id, 0)))
    register.follow(map(kezek.Event.from_json, store.events_after(place.id, register.revision)))
    return register


def _restored(settlement: str, store: Store) -> kezek.Register | None:
    """Out of the snapshot. One that cannot be read is passed over: it only saves time."""
    body = store.snapshot(settlement)
    if body is None:
        return None
    try:
        return kezek.Register.restore(body)
    except kezek.Error as fault:
        log.warning("the snapshot is passed over", extra={"settlement": settlement, "fault": fault.code})
        return None


def contradicts(register: kezek.Register, clock: Clock, longest_stop: int | None) -> bool:
    """At the start there is no steady clock to hold the wall clock against; the journal has to do. It contradicts a clock
    that is behind its last event, and one by which something would fall due so many hours late: either nobody was here
    for so long, or the clock is wrong. People know which."""
    if longest_stop is None:
        return False
    now, due, last = clock.now(), register.next_deadline(), _last(register)
    behind = last is not None and now + APART < last
    return behind or (due is not None and due["at"].timestamp() + longest_stop * 3_600 < now)


def _last(register: kezek.Register) -> float | None:
    """When the last event happened; a register that is only open has none."""
    at = register.events(after=register.revision - 1)[0].at
    return None if at is None else at.timestamp()
