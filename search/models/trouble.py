"""Engines that do not answer, for the people who look after them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class EngineTrouble(models.Model):
    """There while an engine is away: since when, and what it last said."""

    engine = models.CharField(_("máy tìm kiếm"), max_length=40, primary_key=True)
    since = models.DateTimeField(_("từ lúc"), auto_now_add=True)
    error = models.CharField(_("lỗi"), max_length=500)

    class Meta:
        verbose_name = _("sự cố máy tìm kiếm")
        verbose_name_plural = _("Sự cố máy tìm kiếm")

    def __str__(self) -> str:
        return self.engine
