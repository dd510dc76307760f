from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    name = "media"
    verbose_name = _("Ảnh và tài liệu")

    def ready(self) -> None:
        from media import audit, signal_handlers  # noqa: F401
        from media.people import permissions

        permissions.register()
