"""What a panic of the library becomes: an ordinary exception, and a register that says that it is broken.

No input reaches a panic (test_garbage.py looks for one), so that the module is built once more with a fault put in: the
feature `fault-injection`, `src/register/fault.rs`. It goes through the same two doors as every method. `KEZEK_FAULTY` is
that library; `tests/run` builds it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import kezek
import pytest

FAULTY = os.environ.get("KEZEK_FAULTY")

PROGRAM = """
import pickle, sys, threading
import kezek

assert kezek.__file__.startswith(sys.argv[1]), kezek.__file__
now = "2018-01-10T09:00:00+06:00"
for released in (False, True):
    register = kezek.Register.open("akmola-2018")
    register.advance(now)
    events = register.events()
    try:
        register._fail(released)
    except Exception as error:  # what a web worker catches
        assert type(error) is kezek.InternalError and not isinstance(error, kezek.Error), error
        assert "a bug of kezek" in str(error)
        assert str(pickle.loads(pickle.dumps(error))) == str(error)
    else:
        sys.exit("no error")

    def broken(call):
        try:
            call()
        except kezek.InternalError as error:
            assert "failed in an earlier call; restore it from its events" in str(error), error
        else:
            sys.exit("it is used as if nothing were wrong")

    # Quick calls and long ones, getters, copies, from this thread and from another.
    calls = [
        lambda: register.advance(now),
        lambda: register.check({"type": "pause"}, now),
        lambda: register.digest(),
        lambda: register.snapshot(),
        lambda: register.apply_many([({"type": "pause"}, now)]),
        lambda: register.revision,
        lambda: repr(register),
        lambda: pickle.dumps(register),
        lambda: register._fail(released),
    ]
    for call in calls:
        broken(call)
    seen = []
    thread = threading.Thread(target=lambda: seen.append([broken(call) for call in calls]))
    thread.start()
    thread.join()
    assert len(seen) == 1
    # Other registers are as they were, and this one comes back from what the host has.
    again = kezek.Register.replay(events)
    again.advance(now)
    assert again.revision == len(events)
print("as it should be")
"""


@pytest.mark.skipif(FAULTY is None, reason="KEZEK_FAULTY is not built: see tests/run")
def test_a_panic_is_an_exception_and_the_register_is_broken(tmp_path: Path) -> None:
    assert FAULTY is not None
    package = tmp_path / "kezek"
    shutil.copytree(Path(kezek.__file__).parent, package, ignore=shutil.ignore_patterns("_kezek.*so", "*.pyd"))
    shutil.copy(FAULTY, package / "_kezek.abi3.so")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "as it should be\n"), done.stderr
    assert "put in by a test" in done.stderr


def test_no_wheel_has_the_fault() -> None:
    assert not hasattr(kezek.Register, "_fail")
    assert issubclass(kezek.InternalError, Exception) and not issubclass(kezek.InternalError, kezek.Error)
