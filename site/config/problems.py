"""Every error of the API as an RFC 9457 problem document.

`{"type", "title", "status", "detail", "instance", "errors": [{"field", "location", "code",
"message"}]}` as application/problem+json: titles, details and messages are Vietnamese, for people;
`type`, `field`, `location` and `code` are English, for programs.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from media.stores.answers import RETRY_AFTER
from media.stores.base import WORDS, StorageDown
from search.engines.base import EngineError
from search.query import QueryError
from stories.press.errors import ApiError, BadParameter, FieldError, KeyRefused, NotFound

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MEDIA_TYPE = "application/problem+json"
TITLES = {
    HTTPStatus.BAD_REQUEST: gettext_lazy("Yêu cầu không hợp lệ"),
    HTTPStatus.UNAUTHORIZED: gettext_lazy("Chưa xác thực"),
    HTTPStatus.FORBIDDEN: gettext_lazy("Không được phép"),
    HTTPStatus.NOT_FOUND: gettext_lazy("Không tìm thấy"),
    HTTPStatus.METHOD_NOT_ALLOWED: gettext_lazy("Phương thức không được hỗ trợ"),
    HTTPStatus.TOO_MANY_REQUESTS: gettext_lazy("Quá nhiều yêu cầu"),
    HTTPStatus.INTERNAL_SERVER_ERROR: gettext_lazy("Lỗi hệ thống"),
    HTTPStatus.SERVICE_UNAVAILABLE: gettext_lazy("Tạm thời chưa phục vụ được"),
}
MESSAGES = {
    "missing": gettext_lazy("Thiếu tham số này."),
    "int_parsing": gettext_lazy("Phải là số nguyên."),
    "int_type": gettext_lazy("Phải là số nguyên."),
    "int_parsing_size": gettext_lazy("Số quá lớn."),
    "int_from_float": gettext_lazy("Phải là số nguyên."),
    "bool_parsing": gettext_lazy("Phải là true hoặc false."),
    "greater_than_equal": gettext_lazy("Phải từ %(ge)s trở lên."),
    "less_than_equal": gettext_lazy("Nhiều nhất là %(le)s."),
    "string_too_short": gettext_lazy("Ngắn quá: ít nhất %(min_length)s ký tự."),
    "string_too_long": gettext_lazy("Dài quá: nhiều nhất %(max_length)s ký tự."),
    "string_pattern_mismatch": gettext_lazy("Mã không hợp lệ."),
    "extra_forbidden": gettext_lazy("Không có trường này."),
    "too_long": gettext_lazy("Nhiều nhất %(max_length)s giá trị."),
    "enum": gettext_lazy("Chỉ nhận: %(expected)s."),
    "literal_error": gettext_lazy("Chỉ nhận: %(expected)s."),
}
logger = logging.getLogger(__name__)


def problem(
    request: HttpRequest,
    *,
    status: int,
    code: str,
    title: StrOrPromise = "",
    detail: StrOrPromise = "",
    errors: Iterable[FieldError] = (),
    extra: Mapping[str, object] | None = None,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The document as a response. `code` ends the `type` address; never cached."""
    document: dict[str, object] = {
        "type": f"{settings.PUBLIC_BASE_URL}/api/v1/docs/#{code}",
        "title": str(title or TITLES.get(HTTPStatus(status), HTTPStatus(status).phrase)),
        "status": status,
        "detail": str(detail),
        "instance": request.path,
    }
    listed = [
        {
            "field": error.field,
            "location": error.location,
            "code": error.code,
            "message": str(error.message),
        }
        for error in errors
    ]
    if listed:
        document["errors"] = listed
    content = json.dumps(document | dict(extra or {}), ensure_ascii=False)
    response = HttpResponse(content, status=status, content_type=MEDIA_TYPE)
    response.headers["Cache-Control"] = "no-store"
    for name, value in (headers or {}).items():
        response.headers[name] = value
    return response


def of_api_error(request: HttpRequest, error: ApiError) -> HttpResponse:
    return problem(
        request,
        status=error.status,
        code=error.code,
        title=error.title,
        detail=error.detail,
        errors=error.errors,
        extra=error.extra,
        headers=error.headers,
    )


def of_validation(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Ninja's 422 as 400: a parameter of the wrong type is no different from a wrong value."""
    errors = [_field_error(found) for found in error.errors]
    return problem(
        request,
        status=BadParameter.status,
        code=BadParameter.code,
        title=BadParameter.title,
        detail=_("Tham số không hợp lệ: %(names)s.")
        % {"names": ", ".join(dict.fromkeys(found.field for found in errors))},
        errors=errors,
    )


def _field_error(found: dict) -> FieldError:
    location, *path = (str(part) for part in found["loc"])
    message = MESSAGES.get(found["type"], gettext_lazy("Giá trị không hợp lệ."))
    return FieldError(
        # A value in a list is named by its parameter: `unit`, not `unit.0`.
        field=next((part for part in reversed(path) if not part.isdigit()), location),
        location=location,
        code=found["type"],
        message=str(message) % found.get("ctx", {}),
    )


def of_query(request: HttpRequest, error: QueryError) -> HttpResponse:
    """What the archive can't answer."""
    return problem(
        request,
        status=BadParameter.status,
        code="unknown-parameter" if error.code == "unknown" else BadParameter.code,
        title=BadParameter.title,
        detail=error.message,
        errors=[FieldError(error.field, error.code, error.message)],
    )


def of_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Ninja's own; its English message stays out, since it is for programmers."""
    if error.status_code == KeyRefused.status:
        return of_api_error(request, KeyRefused.missing())
    code = HTTPStatus(error.status_code).name.lower().replace("_", "-")
    return problem(request, status=error.status_code, code=code)


def of_404(request: HttpRequest, error: Exception) -> HttpResponse:
    return of_api_error(request, NotFound(_("Không có gì ở địa chỉ này.")))


def of_permission(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    return problem(request, status=403, code="forbidden")


def of_method(request: HttpRequest, allowed: str) -> HttpResponse:
    return problem(
        request,
        status=405,
        code="method-not-allowed",
        detail=_("Địa chỉ này chỉ nhận %(methods)s.") % {"methods": allowed},
        headers={"Allow": allowed},
    )


def of_engine(request: HttpRequest, error: EngineError) -> HttpResponse:
    logger.error("%s %s", request.method, request.path, exc_info=error)
    return problem(
        request,
        status=503,
        code="archive-unavailable",
        detail=_("Kho lưu trữ tạm thời chưa tìm được. Mời thử lại sau ít phút."),
        headers={"Retry-After": "60"},
    )


def of_storage(request: HttpRequest, error: StorageDown) -> HttpResponse:
    logger.error("%s %s: storage down: %s", request.method, request.path, error)
    return problem(
        request,
        status=503,
        code="storage-unavailable",
        detail=WORDS,
        headers={"Retry-After": RETRY_AFTER},
    )


def of_crash(request: HttpRequest, error: Exception) -> HttpResponse:
    """Anything unforeseen: logged and reported as Django does, told without its insides."""
    logger.error("%s %s", request.method, request.path, exc_info=error)
    got_request_exception.send(sender=None, request=request)
    return problem(
        request,
        status=500,
        code="internal-error",
        detail=_("Có lỗi ngoài dự kiến; đã ghi lại để xử lý."),
    )


# Ninja takes the handler of the nearest class.
HANDLERS: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
    ApiError: of_api_error,
    ValidationError: of_validation,
    QueryError: of_query,
    EngineError: of_engine,
    StorageDown: of_storage,
    HttpError: of_http_error,
    Http404: of_404,
    PermissionDenied: of_permission,
    Exception: of_crash,
}


def register(api: NinjaAPI) -> None:
    """Let the API answer every exception with a problem document."""
    for kind, handler in HANDLERS.items():
        api.add_exception_handler(kind, handler)
