"""The words by which staff find pages, pictures and documents in the admin, drafts included."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class DeskText(models.Model):
    """Folded words of one object, parted by single spaces and with one at both ends.

    `model` is the label of the topmost model it descends from, `object_id` its key there.
    """

    model = models.CharField(max_length=100)
    object_id = models.BigIntegerField()
    title = models.TextField()
    words = models.TextField()

    class Meta:
        verbose_name = _("từ ngữ để tìm trong trang quản trị")
        verbose_name_plural = _("Từ ngữ để tìm trong trang quản trị")
        constraints = [
            models.UniqueConstraint(fields=["model", "object_id"], name="search_desk_text_once")
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.object_id}"
