from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebsiteConfig(AppConfig):
    """The public website: a reader of the ledger."""

    name = "stories.website"
    label = "website"
    verbose_name = _("Trang tin công khai")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from stories.website import takedown

        takedown.register()
