"""What the API's operations raise; `config.problems` turns it into RFC 9457 problem documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class FieldError:
    """One reason: the parameter's name, a machine code in English, a sentence in Vietnamese."""

    field: str
    code: str
    message: str
    location: str = "query"


class ApiError(Exception):
    """An answer other than 2xx.

    `code` is the problem's machine name in English (its `type`), `title` and `detail` are for
    people, `extra` is added to the document, `headers` to the response.
    """

    status = 400
    code = "bad-request"
    title: StrOrPromise = _("Yêu cầu không hợp lệ")

    def __init__(
        self,
        detail: str = "",
        *,
        errors: tuple[FieldError, ...] = (),
        extra: dict[str, object] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(detail or str(self.title))
        self.detail = detail
        self.errors = errors
        self.extra = extra or {}
        self.headers = headers or {}


class BadParameter(ApiError):
    """400 for one parameter."""

    code = "invalid-parameter"
    title = _("Tham số không hợp lệ")

    def __init__(self, field: str, code: str, message: str) -> None:
        super().__init__(message, errors=(FieldError(field, code, message),))


class KeyRefused(ApiError):
    """401: no key where one is needed, or a wrong, revoked or expired one anywhere."""

    status = 401
    code = "invalid-key"
    title = _("Khoá báo chí không hợp lệ")

    def __init__(self, detail: str, *, sent: bool) -> None:
        challenge = 'Bearer realm="bao-chi"' + (', error="invalid_token"' if sent else "")
        super().__init__(detail, headers={"WWW-Authenticate": challenge})


class NotAgreed(ApiError):
    """403: someone in it didn't agree that it goes where this client would take it."""

    status = 403
    code = "not-agreed"
    title = _("Chưa có sự đồng ý")


class NotFound(ApiError):
    status = 404
    code = "not-found"
    title = _("Không tìm thấy")


class Withdrawn(ApiError):
    """410: it was public and has been taken back."""

    status = 410
    code = "withdrawn"
    title = _("Nội dung đã được thu hồi")


class PreconditionFailed(ApiError):
    """412: it isn't the version that `If-Match` names."""

    status = 412
    code = "precondition-failed"
    title = _("Không còn là bản ấy")


class OutOfRange(ApiError):
    """416: the file has no such bytes."""

    status = 416
    code = "range-not-satisfiable"
    title = _("Không có phần đã hỏi")

    def __init__(self, size: int) -> None:
        super().__init__(headers={"Content-Range": f"bytes */{size}", "Accept-Ranges": "bytes"})


class CursorGone(ApiError):
    """410: the cursor lies beyond the end of the ledger (restored from a backup)."""

    status = 410
    code = "cursor-gone"
    title = _("Con trỏ không còn dùng được")


class TooMany(ApiError):
    """429 with `Retry-After`."""

    status = 429
    code = "too-many-requests"
    title = _("Quá nhiều yêu cầu")


class NotReady(ApiError):
    """503 with `Retry-After`: a reader of the ledger is still catching up."""

    status = 503
    code = "not-ready"
    title = _("Chưa sẵn sàng")
