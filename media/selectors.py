"""Reads of the media room."""

from __future__ import annotations

from urllib.parse import unquote

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files import File
from django.core.files.storage import default_storage
from django.db.models import Q, QuerySet
from wagtail.permissions import policy_registry

from media import fingerprints
from media.models import Picture


def look_alikes(image: Picture, user, permission_policy=None) -> QuerySet[Picture]:
    """Other pictures that look like this one, of those that the user may choose or change.

    Two queries, however many pictures there are: an index on the parts of the fingerprints finds
    the few to compare.
    """
    policy = permission_policy or policy_registry.get_by_type(Picture)
    seen = policy.instances_user_has_any_permission_for(user, ["choose", "change"])
    others = seen.exclude(pk=image.pk)
    own = image.fingerprint
    if own is None or fingerprints.is_plain(own):
        return others.filter(file_hash=image.file_hash).exclude(file_hash="")
    near = [other.pk for other in _candidates(own) if _are_close(own, other.fingerprint)]
    return others.filter(pk__in=near).order_by("-created_at", "-pk")


def _candidates(own: int) -> QuerySet[Picture]:
    wanted = Q()
    for at, part in enumerate(fingerprints.parts(own)):
        wanted |= Q(**{f"look_{at}__in": fingerprints.neighbours(part)})
    return Picture.objects.filter(wanted).only("look_0", "look_1", "look_2", "look_3")


def _are_close(one: int, other: int | None) -> bool:
    return other is not None and fingerprints.distance(one, other) <= fingerprints.NEAR


def open_at(href: str) -> File:
    """The stored file at one of our addresses, `/tep/…`; the caller has asked who may have it.

    Raises FileNotFoundError for whatever is no such file, StorageDown.
    """
    name = unquote(href.removeprefix(settings.MEDIA_URL))
    if not name or not href.startswith(settings.MEDIA_URL):
        raise FileNotFoundError(href)
    try:
        return default_storage.open(name)
    except (IsADirectoryError, SuspiciousFileOperation, ValueError) as error:
        raise FileNotFoundError(href) from error
