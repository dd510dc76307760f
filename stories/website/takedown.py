"""The website's step of a takedown: no page that this process keeps ready shows the item."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from stories.releases.models import Item, TakedownItem
from stories.releases.takedown import steps
from stories.website import page_cache


def _forget(part: TakedownItem) -> None:
    page_cache.forget(part.item.path)


def _is_forgotten(part: TakedownItem) -> bool:
    """Other pages ask the ledger at each request whether they still hold (see `page_cache`)."""
    item = Item.objects.get(pk=part.item_id)
    return not page_cache.knows(item.path) or item.is_public


def register() -> None:
    steps.register(steps.StepKind("page_cache", _("Rời bộ nhớ đệm"), _forget, _is_forgotten))
