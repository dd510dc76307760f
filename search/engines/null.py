"""The engine of an installation without an archive: takes everything, finds nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from search.engines.base import Change, Completion, Engine, Results
from search.query import ArchiveQuery
from search.understanding.thesaurus import STANDARD, Thesaurus


class NullEngine:
    """Keeps up with the ledger (so that nothing waits for it) and holds no entry."""

    name = "null"

    def __init__(self) -> None:
        self._offset = 0

    def offset(self) -> int:
        return self._offset

    def apply(self, changes: Iterable[Change], offset: int) -> None:
        for _change in changes:
            pass
        self._offset = max(self._offset, offset)

    def search(self, query: ArchiveQuery, thesaurus: Thesaurus = STANDARD) -> Results:
        query.position()
        return Results()

    def complete(self, start: str, limit: int) -> tuple[Completion, ...]:
        return ()

    def similar(self, uuid: str, limit: int) -> tuple[str, ...]:
        return ()

    def entries(self) -> dict[str, int]:
        return {}

    def holds(self, uuid: str) -> int | None:
        return None

    def reset(self) -> None:
        self._offset = 0

    @contextmanager
    def writing(self, *, wait: bool) -> Iterator[bool]:
        yield True

    @contextmanager
    def rebuilding(self) -> Iterator[Engine]:
        self.reset()
        yield self
