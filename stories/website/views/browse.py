"""By unit and by subject: pages that can be found and linked, made of what the archive counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stories.releases.models import Item
from stories.units.tiles import former_provinces, joined_provinces, tiles
from stories.website import archive, page_cache, sections, selectors, structured
from stories.website.page_cache import Content
from stories.website.views.common import SUBJECTS_PATH, UNITS_PATH, link
from stories.website.watching import Watch, shown

STORIES, EXEMPLARS = 12, 6
STORY_COLUMN, EXEMPLAR_COLUMN = "phu-nu-dat-to", "dien-hinh"
EVERYTHING = (("story", None, None), ("exemplar", None, None))


def answer(request: HttpRequest, path: str, make: Callable[[], Content]) -> HttpResponseBase:
    """503, in words, while the archive is away; nothing of that is kept."""
    try:
        return page_cache.respond(request, path, make)
    except archive.Away:
        response: HttpResponse = render(request, "website/archive_away.html", status=503)
        response["Retry-After"] = "60"
        response["Cache-Control"] = "no-store"
        return response


@require_safe
def units(request: HttpRequest) -> HttpResponseBase:
    return answer(request, UNITS_PATH, _units)


def _units() -> Content:
    told = sections.units()
    counts = archive.under("", "", 1).counts.get("unit", {})
    places = selectors.places()
    context = {
        "tiles": tiles(places.districts, unit_path, counts),
        "districts": [_counted(unit, counts) for unit in places.districts],
        "regions": _regions(places, counts),
        "joined": joined_provinces(),
        "share": structured.for_page(UNITS_PATH, told.title, told.intro),
    }
    return Content("website/units.html", context, Watch(ranges=EVERYTHING))


def _counted(unit: dict[str, Any], counts: dict[str, int]) -> dict[str, Any]:
    return {**unit, "href": unit_path(unit), "count": counts.get(unit["code"], 0)}


def _regions(places: selectors.Places, counts: dict[str, int]) -> list[dict[str, Any]]:
    """Today's communes under where they came from: former districts, then joined provinces."""
    heirs = selectors.heirs()
    by_code = {unit["code"]: _counted(unit, counts) for unit in places.communes}
    regions = [
        {
            "name": district["name"],
            "id": district["slug"],
            "units": [by_code[code] for code in by_code if code in heirs.get(district["code"], ())],
        }
        for district in places.districts
    ]
    placed = {unit["code"] for region in regions for unit in region["units"]}
    joined: dict[str, list[dict[str, Any]]] = {}
    for code, unit in by_code.items():
        if code not in placed:
            joined.setdefault(former_provinces().get(code, ""), []).append(unit)
    for province in joined_provinces():
        label = _("%(province)s cũ") % {"province": province.name}
        here = joined.pop(province.name, [])
        regions.append({"name": label, "id": province.anchor, "units": here})
    others = [unit for rest in joined.values() for unit in rest]
    regions.append({"name": _("Đơn vị khác"), "id": "don-vi-khac", "units": others})
    return [region for region in regions if region["units"]]


def unit_path(unit: dict[str, Any]) -> str:
    return f"{UNITS_PATH}{unit['slug']}/"


@require_safe
def unit(request: HttpRequest, slug: str) -> HttpResponseBase:
    path = f"{UNITS_PATH}{slug}/"
    return answer(request, path, lambda: _unit(slug, path))


def _unit(slug: str, path: str) -> Content:
    found = selectors.unit(slug)
    if found is None:
        raise Http404
    about, before, after = found
    title = str(about)
    context = {
        "title": title,
        "kicker": about.get_level_display(),
        "before": before,
        "after": after,
        "trail": [(sections.units().title, UNITS_PATH)],
        "none": _("Chưa có bài nào kể về nơi này."),
        **_subject("unit", about.code, path, title),
    }
    # Its own stories, and those of the units that it came from or that came after it.
    codes = [about.code, *(one.code for one in (*before, *after))]
    words = tuple(f'"unit":{{"code":"{code}"' for code in codes)
    return Content("website/subject.html", context, _watch(context, words))


@require_safe
def subjects(request: HttpRequest) -> HttpResponseBase:
    return answer(request, SUBJECTS_PATH, _subjects)


def _subjects() -> Content:
    told = sections.subjects()
    counts = archive.under("", "", 1).counts
    context = {
        "contents": _terms("noi-dung", selectors.contents(), counts.get("content", {})),
        "groups": _terms(
            "nhom",
            [one for one in selectors.groups() if one["is_active"]],
            counts.get("group", {}),
        ),
        "tags": [
            {"name": tag, "href": subject_path("the", tag), "count": count}
            for tag, count in list(counts.get("tag", {}).items())[:60]
        ],
        "share": structured.for_page(SUBJECTS_PATH, told.title, told.intro),
    }
    return Content("website/subjects.html", context, Watch(ranges=EVERYTHING))


def _terms(kind: str, terms: list[dict[str, Any]], counts: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {**term, "href": subject_path(kind, term["code"]), "count": counts.get(term["code"], 0)}
        for term in terms
    ]


def subject_path(kind: str, value: str) -> str:
    return f"{SUBJECTS_PATH}{kind}/{structured.quote(value, safe='')}/"


@require_safe
def content(request: HttpRequest, code: str) -> HttpResponseBase:
    return _of_term(request, "noi-dung", "content", code, selectors.contents_all, _("Nội dung"))


@require_safe
def group(request: HttpRequest, code: str) -> HttpResponseBase:
    return _of_term(request, "nhom", "group", code, selectors.groups, _("Nhóm phụ nữ"))


def _of_term(request, kind: str, facet: str, code: str, known, kicker: str) -> HttpResponseBase:
    path = subject_path(kind, code)

    def make() -> Content:
        term = next((one for one in known() if one["code"] == code), None)
        if term is None:
            raise Http404
        context = {
            "title": term["name"],
            "kicker": kicker,
            "text": term["description"],
            "trail": [(sections.subjects().title, SUBJECTS_PATH)],
            "none": _("Chưa có bài nào về chủ đề này."),
            **_subject(facet, code, path, term["name"]),
        }
        return Content("website/subject.html", context, _watch(context, (f'"code":"{code}"',)))

    return answer(request, path, make)


@require_safe
def tag(request: HttpRequest, name: str) -> HttpResponseBase:
    path = subject_path("the", name)
    return answer(request, path, lambda: _tag(name, path))


def _tag(name: str, path: str) -> Content:
    """404 for a tag that nothing public has: an address made up says nothing."""
    if not 0 < len(name) <= 100:
        raise Http404
    context = {
        "title": name,
        "kicker": _("Thẻ"),
        "trail": [(sections.subjects().title, SUBJECTS_PATH)],
        **_subject("tag", name, path, name),
    }
    if not context["count"]:
        raise Http404
    return Content("website/subject.html", context, _watch(context, (f'"{name}"',)))


def _subject(facet: str, value: str, path: str, title: str) -> dict[str, Any]:
    """What the page of a unit or a subject shows, whichever it is."""
    told = archive.under(facet, value, STORIES, STORY_COLUMN)
    people = archive.under(facet, value, EXEMPLARS, EXEMPLAR_COLUMN)
    stories = selectors.of(told.uuids, Item.objects.public().stories())
    exemplars = selectors.of(people.uuids, Item.objects.public().exemplars())
    cards, faces = selectors.cards(stories, exemplars)
    return {
        "cards": cards,
        "exemplars": faces,
        "count": told.count + people.count,
        "stories_count": told.count,
        "exemplars_count": people.count,
        "archive_link": link("/luu-tru/", {facet: value}),
        "shown": [*stories, *exemplars],
        "share": structured.for_page(
            path,
            title,
            _("%(title)s: những câu chuyện và tấm gương phụ nữ Đất Tổ.") % {"title": title},
        ),
    }


def _watch(context: dict[str, Any], words: tuple[str, ...]) -> Watch:
    return Watch(shown(*context.pop("shown")), words=words)
