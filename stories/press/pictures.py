"""The files behind a payload's pictures, for faces that carry them."""

from __future__ import annotations

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage

from stories.press.faces import house

FILES = "/tep/"  # where `media.views.stored_file` serves them


def jpegs(payload: dict) -> dict[str, bytes]:
    """Uuid → the press rendition's bytes. A file that isn't there (withdrawn meanwhile) is left
    out; no query: the payload was asked for as what may be told now."""
    own = [payload] if payload["type"] == "picture" else payload.get("pictures", ())
    found = {}
    for picture in own:
        rendition = house.rendition(picture)
        if rendition and rendition["href"].startswith(FILES):
            try:
                with default_storage.open(rendition["href"].removeprefix(FILES)) as file:
                    found[picture["uuid"]] = file.read()
            except (FileNotFoundError, IsADirectoryError, SuspiciousFileOperation, ValueError):
                continue
    return found
