"""A release that can't wait for the unit's review: asked by one person, confirmed by another.

```mermaid
stateDiagram-v2
    [*] --> asked: a reviewer of the unit or Ban Tuyên giáo, with a reason
    asked --> released: another one of Ban Tuyên giáo, no author, exactly that text
    asked --> refused: Ban Tuyên giáo, or a newer request for the same page
    released --> reviewed: one of Ban Tuyên giáo who didn't confirm it, with a note
```
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stories.moderation.models.approval import Approval


class EmergencyQuerySet(models.QuerySet):
    def waiting(self) -> EmergencyQuerySet:
        """For the second person."""
        return self.filter(status=EmergencyRelease.Status.ASKED)

    def to_review(self) -> EmergencyQuerySet:
        """Public already, to be looked at again."""
        return self.filter(status=EmergencyRelease.Status.RELEASED)


def _person(label: str, name: str, **options) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=label,
        on_delete=models.PROTECT,
        related_name=name,
        **options,
    )


class EmergencyRelease(models.Model):
    """`sha256` is the hash of the text that was asked for; another text isn't released by it."""

    class Status(models.TextChoices):
        ASKED = "asked", _("Chờ người thứ hai xác nhận")
        RELEASED = "released", _("Đã đăng, chờ xem lại")
        REVIEWED = "reviewed", _("Đã xem lại")
        REFUSED = "refused", _("Không đăng khẩn cấp")

    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("trang"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    item = models.UUIDField(_("bài"), db_index=True)
    title = models.CharField(_("tít"), max_length=255)
    revision_id = models.BigIntegerField(_("phiên bản"))
    sha256 = models.CharField(_("mã băm nội dung"), max_length=64)
    reason = models.CharField(_("vì sao khẩn cấp"), max_length=500)
    asked_by = _person(_("người đề nghị"), "emergencies_asked")
    asked_at = models.DateTimeField(_("đề nghị lúc"), auto_now_add=True)
    status = models.CharField(
        _("tình trạng"), max_length=10, choices=Status.choices, default=Status.ASKED
    )
    answered_by = _person(_("người xác nhận"), "emergencies_answered", null=True)
    answered_at = models.DateTimeField(_("xác nhận lúc"), null=True)
    approval = models.OneToOneField(
        Approval, verbose_name=_("phê duyệt"), null=True, on_delete=models.PROTECT
    )
    reviewed_by = _person(_("người xem lại"), "emergencies_reviewed", null=True)
    reviewed_at = models.DateTimeField(_("xem lại lúc"), null=True)
    review_note = models.CharField(_("nhận xét khi xem lại"), max_length=500, blank=True)

    objects = EmergencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("lần đăng khẩn cấp")
        verbose_name_plural = _("đăng khẩn cấp")
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(status="asked"), name="emergency_one_open"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["asked", "refused"]) | Q(approval__isnull=False),
                name="emergency_released_by_approval",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["released", "reviewed"])
                | ~Q(answered_by=models.F("asked_by")),
                name="emergency_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.get_status_display()})"
