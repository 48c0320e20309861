"""What one settlement weighs: the figures that PLAN.md multiplies.

python measure.py [--children 50000] [--years 3]
"""

from __future__ import annotations

import argparse
import multiprocessing
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import kezek
import psutil  # type: ignore[import-untyped]

import country

RUNS = 5


def best(work: Callable[[], object]) -> float:
    """The shortest of some runs, in seconds: what it costs when nobody else is at work."""
    found = list[float]()
    for _ in range(RUNS):
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return min(found)


def resident() -> int:
    """The resident bytes of this process."""
    return int(psutil.Process().memory_info().rss)


def main() -> None:
    """Plays a city and weighs it."""
    parser = argparse.ArgumentParser(description="What one settlement weighs")
    parser.add_argument("--children", type=int, default=50_000)
    parser.add_argument("--years", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        [city] = country.make(Path(folder), 1, (given.children, given.children), given.years)
        rows = [row for row in city.rows() if "do" in row]
    register = kezek.Register.open("akmola-2018", name=city.name)
    commands = [(row["do"] | {"key": str(n)}, row["at"]) for n, row in enumerate(rows)]
    began = time.perf_counter()
    register.apply_many(commands)
    played = time.perf_counter() - began
    now, events = register.now, register.revision
    assert now is not None
    journal = sum(len(event.to_json()) + 1 for event in register.events())
    nights = Counter(event.at.date() for event in register.events() if event.cause == "due" and event.at)
    numbers = [str(number) for number in register.positions(now)["application"]]
    registered = sum(row["do"]["type"] == "submit" for row in rows)
    print(f"{registered} registrations in {given.years} years, {len(numbers)} of them in the queue now")
    print(f"{len(commands)} commands with keys in {played:.2f} s: {len(commands) / played:.0f} a second")
    print(
        f"{events} events, {events / registered:.1f} an application, {journal / events:.0f} bytes of JSON each"
    )

    share, fullest = nights.total() / events, max(nights.values())
    print(f"{share:.0%} of events fell due by themselves; in the fullest night {fullest}")

    def look_up() -> None:
        for number in numbers[:10_000]:
            register.position(number, now)

    print(
        f"position: {min(10_000, len(numbers)) / best(look_up):.0f} look-ups a second, from Python, one thread"
    )
    text = "\n".join(event.to_json() for event in register.events())
    print(f"replay of the whole journal: {best(lambda: kezek.Register.replay(text)):.2f} s")
    bare = kezek.Register.open("akmola-2018", name=city.name)
    bare.apply_many((row["do"], row["at"]) for row in rows)
    for name, one in (("with its keys", register), ("without keys", bare)):
        one.leave_history()
        packed = one.pack()
        loaded = best(lambda packed=packed: kezek.Register.unpack(packed))  # type: ignore[misc]
        with multiprocessing.get_context("spawn").Pool(1) as fresh:
            weight = fresh.apply(weigh, (packed,))
        print(
            f"state-only pack {name}: {len(packed) / 1e6:.1f} MB, packed in {best(one.pack) * 1000:.0f} ms, "
            f"loaded in {loaded * 1000:.0f} ms; {len(packed) / registered:.0f} bytes an application, "
            f"{weight / registered:.0f} in memory"
        )


def weigh(packed: bytes) -> float:
    """The resident bytes of a register, in a process of its own that holds several."""
    before = resident()
    held = [kezek.Register.unpack(packed) for _ in range(RUNS)]
    return (resident() - before) / len(held)


if __name__ == "__main__":
    main()
