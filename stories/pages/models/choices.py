from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ExemplarKind(models.TextChoices):
    INDIVIDUAL = "individual", _("Cá nhân")
    COLLECTIVE = "collective", _("Tập thể")
    MODEL = "model", _("Mô hình")
    PRACTICE = "practice", _("Cách làm hay")


class Stage(models.TextChoices):
    """The four stages (bốn khâu) of building an exemplar."""

    FOUND = "found", _("Phát hiện")
    NURTURED = "nurtured", _("Bồi dưỡng")
    SUMMED_UP = "summed_up", _("Tổng kết")
    REPLICATED = "replicated", _("Nhân điển hình")
