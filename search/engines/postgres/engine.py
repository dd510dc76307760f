"""The PostgreSQL engine behind the port."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Final, TypeVar

import psycopg
from django.db import Error, connection, transaction
from django.db.backends.utils import CursorWrapper

from search.completing import Start
from search.engines.base import Change, Completion, Engine, EngineError, Results
from search.engines.embedded import EmbeddedEngine
from search.engines.embedded.kinship import Kinship
from search.engines.embedded.searching import Search
from search.engines.embedded.sets import TermSets
from search.engines.embedded.snapshot import Snapshot
from search.engines.postgres import layout, locks, store
from search.engines.postgres.completer import Completer
from search.engines.postgres.view import PostgresView
from search.query import ArchiveQuery
from search.understanding import Lexicon
from search.understanding.thesaurus import STANDARD, Thesaurus

Answer = TypeVar("Answer")
REGISTER: Final = "archive_index"
# Between finding which tables are in use and reading them, others may have taken their place.
TRIES: Final = 4
# Milliseconds for one statement of a search.
PATIENCE: Final = 1000
# Everything is found by its key or by a term, never by going through a table.
_READING: Final = (
    "SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true),"
    " set_config('max_parallel_workers_per_gather', '0', true)"
)
_SEARCHING: Final = f"SET LOCAL statement_timeout = {PATIENCE}"


class _Missing(Exception):
    """There is no index of this version."""


class _Moved(Exception):
    """The index in use is not the one that was looked at; look again."""


@dataclass(slots=True)
class _Known:
    """What the threads of a process share about one index: the last snapshot, the sets read."""

    token: str
    snapshot: Snapshot = field(default_factory=Snapshot)
    sets: TermSets = field(default_factory=TermSets)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def refreshed(self, cursor: CursorWrapper, index: layout.Index) -> Snapshot:
        """The snapshot of what the transaction sees. Raises _Moved where another saw more."""
        with self.lock:
            old = self.snapshot
            if old.generation < index.generation:
                found = store.news(cursor, index, old.last_doc, old.last_gone)
                self.snapshot = old.refreshed(index.generation, found)
            if self.snapshot.generation != index.generation:
                raise _Moved
            return self.snapshot


class PostgresEngine:
    """`search.engines.base.Engine` over tables in the main database, which is PostgreSQL.

    `words` lends the vocabulary. `register` names the table that says which index is in use; the
    others are named after it. Safe with any number of threads and processes.
    """

    name = "postgresql"

    def __init__(
        self, words: EmbeddedEngine, register: str = REGISTER, filling: layout.Index | None = None
    ) -> None:
        self.words = words
        self.register = register
        self.number = filling.number if filling else None
        self._shared: _Known | None = None
        self._lock = threading.Lock()

    # The port

    def offset(self) -> int:
        return self._read(lambda _cursor, index: index.offset)

    def apply(self, changes: Iterable[Change], offset: int) -> None:
        changes = list(changes)

        def write() -> None:
            with transaction.atomic(), connection.cursor() as cursor:
                index = self._index(cursor, lock=True)
                store.Writer(cursor, index).apply(changes, offset)
                layout.settle(cursor, index)

        self._answered(write)

    def search(self, query: ArchiveQuery, thesaurus: Thesaurus = STANDARD) -> Results:
        position = query.position()
        return self._found(lambda *view: Search(query, thesaurus, *view).page(position))

    def complete(self, start: str, limit: int) -> tuple[Completion, ...]:
        begun = Start.of(start)
        if begun is None or limit < 1:
            return ()
        return self._found(lambda *view: Completer(*view).complete(begun, limit))

    def similar(self, uuid: str, limit: int) -> tuple[str, ...]:
        return self._found(lambda *view: Kinship(*view).nearest(uuid, limit))

    def entries(self) -> dict[str, int]:
        return dict(self._rows("SELECT uuid, seq FROM {doc}"))

    def holds(self, uuid: str) -> int | None:
        rows = self._rows("SELECT seq FROM {entry} WHERE uuid = %s AND doc IS NOT NULL", uuid)
        return rows[0][0] if rows else None

    def reset(self) -> None:
        index = self._read(lambda _cursor, index: index)
        with _failures(self.register):
            layout.begin(self.register, instead_of=index)

    @contextmanager
    def writing(self, *, wait: bool) -> Iterator[bool]:
        with ExitStack() as block:
            with _failures(self.register):
                held = locks.held(f"{self.register} writing", wait=wait)
                mine = block.enter_context(held)
            yield mine

    @contextmanager
    def rebuilding(self) -> Iterator[Engine]:
        """The caller holds `writing`. The new index is put in place when the block ends well."""
        with _failures(self.register):
            layout.sweep(self.register)
            index = layout.create(self.register)
        try:
            yield PostgresEngine(self.words, self.register, filling=index)
            with _failures(self.register):
                layout.complete(index)
        except BaseException:
            with _failures(self.register):
                layout.discard(index)
            raise

    def close(self) -> None:
        """Close this thread's connection, unless it is in the midst of something."""
        if not connection.in_atomic_block:
            connection.close()

    # Transactions

    def _answered(self, work: Callable[[], Answer]) -> Answer:
        """What comes of it. Where there are no tables yet, or others by now, it is tried again."""
        with _failures(self.register):
            for _try in range(TRIES):
                try:
                    return work()
                except _Moved:
                    continue
                except _Missing:
                    pass
                except Error as error:
                    if not isinstance(error.__cause__, psycopg.errors.UndefinedTable):
                        raise
                if self.number is not None:
                    break
                layout.begin(self.register)
        raise EngineError(f"Archive index {self.register} was taken away meanwhile")

    def _index(self, cursor: CursorWrapper, *, lock: bool = False) -> layout.Index:
        index = layout.find(cursor, self.register, self.number, lock=lock)
        if index is None:
            raise _Missing
        return index

    def _read(self, ask: Callable[[CursorWrapper, layout.Index], Answer]) -> Answer:
        """Ask a thing or two, harming no transaction that this happens in."""

        def read() -> Answer:
            apart = transaction.atomic() if connection.in_atomic_block else nullcontext()
            with apart, connection.cursor() as cursor:
                return ask(cursor, self._index(cursor))

        return self._answered(read)

    def _rows(self, statement: str, *values: object) -> list[tuple]:
        def ask(cursor: CursorWrapper, index: layout.Index) -> list[tuple]:
            cursor.execute(index.named(statement), values)
            return cursor.fetchall()

        return self._read(ask)

    def _found(self, find: Callable[[PostgresView, Snapshot, Lexicon], Answer]) -> Answer:
        def found() -> Answer:
            with self._reading() as (snapshot, view), self.words.vocabulary() as lexicon:
                return find(view, snapshot, lexicon)

        return self._answered(found)

    @contextmanager
    def _reading(self) -> Iterator[tuple[Snapshot, PostgresView]]:
        """One consistent view: what the transaction sees is what the snapshot knows."""
        nested = connection.in_atomic_block
        with transaction.atomic(), connection.cursor() as cursor:
            if not nested:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute(_READING)
            index = self._index(cursor)
            # What a transaction wrote and may take back is nobody else's to know.
            known = _Known(index.token) if nested else self._known(index.token)
            snapshot = known.refreshed(cursor, index)
            cursor.execute(_SEARCHING)
            last_doc, alive = snapshot.last_doc, snapshot.alive
            yield snapshot, PostgresView(cursor, index, known.sets, last_doc, alive)
            # Nothing was written, and the settings go back with the rest.
            transaction.set_rollback(True)

    def _known(self, token: str) -> _Known:
        with self._lock:
            if self._shared is None or self._shared.token != token:
                self._shared = _Known(token)
            return self._shared


@contextmanager
def _failures(register: str) -> Iterator[None]:
    try:
        yield
    except (Error, psycopg.Error) as error:
        raise EngineError(f"Archive index {register}: {error}") from error
