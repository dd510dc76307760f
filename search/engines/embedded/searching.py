"""One question, from the view of an index to a page of hits."""

from __future__ import annotations

from search.engines.base import Hit, Results
from search.engines.embedded.matching import Found, Matcher
from search.engines.embedded.sets import View
from search.engines.embedded.snapshot import Snapshot
from search.highlight import Wanted, fragment, marked
from search.query import ArchiveQuery, Position
from search.understanding import Lexicon, Thesaurus


class Search:
    """One question, from the view to a page of hits."""

    def __init__(
        self,
        query: ArchiveQuery,
        thesaurus: Thesaurus,
        view: View,
        snapshot: Snapshot,
        lexicon: Lexicon,
    ) -> None:
        self.query = query
        self.thesaurus = thesaurus
        self.view = view
        self.snapshot = snapshot
        self.by_date = query.by_date
        self.oldest = query.sort == "oldest"
        self.matcher = Matcher(view, snapshot, lexicon)

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
        rows = {row[0]: row for row in self.view.shown(docs)}
        return tuple(
            Hit(
                uuid=rows[doc][1],
                seq=rows[doc][2],
                title=marked(rows[doc][3], wanted),
                highlight=fragment("\n".join(filter(None, rows[doc][4:])), wanted),
            )
            for doc in docs
            if doc in rows
        )
