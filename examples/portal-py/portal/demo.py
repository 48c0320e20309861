"""A town to try everything in, with tokens that everybody knows. Never beside real families."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import kezek
from kezek.events import Registered, VacancyPublished

from .config import Caller, Config, ConfigError, Place, sha256
from .store import Store

TOWN = Path(__file__).resolve().parents[2] / "data" / "kokshetau-2018.jsonl"
"""The town of the portals' instructions, and a year around it."""

NAME = "demo"


@dataclass(frozen=True)
class Demo:
    """Whom one may be, and when it is there."""

    people: list[dict[str, Any]]
    now: datetime


def town(journal: Path, store: Store) -> tuple[Config, Demo]:
    """Plays a journal of commands into a database that has no such town yet, or finds the one that is there."""
    place = Place(NAME, kezek.Policy("akmola-2018"))
    known = store.events_after(NAME, 0)
    register = kezek.Register.replay("\n".join(known)) if known else _played(journal, place)
    if not known:
        _keep(register, store)
    if register.now is None:
        raise ConfigError(f"{journal}: a journal without a moment")
    config = Config([place])
    return config, Demo(_people(register, register.now, config), register.now)


def _played(journal: Path, place: Place) -> kezek.Register:
    register = kezek.Register.open(place.policy, name=place.id)
    for row, line in enumerate(journal.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            step = json.loads(line)
            # What the rules deny, people do in every town.
            register.apply(step["do"], step["at"]) if "do" in step else register.advance(step["at"])
        except (ValueError, KeyError, kezek.Error) as fault:
            raise ConfigError(f"{journal}: line {row}: {fault}") from None
    return register


def _keep(register: kezek.Register, store: Store) -> None:
    """Writes the whole town in one transaction. Nobody is told of what happened before the curtain rose."""
    opened, *events = [event.to_json() for event in register.events()]
    store.found(NAME, opened)
    with store.transaction(NAME) as transaction:
        if transaction.revision != 1:
            raise ConfigError("somebody else plays in this database")
        transaction.append(1, events, [])


def _people(register: kezek.Register, now: datetime, config: Config) -> list[dict[str, Any]]:
    """A family in each stage, staff, the department, the operator; and somebody who comes for the first time."""
    people: list[dict[str, Any]] = []

    def add(label: str, actor: dict[str, Any], stage: str | None = None) -> None:
        token = f"demo-{len(people) + 1}"
        people.append({"label": label, "token": token, "actor": actor, "stage": stage})
        config.tokens.add(sha256(token), Caller(actor, (NAME,)))

    add("p:visitor", {"role": "applicant", "iin": "p:visitor"})
    families: dict[str, str] = {}
    kindergartens: dict[str, None] = {}
    for event in register.events():
        if isinstance(event, Registered):
            stage = str(register.application(event.application, now)["stage"])
            families.setdefault(stage, event.to_dict()["applicant"])
        elif isinstance(event, VacancyPublished):
            kindergartens[event.kindergarten] = None
    for stage, family in families.items():
        add(family, {"role": "applicant", "iin": family}, stage)
    for kindergarten in list(kindergartens)[:6]:
        add(kindergarten, {"role": "staff", "kindergartens": [kindergarten]})
    add("department", {"role": "department"})
    add("operator", {"role": "operator", "name": "demo"})
    return people
