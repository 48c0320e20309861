"""What grows with the size: structures that tell a rank, and one position in each system."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from figures.clock import Subject, Table
from figures.report import span
from figures.rust import Batch, asked

from beside.servers import Redis
from beside.towns import MEMBER

STRUCTURES = {
    "kezek": "kezek: bits with counts",
    "indexset": "`indexset` 0.16: B-tree",
    "skiplist": "`skiplist` 1.3: ordered, with widths",
    "vec": "a sorted `Vec`",
}
OPERATIONS = {
    "append": "insert at the end",
    "past": "insert from the past",
    "remove": "remove",
    "rank": "rank of a key",
    "select": "key of a rank",
}


@dataclass
class Curve:
    """A cost by size: nanoseconds an operation."""

    name: str
    points: dict[int, float] = field(default_factory=dict)


@dataclass
class Curves:
    """Everything that is drawn."""

    ranks: dict[str, dict[str, Curve]] = field(default_factory=dict)
    positions: dict[str, Curve] = field(default_factory=dict)

    def rank(self, operation: str, structure: str, size: int, cost: float) -> None:
        curves = self.ranks.setdefault(operation, {})
        curves.setdefault(structure, Curve(STRUCTURES[structure])).points[size] = cost

    def position(self, name: str, size: int, cost: float) -> None:
        self.positions.setdefault(name, Curve(name)).points[size] = cost


def of_ranks(program: Path, size: int, count: int, rounds: int, curves: Curves) -> list[Table]:
    """Every operation of every structure, with so many keys."""
    tables = []
    with asked(program, size) as ranks:
        for operation, said in OPERATIONS.items():
            subjects, sums = [], {}
            for structure, name in STRUCTURES.items():
                # What is walked or moved once for each operation is done less often.
                slow = (structure, operation) in SLOW and size > 100_000
                # So many come from the past in a round that kezek gives new slots once: the dear part counts.
                much = 4 * math.isqrt(size) + 300 if operation == "past" else count
                much = max(2, much // 100) if slow else much
                question = f"{structure} {operation} {much}"
                subjects.append(Subject(name, much, asking(ranks, question)))
                sums[structure] = ranks.ask(f"{structure} {operation} 2")["sum"]
            assert len(set(sums.values())) == 1, sums
            table = Table(
                f"{said.capitalize()}, {size:,} keys",
                subjects,
                "the same ranks in every structure.",
                unit="operation",
            )
            table.measure(rounds)
            for structure, subject in zip(STRUCTURES, subjects, strict=True):
                curves.rank(operation, structure, size, subject.median)
            tables.append(table)
    return tables


#: Where the work of one operation grows with the size.
SLOW = {("kezek", "select"), ("vec", "past"), ("vec", "remove")}


#: A settlement has room for 999,999 numbers (R80), and nobody's is larger.
LARGEST = 500_000


def asking(program: Batch, question: str) -> Any:
    return lambda: program.once(question)


def of_positions(
    program: Path, size: int, count: int, rounds: int, redis: Redis | None, curves: Curves
) -> Table:
    """One position of kezek and of Redis, at any size; of kezek in as many settlements as it takes."""
    settlements = -(-size // LARGEST)
    with asked(program, size // settlements, settlements) as town:
        question = f"position {count}"
        assert town.ask(question)["rows"] == count
        subjects = [Subject("kezek", count, lambda: town.once(question))]
        if redis is not None:
            redis.cli("flushall")
            script = "for i = 0, ARGV[1] - 1 do redis.call('ZADD', 'q', i, string.format('m:%012d', i)) end"
            redis.cli("eval", script, "0", str(size))
            subjects.append(
                Subject(
                    "Redis: ZRANK, one trip", count, lambda: redis.bench(count, size, "ZRANK", "q", MEMBER)
                )
            )
        table = Table(
            f"One position, {size:,} live in {settlements} settlement{'s' * (settlements > 1)}",
            subjects,
            "as many answers.",
        )
        table.measure(rounds)
    for subject in subjects:
        curves.position(subject.name, size, subject.median)
    return table


def draw(curves: Curves, folder: Path) -> list[str]:
    """Costs against sizes on logarithmic axes, each line with its name at its end; the files' names."""
    try:
        import matplotlib
    except ImportError as missing:
        print(f"SKIPPED: the plots ({missing})")
        return []
    matplotlib.use("svg")
    # Letters as letters: a tenth of the size.
    matplotlib.rcParams.update({"svg.hashsalt": "kezek", "svg.fonttype": "none"})
    folder.mkdir(parents=True, exist_ok=True)
    drawn = []
    if curves.positions:
        one(curves.positions, "One position", folder / "position.svg")
        drawn.append("position.svg")
    for operation, named in curves.ranks.items():
        one(named, OPERATIONS[operation].capitalize(), folder / f"rank-{operation}.svg")
        drawn.append(f"rank-{operation}.svg")
    return drawn


#: The height of a line of the names at the ends, in points.
LINE = 11


def one(curves: dict[str, Curve], title: str, path: Path) -> None:
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(6.4, 3.6), layout="constrained")
    sizes = sorted({size for curve in curves.values() for size in curve.points})
    axes.set(xscale="log", yscale="log", title=title, xlabel="live applications", ylabel="ns an operation")
    lines = {
        name: axes.plot(list(curve.points), list(curve.points.values()), marker="o", markersize=4)[0]
        for name, curve in curves.items()
    }
    axes.set_xticks(sizes, [named(size) for size in sizes])
    axes.xaxis.minorticks_off()
    axes.grid(alpha=0.3)
    axes.spines[["top", "right"]].set_visible(False)
    # The names at the ends, from below: each far enough above the last one.
    free = float("-inf")
    for name, curve in sorted(curves.items(), key=lambda named: named[1].points[max(named[1].points)]):
        end = max(curve.points)
        _, height = axes.transData.transform((end, curve.points[end])) * 72 / figure.dpi
        free = max(height, free + LINE)
        axes.annotate(
            f"{curve.name.partition(':')[0].replace('`', '')}: {span(curve.points[end])}",
            (end, curve.points[end]),
            xytext=(7, free - height),
            textcoords="offset points",
            color=lines[name].get_color(),
            fontsize=8,
            va="center",
        )
    figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)
    pyplot.close(figure)


def named(size: int) -> str:
    """1k, 10k, 5M."""
    return f"{size // 1_000_000}M" if size >= 1_000_000 else f"{size // 1_000}k"
