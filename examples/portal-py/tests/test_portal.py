"""The portal in Python: the life of an application, faults, and one journal with the Rust portal."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from conftest import HERE, TOWN, Client, Place, audit, journal, register, rust

OFFER = {
    "type": "publish_vacancy",
    "kindergarten": "bobek",
    "group_year": 2015,
    "language": "kk",
    "places": 3,
    "signature": "tests",
}


def test_the_life_of_an_application(place: Place) -> None:
    portal = place.start()
    assert httpx.get(f"{portal.url}/health/ready").json() == {"ready": True, "faults": []}
    answer = portal.do(register(1), "parent-1", "k-1")
    assert answer.status_code == 200, answer.text
    number = answer.json()["dossier"]["card"]["application"]["application"]
    assert answer.json()["dossier"]["position"]["number"] == 1

    # Who may see it.
    own = portal.get(f"/applications/{number}", "parent-1")
    assert own.status_code == 200, own.text
    assert own.json()["history"][0]["type"] == "registered"
    known = portal.get(f"/applications/{number}", "parent-1", **{"If-None-Match": own.headers["etag"]})
    assert known.status_code == 304
    assert portal.get(f"/applications/{number}", "parent-2").status_code == 403
    assert portal.get(f"/applications/{number}", "nobody").status_code == 401
    assert portal.get("/applications/UO.2018.999999.1", "parent-1").status_code == 404
    assert portal.get(f"/applications/{number}/position").json()["in_group_year"] == 1

    # A stream hears of the turn.
    heard: list[dict[str, Any]] = []
    stream = threading.Thread(target=_listen, args=(portal, number, heard))
    stream.start()
    time.sleep(0.5)
    assert portal.do(OFFER, "staff", "k-2").status_code == 200
    stream.join(timeout=15)
    assert [event["type"] for event in heard[0]["events"]] == ["turn_came"]
    assert portal.get("/vacancies?group_year=2015&state=waiting").json()[0]["waiting"] == 3

    choice = {"type": "choose", "application": number, "vacancy": 1, "signature": "tests"}
    assert portal.post("/checks", choice, "parent-1").json() == {"denials": []}
    assert portal.do(choice, "parent-2", "k-3").json()["denials"][0]["code"] == "not_yours"
    chosen = portal.do(choice, "parent-1", "k-4", )
    assert chosen.status_code == 200 and chosen.json()["events"][0]["type"] == "referral_issued"
    assert [one["card"]["application"]["stage"] for one in portal.get("/applications", "staff").json()] == ["referred"]
    accept = {"type": "accept", "application": number, "signature": "tests"}
    assert portal.do(accept, "staff", "k-5").json()["dossier"]["card"]["application"]["stage"] == "enrolled"
    assert portal.post("/questions", {"view": "enrolled", "kindergarten": "bobek"}, "elsewhere").status_code == 403
    digest = portal.digest()
    assert portal.end() == 0
    audit(journal(place), {f"k-{n}": 0 for n in (1, 2, 4, 5)}, digest)
    told = (place.folder / "log").read_text()
    assert "p:parent" not in told and "p:child" not in told, "the log names nobody"


def _listen(portal: Client, number: str, heard: list[dict[str, Any]]) -> None:
    url = f"/applications/{number}/events"
    with portal.http.stream("GET", url, headers={"authorization": "Bearer parent-1"}) as stream:
        for line in stream.iter_lines():
            if line.startswith("data: "):
                heard.append(json.loads(line.removeprefix("data: ")))
                return


def test_what_is_wrong_is_named(place: Place) -> None:
    portal = place.start()
    cases: list[tuple[Any, dict[str, str], int, str]] = [
        ({"type": "submit"}, {"Idempotency-Key": "a"}, 400, "applicant"),
        ({"type": "withdraw", "application": 5}, {"Idempotency-Key": "a"}, 400, "application"),
        (register(1), {}, 400, "Idempotency-Key"),
        ({**register(1), "by": {"role": "department"}}, {"Idempotency-Key": "a"}, 400, "by"),
        (register(1), {"Idempotency-Key": "a", "If-Match": "seven"}, 400, "If-Match"),
        (register(1), {"Idempotency-Key": "a", "If-Match": '"7"'}, 412, "expected_revision"),
        ([], {"Idempotency-Key": "a"}, 400, ""),
    ]
    for value, headers, status, path in cases:
        answer = portal.post("/commands", value, "parent-1", **headers)
        told = answer.json()
        assert (answer.status_code, told.get("path", "")) == (status, path), answer.text
        assert answer.headers["content-type"] == "application/problem+json"
    assert portal.do(register(1), "parent-1", "a").status_code == 200
    conflict = portal.do(register(2), "parent-2", "a")
    assert (conflict.status_code, conflict.json()["code"]) == (422, "key_conflict")
    assert portal.get("/queue?group_year=2015&limit=501").json()["path"] == "limit"
    assert portal.get("/vacancies?colour=red").json()["path"] == "colour"
    assert httpx.get(f"{portal.url}/api/v1/settlements/elsewhere/policy").status_code == 404


def test_the_same_request_ten_times(place: Place) -> None:
    portal = place.start()
    answers: list[httpx.Response] = []
    threads = [
        threading.Thread(target=lambda: answers.append(portal.do(register(1), "parent-1", "once"))) for _ in range(10)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} == {200}
    assert len({json.dumps(answer.json()["events"], sort_keys=True) for answer in answers}) == 1
    audit(journal(place), {"once": 0}, portal.digest())


def test_a_clock_that_leaps_settles_nothing(place: Place) -> None:
    portal = place.start()
    assert portal.do(register(1), "parent-1", "a").status_code == 200
    place.set_clock("2019-05-02T10:00:00+06:00", 5)
    refused = portal.do(register(2), "parent-2", "b")
    assert (refused.status_code, refused.json()["code"]) == (503, "clock_leapt")
    assert httpx.get(f"{portal.url}/health/ready").json()["faults"] == ["clock_leapt"]
    place.set_clock("2018-05-02T10:00:10+06:00", 10)
    assert portal.do(register(2), "parent-2", "b").status_code == 200


def test_what_falls_due_happens_by_itself(place: Place) -> None:
    portal = place.start("--outbox-dir", str(place.folder))
    assert portal.do(register(1), "parent-1", "a").status_code == 200
    offered = portal.do({**OFFER, "places": 1}, "staff", "b")
    assert offered.status_code == 200
    # Ten days later the turn has lapsed, at its own moment: three working days after it came.
    place.set_clock("2018-05-12T10:00:00+06:00", 10 * 86_400)
    for _ in range(100):
        events = portal.post("/questions", {"view": "history", "application": "UO.2018.000001.1"}, "parent-1").json()
        if events[-1]["type"] == "turn_lapsed":
            break
        time.sleep(0.1)
    came = next(event for event in events if event["type"] == "turn_came")
    assert events[-1]["at"] == came["choose_by"] > came["at"]
    for _ in range(50):
        if len(list(place.folder.glob(f"{TOWN}-*.json"))) >= 3:
            break
        time.sleep(0.1)
    sent = [json.loads(file.read_text()) for file in place.folder.glob(f"{TOWN}-*.json")]
    assert {message["kind"] for message in sent} >= {"registered", "turn_came", "turn_lapsed"}


class Storm(threading.Thread):
    """A family after the other registers, at whichever portal answers; a refused request is sent again."""

    def __init__(self, clients: list[Client], first: int, accepted: dict[str, int]) -> None:
        super().__init__()
        self.clients, self.first, self.accepted, self.over = clients, first, accepted, threading.Event()

    def run(self) -> None:
        n = self.first
        while not self.over.is_set():
            key = f"storm-{n}"
            try:
                answer = random.choice(self.clients).do(register(n), f"parent-{n % 64}", key)
            except httpx.HTTPError:
                time.sleep(0.05)
                continue
            if answer.status_code == 503:
                time.sleep(0.05)
                continue
            assert answer.status_code == 200, answer.text
            self.accepted[key] = answer.json()["revision"]
            n += 4


def storm(clients: list[Client], accepted: dict[str, int]) -> list[Storm]:
    storms = [Storm(clients, 1_000 + first, accepted) for first in range(4)]
    for one in storms:
        one.start()
    return storms


def calm(storms: list[Storm]) -> None:
    for one in storms:
        one.over.set()
    for one in storms:
        one.join()


@pytest.mark.parametrize("where", ["place", "shared"])
def test_killed_under_load(where: str, request: pytest.FixtureRequest) -> None:
    place: Place = request.getfixturevalue(where)
    accepted: dict[str, int] = {}
    clients = [place.start()]
    storms = storm(clients, accepted)
    for _ in range(int(os.environ.get("KEZEK_KILLS", "5"))):
        time.sleep(random.uniform(0.2, 0.8))
        clients[0].kill()
        clients[0] = place.start()
    time.sleep(0.5)
    calm(storms)
    assert len(accepted) > 20
    audit(journal(place), accepted, clients[0].digest())


@pytest.mark.parametrize("where", ["place", "shared"])
def test_two_writers(where: str, request: pytest.FixtureRequest) -> None:
    place: Place = request.getfixturevalue(where)
    accepted: dict[str, int] = {}
    clients = [place.start(), place.start()]
    storms = storm(clients, accepted)
    time.sleep(3)
    calm(storms)
    time.sleep(2.5)
    assert len(accepted) > 20
    digests = {client.digest() for client in clients}
    assert len(digests) == 1
    audit(journal(place), accepted, digests.pop())


@pytest.mark.parametrize("where", ["place", "shared"])
def test_one_journal_two_portals(where: str, request: pytest.FixtureRequest) -> None:
    """What one portal begins the other carries on, in turn and at the same time."""
    program, place = rust(), request.getfixturevalue(where)
    accepted: dict[str, int] = {}
    for turn in range(4):
        portal = place.start(program=program if turn % 2 == 0 else None)
        for n in range(turn * 10, turn * 10 + 10):
            answer = portal.do(register(n), f"parent-{n % 64}", f"k-{n}")
            assert answer.status_code == 200, answer.text
            accepted[f"k-{n}"] = answer.json()["revision"]
        # A key of the other portal's is answered with what was done then.
        again = portal.do(register(0), "parent-0", "k-0")
        assert again.json()["events"][0]["application"] == "UO.2018.000001.1"
        digest = portal.digest()
        assert portal.end() == 0
        audit(journal(place), accepted, digest)
    both = [place.start(program=program), place.start()]
    storms = storm(both, accepted)
    time.sleep(3)
    calm(storms)
    time.sleep(2.5)
    digests = {client.digest() for client in both}
    assert len(digests) == 1
    audit(journal(place), accepted, digests.pop())


def test_the_addresses_are_those_of_the_document(place: Place) -> None:
    sys.path.insert(0, str(HERE))
    from portal.api import create
    from portal.clock import Clock
    from portal.config import Config
    from portal.document import document
    from portal.portal import Portal
    from portal.store import open_store

    config = Config.read(place.folder / "portal.json")
    app = create(Portal(config, open_store(place.database), Clock(), {}))
    own = {(route.path, method) for route in app.routes for method in getattr(route, "methods", None) or ()}
    own = {(path, method) for path, method in own if method != "HEAD"}
    told = {(path, method.upper()) for path, methods in document()["paths"].items() for method in methods}
    assert told <= own
    assert {path for path, _ in own - told} == {"/openapi.json", "/api/v1/demo", "/"}
