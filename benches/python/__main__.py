"""The speed of the Python package, beside what one would use instead. One command:

    python benches/python            # everything: some minutes; writes RESULTS.md
    python benches/python --quick    # does it work, do the answers agree? (no figures to quote)

It makes its own virtual environment in `target/`, installs the package and its peers
(`requirements.txt`) there and builds the Rust side by cargo: the first time that takes minutes of
its own. `--here` uses the running interpreter instead, which has them already.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from figures import venv

OWN = Path(__file__).resolve().parent
ROOT = OWN.parents[1]


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python benches/python", description=__doc__.partition("\n")[0]
    )
    parser.add_argument(
        "--quick",
        action="store_true",
        help="small sizes, few rounds, a debug build of the Rust side",
    )
    parser.add_argument(
        "--here",
        action="store_true",
        help="in this interpreter, which has the package and its peers",
    )
    parser.add_argument("--rounds", type=int, help="how many rounds of each measurement")
    parser.add_argument("--only", default="", help="only the parts whose name begins so")
    parser.add_argument(
        "--out",
        type=Path,
        help="where the results go (RESULTS.md beside this; with --quick nowhere)",
    )
    given = parser.parse_args()
    if not given.here:
        python = venv.environment(ROOT, OWN / "requirements.txt")
        return subprocess.run([python, OWN, "--here", *sys.argv[1:]], check=False).returncode

    from figures import run

    out = given.out or (None if given.quick or given.only else OWN / "RESULTS.md")
    return run.all_parts(ROOT, quick=given.quick, rounds=given.rounds, only=given.only, out=out)


if __name__ == "__main__":
    sys.exit(main())
