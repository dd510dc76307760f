"""The list of exemplars, by kind and group."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stories.pages.models import ExemplarIndexPage
from stories.pages.models.choices import ExemplarKind
from stories.website import page_cache, selectors, structured
from stories.website.page_cache import Content
from stories.website.sections import section
from stories.website.views.common import EXEMPLARS_PATH, anchors, link, paging, place_in
from stories.website.watching import Watch, shown

SIZE = 24


@require_safe
def exemplars(request: HttpRequest) -> HttpResponseBase:
    """`?kind=` and `?group=` narrow by code (404 for an unknown group); paged as the column is."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in ExemplarKind.values else ""
    group, place = request.GET.get("group", ""), place_in(request)
    key = f"{EXEMPLARS_PATH}?{urlencode({'kind': kind, 'group': group, **place})}"
    return page_cache.respond(request, key, lambda: _exemplars(kind, group, place))


def _exemplars(kind: str, group: str, place: dict[str, str]) -> Content:
    groups = selectors.groups()
    if group and group not in {known["code"] for known in groups}:
        raise Http404
    groups = [known for known in groups if known["is_active"] or known["code"] == group]
    before, after = anchors(place, "exemplar")
    page = selectors.listing(
        selectors.exemplars_like(kind, group), size=SIZE, before=before, after=after
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
            link(EXEMPLARS_PATH, {"kind": kind, "group": group, **place}),
            intro.title,
            strip_tags(intro.intro),
        ),
        **paging(EXEMPLARS_PATH, page, {"kind": kind, "group": group}),
    }
    watch = Watch(shown(*page.payloads), (("exemplar", *page.dates),))
    return Content("website/exemplar_index.html", context, watch)


def _choices(
    name: str, terms: list[dict[str, Any]], chosen: str, kept: dict[str, str], everything: str
) -> list[dict[str, Any]]:
    """Links that choose one of the terms and keep the other filter."""
    options = [{"code": "", "name": everything}, *terms]
    return [
        {
            "name": option["name"],
            "href": link(EXEMPLARS_PATH, {**kept, name: option["code"]}),
            "chosen": option["code"] == chosen,
        }
        for option in options
    ]
