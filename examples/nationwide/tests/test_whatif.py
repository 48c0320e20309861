"""What-if: the figures are those of the events, and a killed worker changes nothing."""

from __future__ import annotations

import copy
import csv
import json
from collections import Counter
from pathlib import Path

import kezek
import pytest

from country import ROOT, Settlement

pytest.importorskip(
    "distributed", reason="Dask is not installed: pip install -r examples/nationwide/requirements.txt"
)

from whatif.cluster import cluster, run  # noqa: E402
from whatif.compare import Result, compare, digest, total  # noqa: E402
from whatif.play import Incomparable, commands, live, named  # noqa: E402
from whatif.table import page, within, write  # noqa: E402

LIVED = "akmola-2018"
SHARES = json.loads((ROOT / "examples/nationwide/whatif/shares.json").read_text(encoding="utf-8"))


def test_a_killed_worker_changes_nothing(country: list[Settlement], tmp_path: Path) -> None:
    alone = [compare(one, LIVED, [LIVED, SHARES]) for one in country]
    with cluster(2) as client:
        # Three countries, so that there is a middle.
        many = [
            Settlement(f"{one.name}-{turn}", one.children, one.journal)
            for turn in range(3)
            for one in country
        ]
        undisturbed, _ = run(client, many, LIVED, [LIVED, SHARES])
        disturbed, killed = run(client, many, LIVED, [LIVED, SHARES], kill_after=12)
    assert killed is not None and killed in {result.worker for result in undisturbed}
    # What only the killed one knew was found again by others.
    assert killed not in {result.worker for result in disturbed}
    assert len(disturbed) == len(many)
    assert digest(disturbed) == digest(undisturbed)
    # And a cluster finds what one process finds.
    mine = {result.settlement: result for result in alone}
    for result in disturbed:
        one = mine[result.settlement.split("-")[0]]
        assert result.sides == one.sides
    sides = total(alone)
    assert list(page(alone, sides))[1].split()[:4] == ["all", "none", "akmola-2018", str(families(alone))]
    write(tmp_path, alone, sides)
    with (tmp_path / "gains.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == sum(len(result.gains) for result in alone) > 0


def families(results: list[Result]) -> int:
    return sum(w.families for r in results for (_, benefit), w in r.sides[0].waits.items() if not benefit)


def test_the_digest_sees_every_figure(country: list[Settlement]) -> None:
    result = compare(country[-1], LIVED, [LIVED, SHARES])
    before = digest([result])
    other = copy.deepcopy(result)
    other.worker += 1
    assert digest([other]) == before
    line = next(iter(other.sides[1].waits))
    other.sides[1].waits[line].lapsed += 1
    assert digest([other]) != before


@pytest.mark.parametrize("recorded", [True, False])
def test_the_life_that_was_lived_is_lived_again(country: list[Settlement], recorded: bool) -> None:
    one = country[0]
    given, end = commands(one)
    register = kezek.Register.open(LIVED, name=one.name)
    outcomes = register.apply_many(given)
    register.advance(end)
    again, other = live(one, LIVED, [LIVED, SHARES], recorded=recorded)
    assert again.digest == register.digest() != other.digest
    types = Counter((event.type, event.to_dict()["cause"]) for event in register.events())
    assert len(again.families) == types["registered", "command"]
    assert sum(family.lapsed for family in again.families.values()) == types["turn_lapsed", "due"]
    assert sum(family.turns for family in again.families.values()) == sum(
        count for (kind, _), count in types.items() if kind == "turn_came"
    )
    assert again.denied == Counter(outcome.denials[0].code for outcome in outcomes if not outcome.accepted)
    # Everybody keeps the number of last year, whatever the other policy denies.
    numbers = [command["application"] for command, _ in named(given, outcomes) if command["type"] == "submit"]
    assert len(set(numbers)) == len(numbers) and set(again.families) <= set(numbers)
    assert set(other.families) == set(again.families)
    assert again.borrowed == 0


def test_answers_follow_their_turn(country: list[Settlement]) -> None:
    one = country[0]
    places = {
        recorded: [
            sum(f.place is not None for f in life.families.values())
            for life in live(one, LIVED, [LIVED, SHARES], recorded=recorded)
        ]
        for recorded in (True, False)
    }
    # As recorded, whoever's turn comes on another day says nothing, and the other order seems to leave places empty.
    assert places[True][0] == places[False][0]
    assert places[True][1] < 0.9 * places[False][1]


def test_rules_that_change_what_commands_mean_are_refused(country: list[Settlement]) -> None:
    one = country[0]
    day = next(row["at"] for row in one.rows() if row.get("do", {}).get("type") == "publish_vacancy")[:10]
    with pytest.raises(Incomparable, match="denies a publication"):
        live(one, LIVED, [LIVED, {"base": LIVED, "name": "closed", "blackouts": [day]}])


def test_a_share_of_all_families_counts_those_who_never_had_it() -> None:
    assert within(Counter({1: 2, 5: 3}), 8, 0.25) == 1
    assert within(Counter({1: 2, 5: 3}), 8, 0.5) == 5
    assert within(Counter({1: 2, 5: 3}), 12, 0.5) is None
