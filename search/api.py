"""GET /api/v1/search/, …/complete/, …/similar/UUID/: the archive for programs."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final, Literal
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from search import services
from search.query import parse

router = Router(tags=["search"])
# As one types, each letter asks; what was withdrawn is gone from what browsers keep soon after.
TYPED_SECONDS: Final = 5
SIMILAR_SECONDS: Final = 30


class SearchParams(Schema):
    """Tham số của kho lưu trữ; đọc và kiểm tra ở `search.query`, nơi trang web cũng dùng."""

    q: str = Field("", description="Từ ngữ cần tìm; có dấu hay không dấu đều được.")
    unit: list[str] = Field([], description="Mã đơn vị, cũ hay mới.")
    group: list[str] = Field([], description="Mã nhóm đối tượng.")
    content: list[str] = Field([], description="Mã nội dung thi đua.")
    kind: list[str] = Field([], description="individual, collective, model hoặc practice.")
    tag: list[str] = Field([], description="Thẻ.")
    year: list[str] = Field([], description="Năm, bốn chữ số.")
    column: list[str] = Field([], description="phu-nu-dat-to hoặc dien-hinh.")
    sort: Literal["relevance", "newest", "oldest"] = "relevance"
    cursor: str = Field("", description="`next` của trang trước.")
    limit: int = Field(20, ge=1, le=100, description="Số kết quả mỗi trang.")


class SearchItem(Schema):
    uuid: str
    source_id: str | None
    title: str
    lead: str
    url: str
    unit: str
    date: dt.date
    highlight: str


class SearchValue(Schema):
    value: str
    label: str
    count: int


class Similar(Schema):
    items: list[SearchItem]


class Offer(Schema):
    kind: Literal["title", "person", "unit", "tag"] = Field(description="Gợi ý về cái gì.")
    label: str = Field(description="Tên để hiển thị.")
    url: str = Field(description="Bài viết, hoặc kho lưu trữ đã lọc theo gợi ý.")


class Offers(Schema):
    items: list[Offer]


class CompletionParams(Schema):
    q: str = Field("", description="Phần đã gõ; có dấu hay không dấu đều được.")
    limit: int = Field(8, ge=1, le=20, description="Số gợi ý nhiều nhất.")


class SimilarParams(Schema):
    limit: int = Field(6, ge=1, le=20, description="Số bài nhiều nhất.")


class SearchPage(Schema):
    count: int
    items: list[SearchItem]
    facets: dict[str, list[SearchValue]]
    suggestion: str | None
    next: str | None


@router.get("/", response=SearchPage, operation_id="search", summary="Tìm trong kho lưu trữ")
def search(request: HttpRequest, params: Query[SearchParams]) -> dict[str, Any]:
    """Tìm bài viết và điển hình; không dấu, viết tắt và gõ sai đều được hiểu.

    `highlight` là HTML an toàn, chỉ có thẻ `<mark>`. Số đếm của một mục lọc không tính lựa chọn
    của chính mục đó.
    """
    page = services.search(parse(request.GET))
    return {
        "count": page.count,
        "items": list(map(_item, page.items)),
        "facets": page.facets,
        "suggestion": page.suggestion,
        "next": page.next,
    }


@router.get(
    "/complete/",
    response=Offers,
    operation_id="complete_search",
    summary="Gợi ý khi đang gõ",
)
def complete_search(
    request: HttpRequest, response: HttpResponse, params: Query[CompletionParams]
) -> dict[str, Any]:
    """Tiêu đề, tên người, đơn vị (cũ và mới) và thẻ có từ bắt đầu như phần đã gõ.

    Không phân biệt dấu. `url` của tiêu đề dẫn tới bài; của các gợi ý khác dẫn tới kho lưu trữ.
    """
    response.headers["Cache-Control"] = f"public, max-age={TYPED_SECONDS}"
    offers = services.complete(params.q, params.limit)
    base = settings.PUBLIC_BASE_URL
    return {"items": [{"kind": o.kind, "label": o.label, "url": base + o.url} for o in offers]}


@router.get(
    "/similar/{uuid:item}/",
    response=Similar,
    operation_id="similar",
    summary="Bài tương tự",
)
def similar(
    request: HttpRequest, response: HttpResponse, item: UUID, params: Query[SimilarParams]
) -> dict[str, Any]:
    """Bài và điển hình gần với mục này nhất: cùng từ hiếm, cùng thẻ, cùng đơn vị, cùng nội dung.

    404 khi không có mục công khai nào mang mã này.
    """
    found = services.similar(str(item), params.limit)
    if found is None:
        raise Http404
    response.headers["Cache-Control"] = f"public, max-age={SIMILAR_SECONDS}"
    return {"items": list(map(_item, found))}


def _item(item: services.Found) -> dict[str, Any]:
    return {
        "uuid": item.uuid,
        "source_id": item.source_id,
        "title": item.title,
        "lead": item.lead,
        "url": settings.PUBLIC_BASE_URL + item.url,
        "unit": item.unit,
        "date": item.date,
        "highlight": item.highlight,
    }
