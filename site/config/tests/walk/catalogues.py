"""The English messages that Wagtail and Django bring, and how many of them are Vietnamese here."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import django
from django.apps import apps
from django.utils import translation
from django.utils.translation import trans_real

UNSEEN = {"django.contrib.admin"}  # its site isn't mounted


def sources(domain: str) -> Iterator[Path]:
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


def all_messages(domain: str) -> Iterator[dict[str, str]]:
    for file in sources(domain):
        if file.exists():
            yield from messages(file)


@lru_cache(maxsize=1)
def msgids() -> frozenset[str]:
    """Every msgid of the server's catalogue, singular and plural."""
    return frozenset(
        text
        for parts in all_messages("django")
        for name, text in parts.items()
        if name in ("msgid", "msgid_plural")
    )


def translated(vietnamese: trans_real.DjangoTranslation) -> tuple[int, int]:
    """How many of the server's messages have a Vietnamese text, of how many."""
    found, total = 0, 0
    for parts in all_messages("django"):
        one, many = parts["msgid"], parts.get("msgid_plural")
        context = f"{parts['msgctxt']}\x04" if "msgctxt" in parts else ""
        key = (context + one, vietnamese.plural(2)) if many else context + one
        total += 1
        found += bool(vietnamese._catalog.get(key))
    return found, total


class Asked:
    """Which messages are asked for while it is in force, and which of them come back unchanged."""

    def __init__(self, monkeypatch) -> None:
        self.texts: set[str] = set()
        self.unchanged: set[str] = set()
        real = trans_real
        for name, place in (("gettext", 0), ("pgettext", 1), ("ngettext", 0), ("npgettext", 1)):
            monkeypatch.setattr(
                translation._trans, name, self._listening(getattr(real, name), place), raising=False
            )

    def _listening(self, function, place: int):
        def listening(*args):
            answer = function(*args)
            msgid = args[place]
            if msgid in msgids():
                self.texts.add(msgid)
                forms = {msgid, args[place + 1]} if len(args) > place + 1 else {msgid}
                if answer in forms:
                    self.unchanged.add(msgid)
            return answer

        return listening
