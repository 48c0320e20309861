"""Garbage at the border: whatever is handed over, the answer is an `Error`, and nothing has changed."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

import kezek
import scenarios
from conftest import NOW, NUMBER
from hypothesis import given, settings
from hypothesis import strategies as st

settings.register_profile("kezek", deadline=None, derandomize="KEZEK_EXAMPLES" not in os.environ, max_examples=int(os.environ.get("KEZEK_EXAMPLES", "300")))
settings.load_profile("kezek")

LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.text(st.characters(codec=None), max_size=3)
    | st.datetimes(timezones=st.none() | st.just(timezone.utc))
    | st.dates()
    | st.binary(max_size=5)
    | st.sampled_from([NUMBER, "p:child-1", "1000000101", "2018-01-01", "2018-01-10T09:00:00+06:00", "bobek", "kk"])
)
VALUES = st.recursive(
    LEAVES,
    lambda inside: st.lists(inside, max_size=4)
    | st.tuples(inside, inside)
    | st.dictionaries(st.text(max_size=8) | st.integers(), inside, max_size=4),
    max_leaves=12,
)
NAMES = [
    "submit", "change_benefit", "confirm_interest", "link_parent", "withdraw", "pass_turn", "publish_vacancy",
    "choose", "extend_referral", "recall_referral", "record_visit", "prove_benefit", "accept", "refuse",
    "uphold_refusal", "overturn_refusal", "mark_departure", "import", "reinstate", "issue_referral", "void_referral",
    "void_enrolment", "void_departure", "withdraw_places", "unlink_parent", "correct", "move_out", "change_policy",
    "change_calendar", "pause", "resume",
]  # fmt: skip
KEYS = [
    "application", "applicant", "child", "benefit", "documents", "parent", "vacancy", "kindergarten", "group_year",
    "language", "places", "until", "reason", "referral", "date", "authority", "by", "key", "ext", "policy", "from",
    "calendar", "stage", "registered_at", "expected_revision", "signature",
]  # fmt: skip


def command_of(name: str, fields: dict[str, Any]) -> dict[str, Any]:
    return {"type": name, **fields}


COMMANDS = st.builds(
    command_of,
    st.sampled_from(NAMES),
    st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=6),
)


def fresh() -> kezek.Register:
    register = kezek.Register.open("akmola-2018")
    register.submit(applicant="p:parent-1", child={"iin": "p:child-1", "born": "2015-05-02"}, now=NOW)
    return register


@given(COMMANDS | VALUES, st.just(NOW) | VALUES)
def test_commands(command: Any, now: Any) -> None:
    register = fresh()
    digest = register.digest()
    try:
        outcome = register.apply(command, now)
    except kezek.Error as error:
        assert error.code and str(error)
        assert register.digest() == digest
    else:
        assert kezek.Register.replay(register.events()).digest() == register.digest()
        assert repr(outcome) and outcome.to_dict()


@given(COMMANDS)
def test_keywords(command: dict[str, Any]) -> None:
    register = fresh()
    fields = {("from_" if key == "from" else key): value for key, value in command.items() if key != "type"}
    name = "import_application" if command["type"] == "import" else command["type"]
    try:
        getattr(register, name)(now=NOW, **fields)
    except kezek.Error as error:
        assert error.code


@given(VALUES)
def test_every_reader(value: Any) -> None:
    readers: list[Callable[[Any], Any]] = [
        kezek.Policy, kezek.Form, kezek.Iin, kezek.Card.from_dict, kezek.Calendar.from_dict, kezek.Event.from_dict,
        kezek.Register.restore, lambda given: kezek.Register.replay([given]), lambda given: fresh().ask(given, NOW),
        lambda given: kezek.Calendar.kazakhstan().is_working_day(given), lambda given: fresh().position(given, NOW),
        lambda given: kezek.Calendar("id", given, {2020: given}), lambda given: fresh().application(NUMBER, given),
        lambda given: fresh().permissions(NUMBER, now=NOW, by=given), lambda given: fresh().apply_many([(given, NOW)]),
    ]  # fmt: skip
    for read in readers:
        try:
            read(value)
        except kezek.Error as error:
            assert error.code and str(error)


@given(st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30), timezones=st.timezones()))
def test_every_instant(at: datetime) -> None:
    register = kezek.Register.open("akmola-2018")
    try:
        register.advance(at)
    except kezek.OutsideCalendarError:
        assert not date(2000, 1, 2) < at.date() < date(2100, 12, 30)
    else:
        # In UTC: Python holds a clock time that comes twice unequal to every time of another zone.
        assert register.now == at.replace(microsecond=0).astimezone(timezone.utc)


def test_spoilt_scenarios_are_answered_as_in_rust(tmp_path: Path) -> None:
    """Good scenarios with something wrong in them (`tests/fuzzed.rs`): the same errors, denials, answers and digests."""
    told = os.environ.get("KEZEK_SPOILT")
    if not told:
        told = str(tmp_path / "spoilt.jsonl")
        command = ["cargo", "test", "--quiet", "-p", "kezek", "--locked", "--test", "fuzzed", "spoilt_scenarios"]
        subprocess.run(command, cwd=scenarios.ROOT, check=True, env=os.environ | {"KEZEK_SPOILT": told})
    lines = Path(told).read_text("utf-8").splitlines()
    assert len(lines) > 100
    for line in lines:
        story = json.loads(line)
        try:
            register = kezek.Register.open(story["policy"], prefix=story["prefix"])
        except kezek.Error as error:
            assert story["refused"]["code"] == error.code, story
            continue
        assert "refused" not in story
        for step, answer in zip(story["steps"], story["answers"], strict=True):
            assert answered(register, step) == answer, (step, story["policy"])


def answered(register: kezek.Register, step: dict[str, Any]) -> dict[str, Any]:
    at, found = step["at"], dict[str, Any]()
    try:
        if "do" in step:
            found["denials"] = register.apply(step["do"], at).to_dict()["denials"]
        elif "check" in step:
            found["denials"] = [denial.to_dict() for denial in register.check(step["check"], at)]
        elif "ask" in step:
            found["answer"] = register.ask(step["ask"], at)
        else:
            register.advance(at)
    except kezek.Error as error:
        return {"error": {"code": error.code, "path": error.path}}
    return {**found, "digest": register.digest()}
