"""The story, in a database of its own."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from portal import story


class Command(BaseCommand):
    help = (
        "Tells a story by the portal's pages, and lets a register read the journal that it leaves."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("language", nargs="?", default="en", choices=["kk", "ru", "en"])

    def handle(self, *args: Any, **options: Any) -> None:
        connection.creation.create_test_db(verbosity=0, serialize=False)
        story.tell(options["language"])
