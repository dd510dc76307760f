"""What each client received: the list that a withdrawal is sent to."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from stories.press.models.client import PressClient
from stories.press.models.taken import Taken


class PressDelivery(Taken, models.Model):
    """One row for each client, item, version and channel: first and last time, how often.

    Rows are only added and counted up, by one statement (`services.record_deliveries`).
    """

    class Channel(models.TextChoices):
        FEED = "feed", _("API: dòng tin")
        ITEM = "item", _("API: từng bài")
        PORTAL = "portal", _("Phòng báo chí")
        KIT = "kit", _("Gói bài")
        MAIL = "mail", _("Thư điện tử")
        WEBHOOK = "webhook", _("Webhook")

    client = models.ForeignKey(
        PressClient, on_delete=models.PROTECT, related_name="deliveries", verbose_name=_("cơ quan")
    )
    # What was only sent early has no `Item` (yet), so: no constraint, and outer joins.
    item = models.ForeignKey(
        "releases.Item",
        null=True,
        db_constraint=False,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("bài, ảnh"),
    )
    version = models.PositiveIntegerField(_("phiên bản"))
    channel = models.CharField(_("đường nhận"), max_length=10, choices=Channel)
    first_at = models.DateTimeField(_("nhận lần đầu"))
    last_at = models.DateTimeField(_("nhận gần nhất"))
    count = models.PositiveIntegerField(_("số lần"), default=1)

    class Meta:
        verbose_name = _("lượt nhận")
        verbose_name_plural = _("lượt nhận")
        ordering = ["-last_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "item", "version", "channel"], name="press_delivery_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.client_id}: {self.item_id} v{self.version}"
