"""PostgreSQL and Redis from the system's packages: scratch servers on a free port of this machine.

They are asked by their own programs (`pgbench`, `psql`, `redis-benchmark`, `redis-cli`): no driver of
another language stands between.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

NS_IN_MS = 1e6


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def program(name: str) -> str | None:
    """Where a program of PostgreSQL or Redis is: the newest of Debian's versions, or on the path."""
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    return str(debian[0]) if debian else shutil.which(name)


@dataclass(frozen=True)
class Postgres:
    """A cluster of its own."""

    bin: Path
    folder: Path
    port: int

    @property
    def version(self) -> str:
        told = subprocess.run([self.bin / "postgres", "-V"], check=True, capture_output=True, text=True)
        return f"PostgreSQL {told.stdout.split()[2]}"

    def _where(self) -> list[str]:
        return ["-h", "127.0.0.1", "-p", str(self.port), "-U", "bench"]

    def sql(self, *statements: str) -> list[str]:
        """The last statement's rows as text, and a line with the time that it took."""
        told = subprocess.run(
            [
                self.bin / "psql",
                *self._where(),
                "-d",
                "postgres",
                "-qXAt",
                "-v",
                "ON_ERROR_STOP=1",
                "-f",
                "-",
            ],
            input="\n".join(["\\timing off", *statements[:-1], "\\timing on", statements[-1]]),
            check=True,
            capture_output=True,
            text=True,
        )
        return told.stdout.splitlines()

    def timed(self, *statements: str) -> float:
        """How long the last statement took, in nanoseconds, as `psql` has it."""
        time_line = self.sql(*statements)[-1]
        return float(time_line.split()[1].replace(",", ".")) * NS_IN_MS

    def bench(self, script: str, transactions: int, *, clients: int = 1, options: str = "") -> float:
        """So many transactions of a script, in nanoseconds from the first to the last."""
        path = self.folder / "script.sql"
        path.write_text(script, encoding="utf-8")
        each = -(-transactions // clients)
        run: list[str | Path] = [self.bin / "pgbench", *self._where(), "-n", "-M", "prepared", "-f", path]
        told = subprocess.run(
            [*run, "-c", str(clients), "-j", str(min(clients, 2)), "-t", str(each), "postgres"],
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, "PGOPTIONS": options},
        ).stdout
        found = re.search(r"tps = ([0-9.]+) \(without", told)
        if found is None:
            raise ValueError(f"pgbench tells no rate: {told}")
        return transactions / float(found[1]) * 1e9


@contextmanager
def postgres() -> Iterator[Postgres | None]:
    """A fresh cluster, or none where PostgreSQL is not here."""
    found = [program(name) for name in ("postgres", "initdb", "pg_ctl", "psql", "pgbench")]
    root = os.name == "posix" and os.geteuid() == 0
    if None in found or (root and shutil.which("runuser") is None):
        yield None
        return
    home = Path(found[0] or "").parent
    with tempfile.TemporaryDirectory(prefix="kezek-pg-") as name:
        folder = Path(name)
        # initdb refuses root.
        if root:
            shutil.chown(folder, "nobody")
        run = ["runuser", "-u", "nobody", "--"] if root else []
        port, data = free_port(), folder / "data"
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
        options += " -c shared_buffers=1GB -c max_wal_size=8GB -c work_mem=256MB -c jit=off"
        quiet = {"cwd": "/", "check": True, "stdout": subprocess.DEVNULL}
        init = [*run, home / "initdb", "-D", data, "-U", "bench", "-A", "trust", "-E", "UTF8", "--locale=C"]
        subprocess.run(init, **quiet)  # type: ignore[call-overload]
        control = [*run, home / "pg_ctl", "-D", data, "-w"]
        subprocess.run([*control, "-o", options, "-l", folder / "log", "start"], **quiet)  # type: ignore[call-overload]
        try:
            yield Postgres(home, folder, port)
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], **quiet)  # type: ignore[call-overload]


@dataclass(frozen=True)
class Redis:
    """A server of its own, which writes nothing to disk."""

    port: int

    @property
    def version(self) -> str:
        told = subprocess.run(["redis-server", "--version"], check=True, capture_output=True, text=True)
        return f"Redis {told.stdout.split('v=')[1].split()[0]}"

    def cli(self, *words: str, data: str | None = None) -> str:
        run = ["redis-cli", "-h", "127.0.0.1", "-p", str(self.port), *words]
        told = subprocess.run(run, input=data, check=True, capture_output=True, text=True).stdout
        if told.startswith("ERR"):
            raise ValueError(f"redis-cli: {told}")
        return told.strip()

    def timed(self, *words: str) -> float:
        """One command, with the start of `redis-cli` (some 2 ms)."""
        began = time.perf_counter_ns()
        self.cli(*words)
        return float(time.perf_counter_ns() - began)

    def bench(self, count: int, keys: int, *words: str, pipeline: int = 1) -> float:
        """So many commands of one client, in nanoseconds; `__rand_int__` is a number below `keys`."""
        where = ["-h", "127.0.0.1", "-p", str(self.port), "-c", "1", "-P", str(pipeline)]
        told = subprocess.run(
            ["redis-benchmark", *where, "-n", str(count), "-r", str(keys), "--csv", *words],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        row = next(csv.DictReader(told.splitlines()))
        return count / float(row["rps"]) * 1e9


@contextmanager
def redis() -> Iterator[Redis | None]:
    """A fresh server, or none where Redis is not here."""
    if any(shutil.which(name) is None for name in ("redis-server", "redis-cli", "redis-benchmark")):
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="kezek-redis-") as folder:
        server = Redis(free_port())
        options = ["--port", str(server.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        process = subprocess.Popen(["redis-server", *options, "--dir", folder], stdout=subprocess.DEVNULL)
        try:
            for _ in range(100):
                if subprocess.run(
                    ["redis-cli", "-p", str(server.port), "ping"], capture_output=True, check=False
                ).stdout.startswith(b"PONG"):
                    break
                time.sleep(0.1)
            yield server
        finally:
            process.terminate()
            process.wait()
