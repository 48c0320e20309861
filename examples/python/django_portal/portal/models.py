"""The portal's own rows. No register: an application is a row with its card, a place a row with whose turn it is."""

from __future__ import annotations

from typing import Any

from django.db import models


class Settlement(models.Model):
    """The settlement: one row, which a transaction locks, so that there is one writer."""

    policy = models.CharField(max_length=40)
    now = models.DateTimeField(null=True)
    """The last moment that it has seen: time never goes back."""


class Event(models.Model):
    """The journal: what happened, in order. A `kezek.Register` can replay it."""

    seq = models.PositiveIntegerField(primary_key=True)
    row: models.JSONField[Any] = models.JSONField()


class Application(models.Model):
    """An application (заявление / өтініш)."""

    serial = models.PositiveIntegerField(primary_key=True)
    number = models.CharField(max_length=64, unique=True)
    child = models.CharField(max_length=66, db_index=True)
    line = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=16)
    order_key = models.CharField(max_length=64)
    """Sorted, it is the order of service (R26): `ORDER BY order_key` calls the line. (In PostgreSQL: `COLLATE "C"`.)"""
    next_due = models.DateTimeField(null=True, db_index=True)
    """When it does something by itself."""
    callable_from = models.DateTimeField(null=True)
    """It may be called from here (R36), while it is queued …"""
    callable_until = models.DateTimeField(null=True)
    """… to here (R12)."""
    card: models.JSONField[Any] = models.JSONField(default=dict)
    """Its card as `Card.to_dict` gave it."""

    class Meta:
        indexes = [models.Index(fields=["line", "order_key"])]


class Referral(models.Model):
    """A referral (направление / жолдама), by its number."""

    number = models.CharField(max_length=10, primary_key=True)
    application = models.ForeignKey(Application, models.CASCADE)


class Vacancy(models.Model):
    """Places that a kindergarten published together."""

    id = models.PositiveIntegerField(primary_key=True)
    kindergarten = models.CharField(max_length=64)
    line = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=2)
    state = models.CharField(max_length=16, default="waiting")
    """Kept when no place is left (R67)."""


class Place(models.Model):
    """One place."""

    vacancy = models.ForeignKey(Vacancy, models.CASCADE, related_name="places")
    vacancy_id: int
    place = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=16, default="waiting")
    """`waiting` for those whose turn it is, `open`, `referred`, `filled`, `gone`."""
    turn = models.ForeignKey(Application, models.SET_NULL, null=True, related_name="turns")
    turn_id: int | None
    """Whose turn is for it."""
    opens_at = models.DateTimeField()
    """When it opens for everybody, if nobody can be offered it (R41)."""
    passed_by: models.ManyToManyField[Any, Any] = models.ManyToManyField(Application, related_name="passed")
    """Who let it pass (O14)."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vacancy", "place"], name="one_place")]
        ordering = ["vacancy__line", "vacancy_id", "place"]
