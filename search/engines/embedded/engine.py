"""The embedded engine behind the port."""

# ruff: noqa: S608 - what is put into statements here are table names and numbers of our own
from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from search.engines.base import Change, Completion, Engine, EngineError, Hit, Results
from search.engines.embedded import files, store
from search.engines.embedded.lexicon import IndexLexicon
from search.engines.embedded.matching import Found, Matcher
from search.engines.embedded.sets import TermSets, View
from search.engines.embedded.snapshot import Snapshot
from search.highlight import Wanted, fragment, marked
from search.query import ArchiveQuery, Position
from search.understanding import Lexicon
from search.understanding.thesaurus import STANDARD, Thesaurus


class _Open:
    """What a process shares about one index file: the last snapshot, the sets read so far."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.snapshot = Snapshot()
        self.sets = TermSets()
        self.lock = threading.Lock()


class EmbeddedEngine:
    """`search.engines.base.Engine` over SQLite FTS5.

    Safe with any number of threads and processes.
    """

    name = "embedded"

    def __init__(self, path: Path) -> None:
        self.files = files.IndexFiles(Path(path))
        self._bulk_writer: store.Writer | None = None
        self._open: _Open | None = None
        self._lock = threading.Lock()
        self._local = threading.local()

    # The port

    def offset(self) -> int:
        with self._connected() as (db, _opened):
            return _meta(db, "offset")

    def apply(self, changes: Iterable[Change], offset: int) -> None:
        with self._connected() as (db, _opened):
            db.execute("BEGIN IMMEDIATE")
            try:
                writer = self._bulk_writer or store.Writer(db)
                writer.apply(changes)
                if writer is not self._bulk_writer or writer.heavy:
                    writer.finish()
                db.execute("UPDATE meta SET value = max(value, ?) WHERE key = 'offset'", (offset,))
                db.execute("UPDATE meta SET value = value + 1 WHERE key = 'generation'")
                db.execute("COMMIT")
            except BaseException:
                db.execute("ROLLBACK")
                raise

    def search(self, query: ArchiveQuery, thesaurus: Thesaurus = STANDARD) -> Results:
        position = query.position()
        with self._reading() as (db, snapshot, view):
            return _Search(query, thesaurus, db, snapshot, view).page(position)

    def complete(self, start: str, limit: int) -> tuple[Completion, ...]:
        return ()

    def similar(self, uuid: str, limit: int) -> tuple[str, ...]:
        return ()

    @contextmanager
    def vocabulary(self) -> Iterator[Lexicon]:
        """The archive's words, for engines that have none of their own."""
        with self._connected() as (db, _opened):
            yield IndexLexicon(db)

    def entries(self) -> dict[str, int]:
        with self._connected() as (db, _opened):
            return dict(db.execute("SELECT uuid, seq FROM doc"))

    def holds(self, uuid: str) -> int | None:
        with self._connected() as (db, _opened):
            row = db.execute(
                "SELECT seq FROM entry WHERE uuid = ? AND doc IS NOT NULL", (uuid,)
            ).fetchone()
        return row[0] if row else None

    def reset(self) -> None:
        self.files.begin(instead_of=self.files.current())

    @contextmanager
    def writing(self, *, wait: bool) -> Iterator[bool]:
        with self.files.writing(wait=wait) as mine:
            yield mine

    @contextmanager
    def rebuilding(self) -> Iterator[Engine]:
        """The caller holds `writing`. The new file is put in place when the block ends well."""
        self.files.sweep()
        new = self.files.next()
        files.create(new)
        engine = EmbeddedEngine(new)
        try:
            with engine._in_bulk():
                yield engine
            engine.close()
            self.files.swap_in(new)
        except BaseException:
            engine.close()
            files.remove(new)
            raise

    @contextmanager
    def _in_bulk(self) -> Iterator[None]:
        """Fill a file that nobody reads yet: no waiting for the disk, counts written at the end."""
        with self._connected() as (db, _opened):
            files.relax(db)
            self._bulk_writer = store.Writer(db, bulk=True)
            yield
            writer, self._bulk_writer = self._bulk_writer, None
            db.execute("BEGIN IMMEDIATE")
            writer.finish()
            db.execute("COMMIT")
            files.settle(db)
            writer.count_words()
            files.secure(db)

    def close(self) -> None:
        """Close this thread's connection."""
        held = getattr(self._local, "held", None)
        if held is not None:
            self._local.held = None
            held[1].close()

    # Connections

    @contextmanager
    def _connected(self) -> Iterator[tuple[sqlite3.Connection, _Open]]:
        """This thread's connection to the file in use now."""
        try:
            yield self._connect()
        except sqlite3.OperationalError as error:
            raise EngineError(f"Archive index {self.files.link}: {error}") from error
        except sqlite3.DatabaseError as error:
            raise EngineError(f"Archive index {self.files.link} is damaged: {error}") from error

    def _connect(self) -> tuple[sqlite3.Connection, _Open]:
        path = self.files.current()
        held = getattr(self._local, "held", None)
        if held is not None and held[0] == (os.getpid(), path):
            return held[1], held[2]
        self.close()
        if path is None or not files.is_readable(path):
            # None yet, or one of another version: start afresh, the ledger has everything.
            path = self.files.begin(instead_of=path)
        with self._lock:
            if self._open is None or self._open.path != path:
                self._open = _Open(path)
            opened = self._open
        db = files.connect(path)
        self._local.held = ((os.getpid(), path), db, opened)
        return db, opened

    @contextmanager
    def _reading(self) -> Iterator[tuple[sqlite3.Connection, Snapshot, View]]:
        """One consistent view: the file's and the snapshot's generation are the same."""
        with self._connected() as (db, opened):
            try:
                while True:
                    db.execute("BEGIN")
                    generation = _meta(db, "generation")
                    with opened.lock:
                        if opened.snapshot.generation < generation:
                            opened.snapshot = opened.snapshot.refreshed(db, generation)
                        snapshot = opened.snapshot
                    if snapshot.generation == generation:
                        break
                    # Another thread has read further meanwhile; see as much.
                    db.execute("COMMIT")
                yield db, snapshot, View(db, opened.sets, snapshot.last_doc, snapshot.alive)
            finally:
                if db.in_transaction:
                    db.execute("COMMIT")


def _meta(db: sqlite3.Connection, key: str) -> int:
    return db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()[0]


class _Search:
    """One question, from the view to a page of hits."""

    def __init__(
        self,
        query: ArchiveQuery,
        thesaurus: Thesaurus,
        db: sqlite3.Connection,
        snapshot: Snapshot,
        view: View,
    ) -> None:
        self.query = query
        self.thesaurus = thesaurus
        self.db = db
        self.snapshot = snapshot
        self.by_date = query.by_date
        self.oldest = query.sort == "oldest"
        self.matcher = Matcher(db, view, snapshot)

    def page(self, position: Position | None) -> Results:
        allowed = self.snapshot.alive
        for name, values in self.query.filters.items():
            allowed &= self.snapshot.chosen(name, values)
        found = self._found(allowed)
        held = found.bits & allowed
        if self.by_date:
            docs, following = self._by_date(held, position)
        else:
            docs, following = self._by_rank(held, found.ranked, position)
        return Results(
            count=held.bit_count(),
            hits=self._hits(docs, found),
            facets=self.snapshot.count_facets(found.bits, self.query.filters),
            suggestion=found.suggestion,
            next=following,
        )

    def _found(self, allowed: int) -> Found:
        if not self.query.q:
            return Found(self.snapshot.alive)
        return self.matcher.find(self.query.q, allowed, self.thesaurus, rank=not self.by_date)

    def _by_date(self, held: int, position: Position | None) -> tuple[list[int], str | None]:
        limit = self.query.limit
        order = self.snapshot.earliest if self.oldest else self.snapshot.latest
        docs = order(held, limit + 1, position.key if position else None)
        if len(docs) <= limit:
            return docs, None
        docs = docs[:limit]
        shown = (position.shown if position else 0) + limit
        return docs, self.query.at(Position(shown, self.snapshot.keys[docs[-1]]))

    def _by_rank(
        self, held: int, ranked: list[int], position: Position | None
    ) -> tuple[list[int], str | None]:
        """The ranked ones, then all others, the newest first."""
        limit = self.query.limit
        start = position.shown if position else 0
        docs = ranked[start : start + limit]
        if len(docs) < limit:
            rest = held
            for doc in ranked:
                rest &= ~(1 << doc)
            skip = max(0, start - len(ranked))
            docs += self.snapshot.latest(rest, skip + limit - len(docs))[skip:]
        end = start + len(docs)
        return docs, self.query.at(Position(end)) if end < held.bit_count() else None

    def _hits(self, docs: list[int], found: Found) -> tuple[Hit, ...]:
        wanted = Wanted.of(
            [
                pair
                for reading in found.readings
                for pair in zip(reading.words, reading.exact, strict=True)
            ],
            found.begun,
        )
        rows = {
            row[0]: row
            for row in self.db.execute(
                "SELECT doc.id, uuid, seq, title, lead, text FROM doc JOIN body USING (id)"
                f" WHERE doc.id IN ({','.join(map(str, docs))})"
            )
        }
        return tuple(
            Hit(
                uuid=rows[doc][1],
                seq=rows[doc][2],
                title=marked(rows[doc][3], wanted),
                highlight=fragment("\n".join(filter(None, rows[doc][4:])), wanted),
            )
            for doc in docs
        )
