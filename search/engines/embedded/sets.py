"""Which documents hold a word or a phrase, as bitmaps that are read once and then only extended."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Final

from search.engines.embedded import bitmaps

MEMORY: Final = 32 * 1024 * 1024


class TermSets:
    """A bounded memory of (table, expression) to documents; shared by the threads of a process.

    Ids only grow, so a set read up to id n is extended from n; what is gone is for the caller to
    mask with the snapshot's `alive`.
    """

    def __init__(self, memory: int = MEMORY) -> None:
        self.memory = memory
        self.used = 0
        self.held: OrderedDict[tuple[str, str], tuple[int, int]] = OrderedDict()
        self.lock = threading.Lock()

    def get(self, key: tuple[str, str], last_doc: int, read: Callable[[int], Iterable[int]]) -> int:
        """The ids up to `last_doc`; `read(upto)` finds those beyond `upto` and not beyond that."""
        upto, bits = self.held.get(key, (0, 0))
        if upto < last_doc:
            bits |= bitmaps.from_ids(read(upto))
        with self.lock:
            old = self.held.pop(key, None)
            if old is not None:
                self.used -= _size(old[1])
                if old[0] > last_doc:
                    last_doc, bits = old
            self.held[key] = (last_doc, bits)
            self.used += _size(bits)
            while self.used > self.memory:
                _key, (_upto, dropped) = self.held.popitem(last=False)
                self.used -= _size(dropped)
        return bits


def _size(bits: int) -> int:
    return bits.bit_length() // 7 + 200


class View(ABC):
    """What one search sees of an index: sets of documents, and the texts behind them.

    Fields are "title_index" and "text_index" (folded words), "exact_index" (exact words).
    """

    alive: int

    @abstractmethod
    def word(self, word: str, field: str = "text_index") -> int:
        """The documents that hold a word."""

    @abstractmethod
    def phrase(self, words: Iterable[str], field: str = "text_index") -> int:
        """The documents that hold the words side by side."""

    def all_of(self, words: Iterable[str], field: str = "text_index") -> int:
        """The documents that hold every word."""
        found = self.alive
        for word in words:
            found &= self.word(word, field)
            if not found:
                break
        return found

    @abstractmethod
    def best_of_all(self, words: list[str], wanted: int, most: int) -> Iterable[int]:
        """Of those wanted, which all hold these rare words, the ones that are most about them."""

    @abstractmethod
    def best_of_any(self, words: list[str], most: int) -> Iterable[int]:
        """The ones that are most about some of these rare words."""

    @abstractmethod
    def gram_counts(self, grams: frozenset[str]) -> dict[str, int]:
        """How many titles hold each trigram; those that none holds are left out."""

    @abstractmethod
    def with_gram(self, gram: str) -> Iterable[int]:
        """The documents whose title holds a trigram."""

    @abstractmethod
    def document(self, uuid: str) -> int | None:
        """The document of an entry that can be found."""

    @abstractmethod
    def titles(self, docs: Iterable[int]) -> Iterable[tuple[int, str]]:
        """(document, folded title)."""

    @abstractmethod
    def texts(self, docs: Iterable[int], *, spelt: bool) -> Iterable[tuple[int, str, str, str]]:
        """(document, folded title, folded text, exact text or "" unless `spelt`)."""

    @abstractmethod
    def shown(self, docs: Iterable[int]) -> Iterable[tuple[int, str, int, str, str, str]]:
        """(document, uuid, seq, title, lead, text)."""
