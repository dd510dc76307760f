"""The archive for people, at /luu-tru/."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from search import overview, services
from search.asked import tally
from search.engines.base import EngineError
from search.query import FACETS, ArchiveQuery, QueryError, own, parse
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
    """A link that changes the question; `below` are those of the units under this one."""

    value: str
    label: str
    url: str
    selected: bool
    count: int = 0
    heading: str = ""
    below: list[Choice] = field(default_factory=list)

    @property
    def selected_below(self) -> bool:
        return any(one.selected or one.selected_below for one in self.below)


@dataclass(frozen=True, slots=True)
class Group:
    """The values of one facet."""

    name: str
    heading: str
    values: list[Choice]

    @property
    def selected(self) -> bool:
        return any(one.selected or one.selected_below for one in self.values)


@dataclass(slots=True)
class Asked:
    """A request's question and what came of it; `meant` as in `answer`."""

    query: ArchiveQuery = field(default_factory=ArchiveQuery)
    results: services.Page | None = None
    meant: str = ""
    error: str = ""
    status: int = 200


@gzip_page
@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """Search, filter and browse. 400 for a bad parameter, 503 where the index is away."""
    asked = ask(request)
    if "X-As-Typed" not in request.headers:  # half a word is no question
        _count(asked)
    shown = context(asked.query, asked.results, asked.error, asked.meant)
    return render(request, "search/archive.html", shown, status=asked.status)


def _count(asked: Asked) -> None:
    """A question's first page, without filters: what people look for."""
    query = asked.query
    if asked.results is not None and query.q and not query.cursor and not query.filters:
        tally.asked(query.q, found=asked.results.count > 0 and not asked.meant)


def ask(request: HttpRequest) -> Asked:
    """Answer the question in the address; what goes wrong is told in `error` and `status`."""
    asked = Asked()
    try:
        asked.query = parse(own(request.GET))
        asked.results, asked.meant = answer(asked.query)
    except QueryError as wrong:
        typed = asked.query.q or request.GET.get("q", "")
        asked.query = replace(asked.query, q=typed, cursor="")
        asked.error, asked.status = wrong.message, 400
    except EngineError:
        logger.exception("Archive search failed")
        asked.error = _("Kho lưu trữ tạm thời chưa tìm được. Mời bạn thử lại sau ít phút.")
        asked.status = 503
    return asked


def answer(query: ArchiveQuery) -> tuple[services.Page, str]:
    """The results, and what was asked instead where nothing stands as it was typed ("" else).

    Raises QueryError and EngineError as `services.search`.
    """
    results = services.search(query)
    if results.suggestion:
        instead = services.search(query.asking(results.suggestion))
        if instead.count:
            return instead, results.suggestion
    return results, ""


def context(
    query: ArchiveQuery, results: services.Page | None, error: str, meant: str = ""
) -> dict[str, object]:
    """What the template prints; every link is relative to the page itself.

    `meant`: the words that `results` answer, where they are not the typed ones.
    """
    typed = query
    if meant:
        query = query.asking(meant)
    groups = _groups(query, results) if results else []
    suggestion = "" if meant else (results and results.suggestion) or ""
    browsing = replace(query, cursor="", **dict.fromkeys(FACETS, ()))
    return {
        "page": ArchivePage.objects.filter(live=True).first(),
        "query": typed,
        "meant": meant,
        "hidden_params": [
            (name, value)
            for name, value in replace(query, cursor="").to_params()
            if name not in ("q", "limit")
        ],
        "error": error,
        "filtered": bool(query.filters),
        "results": results,
        "facets": groups,
        "selected": [choice for group in groups for choice in _chosen(group.values)],
        "clear_url": _url(browsing),
        "sorts": _sorts(query),
        "next_url": _url(replace(query, cursor=results.next)) if results and results.next else "",
        "first_url": _url(replace(query, cursor="")) if query.cursor else "",
        "suggestion": suggestion,
        "suggestion_url": _url(query.asking(suggestion)) if suggestion else "",
        "searched": bool(query.q or query.filters),
        "columns": overview.columns(query, results) if results else [],
        "tiles": overview.places(query, results) if results and results.count else [],
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
        if name == "unit":
            values = _tree(values, {v.value: v.parent for v in results.facets.get(name, ())})
        if values:
            groups.append(Group(name, str(heading), values))
    return groups


def _tree(units: list[Choice], parents: dict[str, str]) -> list[Choice]:
    """Each unit under the one above it, where that is shown; what is alone at the top, opened."""
    by_code = {unit.value: unit for unit in units}
    top = []
    for unit in units:
        above = by_code.get(parents[unit.value])
        (above.below if above else top).append(unit)
    if len(top) == 1:
        top += top[0].below
        top[0].below.clear()
    return top


def _chosen(choices: list[Choice]) -> Iterator[Choice]:
    for choice in choices:
        if choice.selected:
            yield choice
        yield from _chosen(choice.below)


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
