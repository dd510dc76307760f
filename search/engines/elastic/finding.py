"""What a question is asked with: the vocabulary, the server, the chosen filters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from search.engines.elastic import clauses, facets, pools
from search.engines.elastic.clauses import Clause
from search.engines.elastic.question import Found, Question
from search.engines.elastic.server import Budget
from search.ranking import Plan
from search.understanding import Lexicon, Reading, Thesaurus, Understood, understand

EVERYTHING: Final[Clause] = {"match_all": {}}


class Finder:
    """One question."""

    def __init__(
        self,
        lexicon: Lexicon,
        budget: Budget,
        index: str,
        filters: Mapping[str, tuple[str, ...]],
    ) -> None:
        self.lexicon = lexicon
        self.budget = budget
        self.index = index
        self.filters = filters
        self.size = max(1, lexicon.size())
        self.common = pools.common(self.size)
        self.counts: dict[str, int] = {}
        self.pairs: dict[tuple[str, str], int] = {}
        self.spelt = False

    def find(self, q: str, thesaurus: Thesaurus, *, rank: bool) -> Found:
        """The entries that `q` means; the best of them in order if `rank`."""
        understood = understand(q, self.lexicon, thesaurus)
        if understood is None:
            return self._counted(clauses.NOTHING)
        return Question(self, understood, rank=rank).found()

    def everything(self) -> Found:
        return self._counted(EVERYTHING)

    def _counted(self, matching: Clause) -> Found:
        (answer,) = self.ask(facets.asked(matching, self.filters))
        return Found(matching, answer)

    def ask(self, *bodies: dict[str, Any]) -> list[dict[str, Any]]:
        return self.budget.ask(self.index, bodies)

    def rows(self, body: dict[str, Any]) -> dict[str, Any]:
        """The search with what its candidates are ranked by."""
        return body | pools.ranked_by(spelt=self.spelt)

    def learn(self, readings: Iterable[Reading]) -> None:
        known = list(readings)
        self.counts = self.lexicon.counts({word for reading in known for word in reading.words})
        self.pairs = self.lexicon.pair_counts(
            {
                pair
                for reading in known
                for pair in zip(reading.words, reading.words[1:], strict=False)
            }
        )
        self.spelt = any(any(reading.exact) for reading in known)

    def plans(self, understood: Understood, readings: list[Reading]) -> list[Plan]:
        typed = len(understood.readings)
        return [
            Plan.of(
                reading,
                self.counts,
                self.pairs,
                self.size,
                begun=understood.begun and at < typed,
            )
            for at, reading in enumerate(readings)
        ]

    def passes(self, row: dict[str, Any]) -> bool:
        """Whether an entry has the chosen values."""
        held = row["fields"]
        return all(
            any(value in held.get(name, ()) for value in values)
            for name, values in self.filters.items()
        )
