"""The archive's understanding for other rooms (`stories.releases.finding`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from search import curation
from search.answering import answered
from search.engines.base import EngineError, Results
from search.query import FACETS, MAX_LIMIT, ArchiveQuery, QueryError
from stories.releases import finding
from stories.releases.finding import Found, Wanted

MOST_PAGES: Final = 20  # of MAX_LIMIT entries: nobody reads on so far


def find(wanted: Wanted) -> Found:
    """Everything that an engine finds, page by page. Raises finding.Away."""
    chosen = {name: tuple(wanted.filters.get(name, ())) for name in FACETS}
    sort = "newest" if wanted.newest else "relevance"
    query = ArchiveQuery(q=wanted.q, sort=sort, limit=MAX_LIMIT, **chosen)
    first = _asked(query)
    suggestion = "" if first.count else first.suggestion or ""
    return Found(_pages(query, first), suggestion)


def _pages(query: ArchiveQuery, page: Results) -> Iterator[str]:
    seen = set()
    for _number in range(MOST_PAGES):
        for hit in page.hits:
            if hit.uuid not in seen:
                seen.add(hit.uuid)
                yield hit.uuid
        if not page.next:
            return
        page = _asked(replace(query, cursor=page.next))


def _asked(query: ArchiveQuery) -> Results:
    thesaurus = curation.current().thesaurus
    try:
        return answered(lambda engine: engine.search(query, thesaurus))
    except (EngineError, QueryError) as error:
        raise finding.Away from error


def register() -> None:
    finding.register(find)
