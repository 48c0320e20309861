"""The tables: applications, places, the journal. What a card needs to know stands in columns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any

import kezek
from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from kezek.types import LinePlaces, Offer, Seat

# The columns of an application that a card gives and takes as they are (`Card.application`).
SEEN = [
    "stage", "reason", "benefit", "group_year", "registered_at", "lapses", "referral",
    "kindergarten", "must_accept", "choose_by", "expires_at", "recall_until", "until", "next_due",
]  # fmt: skip


@cache
def policy() -> kezek.Policy:
    """The rules of this settlement."""
    return kezek.Policy.named(settings.KEZEK_POLICY)


class Settlement(models.Model):
    """The one row that every transaction locks: up to when things are settled."""

    now = models.DateTimeField(null=True)
    revision = models.PositiveBigIntegerField()
    """The `seq` of the last event."""


class Event(models.Model):
    """The journal: what happened, for the archive and for the audit."""

    seq = models.PositiveBigIntegerField(primary_key=True)
    application = models.CharField(max_length=64, null=True, db_index=True)
    wire: models.JSONField[Any] = models.JSONField()

    @property
    def event(self) -> kezek.Event:
        return kezek.Event.from_dict(self.wire, zone=policy().zone)


class Application(models.Model):
    """One child's application: what its parents see, and what the rules remember of it."""

    serial = models.PositiveIntegerField(primary_key=True)
    number = models.CharField(max_length=64, unique=True)
    applicant = models.CharField(max_length=66)
    child = models.CharField(max_length=66, db_index=True)
    born = models.DateField()

    stage = models.CharField(max_length=16)
    reason = models.CharField(max_length=32, null=True)
    benefit = models.CharField(max_length=64, null=True)
    group_year = models.SmallIntegerField()
    registered_at = models.DateTimeField()
    lapses = models.PositiveSmallIntegerField()
    referral = models.CharField(max_length=10, null=True)
    kindergarten = models.CharField(max_length=64, null=True)
    must_accept = models.BooleanField(null=True)
    choose_by = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    recall_until = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    next_due = models.DateTimeField(null=True)
    details: models.JSONField[Any] = models.JSONField(default=dict)
    """What a portal stores without reading it."""

    due_at = models.DateTimeField(null=True, db_index=True)
    """When it does something by itself."""
    order_key = models.CharField(max_length=64)
    """Its place in the order of service: `ORDER BY` this, byte by byte."""
    callable_from = models.DateTimeField(null=True)
    """While it is queued: from the age of choice on."""
    callable_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index("group_year", "order_key", name="service", condition=Q(stage="queued"))
        ]

    def card(self, revision: int, **around: Any) -> kezek.Card:
        """The card of this row, and what is around it."""
        enrolled = Application.objects.filter(child=self.child, stage="enrolled")
        other = enrolled.exclude(serial=self.serial).values_list("number", flat=True).first()
        return kezek.Card.of_row(
            policy=policy(),
            application=self.number,
            serial=self.serial,
            applicant=self.applicant,
            parents=[p.person for p in Parent.objects.filter(application=self).order_by("pk")],
            child={"iin": self.child, "born": self.born},
            revision=revision,
            enrolled_with=other,
            **{column: getattr(self, column) for column in SEEN},
            **self.details,
            **around,
        )

    def position(self) -> tuple[int, int]:
        """R26: its number in the settlement, by registration, and in its line, by the order of service.
        Once
        it is enrolled or closed: 0, 0."""
        active = Application.objects.exclude(stage__in=["enrolled", "closed"])
        if self.stage in ("enrolled", "closed"):
            return 0, 0
        since = Q(registered_at__lt=self.registered_at)
        since |= Q(registered_at=self.registered_at, serial__lte=self.serial)
        line = active.filter(group_year=self.group_year, order_key__lte=self.order_key)
        return active.filter(since).count(), line.count()

    def take(self, card: kezek.Card) -> None:
        """Stores what a card says now."""
        for column, value in card.application.items():
            if column in SEEN:
                setattr(self, column, value)
        stored = card.to_dict()
        self.details = stored["details"]
        self.due_at, self.order_key = card.next_deadline, card.order_key or ""
        self.callable_from, self.callable_until = card.callable or (None, None)
        self.save()
        for person in stored["parents"]:
            Parent.objects.get_or_create(application=self, person=person)


class Parent(models.Model):
    """A person who was linked to an application beside its applicant (R06)."""

    application = models.ForeignKey(Application, models.PROTECT)
    person = models.CharField(max_length=66, db_index=True)


class Referral(models.Model):
    """A referral that was issued, live or not: staff ask by its number (R69)."""

    number = models.CharField(max_length=10, primary_key=True)
    application = models.ForeignKey(Application, models.PROTECT, related_name="referrals")


class Vacancy(models.Model):
    """Places that were published together (R60)."""

    id = models.PositiveIntegerField(primary_key=True)
    kindergarten = models.CharField(max_length=64)
    kind = models.CharField(max_length=16)
    language = models.CharField(max_length=2)
    group_year = models.SmallIntegerField()
    state = models.CharField(max_length=16, default="waiting")
    """`waiting` or `free_choice`; kept when no place is left (R67)."""

    def offer(self) -> Offer:
        """The vacancy as a card needs it."""
        places = Place.objects.filter(vacancy=self).order_by("number")
        waiting, open_ = places.filter(state="waiting"), places.filter(state="open")
        first_open, first = open_.first(), waiting.filter(turn=None).first() or waiting.first()
        return {
            "vacancy": self.id,
            "kindergarten": self.kindergarten,
            "group_year": self.group_year,
            "state": "free_choice" if self.state == "free_choice" else "waiting",
            "waiting": waiting.count(),
            "open": open_.count(),
            "waiting_place": first.number if first else None,
            "open_place": first_open.number if first_open else None,
        }


class Place(models.Model):
    """One place of a vacancy: `waiting` for a turn, `open`, `referred`, `filled` or `gone`."""

    vacancy = models.ForeignKey(Vacancy, models.PROTECT, related_name="places")
    vacancy_id: int
    number = models.PositiveSmallIntegerField()
    group_year = models.SmallIntegerField()
    state = models.CharField(max_length=8, default="waiting")
    turn = models.OneToOneField(Application, models.PROTECT, null=True, related_name="turn")
    """Whose turn it waits for."""
    opens_at = models.DateTimeField()
    """When it opens to everybody if nobody can be offered it (R41)."""
    passed_by: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        Application, related_name="+"
    )
    """Who was offered it and did not take it (O14)."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vacancy", "number"], name="one_place")]

    @property
    def seat(self) -> Seat:
        return {"vacancy": self.vacancy_id, "place": self.number}

    def becomes(self, state: str) -> None:
        """Something else than before: nobody's turn is for it, and nobody has passed it by."""
        self.state, self.turn = state, None
        self.save()
        self.passed_by.clear()
        counts = Place.objects.filter(vacancy=self.vacancy).aggregate(
            waiting=Count("pk", Q(state="waiting")), open=Count("pk", Q(state="open"))
        )
        if counts["waiting"] or counts["open"]:
            self.vacancy.state = "waiting" if counts["waiting"] else "free_choice"
            self.vacancy.save()


def free_places() -> QuerySet[Place]:
    """The places that wait and that no turn is for, in the order in which they are offered."""
    return Place.objects.filter(state="waiting", turn=None).order_by(
        "group_year", "vacancy_id", "number"
    )


def first_in_line(place: Place, at: datetime) -> Application | None:
    """Who is called to a place: the first in the order of service who may be."""
    able = Application.objects.filter(
        group_year=place.group_year, callable_from__lte=at, callable_until__gt=at
    )
    return able.exclude(pk__in=place.passed_by.all()).order_by("order_key").first()


def next_due(now: datetime | None, *, but: Application | None = None) -> datetime | None:
    """When something falls due next: of an application, a place that opens, or a birthday while a
    place waits that could then be offered. With `but`: of anybody else."""
    others = Application.objects.exclude(pk=but.pk) if but else Application.objects.all()
    dues = [
        others.aggregate(at=Min("due_at"))["at"],
        free_places().aggregate(at=Min("opens_at"))["at"],
    ]
    if now is not None:
        place = free_places().filter(
            group_year=OuterRef("group_year"), opens_at__gte=OuterRef("callable_from")
        )
        birthdays = Application.objects.filter(Exists(place), callable_from__gt=now)
        dues.append(birthdays.aggregate(at=Min("callable_from"))["at"])
    return min((due for due in dues if due), default=None)


def line_places(group_year: int) -> LinePlaces:
    """All places of a line together."""
    places = Place.objects.filter(group_year=group_year)
    free = Vacancy.objects.filter(group_year=group_year, state="free_choice").exists()
    return {
        "waiting": places.filter(state="waiting").count(),
        "open": places.filter(state="open").count(),
        "state": "free_choice" if free else "waiting",
    }


def journal() -> Iterator[kezek.Event]:
    """The whole of it, for a register to read."""
    return (row.event for row in Event.objects.order_by("seq"))
