"""Writes of the media room."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction
from wagtail.images.models import Filter
from wagtail.models import ModelLogEntry

from media.models import Picture, PublicFile, Rendition
from media.models.picture import AVIF_SPECS, RENDITION_SPECS
from media.press import Notes
from media.stores.base import told_down


def press_renditions(picture: Picture, notes: Notes) -> list[dict[str, object]]:
    """Make (or find) every rendition that a release needs; the press JPEG with `notes` in it.
    Those of `draw_ahead` are told of too, once all are there.

    Returns `{"name", "href", "width", "height", "mimetype", "size", "file"}` per rendition, sizes
    in pixels and bytes; `file` is the storage name. Raises OSError when the original is missing,
    StorageDown (one, too) when it can't be reached.
    """
    return _made(picture, RENDITION_SPECS | {"press": picture.press_rendition_spec(notes)})


def web_renditions(picture: Picture) -> list[dict[str, object]]:
    """The same without the press JPEG: what a preview needs."""
    return _made(
        picture, {name: RENDITION_SPECS[name] for name in RENDITION_SPECS if name != "press"}
    )


def draw_ahead(picture: Picture) -> None:
    """Make what takes too long to be made by a release. Raises as `press_renditions` does."""
    with told_down():
        picture.get_renditions(*AVIF_SPECS.values())


def _made(picture: Picture, specs: dict[str, str]) -> list[dict[str, object]]:
    with told_down():
        made = picture.get_renditions(*specs.values())
        ready = picture.find_existing_renditions(*map(Filter, AVIF_SPECS.values()))
        if len(ready) == len(AVIF_SPECS):
            made |= {filter.spec: rendition for filter, rendition in ready.items()}
            specs = specs | AVIF_SPECS
        return _described(made, specs)


def _described(made: dict[str, Rendition], specs: dict[str, str]) -> list[dict[str, object]]:
    return [
        {
            "name": name,
            "href": made[spec].url,
            "width": made[spec].width,
            "height": made[spec].height,
            "mimetype": f"image/{spec.partition('|format-')[2].partition('|')[0]}",
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


def stored(name: str) -> bool:
    """Whether the storage holds a file of that name. Raises what the storage raises."""
    return default_storage.exists(name)


def remove_renditions(*, picture: UUID, names: Iterable[str] = ()) -> None:
    """Delete from the storage every rendition of the picture, and these further files of it.

    The original stays. Raises what the storage raises; then the rows stay too, and it can be done
    again: what is gone already is no error.
    """
    renditions = Rendition.objects.filter(image__uuid=picture)
    originals = set(Picture.objects.filter(uuid=picture).values_list("file", flat=True))
    for name in sorted({*names, *renditions.values_list("file", flat=True)} - originals):
        default_storage.delete(name)
    renditions.delete()


def remove_original(*, picture: UUID) -> None:
    """Delete the file that was uploaded. Raises what the storage raises."""
    for name in Picture.objects.filter(uuid=picture).values_list("file", flat=True):
        default_storage.delete(name)


def purge(*, picture: UUID) -> bool:
    """Delete the record of a picture whose files are gone, even from under drafts; no file is
    touched. Whether there was one."""
    found = Picture.objects.filter(uuid=picture).first()
    if found is None:
        return False
    found.is_purged = True
    ModelLogEntry.objects.for_instance(found).delete()
    found.delete()
    return True
