"""What may be typed, from the index's tables of titles and names.

What few have is read whole from an ordered table. What many have is looked for among the newest
titles and the commonest names, which come first anyway; so no question reads more than a bounded
number of rows.
"""

# ruff: noqa: S608 - what is put into statements here are numbers and table names of our own
from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Final

from search import completing
from search.completing import Candidate, Start
from search.engines.base import Completion
from search.engines.embedded.snapshot import Snapshot
from search.engines.embedded.view import quoted

KINDS: Final = ("person", "unit", "tag")
# Fewer names, fewer titles than so many are all looked at.
MANY: Final = 150
MANY_TITLES: Final = 3000
MANY_INSIDE: Final = 1000
# How many of the newest titles are looked through, piece by piece, for what many titles have.
PIECES: Final = (400, 1200)
COMMONEST: Final = 2000
_AFTER: Final = "\U0010ffff"


class Completer:
    """One completion against one view of the index."""

    def __init__(self, db: sqlite3.Connection, snapshot: Snapshot) -> None:
        self.db = db
        self.snapshot = snapshot

    def complete(self, start: Start, limit: int) -> tuple[Completion, ...]:
        candidates = self._titles(start, limit)
        for kind in KINDS:
            candidates += self._names(kind, start, limit)
        return completing.best(start, candidates, limit)

    def _names(self, kind: str, start: Start, limit: int) -> list[Candidate]:
        begun = "kind = ? AND run >= ? AND run < ?"
        span = (kind, start.folded, start.folded + _AFTER)
        many = self.db.execute(f"SELECT 1 FROM run WHERE {begun} LIMIT 1 OFFSET {MANY}", span)
        rows = self._commonest(kind, start, limit) if many.fetchone() else []
        if len(rows) < limit:
            rows += self.db.execute(
                "SELECT label, value, n FROM name WHERE id IN"
                f" (SELECT name FROM run WHERE {begun} LIMIT {MANY})",
                span,
            ).fetchall()
        return [Candidate(Completion(kind, label, value), n) for label, value, n in rows]

    def _commonest(self, kind: str, start: Start, limit: int) -> list[tuple[str, str, int]]:
        return self.db.execute(
            "SELECT label, value, n FROM"
            " (SELECT label, value, n, run FROM name WHERE kind = ? ORDER BY n DESC LIMIT ?)"
            " WHERE instr(' ' || run, ?) LIMIT ?",
            (kind, COMMONEST, f" {start.folded}", 3 * limit),
        ).fetchall()

    def _titles(self, start: Start, limit: int) -> list[Candidate]:
        docs = self._begun(start, limit)
        if len(docs) < limit:
            docs |= self._inside(start, limit)
        rows = self.db.execute(
            "SELECT doc.id, uuid, title FROM doc JOIN body USING (id)"
            f" WHERE doc.id IN ({','.join(map(str, docs))})"
        )
        keys = self.snapshot.keys
        return [Candidate(Completion("title", title, uuid), 1, keys[d]) for d, uuid, title in rows]

    def _begun(self, start: Start, limit: int) -> set[int]:
        """The newest titles that begin so."""
        rows = self.db.execute(
            "SELECT id FROM title WHERE run >= ? AND run < ? LIMIT ?",
            (start.folded, start.folded + _AFTER, MANY_TITLES),
        ).fetchall()
        docs = [doc for (doc,) in rows]
        if len(docs) == MANY_TITLES:
            newest = self._among_newest("substr(run, 1, length(?1)) = ?1", start.folded, limit)
            if len(newest) >= limit:
                return newest
            docs += newest
        return set(sorted(docs, key=self.snapshot.keys.__getitem__)[-limit:])

    def _inside(self, start: Start, limit: int) -> set[int]:
        """The newest titles in which a later word begins so."""
        docs = self._among_newest("instr(run, ?1)", f" {start.folded}", limit, PIECES[:1])
        if len(docs) < limit and len(self.snapshot.newest) > PIECES[0]:
            # Few of the newest have it, so few have it at all.
            rows = self.db.execute(
                "SELECT id FROM title WHERE id IN (SELECT rowid FROM title_index"
                " WHERE title_index MATCH ? ORDER BY rowid DESC LIMIT ?) AND instr(run, ?)",
                (_begun_phrase(start), MANY_INSIDE, f" {start.folded}"),
            )
            docs.update(doc for (doc,) in rows)
        return set(sorted(docs, key=self.snapshot.keys.__getitem__)[-limit:])

    def _among_newest(
        self, condition: str, wanted: str, limit: int, pieces: tuple[int, ...] = PIECES
    ) -> set[int]:
        found: set[int] = set()
        for docs in self._newest(pieces):
            found.update(
                doc
                for (doc,) in self.db.execute(
                    f"SELECT id FROM title WHERE id IN ({','.join(map(str, docs))})"
                    f" AND {condition}",
                    (wanted,),
                )
            )
            if len(found) >= limit:
                break
        return found

    def _newest(self, pieces: tuple[int, ...]) -> Iterator[list[int]]:
        newest = self.snapshot.newest
        end = len(newest)
        for size in pieces:
            start = max(0, end - size)
            if start < end:
                yield list(newest[start:end])
            end = start


def _begun_phrase(start: Start) -> str:
    """As an FTS5 expression: these words side by side, the last perhaps unfinished.

    One or two letters begin too many words to look for: what stands before them is enough.
    """
    *before, last = start.folded.split()
    if start.folded.endswith(" "):
        return quoted(*before, last)
    if before and len(last) < 3:
        return quoted(*before)
    return f"{quoted(*before, last)} *"
