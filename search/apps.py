from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Kho lưu trữ")

    def ready(self) -> None:
        from django.core import checks

        from search import takedown
        from search.checks import archive
        from search.signal_handlers import on_released
        from stories.releases.signals import released

        released.connect(on_released, dispatch_uid="search.archive")
        takedown.register()
        checks.register(archive)
