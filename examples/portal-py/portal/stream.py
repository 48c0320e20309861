"""Server-sent events: a family's page hears at once what concerns it."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable

from .settlement import Settlement
from .writer import written

BEAT = 15.0
"""So often something is said, in seconds, so that nobody between takes the connection for dead."""

OTHERS = 2.0
"""What concerns others only makes a card old: that is told so often at the most."""

STEP = 0.5


async def said(
    settlement: Settlement, application: str, told: int, stopping: Callable[[], bool]
) -> AsyncIterator[str]:
    """What changes: `event: changed`, `id` the revision, `data` `{"revision","events"}` with the events of this
    application; without any where only its card has become old. Ends when the portal stops."""
    others_from, beat = 0.0, time.monotonic() + BEAT
    while not stopping():
        revision = settlement.register.revision
        events = settlement.index.events_of(application)
        new = bool(events) and events[-1].seq > told
        now = time.monotonic()
        if new or (revision > told and now >= others_from):
            own = [event for event in events if event.seq > told]
            data = written({"revision": revision, "events": own})
            yield f"event: changed\nid: {revision}\ndata: {data}\n\n"
            told, others_from, beat = revision, now + OTHERS, now + BEAT
            continue
        if now >= beat:
            yield ":\n\n"
            beat = now + BEAT
        await settlement.changed(revision, STEP)
