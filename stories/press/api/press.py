"""The press tier: the ledger in order, and single items, for clients with a key."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from stories.press import auth, cursors, entitlements, responses, selectors, services
from stories.press.errors import BadParameter, CursorGone, NotAgreed, NotFound, Withdrawn
from stories.press.faces import native, ninjs
from stories.press.models import PressDelivery
from stories.press.schemas import Feed, FeedItem, Ninjs
from stories.releases.models import Item

router = Router(auth=auth.press_auth, tags=["press"])
FEED = "feed"
TYPES = tuple(Item.Type.values)


class Format(StrEnum):
    NATIVE = "native"
    NINJS = "ninjs"


class FeedParams(Schema):
    after: Annotated[
        str | None, Field(max_length=200, description="`next` của lần trước; bỏ trống: từ đầu.")
    ] = None
    limit: int = Field(100, ge=1, le=100)
    types: str = Field(
        "",
        max_length=60,
        description="story, exemplar, picture, cách nhau bằng dấu phẩy; bỏ trống: tất cả.",
    )
    format: Format = Field(Format.NATIVE, description="native, hoặc ninjs (IPTC ninjs 1.6).")


class ItemParams(Schema):
    format: Format = Field(Format.NATIVE, description="native, hoặc ninjs (IPTC ninjs 1.6).")
    version: int | None = Field(None, ge=1, description="Bỏ trống: bản hiện hành.")


@router.get(
    "/feed/", response=Feed, operation_id="press_feed", summary="Dòng tin theo sổ phát hành"
)
def feed(request: HttpRequest, params: Query[FeedParams]) -> HttpResponse:
    """Mọi lần phát hành, đính chính, tạm gỡ, thu hồi, theo thứ tự; mỗi lần đúng một lượt.

    Gửi lại `next` làm `after` của lần sau. Hai truy vấn và một lần ghi sổ lượt nhận.
    """
    after = _position(params.after)
    kind = auth.caller_of(request).client_kind
    types = _types(params.types)
    page = selectors.feed_page(after=after, limit=params.limit, types=types, client_kind=kind)
    if not page.rows and after > selectors.head():
        start = f"{settings.PUBLIC_BASE_URL}{request.path}"
        raise CursorGone(
            _("Con trỏ nằm sau cuối sổ phát hành; hãy đọc lại từ đầu."), extra={"start": start}
        )
    following = params.after if not page.rows else None
    if following is None:
        following = cursors.encode(FEED, str(page.reached))
    seqs = [seq for seq, _text in page.rows]
    etag = responses.etag_of(FEED, params.format, kind, seqs, following)
    unchanged = responses.not_modified(request, etag=etag, cache_control=responses.PRIVATE)
    if unchanged is not None:
        return unchanged
    texts = [text for _seq, text in page.rows]
    if params.format == Format.NINJS:
        texts = [_as_ninjs(text) for text in texts]
    content = responses.listed(texts, settings.PUBLIC_BASE_URL, following=following)
    _record(request, seqs, PressDelivery.Channel.FEED)
    return responses.json_response(content, etag=etag, cache_control=responses.PRIVATE)


@router.get(
    "/items/{uuid:item}/",
    response=FeedItem | Ninjs,
    operation_id="press_item",
    summary="Một mục, bản hiện hành hoặc bản cũ",
)
def item(request: HttpRequest, item: UUID, params: Query[ItemParams]) -> HttpResponse:
    """Mục đã thu hồi trả lời bằng thông báo thu hồi (200, `pubstatus` là canceled hoặc withheld);
    bản cũ của nó là 410."""
    kind = auth.caller_of(request).client_kind
    seq, text = _release(item, params.version, kind)
    etag = responses.etag_of(params.format, kind, seq)
    unchanged = responses.not_modified(request, etag=etag, cache_control=responses.PRIVATE)
    if unchanged is not None:
        return unchanged
    if params.format == Format.NINJS:
        text = _as_ninjs(text)
    content = native.absolute(text, settings.PUBLIC_BASE_URL)
    _record(request, [seq], PressDelivery.Channel.ITEM)
    return responses.json_response(content, etag=etag, cache_control=responses.PRIVATE)


def _record(request: HttpRequest, seqs: list[int], channel: PressDelivery.Channel) -> None:
    """Put on record what this answer carries; one to HEAD carries nothing."""
    if request.method == "GET":
        client = auth.caller_of(request).client_id
        services.record_deliveries(client_id=client, seqs=seqs, channel=channel)


def _position(after: str | None) -> int:
    """The ledger number in the request's cursor; 0 without one."""
    if not after:
        return 0
    try:
        return int(cursors.decode(FEED, after))
    except ValueError as error:
        message = _("Con trỏ không phải do dòng tin này cấp.")
        raise BadParameter("after", "cursor", message) from error


def _types(given: str) -> list[str]:
    types = sorted(set(given.split(","))) if given else []
    wrong = [name for name in types if name not in TYPES]
    if wrong:
        message = _("Chỉ nhận: %(types)s.") % {"types": ", ".join(TYPES)}
        raise BadParameter("types", "enum", message)
    return types


def _release(uuid: UUID, version: int | None, kind: str) -> tuple[int, bytes]:
    """Ledger number and text of the version asked for, as such a client may have it. Raises
    NotFound, NotAgreed, Withdrawn."""
    found = selectors.current(uuid)
    if found is None:
        raise NotFound(_("Không có mục nào đã phát hành mang mã này."))
    if version is not None and version > found.version:
        raise NotFound(_("Mục này chưa có phiên bản đó."))
    told = entitlements.told(kind, found.seq, found.text)
    if told is None:
        raise NotAgreed(entitlements.refusal(kind))
    if version is None or version == found.version:
        return found.seq, told
    earlier = selectors.earlier(uuid, version) if told == found.text else None
    if earlier is None:
        raise Withdrawn(
            _("Bản này đã được thu hồi, hoặc có ảnh, điển hình đã thu hồi."),
            extra={"uuid": str(uuid), "kind": found.kind, "version": found.version},
        )
    if not entitlements.may_have_text(kind, earlier[1]):
        raise NotAgreed(entitlements.refusal(kind))
    return earlier


def _as_ninjs(text: bytes) -> bytes:
    document = ninjs.render(json.loads(text), settings.PUBLIC_BASE_URL)
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
