"""A portal in miniature on Django: its own rows, and every decision a card's.

    pip install ./bindings-py django
    python examples/python/django_portal/manage.py story        # a story, told by its web pages
    python examples/python/django_portal/manage.py demo         # the same settlement to look at in a browser
    python examples/python/django_portal/manage.py advance      # the task that lets deadlines fall due
"""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    execute_from_command_line(sys.argv if len(sys.argv) > 1 else [*sys.argv, "story"])
