"""Errors: every fault with its path, what was expected and what was found."""

from __future__ import annotations

import pickle

import kezek
import pytest
from conftest import NOW, NUMBER
from kezek import Fault


def test_an_invalid_policy_tells_every_fault() -> None:
    faulty = {"base": "akmola-2018", "age": {"until": {"hours": 1}}, "zone": "Europe/Paris", "colour": "red"}
    with pytest.raises(kezek.InvalidPolicyError) as raised:
        kezek.Policy(faulty)
    error = raised.value
    assert set(error.fields) == {"age.until", "zone", "colour"} and len(error.faults) == 3
    for fault in error.faults:
        assert isinstance(fault, Fault) and fault.expected and fault.found
        assert f"{fault.path}: expected {fault.expected}, found {fault.found}" in str(error)
    assert (error.path, error.expected, error.found) == error.faults[0]
    again = pickle.loads(pickle.dumps(error))
    assert again.faults == error.faults and str(again) == str(error) and again.to_dict() == error.to_dict()
    assert error.to_dict()["fields"] == [fault.path for fault in error.faults]


def test_faults_stand_below_the_argument(register: kezek.Register) -> None:
    """What a method was handed is named by the argument; every fault of it."""
    with pytest.raises(kezek.MalformedError) as raised:
        register.apply_many([({"type": "withdraw"}, NOW)])
    (fault,) = raised.value.faults
    assert fault.path == "[0].application" and str(raised.value).startswith("malformed: [0].application: expected")
    assert raised.value.fields == ()
    change = {
        "type": "change_policy",
        "from": NOW,
        "policy": {"base": "akmola-2018", "zone": "Mars", "age": {"until": 1}},
        "authority": {"kind": "department", "document": "1"},
        "reason": "x",
    }
    with pytest.raises(kezek.Error) as several:
        register.apply(change, NOW)
    assert len(several.value.faults) == 2
    assert all(fault.expected and fault.found for fault in several.value.faults)


def test_the_whole_input_has_no_path(register: kezek.Register) -> None:
    with pytest.raises(kezek.MalformedError) as raised:
        register.apply([], NOW)  # type: ignore[arg-type]
    assert raised.value.path == "" and str(raised.value).startswith("malformed: expected ")


def test_a_number_is_never_quoted(register: kezek.Register) -> None:
    with pytest.raises(kezek.MalformedError) as raised:
        register.link_parent(application=NUMBER, parent="991231500017", now=NOW)
    assert all("991231500017" not in text for fault in raised.value.faults for text in fault)
    assert "991231500017" not in str(raised.value)
