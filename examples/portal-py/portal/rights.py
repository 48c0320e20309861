"""Who may see what: the same for an answer and for a stream of events. (What somebody may *do*, the rules judge.)"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import kezek

from .settlement import Settlement

ABOUT_ONE = {"application", "card", "deadlines", "history", "documents", "forecast", "buttons", "referral", "proof"}
PUBLIC = {"position", "vacancies", "queue", "form", "seal"}


@dataclass
class Rights:
    """What an actor may read: everything (department, operator), its own applications (R05, R06), or those whose last
    referral is to one of its kindergartens (R69)."""

    settlement: Settlement
    actor: dict[str, Any]
    now: datetime

    @property
    def all(self) -> bool:
        return self.actor["role"] in ("department", "operator")

    @cached_property
    def own(self) -> list[str]:
        """An applicant's applications: filed, or linked to."""
        if self.actor["role"] != "applicant":
            return []
        return [row["application"] for row in self.settlement.register.journal(self.actor["iin"], self.now)]

    def read(self, application: str) -> bool:
        """Whether it may read an application's dossier."""
        if self.all:
            return True
        if self.actor["role"] == "applicant":
            return application in self.own
        return self.settlement.index.kindergarten_of(application) in self.actor["kindergartens"]

    def see(self, event: kezek.Event) -> bool:
        """Whether it may see an event: one about no application is told to everybody."""
        application = getattr(event, "application", None)
        return application is None or self.read(application)

    def serve(self, kindergarten: object) -> bool:
        """Whether it is that kindergarten, or above it."""
        return self.all or (self.actor["role"] == "staff" and kindergarten in self.actor["kindergartens"])

    def may_ask(self, question: dict[str, Any]) -> bool:
        """Whether it may ask that. What cannot be read may be asked: the answer says what is wrong with it."""
        view = question.get("view")
        if self.all or not isinstance(view, str) or view in PUBLIC:
            return True
        if view == "explain_position":
            # A whole journal of the caller's own would be replayed: the portal has its own.
            return "events" not in question and self._concerns(question)
        if view in ABOUT_ONE:
            return self._concerns(question)
        if view == "permissions":
            kindergarten = question.get("kindergarten")
            return self.serve(kindergarten) if isinstance(kindergarten, str) else self._concerns(question)
        if view == "enrolled":
            return self.serve(question.get("kindergarten"))
        return view == "journal" and self.actor["role"] == "applicant" and question.get("iin") == self.actor["iin"]

    def _concerns(self, question: dict[str, Any]) -> bool:
        number = concerned(self.settlement, question, self.now)
        return number is not None and self.read(number)


def concerned(settlement: Settlement, named: dict[str, Any], now: datetime) -> str | None:
    """The application that a command or a question names, by its number, its referral or its child (R69)."""
    if isinstance(named.get("application"), str):
        return str(named["application"])
    for field in ("referral", "child"):
        if isinstance(named.get(field), str):
            try:
                answer = settlement.register.ask({"view": "referral", field: named[field]}, now)
            except kezek.NotSettledError:
                raise
            except kezek.Error:
                return None
            return str(answer["application"])
    return None
