"""For search engines: where the public pages are (https://www.sitemaps.org/protocol.html)."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from stories.releases.models import Item
from stories.website import page_cache, selectors
from stories.website.page_cache import Content
from stories.website.structured import SITE_NAME, absolute
from stories.website.views.column import edition_path
from stories.website.watching import Watch

XML = "application/xml; charset=utf-8"
LARGEST = 50_000  # addresses in one file, by the protocol
FIXED = (
    "/",
    "/phu-nu-dat-to/",
    "/dien-hinh/",
    "/don-vi/",
    "/chu-de/",
    "/luu-tru/",
    "/bao-chi/",
    "/gioi-thieu/",
)
NEWS_DAYS = 2  # what a news sitemap may reach back, by Google's rules
NEWS_LARGEST = 1000


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
    # No empty file: the protocol wants at least one address in each.
    names = [
        "dien-hinh",
        *(["tin-moi"] if _fresh().exists() else []),
        *selectors.years_with_stories(),
    ]
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
    editions = tuple(edition_path(year, month) for month in selectors.months(year))
    return _addresses(selectors.stories_in_year(year), editions, watch)


@require_safe
def exemplars(request: HttpRequest) -> HttpResponseBase:
    watch = Watch(ranges=(("exemplar", None, None),))
    return page_cache.respond(
        request,
        "/sitemap-dien-hinh.xml",
        lambda: _addresses(Item.objects.public().exemplars(), FIXED, watch),
    )


@require_safe
def news(request: HttpRequest) -> HttpResponseBase:
    """https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap"""
    return page_cache.respond(request, "/sitemap-tin-moi.xml", _news)


def _news() -> Content:
    rows = [row.current.data for row in _fresh().order_by("-first_released_at")[:NEWS_LARGEST]]
    pages = [(absolute(one["href"]), one["first_released_at"], one["title"]) for one in rows]
    context = {"pages": pages, "name": SITE_NAME}
    watch = Watch(ranges=(("story", _since().date(), None),))
    return Content("website/sitemap_news.xml", context, watch, XML)


def _since() -> dt.datetime:
    """Nothing is released long before the day that it carries, and days have an index."""
    return timezone.now() - dt.timedelta(days=NEWS_DAYS + 30)


def _fresh() -> QuerySet[Item]:
    """What was first published within the days of news."""
    moment = timezone.now() - dt.timedelta(days=NEWS_DAYS)
    fresh = Item.objects.public().stories().news()
    return fresh.filter(first_released_at__gte=moment, date__gte=_since().date())


def _addresses(items, fixed: tuple[str, ...], watch: Watch) -> Content:
    rows = items.order_by("-date", "path").values_list("path", "current__released_at")[:LARGEST]
    pages = [(absolute(path), None) for path in fixed]
    pages += [(absolute(path), moment.strftime("%Y-%m-%dT%H:%M:%SZ")) for path, moment in rows]
    return Content("website/sitemap.xml", {"pages": pages}, watch, XML)
