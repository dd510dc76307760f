"""A picture that is on its way here, part by part."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from media.models.picture import Picture


class UploadQuerySet(models.QuerySet):
    def unfinished(self) -> UploadQuerySet:
        return self.filter(picture=None)

    def expired(self) -> UploadQuerySet:
        return self.filter(expires_at__lte=timezone.now())


class Upload(models.Model):
    """What was announced of a file. How much of it is here, its part on disk tells.

    It gets its picture when it is finished, and goes when the picture's texts are saved.
    """

    # Else a picture would count as used for having been uploaded.
    wagtail_reference_index_ignore = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="uploads"
    )
    name = models.CharField(_("tên tệp"), max_length=255)
    size = models.PositiveBigIntegerField(_("số byte"))
    begun_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)
    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, null=True, related_name="+")

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("ảnh đang tải lên")
        verbose_name_plural = _("ảnh đang tải lên")

    def __str__(self) -> str:
        return self.name

    @property
    def has_expired(self) -> bool:
        return self.expires_at <= timezone.now()
