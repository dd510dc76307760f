"""What the website asks of the archive (`settings.WEBSITE_ARCHIVE` names this module).

The website and the archive are rooms side by side: neither imports the other. Answers are uuids and
numbers; what they look like is the website's, and what is public the ledger's.
"""

from __future__ import annotations

import logging
from typing import Any

from search import curation
from search.answering import answered
from search.engines.base import EngineError
from search.query import ArchiveQuery

logger = logging.getLogger(__name__)


def similar(uuid: str, limit: int) -> list[str]:
    """Entries most like this one, the most alike first; [] where the archive is away."""
    try:
        return list(answered(lambda engine: engine.similar(uuid, limit)))
    except EngineError:
        logger.exception("No similar entries")
        return []


def under(
    facet: str, value: str, limit: int, column: str = ""
) -> tuple[list[str], dict[str, dict[str, int]]] | None:
    """The newest entries that have the facet's value, and how many have which other values.

    `column`: only stories (`phu-nu-dat-to`) or exemplars (`dien-hinh`). None where the archive is
    away.
    """
    chosen: dict[str, Any] = {facet: (value,)} if facet else {}
    if column:
        chosen["column"] = (column,)
    query = ArchiveQuery(limit=limit, sort="newest", **chosen)
    thesaurus = curation.current().thesaurus
    try:
        results = answered(lambda engine: engine.search(query, thesaurus))
    except EngineError:
        logger.exception("Archive not read for the website")
        return None
    counts = {
        name: {one.value: one.count for one in values} for name, values in results.facets.items()
    }
    return [hit.uuid for hit in results.hits], counts | {"": {"": results.count}}
