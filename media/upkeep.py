"""Looking after stored files: what a crash left behind, what older pictures have not told yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from wagtail.models import UploadedFile

from media.intake.pictures import Unusable, examine
from media.metadata import jpeg
from media.models import Consent, File, Picture, Rendition
from media.models.picture import NOTES
from media.storing import remove

FOLDERS = ["original_images", "images", "documents", "consents", "wagtail_uploads"]
_OTHERS: list[Callable[[], Iterable[str]]] = []
GRACE = timedelta(days=1)  # a file this young may belong to a row that is just being written


def register(folder: str, names: Callable[[], Iterable[str]]) -> None:
    """Files of a room above: their folder, and the names that its rows have."""
    if folder not in FOLDERS:
        FOLDERS.append(folder)
        _OTHERS.append(names)


def orphans() -> list[str]:
    """Names of stored files, older than a day, that no row has."""
    known = set(_names())
    limit = timezone.now() - GRACE
    return [
        name
        for folder in FOLDERS
        for name in _stored(folder)
        if name not in known and default_storage.get_modified_time(name) < limit
    ]


def missing() -> list[str]:
    """Names of files that rows have and the storage has not."""
    there = {name for folder in FOLDERS for name in _stored(folder)}
    return [
        name for name in _names() if name and name not in there and not default_storage.exists(name)
    ]


def exposures() -> list[str]:
    """What others may see of the place where files are kept, told by one of its files."""
    stored = (name for folder in FOLDERS for name in _stored(folder))
    return default_storage.exposures(next(stored, "khong-co"))


def remove_orphans() -> list[str]:
    """Files that no row has, and unfinished uploads of the day before; their names."""
    limit = timezone.now() - GRACE
    for upload in UploadedFile.objects.all():
        name = upload.file.name
        if not default_storage.exists(name) or default_storage.get_modified_time(name) < limit:
            upload.delete()
    names = orphans()
    for name in names:
        remove(default_storage, name)
    return names


def learn() -> tuple[int, list[tuple[str, str]]]:
    """Examine pictures that have no fingerprint yet: how many, and (name, why) of the others."""
    done, failed = 0, []
    for picture in Picture.objects.filter(look_0=None).order_by("pk").iterator(chunk_size=100):
        try:
            with picture.open_file() as file:
                picture.learn(examine(file, picture.file.name))
        except (Unusable, OSError) as error:
            failed.append((picture.file.name, "; ".join(getattr(error, "messages", [str(error)]))))
            continue
        picture.save(update_fields=["has_location", *(f"look_{at}" for at in range(4))])
        done += 1
    return done, failed


def strip_renditions() -> int:
    """Take metadata out of JPEG renditions that were drawn before they were drawn without."""
    done = 0
    for rendition in Rendition.objects.filter(file__endswith=".jpg").iterator():
        if NOTES in rendition.filter_spec or not default_storage.exists(rendition.file.name):
            continue
        with rendition.file.open() as file:
            content = file.read()
        bare = jpeg.with_segments(content, [])
        if bare != content:
            _rewrite(rendition.file.name, bare)
            done += 1
    return done


def _rewrite(name: str, content: bytes) -> None:
    default_storage.delete(name)
    default_storage.save(name, ContentFile(content))


def _names() -> Iterator[str]:
    for model in (Picture, Rendition, File, UploadedFile):
        yield from model.objects.values_list("file", flat=True).iterator()
    yield from Consent.objects.values_list("form", flat=True).iterator()
    for names in _OTHERS:
        yield from names()


def _stored(folder: str) -> list[str]:
    try:
        _folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return []
    return [f"{folder}/{name}" for name in files]
