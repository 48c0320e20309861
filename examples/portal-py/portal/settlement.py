"""A settlement as this process knows it: what is committed, for everybody to read, and the way to its one writer.

Two registers are kept: the one that the writer judges by, and the one as it is committed, which everybody else asks. So a
reader never sees what is not on the disk.
"""

from __future__ import annotations

import asyncio
import copy
import logging
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import kezek

from .clock import Clock
from .config import Place
from .index import Index
from .meter import Meter
from .start import contradicts, opened
from .store import Store, StoreError
from .writer import COMMANDS, ClockLeapt, Done, Unavailable, Writer, moment

log = logging.getLogger("portal")

Answer = TypeVar("Answer")

PATIENCE = 20.0
"""A transaction that takes longer has failed."""

LOOK = 1.0
"""The longest sleep: a clock that is set meanwhile is noticed then, and what other processes write."""


@dataclass(frozen=True)
class Habits:
    """How settlements are kept."""

    longest_stop: int | None = 72
    """What may fall due late at a start, in hours; none: anything."""

    snapshot_every: int = 50_000
    """After so many events a new snapshot is kept."""


@dataclass
class _Ask:
    """A command that waits; without one only what is due is settled."""

    command: dict[str, Any] | None
    answer: asyncio.Future[Done | None]


class Settlement:
    """A settlement that is served."""

    def __init__(self, place: Place, store: Store, clock: Clock, meter: Meter, habits: Habits) -> None:
        self.id, self.clock, self.writable = place.id, clock, True
        self._store, self._meter, self._habits = store, meter, habits
        self.register = opened(place, store)
        self.index = Index(self.register.events())
        self._contradicted = contradicts(self.register, clock, habits.longest_stop)
        if self._contradicted:
            log.error("the clock and the journal contradict each other: see --accept-clock", extra={"settlement": self.id})
        self._writer = Writer(self.id, store)
        self._snapshot_at = self.register.revision
        self._asks: deque[_Ask] = deque()
        self._asked, self._stopping = asyncio.Event(), False
        self._changed = asyncio.Condition()
        self._working: asyncio.Task[None] | None = None
        self._tasks: list[asyncio.Task[None]] = []

    # What goes on by itself.

    def start(self) -> None:
        self._working = asyncio.create_task(self._work())
        self._tasks = [asyncio.create_task(self._watch_deadlines()), asyncio.create_task(self._look_now_and_then())]

    async def stop(self) -> None:
        """What was asked before is still done, and a snapshot kept."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._stopping = True
        self._asked.set()
        if self._working is not None:
            await self._working
        if self.register.revision > self._snapshot_at:
            await self._keep_snapshot()

    async def _watch_deadlines(self) -> None:
        """Sleeps until something is due, in steps: a clock may be set, another writer may change what is due."""
        while True:
            due, now = self.register.next_deadline(), self.clock.now()
            late = 0.0 if due is None else now - due["at"].timestamp()
            self._meter.deadline_lag(self.id, max(0.0, late))
            if due is not None and late >= 0 and not self.clock_leapt():
                try:
                    await self.settle()
                    await asyncio.sleep(0.05)
                    continue
                except (Unavailable, ClockLeapt):
                    pass
            await asyncio.sleep(LOOK if due is None or late >= 0 else min(LOOK, max(0.05, -late)))

    async def _look_now_and_then(self) -> None:
        while True:
            await asyncio.sleep(LOOK)
            await self.look()

    async def look(self) -> None:
        """Follows what another process has written."""
        try:
            known = self.register.revision
            if await asyncio.to_thread(self._store.revision, self.id) > known:
                await self._publish(await asyncio.to_thread(self._store.events_after, self.id, known))
        except (StoreError, kezek.Error) as fault:
            log.warning("the journal cannot be read", extra={"settlement": self.id, "fault": str(fault)})

    # Writing.

    async def command(self, command: dict[str, Any]) -> Done:
        """Has a command done; it is on the disk when this answers."""
        done = await self._ask(command)
        if done is None:
            raise Unavailable
        return done

    async def settle(self) -> None:
        """Has what is due happen."""
        await self._ask(None)

    async def _ask(self, command: dict[str, Any] | None) -> Done | None:
        if self._stopping:
            raise Unavailable
        ask = _Ask(command, asyncio.get_running_loop().create_future())
        self._asks.append(ask)
        self._asked.set()
        return await ask.answer

    async def _work(self) -> None:
        while self._asks or not self._stopping:
            await self._asked.wait()
            while self._asks:
                await self._turn([self._asks.popleft() for _ in range(min(COMMANDS, len(self._asks)))])
                if self.register.revision >= self._snapshot_at + self._habits.snapshot_every:
                    await self._keep_snapshot()
            if not self._stopping:
                self._asked.clear()

    async def _turn(self, asks: list[_Ask]) -> None:
        """One transaction for all that wait; they are answered once it is committed."""
        began, clock = time.perf_counter(), None if self.clock_leapt() else self.clock.now()
        commands = [ask.command for ask in asks]
        try:
            working = asyncio.to_thread(self._writer.turn, self.register, commands, clock)
            turn = await asyncio.wait_for(asyncio.shield(working), PATIENCE)
            await self._publish(turn.texts)
            answers = turn.answers
            self.writable = True
            self._meter.transaction(self.id, len(answers), turn.added, time.perf_counter() - began)
        except Exception as fault:
            # Whatever it was: whoever waits is told, and the writer goes on.
            told = str(fault) if isinstance(fault, (StoreError, kezek.Error)) else type(fault).__name__
            log.warning("a transaction failed", extra={"settlement": self.id, "fault": told})
            self._meter.failed_transaction(self.id)
            # A thread that has not ended keeps what it has: the next one gets a writer of its own.
            self._writer, self.writable = Writer(self.id, self._store), False
            answers = [Unavailable() for _ in asks]
            # Nobody who waits is served faster by trying more often.
            await asyncio.sleep(0.1)
        self._asks.extendleft(reversed(asks[len(answers) :]))
        for ask, answer in zip(asks, answers):
            self._give(ask, answer)

    def _give(self, ask: _Ask, answer: Done | Exception | None) -> None:
        if ask.command is not None and isinstance(answer, Done):
            self._meter.command(ask.command.get("type"), not answer.outcome.denials)
        if ask.answer.done():
            return
        if isinstance(answer, Exception) and ask.command is not None:
            ask.answer.set_exception(answer)
        elif isinstance(answer, (ClockLeapt, Unavailable)):
            ask.answer.set_exception(answer)
        else:
            ask.answer.set_result(answer if isinstance(answer, Done) else None)

    async def _publish(self, texts: Sequence[str]) -> None:
        """Lets the readers see what is committed."""
        zone = self.register.policy.zone
        events = [kezek.Event.from_json(text, zone=zone) for text in texts]
        events = [event for event in events if event.seq > self.register.revision]
        if not events:
            return
        self.register.follow(events)
        self.index.take_in(events)
        async with self._changed:
            self._changed.notify_all()

    async def _keep_snapshot(self) -> None:
        """A snapshot only saves time at the next start: one that fails is left out."""
        register = copy.copy(self.register)
        self._snapshot_at = register.revision
        try:
            body = (await asyncio.to_thread(register.snapshot)).decode()
            await asyncio.to_thread(self._store.keep_snapshot, self.id, register.revision, body)
        except StoreError as fault:
            log.warning("no snapshot was kept", extra={"settlement": self.id, "fault": str(fault)})

    # Asking.

    def clock_leapt(self) -> bool:
        """Whether the clock forbids writing."""
        return self._contradicted or self.clock.leapt()

    async def ask(self, question: Callable[[datetime], Answer]) -> Answer:
        """Asks the register as of now. What has fallen due is settled first; where that cannot be, the answer is as of the
        last moment that the register has seen."""
        for _ in range(3):
            try:
                return question(moment(self.register, self.clock.now()))
            except kezek.NotSettledError:
                try:
                    await self.settle()
                except (ClockLeapt, Unavailable):
                    break
        if self.register.now is None:
            raise Unavailable
        return question(self.register.now)

    async def changed(self, revision: int, patience: float) -> None:
        """Waits until the revision is another one, or that long."""
        async with self._changed:
            waiting = self._changed.wait_for(lambda: self.register.revision != revision)
            try:
                await asyncio.wait_for(waiting, patience)
            except asyncio.TimeoutError:
                return
