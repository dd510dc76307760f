"""GET /api/v1/search/: the archive for programs."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from search import services
from search.query import parse

router = Router(tags=["search"])


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
        "items": [
            {
                "uuid": item.uuid,
                "source_id": item.source_id,
                "title": item.title,
                "lead": item.lead,
                "url": settings.PUBLIC_BASE_URL + item.url,
                "unit": item.unit,
                "date": item.date,
                "highlight": item.highlight,
            }
            for item in page.items
        ],
        "facets": page.facets,
        "suggestion": page.suggestion,
        "next": page.next,
    }
