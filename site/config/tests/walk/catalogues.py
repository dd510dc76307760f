"""The English messages that Wagtail and Django bring, read from their own source catalogues."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import django
import wagtail
from django.apps import apps

# Django's names of languages and its admin site are never shown here.
UNSEEN = {"django.contrib.admin"}


def sources(domain: str = "django") -> Iterator[Path]:
    """The English .po files of the installed apps of Wagtail and Django, and of Django itself."""
    yield Path(django.__file__).parent / f"conf/locale/en/LC_MESSAGES/{domain}.po"
    for app in apps.get_app_configs():
        if app.name.startswith(("wagtail", "django.")) and app.name not in UNSEEN:
            yield Path(app.path) / f"locale/en/LC_MESSAGES/{domain}.po"


def messages(file: Path) -> Iterator[dict[str, str]]:
    """Each message's parts: `msgid`, perhaps `msgctxt`, `msgid_plural`."""
    for block in file.read_text("utf-8").split("\n\n"):
        parts: dict[str, str] = {}
        last = ""
        for line in block.splitlines():
            if found := re.match(r'(msg\w+(?:\[\d\])?) (".*")$', line):
                last = found[1]
                parts[last] = ast.literal_eval(found[2])
            elif line.startswith('"') and last:
                parts[last] += ast.literal_eval(line)
        if parts.get("msgid"):
            yield parts


@lru_cache(maxsize=2)
def msgids(domain: str = "django") -> frozenset[str]:
    """Every msgid, singular and plural."""
    return frozenset(
        text
        for file in sources(domain)
        if file.exists()
        for parts in messages(file)
        for name, text in parts.items()
        if name in ("msgid", "msgid_plural")
    )


WAGTAIL = wagtail.__version__
