"""The steps of this room: the page and its files; what editors are offered."""

from __future__ import annotations

from urllib.parse import unquote

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from media.models import PublicFile
from media.services import remove_renditions, stored
from stories.releases.advance import services as advance
from stories.releases.models import Item, Release, TakedownItem
from stories.releases.takedown import offers, steps
from stories.releases.takedown.steps import StepKind


def register() -> None:
    for kind in KINDS:
        steps.register(kind)


def _nothing(part) -> None:
    """It was done with the release itself."""


def _is_withdrawal(part: TakedownItem) -> bool:
    return part.is_withdrawal


def _is_picture(part: TakedownItem) -> bool:
    return part.is_withdrawal and part.item.type == Item.Type.PICTURE


def _is_canceled_picture(part: TakedownItem) -> bool:
    return _is_picture(part) and part.release.kind == Release.Kind.CANCELED


def _has_left(part: TakedownItem) -> bool:
    """Not public; or public again by a later release, with an approval of its own."""
    item = Item.objects.get(pk=part.item_id)
    return not item.is_public or item.current_id > part.release_id


def _is_closed(part: TakedownItem) -> bool:
    item = Item.objects.get(pk=part.item_id)
    return item.is_public or not PublicFile.objects.filter(picture=part.item_id).exists()


def file_names(item: Item) -> set[str]:
    """Storage names of every file of the picture that any release of it ever told of."""
    prefix = settings.MEDIA_URL
    hrefs = {
        one["href"]
        for release in item.releases.filter(kind__in=Release.PUBLIC)
        for one in release.data.get("renditions", ())
    }
    return {unquote(href.removeprefix(prefix)) for href in hrefs if href.startswith(prefix)}


def _remove_files(part: TakedownItem) -> None:
    remove_renditions(picture=part.item_id, names=file_names(part.item))


def _are_gone(part: TakedownItem) -> bool:
    return not any(stored(name) for name in file_names(part.item))


KINDS = (
    StepKind(
        "page", _("Rời trang công khai"), _nothing, _has_left, wanted=_is_withdrawal, at_once=True
    ),
    StepKind(
        "public_files",
        _("Đóng các tệp ảnh"),
        _nothing,
        _is_closed,
        wanted=_is_picture,
        at_once=True,
    ),
    StepKind(
        "stored_files",
        _("Xóa các bản ảnh khỏi kho lưu"),
        _remove_files,
        _are_gone,
        wanted=_is_canceled_picture,
    ),
    StepKind(
        "offer", _("Mời đơn vị sửa bài"), offers.offer, offers.is_offered, wanted=offers.wanted
    ),
    StepKind(
        "early",
        _("Không còn trong bài gửi trước giờ công bố"),
        lambda takedown: advance.settle_all(takedown=takedown),
        lambda takedown: not advance.unsettled(),
        wanted=offers.is_of_consent,
        whole=True,
    ),
    StepKind(
        "reviews",
        _("Báo những bài đang duyệt"),
        offers.warn_reviews,
        lambda takedown: True,
        wanted=offers.is_of_consent,
        whole=True,
    ),
)
