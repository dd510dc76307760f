"""One question, from the first request to a page of hits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from search.engines.base import Hit, Results
from search.engines.elastic import clauses, facets
from search.engines.elastic.finding import Finder
from search.engines.elastic.question import Found
from search.engines.elastic.server import Budget
from search.highlight import Wanted, fragment, marked
from search.query import ArchiveQuery, Position
from search.understanding import Lexicon, Thesaurus

# As far as `from` and `size` reach; beyond, one walks from key to key.
WINDOW: Final = 10_000
SHOWN: Final = ["seq", "title", "lead", "text"]
# The score in a cursor whose `key` is a place among the unranked.
BY_KEY: Final = 1
Rows = list[dict[str, Any]]


class Searching:
    """The ranked come first, then all others that match, the newest first."""

    def __init__(
        self,
        query: ArchiveQuery,
        thesaurus: Thesaurus,
        lexicon: Lexicon,
        budget: Budget,
        index: str,
    ) -> None:
        self.query = query
        self.thesaurus = thesaurus
        self.budget = budget
        self.index = index
        self.finder = Finder(lexicon, budget, index, query.filters)

    def page(self, position: Position | None) -> Results:
        query = self.query
        if query.q:
            found = self.finder.find(query.q, self.thesaurus, rank=not query.by_date)
        else:
            found = self.finder.everything()
        count = clauses.total(found.counted)
        if query.by_date:
            rows, following = self._by_date(found, position)
        else:
            rows, following = self._by_rank(found, position, count)
        return Results(
            count=count,
            hits=self._hits(rows, found),
            facets=facets.answered(found.counted),
            suggestion=found.suggestion,
            next=query.at(following) if following else None,
        )

    def _by_date(self, found: Found, position: Position | None) -> tuple[Rows, Position | None]:
        limit = self.query.limit
        order = "asc" if self.query.sort == "oldest" else "desc"
        body = self._ordered(found, [], limit + 1, order)
        if position:
            body["search_after"] = [position.key]
        (rows,) = self._rows(body)
        if len(rows) <= limit:
            return rows, None
        rows = rows[:limit]
        shown = (position.shown if position else 0) + limit
        return rows, Position(shown, rows[-1]["sort"][0])

    def _by_rank(
        self, found: Found, position: Position | None, count: int
    ) -> tuple[Rows, Position | None]:
        limit = self.query.limit
        start = position.shown if position else 0
        wanted = found.ranked[start : start + limit]
        bodies = [{"size": limit, "query": clauses.these(wanted), "_source": SHOWN}]
        missing = limit - len(wanted)
        if missing and start + len(wanted) < count:
            bodies.append(self._unranked(found, position, missing))
        answers = self._rows(*bodies)
        held = {row["_id"]: row for row in answers[0]}
        # What was taken out since the first request is passed over.
        rows = [held[uuid] for uuid in wanted if uuid in held]
        others = answers[1] if len(answers) > 1 else []
        end = start + len(wanted) + len(others)
        if end >= count or (missing and not others):
            return rows + others, None
        if others:
            return rows + others, Position(end, others[-1]["sort"][0], BY_KEY)
        return rows, Position(end)

    def _unranked(self, found: Found, position: Position | None, most: int) -> dict[str, Any]:
        """The search for what follows the ranked, from where the last page ended."""
        body = self._ordered(found, found.ranked, most, "desc")
        if position and position.score == BY_KEY:
            body["search_after"] = [position.key]
            return body
        # Another engine's cursor only knows how many were shown.
        skip = max(0, (position.shown if position else 0) - len(found.ranked))
        while skip + most > WINDOW:
            step = min(skip, WINDOW)
            (rows,) = self._rows(body | {"size": step, "_source": False})
            if len(rows) < step:
                return body | {"size": 0}
            body["search_after"] = rows[-1]["sort"]
            skip -= step
        return body | ({"from": skip} if skip and "search_after" not in body else {})

    def _ordered(self, found: Found, but: Sequence[str], most: int, order: str) -> dict[str, Any]:
        wanted = [clauses.LIVE, found.matching, *clauses.chosen(self.query.filters)]
        query = clauses.all_of(wanted)
        return {
            "size": most,
            "query": clauses.but_not(query, clauses.these(but)) if but else query,
            "sort": [{"key": order}],
            "track_total_hits": False,
            "_source": SHOWN,
        }

    def _rows(self, *bodies: dict[str, Any]) -> list[Rows]:
        return [answer["hits"]["hits"] for answer in self.budget.ask(self.index, bodies)]

    def _hits(self, rows: Rows, found: Found) -> tuple[Hit, ...]:
        words = [
            pair
            for reading in found.readings
            for pair in zip(reading.words, reading.exact, strict=True)
        ]
        wanted = Wanted.of(words, found.begun)
        return tuple(_hit(row, wanted) for row in rows)


def _hit(row: dict[str, Any], wanted: Wanted | None) -> Hit:
    held = row["_source"]
    return Hit(
        uuid=row["_id"],
        seq=held["seq"],
        title=marked(held["title"], wanted),
        highlight=fragment("\n".join(filter(None, (held["lead"], held["text"]))), wanted),
    )
