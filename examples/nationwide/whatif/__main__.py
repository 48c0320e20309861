"""A country's last year under two policies: `python -m whatif`, and with `--scaling` on 1 to N workers."""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from pathlib import Path
from typing import Any

import country
from whatif.cluster import cluster, run
from whatif.compare import digest, total
from whatif.table import page, write

HERE = Path(__file__).parent


def policy(text: str) -> Any:
    """A shipped policy's name, or a JSON file."""
    return json.loads(Path(text).read_text(encoding="utf-8")) if text.endswith(".json") else text


def main(arguments: list[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m whatif", description=__doc__)
    country.options(parser)
    parser.add_argument(
        "--policies", nargs=2, default=["akmola-2018", str(HERE / "shares.json")], help="names, or JSON files"
    )
    parser.add_argument("--recorded", action="store_true", help="answers too at their recorded moments")
    parser.add_argument("--lived-by", default="akmola-2018", help="the policy of the journals [akmola-2018]")
    parser.add_argument("--workers", type=int, default=2, help="processes [2]")
    parser.add_argument(
        "--kill", action="store_true", help="kill a worker in the middle, and compare with an undisturbed run"
    )
    parser.add_argument("--scaling", action="store_true", help="time it with 1, 2, … workers")
    parser.add_argument("--folder", type=Path, help="keeps the country there")
    parser.add_argument("--out", type=Path, help="a folder for waits.csv and gains.csv")
    given = parser.parse_args(arguments)
    policies = [policy(text) for text in given.policies]
    with tempfile.TemporaryDirectory(prefix="kezek-whatif-") as scratch:
        made = country.make(given.folder or Path(scratch), given.settlements, given.children, given.years)
        children = sum(one.children for one in made)
        print(
            f"{len(made)} settlements, {children} children, {given.years} years; {os.cpu_count()} processors"
        )
        for workers in range(1, given.workers + 1) if given.scaling else [given.workers]:
            with cluster(workers) as client:
                run(client, made[-1:], given.lived_by, policies)  # Everything is imported.
                began = time.monotonic()
                results, _ = run(client, made, given.lived_by, policies, recorded=given.recorded)
                seconds = time.monotonic() - began
                print(
                    f"{workers} workers: {seconds:.2f} s, {2 * children / seconds:.0f} children a second "
                    f"under a policy; {digest(results)[:16]}"
                )
                if given.kill:
                    again, killed = run(
                        client,
                        made,
                        given.lived_by,
                        policies,
                        recorded=given.recorded,
                        kill_after=len(made) // 3,
                    )
                    same = "the same" if digest(again) == digest(results) else "NOT the same"
                    print(
                        f"  SIGKILL for worker {killed} after {len(made) // 3} settlements: the result is {same}"
                    )
        sides = total(results)
        print("", *page(results, sides), sep="\n")
        if given.out:
            write(given.out, results, sides)


if __name__ == "__main__":
    main()
