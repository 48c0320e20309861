"""The portal as a whole: its settlements, who may come, and what runs beside the requests."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from fastapi import FastAPI, Request

from .clock import Clock
from .config import Caller, Config
from .demo import Demo
from .meter import Meter
from .outbox import Outbox
from .problem import Problem
from .settlement import Settlement
from .store import Store, StoreError

log = logging.getLogger("portal")

COMPARE = 10.0
"""So often our clock is held against the database's, in seconds."""

PATIENCE = 2.0
"""So long a question to the database may take that only health or metrics ask."""


@dataclass
class Portal:
    """What every request may need."""

    config: Config
    store: Store
    clock: Clock
    settlements: dict[str, Settlement]
    meter: Meter = field(default_factory=Meter)
    outbox: Outbox | None = None
    page: Path | None = None
    demo: Demo | None = None
    stopping: bool = False

    # Who asks, and where.

    def caller(self, request: Request) -> Caller | None:
        """Whoever asks; nobody in particular without a token."""
        header = request.headers.get("authorization")
        if header is None:
            return None
        scheme, _, token = header.partition(" ")
        caller = self.config.tokens.caller(token.strip()) if scheme.lower() == "bearer" else None
        if caller is None:
            raise Problem(401, "unauthorized")
        return caller

    def known(self, request: Request) -> Caller:
        """Somebody with a token."""
        caller = self.caller(request)
        if caller is None:
            raise Problem(401, "unauthorized")
        return caller

    def at(self, request: Request) -> Settlement:
        """The settlement that the address names, where the caller's token is good."""
        caller = self.caller(request)
        found = self.settlements.get(request.path_params["settlement"])
        if found is None:
            raise Problem(404, "not_found")
        if caller is not None and not caller.may_enter(found.id):
            raise Problem(403, "forbidden")
        return found

    # How it stands.

    async def faults(self) -> list[str]:
        """Why it is not ready: nothing where it can do what it is for."""
        faults = ["stopping"] if self.stopping else []
        if any(settlement.clock_leapt() for settlement in self.settlements.values()):
            faults.append("clock_leapt")
        first = next(iter(self.settlements))
        read = await self._soon(self.store.revision, first)
        if read is None or not all(settlement.writable for settlement in self.settlements.values()):
            faults.append("database")
        return faults

    async def measured(self) -> bytes:
        """The metrics."""
        self.meter.clock(not self.clock.leapt(), self.clock.apart())
        for name, settlement in self.settlements.items():
            register = settlement.register
            live = 0 if register.now is None else len(register.positions(register.now))
            waiting = await self._soon(self.store.waiting, name)
            self.meter.standing(name, register.revision, live, waiting)
        return self.meter.text()

    @staticmethod
    async def _soon(question: Callable[[str], int], settlement: str) -> int | None:
        try:
            return await asyncio.wait_for(asyncio.to_thread(question, settlement), PATIENCE)
        except (StoreError, asyncio.TimeoutError):
            return None

    # What runs beside the requests.

    @asynccontextmanager
    async def lifespan(self, _: FastAPI) -> AsyncIterator[None]:
        # A thread waits for others' notes; a turn, a look and messages of each settlement must not wait for a thread.
        threads = ThreadPoolExecutor(8 + 4 * len(self.settlements) + 16, "portal")
        asyncio.get_running_loop().set_default_executor(threads)
        for settlement in self.settlements.values():
            settlement.start()
        if self.outbox is not None:
            self.outbox.start(self.settlements)
        tasks = [asyncio.create_task(self._hear()), asyncio.create_task(self._compare_clocks())]
        yield
        self.stopping = True
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self.outbox is not None:
            await self.outbox.stop()
        for settlement in self.settlements.values():
            await settlement.stop()
        self.store.close()

    async def _hear(self) -> None:
        """Follows at once what another process says that it has written."""
        while True:
            try:
                for name in await asyncio.to_thread(self.store.heard, 1.0):
                    if name in self.settlements:
                        await self.settlements[name].look()
            except StoreError as fault:
                log.warning("cannot hear other writers", extra={"fault": str(fault)})

    async def _compare_clocks(self) -> None:
        while True:
            await asyncio.sleep(COMPARE)
            try:
                database = await asyncio.to_thread(self.store.clock)
            except StoreError:
                continue
            if database is not None:
                self.clock.compare(database)
