"""The names that entries lend to completion: kept while a live entry has them, no longer.

`name` counts the entries of each, `run` leads to it from each of its words; an entry's own list of
name ids stands beside its texts, so that exactly what it lent is taken back.
"""

from __future__ import annotations

import sqlite3
from collections import Counter

from search import completing
from search.documents import Document


class Names:
    """Gathers who has which name; `finish` writes the counts, once for many entries."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.db = connection
        self.ids: dict[tuple[str, str, str], int] = {}
        self.counts: Counter[int] = Counter()

    def add(self, document: Document) -> str:
        """Count an entry's names; its list of ids, to be given to `take` one day."""
        ids = [self._id(one.kind, one.value, one.label) for one in completing.names(document)]
        self.counts.update(ids)
        return ",".join(map(str, ids))

    def take(self, ids: str) -> None:
        """An entry with this list is gone."""
        self.counts.subtract(map(int, filter(None, ids.split(","))))

    def _id(self, kind: str, value: str, label: str) -> int:
        key = (kind, value, label)
        known = self.ids.get(key)
        if known is None:
            row = self.db.execute(
                "SELECT id FROM name WHERE kind = ? AND value = ? AND label = ?", key
            ).fetchone()
            known = self.ids[key] = row[0] if row else self._new(*key)
        return known

    def _new(self, kind: str, value: str, label: str) -> int:
        made = self.db.execute(
            "INSERT INTO name (kind, value, label, run, n) VALUES (?, ?, ?, ?, 0)",
            (kind, value, label, completing.run(label)),
        )
        name = made.lastrowid or 0
        self.db.executemany(
            "INSERT INTO run VALUES (?, ?, ?)",
            [(kind, run, name) for run in completing.runs(label)],
        )
        return name

    def finish(self) -> None:
        """Write the counts; a name that no entry has is forgotten."""
        self.db.executemany(
            "UPDATE name SET n = n + ? WHERE id = ?",
            [(n, name) for name, n in sorted(self.counts.items()) if n],
        )
        for name in [name for name, n in self.counts.items() if n <= 0]:
            self._forget_unused(name)
        self.counts.clear()

    def _forget_unused(self, name: int) -> None:
        unused = self.db.execute(
            "DELETE FROM name WHERE id = ? AND n <= 0 RETURNING kind, value, label", (name,)
        ).fetchall()
        for kind, value, label in unused:
            self.ids.pop((kind, value, label), None)
            self.db.executemany(
                "DELETE FROM run WHERE kind = ? AND run = ? AND name = ?",
                [(kind, run, name) for run in completing.runs(label)],
            )
