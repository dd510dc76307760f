"""Who of a newsroom looked at, copied or downloaded what, in the press room."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stories.press.models.client import PressClient
from stories.press.models.person import PressPerson
from stories.press.models.taken import Taken

VIEW = "view"  # the format of an item that was only looked at


class DownloadQuerySet(models.QuerySet["PressDownload"]):
    def by_hand(self) -> DownloadQuerySet:
        """Copied or downloaded: all but looked at."""
        return self.exclude(format=VIEW)


class PressDownload(Taken, models.Model):
    """One act of one person. `format` is one of the room's names (`stories.press.room.taking`).

    `PressDelivery` says the same of the client, and is what withdrawals go by.
    """

    client = models.ForeignKey(
        PressClient, on_delete=models.PROTECT, related_name="+", verbose_name=_("cơ quan")
    )
    person = models.ForeignKey(
        PressPerson, on_delete=models.PROTECT, related_name="+", verbose_name=_("người lấy")
    )
    # As of a `PressDelivery`: what was only sent early has no `Item` (yet).
    item = models.ForeignKey(
        "releases.Item",
        null=True,
        db_constraint=False,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("bài, ảnh"),
    )
    version = models.PositiveIntegerField(_("phiên bản"))
    format = models.CharField(_("định dạng"), max_length=12)
    at = models.DateTimeField(_("lúc"), default=timezone.now)

    objects = DownloadQuerySet.as_manager()

    class Meta:
        verbose_name = _("lượt lấy bài")
        verbose_name_plural = _("lượt lấy bài")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["client", "-id"], name="press_download_newest"),
            models.Index(fields=["client", "item"], name="press_download_item"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.item_id} v{self.version} {self.format}"
