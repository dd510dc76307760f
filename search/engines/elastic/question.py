"""From a question to the entries it means, in as few requests as it takes: one for what the archive
knows as it was typed, up to four for what was mistyped."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from search.engines.elastic import clauses, facets, pools
from search.engines.elastic.clauses import Clause
from search.engines.embedded.matching import FEW_TITLES
from search.engines.embedded.store import trigrams
from search.ranking import (
    COVERED_ENOUGH,
    FEW,
    LIKE_ENOUGH,
    LIKELY,
    LIKENESS,
    MOST_EXTRAS,
    Candidate,
    Ranking,
    likeness,
)
from search.understanding import Reading, Understood, corrections, respell
from search.understanding.slips import others, slips

if TYPE_CHECKING:
    from search.engines.elastic.finding import Finder

LEAST_TRIGRAMS: Final = 3


@dataclass(slots=True)
class Found:
    """`matching` is who matches, before filters; `counted` the answer that counts them after.

    `ranked` are the ids of the best, in order, after filters.
    """

    matching: Clause
    counted: dict[str, Any]
    ranked: list[str] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    begun: str = ""
    suggestion: str | None = None


@dataclass(slots=True)
class _Scored:
    score: float
    covered: float
    row: dict[str, Any]


class Question:
    """An understood question, from its first request to its last."""

    def __init__(self, finder: Finder, understood: Understood, *, rank: bool) -> None:
        self.finder = finder
        self.understood = understood
        self.rank = rank
        self.readings = list(understood.readings)
        self.rewritten: list[Reading] = []
        self.quoted = self._quoted()
        # Candidates by id; of these `matched` are known to match.
        self.rows: dict[str, dict[str, Any]] = {}
        self.matched: set[str] = set()
        self.alike: dict[str, float] = {}

    def found(self) -> Found:
        finder, understood = self.finder, self.understood
        finder.learn(self.readings)
        matching = clauses.all_of([clauses.matching(self.readings), *self.quoted])
        found, matched, standing, begun = self._as_typed(matching)
        few, apart, none = matched < FEW, not standing, not matched
        if few or apart or not understood.known:
            self._rewrite(apart=apart, few=few)
            if few or self.rewritten:
                found, few = self._rewritten(matching, few=few, apart=apart, none=none)
        found.begun, found.readings = self._begun(), self.readings
        if self.rank or few:
            self.rows |= begun
            self._choose(found, few=few, extra=set(begun))
        if not found.ranked:
            found.suggestion = None
        return found

    def _quoted(self) -> list[Clause]:
        """What must stand as it was quoted; nothing where nobody has it: words still find."""
        phrases = [clauses.phrase(phrase) for phrase in self.understood.phrases]
        if not phrases:
            return []
        (answer,) = self.finder.ask(clauses.counted(clauses.all_of(phrases), 1))
        return phrases if clauses.total(answer) else []

    def _begun(self) -> str:
        """The last word where it is the start of a longer one, not a word itself."""
        last = self.understood.typed.words[-1]
        return last if self.understood.begun and not self.finder.counts.get(last) else ""

    def _pool(self, matching: Clause) -> dict[str, Any]:
        finder = self.finder
        wanted = [matching, *clauses.chosen(finder.filters)]
        plans = finder.plans(self.understood, self.readings)
        return finder.rows(pools.best(wanted, plans, finder.pairs, finder.common))

    def _as_typed(self, matching: Clause) -> tuple[Found, int, int, dict[str, dict[str, Any]]]:
        """Found, how many match before filters, whether any holds the whole as a phrase (up to
        FEW and 1 respectively), and titles that only go on from it."""
        finder, words = self.finder, self.understood.typed.words
        titled, begun = clauses.counted(clauses.NOTHING), clauses.counted(clauses.NOTHING)
        if self.understood.begun and len(words) > 1:
            titled = clauses.counted(clauses.phrase(words, "folded_title"), FEW)
            begun = finder.rows(pools.begun(words, matching, self.quoted))
        pool = self._pool(matching) if self.rank else clauses.counted(clauses.NOTHING)
        counted, matched, standing, titles, going_on, best = finder.ask(
            facets.asked(matching, finder.filters),
            clauses.counted(matching, FEW),
            clauses.counted(clauses.standing(self.readings), 1),
            titled,
            begun,
            pool,
        )
        self._take(best)
        more = {} if clauses.total(titles) >= FEW else _by_id(going_on)
        found = Found(matching, counted)
        return found, clauses.total(matched), clauses.total(standing), more

    def _rewrite(self, *, apart: bool, few: bool) -> None:
        """Ask the vocabulary, and the titles, what else may have been meant."""
        self.rewritten = corrections(self.understood, self.finder.lexicon)
        if apart:
            known = {reading.words for reading in self.rewritten}
            self.rewritten += [r for r in self._slipped() if r.words not in known]
        self.readings += self.rewritten
        self.finder.learn(self.readings)

    def _slipped(self) -> list[Reading]:
        rests = list(dict.fromkeys(others(self.understood.typed)))
        if not rests:
            return []
        answers = self.finder.ask(*(pools.titles(rest, FEW_TITLES) for rest in rests))
        titled = {
            rest: [hit["fields"]["folded_title"][0] for hit in answer["hits"]["hits"]]
            if clauses.total(answer) <= FEW_TITLES
            else []
            for rest, answer in zip(rests, answers, strict=True)
        }
        return slips(self.understood.typed, titled.__getitem__)

    def _rewritten(
        self, typed: Clause, *, few: bool, apart: bool, none: bool
    ) -> tuple[Found, bool]:
        """The second request: rewritings, near misses and look-alikes. Whether few match still."""
        finder = self.finder
        likely = [r for r in self.rewritten if few or r.cost <= LIKELY]
        meant = [*map(clauses.all_words, (r.required for r in likely))]
        meant += [clauses.phrase(r.words, "folded_title") for r in self.rewritten]
        matching = typed
        if meant:
            matching = clauses.any_of(
                [typed, clauses.all_of([clauses.any_of(meant), *self.quoted])]
            )
        grams = trigrams(" ".join(self.understood.typed.words))
        letters = (few or apart) and len(grams) >= LEAST_TRIGRAMS
        bodies = [
            facets.asked(matching, finder.filters),
            clauses.counted(matching, FEW),
            clauses.counted(clauses.standing(self.rewritten), 1),
            self._pool(matching) if self.rank or few else clauses.counted(clauses.NOTHING),
            self._near(matching) if few else clauses.counted(clauses.NOTHING),
            pools.alike(grams, self.quoted) if letters else clauses.counted(clauses.NOTHING),
        ]
        stands = [
            clauses.counted(clause, 1)
            for reading in (self.rewritten if none else ())
            for clause in (clauses.phrase(reading.words), clauses.all_words(reading.required))
        ]
        counted, matched, standing, best, near, alike, *standings = finder.ask(*bodies, *stands)
        few = clauses.total(matched) < FEW
        found = Found(matching, counted)
        self._take(best)
        if few:
            self.rows |= _by_id(near)
        if few or (apart and not clauses.total(standing)):
            self._take_alike(alike, grams)
        if none:
            found.suggestion = self._suggestion([clauses.total(answer) for answer in standings])
        return found, few

    def _near(self, matching: Clause) -> dict[str, Any]:
        finder = self.finder
        # Among those quoted only: the rest is no near miss but something else.
        body = pools.near(self.readings, finder.counts, finder.size, matching, finder.common)
        body["query"]["bool"]["filter"] += self.quoted
        return finder.rows(body)

    def _suggestion(self, standings: list[int]) -> str | None:
        """The likeliest rewriting that stands in the archive, by preference word by word."""
        whole = [r for r, n in zip(self.rewritten, standings[::2], strict=True) if n]
        apart = [r for r, n in zip(self.rewritten, standings[1::2], strict=True) if n]
        meant = min(whole or apart, key=lambda reading: reading.cost, default=None)
        if meant is None:
            return None
        return respell(meant, self.understood.typed, self.finder.lexicon)

    def _take(self, answer: dict[str, Any]) -> None:
        """Candidates that match."""
        rows = _by_id(answer)
        self.rows |= rows
        self.matched |= rows.keys()

    def _take_alike(self, answer: dict[str, Any], grams: list[str]) -> None:
        run = frozenset(grams)
        for uuid, row in _by_id(answer).items():
            title = frozenset(trigrams(row["fields"]["folded_title"][0]))
            if (score := likeness(run, title)) >= LIKE_ENOUGH:
                self.alike[uuid] = score
                self.rows.setdefault(uuid, row)

    def _choose(self, found: Found, *, few: bool, extra: set[str]) -> None:
        """Rank the candidates; near misses and look-alikes among them are taken in."""
        finder = self.finder
        ranking = Ranking(finder.plans(self.understood, self.readings))
        scored = {uuid: self._scored(ranking, row) for uuid, row in self.rows.items()}
        for uuid, alike in self.alike.items():
            if alike * LIKENESS > scored[uuid].score:
                scored[uuid].score = alike * LIKENESS
                extra.add(uuid)
        if few:
            near = [
                (entry.score, uuid)
                for uuid, entry in scored.items()
                if uuid not in self.matched | extra and entry.covered >= COVERED_ENOUGH
            ]
            extra.update(uuid for _score, uuid in sorted(near, reverse=True)[:MOST_EXTRAS])
        held = self.matched | extra
        best = sorted(
            (-entry.score, -entry.row["fields"]["key"][0], uuid)
            for uuid, entry in scored.items()
            if uuid in held and finder.passes(entry.row)
        )
        found.ranked = [uuid for _score, _key, uuid in best]
        extra -= self.matched
        if extra:
            found.matching = clauses.any_of([found.matching, clauses.these(extra)])
            (found.counted,) = finder.ask(facets.asked(found.matching, finder.filters))

    def _scored(self, ranking: Ranking, row: dict[str, Any]) -> _Scored:
        held = row["fields"]
        if "folded" not in held:
            # Only its title's letters are alike.
            return _Scored(0.0, 0.0, row)
        (title,), (text,), (spelt,) = (
            held.get(name, [""]) for name in ("folded_title", "folded", "exact")
        )
        score, covered, _at = ranking.best(Candidate.of(0, title, text, spelt))
        return _Scored(score, covered, row)


def _by_id(answer: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {hit["_id"]: hit for hit in answer["hits"]["hits"]}
