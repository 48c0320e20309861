"""The settlement in a browser: the database, its rows, and Django's own server."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from portal import views
from portal.counter import counter, found_settlement
from portal.models import Settlement


class Command(BaseCommand):
    help = "makes the database, registers some children, and serves the pages on http://127.0.0.1:8000"

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", run_syncdb=True, verbosity=0)
        if not Settlement.objects.exists():
            found_settlement("akmola-2018")
            now = views.clock()
            born = f"{timezone.localdate().year - 4}-05-02"
            with counter(now) as desk:
                for n in range(1, 6):
                    child = {"iin": f"p:child-{n}", "born": born}
                    desk.apply({"type": "submit", "applicant": f"p:parent-{n}", "child": child}, now)
                place = {"kindergarten": "bobek", "group_year": int(born[:4]), "language": "kk", "places": 2}
                desk.apply({"type": "publish_vacancy", **place}, now)
        call_command("runserver", "127.0.0.1:8000", use_reloader=False)
