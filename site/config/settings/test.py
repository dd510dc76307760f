"""Tests: nothing leaves the process, nothing outside a temporary folder is written."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from pathlib import Path

from config.settings.base import *  # noqa: F403
from config.settings.base import STORAGES, env

DEBUG = False
SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PUBLIC_BASE_URL = WAGTAILADMIN_BASE_URL = "http://testserver"
VAR_DIR = Path(tempfile.mkdtemp(prefix="guong-sang-"))
atexit.register(shutil.rmtree, VAR_DIR, ignore_errors=True)
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = STORAGES | {"default": {"BACKEND": "media.stores.local.LocalStorage"}}
ARCHIVE_INDEX_PATH = VAR_DIR / "archive.sqlite3"
DATABASES = {"default": env.database(env.text("DATABASE_URL", f"sqlite:///{VAR_DIR / 'db'}"))}
DATABASES["default"].pop("CONN_MAX_AGE", None)
if "sqlite" in str(DATABASES["default"]["ENGINE"]):
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
HEADLESS_PREVIEW_URL = "https://trang-khac.example/xem-truoc/"
PRESS_TOLD_AT_ONCE = False
