"""What is promised beside the API: messages, snapshots, clocks, stops, what stands in logs and metrics."""

from __future__ import annotations

import http.server
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from conftest import HERE, TOWN, Client, Place, audit, journal, register, rows, until

OFFER = {"type": "publish_vacancy", "kindergarten": "bobek", "group_year": 2015, "language": "kk", "signature": "tests"}


class Receiver(http.server.ThreadingHTTPServer):
    """Takes messages; refuses every fifth request, breaks off every seventh, and at some does what the test wants."""

    daemon_threads = True

    def __init__(self, at: Callable[[int], None]) -> None:
        super().__init__(("127.0.0.1", 0), Take)
        self.taken: dict[str, list[dict[str, Any]]] = {}
        self.count, self.at, self.lock = 0, at, threading.Lock()


class Take(http.server.BaseHTTPRequestHandler):
    server: Receiver

    def do_PUT(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        with self.server.lock:
            self.server.count += 1
            count = self.server.count
            if count % 5 == 0:
                self.send_error(500)
                return
            self.server.taken.setdefault(self.path.removeprefix("/messages/"), []).append(body)
        self.server.at(count)
        if count % 7 == 0:
            self.wfile.write(b"no answer of HTTP\r\n\r\n")
            return
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def receiver(at: Callable[[int], None] = lambda _: None) -> Iterator[tuple[Receiver, str]]:
    one = Receiver(at)
    threading.Thread(target=one.serve_forever, daemon=True).start()
    yield one, f"http://127.0.0.1:{one.server_address[1]}/messages"
    one.shutdown()
    one.server_close()


def test_no_message_is_lost(either: Place) -> None:
    """The receiver fails now and then, the portal dies between sending and marking: each message comes, under one name,
    and what comes again says the same."""
    portals: list[Client] = []
    deaths = [9, 23]

    def die(count: int) -> None:
        # (A portal sends while it still starts: then it is the next message that ends it.)
        if deaths and count >= deaths[0] and portals and portals[-1].process.poll() is None:
            del deaths[0]
            portals[-1].kill()

    with receiver(die) as (taker, url):
        portals.append(either.start("--outbox-url", url))
        made = 0
        while made < 30 or deaths:
            assert made < 300, "the receiver was not asked often enough"
            try:
                made += portals[-1].do(register(made), f"parent-{made}", f"k-{made}").status_code == 200
            except httpx.HTTPError:
                portals.append(either.start("--outbox-url", url))
        waiting = "select count(*) from outbox where sent_at is null"
        while rows(either, waiting) != [(0,)]:
            if portals[-1].process.poll() is not None:
                portals.append(either.start("--outbox-url", url))
            time.sleep(0.2)
        assert len(portals) == 3
        kept = {f"{TOWN}-{seq}-{part}": json.loads(body) for seq, part, body in rows(either, "select seq, part, body from outbox")}
        assert {name: told[0] for name, told in taker.taken.items()} == kept
        assert all(told == kept[name] == {**told, "id": name} for name, all_ in taker.taken.items() for told in all_)
        assert any(len(told) > 1 for told in taker.taken.values()), "none came again: the test tests nothing"
    audit(journal(either), {f"k-{n}": 0 for n in range(made)}, None)


def test_what_has_become_late_is_not_sent(place: Place) -> None:
    """A turn that lapsed while its message waited: that message is late by then."""
    portal = place.start()
    assert portal.do(register(1), "parent-1", "a").status_code == 200
    assert portal.do({**OFFER, "places": 1}, "staff", "b").status_code == 200
    assert portal.end() == 0
    place.set_clock("2018-05-08T10:00:00+06:00", 0)
    folder = place.folder / "sent"
    place.start("--outbox-dir", str(folder))
    until(lambda: rows(place, "select count(*) from outbox where sent_at is null") == [(0,)])
    ends = {json.loads(body)["kind"]: sent_at for body, sent_at in rows(place, "select body, sent_at from outbox")}
    assert ends["turn_came"] == "late"
    assert ends["registered"].startswith("2018-05-08T10:00:0") and ends["registered"].endswith("+06:00")
    sent = {json.loads(file.read_text())["kind"] for file in folder.glob("*.json")}
    assert sent == {kind for kind, sent_at in ends.items() if sent_at != "late"}
    assert not list(folder.glob(".*")), "nothing half written stays"


def test_snapshots_only_save_time(either: Place) -> None:
    portal = either.start("--snapshot-every", "5")
    for n in range(12):
        assert portal.do(register(n), f"parent-{n}", f"k-{n}").status_code == 200
    until(lambda: len(rows(either, "select seq from snapshot")) == 1)
    digest = portal.digest()
    portal.kill()
    # The journal has gone on since; then one that is broken, then one of another journal.
    portal = either.start()
    assert portal.digest() == digest
    portal.kill()
    for broken in ("{", '{"format":1}', "null"):
        _write(either, f"update snapshot set body = '{broken}'")
        portal = either.start()
        assert portal.digest() == digest
        portal.kill()
    audit(journal(either), {f"k-{n}": 0 for n in range(12)}, digest)
    assert "passed over" in (either.folder / "log").read_text()


def _write(place: Place, statement: str) -> None:
    if place.database.startswith("postgres"):
        import psycopg

        with psycopg.connect(place.database) as server:
            server.execute(statement.encode())
    else:
        import sqlite3

        with sqlite3.connect(place.database) as file:
            file.execute(statement)


@pytest.mark.parametrize("wall", ["2018-05-02T09:00:00+06:00", "2019-05-02T10:00:00+06:00"])
def test_a_restart_does_not_lift_a_leap(place: Place, wall: str) -> None:
    """A clock behind the journal, or one by which a turn would lapse a year late: somebody has to say that it is right."""
    portal = place.start()
    assert portal.do(register(1), "parent-1", "a").status_code == 200
    assert portal.do({**OFFER, "places": 1}, "staff", "b").status_code == 200
    before = journal(place)
    portal.kill()
    place.set_clock(wall, 0)
    portal = place.start()
    assert httpx.get(f"{portal.url}/health/ready").json() == {"faults": ["clock_leapt"], "ready": False}
    refused = portal.do(register(2), "parent-2", "c")
    assert (refused.status_code, refused.json()["code"]) == (503, "clock_leapt")
    assert refused.headers["retry-after"] == "1"
    # What is asked is answered, as of the last moment.
    stands = portal.get("/applications/UO.2018.000001.1", "parent-1").json()["card"]["application"]["stage"]
    assert stands == "notified"
    time.sleep(1.5)
    assert journal(place) == before, "nothing is settled"
    portal.kill()
    portal = place.start("--accept-clock")
    assert portal.do(register(2), "parent-2", "c").status_code == 200


def test_a_stop_ends_streams(place: Place) -> None:
    """A stop is soon, although somebody listens; what was asked is done."""
    portal = place.start()
    assert portal.do(register(1), "parent-1", "a").status_code == 200
    address = f"{portal.url}/api/v1/settlements/{TOWN}/applications/UO.2018.000001.1/events"
    with httpx.stream("GET", address, headers={"authorization": "Bearer parent-1", "last-event-id": "1"}, timeout=20) as stream:
        lines = stream.iter_lines()
        assert [next(lines), next(lines)] == ["event: changed", "id: 2"]
        assert [event["type"] for event in json.loads(next(lines).removeprefix("data: "))["events"]] == ["registered"]
        began = time.monotonic()
        assert portal.end() == 0
        assert time.monotonic() - began < 4
        assert [line for line in lines if line] == []


def test_logs_and_metrics_name_nobody(place: Place) -> None:
    portal = place.start()
    for n in range(3):
        assert portal.do(register(n), f"parent-{n}", f"secret-key-{n}").status_code == 200
    assert portal.do(register(1), "parent-2", "secret-key-9").status_code == 409
    assert portal.get("/applications?iin=p:parent-1", "department").status_code == 200
    assert portal.post("/commands", {"type": "p:whoever"}, "parent-1", **{"Idempotency-Key": "x"}).status_code == 400
    httpx.request("P-PARENT", f"{portal.url}/p:parent-1")
    told = httpx.get(f"{portal.url}/metrics").text
    values = {line.split(" ")[0]: float(line.split(" ")[1]) for line in told.splitlines() if not line.startswith("#")}
    assert values['portal_commands_total{result="done",type="submit"}'] == 3
    assert values['portal_commands_total{result="denied",type="submit"}'] == 1
    assert values[f'portal_revision{{settlement="{TOWN}"}}'] == 4
    assert values[f'portal_live_applications{{settlement="{TOWN}"}}'] == 3
    assert values[f'portal_outbox_waiting{{settlement="{TOWN}"}}'] >= 3
    assert values["portal_clock_good"] == 1
    commands = f'portal_request_seconds_count{{method="POST",route="/api/v1/settlements/{{settlement}}/commands",status="200"}}'
    assert values[commands] == 3
    assert portal.end() == 0
    log = (place.folder / "log").read_text()
    lines = [json.loads(line) for line in log.splitlines()]
    requests = [line for line in lines if line["message"] == "request"]
    done = next(line for line in requests if line["status"] == 200 and line["method"] == "POST")
    assert done["settlement"] == TOWN and done["revision"] >= 2 and done["route"].endswith("/{settlement}/commands")
    for word in ("p:parent", "p:child", "p:whoever", "secret-key", "parent-1", "UO.2018", "department"):
        assert word not in log and word not in told, word


def test_what_is_set_wrongly_is_said(tmp_path: Path) -> None:
    import subprocess
    import sys

    good = {"sha256": "0" * 64, "actor": {"role": "department"}}
    town = [{"id": "town", "policy": "akmola-2018"}]
    for config, word in (
        ({"settlements": []}, "at least one"),
        ({"settlements": [{"id": "a b", "policy": "akmola-2018"}]}, "letters"),
        ({"settlements": [{"id": "a", "policy": "none"}]}, "policy"),
        ({"settlements": town, "tokens": [{**good, "sha256": "short"}]}, "tokens[0]: sha256"),
        ({"settlements": town, "tokens": [good, {**good, "actor": {"role": "king"}}]}, "tokens[1]: actor"),
        ({"settlements": town, "tokens": [{**good, "actor": {"role": "applicant", "iin": "12"}}]}, "iin"),
    ):
        (tmp_path / "portal.json").write_text(json.dumps(config))
        given = ["--config", str(tmp_path / "portal.json"), "--database", str(tmp_path / "portal.db")]
        ran = subprocess.run(
            [sys.executable, "-m", "portal", *given], cwd=HERE, capture_output=True, text=True, timeout=30, check=False
        )
        assert (ran.returncode, word in ran.stderr, "Traceback" in ran.stderr) == (1, True, False), ran.stderr


def test_the_demo(tmp_path: Path) -> None:
    """The town is there, its people may come in, and a second start finds it as it was."""
    place = Place(tmp_path, str(tmp_path / "portal.db"))
    try:
        digests = set()
        for _ in range(2):
            portal = place.start_demo()
            people = httpx.get(f"{portal.url}/api/v1/demo").json()["people"]
            assert {one["actor"]["role"] for one in people} == {"applicant", "staff", "department", "operator"}
            root = f"{portal.url}/api/v1/settlements/demo"
            for one in people:
                head = {"authorization": f"Bearer {one['token']}"}
                own = httpx.get(f"{root}/applications", headers=head)
                assert own.status_code == 200
                if one["stage"] is not None:
                    assert one["stage"] in {row["card"]["application"]["stage"] for row in own.json()}
            head = {"authorization": f"Bearer {people[-1]['token']}"}
            digests.add(httpx.post(f"{root}/questions", json={"view": "digest"}, headers=head).text)
            assert portal.end() == 0
        assert len(digests) == 1
    finally:
        place.stop()
