"""Messages on their way: every one at least once, and each under its own name, so that whoever takes them knows one that
comes again after a crash (docs/portal.md)."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import urllib.request
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from .meter import Meter
from .settlement import Settlement
from .store import Parcel, Store
from .writer import moment

log = logging.getLogger("portal")

MANY = 128
"""So many messages are read at a time."""

AT_ONCE = 16
"""So many are on their way at a time."""

LONGEST = 60.0
"""The longest wait after a failure, in seconds."""

class Outbox:
    """Sends what waits: PUT to `URL/ID`, or a file `FOLDER/ID.json`."""

    def __init__(self, store: Store, meter: Meter, url: str | None, folder: Path | None) -> None:
        self._store, self._meter = store, meter
        self._url, self._folder = url and url.rstrip("/"), folder
        # The receiver stands beside the portal: no proxy is between.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        self._tasks: list[asyncio.Task[None]] = []
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)

    def start(self, settlements: Mapping[str, Settlement]) -> None:
        self._tasks = [asyncio.create_task(self._work(one)) for one in settlements.values()]

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _work(self, settlement: Settlement) -> None:
        wait = 1.0
        while True:
            revision = settlement.register.revision
            try:
                more, wait = await self._deliver(settlement), 1.0
                if not more:
                    # Another process may have left something behind, too.
                    await settlement.changed(revision, 5.0)
            except Exception as fault:
                # Whatever a receiver does: what waits is tried again.
                log.warning("messages wait", extra={"settlement": settlement.id, "fault": type(fault).__name__})
                await asyncio.sleep(wait)
                wait = min(LONGEST, wait * 2)

    async def _deliver(self, settlement: Settlement) -> bool:
        """Sends some; whether there were any. Raises what the first that was not taken met."""
        waiting = await asyncio.to_thread(self._store.parcels, settlement.id, MANY)
        if not waiting:
            return False
        # As of now: what has fallen due may make a message late that has waited.
        late = await settlement.ask(lambda now: [one for one in waiting if _is_late(settlement, one, now)])
        await self._mark(settlement, late, "late", "late")
        timely = [one for one in waiting if one not in late]
        gate = asyncio.Semaphore(AT_ONCE)

        async def send(parcel: Parcel) -> None:
            async with gate:
                await asyncio.to_thread(self._send, settlement.id, parcel)

        ends = await asyncio.gather(*map(send, timely), return_exceptions=True)
        sent = [parcel for parcel, end in zip(timely, ends) if end is None]
        now = moment(settlement.register, settlement.clock.now())
        zone = None if settlement.register.now is None else settlement.register.now.tzinfo
        await self._mark(settlement, sent, now.astimezone(zone).isoformat(), "sent")
        self._meter.messages(settlement.id, "failed", len(timely) - len(sent))
        for end in ends:
            if isinstance(end, BaseException):
                raise end
        return True

    async def _mark(self, settlement: Settlement, parcels: Sequence[Parcel], sent_at: str, result: str) -> None:
        if parcels:
            await asyncio.to_thread(self._store.mark, settlement.id, parcels, sent_at)
            self._meter.messages(settlement.id, result, len(parcels))

    def _send(self, settlement: str, parcel: Parcel) -> None:
        name = f"{settlement}-{parcel.seq}-{parcel.part}"
        if self._folder is not None:
            new = self._folder / f".{name}.new"
            with new.open("w", encoding="utf-8") as file:
                file.write(parcel.body)
                file.flush()
                os.fsync(file.fileno())
            new.rename(self._folder / f"{name}.json")
        if self._url is not None:
            request = urllib.request.Request(f"{self._url}/{name}", parcel.body.encode(), method="PUT")
            request.add_header("content-type", "application/json")
            self._opener.open(request, timeout=10).close()

def _is_late(settlement: Settlement, parcel: Parcel, now: datetime) -> bool:
    """Whether the matter is over by now, though it was not when the message was made. Where that cannot be told, it is
    sent."""
    if parcel.seq > len(settlement.index.journal):
        return False
    event = settlement.index.journal[parcel.seq - 1]
    to = json.loads(parcel.body)["to"]
    return any(message["late"] and message["to"] == to for message in settlement.register.messages(event, now))
