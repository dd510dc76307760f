from __future__ import annotations

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Tài khoản")

    def ready(self) -> None:
        from accounts import labels
        from accounts.audit import signal_handlers  # noqa: F401

        labels.name_columns()
        post_migrate.connect(labels.name_permissions)
        post_migrate.connect(labels.name_roots, sender=apps.get_app_config("wagtailcore"))
