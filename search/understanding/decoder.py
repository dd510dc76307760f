"""Rewriting a mistyped question from the archive's own vocabulary.

A noisy channel: what was typed is one of several word sequences seen through a careless keyboard.
Each typed word proposes what it may have been (itself, its TELEX reading, a neighbour at one edit,
several words run together, a longer word just begun); a bigram model over the archive's entries
says which proposals go together. Costs are in nats; smaller is likelier.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from search.text import fold
from search.understanding import telex
from search.understanding.structures import Lexicon, Reading

BEAM: Final = 12
MAX_WORDS: Final = 14
LONGEST_WORD: Final = 12
LONGEST_RUN: Final = 60

UNKNOWN_COST: Final = 24.0
TELEX_COST: Final = 1.5
SPLIT_COST: Final = 3.0
BEGUN_COST: Final = 1.5
LETTER_COST: Final = 4.0
MARKED_COST: Final = 2.0
PAIR_SHARE: Final = 0.8

_LETTERS: Final = "abcdefghiklmnopqrstuvxywjz"
_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE: Final = frozenset(
    pair
    for row, line in enumerate(_ROWS)
    for at, key in enumerate(line)
    for other in (
        *line[at + 1 : at + 2],
        *(_ROWS[row + 1][max(0, at - 1) : at + 1] if row + 1 < len(_ROWS) else ""),
    )
    for pair in (key + other, other + key)
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one typed word may have been."""

    words: tuple[str, ...]
    exact: tuple[str, ...]
    cost: float


@dataclass(frozen=True, slots=True)
class _Path:
    cost: float
    words: tuple[str, ...]
    exact: tuple[str, ...]


def rewrite(
    typed: Reading, lexicon: Lexicon, *, begun: bool, thorough: bool = False, most: int = 3
) -> list[Reading]:
    """The likeliest other readings of what was typed, best first.

    `begun` lets the last word be the start of a longer one; `thorough` doubts every word, not only
    those that the archive does not know or never saw in such company.
    """
    if not 0 < len(typed.words) <= MAX_WORDS:
        return []
    model = _Model(lexicon)
    proposals = _Proposer(typed, model, begun=begun, thorough=thorough).all()
    if all(len(choices) == 1 for choices in proposals):
        return []
    paths = [_Path(0.0, (), ())]
    for choices in proposals:
        model.learn_pairs(
            pair
            for path in paths
            for choice in choices
            for pair in zip((*path.words[-1:], *choice.words), choice.words, strict=False)
            if path.words or len(choice.words) > 1
        )
        grown = [
            _Path(
                path.cost + choice.cost + model.cost_after(path.words[-1:], choice.words),
                path.words + choice.words,
                path.exact + choice.exact,
            )
            for path in paths
            for choice in choices
        ]
        grown.sort(key=lambda path: path.cost)
        paths = grown[:BEAM]
    best = paths[0].cost
    readings: dict[tuple[str, ...], Reading] = {}
    for path in paths:
        if path.words != typed.words and len(readings) < most:
            readings.setdefault(path.words, Reading(path.words, path.exact, cost=path.cost - best))
    return list(readings.values())


class _Model:
    """The bigram model, asked in batches."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.total = max(1, lexicon.size()) * 150.0
        self.counts: dict[str, int] = {}
        self.pairs: dict[tuple[str, str], int] = {}

    def learn(self, words: Iterable[str]) -> None:
        new = set(words) - self.counts.keys()
        if new:
            self.counts |= dict.fromkeys(new, 0) | self.lexicon.counts(new)

    def learn_pairs(self, pairs: Iterable[tuple[str, str]]) -> None:
        known = self.counts
        new = {p for p in pairs if p not in self.pairs and known.get(p[0]) and known.get(p[1])}
        if new:
            self.pairs |= dict.fromkeys(new, 0) | self.lexicon.pair_counts(new)

    def cost_after(self, before: Sequence[str], words: Sequence[str]) -> float:
        cost = 0.0
        last = before[-1] if before else ""
        for word in words:
            cost += self.cost(last, word)
            last = word
        return cost

    def cost(self, before: str, word: str) -> float:
        count = self.counts.get(word, 0)
        if not count:
            return UNKNOWN_COST
        chance = count / self.total
        if before and (follows := self.pairs.get((before, word), 0)):
            chance += PAIR_SHARE * follows / max(self.counts[before], follows)
        return -math.log(min(1.0, chance))


class _Proposer:
    """Collects what each typed word may have been."""

    def __init__(self, typed: Reading, model: _Model, *, begun: bool, thorough: bool) -> None:
        self.typed = typed
        self.model = model
        self.begun = begun
        self.thorough = thorough
        model.learn(typed.words)
        model.learn_pairs(zip(typed.words, typed.words[1:], strict=False))

    def all(self) -> list[list[Proposal]]:
        words, exact = self.typed.words, self.typed.exact
        chosen: list[list[Proposal]] = []
        edits: dict[int, dict[str, float]] = {}
        decoded = [("" if exact[i] else telex.decode(word)) for i, word in enumerate(words)]
        meant = self.model.lexicon.exact_counts(word for word in decoded if word)
        self.model.learn(fold(word) for word in meant)
        for at, word in enumerate(words):
            choices = [Proposal((word,), (exact[at],), 0.0)]
            if decoded[at] in meant:
                choices.append(Proposal((fold(decoded[at]),), (decoded[at],), TELEX_COST))
            if self._doubtful(at):
                edits[at] = one_edit(word)
                choices += self._split(word, bool(exact[at]))
            chosen.append(choices)
        self.model.learn(word for near in edits.values() for word in near)
        self.model.learn_pairs(
            pair
            for at, near in edits.items()
            for word in near
            if self.model.counts[word]
            for pair in self._with_neighbours(at, word)
        )
        for at, near in edits.items():
            marked = MARKED_COST if exact[at] else 0.0
            chosen[at] += sorted(
                (
                    Proposal((word,), ("",), cost + marked)
                    for word, cost in near.items()
                    if self.model.counts[word] and self._likelier(at, word)
                ),
                key=lambda choice: choice.cost + self._loneliness(at, choice.words[0]),
            )[:20]
        if self.begun:
            chosen[-1] += self._finished(words)
        return chosen

    def _doubtful(self, at: int) -> bool:
        """Unknown to the archive, or never met beside its neighbours."""
        words = self.typed.words
        if at in self.typed.optional or words[at].isdigit():
            return False
        if self.thorough or not self.model.counts[words[at]]:
            return True
        beside = [p for p in ((at - 1, at), (at, at + 1)) if p[0] >= 0 and p[1] < len(words)]
        return bool(beside) and not any(
            self.model.pairs.get((words[left], words[right])) for left, right in beside
        )

    def _likelier(self, at: int, word: str) -> bool:
        """Whether a neighbour at one edit may be meant.

        A word that the archive knows is put right only by one that it has seen in such company:
        short words have too many neighbours ("che": chi, cho, chu) to take any that exists.
        """
        if self.thorough or not self.model.counts[self.typed.words[at]]:
            return True
        return any(self.model.pairs.get(pair) for pair in self._with_neighbours(at, word))

    def _with_neighbours(self, at: int, word: str) -> list[tuple[str, str]]:
        words = self.typed.words
        return [(left, word) for left in words[at - 1 : at] if at] + [
            (word, right) for right in words[at + 1 : at + 2]
        ]

    def _loneliness(self, at: int, word: str) -> float:
        """How badly a word goes with its typed neighbours; to cut a long list only."""
        cost = self.model.cost("", word)
        for left, right in self._with_neighbours(at, word):
            if self.model.counts.get(left) and self.model.counts.get(right):
                cost += self.model.cost(left, right)
        return cost

    def _finished(self, words: Sequence[str]) -> list[Proposal]:
        before = words[-2] if len(words) > 1 else ""
        start = words[-1]
        longer = [w for w in self.model.lexicon.begun(before, start, 8) if w != start]
        self.model.learn(longer)
        return [
            Proposal((word,), ("",), BEGUN_COST + 0.2 * (len(word) - len(start))) for word in longer
        ]

    def _split(self, run: str, marked: bool) -> list[Proposal]:
        """Several words run together, pulled apart by the bigram model; the best three ways."""
        length = len(run)
        if not 4 <= length <= LONGEST_RUN:
            return []
        pieces = {
            (start, end): run[start:end]
            for start in range(length)
            for end in range(start + 1, min(length, start + LONGEST_WORD) + 1)
        }
        self.model.learn(pieces.values())
        keys = {}
        if not marked:
            decoded = {piece: telex.decode(piece) for piece in set(pieces.values())}
            meant = self.model.lexicon.exact_counts(filter(None, decoded.values()))
            keys = {piece: word for piece, word in decoded.items() if word in meant}
            self.model.learn(map(fold, keys.values()))
        ways: list[list[_Path]] = [[_Path(0.0, (), ())]] + [[] for _ in run]
        for end in range(1, length + 1):
            found: list[tuple[_Path, Proposal]] = []
            for start in range(max(0, end - LONGEST_WORD), end):
                piece = pieces[start, end]
                choices = []
                if self.model.counts[piece]:
                    letter = LETTER_COST if len(piece) == 1 else 0.0
                    choices.append(Proposal((piece,), ("",), SPLIT_COST + letter))
                if piece in keys:
                    exact = keys[piece]
                    choices.append(Proposal((fold(exact),), (exact,), SPLIT_COST + TELEX_COST))
                found += [(way, choice) for way in ways[start] for choice in choices]
            self.model.learn_pairs(
                (way.words[-1], choice.words[0]) for way, choice in found if way.words
            )
            ways[end] = sorted(
                (
                    _Path(
                        way.cost + choice.cost + self.model.cost_after(way.words, choice.words),
                        way.words + choice.words,
                        way.exact + choice.exact,
                    )
                    for way, choice in found
                ),
                key=lambda way: way.cost,
            )[:4]
        return [
            Proposal(way.words, way.exact, (len(way.words) - 1) * SPLIT_COST)
            for way in ways[length][:3]
            if len(way.words) > 1
        ]


def one_edit(word: str) -> dict[str, float]:
    """Every string one slip away, with what the slip costs; nothing for a single letter."""
    if not 2 <= len(word) <= 20:
        return {}
    short = 1.0 if len(word) == 2 else 0.0
    near: dict[str, float] = {}

    def propose(candidate: str, cost: float) -> None:
        if candidate != word and cost < near.get(candidate, math.inf):
            near[candidate] = cost + short

    for at in range(len(word)):
        head, letter, tail = word[:at], word[at], word[at + 1 :]
        first = 0.7 if at == 0 else 0.0
        doubled = at > 0 and word[at - 1] == letter
        propose(head + tail, (4.5 if doubled else 5.5) + first)
        if tail:
            propose(head + tail[0] + letter + tail[1:], 4.5 + first)
        for other in _LETTERS:
            propose(head + other + tail, (4.5 if letter + other in _BESIDE else 6.5) + first)
            propose(head + other + letter + tail, 5.5 + first)
    for other in _LETTERS:
        propose(word + other, 5.5)
    return near
