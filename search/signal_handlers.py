"""The archive follows a release as soon as it is committed."""

from __future__ import annotations

import logging
from typing import Any

from django.db import DatabaseError

from search import reader
from search.engines import kept_engines
from search.engines.base import EngineError

logger = logging.getLogger(__name__)


def on_released(sender: Any, seq: int, **kwargs: Any) -> None:
    """Best effort: publishing never fails for the archive's sake; the next search catches up."""
    for engine in kept_engines():
        try:
            reader.catch_up(engine, wait=False)
        except (EngineError, DatabaseError, OSError):
            logger.exception("Archive index %s not up to release %s yet", engine.name, seq)
