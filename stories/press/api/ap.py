"""The AP Media API's routes over our ledger: `feed`, `item/<id>`, its NITF, `plans`.

For newsroom systems that speak it already. The key may also come as `apikey=` in the query, as
their older clients send it (never written to a log: `config.logs`).
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Annotated, Literal
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from stories.press import auth, cursors, responses, selectors
from stories.press.api import reading
from stories.press.early.positions import Position
from stories.press.errors import BadParameter, NotFound
from stories.press.faces import ap, nitf
from stories.press.models import PressDelivery
from stories.press.schemas import ApFeed, ApItem, ApPlans

router = Router(auth=auth.ap_auth, tags=["ap"])
_MINDATE = re.compile(r"mindate:>=?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)")
_PRODUCTS = re.compile(r"productid:\((\d+(?: OR \d+)*)\)")
Key = Annotated[
    str | None, Field(max_length=100, description="Khóa, thay cho tiêu đề `X-API-Key`.")
]


class KeyParams(Schema):
    apikey: Key = None


class FeedParams(KeyParams):
    page: str = Field("", max_length=200, description="Có sẵn trong `next_page`.")
    types: str = Field("", max_length=60, description="Có sẵn trong `next_page`.")
    page_size: int = Field(100, ge=1, le=100)
    versions: Literal["all"] = Field("all", description="Luôn trả mọi phiên bản.")
    q: str = Field(
        "",
        max_length=300,
        description=(
            "Chỉ cho lần đầu: `mindate:>2026-11-20T00:00:00Z`, `productid:(1 OR 3)` (xem `plans`), "
            "hoặc cả hai nối bằng ` AND `."
        ),
    )


@router.get(
    "/feed/",
    response=ApFeed,
    operation_id="ap_feed",
    summary="Dòng tin theo dạng AP Media API",
)
def feed(request: HttpRequest, params: Query[FeedParams]) -> HttpResponse:
    """`data.items[]`, mỗi lần phát hành một phần tử; `data.next_page` là địa chỉ của lần gọi sau,
    khác lần trước khi và chỉ khi trang này có tin."""
    since, chosen = _asked(params.q)
    types = reading.types_of(params.types) or chosen
    after = reading.position(params.page, "page")
    if not params.page and since is not None:
        after = selectors.last_until(since)
    page = reading.page(request, after, limit=params.page_size, types=types)
    reached = page.reached if page.rows else Position(after, getattr(after, "early", 0))
    following = _next_page(request, reached, types, params.page_size)
    seqs = [seq for seq, _text in page.rows]
    etag = responses.etag_of("ap", reading.client_kind(request), seqs, following)
    unchanged = responses.not_modified(request, etag=etag, cache_control=responses.PRIVATE)
    if unchanged is not None:
        return unchanged
    base = settings.PUBLIC_BASE_URL
    items = [ap.entry(json.loads(stored), base) for _seq, stored in page.rows]
    data = {"current_item_count": len(items), "items": items, "next_page": following}
    reading.record(request, seqs, PressDelivery.Channel.FEED)
    return _answer(ap.answer(data), etag)


@router.get(
    "/item/{uuid:item}/",
    response=ApItem,
    operation_id="ap_item",
    summary="Một mục theo dạng AP Media API",
)
def item(request: HttpRequest, item: UUID, params: Query[KeyParams]) -> HttpResponse:
    """Bản hiện hành; mục đã thu hồi mang `pubstatus` canceled và thông báo thu hồi."""
    seq, stored = reading.release(request, item)
    etag = responses.etag_of("ap-item", reading.client_kind(request), seq)
    unchanged = responses.not_modified(request, etag=etag, cache_control=responses.PRIVATE)
    if unchanged is not None:
        return unchanged
    data = {"item": ap.item(json.loads(stored), settings.PUBLIC_BASE_URL)}
    reading.record(request, [seq], PressDelivery.Channel.ITEM)
    return _answer(ap.answer(data), etag)


@router.get(
    "/item/{uuid:item}/nitf/",
    operation_id="ap_item_nitf",
    summary="Phần chữ của một mục, NITF không có namespace",
    openapi_extra={
        "responses": {200: {"content": {nitf.MEDIA_TYPE: {"schema": {"type": "string"}}}}}
    },
)
def item_nitf(request: HttpRequest, item: UUID, params: Query[KeyParams]) -> HttpResponse:
    """Bản hiện hành. Ảnh không nằm trong này: chúng là mục riêng, nêu ở `associations`."""
    seq, stored = reading.release(request, item)
    payload = json.loads(stored)
    if payload["type"] == "picture":
        raise NotFound(_("Ảnh không có bản NITF."))
    etag = responses.etag_of("ap-nitf", reading.client_kind(request), seq)
    unchanged = responses.not_modified(request, etag=etag, cache_control=responses.PRIVATE)
    if unchanged is not None:
        return unchanged
    content = nitf.document(payload, settings.PUBLIC_BASE_URL, pictures=False)
    reading.record(request, [seq], PressDelivery.Channel.ITEM)
    response = HttpResponse(content, content_type=f"{nitf.MEDIA_TYPE}; charset=utf-8")
    return responses.with_headers(response, etag=etag, cache_control=responses.PRIVATE)


@router.get(
    "/plans/",
    response=ApPlans,
    operation_id="ap_plans",
    summary="Những gì khóa này lấy được, theo dạng AP Media API",
)
def plans(request: HttpRequest, params: Query[KeyParams]) -> HttpResponse:
    """Mã dùng trong `productid` của dòng tin."""
    etag = responses.etag_of("ap-plans", len(ap.PRODUCTS))
    unchanged = responses.not_modified(request, etag=etag, cache_control=responses.PRIVATE)
    return unchanged or _answer(ap.plans(), etag)


def _answer(document: dict, etag: str) -> HttpResponse:
    content = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    return responses.json_response(content, etag=etag, cache_control=responses.PRIVATE)


def _next_page(request: HttpRequest, reached: Position | int, types: list[str], size: int) -> str:
    """The address of the following call; without the key, whatever way it came."""
    query = {"page": cursors.encode(reading.FEED, str(reached)), "page_size": str(size)}
    if types:
        query["types"] = ",".join(types)
    return f"{settings.PUBLIC_BASE_URL}{request.path}?{urlencode(query)}"


def _asked(query: str) -> tuple[datetime | None, list[str]]:
    """Since when, and which types, by the client's first question. Raises BadParameter."""
    since, types = None, []
    for part in query.split(" AND ") if query else ():
        if found := _MINDATE.fullmatch(part.strip()):
            since = _moment(found[1])
        elif found := _PRODUCTS.fullmatch(part.strip()):
            types = _types(found[1].split(" OR "))
        else:
            raise BadParameter("q", "query", _("Chỉ nhận mindate:>… và productid:(…)."))
    return since, types


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise BadParameter("q", "date", _("Ngày giờ không đúng.")) from error


def _types(ids: list[str]) -> list[str]:
    known = {str(number): kind for number, kind, _name in ap.PRODUCTS}
    if not known.keys() >= set(ids):
        message = _("Chỉ có: %(products)s.") % {"products": ", ".join(known)}
        raise BadParameter("q", "product", message)
    return sorted({known[one] for one in ids})
