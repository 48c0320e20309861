"""The rules of Kazakhstan's electronic preschool queue (кезек): whose turn it is, until when, and why.

    from datetime import datetime
    from zoneinfo import ZoneInfo
    import kezek

    now = datetime(2018, 1, 10, 9, tzinfo=ZoneInfo("Asia/Almaty"))
    register = kezek.Register.open("akmola-2018")
    child = {"iin": "p:child-1", "born": "2015-05-02"}
    outcome = register.submit(applicant="p:parent-1", child=child, now=now).raise_for_denial()
    number = outcome.events[0].application
    register.position(number, now)["number"]  # 1

A **denial** is an answer of the rules: data in the `Outcome`. An **error** (`kezek.Error`) is input that cannot be
read; nothing has changed then. Time is always an argument: an aware `datetime` in any zone.
"""

from __future__ import annotations

from kezek import events, types
from kezek._errors import (
    ClockMovedBackError,
    CorruptHistoryError,
    DeniedError,
    Error,
    InternalError,
    InvalidPolicyError,
    KeyConflictError,
    MalformedError,
    NotFoundError,
    NotSettledError,
    NumbersExhaustedError,
    OutsideCalendarError,
    StaleRevisionError,
    UnknownPolicyError,
    UnsupportedFormatError,
)
from kezek._kezek import (
    VERSION as __version__,
)
from kezek._kezek import (
    Calendar,
    Card,
    CardOutcome,
    Column,
    Denial,
    Desk,
    Event,
    Filed,
    Form,
    Iin,
    Outcome,
    Policy,
    Register,
    Table,
    Texts,
    backtest,
    is_person,
    order_key,
    verify,
    verify_proof,
)
from kezek._types import Fault, WorkingDay

__all__ = [
    "Calendar",
    "Card",
    "CardOutcome",
    "ClockMovedBackError",
    "Column",
    "CorruptHistoryError",
    "Denial",
    "DeniedError",
    "Desk",
    "Error",
    "Event",
    "Fault",
    "Filed",
    "Form",
    "Iin",
    "InternalError",
    "InvalidPolicyError",
    "KeyConflictError",
    "MalformedError",
    "NotFoundError",
    "NotSettledError",
    "NumbersExhaustedError",
    "Outcome",
    "OutsideCalendarError",
    "Policy",
    "Register",
    "StaleRevisionError",
    "Table",
    "Texts",
    "UnknownPolicyError",
    "UnsupportedFormatError",
    "WorkingDay",
    "__version__",
    "backtest",
    "events",
    "is_person",
    "order_key",
    "types",
    "verify",
    "verify_proof",
]
