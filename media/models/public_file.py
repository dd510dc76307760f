"""Which stored files anyone may fetch. A file without a row here is for signed-in staff only."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PublicFile(models.Model):
    """One released rendition file of a picture; opened by its release, closed by withdrawal."""

    name = models.CharField(_("tên tệp"), max_length=300, primary_key=True)
    picture = models.UUIDField(_("ảnh"), db_index=True)

    class Meta:
        verbose_name = _("tệp công khai")
        verbose_name_plural = _("tệp công khai")

    def __str__(self) -> str:
        return self.name
