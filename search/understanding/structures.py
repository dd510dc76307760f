"""What a question was understood to mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


class Lexicon(Protocol):
    """The archive's own vocabulary, learnt from its live entries; words folded unless said."""

    def size(self) -> int:
        """How many entries the archive has."""
        ...

    def counts(self, words: Iterable[str]) -> dict[str, int]:
        """How many entries hold each word; words that none holds are left out."""
        ...

    def exact_counts(self, words: Iterable[str]) -> dict[str, int]:
        """The same for words in their exact form."""
        ...

    def pair_counts(self, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
        """How many entries hold both words side by side."""
        ...

    def begun(self, before: str, start: str, limit: int) -> list[str]:
        """The commonest words that begin so, those seen right after `before` first."""
        ...

    def spelling(self, word: str) -> str:
        """The commonest exact form of a word; the word itself where it is unknown."""
        ...


class NoWords:
    """The lexicon of an empty archive."""

    def size(self) -> int:
        return 0

    def counts(self, words: Iterable[str]) -> dict[str, int]:
        return {}

    def exact_counts(self, words: Iterable[str]) -> dict[str, int]:
        return {}

    def pair_counts(self, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
        return {}

    def begun(self, before: str, start: str, limit: int) -> list[str]:
        return []

    def spelling(self, word: str) -> str:
        return word


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the question: the words looked for, side by side in this order.

    `words` are folded; `exact` are the same words in exact form where the reader typed marks (or
    TELEX keys that mean them), else "". `optional` words rank but are not required (a unit's
    prefix). `cost` is how far this is from what was typed (0: nothing changed), in nats.
    """

    words: tuple[str, ...]
    exact: tuple[str, ...]
    optional: frozenset[int] = frozenset()
    cost: float = 0.0

    @property
    def required(self) -> tuple[str, ...]:
        kept = tuple(w for i, w in enumerate(self.words) if i not in self.optional)
        return kept or self.words


@dataclass(frozen=True, slots=True)
class Understood:
    """A question, understood.

    `phrases` were quoted: folded words that must stand side by side. `readings` start with what was
    typed, then its abbreviations written out or drawn together. `begun` says that the last word may
    be unfinished. `known` says that the archive knows every word, so nothing cries for correction.
    """

    readings: tuple[Reading, ...]
    phrases: tuple[tuple[str, ...], ...] = ()
    begun: bool = False
    known: bool = True

    @property
    def typed(self) -> Reading:
        return self.readings[0]
