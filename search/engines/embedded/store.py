"""The index file: its tables, and how changes go in.

Everything here is made from the ledger and can be thrown away. Ids only ever grow, so a set of ids
that was read once stays true for all that is older; what is gone since is in `gone`.
"""

# ruff: noqa: S608 - what is put into statements here are table names and numbers of our own
from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain, islice, pairwise
from typing import Final

from search.documents import Document
from search.engines.base import Change, Upsert, winners
from search.engines.embedded.names import Names
from search.engines.embedded.snapshot import News
from search.text import fold_words, name_words, words

# Stands between fields, so that no phrase runs from one into the next.
BREAK: Final = "¶"
VERSION: Final = 3
# How many words of each field are learnt as pairs of neighbours.
LEARNT: Final = 150
AT_ONCE: Final = 100
MOST_GATHERED: Final = 500_000
INDEXES: Final = {
    # name: what FTS5 keeps of each word ("full": its places, for phrases; "none": only where).
    "title_index": "full",
    "text_index": "full",
    "exact_index": "none",
    "trigram_index": "none",
}
_SCHEMA: Final = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE entry (uuid TEXT PRIMARY KEY, seq INTEGER NOT NULL, doc INTEGER) WITHOUT ROWID;
CREATE TABLE doc (
    id INTEGER PRIMARY KEY, uuid TEXT NOT NULL, seq INTEGER NOT NULL,
    day INTEGER NOT NULL, facets TEXT NOT NULL
);
CREATE TABLE body (
    id INTEGER PRIMARY KEY, title TEXT NOT NULL, lead TEXT NOT NULL, text TEXT NOT NULL,
    folded_title TEXT NOT NULL, folded TEXT NOT NULL, exact TEXT NOT NULL, names TEXT NOT NULL
);
CREATE TABLE title (id INTEGER PRIMARY KEY, run TEXT NOT NULL);
CREATE INDEX title_run ON title (run);
CREATE TABLE name (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, value TEXT NOT NULL, label TEXT NOT NULL,
    run TEXT NOT NULL, n INTEGER NOT NULL, UNIQUE (kind, value, label)
);
CREATE INDEX name_n ON name (kind, n);
CREATE TABLE run (kind TEXT, run TEXT, name INTEGER, PRIMARY KEY (kind, run, name)) WITHOUT ROWID;
CREATE TABLE gone (n INTEGER PRIMARY KEY AUTOINCREMENT, doc INTEGER NOT NULL);
CREATE TABLE facet (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, value TEXT NOT NULL, UNIQUE (name, value)
);
CREATE TABLE word (
    folded TEXT, exact TEXT, n INTEGER NOT NULL, PRIMARY KEY (folded, exact)
) WITHOUT ROWID;
CREATE TABLE pair (pair TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO meta VALUES ('offset', 0), ('generation', 0), ('entries', 0), ('last_id', 0);
"""


@dataclass(frozen=True, slots=True)
class Terms:
    """A document cut into what the tables hold. Fields are parted by BREAK, words by a space."""

    exact: str
    folded_title: str
    folded: str
    words: frozenset[str]
    pairs: list[tuple[str, str]]

    def indexed(self) -> tuple[str, str, str, str]:
        """What each full-text table is given, in the order of INDEXES."""
        grams = " ".join(trigrams(self.folded_title))
        return self.folded_title, self.folded, " ".join(self.words), grams


def terms(document: Document) -> Terms:
    """Cut a document."""
    texts = (document.title, document.lead, document.text)
    return _cut([*map(words, texts), *map(name_words, document.names())])


def terms_again(exact: str) -> Terms:
    """The same from what was stored, so that exactly what went in can be taken out."""
    return _cut([field.split() for field in exact.split(BREAK)])


def _cut(fields: list[list[str]]) -> Terms:
    folded_fields = list(map(fold_words, fields))
    pairs: list[tuple[str, str]] = []
    for folded in folded_fields:
        # The beginning of a text says who and where; the rest adds little that is new.
        pairs += pairwise(folded[:LEARNT])
    parted = f" {BREAK} "
    return Terms(
        exact=parted.join(map(" ".join, fields)),
        folded_title=" ".join(folded_fields[0]),
        folded=parted.join(map(" ".join, folded_fields)),
        words=frozenset(chain.from_iterable(fields)),
        pairs=pairs,
    )


def trigrams(folded_title: str) -> list[str]:
    """The distinct trigrams of a folded title without its spaces."""
    run = folded_title.replace(" ", "")
    return list(dict.fromkeys(run[at : at + 3] for at in range(len(run) - 2)))


def create(connection: sqlite3.Connection) -> None:
    """Lay out an empty index."""
    connection.executescript(_SCHEMA)
    for name, detail in INDEXES.items():
        # The words are split and folded by us; the `ascii` tokenizer leaves them as they are.
        connection.execute(
            f"CREATE VIRTUAL TABLE {name} USING fts5"
            f"(words, content='', detail={detail}, tokenize='ascii')"
        )
    connection.execute(f"PRAGMA user_version={VERSION}")


def news(connection: sqlite3.Connection, last_doc: int, last_gone: int) -> News:
    """What came after a snapshot that knows documents and removals up to these numbers."""
    return News(
        connection.execute("SELECT id, name, value FROM facet"),
        connection.execute(
            "SELECT id, seq, day, facets FROM doc WHERE id > ? ORDER BY id", (last_doc,)
        ),
        connection.execute("SELECT n, doc FROM gone WHERE n > ?", (last_gone,)),
    )


class Writer:
    """Applies changes inside a transaction that the caller opened.

    Counts of words and pairs are gathered and written by `finish`, once for many documents. In
    `bulk`, into an empty index, the words are counted from the finished index by `count_words`.
    """

    def __init__(self, connection: sqlite3.Connection, *, bulk: bool = False) -> None:
        self.db = connection
        self.bulk = bulk
        self.facets: dict[tuple[str, str], int] = {}
        self.names = Names(connection)
        self.words: Counter[str] = Counter()
        self.pairs: Counter[tuple[str, str]] = Counter()
        self.grown = 0

    def apply(self, changes: Iterable[Change]) -> None:
        """Of several changes to one entry, here or from before, the winner stays."""
        rest = iter(winners(changes))
        with ThreadPoolExecutor(1) as aside:
            writing: Future[None] | None = None
            while some := list(islice(rest, AT_ONCE)):
                # SQLite works without the interpreter's lock: cutting goes on meanwhile.
                cut = [(c, terms(c.document) if isinstance(c, Upsert) else None) for c in some]
                if writing is not None:
                    writing.result()
                writing = aside.submit(self._apply, cut)
            if writing is not None:
                writing.result()

    def _apply(self, changes: list[tuple[Change, Terms | None]]) -> None:
        known = self._known([change.uuid for change, _cut in changes])
        entries: list[tuple[str, int, int | None]] = []
        docs: list[tuple[int, Document, Terms]] = []
        new = self._next_id(len(changes))
        for change, cut in changes:
            seq, doc = known.get(change.uuid, (-1, None))
            if seq > change.seq or (seq == change.seq and (doc is None or cut is not None)):
                continue
            if doc is not None:
                self._drop(doc)
            if isinstance(change, Upsert) and cut is not None:
                docs.append((new, change.document, cut))
                entries.append((change.uuid, change.seq, new))
                new += 1
            else:
                entries.append((change.uuid, change.seq, None))
        self._insert("entry", entries, verb="INSERT OR REPLACE")
        self._add(docs)

    def _add(self, docs: list[tuple[int, Document, Terms]]) -> None:
        listed, bodies, titles = [], [], []
        indexed: list[list[tuple[int, str]]] = [[] for _ in INDEXES]
        for doc, document, cut in docs:
            facets = ",".join(str(self._facet(*pair)) for pair in document.facet_values())
            listed.append((doc, document.uuid, document.seq, document.date.toordinal(), facets))
            texts = (document.title, document.lead, document.text)
            names = self.names.add(document)
            bodies.append((doc, *texts, cut.folded_title, cut.folded, cut.exact, names))
            titles.append((doc, f"{cut.folded_title} "))
            for rows, value in zip(indexed, cut.indexed(), strict=True):
                rows.append((doc, value))
            if not self.bulk:
                self.words.update(cut.words)
            self.pairs.update(cut.pairs)
        self._insert("doc", listed)
        self._insert("body", bodies)
        self._insert("title", titles)
        for table, rows in zip(INDEXES, indexed, strict=True):
            self._insert(f"{table} (rowid, words)", rows)
        self.grown += len(docs)

    def _insert(
        self, table: str, rows: Sequence[Sequence[object]], *, verb: str = "INSERT"
    ) -> None:
        """All rows in one statement, so that the interpreter is free while it runs."""
        if rows:
            marks = f"({','.join('?' * len(rows[0]))})"
            self.db.execute(
                f"{verb} INTO {table} VALUES {','.join([marks] * len(rows))}",
                list(chain.from_iterable(rows)),
            )

    def _drop(self, doc: int) -> None:
        """Take every trace of a document out; nothing of a withdrawn text stays in the file."""
        (exact, names) = self.db.execute(
            "SELECT exact, names FROM body WHERE id = ?", (doc,)
        ).fetchone()
        cut = terms_again(exact)
        for table, value in zip(INDEXES, cut.indexed(), strict=True):
            self.db.execute(
                f"INSERT INTO {table} ({table}, rowid, words) VALUES ('delete', ?, ?)", (doc, value)
            )
        if not self.bulk:
            self.words.subtract(cut.words)
        self.pairs.subtract(cut.pairs)
        self.names.take(names)
        for table in ("body", "title", "doc"):
            self.db.execute(f"DELETE FROM {table} WHERE id = ?", (doc,))
        self.db.execute("INSERT INTO gone (doc) VALUES (?)", (doc,))
        self.grown -= 1

    def _known(self, uuids: list[str]) -> dict[str, tuple[int, int | None]]:
        marks = ",".join("?" * len(uuids))
        rows = self.db.execute(f"SELECT uuid, seq, doc FROM entry WHERE uuid IN ({marks})", uuids)
        return {uuid: (seq, doc) for uuid, seq, doc in rows}

    def _next_id(self, room: int) -> int:
        """The first of so many ids that were never used."""
        (last,) = self.db.execute("SELECT value FROM meta WHERE key = 'last_id'").fetchone()
        self.db.execute("UPDATE meta SET value = ? WHERE key = 'last_id'", (last + room,))
        return last + 1

    def _facet(self, name: str, value: str) -> int:
        known = self.facets.get((name, value))
        if known is None:
            self.db.execute(
                "INSERT OR IGNORE INTO facet (name, value) VALUES (?, ?)", (name, value)
            )
            (known,) = self.db.execute(
                "SELECT id FROM facet WHERE name = ? AND value = ?", (name, value)
            ).fetchone()
            self.facets[name, value] = known
        return known

    @property
    def heavy(self) -> bool:
        """Whether the gathered counts should be written before more are gathered."""
        return len(self.pairs) > MOST_GATHERED

    def finish(self) -> None:
        """Write the gathered counts."""
        taken = any(n < 0 for n in self.words.values()) or any(n < 0 for n in self.pairs.values())
        fold = fold_words
        spelt = [(w, n) for w, n in self.words.items() if n]
        rows = zip(fold([w for w, _n in spelt]), spelt, strict=True)
        self.db.executemany(
            "INSERT INTO word VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n",
            sorted((folded, word, n) for folded, (word, n) in rows),
        )
        self.db.executemany(
            "INSERT INTO pair VALUES (?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n",
            sorted((f"{left} {right}", n) for (left, right), n in self.pairs.items() if n),
        )
        if taken:
            self.db.execute("DELETE FROM word WHERE n <= 0")
            self.db.execute("DELETE FROM pair WHERE n <= 0")
        self.names.finish()
        self.db.execute("UPDATE meta SET value = value + ? WHERE key = 'entries'", (self.grown,))
        self.words.clear()
        self.pairs.clear()
        self.grown = 0

    def count_words(self) -> None:
        """The words of the whole index, counted by the index itself."""
        self.db.create_function("folded", 1, lambda word: fold_words([word])[0], deterministic=True)
        self.db.execute("CREATE VIRTUAL TABLE temp.spelt USING fts5vocab(main, exact_index, row)")
        self.db.execute("DELETE FROM word")
        self.db.execute(
            "INSERT INTO word SELECT folded(term) AS f, term, doc FROM spelt ORDER BY f, term"
        )
