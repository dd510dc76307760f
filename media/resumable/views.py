"""The tus server, for the signed-in user's own uploads."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.permissions import policy_registry

from media.models import Picture, Upload
from media.resumable import parts, protocol, services
from media.resumable.protocol import BadHeader

BUSY = 423


def answered(act: Callable[[], HttpResponse]) -> HttpResponse:
    """What `act` answers; refusals of any kind as the protocol tells them, with words."""
    try:
        return act()
    except services.Refused as refused:
        return protocol.refusal(refused.status, refused.words)
    except parts.Gone:
        refused = services.gone()
        return protocol.refusal(refused.status, refused.words)
    except parts.Busy:
        return protocol.refusal(BUSY, _("Ảnh này đang được gửi ở một trang khác."))
    except parts.Mismatch:
        return protocol.refusal(protocol.MISMATCH, _("Dữ liệu đến không nguyên vẹn."))
    except BadHeader as bad:
        return protocol.refusal(bad.status, f"{bad.name}?")


class TusView(View):
    def dispatch(self, request: HttpRequest, upload_id: UUID | None = None) -> HttpResponse:
        response = answered(lambda: self._answer(request, upload_id))
        response["Tus-Resumable"] = protocol.VERSION
        if response.status_code == 412:
            response["Tus-Version"] = protocol.VERSION
        if request.method == "HEAD":
            response.content = b""
        return response

    def _answer(self, request: HttpRequest, upload_id: UUID | None) -> HttpResponse:
        method = protocol.method(request)
        if method == "OPTIONS":
            return protocol.abilities()
        if request.headers.get("Tus-Resumable") != protocol.VERSION:
            raise BadHeader("Tus-Resumable", 412)
        if not policy_registry.get_by_type(Picture).user_has_permission(request.user, "add"):
            raise services.Refused(403, _("Bạn không có quyền tải ảnh lên."))
        if upload_id is None:
            if method != "POST":
                raise BadHeader("Method", 405)
            return self._create(request)
        acts = {"HEAD": self._tell, "PATCH": self._append, "DELETE": self._end}
        if method not in acts:
            raise BadHeader("Method", 405)
        return acts[method](request, services.find(user=request.user, pk=upload_id))

    def _create(self, request: HttpRequest) -> HttpResponse:
        size = protocol.number(request, "Upload-Length")
        name = protocol.metadata(request).get("filename", "")
        upload = services.begin(user=request.user, name=name, size=size)
        return protocol.answer(
            201,
            location=reverse("resumable_upload", args=[upload.pk]),
            upload_offset=0,
            expires=upload.expires_at,
        )

    def _tell(self, request: HttpRequest, upload: Upload) -> HttpResponse:
        offset = upload.size if upload.picture_id else parts.offset(upload)
        return protocol.answer(
            200, upload_offset=offset, upload_length=upload.size, expires=upload.expires_at
        )

    def _append(self, request: HttpRequest, upload: Upload) -> HttpResponse:
        if request.content_type != protocol.CONTENT_TYPE:
            raise BadHeader("Content-Type", 415)
        offset = protocol.number(request, "Upload-Offset")
        length = protocol.number(request, "Content-Length")
        checksum = protocol.checksum(request)
        if upload.picture_id:
            raise BadHeader("Upload-Offset", 409)
        with parts.held(upload) as part:
            if part.offset != offset:
                raise BadHeader("Upload-Offset", 409)
            if offset + length > upload.size:
                raise services.Refused(413, _("Phần gửi lên dài hơn ảnh đã báo."))
            try:
                offset = part.append(request, length, checksum)
            except UnreadablePostError:  # the line broke; nobody is there to read the answer
                raise BadHeader("Content-Length") from None
        return protocol.answer(204, upload_offset=offset, expires=upload.expires_at)

    def _end(self, request: HttpRequest, upload: Upload) -> HttpResponse:
        services.end(upload)
        return protocol.answer(204)
