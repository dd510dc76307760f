"""What the views of the public pages share: answers for one item, paging, links."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
)
from django.shortcuts import render

from stories.releases.models import Item
from stories.website import page_cache, selectors
from stories.website.headless import addresses
from stories.website.page_cache import Content
from stories.website.selectors import Gone

COLUMN_PATH = "/phu-nu-dat-to/"
EXEMPLARS_PATH = "/dien-hinh/"
UNITS_PATH = "/don-vi/"
SUBJECTS_PATH = "/chu-de/"


def item_page(request: HttpRequest, path: str, make: Callable[[], Content]) -> HttpResponseBase:
    """An item's own page; 404 for what never was public, 410 for what was taken down."""
    try:
        return page_cache.respond(request, path, make)
    except Item.DoesNotExist as error:
        if home := addresses.target(path):
            return HttpResponsePermanentRedirect(home)
        raise Http404 from error
    except Gone as taken:
        return gone(request, taken)


def gone(request: HttpRequest, taken: Gone) -> HttpResponse:
    response = render(request, "410.html", {"gone": taken.payload}, status=410)
    response["Cache-Control"] = page_cache.ASK_AGAIN
    response["X-Robots-Tag"] = "noindex, noarchive"
    return response


def place_in(request: HttpRequest) -> dict[str, str]:
    """`?truoc=<uuid>` and `?sau=<uuid>`: where a page of a list begins or ends."""
    return {key: request.GET[key] for key in ("truoc", "sau") if request.GET.get(key)}


def anchors(place: dict[str, str], kind: str) -> tuple[Item | None, Item | None]:
    """The items to page from, as (before, after). Raises Http404 for an unknown one."""
    found: dict[str, Item] = {}
    for key, ident in list(place.items())[:1]:
        item = selectors.anchor(ident, kind)
        if item is None:
            raise Http404
        found[key] = item
    return found.get("truoc"), found.get("sau")


def paging(path: str, page: selectors.Listing, kept: dict[str, Any]) -> dict[str, str]:
    return {
        "newer": link(path, {**kept, "sau": page.newer}) if page.newer else "",
        "older": link(path, {**kept, "truoc": page.older}) if page.older else "",
    }


def link(path: str, parameters: dict[str, Any]) -> str:
    query = urlencode({key: value for key, value in parameters.items() if value})
    return f"{path}?{query}" if query else path
