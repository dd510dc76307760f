"""Open feeds of the column “Phụ nữ Đất Tổ”: for anyone, without a key."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import ModuleType

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from stories.press import packing, responses, selectors
from stories.press.faces import atom, jsonfeed, rss


def column_feed(name: str, face: ModuleType) -> Callable[[HttpRequest], HttpResponseBase]:
    """A view of the newest fifty stories by this face, which has `MEDIA_TYPE` and `feed`.

    Two queries; one for a reader that is up to date.
    """

    @require_safe
    def view(request: HttpRequest) -> HttpResponseBase:
        return packing.pack(request, answer(request))

    def answer(request: HttpRequest) -> HttpResponse:
        etag = responses.etag_of(name, selectors.column_head())
        unchanged = responses.not_modified(request, etag=etag, cache_control=responses.PUBLIC)
        if unchanged is not None:
            return unchanged
        news = selectors.column_news().values_list("current__payload", flat=True)
        payloads = [json.loads(text) for text in news[: selectors.COLUMN_ENTRIES]]
        content = face.feed(payloads, base=settings.PUBLIC_BASE_URL, path=request.path)
        response = HttpResponse(content, content_type=f"{face.MEDIA_TYPE}; charset=utf-8")
        return responses.with_headers(response, etag=etag, cache_control=responses.PUBLIC)

    return view


column_atom = column_feed("atom", atom)
column_rss = column_feed("rss", rss)
column_json = column_feed("jsonfeed", jsonfeed)
