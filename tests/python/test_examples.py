"""The examples run, and tell the story that they are there for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples" / "python"


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_first_story(language: str) -> None:
    story = [sys.executable, str(EXAMPLES / "story.py"), language]
    told = subprocess.run(story, capture_output=True, text=True, check=True, encoding="utf-8").stdout
    lines = told.splitlines()
    assert len(lines) == 9
    assert "not_your_turn (R35)" in lines[4]
    assert lines[-1].startswith("k1:")
