"""Which documents hold a word or a phrase, as bitmaps that are read once and then only extended."""

# ruff: noqa: S608 - what is put into statements here are table names and numbers of our own
from __future__ import annotations

import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Iterable
from typing import Final

from search.engines.embedded import bitmaps

MEMORY: Final = 32 * 1024 * 1024


def quoted(*words: str) -> str:
    """An FTS5 phrase. Words hold letters and digits only, so nothing in them is syntax."""
    return '"' + " ".join(words) + '"'


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

    def get(self, db: sqlite3.Connection, last_doc: int, table: str, expression: str) -> int:
        """The ids in `table` that match, among ids up to `last_doc` (all that `db` can see)."""
        key = (table, expression)
        upto, bits = self.held.get(key, (0, 0))
        if upto < last_doc:
            new = db.execute(
                f"SELECT rowid FROM {table} WHERE {table} MATCH ? AND rowid > ?", (expression, upto)
            )
            bits |= bitmaps.from_ids(row[0] for row in new)
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


class View:
    """The sets as one search sees them: over one connection and one snapshot."""

    def __init__(self, db: sqlite3.Connection, sets: TermSets, last_doc: int, alive: int) -> None:
        self.db = db
        self.sets = sets
        self.last_doc = last_doc
        self.alive = alive

    def matching(self, table: str, expression: str) -> int:
        return self.sets.get(self.db, self.last_doc, table, expression) & self.alive

    def word(self, word: str, table: str = "text_index") -> int:
        return self.matching(table, quoted(word))

    def phrase(self, words: Iterable[str], table: str = "text_index") -> int:
        return self.matching(table, quoted(*words))

    def all_of(self, words: Iterable[str], table: str = "text_index") -> int:
        """The documents that hold every word."""
        found = self.alive
        for word in words:
            found &= self.word(word, table)
            if not found:
                break
        return found
