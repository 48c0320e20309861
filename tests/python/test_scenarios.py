"""Every scenario, and the same digests as Rust."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
import scenarios


@pytest.mark.parametrize("path", scenarios.files(), ids=lambda path: path.stem)
def test_scenario(path: Path) -> None:
    scenarios.run_file(path)


def test_the_digests_are_those_of_rust() -> None:
    """`KEZEK_RUST_DIGESTS` may name a file with what the Rust runner printed; else it runs."""
    printed = os.environ.get("KEZEK_RUST_DIGESTS")
    if printed:
        text = Path(printed).read_text("utf-8")
    else:
        command = ["cargo", "test", "--quiet", "-p", "kezek", "--locked", "--test", "scenarios"]
        text = subprocess.run(command, cwd=scenarios.ROOT, check=True, capture_output=True, text=True).stdout
    rust = dict(re.findall(r"^ok     (\S+)  (.+)$", text, re.M))
    assert rust == {path.stem: scenarios.run_file(path) for path in scenarios.files()}
