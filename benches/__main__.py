"""kezek beside what one would use instead, in one sitting. One command:

    python benches              # everything, some fifteen minutes; writes RESULTS.md and figures/
    python benches --quick      # does it work, do the answers agree? (no figures to quote)
    python benches --counts     # instructions of the hot operations against counts.json

It makes its own virtual environment in `target/`, installs the package and its peers there
(`requirements.txt`) and builds the programs of this folder by cargo: the first time that takes minutes
of its own. `--here` uses the running interpreter instead. A peer that is not here is skipped with a
word: PostgreSQL and Redis are Debian's `postgresql` and `redis-server`, started on a free port of
this machine with data that is thrown away.

What the Python package and the npm package cost has a page of its own: `python benches/python`,
`node benches/js/run.mjs`.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

OWN = Path(__file__).resolve().parent
ROOT = OWN.parent
sys.path.insert(0, str(OWN / "python"))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python benches", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="small sizes, two rounds, a debug build")
    parser.add_argument("--here", action="store_true", help="in this interpreter")
    parser.add_argument("--rounds", type=int, help="how many rounds of each measurement")
    parser.add_argument("--only", default="", help="only the parts whose name begins so")
    parser.add_argument("--out", type=Path, help="where the page goes (RESULTS.md beside this; else nowhere)")
    parser.add_argument(
        "--counts", action="store_true", help="count instructions, and compare with counts.json"
    )
    parser.add_argument("--write", action="store_true", help="with --counts: write counts.json anew")
    given = parser.parse_args()
    if given.counts:
        # Nothing but Rust and valgrind is needed.
        from beside import counts

        return counts.run(ROOT, OWN / "counts.json", write=given.write)
    if not given.here:
        from figures import venv

        python = venv.environment(ROOT, OWN / "requirements.txt")
        return subprocess.run([python, OWN, "--here", *sys.argv[1:]], check=False).returncode

    from beside import run

    out = given.out or (None if given.quick or given.only else OWN / "RESULTS.md")
    return run.all_parts(ROOT, quick=given.quick, rounds=given.rounds, only=given.only, out=out)


if __name__ == "__main__":
    sys.exit(main())
