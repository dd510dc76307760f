"""The Elasticsearch engine behind the port."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any, Final

from search.engines import locks
from search.engines.base import Change, Completion, Engine, EngineError, Results
from search.engines.elastic import completing, likeness, writing
from search.engines.elastic.dsl import NotFoundError
from search.engines.elastic.indices import Indices
from search.engines.elastic.searching import Searching
from search.engines.elastic.server import WRITE_SECONDS, Budget, Server
from search.engines.embedded import EmbeddedEngine
from search.query import ArchiveQuery
from search.understanding.thesaurus import STANDARD, Thesaurus

AT_ONCE: Final = 10_000
# One request keeps one core of a server busy.
SENDERS: Final = 2


class ElasticEngine:
    """`search.engines.base.Engine` over an alias of an Elasticsearch cluster.

    `words` is the embedded index beside it: questions are understood by its vocabulary.
    """

    name = "elasticsearch"

    def __init__(self, server: Server, alias: str, words: EmbeddedEngine) -> None:
        self.server = server
        self.alias = alias
        self.words = words
        self.indices = Indices(server, alias)
        # What is read and written: an alias, always.
        self.index = alias

    # The port

    def offset(self) -> int:
        return writing.offset(self.server, self.index)

    def apply(self, changes: Iterable[Change], offset: int) -> None:
        """A part may be done when this fails; repeating completes it."""
        actions, taken_out = writing.actions(changes)
        self.indices.ensure()
        if actions:
            writing.send(self.server, self.index, actions)
            # Before the offset: who sees that finds what was written.
            self.indices.refresh(self.index)
        writing.write_offset(self.server, self.index, offset)
        if taken_out:
            self.indices.expunge(self.index)

    def search(self, query: ArchiveQuery, thesaurus: Thesaurus = STANDARD) -> Results:
        position = query.position()
        budget = Budget(self.server)
        with self.words.vocabulary() as lexicon:
            return Searching(query, thesaurus, lexicon, budget, self.index).page(position)

    def complete(self, start: str, limit: int) -> tuple[Completion, ...]:
        return completing.complete(Budget(self.server), self.index, start, limit)

    def similar(self, uuid: str, limit: int) -> tuple[str, ...]:
        budget = Budget(self.server)
        return likeness.similar(budget, self.index, uuid, limit)

    def entries(self) -> dict[str, int]:
        found: dict[str, int] = {}
        body: dict[str, Any] = {
            "size": AT_ONCE,
            "query": {"term": {"live": True}},
            "_source": False,
            "docvalue_fields": ["seq"],
            "sort": ["seq"],
            "track_total_hits": False,
        }
        while True:
            (answer,) = Budget(self.server, seconds=WRITE_SECONDS).ask(self.index, [body])
            hits = answer["hits"]["hits"]
            found.update((hit["_id"], hit["fields"]["seq"][0]) for hit in hits)
            if len(hits) < AT_ONCE:
                return found
            body["search_after"] = hits[-1]["sort"]

    def holds(self, uuid: str) -> int | None:
        with self.server.reading() as client:
            try:
                held = client.get(index=self.index, id=uuid, source_includes=["live", "seq"])
            except NotFoundError:
                return None
        source = held["_source"]
        return source["seq"] if source.get("live") and "seq" in source else None

    def reset(self) -> None:
        self.indices.begin()

    @contextmanager
    def writing(self, *, wait: bool) -> Iterator[bool]:
        with locks.writer(f"{self.name}-{self.alias}", wait=wait) as mine:
            yield mine

    @contextmanager
    def rebuilding(self) -> Iterator[Engine]:
        """The caller holds `writing`. The alias leads to the new index when the block ends well."""
        self.indices.sweep()
        new = self.indices.create(filling=True)
        try:
            with _Filling(self) as fresh:
                yield fresh
            self.indices.serve(new)
            self.indices.put_in_place(new)
        except BaseException:
            # Swept, not removed by name: it may serve already, and only the answer was lost.
            # Where the server is away the next rebuild sweeps.
            with suppress(EngineError):
                self.indices.sweep()
            raise

    def close(self) -> None:
        """Close this thread's connection to the vocabulary; the client's are shared."""
        self.words.close()


class _Filling(ElasticEngine):
    """An index that nobody reads yet: written to by some requests at once, found when in place.

    What fails is told by the next `apply`, or at the end.
    """

    def __init__(self, engine: ElasticEngine) -> None:
        super().__init__(engine.server, engine.alias, engine.words)
        self.index = self.indices.filling
        self._reached = 0
        self._sending: deque[Future[None]] = deque()
        self._aside = ThreadPoolExecutor(SENDERS)

    def offset(self) -> int:
        return self._reached

    def apply(self, changes: Iterable[Change], offset: int) -> None:
        actions, _taken_out = writing.actions(changes)
        self._wait(SENDERS - 1)
        sending = self._aside.submit(writing.send, self.server, self.index, actions)
        self._sending.append(sending)
        self._reached = max(self._reached, offset)

    def _wait(self, most: int) -> None:
        """Until no more than so many requests are under way."""
        while len(self._sending) > most:
            self._sending.popleft().result()

    def __enter__(self) -> _Filling:
        return self

    def __exit__(self, kind: type[BaseException] | None, *args: object) -> None:
        try:
            if kind is None:
                self._wait(0)
                writing.write_offset(self.server, self.index, self._reached)
        finally:
            self._aside.shutdown(wait=True, cancel_futures=True)
