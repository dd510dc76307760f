from __future__ import annotations

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Kho lưu trữ")

    def ready(self) -> None:
        from search import curation, finding, takedown
        from search.checks import archive
        from search.models import Promotion, Synonym
        from search.signal_handlers import on_released
        from stories.releases.signals import released

        for model in (Promotion, Synonym):
            for signal in (post_save, post_delete):
                signal.connect(curation.moved_on, sender=model, dispatch_uid=(model, "curation"))
        released.connect(on_released, dispatch_uid="search.archive")
        takedown.register()
        finding.register()
        checks.register(archive)
