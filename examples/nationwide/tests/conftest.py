"""What the tests share: a small country, made once."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HERE))

from country import Settlement, make  # noqa: E402


@pytest.fixture(scope="session")
def country(tmp_path_factory: pytest.TempPathFactory) -> list[Settlement]:
    if "KEZEK_CITY" not in os.environ and shutil.which("cargo") is None:
        pytest.skip("no country: neither cargo nor KEZEK_CITY, the program that makes journals")
    return make(tmp_path_factory.mktemp("country"), settlements=12, children=(60, 600))
