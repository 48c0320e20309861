"""The deadline task: for a timer, every minute or when something is due next."""

from __future__ import annotations

from typing import Any

import kezek
from django.core.management.base import BaseCommand

from portal import clock, counter, models


class Command(BaseCommand):
    help = "Lets what is due happen, and says when something is due next."

    def handle(self, *args: Any, **options: Any) -> None:
        texts = kezek.Texts("en", models.policy())
        for event in counter.advance(clock.now()).events:
            self.stdout.write(f"{event.seq:>4}  {texts.event(event)}")
        due = models.next_due(models.Settlement.objects.get().now)
        self.stdout.write(f"next: {texts.until(due)}" if due else "nothing is due")
