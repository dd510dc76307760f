"""The column “Phụ nữ Đất Tổ”: newest first, by year, and an edition for each month."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stories.pages.models import ColumnPage
from stories.website import page_cache, selectors, structured
from stories.website.page_cache import Content
from stories.website.sections import section
from stories.website.views.common import COLUMN_PATH, anchors, link, paging, place_in
from stories.website.watching import Watch, shown

SIZE = 20


@require_safe
def column(request: HttpRequest) -> HttpResponseBase:
    """`?nam=2025` narrows to a year; `?truoc=<uuid>` and `?sau=<uuid>` page from that story."""
    year, place = _year(request.GET.get("nam", "")), place_in(request)
    key = f"{COLUMN_PATH}?{urlencode({'nam': year or '', **place})}"
    return page_cache.respond(request, key, lambda: _column(year, place))


def _column(year: int | None, place: dict[str, str]) -> Content:
    years = selectors.years()
    if year and year not in years:
        raise Http404
    before, after = anchors(place, "story")
    page = selectors.listing(selectors.stories_in_year(year), size=SIZE, before=before, after=after)
    (cards,) = selectors.cards(page.payloads)
    intro = section(ColumnPage)
    is_front = not (year or place)
    shown_year = year or (int(page.payloads[0]["date"][:4]) if page.payloads else None)
    context = {
        "section": intro,
        "first": cards[0] if cards and is_front else None,
        "cards": cards[1:] if is_front else cards,
        "years": _years(years, year),
        "editions_of": shown_year,
        "editions": _editions(shown_year) if shown_year else [],
        "share": structured.for_page(
            link(COLUMN_PATH, {"nam": year, **place}), intro.title, strip_tags(intro.intro)
        ),
        **paging(COLUMN_PATH, page, {"nam": year}),
    }
    oldest, newest = page.dates
    if year:  # a year's first and last page speak for that year alone
        oldest, newest = oldest or dt.date(year, 1, 1), newest or dt.date(year, 12, 31)
    watch = Watch(shown(*page.payloads), (("story", oldest, newest),))
    return Content("website/column.html", context, watch)


@require_safe
def edition(request: HttpRequest, year: int, month: int) -> HttpResponseBase:
    """The column's stories of one month. 404 for a month without any."""
    place = place_in(request)
    if not (selectors.FIRST_YEAR <= year <= selectors.LAST_YEAR and 1 <= month <= 12):
        raise Http404
    key = f"{edition_path(year, month)}?{urlencode(place)}"
    return page_cache.respond(request, key, lambda: _edition(year, month, place))


def _edition(year: int, month: int, place: dict[str, str]) -> Content:
    first = dt.date(year, month, 1)
    last = first.replace(day=calendar.monthrange(year, month)[1])
    before, after = anchors(place, "story")
    page = selectors.listing(
        selectors.stories_between(first, last), size=SIZE, before=before, after=after
    )
    if not page.payloads:
        raise Http404
    (cards,) = selectors.cards(page.payloads)
    path = edition_path(year, month)
    title = _("Số tháng %(month)s/%(year)s") % {"month": month, "year": year}
    earlier, later = selectors.stories_around(first, last)
    context = {
        "title": title,
        "trail": [(section(ColumnPage).title, COLUMN_PATH)],
        "first": None if place else cards[0],
        "cards": cards if place else cards[1:],
        "earlier": _edition_link(earlier),
        "later": _edition_link(later),
        "editions_of": year,
        "editions": _editions(year, month),
        "share": structured.for_page(
            link(path, place),
            f"{title} · {_('Phụ nữ Đất Tổ')}",
            _("Những câu chuyện của chuyên mục Phụ nữ Đất Tổ trong tháng %(month)s năm %(year)s.")
            % {"month": month, "year": year},
        ),
        **paging(path, page, {}),
    }
    # The months around it: a month that gets its first story changes the links.
    watch = Watch(shown(*page.payloads), (("story", first, last),))
    return Content("website/edition.html", context, watch)


def edition_path(year: int, month: int) -> str:
    return f"{COLUMN_PATH}so/{year}-{month:02}/"


def _edition_link(day: dt.date | None) -> dict[str, Any] | None:
    if day is None:
        return None
    return {"month": day.month, "year": day.year, "href": edition_path(day.year, day.month)}


def _editions(year: int, current: int | None = None) -> list[dict[str, Any]]:
    """Links to that year's months with stories, the newest first."""
    return [
        {"month": month, "href": edition_path(year, month), "current": month == current}
        for month in selectors.months(year)
    ]


def _year(text: str) -> int | None:
    """A year of four digits, else None: whatever else stands there is ignored."""
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else 0
    return year if selectors.FIRST_YEAR <= year <= selectors.LAST_YEAR else None


def _years(years: list[int], chosen: int | None) -> list[dict[str, Any]]:
    return [
        {"year": year, "href": link(COLUMN_PATH, {"nam": year}), "current": year == chosen}
        for year in years
    ]
