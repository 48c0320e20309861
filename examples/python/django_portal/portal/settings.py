"""Settings of the miniature: SQLite in one file, no set-up."""

import os
import secrets
from pathlib import Path
from tempfile import gettempdir

SECRET_KEY = os.environ.get("PORTAL_SECRET") or secrets.token_urlsafe()
DEBUG = True
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
INSTALLED_APPS = ["portal"]
ROOT_URLCONF = "portal.urls"
MIDDLEWARE = ["django.middleware.csrf.CsrfViewMiddleware"]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
USE_TZ = True
TIME_ZONE = "Asia/Almaty"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ.get("PORTAL_DATABASE", str(Path(gettempdir()) / "kezek-portal.sqlite3")),
        # A transaction holds the database from its beginning: one writer at a time, the next one waits.
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
