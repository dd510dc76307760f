"""Writes of the media room."""

from __future__ import annotations

from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction

from media.models import Picture, PublicFile
from media.models.picture import RENDITION_SPECS
from media.press import Notes


def press_renditions(picture: Picture, notes: Notes) -> list[dict[str, object]]:
    """Make (or find) every rendition that a release needs; the press JPEG with `notes` in it.

    Returns `{"name", "href", "width", "height", "mimetype", "size", "file"}` per rendition, sizes
    in pixels and bytes; `file` is the storage name. Raises OSError when the original is missing.
    """
    return _made(picture, RENDITION_SPECS | {"press": picture.press_rendition_spec(notes)})


def web_renditions(picture: Picture) -> list[dict[str, object]]:
    """The same without the press JPEG: what a preview needs."""
    return _made(
        picture, {name: RENDITION_SPECS[name] for name in RENDITION_SPECS if name != "press"}
    )


def _made(picture: Picture, specs: dict[str, str]) -> list[dict[str, object]]:
    made = picture.get_renditions(*specs.values())
    return [
        {
            "name": name,
            "href": made[spec].url,
            "width": made[spec].width,
            "height": made[spec].height,
            "mimetype": "image/jpeg" if "|format-jpeg" in spec else "image/webp",
            "size": made[spec].file.size,
            "file": made[spec].file.name,
        }
        for name, spec in specs.items()
    ]


@transaction.atomic
def open_files(*, picture: UUID, names: list[str], still: frozenset[str] = frozenset()) -> None:
    """Let anyone fetch exactly these files of the picture, and those at the addresses `still`.

    The same picture in two stories has two press files, when the stories caption it differently.
    """
    PublicFile.objects.bulk_create(
        [PublicFile(name=name, picture=picture) for name in names], ignore_conflicts=True
    )
    narrow_files(picture=picture, names=names, still=still)


def narrow_files(*, picture: UUID, names: list[str] | None = None, still: frozenset[str]) -> None:
    """Close the picture's files but for these names and those at the addresses `still`."""
    opened = PublicFile.objects.filter(picture=picture).exclude(name__in=names or [])
    gone = [file.name for file in opened if default_storage.url(file.name) not in still]
    PublicFile.objects.filter(name__in=gone).delete()


def close_files(*, picture: UUID) -> None:
    """Nobody but staff may fetch any file of the picture from now on."""
    PublicFile.objects.filter(picture=picture).delete()
