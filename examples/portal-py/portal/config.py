"""Settlements and tokens (docs/portal.md): the same file as the Rust portal reads."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import kezek


class ConfigError(Exception):
    """What is set cannot be used, and why."""


@dataclass(frozen=True)
class Place:
    """A settlement that is served, and its rules where its journal is still to be begun."""

    id: str
    policy: kezek.Policy
    prefix: str = "UO"


@dataclass(frozen=True)
class Caller:
    """Whom a token stands for, and where it is good: everywhere without a list."""

    actor: dict[str, Any]
    settlements: tuple[str, ...] | None = None

    def may_enter(self, settlement: str) -> bool:
        return self.settlements is None or settlement in self.settlements


class Tokens:
    """Every token, by the first bytes of its hash, so that one is found among many: how long that takes tells of the hash of
    what somebody sent, which he knows. The hashes themselves are compared in constant time."""

    def __init__(self) -> None:
        self._known: dict[bytes, list[tuple[bytes, Caller]]] = {}

    def add(self, digest: bytes, caller: Caller) -> None:
        self._known.setdefault(digest[:8], []).append((digest, caller))

    def caller(self, token: str) -> Caller | None:
        """Whoever a token stands for."""
        digest = sha256(token)
        near = self._known.get(digest[:8], [])
        return next((caller for known, caller in near if hmac.compare_digest(known, digest)), None)


@dataclass
class Config:
    """`{"settlements": [{"id", "policy", "prefix"?}], "tokens": [{"sha256", "actor", "settlements"?}]}`."""

    places: list[Place]
    tokens: Tokens = field(default_factory=Tokens)

    @staticmethod
    def read(path: Path) -> Config:
        """Of a file. Raises `ConfigError` with what is wrong, and where."""
        try:
            value = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as fault:
            raise ConfigError(f"{path}: {fault}") from None
        if not isinstance(value, dict):
            raise ConfigError(f"{path}: a JSON object")
        config = Config([_place(row) for row in value.get("settlements", [])])
        if not config.places:
            raise ConfigError("settlements: at least one is needed")
        for place, row in enumerate(value.get("tokens", [])):
            config.tokens.add(*_token(row, f"tokens[{place}]"))
        return config


def sha256(token: str) -> bytes:
    """The hash of a token; what is no text has none that is known."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def _place(row: dict[str, Any]) -> Place:
    identity = row.get("id", "")
    if not isinstance(identity, str) or not re.fullmatch(r"[A-Za-z0-9-]{1,64}", identity):
        raise ConfigError(f"settlements: id: 1 to 64 letters, digits and hyphens, not {identity!r}")
    if "policy" not in row:
        raise ConfigError(f"settlements: {identity}: policy: a name or an object")
    try:
        return Place(identity, kezek.Policy(row["policy"]), str(row.get("prefix", "UO")))
    except kezek.Error as fault:
        raise ConfigError(f"settlements: {identity}: policy: {fault}") from None


def _token(row: dict[str, Any], where: str) -> tuple[bytes, Caller]:
    digest = row.get("sha256")
    if not isinstance(digest, str) or not re.fullmatch(r"[0-9A-Fa-f]{64}", digest):
        raise ConfigError(f"{where}: sha256: 64 hexadecimal digits")
    actor, settlements = row.get("actor"), row.get("settlements")
    try:
        # The rules say themselves what an actor is: of any command's author.
        command = {"type": "withdraw", "application": "UO.2018.000001.1", "by": actor}
        kezek.Register.open("akmola-2018").check(command, datetime(2018, 1, 1, tzinfo=timezone.utc))
    except kezek.Error as fault:
        raise ConfigError(f"{where}: actor: {fault}") from None
    if not isinstance(actor, dict):
        raise ConfigError(f"{where}: actor: an object")
    return bytes.fromhex(digest), Caller(actor, None if settlements is None else tuple(settlements))
