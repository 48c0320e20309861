"""Instructions of the hot operations: the same on a busy machine as on an idle one.

valgrind runs the program `counts` and writes a part for each call of its one function `counted`. Two
runs differ by less than a part in a thousand (hash tables mix in addresses), so that a change of a few
hundredths is a change of the program. Another compiler makes other programs: its name stands with the
counts.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from figures import rust

#: Live applications of the town in which it is counted.
LIVE = 1_000
#: How far an operation may be from its count, as a part of it.
TOLERANCE = 0.05
#: By its name as it stands in the program.
COUNTED = "counts::counted"


@dataclass(frozen=True)
class Count:
    """What one operation takes."""

    name: str
    instructions: float


def compiler() -> str:
    """The compiler, what it makes programs for, and the C library: other ones make others."""
    told = subprocess.run(["rustc", "-vV"], check=True, capture_output=True, text=True).stdout
    lines = dict(line.split(": ", 1) for line in told.splitlines() if ": " in line)
    return ", ".join((f"rustc {lines['release']}", lines["host"], *filter(None, platform.libc_ver())))


def counted(program: Path) -> list[Count]:
    """Runs the program under valgrind."""
    with tempfile.TemporaryDirectory() as folder:
        parts = Path(folder) / "part"
        told = subprocess.run(
            [
                *("valgrind", "--tool=callgrind", "--quiet", f"--callgrind-out-file={parts}"),
                *(f"--toggle-collect={COUNTED}", f"--dump-after={COUNTED}"),
                *(program, str(LIVE)),
            ],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        rows: list[dict[str, Any]] = [json.loads(line) for line in told.splitlines()]
        found = []
        for number, row in enumerate(rows, 1):
            text = Path(f"{parts}.{number}").read_text(encoding="utf-8")
            totals = next(line for line in text.splitlines() if line.startswith("totals: "))
            found.append(Count(row["name"], int(totals.split()[1]) / row["operations"]))
    return found


def compared(found: list[Count], stored: dict[str, float]) -> tuple[list[str], int]:
    """A line for each operation, and how many are not what is stored."""
    lines, different = [], 0
    for one in found:
        before = stored.get(one.name)
        change = None if before is None else one.instructions / before - 1
        verdict = "not stored yet" if change is None else f"{change:+.2%}"
        if change is None or abs(change) > TOLERANCE:
            # What has become quicker fails nothing: it is to be written down.
            different += change is None or change > 0
            verdict += " <-- slower" if change and change > 0 else " <-- quicker" if change else ""
        lines.append(f"  {one.name:34} {one.instructions:>12,.0f}  {verdict}")
    missing = sorted(set(stored) - {one.name for one in found})
    lines += [f"  {name:34} {'':>12}  stored, and no longer counted" for name in missing]
    return lines, different + len(missing)


def run(root: Path, path: Path, *, write: bool) -> int:
    """Counts, and compares with what is stored; the exit status."""
    if shutil.which("valgrind") is None:
        print("SKIPPED: valgrind is not here (Debian: apt-get install valgrind)")
        return 0
    # In pieces, the optimizer would see less: every build must be cut alike.
    os.environ["CARGO_INCREMENTAL"] = "0"
    wanted = ["--package", "kezek-benches", "--bin", "counts"]
    found = counted(rust.cargo(root, wanted, release=True)["counts"])
    by = compiler()
    if write:
        rows = {one.name: round(one.instructions, 1) for one in found}
        page = {"by": by, "live": LIVE, "instructions": rows}
        path.write_text(json.dumps(page, indent=1) + "\n", encoding="utf-8")
        print(f"written: {path.name}")
        return 0
    page = json.loads(path.read_text(encoding="utf-8"))
    if (page["by"], page["live"]) != (by, LIVE):
        print(
            f"SKIPPED: counted with {page['by']}; here is {by}. `python benches --counts --write` counts anew"
        )
        return 0
    lines, different = compared(found, page["instructions"])
    print(f"Instructions of one operation, {LIVE:,} live ({by}); {TOLERANCE:.0%} off is too much")
    print("\n".join(lines))
    if different:
        print(f"{different} differ. Where that is meant: `python benches --counts --write`")
    return 1 if different else 0
