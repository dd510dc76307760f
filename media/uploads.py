"""Uploads before any form sees them: refused early when too long, under names that any system has.

Django streams files longer than 2.5 MB to disk; a worker's memory never holds one.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler, TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from media.intake.names import shortened


class MemoryHandler(MemoryFileUploadHandler):
    def new_file(self, field_name, file_name, *args, **kwargs):
        super().new_file(field_name, shortened(file_name), *args, **kwargs)


class DiskHandler(TemporaryFileUploadHandler):
    def new_file(self, field_name, file_name, *args, **kwargs):
        super().new_file(field_name, shortened(file_name), *args, **kwargs)


def refuse_long_bodies(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """413 for a body longer than any upload may be, before a byte of it is read."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if _length(request) > settings.MAX_BODY_SIZE:
            return _too_long(request)
        return get_response(request)

    return middleware


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _too_long(request: HttpRequest) -> HttpResponse:
    words = _("Tệp quá lớn: mỗi lần gửi không quá %(limit)s. Hãy giảm cỡ tệp rồi gửi lại.") % {
        "limit": filesizeformat(settings.MAX_BODY_SIZE)
    }
    if "text/html" in request.headers.get("Accept", ""):
        return HttpResponse(render_to_string("413.html", {"words": words}), status=413)
    return JsonResponse({"success": False, "error_message": words}, status=413)
