"""For search engines: where the public pages are (https://www.sitemaps.org/protocol.html)."""

from __future__ import annotations

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from stories.releases.models import Item
from stories.website import page_cache, selectors
from stories.website.page_cache import Content
from stories.website.selectors import Watch
from stories.website.structured import absolute

XML = "application/xml; charset=utf-8"
LARGEST = 50_000  # addresses in one file, by the protocol
FIXED = ("/", "/phu-nu-dat-to/", "/dien-hinh/", "/luu-tru/", "/bao-chi/")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ("User-agent: *", "Disallow: /quan-tri/", "Disallow: /luu-tru/?", "")
    text = "\n".join([*lines, f"Sitemap: {absolute('/sitemap.xml')}", ""])
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """One file for exemplars and the fixed pages, and one for each year of stories."""
    return page_cache.respond(request, "/sitemap.xml", _index)


def _index() -> Content:
    years = selectors.years()
    names = ["dien-hinh", *(str(year) for year in years)]
    context = {"maps": [absolute(f"/sitemap-{name}.xml") for name in names]}
    watch = Watch(ranges=(("story", None, None),))
    return Content("website/sitemap_index.xml", context, watch, XML)


@require_safe
def stories(request: HttpRequest, year: int) -> HttpResponseBase:
    return page_cache.respond(request, f"/sitemap-{year}.xml", lambda: _stories(year))


def _stories(year: int) -> Content:
    if year not in selectors.years():
        raise Http404
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    watch = Watch(ranges=(("story", first, last),))
    return _addresses(selectors.stories_in_year(year), (), watch)


@require_safe
def exemplars(request: HttpRequest) -> HttpResponseBase:
    watch = Watch(ranges=(("exemplar", None, None),))
    return page_cache.respond(
        request,
        "/sitemap-dien-hinh.xml",
        lambda: _addresses(Item.objects.public().exemplars(), FIXED, watch),
    )


def _addresses(items, fixed: tuple[str, ...], watch: Watch) -> Content:
    rows = items.order_by("-date", "path").values_list("path", "current__released_at")[:LARGEST]
    pages = [(absolute(path), None) for path in fixed]
    pages += [(absolute(path), moment.strftime("%Y-%m-%dT%H:%M:%SZ")) for path, moment in rows]
    return Content("website/sitemap.xml", {"pages": pages}, watch, XML)
