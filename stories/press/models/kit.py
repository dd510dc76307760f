"""Whose copy a press kit is: one that turns up elsewhere names the client it was made for."""

from __future__ import annotations

import secrets

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stories.press.models.client import PressClient

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is taken for another when read aloud


def new_serial() -> str:
    """`GS-7K3QX-9M2TD`: 49 bits."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(10))
    return f"GS-{drawn[:5]}-{drawn[5:]}"


def this_second():
    return timezone.now().replace(microsecond=0)


class PressKit(models.Model):
    """A client's copy of one version. Serial and time stay, however often it is fetched.

    `sha256` is of the ZIP file as it was last made: it changes when a picture is withdrawn from it.
    """

    class Kind(models.TextChoices):
        FULL = "full", _("Bài và ảnh")
        TEXT = "text", _("Chỉ có chữ")

    client = models.ForeignKey(
        PressClient, on_delete=models.PROTECT, related_name="kits", verbose_name=_("cơ quan")
    )
    item = models.ForeignKey(
        "releases.Item",
        null=True,
        db_constraint=False,  # as of `PressDelivery`
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("bài"),
    )
    version = models.PositiveIntegerField(_("phiên bản"))
    kind = models.CharField(_("loại"), max_length=10, choices=Kind)
    serial = models.CharField(_("số hiệu"), max_length=20, unique=True, default=new_serial)
    made_at = models.DateTimeField(_("lập lúc"), default=this_second)
    sha256 = models.CharField(_("mã băm"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("gói bài")
        verbose_name_plural = _("gói bài")
        constraints = [
            models.UniqueConstraint(
                fields=["client", "item", "version", "kind"], name="press_kit_once"
            )
        ]

    def __str__(self) -> str:
        return self.serial
