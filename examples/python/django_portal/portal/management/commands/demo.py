"""The portal in a browser: the database, some rows, and Django's own server."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from portal import story


class Command(BaseCommand):
    help = "Makes the database, registers three children, and serves http://127.0.0.1:8000"

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", run_syncdb=True, verbosity=0)
        story.begin_now()
        call_command("runserver", "127.0.0.1:8000", use_reloader=False)
