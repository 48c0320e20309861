"""The Restate server and the workers, as processes on loopback with a folder of their own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import httpx

from live.clock import Clock

HERE = Path(__file__).resolve().parents[1]


class NoEngine(RuntimeError):
    """The server is not installed."""


def binary() -> str:
    """The server of RESTATE_SERVER, or that of `npm ci` in this folder. The npm wrapper starts it as a child, so
    the program itself is asked for: it is the one to be stopped."""
    named = os.environ.get("RESTATE_SERVER")
    if named:
        return named
    found = sorted(HERE.glob("node_modules/@restatedev/restate-server-*/bin/restate-server"))
    if not found:
        raise NoEngine(
            f"no Restate server: run `npm ci --ignore-scripts` in {HERE.name}, or name it in RESTATE_SERVER"
        )
    return str(found[0])


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on."""
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [int(one.getsockname()[1]) for one in sockets]
    for one in sockets:
        one.close()
    return ports


def wait_for(ready: Callable[[], bool], what: str, seconds: float = 60) -> None:
    """Waits until something holds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if ready():
                return
        except httpx.TransportError:
            pass
        time.sleep(0.05)
    raise TimeoutError(f"{what}: not within {seconds} s")


class Engine:
    """A server with its workers; leaving it stops them all.

    `played`: commands bring their own time. `clock`: the country's, else the wall clock.
    """

    def __init__(
        self,
        folder: Path,
        workers: int,
        *,
        policy: str = "akmola-2018",
        played: bool = False,
        clock: Clock | None = None,
    ) -> None:
        self.folder = folder
        self.ingress, self.admin, self.node, self.port = free_ports(4)
        self.url = f"http://127.0.0.1:{self.ingress}"
        self.workers: list[subprocess.Popen[bytes]] = []
        self._server: subprocess.Popen[bytes] | None = None
        self._count = workers
        self._env = {
            **os.environ,
            "PYTHONPATH": str(HERE),
            "RESTATE_INGRESS": self.url,
            "KEZEK_POLICY": policy,
            "KEZEK_PLAYED": "1" if played else "0",
            **({"KEZEK_CLOCK": clock.told()} if clock else {}),
        }

    def __enter__(self) -> Engine:
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            self.start_server()
            for _ in range(self._count):
                self.start_worker()
            wait_for(lambda: self._listening() is not None, "the workers")
            self._register()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start_server(self) -> None:
        """Starts the server on its folder: again, after it was killed."""
        env = {
            **os.environ,
            "RESTATE_DISABLE_TELEMETRY": "true",
            "RESTATE_LOG_FILTER": "error",
            "RESTATE_BIND_IP": "127.0.0.1",
            "RESTATE_BIND_PORT": str(self.node),
            "RESTATE_ADVERTISED_HOST": "127.0.0.1",
            "RESTATE_NODE_NAME": "one",
            "RESTATE_SHUTDOWN_TIMEOUT": "2s",
            "RESTATE_INGRESS__BIND_PORT": str(self.ingress),
            "RESTATE_ADMIN__BIND_PORT": str(self.admin),
        }
        command = [binary(), "--no-logo", "--listen-mode", "tcp", "--base-dir", str(self.folder / "restate")]
        with (self.folder / "server.log").open("ab") as log:
            self._server = subprocess.Popen(command, env=env, stdout=log, stderr=log)
        wait_for(lambda: httpx.get(f"http://127.0.0.1:{self.admin}/health").is_success, "the admin interface")
        wait_for(lambda: httpx.get(f"{self.url}/restate/health").is_success, "the ingress")

    def start_worker(self) -> subprocess.Popen[bytes]:
        """One worker more."""
        with (self.folder / "workers.log").open("ab") as log:
            worker = subprocess.Popen(
                [sys.executable, "-m", "live.worker", str(self.port)],
                env=self._env,
                cwd=HERE,
                stdout=log,
                stderr=log,
            )
        self.workers.append(worker)
        return worker

    def kill_worker(self, worker: subprocess.Popen[bytes]) -> None:
        """SIGKILL: no chance to say goodbye."""
        worker.kill()
        worker.wait()
        self.workers.remove(worker)

    def kill_server(self) -> None:
        """SIGKILL for the server too; what it had accepted is on its disk."""
        if self._server is not None:
            self._server.kill()
            self._server.wait()

    def stop(self) -> None:
        """Stops everything that this engine has started."""
        running = [*([self._server] if self._server else []), *self.workers]
        for process in running:
            process.terminate()
        for process in running:
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.workers.clear()

    @property
    def server(self) -> int:
        """The server's process."""
        if self._server is None:
            raise RuntimeError("the server was not started")
        return self._server.pid

    @property
    def pids(self) -> list[int]:
        """The workers' processes."""
        return [worker.pid for worker in self.workers]

    def bytes_on_disk(self) -> int:
        """What the server has written."""
        return sum(path.stat().st_size for path in (self.folder / "restate").rglob("*") if path.is_file())

    def _listening(self) -> bool | None:
        with socket.socket() as probe:
            return True if probe.connect_ex(("127.0.0.1", self.port)) == 0 else None

    def _register(self) -> None:
        answer = httpx.post(
            f"http://127.0.0.1:{self.admin}/deployments",
            json={"uri": f"http://127.0.0.1:{self.port}"},
            timeout=60,
        )
        answer.raise_for_status()
