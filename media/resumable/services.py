"""Beginning, finding and ending uploads."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Count, Sum
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from media.intake import names, pictures
from media.models import Upload
from media.resumable import parts

GRACE = timedelta(days=1)  # a part this young may belong to a row that is just being written


class Refused(Exception):
    """An upload that isn't begun or continued: what to tell people, and the HTTP status."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status, self.words = status, words


def begin(*, user, name: str, size: int) -> Upload:
    """Raises Refused for a file too large or of another kind, and beyond the user's quota.

    What is refused by its name or size is refused before a byte of it is sent.
    """
    limit = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
    if size > limit:
        raise Refused(413, pictures.too_long(size))
    try:
        pictures.check_name(name)
    except pictures.Unusable as error:
        raise Refused(422, " ".join(error.messages)) from error
    now = timezone.now()
    clean(Upload.objects.filter(user=user).expired())
    with transaction.atomic():
        get_user_model().objects.select_for_update().get(pk=user.pk)  # one at a time
        _check_quota(user, size)
        upload = Upload.objects.create(
            user=user,
            name=names.shortened(name),
            size=size,
            begun_at=now,
            expires_at=now + settings.UPLOAD_KEPT,
        )
        parts.create(upload)
    return upload


def _check_quota(user, size: int) -> None:
    waiting = Upload.objects.filter(user=user).unfinished()
    found = waiting.aggregate(bytes=Sum("size", default=0), count=Count("pk"))
    if found["bytes"] + size > settings.UPLOAD_QUOTA or found["count"] >= settings.UPLOAD_COUNT:
        raise Refused(
            507,
            _(
                "Ảnh gửi dở của bạn đã đầy mức %(limit)s hoặc %(count)d ảnh. Hãy gửi nốt hoặc bỏ "
                "bớt ảnh dở rồi gửi tiếp."
            )
            % {
                "limit": filesizeformat(settings.UPLOAD_QUOTA),
                "count": settings.UPLOAD_COUNT,
            },
        )


def find(*, user, pk: UUID) -> Upload:
    """The user's own upload. Raises Refused: 404 for another's, 410 for an expired one."""
    upload = Upload.objects.filter(pk=pk, user=user).first()
    if upload is None:
        raise Refused(404, _("Không tìm thấy ảnh đang gửi này. Hãy chọn lại ảnh."))
    if upload.has_expired:
        raise gone()
    return upload


def gone() -> Refused:
    return Refused(410, _("Ảnh gửi dở đã quá hạn giữ. Hãy chọn lại ảnh để gửi từ đầu."))


def end(upload: Upload) -> None:
    """Raises parts.Busy while a request writes to it."""
    try:
        with parts.held(upload):
            parts.remove(upload)
    except parts.Gone:
        pass
    upload.delete()


def clean(uploads) -> int:
    """End these uploads but those that are being written to; how many."""
    done = 0
    for upload in uploads:
        try:
            end(upload)
        except parts.Busy:
            continue
        done += 1
    return done


def clean_all() -> int:
    """Expired uploads, rows without a part, parts without a row; how many."""
    done = clean(Upload.objects.expired())
    known = {parts.path(upload): upload for upload in Upload.objects.unfinished()}
    done += clean(upload for place, upload in known.items() if not place.exists())
    limit = (timezone.now() - GRACE).timestamp()
    for place in parts.stored():
        if place not in known and place.stat().st_mtime < limit:
            place.unlink(missing_ok=True)
            done += 1
    return done
