from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    name = "stories.moderation"
    label = "moderation"
    verbose_name = _("Duyệt bài")

    def ready(self) -> None:
        from stories.moderation import audit, signal_handlers  # noqa: F401
