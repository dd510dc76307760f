"""The archive for the staff, at /quan-tri/luu-tru/: the same question, and its list to take along.

Open to whoever may use the admin; nothing here is not public.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from itertools import chain, islice
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import spreadsheets
from search import exporting, views
from search.engines.base import EngineError
from search.query import ArchiveQuery, QueryError, own, parse

logger = logging.getLogger(__name__)


@require_safe
def archive_desk(request: HttpRequest) -> HttpResponseBase:
    """`/quan-tri/luu-tru/`: as the archive's page. 400 and 503 as there."""
    asked = views.ask(request)
    query = asked.query.asking(asked.meant) if asked.meant else asked.query
    context = views.context(asked.query, asked.results, asked.error, asked.meant) | {
        "title": _("Kho lưu trữ"),
        "icon": "folder-open-inverse",
        "question": urlencode(replace(query, cursor="", limit=20).to_params()),
        "most": exporting.MOST,
    }
    return render(request, "search/desk.html", context, status=asked.status)


@require_safe
def as_csv(request: HttpRequest) -> HttpResponseBase:
    """The results of a question as CSV, written while it is sent."""
    return _download(request, "csv")


@require_safe
def as_xlsx(request: HttpRequest) -> HttpResponseBase:
    """The results of a question for Excel."""
    return _download(request, "xlsx")


def _download(request: HttpRequest, ending: str) -> HttpResponseBase:
    """What can't be answered leads back to the page, which says why."""
    try:
        query = _meant(parse(own(request.GET)))
        rows = exporting.rows(query)
        # The first row before the answer begins: later a failure could not be told any more.
        rows = chain(list(islice(rows, 1)), rows)
    except (QueryError, EngineError):
        return redirect(f"{reverse('archive_desk')}?{request.GET.urlencode()}")
    title = _("Kho lưu trữ")
    return spreadsheets.download(ending, "kho-luu-tru", title, exporting.COLUMNS, rows)


def _meant(query: ArchiveQuery) -> ArchiveQuery:
    """The question whose results the page shows."""
    _results, meant = views.answer(replace(query, cursor="", limit=1))
    return query.asking(meant) if meant else query
