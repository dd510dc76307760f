"""Answers packed as the client accepts it (RFC 9110): zstd, else gzip, where q-values allow it.

**Why BREACH finds nothing here.** It needs a secret in the answer beside something that the
attacker chose, and a victim whose browser asks again and again with its credentials. These answers
hold no secret (no key, token or cookie), and of the question they repeat the cursor of an empty
page and, in a search, its words. A press key travels in a header (with older clients in the query),
which no browser adds by itself as it does a cookie. Errors, which name what was sent, aren't
packed; nor is any page with a form: only the API and the open feeds come through here.

A packed answer has the weak form of the ETag: the same document in other bytes. `If-None-Match`
compares weakly, so each form is 304 to the other. ZIP, Word and pictures are packed already.
"""

from __future__ import annotations

import gzip

from backports import zstd
from django.http import HttpRequest
from django.http.response import HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers

SHORTEST = 500  # bytes; below, the headers cost what packing saves
PLAIN = frozenset({"application/json", "application/xml", "text/plain"})
PACKERS = {
    "zstd": lambda content: zstd.compress(content, level=3),
    "gzip": lambda content: gzip.compress(content, compresslevel=5, mtime=0),
}


def pack(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The answer, packed if it may be and the client takes it."""
    if response.has_header("Content-Encoding"):
        return response  # what is kept ready to send is kept packed
    if response.status_code == 304:
        patch_vary_headers(response, ["Accept-Encoding"])
        _as_held(request, response)
    elif response.status_code == 200 and isinstance(response, HttpResponse) and _is_text(response):
        patch_vary_headers(response, ["Accept-Encoding"])
        coding = accepted(request.headers.get("Accept-Encoding", ""))
        if coding and len(response.content) >= SHORTEST:
            response.content = PACKERS[coding](response.content)
            response.headers["Content-Encoding"] = coding
            _weaken(response)
    return response


def accepted(header: str) -> str:
    """The coding to use for an `Accept-Encoding`, or "" for none."""
    given = dict(_coding(part) for part in header.lower().split(",") if part.strip())
    anything = given.get("*", 0.0)
    best = max(PACKERS, key=lambda name: given.get(name, anything))  # the first of equals
    quality = given.get(best, anything)
    return best if quality > 0 and quality >= given.get("identity", 0.0) else ""


def _coding(part: str) -> tuple[str, float]:
    """A coding and its weight; one that can't be read counts as 0."""
    name, _semicolon, weight = part.partition(";")
    name, (_q, equals, number) = name.strip(), weight.replace(" ", "").partition("=")
    name = name.removeprefix("x-")
    if not weight.strip():
        return name, 1.0
    try:
        return name, float(number) if equals and 0 <= float(number) <= 1 else 0.0
    except ValueError:
        return name, 0.0


def _is_text(response: HttpResponse) -> bool:
    media = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return media in PLAIN or (media.endswith(("+json", "+xml")) and "problem" not in media)


def _as_held(request: HttpRequest, response: HttpResponseBase) -> None:
    """A 304 names the form that the client has, if it would get that one."""
    weak = f"W/{response.headers.get('ETag', '')}"
    if weak in request.headers.get("If-None-Match", "") and accepted(
        request.headers.get("Accept-Encoding", "")
    ):
        _weaken(response)


def _weaken(response: HttpResponseBase) -> None:
    etag = response.headers.get("ETag", "")
    if etag.startswith('"'):
        response.headers["ETag"] = f"W/{etag}"
