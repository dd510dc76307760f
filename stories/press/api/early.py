"""Pictures of what is sent early: under a key with the embargo right, at no public address."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from ninja import Query, Router

from media.views import file_response
from stories.press import auth, responses
from stories.press.api.ap import KeyParams
from stories.press.early import selectors
from stories.press.errors import NotFound
from stories.press.faces import house

router = Router(auth=auth.ap_auth, tags=["press"])
_FILE = {"content": {house.JPEG: {"schema": {"type": "string", "format": "binary"}}}}


@router.get(
    "/early/{path:name}",
    response=None,
    operation_id="press_early_picture",
    summary="Ảnh của bài gửi trước giờ công bố",
    openapi_extra={"responses": {200: {"description": "JPEG", **_FILE}}},
)
def early_picture(request: HttpRequest, name: str, params: Query[KeyParams]) -> HttpResponseBase:
    """Chỉ cho khóa có quyền nhận bài trước giờ công bố; địa chỉ lấy trong bài. Thu hồi là 404."""
    caller = auth.caller_of(request)
    missing = NotFound(_("Không có ảnh nào ở địa chỉ này."))
    if not caller.embargo or not selectors.has_file(name, caller.client_kind):
        raise missing
    etag = responses.etag_of("early-picture", name)
    unchanged = responses.not_modified(request, etag=etag, cache_control=responses.PRIVATE)
    if unchanged is not None:
        return unchanged
    try:
        response = file_response(name)
    except Http404 as error:
        raise missing from error
    return responses.with_headers(response, etag=etag, cache_control=responses.PRIVATE)
