"""Real processes of the portal on the loopback, and what is looked at after each test."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import kezek
import pytest

HERE = Path(__file__).resolve().parents[1]
TOWN = "town"
BEGIN = "2018-05-02T10:00:00+06:00"


def token(name: str, actor: dict[str, Any]) -> dict[str, Any]:
    return {"sha256": hashlib.sha256(name.encode()).hexdigest(), "actor": actor}


class Place:
    """A folder with a configuration and a clock, and a database."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder, self.database = folder, database
        self.processes: list[subprocess.Popen[str]] = []
        tokens = [
            token("department", {"role": "department"}),
            token("operator", {"role": "operator", "name": "tests"}),
            token("staff", {"role": "staff", "kindergartens": ["bobek"]}),
            token("elsewhere", {"role": "staff", "kindergartens": ["altyn"]}),
            *(token(f"parent-{n}", {"role": "applicant", "iin": f"p:parent-{n}"}) for n in range(64)),
        ]
        config = {"settlements": [{"id": TOWN, "policy": "akmola-2018"}], "tokens": tokens}
        (folder / "portal.json").write_text(json.dumps(config))
        self.set_clock(BEGIN, 0)

    def set_clock(self, wall: str, steady: int) -> None:
        (self.folder / "clock.new").write_text(f"{wall}\n{steady}\n")
        (self.folder / "clock.new").rename(self.folder / "clock")

    def start(self, *more: str, program: list[str] | None = None) -> Client:
        program = program or [sys.executable, "-m", "portal"]
        given = ["--config", str(self.folder / "portal.json"), "--clock", str(self.folder / "clock"), *more]
        return self._started([*program, *given])

    def start_demo(self) -> Client:
        return self._started([sys.executable, "-m", "portal", "--demo"])

    def _started(self, program: list[str]) -> Client:
        given = ["--database", self.database, "--listen", "127.0.0.1:0"]
        log = (self.folder / "log").open("a")
        process = subprocess.Popen(program + given, cwd=HERE, stdout=subprocess.PIPE, stderr=log, text=True)
        self.processes.append(process)
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.search(r"http://[^ /]+", line)
        assert found, f"the portal does not start: {line!r}\n{(self.folder / 'log').read_text()[-2000:]}"
        return Client(found[0], process)

    def stop(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.kill()
            process.wait()


class Client:
    """A portal that runs."""

    def __init__(self, url: str, process: subprocess.Popen[str]) -> None:
        self.url, self.process = url, process
        self.http = httpx.Client(base_url=f"{url}/api/v1/settlements/{TOWN}", timeout=30)

    def get(self, path: str, who: str | None = None, **headers: str) -> httpx.Response:
        return self.http.get(path, headers=self._headers(who) | headers)

    def post(self, path: str, value: Any, who: str | None, **headers: str) -> httpx.Response:
        return self.http.post(path, json=value, headers=self._headers(who) | headers)

    def do(self, command: dict[str, Any], who: str, key: str) -> httpx.Response:
        return self.post("/commands", command, who, **{"Idempotency-Key": key})

    def digest(self) -> str:
        answer = self.post("/questions", {"view": "digest"}, "department")
        assert answer.status_code == 200, answer.text
        value = answer.json()
        return str(value if isinstance(value, str) else value["digest"])

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def end(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30)

    @staticmethod
    def _headers(who: str | None) -> dict[str, str]:
        return {} if who is None else {"authorization": f"Bearer {who}"}


def register(n: int) -> dict[str, Any]:
    child = {"iin": f"p:child-{n}", "born": "2015-05-02"}
    return {"type": "submit", "applicant": f"p:parent-{n % 64}", "child": child, "signature": "tests"}


def audit(texts: list[str], accepted: dict[str, int], digest: str | None) -> kezek.Register:
    """The journal, read past the portal: no gap, every accepted key once and where its answer said, the same digest,
    both invariants."""
    events = [kezek.Event.from_json(text) for text in texts]
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    keys = [event.to_dict()["key"] for event in events if event.to_dict().get("key")]
    assert len(keys) == len(set(keys)), "a command was done twice"
    assert set(accepted) <= set(keys), "an accepted command is lost"
    ends = {event.to_dict()["key"]: event.seq for event in events if event.to_dict().get("key")}
    for key, revision in accepted.items():
        assert revision == 0 or ends[key] <= revision, "a command is not where its answer said"
    replayed = kezek.Register.replay(events)
    if digest is not None:
        assert replayed.digest() == digest
    now = replayed.now
    assert now is not None
    for row in replayed.vacancies(now=now):
        assert row["total"] == sum(row[kind] for kind in ("waiting", "open", "referred", "filled", "gone"))
    children = [event.child["iin"] for event in events if event.type == "registered"]
    assert len(children) == len(set(children)), "a child is in the queue twice"
    return replayed


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    one = Place(tmp_path, str(tmp_path / "portal.db"))
    yield one
    one.stop()


def _postgres(name: str) -> str | None:
    found = shutil.which(name)
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    return str(places[0]) if places else found


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A scratch cluster of PostgreSQL, as an unprivileged user."""
    initdb, postgres = _postgres("initdb"), _postgres("postgres")
    if initdb is None or postgres is None:
        pytest.skip("PostgreSQL is not here (Debian and Ubuntu: apt-get install postgresql)")
    folder = tmp_path_factory.mktemp("cluster")
    run: list[str] = []
    if os.geteuid() == 0:
        if shutil.which("runuser") is None:
            pytest.skip("PostgreSQL does not run as root, and runuser is not here")
        run = ["runuser", "-u", "nobody", "--"]
        for one in [folder, *folder.parents[:2]]:
            one.chmod(0o755)
        shutil.chown(folder, "nobody")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    data = folder / "data"
    subprocess.run(
        [*run, initdb, "-D", str(data), "-U", "portal", "-A", "trust", "-E", "UTF8", "--no-locale"],
        check=True, cwd="/", stdout=subprocess.DEVNULL,
    )
    process = subprocess.Popen(
        [*run, postgres, "-D", str(data), "-p", str(port), "-k", str(folder), "-h", "127.0.0.1"],
        cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    address = f"postgres://portal@127.0.0.1:{port}/postgres"
    import psycopg

    for _ in range(100):
        with contextlib.suppress(psycopg.Error):
            psycopg.connect(address, connect_timeout=2).close()
            break
        time.sleep(0.2)
    else:
        pytest.fail("the scratch cluster does not answer")
    yield address
    # (A signal to runuser would not reach the server.)
    os.kill(int((data / "postmaster.pid").read_text().split("\n")[0]), signal.SIGQUIT)
    process.wait(timeout=30)


@pytest.fixture
def shared(server: str, tmp_path: Path) -> Iterator[Place]:
    """A place on the server, empty."""
    import psycopg

    with psycopg.connect(server) as connection:
        for table in ("settlement", "event", "snapshot", "outbox"):
            connection.execute(f"drop table if exists {table}")
    one = Place(tmp_path, server)
    yield one
    one.stop()


def rust() -> list[str]:
    """The Rust portal: built by `test.sh`, or named by KEZEK_PORTAL_RS."""
    root = HERE.parents[1]
    target = Path(os.environ.get("CARGO_TARGET_DIR", root / "target"))
    named = os.environ.get("KEZEK_PORTAL_RS", str(target / "debug" / "portal"))
    if not Path(named).exists():
        pytest.skip("the Rust portal is not built (cargo build -p kezek-portal)")
    return [named]


@pytest.fixture(params=["sqlite", "postgres"])
def either(request: pytest.FixtureRequest) -> Place:
    """A place in a file, and one on a server."""
    chosen: Place = request.getfixturevalue("place" if request.param == "sqlite" else "shared")
    return chosen


def rows(place: Place, statement: str) -> list[tuple[Any, ...]]:
    """What the database says, past the portal."""
    if place.database.startswith("postgres"):
        import psycopg

        with psycopg.connect(place.database) as server:
            return server.execute(statement.encode()).fetchall()
    with contextlib.closing(sqlite3.connect(place.database, timeout=10)) as file:
        return file.execute(statement).fetchall()


def until(what: Callable[[], bool], patience: float = 15.0) -> None:
    """Waits for something to become so."""
    end = time.monotonic() + patience
    while not what():
        assert time.monotonic() < end, "it does not become so"
        time.sleep(0.05)


def journal(place: Place) -> list[str]:
    """The events of the town as the database has them."""
    sys.path.insert(0, str(HERE))
    from portal.store import open_store

    store = open_store(place.database)
    texts = store.events_after(TOWN, 0)
    store.close()
    return texts
