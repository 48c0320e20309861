"""Messages on their way: each in the transaction of its event, sent until it is taken, by an id that makes twice harmless."""

from __future__ import annotations

import asyncio
import logging
import os
import urllib.request
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from .settlement import Settlement
from .store import Parcel, Store, StoreError

log = logging.getLogger("portal")

MANY = 200


class Outbox:
    """Sends what waits: PUT to `URL/ID`, or a file `FOLDER/ID.json`. (docs/portal.md)"""

    def __init__(self, store: Store, url: str | None, folder: Path | None) -> None:
        self._store, self._url, self._folder = store, url, folder
        self._tasks: list[asyncio.Task[None]] = []

    def start(self, settlements: Mapping[str, Settlement]) -> None:
        self._tasks = [asyncio.create_task(self._work(one)) for one in settlements.values()]

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _work(self, settlement: Settlement) -> None:
        pause = 0.5
        while True:
            try:
                sent = await asyncio.to_thread(self._turn, settlement)
                pause = 0.05 if sent else 0.5
            except (OSError, StoreError) as fault:
                log.warning("messages wait", extra={"settlement": settlement.id, "fault": type(fault).__name__})
                pause = min(60.0, max(1.0, pause * 2))
            await asyncio.sleep(pause)

    def _turn(self, settlement: Settlement) -> int:
        waiting = self._store.parcels(settlement.id, MANY)
        sent: list[Parcel] = []
        try:
            for parcel in waiting:
                self._send(settlement.id, parcel)
                sent.append(parcel)
        finally:
            if sent:
                self._store.mark(settlement.id, sent, datetime.now(UTC).isoformat(timespec="seconds"))
        return len(sent)

    def _send(self, settlement: str, parcel: Parcel) -> None:
        name = f"{settlement}-{parcel.seq}-{parcel.part}"
        if self._folder is not None:
            new = self._folder / f".{name}.new"
            with new.open("w") as file:
                file.write(parcel.body)
                file.flush()
                os.fsync(file.fileno())
            new.rename(self._folder / f"{name}.json")
        if self._url is not None:
            request = urllib.request.Request(f"{self._url}/{name}", parcel.body.encode(), method="PUT")
            request.add_header("content-type", "application/json")
            urllib.request.urlopen(request, timeout=10).close()
