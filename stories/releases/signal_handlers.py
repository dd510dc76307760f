"""Pages tell of themselves; the ledger listens, inside the same transaction."""

from __future__ import annotations

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.log_actions import LogContext

from media.people.signals import consent_withdrawn, merged, now_shown
from stories.pages.models import NamedPerson
from stories.pages.models.moderated import ModeratedPage
from stories.pages.signals import (
    draft_saved,
    going_public,
    gone_private,
    round_of_publishing,
    schedule_changed,
)
from stories.releases import services
from stories.releases.advance import services as advance
from stories.releases.takedown import afterwards
from stories.releases.takedown import consent as consents


@receiver(going_public)
def release(sender, pages, **kwargs) -> None:
    services.release_pages(pages=pages)


@receiver(gone_private)
def withdraw(sender, page, withdrawal, **kwargs) -> None:
    services.withdraw_item(uuid=page.uuid, withdrawal=withdrawal)
    advance.settle_all()  # a picture of it may be in what is sent early


@receiver(schedule_changed)
def send_early(sender, uuid, **kwargs) -> None:
    advance.settle(uuid)


@receiver(round_of_publishing)
def settle_what_is_sent_early(sender, **kwargs) -> None:
    """What changed past all signals: a consent that ran out, a picture's caption, a unit's name."""
    advance.settle_each()


@receiver(consent_withdrawn)
def take_down(sender, consent, user, **kwargs) -> None:
    takedown = consents.take_down(consent=consent, user=user)
    with LogContext(user=user):
        advance.settle_all(takedown=takedown)


@receiver(now_shown)
def shown_afterwards(sender, depictions, **kwargs) -> None:
    afterwards.shown(depictions)
    advance.settle_all()


@receiver(merged)
def merged_afterwards(sender, person, **kwargs) -> None:
    afterwards.merged(person)
    advance.settle_all()


@receiver(draft_saved)
def named_afterwards(sender, page, **kwargs) -> None:
    afterwards.named_in_draft(page)


@receiver(post_save, sender=NamedPerson)
def named_past_the_draft(sender, instance, created, raw, **kwargs) -> None:
    """Written to a page directly; what is published has passed the gate."""
    page = instance.page.specific if created and not raw else None
    if isinstance(page, ModeratedPage) and page.live:
        afterwards.named(page.uuid, instance.person)
