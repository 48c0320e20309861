"""Metrics, in the words of Prometheus. No label says anything about a person, and none takes whatever somebody sends."""

from __future__ import annotations

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)

from .document import document

SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
COUNTS = (1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 5_000)
METHODS = frozenset(("GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"))


COMMANDS = frozenset(
    choice["properties"]["type"]["const"]
    for choice in document()["components"]["schemas"]["PortalCommand"]["anyOf"]
    if "type" in choice["properties"]
)
"""The commands of the wire: a label is one of these, whatever somebody sends."""


class Meter:
    """What is counted and measured."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self._registry = own = CollectorRegistry()
        place, request = ["settlement"], ["method", "route", "status"]
        self._requests = Histogram("portal_request_seconds", "Requests", request, registry=own, buckets=SECONDS)
        self._commands = Counter("portal_commands", "Commands that were judged", ["type", "result"], registry=own)
        self._took = Histogram("portal_transaction_seconds", "Transactions", place, registry=own, buckets=SECONDS)
        self._size = Histogram(
            "portal_transaction_commands", "Commands of a transaction", place, registry=own, buckets=COUNTS
        )
        self._events = Histogram(
            "portal_transaction_events", "Events of a transaction", place, registry=own, buckets=COUNTS
        )
        self._failed = Counter("portal_transactions_failed", "Transactions that failed", place, registry=own)
        self._revision = Gauge("portal_revision", "The last event's number", place, registry=own)
        self._live = Gauge("portal_live_applications", "Applications that stand in a line", place, registry=own)
        self._waiting = Gauge("portal_outbox_waiting", "Messages that wait to be sent", place, registry=own)
        self._messages = Counter("portal_messages", "Messages", ["settlement", "result"], registry=own)
        self._lag = Gauge("portal_deadline_lag_seconds", "How late the deadline is that is settled", place, registry=own)
        self._good = Gauge("portal_clock_good", "1 while the clock may be believed", registry=own)
        self._apart = Gauge("portal_clock_apart_seconds", "How far the clock is off", registry=own)

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """A request was answered."""
        self._requests.labels(method if method in METHODS else "other", route, status).observe(seconds)

    def command(self, name: object, done: bool) -> None:
        """A command was done, or denied."""
        known = name if isinstance(name, str) and name in COMMANDS else "unknown"
        self._commands.labels(known, "done" if done else "denied").inc()

    def transaction(self, settlement: str, commands: int, events: int, seconds: float) -> None:
        """A transaction was committed."""
        self._took.labels(settlement).observe(seconds)
        self._size.labels(settlement).observe(commands)
        self._events.labels(settlement).observe(events)

    def failed_transaction(self, settlement: str) -> None:
        """A transaction failed."""
        self._failed.labels(settlement).inc()

    def messages(self, settlement: str, result: str, count: int) -> None:
        """Messages were sent, were late, or failed."""
        if count:
            self._messages.labels(settlement, result).inc(count)

    def deadline_lag(self, settlement: str, seconds: float) -> None:
        """By how much what is settled now is late."""
        self._lag.labels(settlement).set(seconds)

    def standing(self, settlement: str, revision: int, live: int, waiting: int | None) -> None:
        """What is looked up when somebody asks for the metrics."""
        self._revision.labels(settlement).set(revision)
        self._live.labels(settlement).set(live)
        if waiting is not None:
            self._waiting.labels(settlement).set(waiting)

    def clock(self, good: bool, apart: int) -> None:
        """Whether the clock may be believed, and by how many seconds it is off."""
        self._good.set(1 if good else 0)
        self._apart.set(apart)

    def text(self) -> bytes:
        """As Prometheus reads it."""
        return generate_latest(self._registry)
