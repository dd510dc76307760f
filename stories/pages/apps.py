from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "stories.pages"
    label = "pages"
    verbose_name = _("Trang")

    def ready(self) -> None:
        from stories.pages import signal_handlers  # noqa: F401
