"""Looking after stored scans: kept with their rows, gone with what they show."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from media import upkeep
from media.storing import remove
from stories.press.models import PressClipping

FOLDER = "clippings"
NOWHERE = "–"  # in place of what said where it was


def forget_purged() -> int:
    """Scans and notes of what was purged go too; the address stays, for it is to be chased."""
    found = PressClipping.objects.filter(item__purged_at__isnull=False)
    count = 0
    for clipping in found.exclude(scan="", note=""):
        with transaction.atomic():
            storage, name = clipping.scan.storage, clipping.scan.name
            clipping.scan, clipping.note = "", ""
            clipping.place = clipping.place or NOWHERE
            clipping.save(update_fields=["scan", "note", "place"])
            if name:
                transaction.on_commit(lambda storage=storage, name=name: remove(storage, name))
        count += 1
    return count


def names() -> Iterator[str]:
    yield from PressClipping.objects.values_list("scan", flat=True).iterator()


def register() -> None:
    """So that `media_files` knows whose these files are."""
    upkeep.register(FOLDER, names)
