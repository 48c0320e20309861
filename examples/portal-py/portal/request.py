"""What handlers take out of a request: the body, the headers, the fields of the query."""

from __future__ import annotations

import json
import re
from typing import Any

from fastapi import Request

from .problem import Problem

LARGEST = 64 * 1024
"""The most that a request's body may have, in bytes."""

KEY = 200
"""The longest key."""

BELOW = 2**63
"""Revisions and other whole numbers are below it."""

FOREIGN = {
    "by": "the token says it",
    "key": "the header Idempotency-Key",
    "expected_revision": "the header If-Match",
}


async def body(request: Request) -> dict[str, Any]:
    """A JSON object (RFC 8259, nothing beyond it)."""
    read = bytearray()
    async for piece in request.stream():
        read += piece
        if len(read) > LARGEST:
            raise Problem(413, "too_large")
    try:
        text = read.decode()
        value = json.loads(text, parse_constant=_no_number)
        # Half of a surrogate pair is no text.
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as fault:
        # What stands there is not repeated: it may be anything.
        place = f"something else at line {getattr(fault, 'lineno', 1)} column {getattr(fault, 'colno', 1)}"
        raise Problem.malformed("", "JSON", place) from None
    if not isinstance(value, dict):
        raise Problem.malformed("", "a JSON object", "other JSON")
    return value


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")


def header(request: Request, name: str) -> str | None:
    """A header's text, or none. Letters beyond ASCII do not belong into one."""
    value = request.headers.get(name)
    if value is not None and not value.isascii():
        raise Problem.malformed(name, "plain ASCII", "something else")
    return None if value is None else value.strip()


def key(request: Request) -> str:
    """The host's name of this request (`Idempotency-Key`)."""
    given = header(request, "Idempotency-Key") or ""
    if not 1 <= len(given) <= KEY:
        raise Problem.malformed("Idempotency-Key", f"1 to {KEY} characters", f"{len(given)} characters")
    return given


def full(value: dict[str, Any], actor: dict[str, Any], request: Request) -> dict[str, Any]:
    """The command as the rules read it: with who asks, and at which revision."""
    for name, instead in FOREIGN.items():
        if name in value:
            raise Problem.malformed(name, instead, "the field")
    value = {**value, "by": actor}
    tag = header(request, "If-Match")
    if tag is not None and tag != "*":
        revision = whole(tag[1:-1]) if re.fullmatch(r'"[^"]*"', tag) else None
        if revision is None:
            raise Problem.malformed("If-Match", 'a revision such as "17"', "something else")
        value["expected_revision"] = revision
    return value


def last_event(request: Request, revision: int) -> int:
    """The revision from which a stream goes on. One that is not there yet is from nowhere: then from now on."""
    given = request.headers.get("last-event-id")
    if given is None:
        return revision
    last = whole(given.strip())
    if last is None:
        raise Problem.malformed("Last-Event-ID", "a revision", "something else")
    return min(last, revision)


def query(request: Request, *names: str) -> dict[str, str]:
    """The fields of the query: each once, and none that is not known."""
    given = request.query_params.multi_items()
    for name, _ in given:
        if name not in names:
            raise Problem.malformed(name, " or ".join(names), "another field")
    fields = dict(given)
    if len(fields) < len(given):
        raise Problem.malformed("query", "each field once", "one of them twice")
    return fields


def number(fields: dict[str, str], name: str, least: int, most: int, default: int | None = None) -> int:
    """A whole number of the query."""
    given = fields.get(name)
    if given is None and default is not None:
        return default
    value = None if given is None else whole(given)
    if value is None or not least <= value <= most:
        raise Problem.malformed(name, f"a whole number from {least} to {most}", given or "nothing")
    return value


def whole(text: str) -> int | None:
    """A whole number below 2^63 in plain digits, or none."""
    value = int(text) if re.fullmatch(r"[0-9]{1,19}", text) else BELOW
    return value if value < BELOW else None
