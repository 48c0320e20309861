"""A virtual environment for the measurements. It needs nothing but Python."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def target(root: Path) -> Path:
    return Path(os.environ.get("CARGO_TARGET_DIR", root / "target")).resolve()


def environment(root: Path, requirements: Path) -> Path:
    """A virtual environment with the package as it stands and its peers; its interpreter."""
    home = target(root) / "venv-benches"
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    subprocess.run([sys.executable, "-m", "venv", home], check=True)
    pip: list[str | Path] = [
        python,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]
    subprocess.run([*pip, "-r", requirements], check=True)
    subprocess.run([*pip, "--force-reinstall", "--no-deps", root / "bindings-py"], check=True)
    return python
