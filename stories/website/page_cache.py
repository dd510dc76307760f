"""Pages kept ready to send, and known to be current.

```mermaid
flowchart LR
  R[request] --> H(head of the ledger: 1 query)
  H -->|page was made at this head| S[send or 304]
  H -->|ledger went on| T{a release touches what the page shows?}
  T -->|no| S
  T -->|yes, or page unknown| B[build] --> S
```
Nothing withdrawn is ever served from here: every request asks the ledger first, so no process has
to tell another. A release makes cold only those pages that show what was released.
"""

from __future__ import annotations

import gzip
import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.core.cache import BaseCache, caches
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from stories.website.watching import Head, Watch, head, untouched

# Introductions and unit names aren't in the ledger: a page is made anew after this many seconds.
FRESH_FOR = 60
# After so many releases it is cheaper to build than to look through them.
LOOK_BACK = 1000
# Always ask again: a page that was withdrawn must not stay in anyone's cache.
ASK_AGAIN = "public, max-age=0, must-revalidate"
# Lists may be shown once more while the browser asks: to and fro costs no waiting on a bad line.
SHOW_AND_ASK = "public, max-age=0, stale-while-revalidate=30"
LISTS = frozenset(
    f"website/{name}.html"
    for name in ("home", "column", "edition", "exemplar_index", "units", "subjects", "subject")
)


@dataclass(frozen=True)
class Content:
    """What a view makes: a template with its context, and what the page shows of the ledger.

    `body` stands for a template where there is none.
    """

    template: str
    context: dict[str, Any]
    watch: Watch = field(default_factory=Watch)
    content_type: str = "text/html; charset=utf-8"
    body: bytes | None = None

    @property
    def cache_control(self) -> str:
        """A list of many may lag for half a minute; the page of a person or a story never."""
        return SHOW_AND_ASK if self.template in LISTS else ASK_AGAIN


class Stored(NamedTuple):
    """Plain values, since the cache packs and unpacks them for each request; times are seconds
    since 1970."""

    head: Head
    build: str
    made: float
    modified: int
    last_modified: str
    etag: str
    watch: Watch
    content_type: str
    cache_control: str
    body: bytes
    packed: bytes


def respond(request: HttpRequest, key: str, make: Callable[[], Content]) -> HttpResponseBase:
    """The page under `key` (its path and normalised parameters), made by `make` when needed.

    Answers 304 to a matching If-None-Match or If-Modified-Since. What `make` raises (Http404,
    Gone) passes through, and then nothing stays stored.
    """
    store, key = _store(), _name(key)
    now_at = head()
    page: Stored | None = store.get(key)
    if page is None or not _is_current(page, now_at):
        try:
            page = _build(make, now_at, page)
        except Exception:
            store.delete(key)
            raise
        store.set(key, page)
    elif page.head != now_at:
        page = page._replace(head=now_at)
        store.set(key, page)
    return _send(request, page)


def forget(key: str) -> None:
    """Drop the page, if this process keeps it. Others ask the ledger before they send theirs."""
    _store().delete(_name(key))


def knows(key: str) -> bool:
    return _store().get(_name(key)) is not None


def _name(key: str) -> str:
    return f"page:{hashlib.sha256(key.encode()).hexdigest()}"


def _is_current(page: Stored, now_at: Head) -> bool:
    if page.build != build_id() or time.time() - page.made > FRESH_FOR:
        return False
    if page.head == now_at:
        return True
    return 0 < now_at.seq - page.head.seq <= LOOK_BACK and untouched(page.watch, page.head)


def _build(make: Callable[[], Content], now_at: Head, old: Stored | None) -> Stored:
    content = make()
    body = content.body
    if body is None:
        body = render_to_string(content.template, content.context).encode()
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:24]}"'
    now = time.time()
    modified = old.modified if old and old.etag == etag else int(now)
    return Stored(
        head=now_at,
        build=build_id(),
        made=now,
        modified=modified,
        last_modified=http_date(modified),
        etag=etag,
        watch=content.watch,
        content_type=content.content_type,
        cache_control=content.cache_control,
        body=body,
        packed=gzip.compress(body, 6, mtime=0),
    )


def _send(request: HttpRequest, page: Stored) -> HttpResponseBase:
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    headers = {
        "Content-Type": page.content_type,
        "ETag": page.etag,
        "Last-Modified": page.last_modified,
        "Cache-Control": page.cache_control,
        "Vary": "Accept-Encoding",
    }
    if packed:
        headers["Content-Encoding"] = "gzip"
    response = HttpResponse(page.packed if packed else page.body, headers=headers)
    return get_conditional_response(request, page.etag, page.modified, response) or response


def _store() -> BaseCache:
    return caches["pages" if "pages" in settings.CACHES else "default"]


def build_id() -> str:
    """Changes with the templates, so that a new release of the code never shows old pages."""
    return _templates_digest(int(time.time()) if settings.DEBUG else 0)


@lru_cache(maxsize=1)
def _templates_digest(moment: int) -> str:
    """`moment`: looked at again when it changes (in development, every second)."""
    digest = hashlib.sha256()
    for folder in settings.TEMPLATES[0]["DIRS"]:
        for path in sorted(Path(folder).rglob("*.*ml")):
            digest.update(f"{path}:{path.stat().st_mtime_ns}".encode())
    return digest.hexdigest()
