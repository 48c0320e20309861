"""Three pages on a city: its queue, its waits, its lapsed turns. The finding is the title.

Colours are those of Okabe and Ito, which colour-blind readers tell apart too.
"""

# Matplotlib leaves the types of its keywords open, which pyright calls unknown when it is strict.
# pyright: standard

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import matplotlib as mpl

mpl.use("Agg")

import kezek
import numpy as np
from city_figures import (
    CHOSEN,
    GIVEN_UP,
    LAPSED,
    LEFT,
    RUNNING,
    STAGES,
    WEEK,
    Days,
    Floats,
    Queue,
    Turns,
    Wait,
    Waits,
)
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.figure import Figure, FigureBase, SubFigure
from matplotlib.ticker import FuncFormatter, MaxNLocator

BLUE, SKY, GREEN, ORANGE, RED, GREY = (
    "#0072B2", "#56B4E9", "#009E73", "#E69F00", "#D55E00", "#8C8C8C",
)  # fmt: skip
INK, QUIET = "#222222", "#6B6B6B"
PAGE = 11.0
"""The width of a page, inches."""
ENOUGH = 30
"""Turns of a month from which on a share of them is drawn."""

STYLE: dict[Any, Any] = {
    "font.size": 9,
    "text.color": INK,
    "axes.edgecolor": QUIET,
    "axes.labelcolor": QUIET,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 10,
    "axes.titleweight": "bold",
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "grid.color": "#E6E6E6",
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "ytick.left": False,
    "legend.frameon": False,
    "savefig.dpi": 150,
}
mpl.rcParams.update(STYLE)


def number(value: float) -> str:
    """With thin spaces between thousands."""
    return f"{value:,.0f}".replace(",", "\u2009")


def plural(count: int, one: str, many: str) -> str:
    return f"{number(count)} {one if count == 1 else many}"


def _page(height: float, title: str, notes: str) -> tuple[Figure, SubFigure]:
    """A page with its finding above and what was counted below, and the room between."""
    page = plt.figure(figsize=(PAGE, height), layout="constrained")
    lines = 1 + title.count("\n"), 1 + notes.count("\n")
    heights = [0.16 + 0.26 * lines[0], height, 0.1 + 0.17 * lines[1]]
    head, room, foot = _rooms(page, heights)
    head.text(0.015, 0.85, title, fontsize=14, fontweight="bold", va="top")
    foot.text(0.015, 0.9, notes, fontsize=8, color=QUIET, va="top")
    return page, room


def _rooms(of: FigureBase, heights: list[float]) -> list[SubFigure]:
    """Parts of a page, one below the other."""
    rooms = of.subfigures(len(heights), 1, squeeze=False, height_ratios=heights, hspace=0)
    return cast("list[SubFigure]", np.ravel(cast("Any", rooms)).tolist())


def _axis(axes: Axes, title: str = "", y: str = "", x: str = "") -> None:
    axes.set_title(title)
    axes.set_ylabel(y)
    axes.set_xlabel(x)


def _thousands(axes: Axes) -> None:
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))


def _calendar(axes: Axes) -> None:
    locator = AutoDateLocator(minticks=3, maxticks=8)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]


# ---- the queue ----

PHASES = [
    ("in the line", BLUE, ["queued"]),
    ("turn, referral or review", ORANGE, ["notified", "referred", "under_review"]),
    ("stop-list, inactive", RED, ["stop_listed", "inactive"]),
]


def queue_finding(queue: Queue, texts: kezek.Texts) -> str:
    peak = int(queue.size.argmax())
    now = plural(int(queue.size[-1]), "child waits", "children wait")
    return (
        f"{now} on {texts.date(str(queue.days[-1]))};\n"
        f"the queue was longest on {texts.date(str(queue.days[peak]))}: {number(queue.size[peak])}"
    )


def queue_page(queue: Queue, texts: kezek.Texts, source: str) -> Figure:
    """The queue day by day, the places published, and each line on its own."""
    columns = 3
    rows = -(-len(queue.lines) // columns)
    notes = (
        f"{source} In the queue: every active application, at the end of each day. "
        "The lines share one scale."
    )
    page, room = _page(4.8 + 1.35 * rows, queue_finding(queue, texts), notes)
    heights = [4.6, 0.5 + 1.35 * rows]
    upper, lower = _rooms(room, heights)
    size, places = upper.subplots(2, 1, sharex=True, height_ratios=[3, 1])

    layers = [queue.by_stage[[STAGES.index(s) for s in own]].sum(axis=0) for _, _, own in PHASES]
    colours = [colour for _, colour, _ in PHASES]
    size.stackplot(queue.days, layers, colors=colours, labels=[name for name, _, _ in PHASES], lw=0)
    _axis(size, "In the queue", "children")
    _thousands(size)
    size.set_xlim(queue.days[0], queue.days[-1])
    size.set_ylim(0, queue.size.max() * 1.15)
    size.legend(loc="upper right", ncols=3, reverse=True)

    month = np.unique(queue.days.astype("datetime64[M]"))
    published = _sums(queue.days.astype("datetime64[M]"), month, queue.places.astype(np.float64))
    places.bar(month, published, width=_width(month), align="edge", color=GREEN)
    _axis(places, "Places published in a month", "places")
    _thousands(places)
    _calendar(places)

    small = lower.subplots(rows, columns, sharex=True, sharey=True, squeeze=False).ravel()
    lower.suptitle(
        "Each line: children of one birth year", x=0.012, ha="left", fontsize=10, fontweight="bold"
    )
    for axes, year, line in zip(small, queue.lines, queue.by_line, strict=False):
        axes.fill_between(queue.days, line, color=SKY, alpha=0.5, lw=0)
        axes.plot(queue.days, line, color=BLUE, lw=1)
        axes.text(0.02, 0.95, f"born {year}", transform=axes.transAxes, va="top", fontweight="bold")
        axes.text(0.02, 0.79, f"{number(line[-1])} at the end, {number(line.max())} at most",
                  transform=axes.transAxes, va="top", color=QUIET, fontsize=8)  # fmt: skip
        axes.set_ylim(0, queue.by_line.max() * 1.55)
        axes.set_xlim(queue.days[0], queue.days[-1])
        _thousands(axes)
        _calendar(axes)
    for axes in small[len(queue.lines) :]:
        axes.set_visible(False)
    return page


# ---- waiting ----


def _days(value: float) -> str:
    return "not yet known" if np.isnan(value) else plural(round(value), "day", "days")


def waits_finding(waits: Waits) -> str:
    half = waits.able.within(0.5)
    if np.isnan(half):
        return "Fewer than half of those who are old enough have a referral yet"
    without, having = (_days(wait.within(0.5)) for wait in (waits.without, waits.having))
    return (
        f"Once old enough, half of the children have a referral within {_days(half)}:\n"
        f"{without} without a benefit, {having} with one"
    )


def waits_page(waits: Waits, age: str, source: str) -> Figure:
    """How long until the first referral: everybody, by benefit, by group year. `age` is the one
    from which a turn may come."""
    notes = (
        f"{source} Calendar days to the first referral, from the registration or, if that is "
        f"later, from the age at which a turn may come ({age}),\n"
        "by Kaplan and Meier: who still waits counts for as long as that has lasted, who left "
        "before for as long as he stayed. Dot: half have a\n"
        "referral. Bar: from a quarter to three quarters; an arrow where these are not known yet. "
        "Benefit: as registered."
    )
    page, room = _page(3.4 + 0.5 * max(len(waits.by_line), len(waits.by_benefit)), waits_finding(waits), notes)
    axes = room.subplot_mosaic([["curve", "line"], ["benefit", "line"]])
    curve, benefit, line = axes["curve"], axes["benefit"], axes["line"]

    for wait, colour, named_at in ((waits.registered, GREY, 0.4), (waits.able, BLUE, 0.85)):
        curve.step(
            [0, *wait.days], [100, *(100 * wait.waiting)], where="post", color=colour, lw=1.8
        )
        at = wait.within(named_at)
        if not np.isnan(at):
            curve.text(at, 103 - 100 * named_at, f"  {wait.label}", color=colour, in_layout=False)
    curve.set_ylim(0, 103)
    curve.set_xlim(0, max([1.0, *waits.registered.days]))
    families = plural(waits.able.families, "child", "children")
    _axis(curve, f"All {families} old enough", "still without a referral, %", "days")

    ordered = sorted(waits.by_benefit, key=lambda row: -row.families)
    for y, row in enumerate(ordered):
        _range(benefit, row, y, GREY if y == 0 else BLUE)
    _rows(benefit, [_short(f"{row.label}: {number(row.families)}") for row in ordered])
    _axis(benefit, "By benefit: how many children", "", "days to the first referral")

    for y, (_, without, having) in enumerate(waits.by_line):
        _range(line, without, y - 0.17, GREY, "no benefit")
        _range(line, having, y + 0.17, BLUE, "with a benefit")
    _rows(
        line,
        [
            f"born {year}\n{number(a.families)} + {number(b.families)}"
            for year, a, b in waits.by_line
        ],
    )
    _axis(
        line, "By group year: children without + with a benefit", "", "days to the first referral"
    )
    named = dict(zip(*reversed(line.get_legend_handles_labels()), strict=True))
    line.legend(named.values(), named.keys(), loc="lower right")
    longest = max(axis.get_xlim()[1] for axis in (benefit, line))
    for axis in (benefit, line):
        axis.set_xlim(0, longest)
    return page


def _short(name: str) -> str:
    """On two lines where it is long."""
    middle = name.find(" ", len(name) // 2)
    return name if len(name) < 26 or middle < 0 else f"{name[:middle]}\n{name[middle + 1 :]}"


def _range(axes: Axes, row: Wait, y: float, colour: str, label: str | None = None) -> None:
    """From a quarter to three quarters, and the half."""
    quarter, half, most = (row.within(share) for share in (0.25, 0.5, 0.75))
    seen = float(row.days[-1]) if len(row.days) else 0.0
    if np.isnan(quarter):
        said = "  fewer than a quarter have one yet" if row.families else ""
        axes.text(0, y, said, va="center", color=colour, fontsize=8, in_layout=False)
        return
    axes.plot([quarter, seen if np.isnan(most) else most], [y, y], color=colour, lw=3, alpha=0.45,
              solid_capstyle="butt")  # fmt: skip
    if np.isnan(most):
        axes.plot([seen], [y], ">", color=colour, ms=6, alpha=0.6)
    if not np.isnan(half):
        axes.plot([half], [y], "o", color=colour, ms=6, label=label)
        axes.annotate(number(half), (half, y), (0, 6), textcoords="offset points", ha="center",
                      fontsize=8, color=colour)  # fmt: skip


def _rows(axes: Axes, labels: Sequence[str]) -> None:
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.5, -0.6)
    axes.grid(axis="x")
    axes.grid(visible=False, axis="y")


# ---- lapsed turns ----

FATES = [
    (CHOSEN, "a kindergarten was chosen", BLUE),
    (GIVEN_UP, "given up by the family", SKY),
    (LEFT, "left the queue", GREY),
    (LAPSED, "lapsed", RED),
    (RUNNING, "still runs", "#D5D5D5"),
]


def turns_finding(turns: Turns) -> str:
    lapsed = len(turns.window)
    if not lapsed:
        return "No turn lapsed"
    share = f"{lapsed / len(turns.fate):.0%} of the turns lapsed"
    return (
        f"{share} ({number(lapsed)} of {number(len(turns.fate))});\n"
        f"{number(turns.window.sum())} days of a place were spent on waiting for those families"
    )


def turns_page(turns: Turns, source: str) -> Figure:
    """What became of turns, and what lapses cost."""
    notes = (
        f"{source} A turn lapses when the family chooses nothing in its choice window; the place "
        "then goes to others.\nDays in vain: of 24 hours, from the coming of the turn to its "
        "lapse. Had again: by a referral to that place, or another turn for it."
    )
    page, room = _page(8.4, turns_finding(turns), notes)
    axes = room.subplot_mosaic([["fate", "fate"], ["share", "share"], ["vain", "again"]],
                               height_ratios=[1.3, 0.8, 1.2])  # fmt: skip
    seen = np.concatenate([turns.month, turns.lapse_month])
    first, last = (seen.min(), seen.max()) if len(seen) else (0, 0)
    months = np.arange(first, last + 1, dtype="datetime64[M]")

    def stack(on: Axes, layers: list[tuple[str, str, Floats]], room: float = 1.22) -> None:
        """Bars by month, with room above them for a legend."""
        base = np.zeros(len(months))
        for name, colour, heights in layers:
            on.bar(months, heights, _width(months), base, align="edge", color=colour,
                   label=f"{name}: {number(heights.sum())}" if name else None)  # fmt: skip
            base = base + heights
        on.set_ylim(0, base.max(initial=1) * room)
        on.set_xlim(months[0], months[-1] + 1)
        _thousands(on)
        _calendar(on)

    by = {which: _sums(turns.month[turns.fate == which], months) for which, _, _ in FATES}
    stack(
        axes["fate"],
        [(name, colour, by[which]) for which, name, colour in FATES if by[which].any()],
    )
    _axis(axes["fate"], "Turns, by the month in which they came, and what became of them", "turns")
    axes["fate"].legend(loc="upper left", ncols=5)

    ended = sum(by.values(), np.zeros(len(months))) - by[RUNNING]
    # A month with few turns says nothing about a share.
    enough = ended >= ENOUGH
    percent = 100 * by[LAPSED][enough] / ended[enough]
    overall = 100 * by[LAPSED].sum() / max(ended.sum(), 1)
    share = axes["share"]
    share.plot(
        months[enough].astype("datetime64[D]") + 15, percent, color=RED, marker="o", ms=3.5, lw=1.2
    )
    share.axhline(overall, color=INK, lw=0.8, ls=":")
    share.text(1.0, overall, f"{overall:.1f}% of all", transform=share.get_yaxis_transform(),
               ha="right", va="bottom", color=INK)  # fmt: skip
    share.set_ylim(0, max([1.0, overall, *percent]) * 1.2)
    share.set_xlim(axes["fate"].get_xlim())
    _calendar(share)
    _axis(
        share,
        f"Of the turns that ended, those that lapsed (months with {ENOUGH} turns or more)",
        "%",
    )

    stack(axes["vain"], [("", RED, _sums(turns.lapse_month, months, turns.window))])
    _axis(axes["vain"], "Days of a place in vain, by the month of the lapse", "days × places")
    groups = [
        ("had again within a week", GREEN, turns.after <= WEEK),
        ("had again later", ORANGE, turns.after > WEEK),
        ("not yet", GREY, np.isnan(turns.after)),
    ]
    stack(
        axes["again"],
        [(n, colour, _sums(turns.lapse_month[which], months)) for n, colour, which in groups],
        1.5,
    )
    _axis(axes["again"], "Their places afterwards, by the month of the lapse", "places")
    axes["again"].legend(loc="upper left", fontsize=8, reverse=True)
    return page


# ---- months ----


def _sums(month: Days, months: Days, weights: Floats | None = None) -> Floats:
    """How many of each month, or the sum of their weights."""
    row = (month - months[:1]).astype(np.int64)
    return np.bincount(row, weights, len(months)).astype(np.float64)


def _width(months: Days) -> list[float]:
    """The lengths of months, with a gap between bars."""
    days = (months + 1).astype("datetime64[D]") - months.astype("datetime64[D]")
    return [float(length) * 0.86 for length in days.astype(np.int64)]


def save(page: Figure, path: Path) -> None:
    page.savefig(path)
    plt.close(page)
