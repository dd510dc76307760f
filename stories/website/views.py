"""The public pages: each reads the ledger and says what it shows; `page_cache` keeps it ready."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stories.pages.models import ColumnPage, ExemplarIndexPage, HomePage
from stories.pages.models.choices import ExemplarKind
from stories.releases.models import Item
from stories.website import page_cache, presenters, selectors, structured
from stories.website.headless import addresses
from stories.website.page_cache import Content
from stories.website.sections import section
from stories.website.selectors import Gone, Watch

COLUMN_PATH = "/phu-nu-dat-to/"
EXEMPLARS_PATH = "/dien-hinh/"
COLUMN_SIZE = 20
EXEMPLARS_SIZE = 24
HOME_STORIES = 11  # the lead story, four beside it, six in the column
HOME_BESIDE = 4
HOME_EXEMPLARS = 8
READ_NEXT = 3
STORIES_ABOUT = 6


@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    return page_cache.respond(request, "/", _home)


def _home() -> Content:
    # What was back-filled has its place in the column's years and in the archive: it is no news.
    news = Item.objects.public().stories().filter(is_news=True)
    stories = selectors.listing(news, size=HOME_STORIES)
    exemplars = selectors.listing(Item.objects.public().exemplars(), size=HOME_EXEMPLARS)
    told, people = selectors.cards(stories.payloads, exemplars.payloads)
    intro = section(HomePage)
    places = selectors.places()
    context = {
        "section": intro,
        "lead": told[0] if told else None,
        "beside": told[1 : 1 + HOME_BESIDE],
        "column": told[1 + HOME_BESIDE :],
        "exemplars": people,
        "districts": places.districts,
        "communes": places.communes,
        "groups": [group for group in selectors.groups() if group["is_active"]],
        "contents": selectors.contents(),
        "share": structured.for_page("/", intro.title, strip_tags(intro.intro)),
    }
    watch = Watch(
        selectors.shown(*stories.payloads, *exemplars.payloads),
        (("story", *stories.dates), ("exemplar", *exemplars.dates)),
    )
    return Content("website/home.html", context, watch)


@require_safe
def column(request: HttpRequest) -> HttpResponseBase:
    """`?nam=2025` narrows to a year; `?truoc=<uuid>` and `?sau=<uuid>` page from that story."""
    year = _year(request.GET.get("nam", ""))
    place = {key: request.GET[key] for key in ("truoc", "sau") if request.GET.get(key)}
    key = f"{COLUMN_PATH}?{urlencode({'nam': year or '', **place})}"
    return page_cache.respond(request, key, lambda: _column(year, place))


def _column(year: int | None, place: dict[str, str]) -> Content:
    years = selectors.years()
    if year and year not in years:
        raise Http404
    before, after = _anchors(place, "story")
    page = selectors.listing(
        selectors.stories_in_year(year), size=COLUMN_SIZE, before=before, after=after
    )
    (cards,) = selectors.cards(page.payloads)
    intro = section(ColumnPage)
    is_front = not (year or place)
    context = {
        "section": intro,
        "first": cards[0] if cards and is_front else None,
        "cards": cards[1:] if is_front else cards,
        "years": _years(years, year),
        "share": structured.for_page(
            _link(COLUMN_PATH, {"nam": year, **place}), intro.title, strip_tags(intro.intro)
        ),
        **_paging(COLUMN_PATH, page, {"nam": year}),
    }
    watch = Watch(selectors.shown(*page.payloads), (("story", *page.dates),))
    return Content("website/column.html", context, watch)


@require_safe
def story(request: HttpRequest, slug: str) -> HttpResponseBase:
    path = f"{COLUMN_PATH}{slug}/"
    return _item_page(request, path, lambda: _story(path))


def _story(path: str) -> Content:
    item = selectors.by_path(path)
    payload = selectors.public_payload(item)
    told = selectors.told_in(payload)
    following = selectors.listing(Item.objects.public().stories(), size=READ_NEXT, before=item)
    public = selectors.public_uuids(presenters.picture_uuids(payload))
    read_next, people = selectors.cards(following.payloads, told)
    pictures = presenters.public_pictures(payload, public)
    lead_picture = pictures.get(presenters.lead_picture_uuid(payload) or "")
    context = {
        "story": payload,
        "trail": [(_("Phụ nữ Đất Tổ"), COLUMN_PATH)],
        "lead_picture": lead_picture,
        "blocks": presenters.blocks(payload, pictures),
        "exemplars": people,
        "read_next": read_next,
        "share": structured.for_item(payload, lead_picture),
    }
    watch = Watch(selectors.shown(payload, *told, *following.payloads))
    return Content("website/story.html", context, watch)


@require_safe
def exemplars(request: HttpRequest) -> HttpResponseBase:
    """`?kind=` and `?group=` narrow by code (404 for an unknown group); paged as the column is."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in ExemplarKind.values else ""
    group = request.GET.get("group", "")
    place = {key: request.GET[key] for key in ("truoc", "sau") if request.GET.get(key)}
    key = f"{EXEMPLARS_PATH}?{urlencode({'kind': kind, 'group': group, **place})}"
    return page_cache.respond(request, key, lambda: _exemplars(kind, group, place))


def _exemplars(kind: str, group: str, place: dict[str, str]) -> Content:
    groups = selectors.groups()
    if group and group not in {known["code"] for known in groups}:
        raise Http404
    groups = [known for known in groups if known["is_active"] or known["code"] == group]
    before, after = _anchors(place, "exemplar")
    page = selectors.listing(
        selectors.exemplars_like(kind, group), size=EXEMPLARS_SIZE, before=before, after=after
    )
    (cards,) = selectors.cards(page.payloads)
    intro = section(ExemplarIndexPage)
    kinds = [{"code": value, "name": label} for value, label in ExemplarKind.choices]
    context = {
        "section": intro,
        "cards": cards,
        "kinds": _choices("kind", kinds, kind, {"group": group}, _("Tất cả")),
        "groups": _choices("group", groups, group, {"kind": kind}, _("Mọi nhóm")),
        "share": structured.for_page(
            _link(EXEMPLARS_PATH, {"kind": kind, "group": group, **place}),
            intro.title,
            strip_tags(intro.intro),
        ),
        **_paging(EXEMPLARS_PATH, page, {"kind": kind, "group": group}),
    }
    watch = Watch(selectors.shown(*page.payloads), (("exemplar", *page.dates),))
    return Content("website/exemplar_index.html", context, watch)


@require_safe
def exemplar(request: HttpRequest, slug: str) -> HttpResponseBase:
    path = f"{EXEMPLARS_PATH}{slug}/"
    return _item_page(request, path, lambda: _exemplar(path))


def _exemplar(path: str) -> Content:
    payload = selectors.public_payload(selectors.by_path(path))
    about = selectors.stories_about(payload["uuid"], STORIES_ABOUT)
    public = selectors.public_uuids(presenters.picture_uuids(payload))
    (stories,) = selectors.cards(about)
    pictures = presenters.public_pictures(payload, public)
    lead_picture = pictures.get(presenters.lead_picture_uuid(payload) or "")
    context = {
        "exemplar": payload,
        "trail": [(_("Điển hình tiên tiến"), EXEMPLARS_PATH)],
        "lead_picture": lead_picture,
        "blocks": presenters.blocks(payload, pictures),
        "stories": stories,
        "share": structured.for_item(payload, lead_picture),
    }
    watch = Watch(selectors.shown(payload, *about), told_about=payload["uuid"])
    return Content("website/exemplar.html", context, watch)


@require_safe
def picture(request: HttpRequest, ident: UUID) -> HttpResponseBase:
    path = f"/anh/{ident}/"
    return _item_page(request, path, lambda: _picture(path))


def _picture(path: str) -> Content:
    payload = selectors.public_payload(selectors.by_path(path))
    about = selectors.stories_about(payload["uuid"], STORIES_ABOUT)
    context = {
        "shot": payload,
        "press": presenters.rendition(payload, "press"),
        "stories": about,
        "share": structured.for_page(
            path, payload.get("title") or _("Ảnh"), payload.get("caption") or ""
        ),
    }
    watch = Watch(selectors.shown(payload, *about), told_about=payload["uuid"])
    return Content("website/picture.html", context, watch)


@require_safe
def press_room(request: HttpRequest) -> HttpResponseBase:
    path = "/bao-chi/"
    share = structured.for_page(
        path, _("Dành cho báo chí"), _("Bài và ảnh đã duyệt về phụ nữ Đất Tổ cho báo, đài.")
    )
    content = Content("website/press_room.html", {"share": share})
    return page_cache.respond(request, path, lambda: content)


@require_safe
def permanent(request: HttpRequest, ident: UUID) -> HttpResponseBase:
    """`/id/<uuid>`: the item's address for good (its `uri`), whatever its path is now."""
    item = Item.objects.select_related("current").filter(uuid=ident).first()
    try:
        return HttpResponseRedirect(selectors.public_payload(item)["href"])
    except Item.DoesNotExist as error:
        raise Http404 from error
    except Gone as gone:
        return _gone(request, gone)


def _item_page(request: HttpRequest, path: str, make) -> HttpResponseBase:
    try:
        return page_cache.respond(request, path, make)
    except Item.DoesNotExist as error:
        if home := addresses.target(path):
            return HttpResponsePermanentRedirect(home)
        raise Http404 from error
    except Gone as gone:
        return _gone(request, gone)


def _gone(request: HttpRequest, gone: Gone) -> HttpResponse:
    response = render(request, "410.html", {"gone": gone.payload}, status=410)
    response["Cache-Control"] = page_cache.CACHE_CONTROL
    response["X-Robots-Tag"] = "noindex, noarchive"
    return response


def _year(text: str) -> int | None:
    """A year of four digits, else None: whatever else stands there is ignored."""
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else 0
    return year if selectors.FIRST_YEAR <= year <= selectors.LAST_YEAR else None


def _anchors(place: dict[str, str], kind: str) -> tuple[Item | None, Item | None]:
    """The items to page from, as (before, after). Raises Http404 for an unknown one."""
    found: dict[str, Item] = {}
    for key, ident in list(place.items())[:1]:
        item = selectors.anchor(ident, kind)
        if item is None:
            raise Http404
        found[key] = item
    return found.get("truoc"), found.get("sau")


def _paging(path: str, page: selectors.Listing, kept: dict[str, Any]) -> dict[str, str]:
    return {
        "newer": _link(path, {**kept, "sau": page.newer}) if page.newer else "",
        "older": _link(path, {**kept, "truoc": page.older}) if page.older else "",
    }


def _years(years: list[int], chosen: int | None) -> list[dict[str, Any]]:
    return [
        {"year": year, "href": _link(COLUMN_PATH, {"nam": year}), "current": year == chosen}
        for year in years
    ]


def _choices(
    name: str, terms: list[dict[str, Any]], chosen: str, kept: dict[str, str], everything: str
) -> list[dict[str, Any]]:
    """Links that choose one of the terms and keep the other filter."""
    options = [{"code": "", "name": everything}, *terms]
    return [
        {
            "name": option["name"],
            "href": _link(EXEMPLARS_PATH, {**kept, name: option["code"]}),
            "chosen": option["code"] == chosen,
        }
        for option in options
    ]


def _link(path: str, parameters: dict[str, Any]) -> str:
    query = urlencode({key: value for key, value in parameters.items() if value})
    return f"{path}?{query}" if query else path
