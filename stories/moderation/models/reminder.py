from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Reminder(models.Model):
    """One person was reminded of one overdue review on one day (see `reminders.py`)."""

    class Kind(models.TextChoices):
        OVERDUE = "overdue", _("Quá hạn")
        ESCALATED = "escalated", _("Báo cấp trên")

    state = models.ForeignKey(
        "moderation.ReviewState",
        verbose_name=_("lượt duyệt"),
        on_delete=models.CASCADE,
        related_name="reminders",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người được nhắc"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    day = models.DateField(_("ngày"))
    kind = models.CharField(_("loại"), max_length=10, choices=Kind.choices)
    sent_at = models.DateTimeField(_("nhắc lúc"), auto_now_add=True)

    class Meta:
        verbose_name = _("lời nhắc duyệt bài")
        verbose_name_plural = _("lời nhắc duyệt bài")
        constraints = [
            models.UniqueConstraint(fields=["state", "user", "day"], name="reminder_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.user}: {self.state_id}"
