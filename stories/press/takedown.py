"""The press room's step of a takedown: filters and feeds no longer know what was taken back."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from stories.press import catalogue, selectors
from stories.press.models import CatalogueEntry
from stories.releases.models import Item, TakedownItem
from stories.releases.takedown import steps


def _read_on(part: TakedownItem) -> None:
    while catalogue.offset() < part.release_id and catalogue.catch_up():
        pass


def _is_told(part: TakedownItem) -> bool:
    """Clients find the release, or a later one, in the feed, and nothing of before it."""
    if catalogue.offset() < part.release_id:
        return False
    item = Item.objects.get(pk=part.item_id)
    listed = CatalogueEntry.objects.filter(item=part.item_id).exists()
    found = selectors.feed_page(after=item.current_id - 1, limit=1)
    return [seq for seq, _text in found.rows] == [item.current_id] and (
        item.is_public or not listed
    )


def register() -> None:
    steps.register(steps.StepKind("feeds", _("Báo trong nguồn tin báo chí"), _read_on, _is_told))
