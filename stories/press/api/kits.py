"""Press kits: an item to download, in one piece or in several."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from stories.press import auth, responses, services
from stories.press.errors import PreconditionFailed
from stories.press.kits import ranges
from stories.press.kits.services import Kit, make
from stories.press.models import PressDelivery, PressKit

router = Router(auth=auth.press_auth, tags=["press"])
ZIP = "application/zip"
_FILE = {ZIP: {"schema": {"type": "string", "format": "binary"}}}
_ANSWERS = {
    200: {"description": "Cả gói", "content": _FILE},
    206: {"description": "Phần đã hỏi bằng Range", "content": _FILE},
    412: {"description": "If-Match không đúng"},
    416: {"description": "Range nằm ngoài gói"},
}


class KitKind(StrEnum):
    FULL = PressKit.Kind.FULL.value
    TEXT = PressKit.Kind.TEXT.value


class KitParams(Schema):
    kind: KitKind = Field(
        KitKind.FULL,
        description="full: Word, văn bản, ảnh in; text: chỉ có chữ, nhiều nhất 200 kB.",
    )


@router.get(
    "/kits/{uuid:item}.zip",
    response=None,
    operation_id="press_kit",
    summary="Gói bài: Word, văn bản, ảnh in, manifest.json",
    openapi_extra={"responses": _ANSWERS},
)
def kit(request: HttpRequest, item: UUID, params: Query[KitParams]) -> HttpResponseBase:
    """Bản hiện hành của một bài hoặc hồ sơ điển hình; mỗi cơ quan có bản riêng, ghi tên và số hiệu.

    Tải dở thì tải tiếp được bằng Range và If-Range: cùng ETag là cùng nội dung. 410 khi mục đã thu
    hồi hoặc tạm gỡ, 403 khi người trong bài chưa đồng ý. Ảnh đã thu hồi không có trong gói.
    """
    caller = auth.caller_of(request)
    made = make(caller=caller, uuid=item, kind=PressKit.Kind(params.kind))
    try:
        return answer(request, caller.client_id, made)
    except BaseException:
        made.packed.file.close()
        raise


def answer(request: HttpRequest, client_id: int, made: Kit) -> HttpResponseBase:
    """The kit, or the piece of it that was asked for; put on record. Raises PreconditionFailed."""
    packed = made.packed
    etag = f'"{packed.sha256[:32]}"'
    unchanged = _precondition(request, etag)
    if unchanged is not None:
        packed.file.close()
        return unchanged
    piece = ranges.asked(request, size=packed.size, etag=etag)
    start, end = piece or (0, packed.size)
    response: HttpResponseBase
    if request.method == "GET":
        services.record_deliveries(
            client_id=client_id,
            seqs=made.seqs,
            channel=PressDelivery.Channel.KIT,
            again=start == 0,
        )
        response = StreamingHttpResponse(ranges.Piece(packed.file, start, end), content_type=ZIP)
    else:
        packed.file.close()
        response = HttpResponse(content_type=ZIP)
    if piece is not None:
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {start}-{end - 1}/{packed.size}"
    response.headers["Content-Length"] = str(end - start)
    response.headers["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return _dressed(response, etag)


def _precondition(request: HttpRequest, etag: str) -> HttpResponse | None:
    """The 304 for a client that has this copy, or None. Raises PreconditionFailed."""
    response = get_conditional_response(request, etag=etag)
    if response is None:
        return None
    if response.status_code != 304:
        raise PreconditionFailed(_("Gói bài không còn là bản đã nêu trong If-Match."))
    return _dressed(response, etag)


def _dressed(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    response.headers["Accept-Ranges"] = "bytes"
    return responses.with_headers(response, etag=etag, cache_control=responses.PRIVATE)
