"""The archive for people, at /luu-tru/."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from search import services
from search.asked import tally
from search.engines.base import EngineError
from search.query import FACETS, ArchiveQuery, QueryError, parse
from stories.pages.models import ArchivePage

logger = logging.getLogger(__name__)
HEADINGS: Final = {
    "unit": gettext_lazy("Đơn vị"),
    "content": gettext_lazy("Nội dung thi đua"),
    "group": gettext_lazy("Nhóm đối tượng"),
    "kind": gettext_lazy("Loại điển hình"),
    "year": gettext_lazy("Năm"),
    "tag": gettext_lazy("Thẻ"),
    "column": gettext_lazy("Chuyên mục"),
}
SORTS: Final = {
    "relevance": gettext_lazy("Phù hợp nhất"),
    "newest": gettext_lazy("Mới nhất"),
    "oldest": gettext_lazy("Cũ nhất"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that changes the question."""

    value: str
    label: str
    url: str
    selected: bool
    count: int = 0
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The values of one facet."""

    name: str
    heading: str
    values: list[Choice]


@gzip_page
@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """Search, filter and browse. 400 for a bad parameter, 503 where the index is away."""
    query, results, error, status = ArchiveQuery(), None, "", 200
    try:
        query = parse(request.GET)
        results = services.search(query)
        if query.q and not query.cursor and not query.filters:
            tally.asked(query.q, found=results.count > 0)
    except QueryError as wrong:
        query = replace(query, q=query.q or request.GET.get("q", ""), cursor="")
        error, status = wrong.message, 400
    except EngineError:
        logger.exception("Archive search failed")
        error, status = _("Kho lưu trữ tạm thời chưa tìm được. Mời bạn thử lại sau ít phút."), 503
    return render(request, "search/archive.html", context(query, results, error), status=status)


def context(query: ArchiveQuery, results: services.Page | None, error: str) -> dict[str, object]:
    """What the template prints; every link is relative to the page itself."""
    groups = _groups(query, results) if results else []
    suggestion = (results and results.suggestion) or ""
    browsing = replace(query, cursor="", **dict.fromkeys(FACETS, ()))
    return {
        "page": ArchivePage.objects.filter(live=True).first(),
        "query": query,
        "hidden_params": [
            (name, value)
            for name, value in replace(query, cursor="").to_params()
            if name not in ("q", "limit")
        ],
        "error": error,
        "results": results,
        "facets": groups,
        "selected": [choice for group in groups for choice in group.values if choice.selected],
        "clear_url": _url(browsing),
        "sorts": _sorts(query),
        "next_url": _url(replace(query, cursor=results.next)) if results and results.next else "",
        "first_url": _url(replace(query, cursor="")) if query.cursor else "",
        "suggestion": suggestion,
        "suggestion_url": _url(query.asking(suggestion)) if suggestion else "",
        "searched": bool(query.q or query.filters),
    }


def _groups(query: ArchiveQuery, results: services.Page) -> list[Group]:
    groups = []
    for name, heading in HEADINGS.items():
        chosen = getattr(query, name)
        values = [
            Choice(
                value=value.value,
                label=value.label,
                url=_url(query.toggled(name, value.value)),
                selected=value.value in chosen,
                count=value.count,
                heading=str(heading),
            )
            for value in results.facets.get(name, ())
        ]
        if name == "year":
            values.sort(key=lambda choice: choice.value, reverse=True)
        if values:
            groups.append(Group(name, str(heading), values))
    return groups


def _sorts(query: ArchiveQuery) -> list[Choice]:
    """Without words nothing is more fitting than anything else: the newest come first."""
    default = "relevance" if query.q else "newest"
    chosen = query.sort if query.by_date and query.sort != "relevance" else default
    return [
        Choice(
            value,
            str(label),
            _url(replace(query, sort="relevance" if value == default else value, cursor="")),
            value == chosen,
        )
        for value, label in SORTS.items()
        if query.q or value != "relevance"
    ]


def _url(query: ArchiveQuery) -> str:
    return f"?{urlencode(query.to_params())}" if query.to_params() else "."
