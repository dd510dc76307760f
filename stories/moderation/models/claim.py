"""“Tôi đang duyệt”: who of Ban Tuyên giáo reads a draft now, so that two don't do the same work."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LIFETIME = timedelta(hours=2)


class ClaimQuerySet(models.QuerySet):
    def in_force(self) -> ClaimQuerySet:
        return self.filter(claimed_at__gt=timezone.now() - LIFETIME)


class Claim(models.Model):
    """At most one a review; it runs out by itself, and then tells only who had it last."""

    state = models.OneToOneField(
        "moderation.ReviewState",
        verbose_name=_("lượt duyệt"),
        on_delete=models.CASCADE,
        related_name="claim",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người nhận"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    claimed_at = models.DateTimeField(_("nhận lúc"))

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("nhận duyệt")
        verbose_name_plural = _("nhận duyệt")

    def __str__(self) -> str:
        return f"{self.state_id}: {self.user}"

    @property
    def is_in_force(self) -> bool:
        return self.claimed_at > timezone.now() - LIFETIME
