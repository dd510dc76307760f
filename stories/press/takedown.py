"""The press room's steps of a takedown: filters and feeds no longer know what was taken back, it is
in no kit (kits are made when asked for and kept nowhere), and every client that holds it hears."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from stories.press import catalogue, selectors
from stories.press.kits import services as kits
from stories.press.models import CatalogueEntry, PressClient, PressConfirmation, PressDelivery
from stories.press.told import reader
from stories.press.told import services as told
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


def _nothing(part: TakedownItem) -> None:
    """It was done with the release itself."""


def _is_withdrawal(part: TakedownItem) -> bool:
    return part.is_withdrawal


def _is_in_no_kit(part: TakedownItem) -> bool:
    """Or it is public again by a later release, with an approval of its own."""
    item = Item.objects.get(pk=part.item_id)
    if item.is_public and item.current_id > part.release_id:
        return True
    return not any(kits.has(item, kind) for kind in PressClient.Kind)


def _is_held(part: TakedownItem) -> bool:
    return PressDelivery.objects.filter(item=part.item_id).exists()


def _ask_holders(part: TakedownItem) -> None:
    """The rows of who has to hear; mails and calls are the rounds' (`stories.press.rounds`)."""
    reader.catch_up()
    told.see_told()


def _have_heard(part: TakedownItem) -> bool:
    """Each client that holds it was told of this release, or asked about a later one."""
    if reader.offset() < part.release_id:
        return False
    silent = PressConfirmation.objects.open().filter(release=part.release_id, told_at=None)
    return not silent.exists()


def register() -> None:
    steps.register(steps.StepKind("feeds", _("Báo trong nguồn tin báo chí"), _read_on, _is_told))
    steps.register(
        steps.StepKind(
            "kits",
            _("Không còn trong gói bài nào"),
            _nothing,
            _is_in_no_kit,
            wanted=_is_withdrawal,
            at_once=True,
        )
    )
    steps.register(
        steps.StepKind(
            "press_told",
            _("Báo từng cơ quan báo chí đã nhận"),
            _ask_holders,
            _have_heard,
            wanted=_is_held,
        )
    )
