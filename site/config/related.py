"""The archive lends the website its sense of likeness: neither room knows the other."""

from __future__ import annotations

import logging

from search.answering import answered
from search.engines.base import EngineError

logger = logging.getLogger(__name__)


def alike(uuid: str, limit: int) -> list[str]:
    """As `stories.website.headless.related.Finder` asks."""
    try:
        return list(answered(lambda engine: engine.similar(uuid, limit)))
    except EngineError as error:
        logger.warning("related pages without the archive: %s", error)
        return []
