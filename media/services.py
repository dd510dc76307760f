"""Writes of the media room."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from media.models import Picture, PublicFile
from media.models.picture import RENDITION_SPECS


def press_renditions(picture: Picture) -> list[dict[str, object]]:
    """Make (or find) every rendition that a release needs.

    Returns `{"name", "href", "width", "height", "mimetype", "size", "file"}` per rendition, sizes
    in pixels and bytes; `file` is the storage name. Raises OSError when the original is missing.
    """
    made = picture.get_renditions(*RENDITION_SPECS.values())
    return [
        {
            "name": name,
            "href": made[spec].url,
            "width": made[spec].width,
            "height": made[spec].height,
            "mimetype": "image/jpeg" if name == "press" else "image/webp",
            "size": made[spec].file.size,
            "file": made[spec].file.name,
        }
        for name, spec in RENDITION_SPECS.items()
    ]


@transaction.atomic
def open_files(*, picture: UUID, names: list[str]) -> None:
    """Let anyone fetch exactly these files of the picture, and no other of it."""
    PublicFile.objects.filter(picture=picture).exclude(name__in=names).delete()
    PublicFile.objects.bulk_create(
        [PublicFile(name=name, picture=picture) for name in names], ignore_conflicts=True
    )


def close_files(*, picture: UUID) -> None:
    """Nobody but staff may fetch any file of the picture from now on."""
    PublicFile.objects.filter(picture=picture).delete()
