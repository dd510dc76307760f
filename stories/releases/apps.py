from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ReleasesConfig(AppConfig):
    name = "stories.releases"
    label = "releases"
    verbose_name = _("Sổ phát hành")

    def ready(self) -> None:
        from stories.releases import signal_handlers, statistics  # noqa: F401
        from stories.releases.takedown import kinds

        kinds.register()
        post_migrate.connect(statistics.refresh, sender=self)
