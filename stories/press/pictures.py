"""The files behind a payload's pictures, for faces that carry them."""

from __future__ import annotations

from urllib.parse import unquote

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage

from stories.press.early import selectors as early
from stories.press.faces import house

FILES = "/tep/"  # where `media.views.stored_file` serves them


def jpegs(payload: dict) -> dict[str, bytes]:
    """Uuid → the press rendition's bytes. A file that isn't there (withdrawn meanwhile) is left
    out; no query: the payload was asked for as what may be told now."""
    own = [payload] if payload["type"] == "picture" else payload.get("pictures", ())
    found = {}
    for picture in own:
        rendition = house.rendition(picture)
        if name := _name(rendition["href"] if rendition else ""):
            try:
                with default_storage.open(name) as file:
                    found[picture["uuid"]] = file.read()
            except (FileNotFoundError, IsADirectoryError, SuspiciousFileOperation, ValueError):
                continue
    return found


def _name(href: str) -> str:
    """In the store, of a file of ours; else empty."""
    for prefix in (FILES, early.FILES):
        if href.startswith(prefix):
            return unquote(href.removeprefix(prefix))
    return ""
