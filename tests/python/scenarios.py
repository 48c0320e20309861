"""The runner of `tests/scenarios` (and of `KEZEK_SCENARIOS` and `KEZEK_PAIRS`) for Python: what `tests/scenarios.rs` checks.

    python tests/python/scenarios.py     prints the digest of each, for comparison with `cargo test --test scenarios`
"""

from __future__ import annotations

import json
import os
import re
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, TypeGuard

import kezek

ROOT = Path(__file__).resolve().parents[2]
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


class Differs(AssertionError):
    """What differed, in words."""


def folders() -> list[Path]:
    given = (os.environ.get(name) for name in ("KEZEK_SCENARIOS", "KEZEK_PAIRS"))
    return [ROOT / "tests" / "scenarios", *(Path(folder) for folder in given if folder)]


def files() -> list[Path]:
    """Every scenario; a folder that is not there is an error."""
    return [path for folder in folders() for path in sorted(p for p in folder.iterdir() if p.suffix == ".json")]


def instant(text: str) -> datetime:
    """RFC 3339 as an aware datetime; Python 3.10 reads no `Z`, and a fraction is cut off."""
    return datetime.fromisoformat(re.sub(r"\.\d+", "", text).replace("Z", "+00:00"))


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)


def is_list(value: object) -> TypeGuard[list[Any]]:
    return isinstance(value, list)


def known(value: Any, what: str, keys: set[str]) -> dict[str, Any]:
    """An object, none of its keys unknown: an unread key is an error."""
    if not is_object(value):
        raise Differs(f"{what}: expected an object, found {value!r}")
    if unread := value.keys() - keys:
        raise Differs(f"{what}: unread keys {sorted(unread)}")
    return value


def run_file(path: Path) -> str:
    """Runs a scenario; the digest at its end, or how its policy was refused."""
    scenario = known(
        json.loads(path.read_text("utf-8")),
        "scenario",
        {"title", "rules", "policy", "prefix", "steps", "expect", "note"},
    )
    for needed in ("title", "rules", "policy"):
        if needed not in scenario:
            raise Differs(f"scenario: no {needed}")
    if "steps" not in scenario:
        return refused(scenario)
    register = run(scenario, None)
    for pace in (86_400, 3_600):
        other = run(scenario, pace)
        equal(f"the events every {pace} s", settled(register), settled(other))
        equal(f"the digest every {pace} s", register.digest(), other.digest())
    events = register.events()
    for form, journal in (
        ("objects", events),
        ("dictionaries", [event.to_dict() for event in events]),
        ("lines", "\n".join(event.to_json() for event in events)),
        ("a list", json.dumps([event.to_dict() for event in events])),
    ):
        replayed = kezek.Register.replay(journal)
        equal(f"the digest after replay of {form}", register.digest(), replayed.digest())
        equal(f"the events after replay of {form}", events, replayed.events())
    snapshot = register.snapshot()
    for restored in (kezek.Register.restore(snapshot), kezek.Register.restore(json.loads(snapshot))):
        equal("the digest after restore", register.digest(), restored.digest())
    unpacked = kezek.Register.unpack(register.pack())
    equal("the digest after unpack", register.digest(), unpacked.digest())
    equal("the events after unpack", events, unpacked.events())
    return register.digest()


def settled(register: kezek.Register) -> list[dict[str, Any]]:
    """The journal without what only says how often the clock was looked at."""
    rows = [event.to_dict() for event in register.events()]
    return [{key: value for key, value in row.items() if key != "settled"} for row in rows]


def refused(scenario: dict[str, Any]) -> str:
    expect = known(scenario.get("expect"), "expect", {"error", "fields"})
    try:
        opened(scenario)
    except kezek.Error as error:
        equal("the error", expect["error"], error.code)
        if "fields" in expect:
            equal("the faulty fields", sorted(expect["fields"]), sorted(error.fields))
        return f"refused: {error.code}"
    raise Differs("the policy was taken")


def opened(scenario: dict[str, Any]) -> kezek.Register:
    return kezek.Register.open(scenario["policy"], prefix=scenario.get("prefix", "UO"))


def run(scenario: dict[str, Any], pace: int | None) -> kezek.Register:
    """Runs the steps; with a pace (seconds) the clock is looked at so often between them."""
    register = opened(scenario)
    for number, step in enumerate(scenario["steps"], 1):
        known(step, "step", {"at", "do", "check", "ask", "advance", "expect", "note"})
        if len(step.keys() & {"do", "check", "ask", "advance"}) != 1:
            raise Differs(f"step {number}: expected exactly one of do, check, ask, advance")
        before = register.revision
        if pace:
            walk(register, step, pace)
        walked = register.events(after=before)
        expect = step.get("expect", {})
        try:
            found = one(register, step, walked)
        except kezek.Error as error:
            found = error
        try:
            compare(step, expect, found)
        except Differs as differs:
            raise Differs(f"step {number} at {step['at']}: {differs}") from None
    return register


def walk(register: kezek.Register, step: dict[str, Any], pace: int) -> None:
    """Looks at the clock in steps until just before a step's instant."""
    command: Any = step.get("do") or step.get("check")
    keyed = is_object(command) and command.keys() & {"key", "expected_revision"}
    error = is_object(step.get("expect")) and "error" in step["expect"]
    if register.now is None or keyed or error:
        return
    epoch = datetime(1970, 1, 1, tzinfo=timezone.utc)
    at, end = register.now, instant(step["at"])
    while True:
        seconds = (at - epoch) // timedelta(seconds=1)
        at = epoch + timedelta(seconds=(seconds // pace + 1) * pace)
        if at >= end:
            return
        try:
            register.advance(at)
        except kezek.Error:
            return


def one(register: kezek.Register, step: dict[str, Any], walked: list[kezek.Event]) -> Any:
    """What a step answers, as JSON data; what fell due on the walk belongs to it as well."""
    at = step["at"]
    if "do" in step:
        outcome = register.apply(step["do"], at).to_dict()
    elif "advance" in step:
        outcome = register.advance(at).to_dict()
    elif "check" in step:
        register.advance(at)
        return {"denials": [denial.to_dict() for denial in register.check(step["check"], at)]}
    else:
        register.advance(at)
        return register.ask(step["ask"], at)
    outcome["events"] = [event.to_dict() for event in walked] + outcome["events"]
    return outcome


def compare(step: dict[str, Any], expect: Any, found: Any) -> None:
    wanted = expect.get("error") if is_object(expect) else None
    if isinstance(found, kezek.Error):
        if wanted is None:
            raise Differs(f"expected no error, found {found}")
        equal("the error", wanted, found.code)
        return
    if wanted is not None:
        raise Differs(f"expected the error {wanted}, found {found}")
    if "ask" in step:
        matches(expect, found)
        return
    known(expect, "expect", {"events", "denials", "error"})
    equal("denials", expect.get("denials", []), [denial["code"] for denial in found.get("denials", [])])
    if "events" not in expect:
        return
    events = found.get("events", [])
    equal("the types of the events", [e["type"] for e in expect["events"]], [e["type"] for e in events])
    for wanted_event, event in zip(expect["events"], events):
        matches(wanted_event, event)


def matches(wanted: Any, found: Any, where: str = "") -> None:
    """An object matches when it contains the given fields, a list when the given items occur in it in this order,
    instants when they are the same instant. A denial may be given by its code alone."""
    if is_object(wanted) and is_object(found):
        for key, value in wanted.items():
            if key not in found:
                raise Differs(f"{where}{key}: expected {value!r}, found nothing")
            matches(value, found[key], f"{where}{key}: ")
    elif is_list(wanted) and is_list(found):
        if not wanted and found:
            raise Differs(f"{where}expected an empty list, found {len(found)}")
        rest = iter(found)
        for item in wanted:
            if not any(is_match(item, other) for other in rest):
                raise Differs(f"{where}expected {item!r} here or later in {found!r}")
    elif isinstance(wanted, str) and is_object(found) and "code" in found:
        equal(f"{where}the code", wanted, found["code"])
    elif isinstance(wanted, str) and isinstance(found, str):
        both = INSTANT.fullmatch(wanted) and INSTANT.fullmatch(found)
        if not (both and instant(wanted) == instant(found)):
            equal(f"{where}the text", wanted, found)
    else:
        equal(f"{where}the value", wanted, found)
        # In Python 1 is True.
        equal(f"{where}the type", type(wanted), type(found))


def is_match(wanted: Any, found: Any) -> bool:
    try:
        matches(wanted, found)
    except Differs:
        return False
    return True


def equal(what: str, one: Any, other: Any) -> None:
    if one != other:
        raise Differs(f"{what} differs: {one!r} and {other!r}")


def main() -> int:
    failed = 0
    for path in files():
        try:
            print(f"ok     {path.stem}  {run_file(path)}")
        except Differs as differs:
            failed += 1
            print(f"FAILED {path.stem}\n       {differs}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
