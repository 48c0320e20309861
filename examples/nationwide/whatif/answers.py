"""How families and kindergartens answered last year, to be answered again when the turn comes on another day.

Each answer keeps its delay: who chose five hours after the turn chooses five hours after it, and is too late if
the window is shorter. What follows a referral (the visit, the acceptance, a recall) follows it as it did. A family
that had no turn last year answers as another of its settlement did, always the same one.
"""

from __future__ import annotations

import heapq
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Literal
from zlib import crc32

import kezek
from kezek.events import ReferralIssued, TurnCame, TurnMoved

Command = tuple[dict[str, Any], str]
Asked = Literal["turn", "referral"]
TURN: Asked = "turn"
REFERRAL: Asked = "referral"

ANSWERS: dict[str, Asked] = {
    "choose": "turn",
    "pass_turn": "turn",
    "accept": "referral",
    "record_visit": "referral",
    "extend_referral": "referral",
    "recall_referral": "referral",
    "refuse": "referral",
    "uphold_refusal": "referral",
    "overturn_refusal": "referral",
    "mark_departure": "referral",
}
"""The commands that answer something, and what."""


@dataclass(frozen=True)
class Step:
    """One answer."""

    row: int
    """Of the journal: of two at one moment the earlier one goes first."""
    after: timedelta
    command: dict[str, Any]
    day: date
    own: bool
    """It chose a place of the vacancy that the turn was for."""
    done: bool
    """It was done, not denied."""


@dataclass
class Script:
    """How one application answered: each turn's answers, each referral's."""

    turn: list[list[Step]] = field(default_factory=list)
    referral: list[list[Step]] = field(default_factory=list)

    def of(self, asked: Asked) -> list[list[Step]]:
        """The answers to turns, or to referrals."""
        return self.turn if asked == "turn" else self.referral


@dataclass
class Year:
    """A journal, taken apart: what came by itself, and what was an answer."""

    by_itself: list[tuple[datetime, int, dict[str, Any]]] = field(default_factory=list)
    scripts: dict[str, Script] = field(default_factory=lambda: defaultdict(Script))


def take_apart(given: Iterable[Command], outcomes: Iterable[kezek.Outcome]) -> Year:
    """Finds in last year's life what each command answered."""
    year = Year()
    asked = dict[str, tuple[Asked, datetime]]()
    turns = dict[str, int]()

    def see(events: Iterable[kezek.Event]) -> None:
        for event in events:
            match event:
                case TurnCame(application=who, vacancy=vacancy, at=at) if at is not None:
                    asked[who], turns[who] = ("turn", at), vacancy
                    year.scripts[who].turn.append([])
                case TurnMoved(application=who, vacancy=vacancy):
                    turns[who] = vacancy
                case ReferralIssued(application=who, at=at) if at is not None:
                    asked[who] = ("referral", at)
                    year.scripts[who].referral.append([])
                case _:
                    pass

    for row, ((command, text), outcome) in enumerate(zip(given, outcomes, strict=True)):
        at, who = datetime.fromisoformat(text), command.get("application", "")
        see(event for event in outcome.events if event.cause == "due")
        to, since = asked.get(who, (None, at))
        if to is not None and ANSWERS.get(command["type"]) == to:
            own = command["type"] == "choose" and command["vacancy"] == turns.get(who)
            year.scripts[who].of(to)[-1].append(
                Step(row, at - since, command, at.date(), own, outcome.accepted)
            )
        else:
            year.by_itself.append((at, row, command))
        see(event for event in outcome.events if event.cause == "command")
    return year


class Again:
    """A year that is lived again in a register, up to its end."""

    def __init__(self, register: kezek.Register, year: Year, end: datetime) -> None:
        self.register, self.year, self.end = register, year, end
        self.denied = Counter[str]()
        """Commands, by the main denial."""
        self.borrowed = 0
        """Turns and referrals that were answered as another family's."""
        self._pools = {
            asked: [answers for script in year.scripts.values() for answers in script.of(asked)]
            for asked in (TURN, REFERRAL)
        }
        self._waiting: list[tuple[datetime, int, int, dict[str, Any], Step | None]] = [
            (at, row, 0, command, None) for at, row, command in year.by_itself
        ]
        heapq.heapify(self._waiting)
        self._count = itertools.count(1)  # Of two alike the earlier one goes first; commands have no order.
        self._asked = Counter[tuple[str, Asked]]()
        self._turns = dict[str, int]()

    def live(self) -> None:
        """Everything that is due, and every command, each at its own moment."""
        while True:
            due = self.register.next_deadline()
            until = min(self.end, self._waiting[0][0]) if self._waiting else self.end
            if due is not None and due["at"] <= until:
                outcome = self.register.advance(due["at"])
            elif self._waiting:
                outcome = self._do(*heapq.heappop(self._waiting))
                self.denied.update(denial.code for denial in outcome.denials[:1])
            else:
                break
            for event in outcome.events:
                self._see(event)
        self.register.advance(self.end)

    def _do(
        self, at: datetime, _row: int, _count: int, command: dict[str, Any], step: Step | None
    ) -> kezek.Outcome:
        """Does a command; who could choose another place last year, and cannot now, takes that of the turn."""
        turn = self._turns.get(command.get("application", ""))
        if step is None or command["type"] != "choose" or turn is None:
            return self.register.apply(command, at)
        if step.own:  # The turn may have moved to another vacancy since it came.
            command["vacancy"] = turn
        outcome = self.register.apply(command, at)
        if outcome.accepted or not step.done or command["vacancy"] == turn:
            return outcome
        before, outcome = outcome, self.register.apply(command | {"vacancy": turn}, at)
        return kezek.Outcome((*before.events, *outcome.events), outcome.denials or None)

    def _see(self, event: kezek.Event) -> None:
        match event:
            case TurnMoved(application=who, vacancy=vacancy):
                self._turns[who] = vacancy
            case TurnCame(application=who, vacancy=vacancy, at=at) if at is not None:
                self._turns[who] = vacancy
                self._answer(who, TURN, at)
            case ReferralIssued(application=who, at=at) if at is not None:
                self._answer(who, REFERRAL, at)
            case _:
                pass

    def _answer(self, who: str, asked: Asked, since: datetime) -> None:
        """Takes up what this application, or another, said to its first, second … turn or referral."""
        answers = self.year.scripts[who].of(asked) if who in self.year.scripts else []
        if not answers:
            self.borrowed += 1
            pool = self._pools[asked]
            answers = [pool[crc32(who.encode()) % len(pool)]] if pool else [[]]
        number = min(self._asked[who, asked], len(answers) - 1)
        self._asked[who, asked] += 1
        for step in answers[number]:
            at = since + step.after
            if at <= self.end:
                heapq.heappush(self._waiting, (at, step.row, next(self._count), answer(step, who, at), step))


def answer(step: Step, who: str, at: datetime) -> dict[str, Any]:
    """The command of an answer, for this application and on this day."""
    command = step.command | {"application": who}
    for end in ("until", "date"):
        if end in command:
            command[end] = (date.fromisoformat(command[end]) + (at.date() - step.day)).isoformat()
    return command
