"""The vocabulary, asked from the index file: nothing is held in memory, so it is always current."""

# ruff: noqa: S608 - what is put into statements here are table names and numbers of our own
from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from search.text import fold

_MANY: Final = 900
# Beyond every letter that a folded word can hold.
_AFTER: Final = "\U0010ffff"


class IndexLexicon:
    """`search.understanding.Lexicon` over one open index."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.db = connection

    def size(self) -> int:
        return self.db.execute("SELECT value FROM meta WHERE key = 'entries'").fetchone()[0]

    def counts(self, words: Iterable[str]) -> dict[str, int]:
        found: dict[str, int] = {}
        for some, marks in _batches(set(words)):
            found.update(
                self.db.execute(
                    f"SELECT folded, sum(n) FROM word WHERE folded IN ({marks}) GROUP BY folded",
                    some,
                )
            )
        return found

    def exact_counts(self, words: Iterable[str]) -> dict[str, int]:
        found = {}
        for word in set(words):
            row = self.db.execute(
                "SELECT n FROM word WHERE folded = ? AND exact = ?", (fold(word), word)
            ).fetchone()
            if row:
                found[word] = row[0]
        return found

    def pair_counts(self, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
        found: dict[tuple[str, str], int] = {}
        for some, marks in _batches({f"{left} {right}" for left, right in pairs}):
            for pair, n in self.db.execute(
                f"SELECT pair, n FROM pair WHERE pair IN ({marks})", some
            ):
                left, _space, right = pair.partition(" ")
                found[left, right] = n
        return found

    def begun(self, before: str, start: str, limit: int) -> list[str]:
        words = []
        if before:
            words = [
                pair.partition(" ")[2]
                for (pair,) in self.db.execute(
                    "SELECT pair FROM pair WHERE pair >= ? AND pair < ? ORDER BY n DESC LIMIT ?",
                    (f"{before} {start}", f"{before} {start}{_AFTER}", limit),
                )
            ]
        if len(start) > 1 and len(words) < limit:
            words += [
                word
                for (word,) in self.db.execute(
                    "SELECT folded FROM word WHERE folded >= ? AND folded < ?"
                    " ORDER BY n DESC LIMIT ?",
                    (start, start + _AFTER, limit),
                )
            ]
        return list(dict.fromkeys(words))[:limit]

    def spelling(self, word: str) -> str:
        row = self.db.execute(
            "SELECT exact FROM word WHERE folded = ? ORDER BY n DESC LIMIT 1", (word,)
        ).fetchone()
        return row[0] if row else word


def _batches(words: Iterable[str]) -> Iterator[tuple[list[str], str]]:
    rest = iter(sorted(words))
    while some := list(islice(rest, _MANY)):
        yield some, ",".join("?" * len(some))
