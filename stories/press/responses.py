"""Answers built from stored text: JSON by joining bytes, ETags, 304."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from stories.press.faces import native

Answer = TypeVar("Answer", bound=HttpResponseBase)
JSON = "application/json; charset=utf-8"
# A takedown must be seen at once, so nothing may be served unchecked; a check costs a 304.
PUBLIC = "public, no-cache"
PRIVATE = "private, no-cache"
# A wrong key is 401 on public routes too: a shared cache must not answer for us.
VARY = "Authorization, X-API-Key"


def etag_of(*parts: object) -> str:
    """A strong ETag from what decides the bytes; the site's address is in each document."""
    text = "\0".join(map(str, (settings.PUBLIC_BASE_URL, *parts)))
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:20]}"'


def with_headers(response: Answer, *, etag: str, cache_control: str) -> Answer:
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = cache_control
    response.headers["Vary"] = VARY
    return response


def not_modified(request: HttpRequest, *, etag: str, cache_control: str) -> HttpResponse | None:
    """The 304 for a request that already holds this version, else None."""
    if "HTTP_IF_NONE_MATCH" not in request.META:
        return None
    response = get_conditional_response(request, etag=etag)
    if response is None:
        return None
    return with_headers(response, etag=etag, cache_control=cache_control)


def json_response(content: bytes, *, etag: str, cache_control: str) -> HttpResponse:
    response = HttpResponse(content, content_type=JSON)
    return with_headers(response, etag=etag, cache_control=cache_control)


def listed(
    texts: Iterable[bytes], base: str, *, following: str | None, count: int | None = None
) -> bytes:
    """`{"count", "items", "next"}` (no count for a feed) around stored JSON texts, unread."""
    start = "{" if count is None else f'{{"count":{count},'
    parts = list(texts) or [b""]
    # The frame goes on the first and last text: pages are large, every copy of one counts.
    parts[0] = f'{start}"items":['.encode() + parts[0]
    parts[-1] += f'],"next":{json.dumps(following)}}}'.encode()
    return native.absolute(b",".join(parts), base)
