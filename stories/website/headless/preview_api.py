"""GET /api/v1/preview/?token=: one draft, for the front end that its editor sent someone to."""

from __future__ import annotations

import json
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja import Field, Query, Router, Schema

from media.views import file_response
from stories.website.headless import previews
from stories.website.headless.api import JSON, PROBLEM
from stories.website.headless.errors import PRIVATE
from stories.website.headless.schemas import Page

router = Router(tags=["headless"])
Answer = TypeVar("Answer", bound=HttpResponseBase)
CLOSED = {
    403: {"description": "Liên kết không đúng, hoặc người gửi không còn quyền", "content": PROBLEM},
    410: {"description": "Liên kết đã hết hiệu lực", "content": PROBLEM},
}
FILES = {
    "description": "Tệp ảnh",
    "content": {"image/*": {"schema": {"type": "string", "format": "binary"}}},
}


class TokenParams(Schema):
    token: str = Field(max_length=1000, description="Mã trong liên kết xem trước.")


@router.get(
    "/",
    response=Page,
    operation_id="preview",
    summary="Xem trước một bản nháp",
    openapi_extra={"responses": CLOSED},
)
def preview(request: HttpRequest, params: Query[TokenParams]) -> HttpResponse:
    """Như `/pages/`, của đúng bản nháp mà biên tập viên đã tạo liên kết; không được lưu lại.

    Liên kết hết hiệu lực khi quá hạn, khi bài được đăng, thu hồi hay xóa, khi bản nháp được sửa
    tiếp, hoặc khi người tạo không còn quyền với bài. Ảnh có địa chỉ riêng, hết hạn cùng liên kết.
    """
    document = previews.document(previews.opened(params.token))
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return _private(HttpResponse(text, content_type=JSON))


@router.get(
    "/picture/",
    response=None,
    operation_id="preview_picture",
    summary="Một ảnh của bản xem trước",
    openapi_extra={"responses": CLOSED | {200: FILES}},
)
def preview_picture(request: HttpRequest, params: Query[TokenParams]) -> HttpResponseBase:
    """Địa chỉ lấy từ bản xem trước; mỗi mã chỉ mở một tệp."""
    return _private(file_response(previews.picture_file(params.token)))


def _private(response: Answer) -> Answer:
    for name, value in PRIVATE.items():
        response.headers[name] = value
    return response
