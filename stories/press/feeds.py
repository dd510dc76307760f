"""Open feeds of the column “Phụ nữ Đất Tổ”: for anyone, without a key."""

from __future__ import annotations

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from stories.press import responses, selectors
from stories.press.faces import atom


@require_safe
def column_atom(request: HttpRequest) -> HttpResponse:
    """The newest fifty stories as Atom. Two queries; one for a reader that is up to date."""
    etag = responses.etag_of("atom", selectors.column_head())
    unchanged = responses.not_modified(request, etag=etag, cache_control=responses.PUBLIC)
    if unchanged is not None:
        return unchanged
    news = selectors.column_news().values_list("current__payload", flat=True)
    payloads = [json.loads(text) for text in news[: selectors.ATOM_ENTRIES]]
    content = atom.feed(payloads, base=settings.PUBLIC_BASE_URL, path=request.path)
    response = HttpResponse(content, content_type=f"{atom.MEDIA_TYPE}; charset=utf-8")
    return responses.with_headers(response, etag=etag, cache_control=responses.PUBLIC)
