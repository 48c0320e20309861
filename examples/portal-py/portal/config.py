"""Settlements and tokens (docs/portal.md): the same file as the Rust portal reads."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import kezek


@dataclass(frozen=True)
class Place:
    """A settlement that is served, and its rules where its journal is still to be begun."""

    id: str
    policy: kezek.Policy
    prefix: str


@dataclass(frozen=True)
class Caller:
    """Whom a token stands for, and where it is good: everywhere without a list."""

    actor: dict[str, Any]
    settlements: tuple[str, ...] | None

    def may_enter(self, settlement: str) -> bool:
        return self.settlements is None or settlement in self.settlements


class Config:
    """`{"settlements": [{"id", "policy", "prefix"?}], "tokens": [{"sha256", "actor", "settlements"?}]}`."""

    def __init__(self, value: dict[str, Any]) -> None:
        self.places = [_place(row) for row in value.get("settlements", [])]
        if not self.places:
            raise ValueError("settlements: at least one is needed")
        self._tokens = {row["sha256"]: _caller(row) for row in value.get("tokens", [])}

    @staticmethod
    def read(path: Path) -> Config:
        return Config(json.loads(path.read_text()))

    def caller(self, token: str) -> Caller | None:
        """Whoever a token stands for. What is compared is its hash: how long that takes tells nothing of the token."""
        return self._tokens.get(hashlib.sha256(token.encode()).hexdigest())


def _place(row: dict[str, Any]) -> Place:
    identity = str(row.get("id", ""))
    if not re.fullmatch(r"[A-Za-z0-9-]{1,64}", identity):
        raise ValueError(f"settlements: id: 1 to 64 letters, digits and hyphens, not {identity!r}")
    if "policy" not in row:
        raise ValueError(f"settlements: {identity}: policy: a name or an object")
    return Place(identity, kezek.Policy(row["policy"]), str(row.get("prefix", "UO")))


def _caller(row: dict[str, Any]) -> Caller:
    settlements = row.get("settlements")
    return Caller(dict(row["actor"]), None if settlements is None else tuple(settlements))
