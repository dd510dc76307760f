"""What the operations raise; `config.problems` turns it into RFC 9457 problem documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class WrongField(NamedTuple):
    """One parameter that won't do: its name, a code for programs, a sentence for people."""

    field: str
    code: str
    message: StrOrPromise
    location: str = "query"


class Refusal(Exception):
    """An answer other than 200; the fields are those of `stories.press.errors.ApiError`."""

    status = 400
    code = "invalid-parameter"
    title: StrOrPromise = _("Tham số không hợp lệ")

    def __init__(self, detail: StrOrPromise, *errors: WrongField) -> None:
        super().__init__(str(detail))
        self.detail = detail
        self.errors = errors
        self.extra: dict[str, object] = {}
        self.headers: Mapping[str, str] = {}

    @classmethod
    def of(cls, field: str, code: str, message: StrOrPromise) -> Refusal:
        """For one parameter."""
        return cls(message, WrongField(field, code, message))


class NothingThere(Refusal):
    status = 404
    code = "not-found"
    title = _("Không tìm thấy")


class TakenBack(Refusal):
    """410: it was public and isn't any more; nothing of it is told."""

    status = 410
    code = "withdrawn"
    title = _("Nội dung đã được thu hồi")


# Nothing of a preview, and no word about one, is kept anywhere.
PRIVATE = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
}


class _Closed(Refusal):
    def __init__(self, detail: StrOrPromise) -> None:
        super().__init__(detail)
        self.headers = PRIVATE


class NoPreview(_Closed):
    """403: not a preview link of ours, or its maker may no longer show this draft."""

    status = 403
    code = "preview-refused"
    title = _("Không xem trước được")


class PreviewOver(_Closed):
    """410: the preview link has run out, or what it showed is no draft any more."""

    status = 410
    code = "preview-over"
    title = _("Liên kết xem trước đã hết hiệu lực")
