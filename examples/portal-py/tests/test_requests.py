"""Requests made from the document (schemathesis), good ones and bad ones, to both portals: no fault of the server, every
answer as the document says.

A body of a command is one of two dozen objects. Out of such a choice nothing can be made in good time, so that each of
them stands alone in a document of its own.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from conftest import HERE, TOWN, Place, register, rust
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
)

EXAMPLES = int(os.environ.get("KEZEK_EXAMPLES", "12"))
"""Of each kind of body."""

CHECKS = [not_a_server_error, content_type_conformance, response_headers_conformance, response_schema_conformance]
DOCUMENT: dict[str, Any] = json.loads((HERE.parent.parent / "docs" / "portal.openapi.json").read_text())
SCHEMAS: dict[str, Any] = DOCUMENT["components"]["schemas"]


def alternatives(name: str, tag: str) -> dict[str, Any]:
    """The objects of a choice, by what their tag says."""
    found = {}
    for one in SCHEMAS[name].get("anyOf") or SCHEMAS[name]["oneOf"]:
        whole = SCHEMAS[one["$ref"].rsplit("/", 1)[1]] if "$ref" in one else one
        found[whole["properties"][tag]["const"]] = whole
    return found


def alone(path: str, body: dict[str, Any]) -> dict[str, Any]:
    """The document with one address and one kind of body."""
    whole = f"/api/v1/settlements/{{settlement}}/{path}"
    post = json.loads(json.dumps(DOCUMENT["paths"][whole]["post"]))
    post["requestBody"]["content"]["application/json"]["schema"] = body
    for parameter in post["parameters"]:
        if parameter["name"] == "settlement":
            parameter["schema"] = {"const": TOWN}
    return {**DOCUMENT, "paths": {whole: {"post": post}}}


KINDS = [
    *[("commands", name, body) for name, body in alternatives("PortalCommand", "type").items()],
    *[("questions", name, body) for name, body in alternatives("Question", "view").items()],
]


@pytest.fixture(scope="module", params=["rust", "python"])
def portal(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder: Path = tmp_path_factory.mktemp("requests")
    place = Place(folder, f"{folder}/portal.db")
    one = place.start(program=rust() if request.param == "rust" else None)
    assert one.do(register(1), "parent-1", "a").status_code == 200
    yield one
    place.stop()


@pytest.mark.parametrize(("path", "name", "body"), KINDS, ids=[name for _, name, _ in KINDS])
def test_bodies(portal: Any, path: str, name: str, body: dict[str, Any]) -> None:
    schema = schemathesis.openapi.from_dict(alone(path, body))
    [operation] = [found.ok() for found in schema.get_all_operations()]
    answered = []

    @seed(7)
    @settings(max_examples=EXAMPLES, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def made(case: Any) -> None:
        response = case.call(base_url=portal.url, headers={"authorization": "Bearer department"})
        answered.append(response.status_code)
        case.validate_response(response, checks=CHECKS)

    made()
    assert len(answered) >= 3, name


def test_addresses(portal: Any, tmp_path: Path) -> None:
    program = shutil.which("schemathesis", path=os.path.dirname(sys.executable))
    assert program is not None
    done = subprocess.run(
        [
            program, "run", f"{portal.url}/openapi.json", "--header", "Authorization: Bearer department",
            "--max-examples", "10", "--phases", "examples,coverage,fuzzing", "--seed", "7", "--workers", "1",
            "--checks", "not_a_server_error,content_type_conformance,response_headers_conformance,response_schema_conformance",
            "--exclude-path-regex", "/(events|commands|checks|questions)$", "--no-color",
            "--suppress-health-check", "all",
        ],
        capture_output=True, text=True, cwd=tmp_path, timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-1000:]
