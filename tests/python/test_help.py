"""What `help()` shows: a text for everything public, signatures with every field, names that exist."""

from __future__ import annotations

import inspect
import json
import keyword
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import kezek
import pytest

SCHEMA = Path(__file__).parents[2] / "schema" / "kezek.json"


def public() -> Iterator[tuple[str, Any]]:
    """Every class, function, method and property of the package."""
    for name in kezek.__all__:
        thing = getattr(kezek, name)
        if not (inspect.isclass(thing) or inspect.isroutine(thing)):
            continue
        yield name, thing
        if inspect.isclass(thing) and thing.__module__.startswith("kezek"):
            for own in vars(thing):
                # A field of a tuple is told of in the class's text.
                if not own.startswith("_") and own not in getattr(thing, "_fields", ()):
                    yield f"{name}.{own}", inspect.getattr_static(thing, own)


@pytest.mark.parametrize(("name", "thing"), list(public()), ids=[name for name, _ in public()])
def test_everything_has_a_text_that_names_what_there_is(name: str, thing: Any) -> None:
    text = inspect.getdoc(thing)
    if isinstance(thing, staticmethod):
        text = inspect.getdoc(thing.__func__)
    assert text and len(text) > 10, name
    for error in re.findall(r"`kezek\.(\w+)`", text):
        assert hasattr(kezek, error), f"{name}: {error}"
    for owner, own in re.findall(r"`([A-Z]\w+)\.(\w+)", text):
        known = getattr(kezek, owner, None)
        assert hasattr(known, own) or own in getattr(known, "__annotations__", ()), f"{name}: {owner}.{own}"
    for rule in re.findall(r"\b[ROF]\d+\b", text):
        assert re.fullmatch(r"[ROF]\d\d", rule), f"{name}: {rule}"


def test_a_command_shows_its_fields() -> None:
    """Those of the schema, what must be said first; `inspect.signature` is what editors and `help` show."""
    defs = json.loads(SCHEMA.read_text("utf-8"))["$defs"]
    for link in defs["Command"]["oneOf"]:
        schema = defs[link["$ref"].rsplit("/", 1)[1]]
        name = schema["properties"]["type"]["const"]
        shown = inspect.signature(getattr(kezek.Register, "import_application" if keyword.iskeyword(name) else name))
        needed = {field for field in schema["required"] if field != "type"} | {"now"}
        fields = {field.removesuffix("_"): parameter for field, parameter in shown.parameters.items()}
        assert fields.keys() - {"self"} == schema["properties"].keys() - {"type"} | {"now"}, name
        assert {field for field, one in fields.items() if one.default is one.empty} - {"self"} == needed, name
