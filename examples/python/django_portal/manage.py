"""A portal in miniature: Django keeps its own rows, and asks a card what the rules say.

    pip install ./bindings-py Django
    python examples/python/django_portal/manage.py story [kk|ru|en]  # a story, told by its pages
    python examples/python/django_portal/manage.py demo              # to look at in a browser
    python examples/python/django_portal/manage.py advance           # the deadline task

There is no register. In `portal`, `models.py` has the tables, `counter.py` does a command in one
transaction, `views.py` has the pages. The journal is one of the tables; a `kezek.Register` can read
it, and says the same.
"""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    execute_from_command_line(sys.argv if len(sys.argv) > 1 else [*sys.argv, "story"])
