"""A journal that can be proved, and the proof of a place in the queue."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timezone
from typing import Any

import kezek
import pytest
import scenarios
from conftest import NOW

LATER = "2018-01-16T09:00:00+06:00"


def town(*, chained: bool = True, children: int = 7) -> kezek.Register:
    register = kezek.Register.open("akmola-2018", chained=chained)
    for n in range(children):
        born = f"201{4 + n % 2}-05-02"
        register.submit(applicant=f"p:parent-{n}", child={"iin": f"p:child-{n}", "born": born}, now=NOW)
    register.publish_vacancy(kindergarten="bobek", group_year=2015, language="kk", places=1, now=LATER)
    return register


def test_a_chain_is_verified_in_every_form() -> None:
    register = town()
    link = register.chain
    assert link is not None and len(link) == 64
    events = register.events()
    lines = "\n".join(event.to_json() for event in events)
    for form in (events, [event.to_dict() for event in events], lines, lines.encode(), json.dumps([e.to_dict() for e in events])):
        assert kezek.verify(form) == link
    assert events[-1].chain == link
    assert kezek.Register.replay(lines).chain == link
    assert town(chained=False).chain is None
    assert town(chained=False).digest() == register.digest()


def test_a_link_can_be_made_by_anybody() -> None:
    """As docs/proof.md says it: nothing but SHA-256 and JSON."""
    before = bytes(32)
    register = kezek.Register.open("akmola-2018", chained=True)
    register.publish_vacancy(kindergarten="айгүл", group_year=2015, language="kk", places=1, now="2018-01-16T03:00:00Z")
    for event in register.events():
        row = in_utc(event.to_dict())
        said = row.pop("chain")
        text = json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        before = hashlib.sha256(before + text.encode()).digest()
        assert said == before.hex()


def in_utc(value: Any) -> Any:
    """Its instants in UTC."""
    if scenarios.is_object(value):
        return {key: in_utc(inside) for key, inside in value.items()}
    if scenarios.is_list(value):
        return [in_utc(inside) for inside in value]
    if isinstance(value, str) and value.endswith("+06:00"):
        return datetime.fromisoformat(value).astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return value


def test_what_was_touched_is_named() -> None:
    rows = [event.to_dict() for event in town().events()]
    for at in range(1, len(rows)):
        changed = [dict(row) for row in rows]
        changed[at]["rule"] = "R99"
        with pytest.raises(kezek.CorruptHistoryError) as raised:
            kezek.verify(changed)
        assert raised.value.path == f"[{at}]"
    with pytest.raises(kezek.CorruptHistoryError):
        kezek.verify(town(chained=False).events())
    with pytest.raises(kezek.MalformedError):
        kezek.verify([{"seq": 1}])


def test_a_place_is_proved() -> None:
    register = town()
    seal = register.seal(LATER)
    assert (seal["revision"], seal["chain"], seal["of"]) == (register.revision, register.chain, 7)
    table = register.positions(LATER).to_dict()
    for application, number in zip(table["application"], table["in_group_year"], strict=True):
        proof = register.proof(application, LATER)
        assert proof["number"] == number
        assert kezek.verify_proof(proof, seal["root"])
        assert kezek.verify_proof(json.loads(json.dumps(proof)), seal["root"])
        assert not kezek.verify_proof({**proof, "number": proof["number"] + 1}, seal["root"])
        assert not kezek.verify_proof(proof, "0" * 64)
    numbers = table["application"]
    assert register.proofs(numbers, LATER) == [register.proof(number, LATER) for number in numbers]
    with pytest.raises(kezek.NotFoundError):
        register.proofs([*numbers, "nobody"], LATER)
    with pytest.raises(kezek.NotFoundError):
        register.proof("UO.2018.000099.1", LATER)


def test_no_proof_is_an_error_that_names_the_field() -> None:
    register = town()
    proof, root = register.proof("UO.2018.000001.1", LATER), register.seal(LATER)["root"]
    for wrong, path in (({}, "proof.application"), ({**proof, "path": ["00"]}, "proof.path[0]"), ({**proof, "number": -1}, "proof.number")):
        with pytest.raises(kezek.MalformedError) as raised:
            kezek.verify_proof(wrong, root)
        assert raised.value.path == path
    with pytest.raises(kezek.MalformedError) as raised:
        kezek.verify_proof(proof, root[1:])
    assert raised.value.path == "root"
