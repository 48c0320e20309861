"""A country for the examples: settlements of different sizes, each with last year's journal of commands.

    python country.py FOLDER [--settlements 16] [--children 500 5000] [--years 1]

The journals are those of the Rust example: `cargo run --release --example city -- generate`, or the program that
KEZEK_CITY names. The same country is the same bytes.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Settlement:
    """One settlement and its journal: JSON Lines of `{"at", "do"}`, the last one `{"at", "advance"}`."""

    name: str
    children: int
    journal: Path

    def rows(self) -> Iterator[dict[str, Any]]:
        """The journal, row by row."""
        with self.journal.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def sizes(settlements: int, least: int, most: int) -> list[int]:
    """Few large ones and many small ones, as countries have them: each a fixed share smaller than the one before."""
    if settlements == 1:
        return [most]
    share = (least / most) ** (1 / (settlements - 1))
    return [round(most * share**n) for n in range(settlements)]


def city() -> list[str]:
    """The program that makes journals, built if need be."""
    named = os.environ.get("KEZEK_CITY")
    if named:
        return [named]
    example = "--quiet --release --locked --example city".split()
    subprocess.run(["cargo", "build", *example], cwd=ROOT, check=True)
    return ["cargo", "run", *example, "--"]


def make(folder: Path, settlements: int, children: Sequence[int], years: int = 1) -> list[Settlement]:
    """The country in a folder: settlements from so few to so many `children`. A journal that is there is kept."""
    least, most = children
    folder.mkdir(parents=True, exist_ok=True)
    program, made = city(), list[Settlement]()
    for number, size in enumerate(sizes(settlements, least, most), start=1):
        to = folder / f"s{number:04}-{size}-{years}.jsonl"
        if not to.exists():
            asked = [f"--children={size}", f"--years={years}", f"--seed={number}", f"--out={to.resolve()}"]
            subprocess.run([*program, "generate", *asked], cwd=ROOT, check=True, stderr=subprocess.DEVNULL)
        made.append(Settlement(f"s{number:04}", size, to))
    return made


def options(parser: argparse.ArgumentParser) -> None:
    """What a country is asked for with."""
    parser.add_argument("--settlements", type=int, default=16, help="how many [16]")
    parser.add_argument(
        "--children",
        type=int,
        nargs=2,
        default=[500, 5000],
        metavar=("LEAST", "MOST"),
        help="in the smallest and the largest [500 5000]",
    )
    parser.add_argument("--years", type=int, default=1, help="of which journals tell [1]")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Makes the journals of a country")
    parser.add_argument("folder", type=Path)
    options(parser)
    given = parser.parse_args()
    for one in make(given.folder, given.settlements, given.children, given.years):
        print(one.name, one.children, one.journal)
