"""Development and trial: `make run`. SQLite, mails on the console, demo accounts."""

from __future__ import annotations

from config.settings.base import *  # noqa: F403
from config.settings.base import env

DEBUG = env.flag("DEBUG", True)
SECRET_KEY = env.text("SECRET_KEY", "chi-dung-khi-chay-thu")
EMAIL_BACKEND = env.text("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
