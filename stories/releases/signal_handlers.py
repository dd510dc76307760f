"""Pages tell of themselves; the ledger listens, inside the same transaction."""

from __future__ import annotations

from django.dispatch import receiver

from media.people.signals import consent_withdrawn
from stories.pages.signals import going_public, gone_private
from stories.releases import services
from stories.releases.takedown import consent as consents


@receiver(going_public)
def release(sender, pages, **kwargs) -> None:
    services.release_pages(pages=pages)


@receiver(gone_private)
def withdraw(sender, page, withdrawal, **kwargs) -> None:
    services.withdraw_item(uuid=page.uuid, withdrawal=withdrawal)


@receiver(consent_withdrawn)
def take_down(sender, consent, user, **kwargs) -> None:
    consents.take_down(consent=consent, user=user)
