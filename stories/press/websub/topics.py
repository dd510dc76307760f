"""The feeds that can be subscribed to, by their paths."""

from __future__ import annotations

import json

from django.conf import settings
from django.urls import reverse

from stories.press import selectors
from stories.press.faces import atom

FACES = {"column_atom": atom}  # name of the address → the face that writes it


def paths() -> dict[str, str]:
    """Path of a feed → name of its address."""
    return {reverse(name): name for name in FACES}


def of_url(url: str) -> str | None:
    """The path of a topic given as a whole address; None for anything that isn't a feed of ours."""
    path = url.removeprefix(settings.PUBLIC_BASE_URL)
    return path if path != url and path in paths() else None


def document(path: str) -> tuple[bytes, str]:
    """The feed as it is now, and its media type."""
    face = FACES[paths()[path]]
    news = selectors.column_news().values_list("current__payload", flat=True)
    payloads = [json.loads(text) for text in news[: selectors.COLUMN_ENTRIES]]
    return face.feed(payloads, base=settings.PUBLIC_BASE_URL, path=path), face.MEDIA_TYPE
