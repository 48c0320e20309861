"""Who may see what: the same for an answer and for a stream of events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import kezek

from .settlement import Settlement

ABOUT_ONE = {"application", "card", "deadlines", "history", "documents", "forecast", "buttons", "referral"}
PUBLIC = {None, "position", "vacancies", "queue", "form"}


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

    def own(self) -> list[str]:
        journal = self.settlement.register.journal(self.actor["iin"], self.now)
        return [row["application"] for row in journal]

    def read(self, application: str) -> bool:
        """Whether it may read an application's dossier."""
        if self.all:
            return True
        if self.actor["role"] == "applicant":
            return application in self.own()
        return self.settlement.index.kindergartens.get(application) in self.actor["kindergartens"]

    def see(self, event: kezek.Event) -> bool:
        """Whether it may see an event: one about no application is told to everybody."""
        application = getattr(event, "application", None)
        return application is None or self.read(application)

    def serve(self, kindergarten: str | None) -> bool:
        return self.all or (self.actor["role"] == "staff" and kindergarten in self.actor["kindergartens"])

    def may_ask(self, question: dict[str, Any]) -> bool:
        """Whether it may ask that. What cannot be read may be asked: the answer says what is wrong with it."""
        if self.all:
            return True
        view = question.get("view")
        if view in PUBLIC:
            return True
        if view == "explain_position":
            return "events" not in question and self._concerns(question)
        if view in ABOUT_ONE:
            return self._concerns(question)
        if view == "permissions":
            kindergarten = question.get("kindergarten")
            return self.serve(kindergarten) if kindergarten is not None else self._concerns(question)
        if view == "enrolled":
            return self.serve(question.get("kindergarten"))
        return view == "journal" and self.actor["role"] == "applicant" and question.get("iin") == self.actor["iin"]

    def _concerns(self, question: dict[str, Any]) -> bool:
        number = question.get("application")
        if number is None:
            number = concerned(self.settlement, question, self.now)
        return isinstance(number, str) and self.read(number)


def concerned(settlement: Settlement, named: dict[str, Any], now: datetime) -> str | None:
    """The application that a command or a question names, by its number, its referral or its child (R69)."""
    if isinstance(named.get("application"), str):
        return str(named["application"])
    which = {key: named[key] for key in ("referral", "child") if isinstance(named.get(key), str)}
    if not which:
        return None
    try:
        answer = settlement.register.ask({"view": "referral", **which}, now)
    except kezek.Error:
        return None
    return str(answer["application"])
