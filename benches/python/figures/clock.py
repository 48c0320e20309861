"""Taking times: rounds in turn, so that what disturbs the machine disturbs every subject alike."""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")

#: One round of a subject: the nanoseconds that its operations took.
Round = Callable[[], float]


def timed(work: Callable[[T], object], prepare: Callable[[], T]) -> Round:
    """A round of `work` on what `prepare` makes anew each time.

    Making it, and freeing what the work gave, is not counted.
    """

    def once() -> float:
        given = prepare()
        began = time.perf_counter_ns()
        gave = work(given)
        ended = time.perf_counter_ns()
        del gave
        return float(ended - began)

    return once


def plain(work: Callable[[], object]) -> Round:
    """A round of `work`, which changes nothing that the next one sees."""
    return timed(lambda _: work(), lambda: None)


@dataclass
class Subject:
    """What is measured: so many operations in one round."""

    name: str
    operations: int
    once: Round
    #: The most that the median may be, in nanoseconds an operation (targets.md).
    target: float | None = None
    #: The most that it may be of the first subject's time.
    ratio_target: float | None = None
    #: What it does less, or gets wrong.
    remark: str = ""
    #: Nanoseconds an operation, a round each.
    times: list[float] = field(default_factory=list)

    @property
    def best(self) -> float:
        return min(self.times)

    @property
    def median(self) -> float:
        return statistics.median(self.times)

    @property
    def spread(self) -> float:
        """The distance of the quartiles, as a part of the median."""
        if len(self.times) < 2:
            return 0.0
        low, _, high = statistics.quantiles(self.times, n=4, method="inclusive")
        return (high - low) / self.median

    def ratio(self, other: Subject) -> float:
        """How many times the other's time: the median over the rounds, each of which took both."""
        return statistics.median(
            own / its for own, its in zip(self.times, other.times, strict=True)
        )


@dataclass
class Table:
    """Subjects that do the same work; the others are compared with the first."""

    title: str
    subjects: list[Subject]
    #: What was compared before anything was timed, and what came out.
    checked: str
    notes: Sequence[str] = ()
    #: The unit of an operation.
    unit: str = "call"

    def measure(self, rounds: int) -> None:
        """One round that is thrown away, then `rounds` of every subject in turn.

        Each time another one is first.
        """
        # What is there already is not looked through again at each collection.
        gc.collect()
        gc.freeze()
        for number in range(rounds + 1):
            progress(f"{self.title}: round {number} of {rounds}")
            turn = number % len(self.subjects)
            for subject in self.subjects[turn:] + self.subjects[:turn]:
                gc.collect()
                gc.disable()
                try:
                    took = subject.once() / subject.operations
                finally:
                    gc.enable()
                if number > 0:
                    subject.times.append(took)
        gc.unfreeze()
        progress("")


def progress(text: str) -> None:
    """On the last line of a terminal, and nowhere else."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)
