"""One search's view of the index file."""

# ruff: noqa: S608 - what is put into statements here are table names and numbers of our own
from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from heapq import nlargest

from search.engines.embedded import bitmaps
from search.engines.embedded.sets import TermSets, View


def quoted(*words: str) -> str:
    """An FTS5 phrase. Words hold letters and digits only, so nothing in them is syntax."""
    return '"' + " ".join(words) + '"'


class IndexView(View):
    """The sets and texts as one transaction of a connection sees them."""

    def __init__(self, db: sqlite3.Connection, sets: TermSets, last_doc: int, alive: int) -> None:
        self.db = db
        self.sets = sets
        self.last_doc = last_doc
        self.alive = alive

    def _matching(self, table: str, expression: str) -> int:
        def read(upto: int) -> Iterable[int]:
            rows = self.db.execute(
                f"SELECT rowid FROM {table} WHERE {table} MATCH ? AND rowid > ?", (expression, upto)
            )
            return (doc for (doc,) in rows)

        return self.sets.get((table, expression), self.last_doc, read) & self.alive

    def word(self, word: str, field: str = "text_index") -> int:
        return self._matching(field, quoted(word))

    def phrase(self, words: Iterable[str], field: str = "text_index") -> int:
        return self._matching(field, quoted(*words))

    def best_of_all(self, words: list[str], wanted: int, most: int) -> Iterable[int]:
        """By BM25."""
        marks = bitmaps.flags(wanted)
        rows = self.db.execute(
            "SELECT rowid, bm25(text_index) FROM text_index WHERE text_index MATCH ?",
            (" ".join(map(quoted, words)),),
        )
        held = ((-score, doc) for doc, score in rows if doc < len(marks) and marks[doc])
        return [doc for _score, doc in nlargest(most, held)]

    def best_of_any(self, words: list[str], most: int) -> Iterable[int]:
        """By BM25."""
        rows = self.db.execute(
            "SELECT rowid FROM text_index WHERE text_index MATCH ? ORDER BY rank LIMIT ?",
            (" OR ".join(map(quoted, words)), most),
        )
        return [doc for (doc,) in rows]

    def gram_counts(self, grams: frozenset[str]) -> dict[str, int]:
        marks = ",".join("?" * len(grams))
        return dict(
            self.db.execute(
                f"SELECT term, doc FROM trigram_vocabulary WHERE term IN ({marks})", sorted(grams)
            )
        )

    def with_gram(self, gram: str) -> Iterable[int]:
        rows = self.db.execute(
            "SELECT rowid FROM trigram_index WHERE trigram_index MATCH ?", (quoted(gram),)
        )
        return (doc for (doc,) in rows)

    def document(self, uuid: str) -> int | None:
        row = self.db.execute("SELECT doc FROM entry WHERE uuid = ?", (uuid,)).fetchone()
        return row[0] if row else None

    def titles(self, docs: Iterable[int]) -> Iterable[tuple[int, str]]:
        return self.db.execute(f"SELECT id, folded_title FROM body WHERE id IN ({_listed(docs)})")

    def texts(self, docs: Iterable[int], *, spelt: bool) -> Iterable[tuple[int, str, str, str]]:
        exact = "exact" if spelt else "''"
        return self.db.execute(
            f"SELECT id, folded_title, folded, {exact} FROM body WHERE id IN ({_listed(docs)})"
        )

    def shown(self, docs: Iterable[int]) -> Iterable[tuple[int, str, int, str, str, str]]:
        return self.db.execute(
            "SELECT doc.id, uuid, seq, title, lead, text FROM doc JOIN body USING (id)"
            f" WHERE doc.id IN ({_listed(docs)})"
        )


def _listed(docs: Iterable[int]) -> str:
    return ",".join(map(str, docs))
