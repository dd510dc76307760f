"""What operations of the API raise; `config.problems` makes RFC 9457 documents of it."""

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


class NotFound(ApiError):
    status = 404
    code = "not-found"
    title = _("Không tìm thấy")


class Withdrawn(ApiError):
    """410: it was public and has been taken back."""

    status = 410
    code = "withdrawn"
    title = _("Nội dung đã được thu hồi")
