"""Settings for looking at it, not for the internet."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from tempfile import gettempdir

SECRET_KEY = os.environ.get("PORTAL_SECRET") or secrets.token_urlsafe()
DEBUG = True
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
INSTALLED_APPS = ["django.contrib.sessions", "django.contrib.staticfiles", "portal"]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
ROOT_URLCONF = "portal.views"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
STATIC_URL = "static/"
LOGGING = {"version": 1, "loggers": {"django.request": {"level": "ERROR"}}}
"""A denial is an answer, not a matter for the log."""
USE_TZ = True
TIME_ZONE = "Asia/Almaty"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ.get("PORTAL_DATABASE", str(Path(gettempdir()) / "kezek-portal.sqlite3")),
        # SQLite knows no SELECT FOR UPDATE: a transaction takes the lock of the file when it begins.
        # Any other database locks the row of the settlement (`counter.Counter`).
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20},
    }
}

KEZEK_POLICY = "akmola-2018"
"""The settlement's rules: an order that is a key (`order_key`)."""
