"""Pages tell of themselves; the ledger listens, inside the same transaction."""

from __future__ import annotations

from django.dispatch import receiver

from stories.pages.signals import going_public, gone_private
from stories.releases import services


@receiver(going_public)
def release(sender, pages, **kwargs) -> None:
    services.release_pages(pages=pages)


@receiver(gone_private)
def withdraw(sender, page, withdrawal, **kwargs) -> None:
    services.withdraw_item(uuid=page.uuid, withdrawal=withdrawal)
