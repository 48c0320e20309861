"""The page of results: the table of targets, then everything that was measured."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, version

from figures import report
from figures.clock import Subject, Table

PEERS = (
    "numpy",
    "pandas",
    "transitions",
    "django-fsm-2",
    "holidays",
    "workalendar",
    "zen-engine",
    "cedarpy",
)
#: Bytes of an application with every index, without texts, keys and history.
MOST_BYTES = 160


@dataclass(frozen=True)
class Sitting:
    """When and how it was measured."""

    rounds: int
    load: str
    seconds: float
    servers: list[str]


def packages() -> list[str]:
    """The packages of Python that are here."""
    found = []
    for name in PEERS:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return found


def beside(own: Subject, peer: Subject) -> str:
    """A peer's time, and how many times kezek's it is."""
    return f"{peer.name} {report.span(peer.median)} ({report.times(peer.ratio(own))}×)"


def targets(tables: Sequence[Table], weights: Sequence[dict[str, int]]) -> list[str]:
    """A row for each target: what it is, what kezek does, what the others do."""
    lines = [
        "| operation | target | kezek | spread | others (times kezek's) | |",
        "|---|--:|--:|--:|---|---|",
    ]
    for table in tables:
        for own in table.subjects:
            if own.target is None:
                continue
            verdict = "met" if own.median <= own.target else "**missed**"
            peers = "; ".join(
                beside(own, peer) for peer in table.subjects if not peer.name.startswith("kezek")
            )
            name = table.title if own is table.subjects[0] else f"{table.title}: {own.name}"
            limit, took = f"≤ {report.span(own.target)} a {table.unit}", report.span(own.median)
            lines.append(f"| {name} | {limit} | {took} | {own.spread:.0%} | {peers} | {verdict} |")
    for one in weights:
        rest = one["state"] - one["texts"]
        verdict = "met" if rest <= MOST_BYTES else "**missed**"
        name = f"Memory of an application, {one['rows']:,} live"
        lines.append(f"| {name} | ≤ {MOST_BYTES} B | {rest} B | | | {verdict} |")
    return lines


def memory(weights: Sequence[dict[str, int]]) -> list[str]:
    """Bytes an application."""
    lines = [
        "| live | state with every index | of it texts | the rest | history beside it | packed |",
        "|--:|--:|--:|--:|--:|--:|",
    ]
    for one in weights:
        parts = (one["state"], one["texts"], one["state"] - one["texts"], one["history"], one["packed"])
        lines.append(f"| {one['rows']:,} | " + " | ".join(f"{part} B" for part in parts) + " |")
    return lines


def markdown(
    tables: Sequence[Table], weights: Sequence[dict[str, int]], drawn: Sequence[str], sitting: Sitting
) -> str:
    """The whole page."""
    lines = [
        "# kezek beside what one would use instead",
        "",
        f"Made by `python benches` on {date.today().isoformat()}, in {sitting.seconds / 60:.0f} minutes; "
        "written by the program, not by hand. The Python package and the npm package have pages of their "
        "own: [python](python/RESULTS.md), [js](js/RESULTS.md). Instructions, which no other work on the "
        "machine changes, are in [counts.json](counts.json) (`python benches --counts`).",
        "",
        f"- {report.processor()}, {os.cpu_count()} cores; load average {sitting.load} at the start, "
        f"{report.load()} at the end",
        f"- Python {platform.python_version()}; " + ", ".join([*sitting.servers, *packages()]),
        f"- {sitting.rounds} rounds after one that is thrown away; in a round each row of a table is taken "
        "once, in turn. Each time is the median; the spread is the distance of the quartiles, as a part of "
        "it. Ratios are the medians of the ratios in a round: quote these, not the times.",
        "- PostgreSQL is asked by `pgbench`, over a connection on this machine; `redis-benchmark` asks "
        "Redis. A durable transaction waits for the disk, and kezek in memory does not: a host adds that.",
        "",
        "## Targets",
        "",
        *targets(tables, weights),
        "",
        "## Memory",
        "",
        "Bytes an application, counted by the allocator; `history` is what `leave_history` gives to the "
        "host, `texts` are the letters of the number and of two pseudonyms with the counts of a shared "
        "text. Commands have no keys here.",
        "",
        *memory(weights),
    ]
    if drawn:
        lines += ["", "## Cost against size", ""]
        lines += [f"![{name}](figures/{name})" for name in drawn]
    return "\n".join(lines + report.sections(tables)) + "\n"
