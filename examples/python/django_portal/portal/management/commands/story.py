"""Tells the story in a database of its own and shows the journal."""

from __future__ import annotations

from typing import Any

import kezek
from django.core.management.base import BaseCommand
from django.db import connection

from portal import story, views
from portal.models import Event


class Command(BaseCommand):
    help = "tells a story by the portal's pages, in a database of its own"

    def handle(self, *args: Any, **options: Any) -> None:
        connection.creation.create_test_db(verbosity=0, serialize=False)
        for done, status in story.tell():
            self.stdout.write(f"{status}  {done}")
        texts = kezek.Texts("ru", "akmola-2018")
        events = [kezek.Event.from_dict(row, zone="Asia/Almaty") for row in Event.objects.order_by("seq").values_list("row", flat=True)]
        for event in events:
            when = texts.stamp(event.at) if event.at else ""
            self.stdout.write(f"{event.seq:>3}  {when:>16}  {texts.event(event)}")
        # A register that reads the journal stands where the rows stand.
        register = kezek.Register.replay(events)
        for number, stage in story.stages():
            told = register.application(number, views.clock())["stage"]
            self.stdout.write(f"{number}: {stage} in the rows, {told} by the journal")
        self.stdout.write(register.digest())
