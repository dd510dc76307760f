"""GET /api/v1/pages/, …/pages/related/, …/menus/: the website for other front ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from accounts.refusals import BadParameter, NotFound, Withdrawn
from stories.releases.models import Item
from stories.website import menus, page_cache, structured
from stories.website.headless import addresses, related
from stories.website.headless.schemas import Menus, Page, Related
from stories.website.page_cache import Content
from stories.website.selectors import Gone
from stories.website.watching import Watch

router = Router(tags=["headless"])
JSON = "application/json; charset=utf-8"
# A wrong key is 401 here too: a shared cache must not answer for us.
VARY = ["Authorization", "X-API-Key"]
PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
ABSENT = {
    404: {"description": "Không có gì ở địa chỉ này", "content": PROBLEM},
    410: {"description": "Đã thu hồi", "content": PROBLEM},
}


class PathParams(Schema):
    path: str = Field(
        max_length=400,
        description="Địa chỉ trên trang, ví dụ /phu-nu-dat-to/chi-lan/; đầy đủ hay không đều được.",
    )


@router.get(
    "/pages/",
    response=Page,
    operation_id="get_page",
    summary="Trang ở một địa chỉ",
    openapi_extra={"responses": ABSENT},
)
def page(request: HttpRequest, params: Query[PathParams]) -> HttpResponseBase:
    """Mọi thứ để dựng một trang: chữ (HTML, Markdown, văn bản), ảnh với mọi cỡ, đường dẫn, SEO.

    Địa chỉ của một bài không đổi khi bài đổi tên. `redirect_to` khác null khi địa chỉ đã hỏi chỉ
    dẫn tới đây (viết hoa, thiếu dấu “/” cuối, `/id/…`). 410 khi nội dung đã thu hồi hoặc tạm gỡ.
    """
    path = addresses.path_of(params.path)

    def make() -> tuple[Any, Watch]:
        there = addresses.at(path)
        return there.document, there.watch

    home = addresses.mended(path)  # however it is written, it takes up one place
    return answer(request, f"page:{home}:{home == path}", make)


class RelatedParams(Schema):
    path: str = Field("", max_length=400, description="Địa chỉ của bài; hoặc dùng `uuid`.")
    uuid: UUID | None = Field(None, description="Mã của bài; hoặc dùng `path`.")
    limit: int = Field(6, ge=1, le=20, description="Số bài nhiều nhất.")


@router.get(
    "/pages/related/",
    response=Related,
    operation_id="related_pages",
    summary="Bài liên quan",
    openapi_extra={"responses": ABSENT},
)
def related_pages(request: HttpRequest, params: Query[RelatedParams]) -> HttpResponseBase:
    """Bài và điển hình nên đọc tiếp, gần nhất trước; theo `path` hoặc `uuid`."""
    if bool(params.path) == (params.uuid is not None):
        raise BadParameter("path", "one_of", _("Cần đúng một trong hai: path hoặc uuid."))
    path = addresses.path_of(params.path) if params.path else f"/id/{params.uuid}/"

    def make() -> tuple[Any, Watch]:
        cards, watch = related.related(addresses.item_at(path), params.limit)
        return {"items": cards}, watch

    return answer(request, f"related:{addresses.mended(path)}:{params.limit}", make)


@router.get("/menus/", response=Menus, operation_id="get_menus", summary="Thực đơn của trang")
def get_menus(request: HttpRequest) -> HttpResponseBase:
    """Như ở đầu và cuối mọi trang của trang web."""
    return answer(request, "menus", lambda: (_menus(), Watch()))


def _menus() -> dict[str, Any]:
    return {
        "site_name": structured.SITE_NAME,
        "main": _menu(menus.MAIN),
        "footer": [_menu(one) for one in menus.FOOTER],
        "about": str(menus.ABOUT),
    }


def _menu(menu: menus.Menu) -> dict[str, Any]:
    links = [
        {
            "name": link.name,
            "title": str(link.title),
            "path": link.path,
            "url": structured.absolute(link.path),
        }
        for link in menu.links
    ]
    return {"title": str(menu.title), "items": links}


def answer(
    request: HttpRequest, key: str, make: Callable[[], tuple[Any, Watch]]
) -> HttpResponseBase:
    """What `make` gives as JSON, kept ready to send as pages are (see `page_cache`).

    Raises NotFound, Withdrawn for what isn't public.
    """

    def content() -> Content:
        document, watch = make()
        text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
        return Content("", {}, watch, JSON, text.encode())

    try:
        response = page_cache.respond(request, f"api:{settings.PUBLIC_BASE_URL}:{key}", content)
    except Item.DoesNotExist as error:
        raise NotFound(_("Không có trang nào ở địa chỉ này.")) from error
    except Gone as gone:
        raise Withdrawn(_("Trang này đã được thu hồi hoặc tạm gỡ.")) from gone
    patch_vary_headers(response, VARY)
    return response
