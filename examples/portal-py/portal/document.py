"""The OpenAPI document: the one that the Rust portal writes, docs/portal.openapi.json. So the two cannot part."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

PATH = Path(__file__).resolve().parents[3] / "docs" / "portal.openapi.json"


@cache
def text() -> bytes:
    return PATH.read_bytes()


@cache
def document() -> dict[str, Any]:
    value: dict[str, Any] = json.loads(text())
    return value
