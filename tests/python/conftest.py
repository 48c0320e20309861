"""What the tests share: one register with one child, and one place."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import kezek
import pytest
from kezek.types import GivenChild

# The examples are tested as modules too.
sys.path.insert(0, str(Path(__file__).parents[2] / "examples" / "python"))

ALMATY = ZoneInfo("Asia/Almaty")
NOW = datetime(2018, 1, 10, 9, tzinfo=ALMATY)
NUMBER = "UO.2018.000001.1"


@pytest.fixture
def register() -> kezek.Register:
    register = kezek.Register.open("akmola-2018")
    child: GivenChild = {"iin": "p:child-1", "born": "2015-05-02"}
    register.submit(applicant="p:parent-1", child=child, now=NOW).raise_for_denial()
    return register
