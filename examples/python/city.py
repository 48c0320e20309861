"""The generated city, played through the library: three charts and the figures behind them.

    pip install ./bindings-py matplotlib
    python examples/python/city.py [JOURNAL.jsonl] [--policy akmola-2018] [--out FOLDER]

Without a journal the Rust example makes one: `cargo run --release --example city -- generate`, with
`--children`, `--years` and `--seed`. The pages are `city-queue.png`, `city-waiting.png` and
`city-lapses.png`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import kezek
import numpy as np
from city_figures import (
    ACTIVE,
    LAPSED,
    STAGES,
    WEEK,
    Columns,
    Queue,
    Turns,
    Wait,
    Waits,
    moves,
    people,
    queue,
    turns,
    waits,
)

ROOT = Path(__file__).resolve().parents[2]


def generate(to: Path, options: argparse.Namespace) -> None:
    """A city of its own, made by the Rust example."""
    cargo = "cargo run --quiet --release --example city -- generate".split()
    asked = [
        f"--{name}={getattr(options, name)}" for name in ("children", "years", "seed", "policy")
    ]
    subprocess.run([*cargo, *asked, f"--out={to}"], cwd=ROOT, check=True)


def play(journal: Path, policy: str) -> kezek.Register:
    """A register that has lived through a journal of commands. Denied commands are part of it."""
    register = kezek.Register.open(policy, name="city")
    with journal.open(encoding="utf-8") as lines:
        rows: Iterator[dict[str, Any]] = map(json.loads, lines)
        for time_passes, some in groupby(rows, key=lambda row: "advance" in row):
            if time_passes:
                register.advance([row["at"] for row in some][-1])
            else:
                register.apply_many((row["do"], row["at"]) for row in some)
    return register


@dataclass(frozen=True)
class City:
    """All that is drawn and printed."""

    children: int
    events: int
    age: str
    """From which a turn may come."""
    queue: Queue
    waits: Waits
    turns: Turns


def look(register: kezek.Register) -> City:
    """The figures of a register, from its events."""
    events = register.events()
    end = register.now
    if end is None:
        raise SystemExit("nothing happens in that journal")
    columns = Columns(events)
    who = people(columns, register.policy)
    changes = moves(columns, who)
    last = np.datetime64(end.date())
    texts = kezek.Texts("en", register.policy)
    names = {b["id"]: texts.benefit(b["id"]) for b in register.policy.to_dict()["benefits"]}
    return City(
        children=len(who.number),
        events=len(events),
        age=texts.term(register.policy.to_dict()["age"]["choose_from"]),
        queue=queue(columns, who, changes, last),
        waits=waits(who, changes, last, names | {"": texts.benefit(None)}),
        turns=turns(columns, who),
    )


def report(city: City, source: str) -> Iterator[str]:
    """The same figures as text."""
    line, lapses, waits = city.queue, city.turns, city.waits
    peak = int(line.size.argmax())
    yield f"{source}: {city.children} applications, {city.events} events"
    longest = f"at most {line.size[peak]}, on {line.days[peak]}"
    yield f"\nqueue on {line.days[-1]}: {line.size[-1]}; {longest}"
    for stage, row in zip(STAGES[:ACTIVE], line.by_stage, strict=True):
        yield f"  {stage:<14}{row[-1]:>8}"
    for year, row in zip(line.lines, line.by_line, strict=True):
        yield f"  born {year:<9}{row[-1]:>8}   at most {row.max()}, on {line.days[row.argmax()]}"

    yield "\ndays to the first referral:  families  referred   quarter      half  three quarters"
    lines = [wait for _, without, having in waits.by_line for wait in (without, having)]
    for wait in [waits.registered, waits.able, waits.having, *waits.by_benefit, *lines]:
        yield waited(wait)

    lapsed, all_turns = int((lapses.fate == LAPSED).sum()), len(lapses.fate)
    yield f"\nturns: {all_turns}, of them lapsed: {lapsed} ({lapsed / max(all_turns, 1):.1%})"
    yield f"  {lapses.window.sum():.0f} days of a place were spent on waiting for those families"
    soon, later, never = refilled(lapses)
    yield f"  then somebody else had them within a week: {soon}, later: {later}, not yet: {never}"


def refilled(lapses: Turns) -> tuple[int, int, int]:
    """Of the places of lapsed turns: somebody else had them within a week, later, not yet."""
    soon, later = int((lapses.after <= WEEK).sum()), int((lapses.after > WEEK).sum())
    return soon, later, len(lapses.after) - soon - later


def waited(wait: Wait) -> str:
    """One row of the table of waits."""
    quarter, half, most = (f"{wait.within(share):.1f}" for share in (0.25, 0.5, 0.75))
    families = f"{wait.families:>8}  {wait.referred:>8}"
    return f"  {wait.label[:28]:<28}{families}  {quarter:>8}  {half:>8}  {most:>14}".replace(
        "nan", "  –"
    )


def draw(city: City, texts: kezek.Texts, source: str, folder: Path) -> list[Path]:
    """The three pages."""
    import city_plots as plots

    pages = {
        "city-queue.png": plots.queue_page(city.queue, texts, source),
        "city-waiting.png": plots.waits_page(city.waits, city.age, source),
        "city-lapses.png": plots.turns_page(city.turns, source),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in pages.items():
        plots.save(page, folder / name)
    return [folder / name for name in pages]


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "journal", nargs="?", type=Path, help="commands, as `city generate` writes them"
    )
    parser.add_argument(
        "--policy", default="akmola-2018", help="by which rules (default: %(default)s)"
    )
    parser.add_argument(
        "--out", type=Path, default=Path(), help="the folder of the pages (default: this one)"
    )
    parser.add_argument(
        "--children", type=int, default=50_000, help="without a journal (default: %(default)s)"
    )
    parser.add_argument(
        "--years", type=int, default=3, help="without a journal (default: %(default)s)"
    )
    parser.add_argument(
        "--seed", type=int, default=7, help="without a journal (default: %(default)s)"
    )
    options = parser.parse_args(arguments)

    with tempfile.TemporaryDirectory() as folder:
        journal = options.journal
        if journal is None:
            journal = (
                Path(folder) / f"city of {options.children} children, seed {options.seed}.jsonl"
            )
            generate(journal, options)
        register = play(journal, options.policy)
        city, texts = look(register), kezek.Texts("en", register.policy)
        source = f"{journal.stem}, policy {options.policy}"
    print("\n".join(report(city, source)))
    print("\n" + "\n".join(map(str, draw(city, texts, f"Source: {source}.", options.out))))


if __name__ == "__main__":
    main(sys.argv[1:])
