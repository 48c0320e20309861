"""One settlement: its register, its one writer in this process, and its deadlines.

Two registers are kept: the one that the writer judges by, and the one as it is committed, which everybody else asks. So a
reader never sees what is not on the disk.
"""

from __future__ import annotations

import asyncio
import copy
import json
import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar

import kezek

from .clock import Clock
from .config import Place
from .store import Parcel, Store, StoreError

log = logging.getLogger("portal")

Answer = TypeVar("Answer")

COMMANDS = 256
PATIENCE = 20.0
LOOK = 1.0


class ClockLeapt(Exception):
    """The clock cannot be believed: nothing is written until people have looked at it."""


class Unavailable(Exception):
    """Nothing could be written, or nobody knows whether it was. The same key makes trying again harmless."""


@dataclass
class Done:
    """What a command came to, and the revision after it."""

    outcome: kezek.Outcome
    revision: int


@dataclass
class _Ask:
    """A command that waits; without one only what is due is settled."""

    command: dict[str, Any] | None
    answer: asyncio.Future[Any]


@dataclass
class Index:
    """What the portal looks up that the register does not: the events of an application, and its kindergarten."""

    events: dict[str, list[kezek.Event]] = field(default_factory=lambda: defaultdict(list))
    kindergartens: dict[str, str] = field(default_factory=dict)

    def take_in(self, events: Sequence[kezek.Event]) -> None:
        for event in events:
            application = getattr(event, "application", None)
            if application is None:
                continue
            self.events[application].append(event)
            kindergarten = getattr(event, "kindergarten", None)
            if kindergarten is not None:
                self.kindergartens[application] = kindergarten

    def referred_to(self, kindergartens: Sequence[str]) -> list[str]:
        own = set(kindergartens)
        return [application for application, last in self.kindergartens.items() if last in own]


class Settlement:
    """A settlement that is served."""

    def __init__(self, place: Place, store: Store, clock: Clock) -> None:
        self.id = place.id
        self.clock = clock
        self._store = store
        opened = kezek.Register.open(place.policy, name=place.id, prefix=place.prefix)
        store.found(self.id, opened.events()[0].to_json())
        self.register = kezek.Register.replay("\n".join(store.events_after(self.id, 0)))
        self.index = Index()
        self.index.take_in(self.register.events())
        self.writable = True
        self._working: kezek.Register | None = None
        self._asks: asyncio.Queue[_Ask] = asyncio.Queue()
        self._changed = asyncio.Condition()
        self._tasks: list[asyncio.Task[None]] = []

    # What goes on by itself.

    def start(self) -> None:
        self._tasks = [asyncio.create_task(one) for one in (self._write(), self._watch_deadlines(), self._look())]

    async def stop(self) -> None:
        """What was asked before is still done."""
        await self._asks.join()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _watch_deadlines(self) -> None:
        """Sleeps until something is due, in steps: a clock may be set, another writer may change what is due."""
        while True:
            due = self.register.next_deadline()
            now = self.clock.now()
            if due is not None and due["at"].timestamp() <= now and not self.clock_leapt():
                try:
                    await self.settle()
                except (Unavailable, ClockLeapt):
                    await asyncio.sleep(LOOK)
                continue
            wait = LOOK if due is None else min(LOOK, max(0.05, due["at"].timestamp() - now))
            await asyncio.sleep(wait)

    async def _look(self) -> None:
        """What another process has written is followed."""
        while True:
            await asyncio.sleep(LOOK)
            try:
                known = self.register.revision
                if await asyncio.to_thread(self._store.revision, self.id) > known:
                    await self._publish(await asyncio.to_thread(self._store.events_after, self.id, known))
                self.writable = True
            except StoreError as fault:
                self.writable = False
                log.warning("the journal cannot be read", extra={"settlement": self.id, "fault": str(fault)})

    # Writing.

    async def command(self, command: dict[str, Any]) -> Done:
        """Has a command done; it is on the disk when this answers."""
        done: Done = await self._ask(command)
        return done

    async def settle(self) -> None:
        """Has what is due happen."""
        await self._ask(None)

    async def _ask(self, command: dict[str, Any] | None) -> Any:
        ask = _Ask(command, asyncio.get_running_loop().create_future())
        await self._asks.put(ask)
        return await ask.answer

    async def _write(self) -> None:
        while True:
            asks = [await self._asks.get()]
            while len(asks) < COMMANDS and not self._asks.empty():
                asks.append(self._asks.get_nowait())
            try:
                await self._turn(asks)
            finally:
                for _ in asks:
                    self._asks.task_done()

    async def _turn(self, asks: Sequence[_Ask]) -> None:
        """One transaction for all that wait; they are answered once it is committed."""
        try:
            working = asyncio.to_thread(self._transact, [ask.command for ask in asks])
            answers, texts = await asyncio.wait_for(asyncio.shield(asyncio.ensure_future(working)), PATIENCE)
            await self._publish(texts)
            self.writable = True
        except (StoreError, TimeoutError, kezek.Error) as fault:
            # Whatever the register says now, nobody knows whether it is written: it is thrown away.
            log.warning("a transaction failed", extra={"settlement": self.id, "fault": str(fault)})
            self._working, self.writable = None, False
            answers = [Unavailable()] * len(asks)
            await asyncio.sleep(0.1)
        for ask, answer in zip(asks, answers, strict=True):
            if ask.answer.cancelled():
                continue
            if isinstance(answer, Exception):
                ask.answer.set_exception(answer)
            else:
                ask.answer.set_result(answer)

    def _transact(self, commands: Sequence[dict[str, Any] | None]) -> tuple[list[Any], list[str]]:
        """Judges under the lock, and commits. In a thread of its own; gives the answers and what is new."""
        known = self.register.revision
        clock_leapt = self.clock_leapt()
        with self._store.transaction(self.id) as transaction:
            register = self._working or copy.copy(self.register)
            self._working = None
            if transaction.revision < register.revision:
                raise StoreError(f"the journal ends at {transaction.revision}, {register.revision} was read from it")
            if transaction.revision > register.revision:
                register.follow(map(kezek.Event.from_json, transaction.events_after(register.revision)))
            before = register.revision
            answers: list[Any] = []
            parcels: list[Parcel] = []
            for command in commands:
                began = register.revision
                answers.append(ClockLeapt() if clock_leapt else self._judge(register, command))
                parcels.extend(self._parcels(register, began))
            new = [event.to_json() for event in register.events(after=before)]
            if new:
                transaction.append(before, new, parcels)
        self._working = register
        return answers, [event.to_json() for event in register.events(after=known)]

    def _judge(self, register: kezek.Register, command: dict[str, Any] | None) -> Any:
        now = self._moment(register)
        try:
            if command is None:
                register.advance(now)
                return None
            return Done(register.apply(command, now), register.revision)
        except kezek.Error as fault:
            return fault

    def _parcels(self, register: kezek.Register, began: int) -> list[Parcel]:
        """The messages about what is new, as things stand now (R38, R39, O24)."""
        parcels = []
        now = self._moment(register)
        for event in register.events(after=began):
            for part, message in enumerate(register.messages(event, now)):
                body = {**message, "id": f"{self.id}-{event.seq}-{part}"}
                parcels.append(Parcel(event.seq, part, written(body), bool(message.get("late"))))
        return parcels

    async def _publish(self, texts: Sequence[str]) -> None:
        """Lets the readers see what is committed."""
        events = [kezek.Event.from_json(text, zone=self.register.policy.zone) for text in texts]
        events = [event for event in events if event.seq > self.register.revision]
        if not events:
            return
        self.register.follow(events)
        self.index.take_in(events)
        async with self._changed:
            self._changed.notify_all()

    # Asking.

    def clock_leapt(self) -> bool:
        return not self.clock.accepted and self.clock.leapt()

    def _moment(self, register: kezek.Register) -> datetime:
        """The later of the clock and what the register has seen."""
        now = datetime.fromtimestamp(self.clock.now(), UTC)
        return now if register.now is None else max(now, register.now)

    async def ask(self, question: Callable[[datetime], Answer]) -> Answer:
        """Asks the register as committed. What is due is settled first; with a clock that has leapt, as of its last moment."""
        for _ in range(20):
            now = self._moment(self.register)
            if self.clock_leapt() and self.register.now is not None:
                now = self.register.now
            try:
                return question(now)
            except kezek.NotSettledError:
                await self.settle()
        raise Unavailable

    async def changed(self, revision: int, patience: float) -> None:
        """Waits until the revision is another one, or that long."""
        async with self._changed:
            waiting = self._changed.wait_for(lambda: self.register.revision != revision)
            try:
                await asyncio.wait_for(waiting, patience)
            except TimeoutError:
                return


def plain(value: Any) -> Any:
    """For `json`: objects of the library as on the wire, instants with their offset."""
    if isinstance(value, datetime):
        return value.isoformat()
    return value.to_dict()


def written(value: Any) -> str:
    """JSON as the wire has it."""
    return json.dumps(value, default=plain, ensure_ascii=False, separators=(",", ":"))
