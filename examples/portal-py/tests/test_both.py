"""The two portals beside each other: what one answers the other answers, and what one keeps the other reads."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from conftest import HERE, TOWN, Client, Place, audit, journal, register, rows, rust, until

SETTLEMENT = f"/api/v1/settlements/{TOWN}"
HUGE = "9" * 5_000


class Pair:
    """A portal of each kind, each with a journal of its own, begun at the same moment."""

    def __init__(self, folder: Path) -> None:
        self.places: list[Place] = []
        self.portals: list[Client] = []
        for name, program in (("rust", rust()), ("python", None)):
            (folder / name).mkdir()
            place = Place(folder / name, str(folder / name / "portal.db"))
            self.places.append(place)
            self.portals.append(place.start("--outbox-dir", str(folder / name / "sent"), program=program))

    def both(self, method: str, path: str, who: str | None = None, **more: Any) -> tuple[httpx.Response, httpx.Response]:
        """The same request of both: Rust's answer, then Python's."""
        headers = {"authorization": f"Bearer {who}"} if who else {}
        headers |= more.pop("headers", {})
        one, other = (
            portal.http.request(method, portal.url + path, headers=headers, **more) for portal in self.portals
        )
        return one, other

    def clock(self, wall: str, steady: int) -> None:
        for place in self.places:
            place.set_clock(wall, steady)


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    one = Pair(tmp_path)
    yield one
    for place in one.places:
        place.stop()


def alike(answers: tuple[httpx.Response, httpx.Response], about: object) -> None:
    """The same status and kind; of a problem the same code, of anything else the same JSON."""
    rs, py = answers
    assert py.status_code == rs.status_code, (about, rs.text[:300], py.text[:300])
    kind = rs.headers.get("content-type", "")
    assert py.headers.get("content-type", "") == kind, about
    for name in ("etag", "location", "retry-after", "www-authenticate"):
        assert py.headers.get(name) == rs.headers.get(name), (about, name)
    if not rs.content:
        assert not py.content, about
    elif kind == "application/problem+json":
        assert py.json()["code"] == rs.json()["code"], (about, rs.text, py.text)
        assert set(py.json()) <= {"type", "title", "status", "code", "path", "expected", "found"}
        assert len(py.json().get("found", "")) <= 200
    elif kind == "application/json" and "openapi" not in str(about):
        assert py.json() == rs.json(), about


def test_one_document(place: Place) -> None:
    """The document of docs/ is the one that the Rust portal gives."""
    sys.path.insert(0, str(HERE))
    from portal.document import document

    told = httpx.get(f"{place.start(program=rust()).url}/openapi.json").json()
    assert told == document(), "docs/portal.openapi.json is old: write the Rust portal's /openapi.json there"


def test_the_same_life(pair: Pair) -> None:
    """A few families through both; after each step everybody's view of everything is the same."""
    number = "UO.2018.{:06}.1".format
    offer = {"kindergarten": "bobek", "group_year": 2015, "language": "kk", "signature": "tests"}
    steps: list[tuple[str, dict[str, Any]]] = [
        *((f"parent-{n}", register(n)) for n in range(1, 6)),
        ("staff", {"type": "publish_vacancy", "places": 3, **offer}),
        ("elsewhere", {"type": "publish_vacancy", "places": 1, **offer}),
        ("parent-1", {"type": "choose", "application": number(1), "vacancy": 1, "signature": "tests"}),
        ("parent-2", {"type": "choose", "application": number(1), "vacancy": 1, "signature": "tests"}),
        ("parent-2", {"type": "choose", "application": number(2), "vacancy": 1, "signature": "tests"}),
        ("parent-3", {"type": "withdraw", "application": number(3), "signature": "tests"}),
        ("staff", {"type": "accept", "application": number(1), "signature": "tests"}),
        ("staff", {"type": "refuse", "application": number(2), "reason": "tests", "signature": "tests"}),
        ("parent-5", {"type": "pass_turn", "application": number(5), "vacancy": 1, "signature": "tests"}),
    ]
    done = 0
    for place, (who, command) in enumerate(steps):
        alike(pair.both("POST", f"{SETTLEMENT}/checks", who, json=command), command)
        answers = pair.both("POST", f"{SETTLEMENT}/commands", who, json=command, headers={"idempotency-key": f"k-{place}"})
        alike(answers, command)
        done += answers[1].status_code == 200
        _views(pair, [number(n) for n in range(1, 7)])
    assert done >= 8
    # Ten days later turns have lapsed, at the same moments; the messages say the same.
    pair.clock("2018-05-12T10:00:00+06:00", 10 * 86_400)
    alike(pair.both("POST", f"{SETTLEMENT}/questions", "department", json={"view": "digest"}), "digest")
    _views(pair, [number(n) for n in range(1, 7)])
    assert [portal.end() for portal in pair.portals] == [0, 0]
    rs, py = pair.places
    assert [json.loads(text) for text in journal(py)] == [json.loads(text) for text in journal(rs)]
    waiting = "select seq, part, body, sent_at = 'late' from outbox order by seq, part"
    outbox = [[(*row[:2], json.loads(row[2])) for row in rows(place, waiting)] for place in (rs, py)]
    assert outbox[0] == outbox[1] and len(outbox[0]) > 10


def _views(pair: Pair, numbers: list[str]) -> None:
    for path in ("", "/policy", "/vacancies", "/vacancies?group_year=2015&state=waiting", "/queue?group_year=2015"):
        alike(pair.both("GET", f"{SETTLEMENT}{path}" if path else "/api/v1/settlements"), path)
    for who in ("parent-1", "parent-2", "staff", "elsewhere", "department", "operator"):
        alike(pair.both("GET", "/api/v1/me", who), who)
        alike(pair.both("GET", f"{SETTLEMENT}/applications", who), who)
        alike(pair.both("GET", f"{SETTLEMENT}/applications?iin=p:parent-1", who), who)
        for number in numbers:
            alike(pair.both("GET", f"{SETTLEMENT}/applications/{number}", who), (who, number))
    for number in numbers:
        alike(pair.both("GET", f"{SETTLEMENT}/applications/{number}/position"), number)
    # The proof of a place is its family's; what it is held against is everybody's (its instant is that of asking).
    for who in ("parent-1", "parent-2", "staff", "operator"):
        rs, py = pair.both("POST", f"{SETTLEMENT}/questions", who, json={"view": "seal"})
        assert (rs.status_code, rs.json()["root"]) == (py.status_code, py.json()["root"]), who
        for number in numbers:
            question = {"view": "proof", "application": number}
            alike(pair.both("POST", f"{SETTLEMENT}/questions", who, json=question), (who, number))


BODIES: list[str | bytes] = [
    "", "[]", "null", "{}", "{} x", '{"type":NaN}', '{"type":"submit","places":Infinity}', '{"type":"\\ud800"}',
    '{"\\udfff":1}', '{"type":"submit","type":"withdraw"}', '{"a":' + "[" * 5_000 + "]" * 5_000 + "}",
    '{"type":"withdraw","n":' + HUGE + "}", '{"view":"queue","group_year":18446744073709551616}',
    '{"view":"queue","group_year":1e400}', '{"type":"submit"}'.encode("utf-16"), b"\xef\xbb\xbf{}", b'{"type":"\xff"}',
    '{"type":"\\u0000"}', '{"type":"' + "a" * 60_000 + '"}', '{"type":"a\nb"}', '{"view":5}', '{"view":["a"]}',
    '{"view":{}}', '{"view":"enrolled","kindergarten":["bobek"]}', '{"view":"journal","iin":[1]}',
    '{"view":"application","application":7}', '{"view":"nothing"}', '{"view":"permissions","kindergarten":7}',
    '{"view":"explain_position","application":"UO.2018.000001.1","events":[]}', '{"view":"digest"}',
    '{"view":"enrolled","kindergarten":"bobek"}', '{"view":"referral","child":"p:child-1"}',
]  # fmt: skip


def test_what_cannot_be_read(pair: Pair) -> None:
    """Every unreadable request is the same problem at both, never a fault of the portal."""
    root = SETTLEMENT
    for path in (
        f"{root}/queue?group_year=2015&limit={HUGE}", f"{root}/queue?group_year=2015&group_year=2016", f"{root}/queue",
        f"{root}/queue?group_year=", f"{root}/queue?group_year=70000", f"{root}/queue?group_year=2015&limit=0",
        f"{root}/vacancies?state=bad", f"{root}/vacancies?kindergarten=", f"{root}/vacancies?colour=red",
        f"{root}/applications?iin=zz", f"{root}/applications?x=1", f"{root}/applications/zzz",
        f"{root}/applications/%00/position", f"{root}/applications/zzz/events", "/api/v1/nowhere", "/api/v1/demo",
        "/nowhere", f"{root}/policy/", "/api/v1/settlements/elsewhere/policy", "/docs", "/openapi.json", "/",
        "/health/live", "/health/ready",
    ):  # fmt: skip
        # (Of a stream nobody asks for the head; and what is wrong with "/" the Rust portal says without a body.)
        for method in ("GET", "HEAD", "POST", "PUT", "OPTIONS"):
            if not path.endswith("/events") and (path != "/" or method in ("GET", "HEAD")):
                alike(pair.both(method, path, "department"), (method, path))
    for given in ("Bearer nobody", "Bearer Basic aa", "Bearer", "department", "Basic aa"):
        alike(pair.both("GET", f"{root}/policy", headers={"authorization": given}), given)
    alike(pair.both("POST", "/api/v1/settlements/elsewhere/commands"), "no token")
    for tag in (HUGE, f'"{HUGE}"', '"-7"', '"18446744073709551616"', "", '"', '""', "W/\"1\"", '"9"'):
        headers = {"if-match": tag, "idempotency-key": "tag"}
        alike(pair.both("POST", f"{root}/commands", "parent-1", json=register(1), headers=headers), tag)
    for key in ("", "k" * 201, "é".encode("latin-1")):
        headers = {"idempotency-key": key}
        alike(pair.both("POST", f"{root}/commands", "parent-1", json=register(1), headers=headers), key)
    for place, body in enumerate(BODIES):
        for who in ("department", "parent-1", "staff"):
            for where in ("commands", "checks", "questions"):
                headers = {"idempotency-key": f"body-{place}-{who}"} if where == "commands" else {}
                alike(pair.both("POST", f"{root}/{where}", who, content=body, headers=headers), (where, who, body[:60]))
    large = pair.both("POST", f"{root}/checks", "parent-1", content='{"type":"' + "a" * 70_000 + '"}')
    alike(large, "large")
    assert large[1].status_code == 413
    own = "/applications/UO.2018.000001.1"
    alike(pair.both("POST", f"{root}/commands", "parent-1", json=register(1), headers={"idempotency-key": "own"}), "own")
    for last in ("x", "", "-1", HUGE):
        alike(pair.both("GET", f"{root}{own}/events", "parent-1", headers={"last-event-id": last}), last[:9])


SAMPLES: list[dict[str, Any]] = [
    register(2),
    {"type": "publish_vacancy", "kindergarten": "bobek", "group_year": 2015, "language": "ru", "places": 2, "signature": "s"},
    {"type": "choose", "application": "UO.2018.000001.1", "vacancy": 1, "signature": "s"},
    {"type": "accept", "application": "UO.2018.000001.1", "signature": "s"},
    {"type": "change_benefit", "application": "UO.2018.000001.1", "benefit": None, "signature": "s"},
    {"type": "link_parent", "application": "UO.2018.000001.1", "parent": "p:parent-9", "signature": "s"},
    {"type": "record_visit", "referral": "1000001001", "signature": "s"},
    {"type": "pause", "reason": "tests", "authority": "tests", "signature": "s"},
    {"view": "queue", "group_year": 2015, "offset": 0, "limit": 5},
    {"view": "history", "application": "UO.2018.000001.1"},
    {"view": "card", "application": "UO.2018.000001.1"},
    {"view": "form", "form": {"born": "2015-05-02"}},
]
ODD: list[Any] = [
    None, True, 0, -1, 2**63, 2**64, 10**30, "", "x", "p:child-1", "p:" + "ж" * 65, "2015-02-30", "2015-05-02", [], {},
    [[]], "991231500016", "UO.2018.000001.1", "\u0000", "𝕏" * 70, {"iin": "p:child-1"}, {"role": "operator"},
]  # fmt: skip


def test_bodies_that_are_almost_right(pair: Pair) -> None:
    """Bodies that are made from good ones, one field off at a time (seeded): both portals say the same."""
    dice = random.Random(7)
    statuses: dict[int, int] = {}
    for place in range(400):
        body = json.loads(json.dumps(dice.choice(SAMPLES)))
        within = body["child"] if "child" in body and dice.random() < 0.3 else body
        match dice.randrange(4):
            case 0:
                within.pop(dice.choice(list(within)))
            case 1:
                within[dice.choice(list(within))] = dice.choice(ODD)
            case 2:
                within[dice.choice(["by", "key", "more", "ext", "application", "iin", "expected_revision"])] = dice.choice(ODD)
            case _:
                pass
        where = "questions" if "view" in body else dice.choice(["commands", "checks"])
        who = dice.choice(["parent-1", "parent-2", "staff", "department", "operator"])
        headers = {"idempotency-key": f"almost-{place}"} if where == "commands" else {}
        answers = pair.both("POST", f"{SETTLEMENT}/{where}", who, json=body, headers=headers)
        alike(answers, (where, who, body))
        statuses[answers[1].status_code] = statuses.get(answers[1].status_code, 0) + 1
    assert set(statuses) <= {200, 400, 403, 404, 409, 412, 422}
    assert min(statuses.get(status, 0) for status in (200, 400, 403, 409)) >= 5, statuses


def test_snapshots_of_either(either: Place) -> None:
    """What one keeps at its stop the other begins from; one that cannot be read is passed over."""
    accepted: dict[str, int] = {}
    for turn, program in enumerate((rust(), None, rust(), None)):
        portal = either.start(program=program)
        for n in range(turn * 5, turn * 5 + 5):
            answer = portal.do(register(n), f"parent-{n}", f"k-{n}")
            assert answer.status_code == 200, answer.text
            accepted[f"k-{n}"] = answer.json()["revision"]
        digest = portal.digest()
        assert portal.end() == 0
        [(seq, body)] = rows(either, "select seq, body from snapshot")
        assert seq == accepted[f"k-{turn * 5 + 4}"], "it is of the stop"
        assert json.loads(body)["digest"] == digest
        audit(journal(either), accepted, digest)
    assert "passed over" not in (either.folder / "log").read_text()


def test_readers_follow_the_other_portal(either: Place) -> None:
    """What one writes the other's readers see, without being asked to write."""
    one, other = either.start(program=rust()), either.start()
    assert one.do(register(1), "parent-1", "a").status_code == 200
    until(lambda: other.get("/applications/UO.2018.000001.1", "parent-1").status_code == 200, 5)
    assert other.do(register(2), "parent-2", "b").status_code == 200
    until(lambda: one.get("/applications/UO.2018.000002.1", "parent-2").status_code == 200, 5)
    assert one.digest() == other.digest()
