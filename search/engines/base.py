"""The port: what the archive asks of a search engine, and nothing more."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Protocol

from search.documents import Document
from search.query import ArchiveQuery
from search.understanding.thesaurus import STANDARD, Thesaurus


class EngineError(RuntimeError):
    """The engine cannot answer just now (its file is damaged or locked, its server is away)."""


@dataclass(frozen=True, slots=True)
class Upsert:
    """Put this entry in, unless the index has seen a later release of it (`document.seq`)."""

    document: Document

    @property
    def uuid(self) -> str:
        return self.document.uuid

    @property
    def seq(self) -> int:
        return self.document.seq


@dataclass(frozen=True, slots=True)
class Delete:
    """Take this entry out and remember `seq`: no update that is not newer brings it back."""

    uuid: str
    seq: int


Change = Upsert | Delete

_until: ContextVar[float | None] = ContextVar("until", default=None)


@contextmanager
def hurrying(seconds: float) -> Iterator[None]:
    """Someone is waiting: whatever an engine does in this block may take so many seconds in all."""
    token = _until.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _until.reset(token)


def time_left(most: float) -> float:
    """How many seconds the next step may take, at most so many. Raises EngineError for none."""
    until = _until.get()
    left = most if until is None else min(most, until - time.monotonic())
    if left <= 0:
        raise EngineError("too slow")
    return left


def beats(change: Change, rival: Change) -> bool:
    """Whether the first of two changes to one entry holds."""
    return (change.seq, isinstance(change, Delete)) > (rival.seq, isinstance(rival, Delete))


def winners(changes: Iterable[Change]) -> list[Change]:
    """The one change to each entry that holds."""
    best: dict[str, Change] = {}
    for change in changes:
        rival = best.get(change.uuid)
        if rival is None or beats(change, rival):
            best[change.uuid] = change
    return list(best.values())


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry found, as it was at `seq`. `highlight` and `title` are safe HTML (`<mark>`)."""

    uuid: str
    seq: int
    highlight: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits. `facets` count as if the facet's own filter were off, commonest first."""

    count: int = 0
    hits: tuple[Hit, ...] = ()
    facets: dict[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    suggestion: str | None = None
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Completion:
    """What a reader may be typing. `kind` is title, person, unit or tag; `label` as it is spelt.

    `value` is what the archive is asked: a uuid for a title, a unit's code, a tag, or the name.
    """

    kind: str
    label: str
    value: str


class Engine(Protocol):
    """A search engine that follows the ledger. `name` is for people who look after it."""

    name: str

    def offset(self) -> int:
        """The last ledger place (`Release.seq`) that the index holds; 0 for an empty index."""
        ...

    def apply(self, changes: Iterable[Change], offset: int) -> None:
        """Apply the changes and move to `offset`, all or nothing; safe to repeat.

        Of two changes to one entry the greater `seq` wins, and a Delete over an Upsert of the same
        `seq`, in whatever order they come. An offset never goes back.
        """
        ...

    def search(self, query: ArchiveQuery, thesaurus: Thesaurus = STANDARD) -> Results:
        """Answer one question. Raises QueryError for a cursor of another query."""
        ...

    def complete(self, start: str, limit: int) -> tuple[Completion, ...]:
        """What the archive holds that begins so: titles, people, units, tags; the best first."""
        ...

    def similar(self, uuid: str, limit: int) -> tuple[str, ...]:
        """The uuids of the entries most like this one, which is not among them; () if unknown."""
        ...

    def entries(self) -> dict[str, int]:
        """uuid and `seq` of every entry that can be found; for checking against the ledger."""
        ...

    def holds(self, uuid: str) -> int | None:
        """The `seq` of one entry that can be found, or None."""
        ...

    def reset(self) -> None:
        """Forget everything. The caller holds `writing`."""
        ...

    def writing(self, *, wait: bool) -> AbstractContextManager[bool]:
        """Be the one writer among all processes; False where another is and `wait` is off."""
        ...

    def rebuilding(self) -> AbstractContextManager[Engine]:
        """An empty engine to fill, put in this one's place when the block ends without an error."""
        ...
