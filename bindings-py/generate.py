"""Makes the Python types from the JSON Schema: `kezek/types.py`, `kezek/events.py` and the commands of `_kezek.pyi`.

    python bindings-py/generate.py           writes them
    python bindings-py/generate.py --check   fails when one is stale
"""

from __future__ import annotations

import json
import keyword
import re
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PACKAGE = HERE / "python" / "kezek"
Schema = dict[str, Any]
DEFS: dict[str, Schema] = json.loads((HERE.parent / "schema" / "kezek.json").read_text("utf-8"))["$defs"]

MADE = "Made by bindings-py/generate.py from the JSON Schema; not edited by hand."
# What a text is, where it is more than text. Given: what a caller may write. Answered: what comes back.
GIVEN = {"Person": "PersonLike", "Moment": "Instant", "Day": "Date", "GivenPolicy": "PolicyLike", "Policy": "PolicyLike",
         "Calendar": "CalendarLike", "GivenReason": "str | Reason"}
ANSWERED = {"GivenPolicy": "dict[str, Any]", "CardRow": "Card", "Action": "dict[str, Any]", "Moment": "datetime", "Day": "date", "Policy": "dict[str, Any]", "Calendar": "dict[str, Any]"}
ROOTS_GIVEN = ["Button", "Command", "DocumentKind", "ErrorCode", "Form", "LinePlaces", "Offer", "Rounding", "Seat", "Tier",
               "VacancyState"]
ROOTS_ANSWERED = ["Answers", "Effect", "Event", "CheckedForm"]
# `answers.card` is the class Card, `answers.history` is of the class Event.
SKIPPED = {"CardRow", "Card", "Event", "Answers"}


def refs(schema: Any) -> set[str]:
    """The definitions that a schema names."""
    if isinstance(schema, dict):
        found = {schema["$ref"].rsplit("/", 1)[1]} if "$ref" in schema else set()
        return found.union(*[refs(value) for value in schema.values()])
    if isinstance(schema, list):
        return set().union(*[refs(item) for item in schema])
    return set()


def reachable(roots: list[str], known: dict[str, str]) -> set[str]:
    """Every definition below some others."""
    todo, seen = list(roots), set(roots)
    while todo:
        for name in refs(DEFS[todo.pop()]) - seen - known.keys():
            seen.add(name)
            todo.append(name)
    return seen


def is_record(schema: Schema) -> bool:
    return schema.get("type") == "object" and "properties" in schema


def is_text(schema: Schema) -> bool:
    return schema.get("type") == "string" and "enum" not in schema and "const" not in schema


class Types:
    """The types of one direction."""

    def __init__(self, words: dict[str, str], renamed: dict[str, str]) -> None:
        self.words, self.renamed = words, renamed

    def name(self, name: str) -> str:
        if name in self.words:
            return self.words[name]
        if is_text(DEFS[name]):
            return "str"
        return self.renamed.get(name, name)

    def of(self, schema: Any) -> str:
        if schema is True or schema == {}:
            return "Any"
        if "$ref" in schema:
            return self.name(schema["$ref"].rsplit("/", 1)[1])
        if "const" in schema:
            return f"Literal[{schema['const']!r}]".replace("'", '"')
        if "enum" in schema:
            return "Literal[" + ", ".join(json.dumps(word, ensure_ascii=False) for word in schema["enum"]) + "]"
        for key in ("anyOf", "oneOf"):
            if key in schema and not is_record(schema):
                return self.union([self.of(one) for one in schema[key]])
        kinds = schema.get("type", [])
        kinds = kinds if isinstance(kinds, list) else [kinds]
        return self.union([self.kind(kind, schema) for kind in kinds] or ["Any"])

    def kind(self, kind: str, schema: Schema) -> str:
        if kind == "array":
            items = schema.get("items", True)
            return f"list[{self.of(items)}]"
        if kind == "object":
            return f"dict[str, {self.value(schema)}]"
        return {"string": "str", "integer": "int", "boolean": "bool", "null": "None", "number": "float"}[kind]

    def value(self, schema: Schema) -> str:
        """What the values of an open object are."""
        extra = schema.get("additionalProperties", True)
        if isinstance(extra, dict):
            return self.of(extra)
        kinds = [self.of(field) for field in schema.get("properties", {}).values()]
        return self.union(kinds) if kinds else "Any"

    @staticmethod
    def union(kinds: list[str]) -> str:
        parts = list(dict.fromkeys(part for kind in kinds for part in kind.split(" | ")))
        parts = [part for part in parts if part != "None"] + (["None"] if "None" in parts else [])
        return "Any" if "Any" in parts else " | ".join(parts)


def doc(schema: Schema, indent: str = "") -> list[str]:
    text = " ".join(schema.get("description", "").split())
    return [f'{indent}"""{text}"""'] if text else []


def record(name: str, schema: Schema, types: Types) -> list[str]:
    """A TypedDict; keys that are words of Python need the other way of writing one."""
    needed = set(schema.get("required", []))
    fields = {}
    for key, field in schema["properties"].items():
        kind = types.of(field)
        fields[key] = kind if key in needed else f"NotRequired[{kind}]"
    if any(keyword.iskeyword(key) for key in fields):
        # The whole expression is evaluated, so that names of types that come later are quoted.
        rows = [f"        {key!r}: {kind!r},".replace("'", '"') if '"' not in kind else f"        \"{key}\": '{kind}',"
                for key, kind in fields.items()]
        return [f"{name} = TypedDict(", f'    "{name}",', "    {", *rows, "    },", ")", *doc(schema), ""]
    lines = [f"class {name}(TypedDict):", *doc(schema, "    "), ""]
    for key, kind in fields.items():
        lines += [f"    {key}: {kind}", *doc(schema["properties"][key], "    ")]
    return [*lines, ""]


def alias(name: str, schema: Schema, types: Types) -> list[str]:
    """A name for a choice of types; records without a name of their own get one."""
    lines: list[str] = []
    parts: list[str] = []
    for number, one in enumerate(schema.get("oneOf", schema.get("anyOf", [schema])), 1):
        if not is_record(one):
            parts.append(types.of(one))
            continue
        tag = next((field["const"] for field in one["properties"].values() if "const" in field), None)
        keys = list(one["properties"])
        part = camel(tag or keys[0] if len(keys) == 1 or tag else str(number))
        own = f"{name}{part}"
        lines += record(own, one, types)
        parts.append(own)
    kind = types.union(parts)
    # What runs must not name what comes later: records are quoted.
    each = [part if part.startswith(("Literal[", "dict[")) or part in ("str", "int", "None") else f'"{part}"'
            for part in kind.split(" | ")]
    kind = each[0] if len(each) == 1 else f"Union[{', '.join(each)}]"
    return [*lines, f"{name}: TypeAlias = {kind}", *doc(schema), ""]


def camel(name: str) -> str:
    return "".join(part.capitalize() for part in str(name).split("_"))


def two_ways(given: set[str], answered: set[str]) -> tuple[set[str], dict[str, str]]:
    """The definitions that are given otherwise than they are answered, and their names where they are given."""
    words = GIVEN.keys() | ANSWERED.keys()
    both = {name for name in given & answered
            if any(refs(DEFS[below]) & words for below in reachable([name], GIVEN))}
    return both, {name: f"Given{name}" for name in both}


def types_py() -> str:
    given = reachable(ROOTS_GIVEN, GIVEN) - {"Form"}
    answered = reachable(ROOTS_ANSWERED, ANSWERED)
    answered = {name for name in answered if not name.endswith("Event")} - SKIPPED
    both, renamed = two_ways(given, answered)
    renamed |= {name: f"{name}Dict" for name in ("Form",)}
    ours = Types(GIVEN, renamed)
    theirs = Types(ANSWERED | {"Event": "Event", "CardRow": "Card", "Denial": "DenialDict"}, {})
    body: list[str] = []
    for name in sorted(given | answered | {"Form"}):
        schema = DEFS[name]
        if is_text(schema) or name in ("Denial", "Event", "Action", "Operation") or name.endswith("Denial"):
            continue
        for types, wanted in ((ours, name in given or name == "Form"), (theirs, name in answered)):
            own = types.renamed.get(name, name)
            if not wanted or (types is theirs and name in given and name not in both):
                continue
            if name == "Form" and types is theirs:
                continue
            body += ["", *(record if is_record(schema) else alias)(own, schema, types)]
    head = (HERE / "types.head.py").read_text("utf-8")
    return head.replace('"""@made"""', f"# {MADE}") + "\n".join(body).replace("\n\n\n\n", "\n\n\n") + "\n"


def event_name(name: str) -> str:
    return name.removesuffix("Event")


COMMON = ["seq", "at", "type", "rule", "cause", "command", "override", "by", "signature", "key", "body", "settled",
          "authority", "grounds", "passed", "ext"]


def events_py() -> str:
    names = [one["$ref"].rsplit("/", 1)[1] for one in DEFS["Event"]["oneOf"]]
    types = Types(ANSWERED, {})
    used: set[str] = set()
    body: list[str] = []
    for name in names:
        schema = DEFS[name]
        needed = set(schema.get("required", []))
        fields = {key: field for key, field in schema["properties"].items() if key not in COMMON}
        left_out: dict[str, bool] = {}
        body += ["@final", f"class {event_name(name)}(Event):", *doc(schema, "    "), "", "    __slots__ = ()"]
        for key, field in fields.items():
            own = f"{key}_" if keyword.iskeyword(key) else key
            kind = types.of(field)
            used |= set(re.findall(r"\b[A-Z]\w+", kind))
            if key not in needed and "None" not in kind and kind != "bool":
                kind = f"{kind} | None"
            if key not in needed:
                left_out[key] = kind == "bool"
            body += [f"    {own}: {kind}", *doc(field, "    ")]
        if left_out:
            rows = ", ".join(f'"{key}": {False if flag else None}' for key, flag in left_out.items())
            body += [f"    _LEFT_OUT = {{{rows}}}"]
        body += ["", ""]
    kinds = [f'    "{DEFS[name]["properties"]["type"]["const"]}": {event_name(name)},' for name in names]
    used -= {"None", "Any", "Literal"}
    imports = "\n".join(f"        {name}," for name in sorted(used))
    head = (HERE / "events.head.py").read_text("utf-8")
    head = head.replace('"""@made"""', f"# {MADE}").replace("        # @types", imports)
    tail = ["KINDS: dict[str, type[Event]] = {", *kinds, "}", '"""The class of each type."""', ""]
    exported = sorted([event_name(name) for name in names] + ["Event", "KINDS"])
    tail += ["__all__ = [", *[f'    "{name}",' for name in exported], "]", ""]
    text = "\n".join(body)
    if "Literal[" not in text:
        head = head.replace("import Any, Literal", "import Any")
    return head + "\n" + text + "\n".join(tail)


BESIDE = ["by", "signature", "key", "expected_revision", "ext"]


def commands() -> list[str]:
    lines: list[str] = []
    given = reachable(ROOTS_GIVEN, GIVEN)
    answered = reachable(ROOTS_ANSWERED, ANSWERED)
    types = Types(GIVEN, two_ways(given, answered)[1])
    for one in DEFS["Command"]["oneOf"]:
        schema = DEFS[one["$ref"].rsplit("/", 1)[1]]
        name = schema["properties"]["type"]["const"]
        needed = set(schema.get("required", []))
        method = "import_application" if keyword.iskeyword(name) else name
        rows = []
        keys = [key for key in schema["properties"] if key not in BESIDE and key != "type"]
        for key in sorted(keys, key=lambda key: key not in needed) + BESIDE:
            own = f"{key}_" if keyword.iskeyword(key) else key
            rows.append(f"{own}: {types.of(schema['properties'][key])}" + ("" if key in needed else " = ..."))
        rows.insert(sum(key in needed for key in keys), "now: Instant")
        lines += [f"    def {method}(", "        self,", "        *,", *[f"        {row}," for row in rows],
                  "    ) -> Outcome: ..."]
    return lines


def stub() -> str:
    old = (PACKAGE / "_kezek.pyi").read_text("utf-8")
    begin, end = "    # The commands, made by generate.py:\n", "    # The views:\n"
    before, rest = old.split(begin)
    text = before + begin + "\n".join(commands()) + "\n" + end + rest.split(end)[1]
    # What it takes from kezek.types.
    defined = set(re.findall(r"^(?:class (\w+)|(\w+): TypeAlias|(\w+) = TypedDict)", types_py(), re.M))
    names = {name for found in defined for name in found if name}
    opening, closing = "from kezek.types import (\n", ")\n"
    before, rest = text.split(opening, 1)
    after = rest.split(closing, 1)[1]
    own = set(re.findall(r"^class (\w+)", after, re.M))
    used = sorted((names - own) & set(re.findall(r"\w+", after)))
    return before + opening + "".join(f"    {name},\n" for name in used) + closing + after


def main() -> int:
    made = {"types.py": types_py(), "events.py": events_py(), "_kezek.pyi": stub()}
    stale = [name for name, text in made.items()
             if not (PACKAGE / name).exists() or (PACKAGE / name).read_text("utf-8") != text]
    if sys.argv[1:] == ["--check"]:
        if stale:
            print(f"stale: {', '.join(stale)}; run python bindings-py/generate.py")
        return 1 if stale else 0
    for name in stale:
        (PACKAGE / name).write_text(made[name], "utf-8")
    print(f"written: {', '.join(stale) or 'nothing, all as it was'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
