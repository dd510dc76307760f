"""The press room: what newspapers, radio and television pull from the release ledger."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PressConfig(AppConfig):
    name = "stories.press"
    label = "press"
    verbose_name = _("Báo chí")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts import demo as trial
        from stories.press import permissions, pulled, rounds, takedown, waiting
        from stories.press.clippings import published, upkeep
        from stories.press.room import demo
        from stories.releases.signals import released, sent_early

        permissions.register()
        takedown.register()
        pulled.register()
        published.register()
        upkeep.register()
        trial.register("press", demo.add)
        released.connect(rounds.on_released, dispatch_uid="press.rounds")
        released.connect(waiting.watch.moved, dispatch_uid="press.waiting")
        sent_early.connect(rounds.on_released, dispatch_uid="press.rounds.early")
        sent_early.connect(waiting.watch.moved, dispatch_uid="press.waiting.early")
