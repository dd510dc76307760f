"""From an understood question to the entries it means: which, and the best of them in order.

What matches is a set (bitmaps, see `sets`), so counts, filters and facets are exact. What is ranked
is a pool of at most a few hundred: common words say little about an entry, so they choose nobody by
themselves; rare words, titles and whole phrases do, and where all is common the newest come first.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from heapq import nlargest
from typing import Final

from search.engines.embedded import bitmaps
from search.engines.embedded.sets import View
from search.engines.embedded.snapshot import Snapshot
from search.engines.embedded.store import trigrams
from search.ranking import (
    COVERED_ENOUGH,
    FEW,
    LIKE_ENOUGH,
    LIKELY,
    LIKENESS,
    MOST_EXTRAS,
    Candidate,
    Plan,
    Ranking,
    likeness,
)
from search.understanding import (
    Lexicon,
    Reading,
    Thesaurus,
    Understood,
    corrections,
    respell,
    understand,
)
from search.understanding.slips import slips

# Words that more entries hold are never scored by the index, only tested: a number that bounds the
# work, and a share above which a word says nothing.
COMMON: Final = 3000
COMMON_SHARE: Final = 0.3
COMMON_LEAST: Final = 300
POOL: Final = 160
COMMON_POOL: Final = 60
FEW_TITLES: Final = 60
WIDEST_OR: Final = 6000


@dataclass(slots=True)
class Found:
    """`bits` is who matches, before filters; `ranked` the best of them in order, after filters."""

    bits: int
    ranked: list[int] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    begun: str = ""
    suggestion: str | None = None


class Matcher:
    """One question against one view of the index."""

    def __init__(self, view: View, snapshot: Snapshot, lexicon: Lexicon) -> None:
        self.view = view
        self.snapshot = snapshot
        self.lexicon = lexicon
        self.size = max(1, snapshot.alive.bit_count())
        self.common = min(COMMON, max(COMMON_LEAST, int(COMMON_SHARE * self.size)))
        self.counts: dict[str, int] = {}
        self.pairs: dict[tuple[str, str], int] = {}

    def find(self, q: str, allowed: int, thesaurus: Thesaurus, *, rank: bool) -> Found:
        """The entries that `q` means; of these the best within `allowed`, in order, if `rank`."""
        understood = understand(q, self.lexicon, thesaurus)
        if understood is None:
            return Found(0)
        readings = list(understood.readings)
        quoted_bits = self._quoted(understood)
        found = Found(self._all_of(readings) & quoted_bits, begun=self._begun(understood))
        few = found.bits.bit_count() < FEW
        typed_none = not found.bits
        rewritten: list[Reading] = []
        apart = not self._as_a_phrase(understood.readings)
        if few or apart or not understood.known:
            rewritten = corrections(understood, self.lexicon)
            if apart:
                known = {reading.words for reading in rewritten}
                rewritten += [r for r in self._slipped(understood) if r.words not in known]
            likely = [r for r in rewritten if few or r.cost <= LIKELY]
            titled = self._as_a_phrase(rewritten, "title_index")
            found.bits |= (self._all_of(likely) | titled) & quoted_bits
        readings += rewritten
        few = found.bits.bit_count() < FEW
        found.readings = readings
        if not rank and not few:
            return found
        self._learn(readings)
        typed = len(understood.readings)
        plans = [
            Plan.of(r, self.counts, self.pairs, self.size, begun=understood.begun and i < typed)
            for i, r in enumerate(readings)
        ]
        begun = self._begun_titles(understood, plans[0]) & quoted_bits
        found.bits |= begun
        wanted = found.bits & allowed
        pool = self._pool(readings, wanted) | begun
        if few:
            extra = bitmaps.from_ids(self._any_of(readings)) & quoted_bits & ~found.bits
            pool |= extra
        scored = self._score(plans, pool)
        if few or (apart and not self._as_a_phrase(rewritten)):
            self._add_titled_like(found, scored, understood, quoted_bits)
        if few:
            self._add_near(found, scored)
        held = found.bits & allowed
        best = sorted(
            (
                (-score, -self.snapshot.keys[doc], doc)
                for doc, (score, _covered, _at) in scored.items()
                if held >> doc & 1
            ),
        )
        found.ranked = [doc for _score, _key, doc in best]
        if rewritten and best and typed_none:
            meant = self._meant(rewritten)
            if meant is not None:
                found.suggestion = respell(meant, understood.typed, self.lexicon)
        return found

    def _meant(self, rewritten: list[Reading]) -> Reading | None:
        """The likeliest rewriting that stands in the archive, by preference word by word."""
        standing = [reading for reading in rewritten if self._as_a_phrase([reading])]
        standing = standing or [reading for reading in rewritten if self._all_of([reading])]
        return min(standing, key=lambda reading: reading.cost, default=None)

    def _quoted(self, understood: Understood) -> int:
        """Who holds every quoted phrase; everybody where nobody does, so that words still find."""
        bits = self.snapshot.alive
        for phrase in understood.phrases:
            bits &= self.view.phrase(phrase)
        return bits or self.snapshot.alive

    def _all_of(self, readings: list[Reading]) -> int:
        bits = 0
        for reading in readings:
            bits |= self.view.all_of(reading.required)
        return bits

    def _as_a_phrase(self, readings: Iterable[Reading], table: str = "text_index") -> int:
        bits = 0
        for reading in readings:
            bits |= self.view.phrase(reading.words, table)
        return bits

    def _begun(self, understood: Understood) -> str:
        """The last word where it is the start of a longer one, not a word itself."""
        last = understood.typed.words[-1]
        return last if understood.begun and not self.lexicon.counts([last]) else ""

    def _slipped(self, understood: Understood) -> list[Reading]:
        """Readings that put one word right by the only titles that hold all the others."""

        def titles(others: tuple[str, ...]) -> list[str]:
            titled = self.view.all_of(others, "title_index")
            if not 0 < titled.bit_count() <= FEW_TITLES:
                return []
            return [title for _doc, title in self.view.titles(bitmaps.to_ids(titled))]

        return slips(understood.typed, titles)

    def _learn(self, readings: list[Reading]) -> None:
        self.counts = self.lexicon.counts({w for reading in readings for w in reading.words})
        self.pairs = self.lexicon.pair_counts(
            {
                pair
                for reading in readings
                for pair in zip(reading.words, reading.words[1:], strict=False)
            }
        )

    def _rare(self, reading: Reading) -> list[str]:
        """The required words that few entries hold, the rarest first."""
        rare = [
            w for w in dict.fromkeys(reading.required) if 0 < self.counts.get(w, 0) <= self.common
        ]
        return sorted(rare, key=lambda word: self.counts[word])

    def _pool(self, readings: list[Reading], wanted: int) -> int:
        """Who is worth ranking, among those wanted."""
        if wanted.bit_count() <= POOL:
            return wanted
        pool = 0
        for reading in readings:
            pool |= self._best_of(reading, wanted)
        return pool

    def _best_of(self, reading: Reading, wanted: int) -> int:
        view, newest = self.view, self.snapshot.latest
        titled = view.all_of(reading.required, "title_index") & wanted
        tiers = [titled & view.phrase(reading.words, "title_index"), titled]
        marked = [word for word in reading.exact if word]
        if marked:
            spelt = view.all_of(marked, "exact_index")
            tiers = [part for tier in tiers for part in (tier & spelt, tier)]
        rare = self._rare(reading)
        room = POOL // 2 if rare else COMMON_POOL
        pool = 0
        for tier in tiers:
            missing = room - pool.bit_count()
            if missing <= 0:
                break
            pool |= bitmaps.from_ids(newest(tier & ~pool, missing))
        if rare:
            pool |= self._together(reading, wanted, apart=True)
            return pool | bitmaps.from_ids(view.best_of_all(rare, wanted, POOL // 2))
        return pool | self._common(reading, wanted & ~pool, room - pool.bit_count())

    def _together(self, reading: Reading, wanted: int, *, apart: bool) -> int:
        """Those that hold most of the question's neighbours side by side; rare ones weigh more.

        Names in long texts would drown otherwise: their words are everywhere, apart. `apart` leaves
        out neighbours that are both common: rare words speak for themselves.
        """
        weights: Counter[int] = Counter()
        for pair in set(zip(reading.words, reading.words[1:], strict=False)):
            if apart and min(self.counts.get(word, 0) for word in pair) > self.common:
                continue
            bits = self.view.phrase(pair) & wanted
            if 0 < (held := bits.bit_count()) <= COMMON:
                weight = round(1000 * math.log(1.5 + self.size / held))
                weights.update(dict.fromkeys(bitmaps.to_ids(bits), weight))
        keys = self.snapshot.keys
        best = nlargest(POOL // 2, ((weight, keys[doc], doc) for doc, weight in weights.items()))
        return bitmaps.from_ids(doc for _weight, _key, doc in best)

    def _common(self, reading: Reading, wanted: int, room: int) -> int:
        """The newest of those that hold the whole phrase, then of the others."""
        pool = 0
        tiers = [wanted]
        if len(reading.words) > 1 and room > 0:
            whole = wanted & self.view.phrase(reading.words)
            tiers.insert(0, whole)
            if not whole:
                pool = self._together(reading, wanted, apart=False)
        if any(reading.exact):
            spelt = self.view.all_of([w for w in reading.exact if w], "exact_index")
            tiers = [part for tier in tiers for part in (tier & spelt, tier)]
        for tier in tiers:
            if room - pool.bit_count() > 0:
                fresh = self.snapshot.latest(tier & ~pool, room - pool.bit_count())
                pool |= bitmaps.from_ids(fresh)
        return pool

    def _begun_titles(self, understood: Understood, plan: Plan) -> int:
        """Titles that go on from the question as far as it is typed."""
        words = understood.typed.words
        if not understood.begun or len(words) < 2:
            return 0
        if self.view.phrase(words, "title_index").bit_count() >= FEW:
            return 0
        titled = self.view.phrase(words[:-1], "title_index")
        titles = self.view.titles(self.snapshot.latest(titled, POOL))
        begun = plan.phrase[:-1]
        return bitmaps.from_ids(doc for doc, title in titles if begun in f" {title} ")

    def _any_of(self, readings: list[Reading]) -> set[int]:
        """Who holds some of the informative words, the best of them."""
        docs: set[int] = set()
        for reading in readings:
            room = WIDEST_OR
            chosen = []
            for word in self._rare(reading):
                room -= self.counts[word]
                if room < 0:
                    break
                chosen.append(word)
            if chosen:
                docs.update(self.view.best_of_any(chosen, POOL // 2))
        return docs

    def _score(self, plans: list[Plan], pool: int) -> dict[int, tuple[float, float, int]]:
        """For each candidate its best (score, coverage, number of the reading)."""
        ranking = Ranking(plans)
        spelt = any(plan.marked for plan in plans)
        rows = self.view.texts(bitmaps.to_ids(pool), spelt=spelt)
        return {row[0]: ranking.best(Candidate.of(*row)) for row in rows}

    def _add_titled_like(
        self,
        found: Found,
        scored: dict[int, tuple[float, float, int]],
        understood: Understood,
        quoted_bits: int,
    ) -> None:
        """Take in entries titled like the question, where nothing stands as it was typed."""
        for doc, alike in self._titled_like(understood).items():
            if quoted_bits >> doc & 1 and alike * LIKENESS > scored.get(doc, (0.0,))[0]:
                scored[doc] = (alike * LIKENESS, 1.0, 0)
                found.bits |= 1 << doc

    def _add_near(self, found: Found, scored: dict[int, tuple[float, float, int]]) -> None:
        """Fill up a thin result with entries that hold most of the question."""
        near = [
            (score, doc)
            for doc, (score, covered, _at) in scored.items()
            if covered >= COVERED_ENOUGH and not found.bits >> doc & 1
        ]
        found.bits |= bitmaps.from_ids(doc for _score, doc in nlargest(MOST_EXTRAS, near))

    def _titled_like(self, understood: Understood) -> dict[int, float]:
        """Titles whose letters, spaces aside, are much those of the question."""
        run = frozenset(trigrams(" ".join(understood.typed.words)))
        if len(run) < 3:
            return {}
        counts = self.view.gram_counts(run)
        seen: Counter[int] = Counter()
        room = WIDEST_OR
        for gram in sorted(counts, key=counts.__getitem__):
            room -= counts[gram]
            if room < 0 and seen:
                break
            seen.update(self.view.with_gram(gram))
        likely = [doc for doc, _n in seen.most_common(POOL // 2)]
        found = {}
        for doc, title in self.view.titles(likely):
            alike = likeness(run, frozenset(trigrams(title)))
            if alike >= LIKE_ENOUGH:
                found[doc] = alike
        return found
