"""503, in words, for whatever failed because the storage is down."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template.loader import render_to_string

from media.stores.base import UNSAVED, WORDS, found_down

RETRY_AFTER = "60"  # seconds
logger = logging.getLogger(__name__)


def tell_when_down(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware. The view's transaction is undone by then: nothing of it is kept."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return get_response(request)

    def process_exception(request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not found_down(error):
            return None
        logger.error("%s %s: storage down: %s", request.method, request.path, error)
        return _answer(request)

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


def _answer(request: HttpRequest) -> HttpResponse:
    words = UNSAVED if request.FILES else WORDS
    if "text/html" in request.headers.get("Accept", ""):
        response = HttpResponse(render_to_string("503.html", {"words": words}), status=503)
    else:
        response = JsonResponse({"success": False, "error_message": str(words)}, status=503)
    response["Retry-After"], response["Cache-Control"] = RETRY_AFTER, "no-store"
    return response
