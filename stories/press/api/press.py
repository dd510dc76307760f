"""The press tier: the ledger in order, and single items, for clients with a key."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from stories.press import auth, cursors, responses, waiting
from stories.press.api import fields, formats, reading
from stories.press.api.filters import FeedFilters
from stories.press.api.formats import Format, JsonFormat
from stories.press.errors import BadParameter
from stories.press.faces import text
from stories.press.models import PressDelivery
from stories.press.schemas import Feed, FeedItem, Ninjs, Ninjs3

router = Router(auth=auth.press_auth, tags=["press"])

JSON_FORMATS = (
    "native; ninjs (IPTC ninjs 1.6); ninjs-3.1; superdesk (ninjs 1.6 thêm guid, source, keywords, "
    "authors như Superdesk đọc)."
)
FORMATS = (
    f"{JSON_FORMATS[:-1]}; nitf (NITF 3.6, không có namespace); newsml-g2 (NewsML-G2 2.35 với NITF "
    "bên trong); text (văn bản để dán, ví dụ vào Zalo); radio (lời đọc phát thanh, số và ngày "
    "tháng viết thành chữ); docx (Word kèm ảnh)."
)


Names = Annotated[str, Field(max_length=600, description=fields.DESCRIPTION)]


class FeedParams(FeedFilters):
    after: Annotated[
        str | None, Field(max_length=200, description="`next` của lần trước; bỏ trống: từ đầu.")
    ] = None
    limit: int = Field(100, ge=1, le=100)
    types: str = Field(
        "",
        max_length=60,
        description="story, exemplar, picture, cách nhau bằng dấu phẩy; bỏ trống: tất cả.",
    )
    format: JsonFormat = Field(JsonFormat.NATIVE, description=JSON_FORMATS)
    wait: int = Field(
        0,
        ge=0,
        le=waiting.LONGEST,
        description=(
            "Chờ nhiều nhất bấy nhiêu giây cho đến khi có tin mới. Khi quá nhiều nơi cùng chờ, trả "
            "lời ngay và nêu `Retry-After`."
        ),
    )
    fields: Names = ""


class ItemParams(Schema):
    format: Format = Field(Format.NATIVE, description=FORMATS)
    fields: Names = ""
    version: int | None = Field(None, ge=1, description="Bỏ trống: bản hiện hành.")
    length: int | None = Field(
        None,
        ge=text.SHORTEST,
        le=100_000,
        description=(
            "Chỉ cho format=text: dài nhất bao nhiêu ký tự (một tin Zalo: 2000); cắt ở cuối câu, "
            "giữ nguồn và đường dẫn. Bỏ trống: cả bài."
        ),
    )


@router.get(
    "/feed/", response=Feed, operation_id="press_feed", summary="Dòng tin theo sổ phát hành"
)
def feed(request: HttpRequest, params: Query[FeedParams]) -> HttpResponse:
    """Mọi lần phát hành, đính chính, tạm gỡ, thu hồi, theo thứ tự; mỗi lần đúng một lượt.

    Gửi lại `next` làm `after` của lần sau. Hai truy vấn và một lần ghi sổ lượt nhận.
    """
    after = reading.position(params.after, "after")
    types = reading.types_of(params.types)
    names = fields.read(params.fields, params.format)
    page, retry_after = reading.awaited(
        request,
        after,
        wait=params.wait,
        limit=params.limit,
        types=types,
        chosen=params.chosen(),
    )
    following = params.after if not page.rows else None
    if following is None:
        following = cursors.encode(reading.FEED, str(page.reached))
    seqs = [seq for seq, _text in page.rows]
    kind = reading.client_kind(request)
    shape = (params.format, sorted(names))
    etag = responses.etag_of(reading.FEED, *shape, kind, seqs, following)
    unchanged = responses.not_modified(request, etag=etag, cache_control=responses.PRIVATE)
    if unchanged is not None:
        return _come_again(unchanged, retry_after)
    base = settings.PUBLIC_BASE_URL
    texts = [formats.listed(stored, params.format, base, names) for _seq, stored in page.rows]
    content = responses.listed(texts, base, following=following)
    reading.record(request, seqs, PressDelivery.Channel.FEED)
    answer = responses.json_response(content, etag=etag, cache_control=responses.PRIVATE)
    return _come_again(answer, retry_after)


def _come_again(response: HttpResponse, seconds: int | None) -> HttpResponse:
    if seconds is not None:
        response.headers["Retry-After"] = str(seconds)
    return response


_OTHERS = {
    name.partition(";")[0]: {"schema": {"type": "string"}}
    for name in formats.CONTENT_TYPES
    if name != formats.JSON
}


@router.get(
    "/items/{uuid:item}/",
    response=FeedItem | Ninjs | Ninjs3,
    operation_id="press_item",
    summary="Một mục, bản hiện hành hoặc bản cũ",
    openapi_extra={"responses": {200: {"content": _OTHERS}}},
)
def item(request: HttpRequest, item: UUID, params: Query[ItemParams]) -> HttpResponse:
    """Mục đã thu hồi trả lời bằng thông báo thu hồi (200, `pubstatus` là canceled hoặc withheld);
    bản cũ của nó là 410. Định dạng nào cũng vậy."""
    if params.length is not None and params.format != Format.TEXT:
        raise BadParameter("length", "only-text", _("Chỉ dùng với format=text."))
    names = fields.read(params.fields, params.format)
    seq, stored = reading.release(request, item, params.version)
    kind = reading.client_kind(request)
    etag = responses.etag_of(params.format, kind, seq, params.length or "", sorted(names))
    unchanged = responses.not_modified(request, etag=etag, cache_control=responses.PRIVATE)
    if unchanged is not None:
        return unchanged
    base = settings.PUBLIC_BASE_URL
    document = formats.document(stored, params.format, base, length=params.length, names=names)
    reading.record(request, [seq], PressDelivery.Channel.ITEM)
    response = HttpResponse(document.content, content_type=document.content_type)
    if document.filename:
        response.headers["Content-Disposition"] = f'attachment; filename="{document.filename}"'
    return responses.with_headers(response, etag=etag, cache_control=responses.PRIVATE)
