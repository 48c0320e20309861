"""Where the events of an application are in the journal, so that a dossier does not look through all of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import kezek
from kezek.events import Imported, ReferralIssued, Refused


class Index:
    """Events by application, applications by kindergarten."""

    def __init__(self, events: Iterable[kezek.Event] = ()) -> None:
        self.journal: list[kezek.Event] = []
        self._events: dict[str, list[kezek.Event]] = defaultdict(list)
        self._last: dict[str, str] = {}
        self._referred: dict[str, dict[str, None]] = defaultdict(dict)
        self._refused: dict[str, None] = {}
        self.take_in(events)

    def take_in(self, events: Iterable[kezek.Event]) -> None:
        """Adds what has happened since."""
        for event in events:
            self.journal.append(event)
            application = getattr(event, "application", None)
            if application is None:
                continue
            self._events[application].append(event)
            if isinstance(event, ReferralIssued):
                self._refer(application, event.kindergarten)
            elif isinstance(event, Imported) and event.kindergarten is not None:
                self._refer(application, event.kindergarten)
            elif isinstance(event, Refused):
                self._refused[application] = None

    def _refer(self, application: str, kindergarten: str) -> None:
        self._referred[kindergarten][application] = None
        self._last[application] = kindergarten

    def __contains__(self, application: str) -> bool:
        return application in self._events

    def events_of(self, application: str) -> Sequence[kezek.Event]:
        """The events of an application, the oldest first."""
        return self._events.get(application, ())

    def kindergarten_of(self, application: str) -> str | None:
        """The kindergarten that it was last referred to."""
        return self._last.get(application)

    def referred_to(self, kindergartens: Sequence[str]) -> list[str]:
        """The applications whose last referral is to one of these."""
        known = dict.fromkeys(number for name in kindergartens for number in self._referred.get(name, ()))
        return [number for number in known if self._last[number] in kindergartens]

    @property
    def refused(self) -> list[str]:
        """The applications that were ever refused."""
        return list(self._refused)
