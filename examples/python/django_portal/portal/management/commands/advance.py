"""Lets what is due happen: for a timer. What a page shows is right without it, too."""

from __future__ import annotations

from typing import Any

import kezek
from django.core.management.base import BaseCommand
from django.utils import timezone

from portal.counter import counter
from portal.models import Settlement


class Command(BaseCommand):
    help = "lets every deadline up to now fall due, and tells when the next one is"

    def handle(self, *args: Any, **options: Any) -> None:
        with counter(timezone.now()) as desk:
            events, due = desk.events, desk.next_due()
        texts = kezek.Texts("en", Settlement.objects.get(pk=1).policy)
        for event in events:
            self.stdout.write(texts.event(event))
        self.stdout.write(f"next: {texts.moment(due) if due else 'nothing'}")
