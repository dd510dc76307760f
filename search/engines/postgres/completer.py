"""What may be typed, from the index's tables of titles and names.

As in the embedded engine no question reads more than a bounded number of rows: what many have is
looked for among the newest titles and the commonest names, which come first anyway.
"""

# ruff: noqa: S608 - what is put into statements here are conditions of our own
from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from search import completing
from search.completing import Candidate, Start
from search.engines.base import Completion
from search.engines.embedded.completer import (
    COMMONEST,
    KINDS,
    MANY,
    MANY_INSIDE,
    MANY_TITLES,
    PIECES,
)
from search.engines.embedded.snapshot import Snapshot
from search.engines.postgres.view import PostgresView
from search.understanding import Lexicon

# So many words that begin as the last one does are tried inside titles.
ENDS: Final = 20
_AFTER: Final = "\U0010ffff"


class Completer:
    """One completion against one view of the index."""

    def __init__(self, view: PostgresView, snapshot: Snapshot, lexicon: Lexicon) -> None:
        self.view = view
        self.snapshot = snapshot
        self.lexicon = lexicon

    def complete(self, start: Start, limit: int) -> tuple[Completion, ...]:
        candidates = self._titles(start, limit)
        for kind in KINDS:
            candidates += self._names(kind, start, limit)
        return completing.best(start, candidates, limit)

    def _names(self, kind: str, start: Start, limit: int) -> list[Candidate]:
        begun = self.view.rows(
            "SELECT DISTINCT name FROM (SELECT name FROM {run}"
            " WHERE kind = %s AND run >= %s AND run < %s LIMIT %s) AS begun",
            *(kind, start.folded, start.folded + _AFTER, MANY + 1),
        )
        rows = self._commonest(kind, start, limit) if len(begun) > MANY else []
        if len(rows) < limit:
            rows += self.view.rows(
                "SELECT label, value, n FROM {name} WHERE id = ANY(%s)", [n for (n,) in begun]
            )
        return [Candidate(Completion(kind, label, value), n) for label, value, n in rows]

    def _commonest(self, kind: str, start: Start, limit: int) -> list[tuple]:
        return self.view.rows(
            "SELECT label, value, n FROM"
            " (SELECT label, value, n, run FROM {name} WHERE kind = %s ORDER BY n DESC LIMIT %s)"
            " AS commonest WHERE strpos(' ' || run, %s) > 0 LIMIT %s",
            *(kind, COMMONEST, f" {start.folded}", 3 * limit),
        )

    def _titles(self, start: Start, limit: int) -> list[Candidate]:
        docs = self._begun(start, limit)
        if len(docs) < limit:
            docs |= self._inside(start, limit)
        keys = self.snapshot.keys
        return [
            Candidate(Completion("title", title, uuid), 1, keys[doc])
            for doc, uuid, _seq, title, _lead, _text in self.view.shown(docs)
        ]

    def _begun(self, start: Start, limit: int) -> set[int]:
        """The newest titles that begin so."""
        docs = {
            doc
            for (doc,) in self.view.rows(
                "SELECT id FROM {title} WHERE run >= %s AND run < %s LIMIT %s",
                *(start.folded, start.folded + _AFTER, MANY_TITLES),
            )
        }
        if len(docs) == MANY_TITLES:
            newest = self._among_newest("starts_with(run, %s)", start.folded, limit, PIECES)
            if len(newest) >= limit:
                return newest
            docs |= newest
        return self._newest_of(docs, limit)

    def _inside(self, start: Start, limit: int) -> set[int]:
        """The newest titles in which a later word begins so."""
        wanted = f" {start.folded}"
        docs = self._among_newest("strpos(run, %s) > 0", wanted, limit, PIECES[:1])
        if len(docs) < limit and len(self.snapshot.newest) > PIECES[0]:
            # Few of the newest have it, so few have it at all.
            likely = self.snapshot.latest(self._holding(start), MANY_INSIDE)
            docs |= self._with("strpos(run, %s) > 0", wanted, likely)
        return self._newest_of(docs, limit)

    def _holding(self, start: Start) -> int:
        """Whose title may hold these words side by side, the last perhaps unfinished."""
        *before, last = start.folded.split()
        if start.folded.endswith(" "):
            return self.view.phrase((*before, last), "title_index")
        if before and len(last) < 3:
            return self.view.phrase(before, "title_index")
        found = self.view.phrase((*before, last), "title_index")
        for word in self.lexicon.begun(before[-1] if before else "", last, ENDS):
            found |= self.view.phrase((*before, word), "title_index")
        return found

    def _among_newest(
        self, condition: str, wanted: str, limit: int, pieces: tuple[int, ...]
    ) -> set[int]:
        newest = self.snapshot.newest
        found: set[int] = set()
        end = len(newest)
        for size in pieces:
            start = max(0, end - size)
            found |= self._with(condition, wanted, newest[start:end])
            if len(found) >= limit:
                break
            end = start
        return found

    def _with(self, condition: str, wanted: str, docs: Iterable[int]) -> set[int]:
        rows = self.view.rows(
            f"SELECT id FROM {{title}} WHERE id = ANY(%s) AND {condition}", list(docs), wanted
        )
        return {doc for (doc,) in rows}

    def _newest_of(self, docs: set[int], limit: int) -> set[int]:
        return set(sorted(docs, key=self.snapshot.keys.__getitem__)[-limit:])
