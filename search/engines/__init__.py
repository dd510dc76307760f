"""Search engines behind one port; which one serves is a setting.

The embedded index is always kept: it holds the vocabulary that questions are understood by, and it
answers while the chosen engine is away.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from search.engines.base import Engine
from search.engines.embedded import EmbeddedEngine


def embedded() -> EmbeddedEngine:
    """The embedded engine of this process and place."""
    return _open_embedded(index_path())


# Bounded: tests have an index each, and an engine holds its file open.
@lru_cache(maxsize=4)
def _open_embedded(path: Path) -> EmbeddedEngine:
    return EmbeddedEngine(path)


@cache
def _null() -> Engine:
    from search.engines.null import NullEngine

    return NullEngine()


def _postgresql() -> Engine:
    return _open_postgresql(index_path())


@lru_cache(maxsize=4)
def _open_postgresql(path: Path) -> Engine:
    from search.engines.postgres import PostgresEngine

    return PostgresEngine(_open_embedded(path))


def _elasticsearch() -> Engine:
    return _open_elasticsearch(
        tuple(settings.ELASTICSEARCH_URL),
        settings.ELASTICSEARCH_API_KEY,
        settings.ELASTICSEARCH_INDEX,
        embedded(),
    )


@lru_cache(maxsize=4)
def _open_elasticsearch(
    urls: tuple[str, ...], api_key: str, alias: str, words: EmbeddedEngine
) -> Engine:
    # The client library is only loaded where it is used.
    from search.engines.elastic import ElasticEngine, Server

    return ElasticEngine(Server(urls, api_key), alias, words)


ENGINES: Final[dict[str, Callable[[], Engine]]] = {
    "elasticsearch": _elasticsearch,
    "embedded": embedded,
    "null": _null,
    "postgresql": _postgresql,
}


def index_path() -> Path:
    """Where the embedded engine keeps its index (`ARCHIVE_INDEX_PATH`)."""
    chosen = getattr(settings, "ARCHIVE_INDEX_PATH", None)
    return Path(chosen) if chosen else Path(settings.VAR_DIR) / "archive.sqlite3"


def get_engine() -> Engine:
    """The engine that `ARCHIVE_ENGINE` names ("embedded" unless set)."""
    name = getattr(settings, "ARCHIVE_ENGINE", "embedded")
    try:
        return ENGINES[name]()
    except KeyError:
        known = ", ".join(sorted(ENGINES))
        raise ImproperlyConfigured(f"ARCHIVE_ENGINE={name!r}: choose one of {known}") from None


def kept_engines() -> tuple[Engine, ...]:
    """Every index that follows the ledger: the chosen engine's first, then the embedded one."""
    chosen = get_engine()
    if chosen.name in ("embedded", "null"):
        return (chosen,)
    return chosen, embedded()
