"""The benchmarks work, and all that they measure gives the same answers. Times are not judged."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BENCHES = Path(__file__).parents[2] / "benches" / "python"
#: What is measured; "{}" is a number of live applications.
TABLES = [
    "Position of one application, {} live",
    "One command, {} live",
    "Permissions of one application, {} live",
    "Reading {} commands of JSON",
    "commands in one batch, {} live",
    "All positions, {} live",
    "The 5th working day after one date",
    "The 5th working day after 10,000 dates",
    "The life of an application",
]


@pytest.fixture(scope="module")
def told() -> str:
    """What a quick run prints. It ends with an assertion where two ways disagree."""
    before = (BENCHES / "RESULTS.md").read_bytes()
    run = [sys.executable, str(BENCHES), "--here", "--quick"]
    done = subprocess.run(run, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert (BENCHES / "RESULTS.md").read_bytes() == before, "figures of a quick run are none"
    return done.stdout


@pytest.mark.parametrize("title", TABLES)
def test_a_part_is_checked_and_measured(told: str, title: str) -> None:
    sides = title.split("{}")
    titles = [line for line in told.splitlines() if all(side in line for side in sides)]
    # Whatever needs a settlement is measured in a small and in a larger one.
    assert len(titles) == len(sides)


def test_every_answer_was_compared(told: str) -> None:
    heads = [line for line in told.splitlines() if "times the first" in line]
    checks = [line for line in told.splitlines() if line.startswith("  Checked: ")]
    assert len(heads) == len(checks) == 2 * 6 + 3


def test_the_optimizer_that_drops_assertions_is_refused() -> None:
    run = [sys.executable, "-O", str(BENCHES), "--here", "--quick"]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "without -O" in done.stderr
