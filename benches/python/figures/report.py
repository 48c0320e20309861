"""The tables as text for a terminal and as Markdown, with the machine that they were taken on."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

from figures.clock import Subject, Table

PEERS = ("numpy", "transitions", "django-fsm-2", "Django", "holidays", "workalendar")
HEADS = ("", "median", "best", "spread", "times the first", "target", "")


def processor() -> str:
    """The processor's name, without anything that names the machine."""
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def load() -> str:
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


def span(ns: float) -> str:
    """A time in the unit that suits it, to three figures."""
    for size, unit in ((1e9, "s"), (1e6, "ms"), (1e3, "µs")):
        if ns >= size:
            return f"{ns / size:.3g} {unit}" if ns / size < 1000 else f"{ns / size:.0f} {unit}"
    return f"{ns:.3g} ns"


def times(ratio: float) -> str:
    return f"{ratio:.2f}" if ratio < 10 else f"{ratio:,.0f}"


def row(subject: Subject, first: Subject) -> tuple[str, ...]:
    target = ""
    if subject.target is not None:
        met = "met" if subject.median <= subject.target else "missed"
        target = f"≤ {span(subject.target)}: {met}"
    if subject.ratio_target is not None:
        met = "met" if subject.ratio(first) <= subject.ratio_target else "missed"
        target = f"≤ {subject.ratio_target:g} times: {met}"
    return (
        subject.name,
        span(subject.median),
        span(subject.best),
        f"{subject.spread:.0%}",
        times(subject.ratio(first)) if subject is not first else "1",
        target,
        subject.remark,
    )


def rows(table: Table) -> list[tuple[str, ...]]:
    return [row(subject, table.subjects[0]) for subject in table.subjects]


def text(table: Table) -> str:
    """For a terminal: aligned columns."""
    body = [(f"a {table.unit}", *HEADS[1:]), *rows(table)]
    widths = [max(len(line[column]) for line in body) for column in range(len(HEADS))]
    lines = [f"\n{table.title}"]
    for line in body:
        cells = [
            cell.ljust(width) if column in (0, 5, 6) else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        lines.append("  " + "  ".join(cells).rstrip())
    lines.append(f"  Checked: {table.checked}")
    lines += [f"  {note}" for note in table.notes]
    return "\n".join(lines)


def markdown(tables: Sequence[Table], rounds: int, began: str, command: str) -> str:
    """The page of results."""
    lines = [
        "# Speed of the Python package",
        "",
        f"Made by `{command}` on {date.today().isoformat()}; written by the program, not by hand.",
        "",
        f"- {processor()}, {os.cpu_count()} cores; "
        f"load average {began} at the start, {load()} at the end",
        f"- {platform.python_implementation()} {platform.python_version()}, "
        f"kezek {version('kezek')} (the wheel that pip builds); "
        + ", ".join(f"{peer} {version(peer)}" for peer in PEERS),
        f"- {rounds} rounds after one that is thrown away; in a round each row of a table is taken "
        "once, in turn, without garbage collection. The spread is the distance of the "
        'quartiles, as a part of the median. "Times the first" is the median of the ratios in a '
        "round: quote these, not the times.",
    ]
    return "\n".join(lines + sections(tables)) + "\n"


def sections(tables: Iterable[Table]) -> list[str]:
    """Each table with its title, what was checked, and its notes."""
    lines: list[str] = []
    for table in tables:
        lines += ["", f"## {table.title}", ""]
        lines.append("| " + " | ".join((f"a {table.unit}", *HEADS[1:])) + " |")
        lines.append("|---|--:|--:|--:|--:|---|---|")
        lines += ["| " + " | ".join(cells) + " |" for cells in rows(table)]
        lines += ["", f"Checked before: {table.checked}"]
        lines += [f"\n{note}" for note in table.notes]
    return lines
