"""Search engines behind one port; which one serves is a setting."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from search.engines.base import Engine


def _embedded() -> Engine:
    from search.engines.embedded import EmbeddedEngine

    return _open_embedded(EmbeddedEngine, index_path())


# Bounded: tests have an index each, and an engine holds its file open.
@lru_cache(maxsize=4)
def _open_embedded(engine: Callable[[Path], Engine], path: Path) -> Engine:
    return engine(path)


@cache
def _null() -> Engine:
    from search.engines.null import NullEngine

    return NullEngine()


ENGINES: Final[dict[str, Callable[[], Engine]]] = {"embedded": _embedded, "null": _null}


def index_path() -> Path:
    """Where the embedded engine keeps its index (`ARCHIVE_INDEX_PATH`)."""
    chosen = getattr(settings, "ARCHIVE_INDEX_PATH", None)
    return Path(chosen) if chosen else Path(settings.VAR_DIR) / "archive.sqlite3"


def get_engine() -> Engine:
    """The engine that `ARCHIVE_ENGINE` names ("embedded" unless set), one per process and place."""
    name = getattr(settings, "ARCHIVE_ENGINE", "embedded")
    try:
        return ENGINES[name]()
    except KeyError:
        known = ", ".join(sorted(ENGINES))
        raise ImproperlyConfigured(f"ARCHIVE_ENGINE={name!r}: choose one of {known}") from None
