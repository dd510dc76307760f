"""What the API's operations raise; `config.problems` turns it into RFC 9457 problem documents."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.refusals import ApiError, BadParameter, FieldError, NotFound, Withdrawn

__all__ = [
    "ApiError",
    "BadParameter",
    "CursorGone",
    "FieldError",
    "KeyRefused",
    "NotAgreed",
    "NotFound",
    "NotReady",
    "OutOfRange",
    "PreconditionFailed",
    "TooMany",
    "Withdrawn",
]


class KeyRefused(ApiError):
    """401: no key where one is needed, or a wrong, revoked or expired one anywhere."""

    status = 401
    code = "invalid-key"
    title = _("Khóa báo chí không hợp lệ")

    def __init__(self, detail: str, *, sent: bool) -> None:
        challenge = 'Bearer realm="bao-chi"' + (', error="invalid_token"' if sent else "")
        super().__init__(detail, headers={"WWW-Authenticate": challenge})

    @classmethod
    def missing(cls) -> KeyRefused:
        detail = gettext(
            "Đường này cần khóa báo chí, gửi trong tiêu đề X-API-Key. Chưa có khóa thì xin Ban "
            "Tuyên giáo Hội LHPN tỉnh."
        )
        return cls(detail, sent=False)


class NotAgreed(ApiError):
    """403: someone in it didn't agree that it goes where this client would take it."""

    status = 403
    code = "not-agreed"
    title = _("Chưa có sự đồng ý")


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
