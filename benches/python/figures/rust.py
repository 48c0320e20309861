"""The Rust side: the generator of cities, and the program that answers for Rust."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

#: As `benches/batch.rs` has it: leaps over a list in which no neighbours are met.
LEAP = 7_919


@dataclass(frozen=True)
class Programs:
    """Where cargo put them."""

    city: Path
    batch: Path


def cargo(root: Path, wanted: list[str], *, release: bool) -> dict[str, Path]:
    """Builds what is wanted: the programs by their names. The first time that takes minutes."""
    command = ["cargo", "build", "--message-format", "json-render-diagnostics", "--locked", *wanted]
    built = subprocess.run(
        [*command, "--release"] if release else command,
        cwd=root,
        check=True,
        stdout=subprocess.PIPE,
    )
    made = {}
    for line in built.stdout.splitlines():
        message: dict[str, Any] = json.loads(line)
        if message.get("executable"):
            made[message["target"]["name"]] = Path(message["executable"])
    return made


def build(root: Path, *, release: bool) -> Programs:
    """Builds both."""
    wanted = ["--package", "kezek", "--example", "city", "--bench", "batch"]
    made = cargo(root, wanted, release=release)
    return Programs(made["city"], made["batch"])


def journal(programs: Programs, out: Path, *, children: int) -> Path:
    """The journal of one year of a city in which so many children are put in the queue.

    Always the same bytes.
    """
    size = ["--children", str(children), "--years", "1", "--seed", "7"]
    subprocess.run(
        [programs.city, "generate", *size, "--out", out], check=True, stderr=subprocess.DEVNULL
    )
    return out


class Batch:
    """The program that answers for Rust, in the middle of a journal."""

    def __init__(self, questions: IO[str], answers: IO[str]) -> None:
        self._questions = questions
        self._answers = answers

    def ask(self, question: str) -> dict[str, Any]:
        """One round of a measurement: `ns`, and what shows that the answer is right."""
        self._questions.write(question + "\n")
        self._questions.flush()
        answer: dict[str, Any] = json.loads(self._answers.readline())
        return answer

    def once(self, question: str) -> float:
        """A round, as the clock takes it: Rust's own time."""
        return float(self.ask(question)["ns"])


@contextmanager
def asked(program: Path, *arguments: object) -> Iterator[Batch]:
    """A program that answers each line with a line, for as long as it is needed."""
    command = [str(program), *map(str, arguments)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdin and running.stdout
        yield Batch(running.stdin, running.stdout)
        running.stdin.close()


def batch(programs: Programs, path: Path, played: int) -> AbstractContextManager[Batch]:
    """The program, after the first `played` commands of a journal."""
    return asked(programs.batch, path, played)
