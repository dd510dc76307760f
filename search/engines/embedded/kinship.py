"""Entries like this one: they share its rare words, its tags, its unit, what it tells of.

Rare is what says something: each thing shared counts by how few entries have it. Only words of
title and lead are looked at, and only those that a bounded number of entries hold.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from heapq import nlargest
from itertools import pairwise
from typing import Final

from search.engines.embedded import bitmaps
from search.engines.embedded.sets import View
from search.engines.embedded.snapshot import Snapshot
from search.text import tokenise
from search.understanding import Lexicon

MOST_WORDS: Final = 60
RARE: Final = 1000
# A pair is only as cheap to look for as the rarer of its words.
RARE_BESIDE: Final = 3000
CHOSEN_WORDS, CHOSEN_PAIRS = 8, 6
TITLE_WORTH: Final = 1.5
PAIR_WORTH: Final = 1.3
FACET_WORTH: Final = {"tag": 1.5, "unit": 1.0, "content": 0.6, "group": 0.4, "kind": 0.3}
# What more than this share of all entries holds says nothing.
COMMON_SHARE: Final = 0.3
COMPARED: Final = 200


class Kinship:
    """Likeness to one entry, in one view of the index."""

    def __init__(self, view: View, snapshot: Snapshot, lexicon: Lexicon) -> None:
        self.view = view
        self.snapshot = snapshot
        self.lexicon = lexicon
        self.size = snapshot.alive.bit_count()

    def nearest(self, uuid: str, limit: int) -> tuple[str, ...]:
        """The uuids of the most alike, best first, never its own; () for one that is not here."""
        doc = self.view.document(uuid)
        if doc is None or limit < 1:
            return ()
        ((_doc, _uuid, _seq, title, lead, _text),) = self.view.shown([doc])
        scores: Counter[int] = Counter()
        for words, weight in self._telling(tokenise(title), tokenise(lead)):
            for other in bitmaps.to_ids(self.view.phrase(words)):
                scores[other] += weight
        self._add_facets(doc, scores, limit)
        scores.pop(doc, None)
        keys = self.snapshot.keys
        best = nlargest(limit, ((score, keys[other], other) for other, score in scores.items()))
        named = {row[0]: row[1] for row in self.view.shown(other for _s, _key, other in best)}
        return tuple(named[other] for _score, _key, other in best)

    def _telling(
        self, title: list[str], lead: list[str]
    ) -> Iterator[tuple[tuple[str, ...], float]]:
        """What to look for and what it is worth: the rarest words, the rarest neighbours."""
        lead = lead[:MOST_WORDS]
        titled = set(title)
        counts = self.lexicon.counts({*titled, *lead})
        most = min(RARE, max(3, int(COMMON_SHARE * self.size)))

        def worth(held: int, *, in_title: bool) -> float:
            return math.log((1 + self.size) / held) * (TITLE_WORTH if in_title else 1.0)

        told = {word: worth(n, in_title=word in titled) for word, n in counts.items()}
        words = [w for w in told if 2 <= counts[w] <= most and not w.isdigit()]
        for word in nlargest(CHOSEN_WORDS, words, key=lambda word: (told[word], word)):
            yield (word,), told[word]
        pairs = dict.fromkeys(pairwise(title), True) | {
            pair: False for pair in pairwise(lead) if not titled.issuperset(pair)
        }
        met = self.lexicon.pair_counts(pairs)
        rare = [
            pair
            for pair, n in met.items()
            if 2 <= n <= most and min(counts.get(word, 0) for word in pair) <= RARE_BESIDE
        ]
        for pair in sorted(rare, key=lambda pair: (met[pair], pair))[:CHOSEN_PAIRS]:
            yield pair, PAIR_WORTH * worth(met[pair], in_title=pairs[pair])

    def _add_facets(self, doc: int, scores: Counter[int], limit: int) -> None:
        """Shared facet values, for the likeliest so far and the newest under the rarest values."""
        snapshot = self.snapshot
        worth: dict[int, float] = {}
        held: dict[int, int] = {}
        for value in snapshot.values[doc]:
            factor = FACET_WORTH.get(snapshot.facets[value][0], 0.0)
            if factor:
                members = snapshot.sets[value] & snapshot.alive
                held[value] = members.bit_count()
                worth[value] = factor * math.log((1 + self.size) / held[value])
        compared = set(nlargest(COMPARED, scores, key=scores.__getitem__))
        for value in nlargest(2, worth, key=worth.__getitem__):
            compared.update(snapshot.latest(snapshot.sets[value] & snapshot.alive, limit + 1))
        for other in compared:
            shared = [worth[v] for v in snapshot.values[other] if v in worth]
            scores[other] += sum(shared)
