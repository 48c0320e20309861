"""`python benches` works, and what it measures gives the same answers. Times are not judged."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BENCHES = Path(__file__).parents[2] / "benches"
#: What is measured wherever it runs. The peers that are not here are skipped with a word.
TABLES = [
    "Position of one application, 400 live",
    "All positions, 400 live",
    "The next deadline, a tenth of 400 has a turn",
    "A register is read, 400 live",
    "Publish and notify the head, 400 live",
    "Free-choice rush on one group year, 400 live",
    "100 deadlines on one midnight, 400 live",
    "A command of a generated year",
    "One permission decision",
    "The 5th working day after a date",
    "Position of one application, 4 settlements of 50 live",
    "Insert at the end, 1,000 keys",
    "Insert from the past, 1,000 keys",
    "Remove, 1,000 keys",
    "Rank of a key, 1,000 keys",
    "Key of a rank, 1,000 keys",
    "One position, 1,000 live in 1 settlement",
]
#: A word of each peer's row, and of what is said where it is skipped.
PEERS = [
    ("PostgreSQL: count(*)", "SKIPPED: PostgreSQL"),
    ("Redis: ZRANK", "SKIPPED: Redis"),
    ("NumPy: `lexsort`", "SKIPPED: NumPy"),
    ("pandas:", "SKIPPED: pandas"),
    ("Python: `transitions`", "SKIPPED: transitions"),
    ("zen-engine", "SKIPPED: zen-engine"),
    ("cedarpy", "SKIPPED: cedarpy"),
    ("Python: `holidays`", "SKIPPED: numpy.busday_offset, holidays"),
]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """What a quick run prints, and its page. It ends with an assertion where two systems disagree."""
    out = tmp_path_factory.mktemp("page") / "RESULTS.md"
    run = [sys.executable, str(BENCHES), "--here", "--quick", "--out", str(out)]
    done = subprocess.run(run, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout, out.read_text(encoding="utf-8")


@pytest.mark.parametrize("title", TABLES)
def test_a_part_is_measured(told: tuple[str, str], title: str) -> None:
    assert sum(line.startswith(title) for line in told[0].splitlines()) == 1
    assert sum(line.startswith(f"## {title}") for line in told[1].splitlines()) == 1


@pytest.mark.parametrize("row, word", PEERS, ids=[word for _, word in PEERS])
def test_a_peer_is_measured_or_skipped_with_a_word(told: tuple[str, str], row: str, word: str) -> None:
    assert (row in told[0]) != (word in told[0])


def test_the_page_has_a_verdict_for_each_target(told: tuple[str, str]) -> None:
    table = told[1].partition("## Targets")[2].partition("\n## ")[0]
    rows = [line for line in table.splitlines() if "≤" in line]
    assert len(rows) == 11
    assert all(row.endswith(("| met |", "| **missed** |")) for row in rows)


def test_what_is_drawn_is_on_the_page(told: tuple[str, str]) -> None:
    pictures = [line for line in told[1].splitlines() if line.startswith("![")]
    assert len(pictures) == 6 or "SKIPPED: the plots" in told[0]
