"""Drawing ahead: what takes too long for a release to make is made of each picture before it.

A release that came sooner does without.
"""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from media.models import Picture
from media.models.picture import AVIF_SPECS
from media.services import draw_ahead
from stories.releases.models import Item, Release

NEW = timedelta(days=7)  # what can't be drawn by then is given up
AT_ONCE = 100


def ahead() -> list[tuple[Picture, OSError]]:
    """Draw for new pictures, the newest first; those that couldn't be drawn, and why.

    Never of what was withdrawn for good: its files were deleted.
    """
    canceled = Item.objects.filter(type=Item.Type.PICTURE, kind=Release.Kind.CANCELED)
    pictures = (
        Picture.objects.filter(created_at__gte=timezone.now() - NEW)
        .exclude(uuid__in=canceled.values("pk"))
        .exclude(renditions__filter_spec=AVIF_SPECS["avif1200"])
    )
    failed = []
    for picture in pictures.order_by("-pk")[:AT_ONCE]:
        try:
            draw_ahead(picture)
        except OSError as error:
            failed.append((picture, error))
    return failed
