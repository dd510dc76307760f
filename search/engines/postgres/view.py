"""One search's view of the index in PostgreSQL.

Every word, and every two words side by side, is a term of one GIN index; who holds a term is read
once and remembered as a bitmap. So sets are joined and counted here, and no statement goes through
texts but for the few that are ranked.
"""

# ruff: noqa: S608 - what is put into statements here are table names of our own
from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from heapq import nlargest
from itertools import pairwise
from typing import Any, Final

from django.db.backends.utils import CursorWrapper

from search.engines.embedded import bitmaps
from search.engines.embedded.sets import TermSets, View
from search.engines.postgres import terms
from search.engines.postgres.layout import Index

_WORDS: Final = {"title_index": terms.TITLE, "text_index": terms.WORD}
_PAIRS: Final = {"title_index": terms.TITLE_PAIR, "text_index": terms.PAIR}
_TEXTS: Final = {"title_index": "folded_title", "text_index": "folded"}
# Of an entry that holds all the pairs of a longer phrase the text itself is looked at, unless so
# many hold them that most of these hold the phrase.
LOOKED_AT: Final = 3000
# So many new documents are gone through for a term; where more are new, the index is asked.
GONE_THROUGH: Final = 40


class PostgresView(View):
    """The sets and texts as one transaction sees them."""

    def __init__(
        self, cursor: CursorWrapper, index: Index, sets: TermSets, last_doc: int, alive: int
    ) -> None:
        self.cursor = cursor
        self.index = index
        self.sets = sets
        self.last_doc = last_doc
        self.alive = alive

    # Sets

    def word(self, word: str, field: str = "text_index") -> int:
        spelt = field == "exact_index"
        return self._term(terms.spelt(word) if spelt else terms.term(_WORDS[field], word))

    def phrase(self, words: Iterable[str], field: str = "text_index") -> int:
        words = tuple(words)
        if len(words) < 2:
            return self.all_of(words, field)
        found = self.alive
        for before, after in pairwise(words):
            found &= self._term(terms.pair(_PAIRS[field], before, after))
            if not found:
                return 0
        if len(words) == 2:
            return found
        text = f" {' '.join(words)} "

        def read(upto: int) -> Iterable[int]:
            new = found >> (upto + 1) << (upto + 1)
            if new.bit_count() > LOOKED_AT:
                return bitmaps.to_ids(new)
            return self._with(new, text, field)

        return self.sets.get((field, text), self.last_doc, read) & found

    def _with(self, docs: int, text: str, field: str) -> Iterable[int]:
        """Those among the documents in whose words the text stands."""
        rows = self.rows(
            f"SELECT id FROM {{body}} WHERE id = ANY(%s)"
            f" AND position(%s IN ' ' || {_TEXTS[field]} || ' ') > 0",
            list(bitmaps.to_ids(docs)),
            text,
        )
        return (doc for (doc,) in rows)

    def _term(self, term: int) -> int:
        def read(upto: int) -> Iterable[int]:
            # Going through new documents costs by their number; reckoning hides the key's index.
            key = "id" if self.last_doc - upto <= GONE_THROUGH else "id + 0"
            ((ids,),) = self.rows(
                "SELECT string_agg(id::text, ',') FROM {doc}"
                f" WHERE terms @> %s::bigint[] AND {key} > %s",
                [term],
                upto,
            )
            return map(int, ids.split(",")) if ids else ()

        return self.sets.get(("term", str(term)), self.last_doc, read) & self.alive

    # The best of some

    def best_of_all(self, words: list[str], wanted: int, most: int) -> Iterable[int]:
        return self._weighed(words, wanted, most)

    def best_of_any(self, words: list[str], most: int) -> Iterable[int]:
        return self._weighed(words, self.alive, most)

    def _weighed(self, words: list[str], wanted: int, most: int) -> list[int]:
        """By how rare the words are, and whether they stand in the title or often."""
        weights: Counter[int] = Counter()
        size = self.alive.bit_count()
        for word in words:
            held = self.word(word)
            weight = round(1000 * math.log(1.5 + size / (1 + held.bit_count())))
            for docs in (
                held,
                self.word(word, "title_index"),
                self._term(terms.term(terms.OFTEN, word)),
            ):
                for doc in bitmaps.to_ids(docs & wanted):
                    weights[doc] += weight
        return [doc for _w, doc in nlargest(most, ((w, doc) for doc, w in weights.items()))]

    def gram_counts(self, grams: frozenset[str]) -> dict[str, int]:
        counts = {gram: self._gram(gram).bit_count() for gram in grams}
        return {gram: n for gram, n in counts.items() if n}

    def with_gram(self, gram: str) -> Iterable[int]:
        return bitmaps.to_ids(self._gram(gram))

    def _gram(self, gram: str) -> int:
        return self._term(terms.term(terms.GRAM, gram))

    # Texts

    def document(self, uuid: str) -> int | None:
        rows = self.rows("SELECT doc FROM {entry} WHERE uuid = %s", uuid)
        return rows[0][0] if rows else None

    def titles(self, docs: Iterable[int]) -> Iterable[tuple[int, str]]:
        return self.rows("SELECT id, folded_title FROM {body} WHERE id = ANY(%s)", list(docs))

    def texts(self, docs: Iterable[int], *, spelt: bool) -> Iterable[tuple[int, str, str, str]]:
        exact = "exact" if spelt else "''"
        return self.rows(
            f"SELECT id, folded_title, folded, {exact} FROM {{body}} WHERE id = ANY(%s)", list(docs)
        )

    def shown(self, docs: Iterable[int]) -> Iterable[tuple[int, str, int, str, str, str]]:
        return self.rows(
            "SELECT id, uuid, seq, title, lead, text FROM {doc} JOIN {body} USING (id)"
            " WHERE id = ANY(%s)",
            list(docs),
        )

    def rows(self, statement: str, *values: Any) -> list[tuple]:
        """What a statement about this index's tables finds; nothing for no documents."""
        if values and not values[0]:
            return []
        self.cursor.execute(self.index.named(statement), values)
        return self.cursor.fetchall()
