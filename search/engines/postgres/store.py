"""How changes go into the tables, and what is new in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from django.db.backends.utils import CursorWrapper

from search.documents import Document
from search.engines.base import Change, Upsert
from search.engines.embedded.snapshot import News
from search.engines.embedded.store import terms, winners
from search.engines.postgres.layout import Index
from search.engines.postgres.names import LONGEST, Names
from search.engines.postgres.terms import numbers

AT_ONCE: Final = 100


class Writer:
    """Applies changes inside a transaction that the caller opened, to an index locked for it."""

    def __init__(self, cursor: CursorWrapper, index: Index) -> None:
        self.cursor = cursor
        self.index = index
        self.last_doc = index.last_doc
        self.facets: dict[tuple[str, str], int] = {}
        self.names = Names(cursor, index)

    def apply(self, changes: Iterable[Change], offset: int) -> None:
        """Of several changes to one entry, here or from before, the winner stays."""
        rest = iter(winners(changes))
        while some := list(islice(rest, AT_ONCE)):
            self._apply(some)
        self.names.finish()
        self._execute(
            'UPDATE {register} SET "offset" = greatest("offset", %s), last_doc = %s,'
            " generation = generation + 1 WHERE number = %s",
            [offset, self.last_doc, self.index.number],
        )

    def _apply(self, changes: list[Change]) -> None:
        known = self._known([change.uuid for change in changes])
        entries: list[tuple[str, int, int | None]] = []
        docs: list[tuple[int, Document]] = []
        gone: list[int] = []
        for change in changes:
            seq, doc = known.get(change.uuid, (-1, None))
            added = isinstance(change, Upsert)
            if seq > change.seq or (seq == change.seq and (doc is None or added)):
                continue
            if doc is not None:
                gone.append(doc)
            if isinstance(change, Upsert):
                self.last_doc += 1
                docs.append((self.last_doc, change.document))
                entries.append((change.uuid, change.seq, self.last_doc))
            else:
                entries.append((change.uuid, change.seq, None))
        self._remove(gone)
        self._execute(
            "INSERT INTO {entry} SELECT * FROM unnest(%s::text[], %s::bigint[], %s::integer[])"
            " ON CONFLICT (uuid) DO UPDATE SET seq = excluded.seq, doc = excluded.doc",
            [list(column) for column in zip(*entries, strict=True)] or [[], [], []],
        )
        self._add(docs)

    def _add(self, docs: list[tuple[int, Document]]) -> None:
        listed, bodies, titles = [], [], []
        lent = self.names.add(document for _number, document in docs)
        for (number, document), names in zip(docs, lent, strict=True):
            cut = terms(document)
            day = document.date.toordinal()
            facets = ",".join(str(self._facet(*pair)) for pair in document.facet_values())
            listed.append((number, document.uuid, document.seq, day, facets, _array(numbers(cut))))
            texts = (document.title, document.lead, document.text)
            bodies.append((number, *texts, cut.folded_title, cut.folded, cut.exact, names))
            titles.append((number, f"{cut.folded_title} "[:LONGEST]))
        self._copy("doc", listed)
        self._copy("body", bodies)
        self._copy("title", titles)

    def _remove(self, docs: list[int]) -> None:
        """Nothing of a withdrawn text stays in the tables."""
        if docs:
            self._execute("DELETE FROM {body} WHERE id = ANY(%s) RETURNING names", [docs])
            for (names,) in self.cursor.fetchall():
                self.names.take(names)
            self._execute("DELETE FROM {doc} WHERE id = ANY(%s)", [docs])
            self._execute("DELETE FROM {title} WHERE id = ANY(%s)", [docs])
            self._execute("INSERT INTO {gone} (doc) SELECT unnest(%s::integer[])", [docs])

    def _known(self, uuids: list[str]) -> dict[str, tuple[int, int | None]]:
        self._execute("SELECT uuid, seq, doc FROM {entry} WHERE uuid = ANY(%s)", [uuids])
        return {uuid: (seq, doc) for uuid, seq, doc in self.cursor.fetchall()}

    def _facet(self, name: str, value: str) -> int:
        if not self.facets:
            self._execute("SELECT name, value, id FROM {facet}")
            self.facets = {(n, v): number for n, v, number in self.cursor.fetchall()}
        known = self.facets.get((name, value))
        if known is None:
            statement = "INSERT INTO {facet} (name, value) VALUES (%s, %s) RETURNING id"
            self._execute(statement, [name, value])
            known = self.facets[name, value] = self.cursor.fetchone()[0]
        return known

    def _execute(self, statement: str, values: Sequence[object] = ()) -> None:
        self.cursor.execute(self.index.named(statement), values)

    def _copy(self, table: str, rows: list[tuple[object, ...]]) -> None:
        if rows:
            with self.cursor.copy(f"COPY {self.index.table(table)} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)


def _array(found: Iterable[int]) -> str:
    """A PostgreSQL array."""
    return f"{{{','.join(map(str, found))}}}"


def news(cursor: CursorWrapper, index: Index, last_doc: int, last_gone: int) -> News:
    """What came after a snapshot that knows documents and removals up to these numbers."""

    def rows(statement: str, *values: int) -> Iterator[tuple]:
        cursor.execute(index.named(statement), values)
        return iter(cursor.fetchall())

    return News(
        rows("SELECT id, name, value FROM {facet}"),
        rows("SELECT id, seq, day, facets FROM {doc} WHERE id > %s ORDER BY id", last_doc),
        rows("SELECT n, doc FROM {gone} WHERE n > %s", last_gone),
    )
