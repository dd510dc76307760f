"""What is asked of the archive, counted by day; nothing says who asked."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class AskedDay(models.Model):
    """How often these words were asked on a day, found nothing, and led to a story."""

    day = models.DateField(_("ngày"))
    words = models.CharField(_("từ ngữ"), max_length=100)  # folded
    times = models.PositiveIntegerField(_("số lượt tìm"), default=0)
    found_nothing = models.PositiveIntegerField(_("không thấy bài nào"), default=0)
    followed = models.PositiveIntegerField(_("đã mở một bài"), default=0)

    class Meta:
        verbose_name = _("từ ngữ được tìm")
        verbose_name_plural = _("từ ngữ được tìm")
        constraints = [
            models.UniqueConstraint(fields=["day", "words"], name="search_asked_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.words}"
