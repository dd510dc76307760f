"""Reading settings from the environment: one small function per type, each with a clear error."""

from __future__ import annotations

import os
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def flag(name: str, default: bool) -> bool:
    """1/0, true/false, yes/no, on/off. Raises ImproperlyConfigured for anything else."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in TRUE:
        return True
    if value.lower() in FALSE:
        return False
    raise ImproperlyConfigured(f"{name}={value!r}: dùng 1 hoặc 0.")


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list, blanks dropped."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def storage(**given: str) -> dict[str, object]:
    """Django's settings for MEDIA_ROOT; or, as soon as one value is given, for a bucket."""
    if not any(given.values()):
        return {"BACKEND": "media.stores.local.LocalStorage"}
    # `region_name` is never empty: a request is signed for one, whatever the server is.
    options = {name: value or None for name, value in given.items()}
    return {
        "BACKEND": "media.stores.bucket.BucketStorage",
        "OPTIONS": options | {"region_name": given["region_name"] or "us-east-1"},
    }


def database(url: str) -> dict[str, object]:
    """Django's settings for `sqlite:///path` or `postgres://user:password@host:port/name`.

    SQLite runs in WAL with `BEGIN IMMEDIATE`: one writer at a time waits instead of failing.
    Raises ImproperlyConfigured for another scheme.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]) if parts.path.startswith("//") else parts.path,
            "CONN_MAX_AGE": None,  # opening a file costs more than most requests
            "OPTIONS": {
                "timeout": 30,
                "transaction_mode": "IMMEDIATE",
                "init_command": (
                    "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"
                    "PRAGMA mmap_size=134217728;PRAGMA cache_size=-20000;"
                ),
            },
        }
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise ImproperlyConfigured(f"DATABASE_URL={url!r}: chỉ nhận sqlite:///… hoặc postgres://…")
