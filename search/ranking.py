"""How well one entry answers one reading: coverage, neighbours, the whole question as a phrase.

Pure string work over a few hundred candidates; who is a candidate each engine decides.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from search.understanding import REWRITTEN, Reading

COVERAGE, TITLE_COVERAGE = 10.0, 4.0
PAIRS, TITLE_PAIRS = 5.0, 5.0
TRIPLES = 4.0
PHRASE, TITLE_PHRASE, WHOLE_TITLE = 4.0, 6.0, 3.0
TITLE_DENSITY = 2.0
FREQUENCY = 1.5
EXACT: Final = 0.35
# Who types marks means them: what is spelt otherwise is worth this much.
OTHER_SPELLING: Final = 0.6
BEGUN: Final = 0.75
OPTIONAL: Final = 0.3
COST: Final = 0.35

# Fewer than these are a thin result: rewritings, near misses and look-alikes fill it up.
FEW: Final = 10
MOST_EXTRAS: Final = 30
# The share of the question that a near miss holds; how alike a title's letters must be, and what
# likeness is worth beside the scores of `Ranking`.
COVERED_ENOUGH: Final = 0.5
LIKE_ENOUGH: Final = 0.45
LIKENESS: Final = 26.0
# A rewriting this near the likeliest is looked for even where what was typed finds enough.
LIKELY: Final = REWRITTEN + 2.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """The words of an entry, parted by single spaces and with one at both ends."""

    doc: int
    title: str
    text: str
    exact: str

    @classmethod
    def of(cls, doc: int, folded_title: str, folded: str, exact: str) -> Candidate:
        return cls(doc, f" {folded_title} ", f" {folded} ", f" {exact} ")


@dataclass(frozen=True, slots=True)
class Plan:
    """A reading made ready to be looked for in many candidates. Weights sum to one."""

    reading: Reading
    words: tuple[tuple[str, float], ...]
    pairs: tuple[tuple[str, float], ...]
    triples: tuple[tuple[str, float], ...]
    phrase: str
    marked: tuple[tuple[str, float], ...]
    marked_phrase: str
    begun: bool
    known: float

    @classmethod
    def of(
        cls,
        reading: Reading,
        counts: Mapping[str, int],
        pair_counts: Mapping[tuple[str, str], int],
        size: int,
        *,
        begun: bool,
    ) -> Plan:
        weights = [
            (OPTIONAL if i in reading.optional else 1.0)
            * math.log(1.5 + size / (1.0 + counts.get(word, 0)))
            for i, word in enumerate(reading.words)
        ]
        total = sum(weights)
        pairs = list(zip(reading.words, reading.words[1:], strict=False))
        pair_weights = [
            math.log(1.5 + size / held) if (held := pair_counts.get(pair)) else (a + b) / 2
            for pair, a, b in zip(pairs, weights, weights[1:], strict=False)
        ]
        pair_total = sum(pair_weights) or 1.0
        triple_weights = [a + b for a, b in pairwise(pair_weights)]
        triple_total = sum(triple_weights) or 1.0
        spelt = [e or w for e, w in zip(reading.exact, reading.words, strict=True)]
        marked = [(e, x) for e, x in zip(reading.exact, weights, strict=True) if e]
        marked_total = sum(x for _e, x in marked)
        return cls(
            reading=reading,
            words=tuple((f" {w} ", x / total) for w, x in zip(reading.words, weights, strict=True)),
            pairs=tuple(
                (f" {a} {b} ", x / pair_total)
                for (a, b), x in zip(pairs, pair_weights, strict=True)
            ),
            triples=tuple(
                (f" {' '.join(reading.words[at : at + 3])} ", x / triple_total)
                for at, x in enumerate(triple_weights)
            ),
            phrase=f" {' '.join(reading.words)} ",
            marked=tuple((f" {e} ", x / marked_total) for e, x in marked),
            marked_phrase=f" {' '.join(spelt)} " if marked else "",
            begun=begun,
            known=sum(x for w, x in zip(reading.words, weights, strict=True) if counts.get(w))
            / total,
        )


@dataclass(frozen=True, slots=True)
class _Look:
    """A plan as places in the list of all strings that are looked for."""

    plan: Plan
    words: tuple[tuple[int, float], ...]
    pairs: tuple[tuple[int, float], ...]
    triples: tuple[tuple[int, float], ...]
    phrase: int
    begun: tuple[int, int, int] | None


# Which of the strings stand in a text.
Held = tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """What a plan says of all candidates that hold the same strings: the part that is summed once.

    `density` is for the share of the title that the phrase is, `starts` what the title may begin
    with, `words` are the places and weights of those that are counted.
    """

    plan: Plan
    score: float
    covered: float
    density: float
    starts: str
    words: tuple[tuple[int, float], ...]


class Ranking:
    """Several plans over many candidates: each string is looked for once in each text.

    Candidates differ less than they are many: what depends only on which strings stand in title
    and text is worked out once for each such pattern.
    """

    def __init__(self, plans: Sequence[Plan]) -> None:
        words = dict.fromkeys(word for plan in plans for word, _weight in plan.words)
        places = {word: at for at, word in enumerate(words)}

        def place(text: str) -> int:
            return places.setdefault(text, len(places))

        self.looks = [
            _Look(
                plan,
                tuple((place(word), weight) for word, weight in plan.words),
                tuple((place(pair), weight) for pair, weight in plan.pairs),
                tuple((place(triple), weight) for triple, weight in plan.triples),
                place(plan.phrase),
                self._begun(plan, place),
            )
            for plan in plans
        ]
        self.strings = list(places)
        self._words = list(words)
        self._runs = [
            (string, [places[word] for word in _whole_words(string)])
            for string in self.strings[len(words) :]
        ]
        self._parts: dict[tuple[Held, Held], list[_Part]] = {}

    @staticmethod
    def _begun(plan: Plan, place: Callable[[str], int]) -> tuple[int, int, int] | None:
        if not plan.begun:
            return None
        last_pair = plan.pairs[-1][0] if plan.pairs else plan.words[-1][0]
        return place(plan.words[-1][0][:-1]), place(last_pair[:-1]), place(plan.phrase[:-1])

    def best(self, candidate: Candidate) -> tuple[float, float, int]:
        """(how well it answers, the share of the known words that it holds, which plan says so)."""
        title, text = candidate.title, candidate.text
        titled = tuple([string in title for string in self.strings])
        often = [text.count(word) for word in self._words]
        # What needs a word that is nowhere isn't looked for: a text is read whole for a no.
        held = (
            *map(bool, often),
            *(
                all(map(often.__getitem__, needed)) and string in text
                for string, needed in self._runs
            ),
        )
        parts = self._parts.get((titled, held))
        if parts is None:
            parts = [self._part(look, titled, held) for look in self.looks]
            self._parts[titled, held] = parts
        return max((*self._score(part, candidate, often), -at) for at, part in enumerate(parts))

    def _part(self, look: _Look, titled: Held, held: Held) -> _Part:
        """What depends on nothing but which strings stand in title and text."""
        plan = look.plan
        covered = _sum(look.words, held)
        title_covered = _sum(look.words, titled)
        pairs = _sum(look.pairs, held) if look.pairs else covered
        title_pairs = _sum(look.pairs, titled) if look.pairs else title_covered
        phrase, title_phrase = float(held[look.phrase]), float(titled[look.phrase])
        starts = plan.phrase
        if look.begun and not phrase:
            word, pair, whole = look.begun
            last_word, weight = look.words[-1]
            last_pair, pair_weight = look.pairs[-1] if look.pairs else look.words[-1]
            covered += BEGUN * weight * (held[word] and not held[last_word])
            pairs += BEGUN * pair_weight * (held[pair] and not held[last_pair])
            phrase = BEGUN * held[whole]
        if look.begun and not title_phrase:
            word, pair, whole = look.begun
            last_word, weight = look.words[-1]
            last_pair, pair_weight = look.pairs[-1] if look.pairs else look.words[-1]
            title_covered += BEGUN * weight * (titled[word] and not titled[last_word])
            title_pairs += BEGUN * pair_weight * (titled[pair] and not titled[last_pair])
            title_phrase = BEGUN * titled[whole]
            starts = plan.phrase[:-1]
        # Half a title says little: a place's or a family's name is in many.
        title_covered *= title_covered
        title_pairs *= title_pairs
        return _Part(
            plan=plan,
            score=COVERAGE * covered
            + TITLE_COVERAGE * title_covered
            + PAIRS * pairs
            + TITLE_PAIRS * title_pairs
            + TRIPLES * (_sum(look.triples, held) if look.triples else phrase)
            + PHRASE * phrase
            + TITLE_PHRASE * title_phrase,
            covered=covered / (plan.known or 1.0),
            density=TITLE_DENSITY * title_covered,
            starts=starts if title_phrase else "",
            words=tuple((at, FREQUENCY * weight) for at, weight in look.words if held[at]),
        )

    @staticmethod
    def _score(part: _Part, candidate: Candidate, often: list[int]) -> tuple[float, float]:
        plan = part.plan
        share = min(1.0, len(plan.phrase) / len(candidate.title))
        score = part.score + part.density * share
        for at, weight in part.words:
            score += weight * often[at] / (often[at] + 2.0)
        if part.starts and candidate.title.startswith(part.starts):
            score += WHOLE_TITLE * share
        if plan.marked:
            spelt = sum([weight for word, weight in plan.marked if word in candidate.exact])
            score *= OTHER_SPELLING + (1.0 - OTHER_SPELLING) * spelt
            score += EXACT * (COVERAGE * spelt + _exact_phrase(plan, candidate.exact))
        return score - COST * plan.reading.cost, part.covered


def _whole_words(string: str) -> list[str]:
    """The words in a run of words, each as it is looked for; a last one only begun isn't whole."""
    words = string.split()
    return [f" {word} " for word in (words if string.endswith(" ") else words[:-1])]


def _sum(wanted: tuple[tuple[int, float], ...], held: Held) -> float:
    return sum([weight for at, weight in wanted if held[at]])


def _exact_phrase(plan: Plan, text: str) -> float:
    at = text.find(plan.marked_phrase)
    if at < 0:
        return 0.0
    # The title is the first field of the exact text.
    return PHRASE + PAIRS + (TITLE_PHRASE if at < text.find(" ¶ ") else 0.0)


def likeness(run: frozenset[str], title: frozenset[str]) -> float:
    """Dice's measure of two sets of trigrams, 0 to 1."""
    return 2.0 * len(run & title) / (len(run) + len(title)) if run and title else 0.0
