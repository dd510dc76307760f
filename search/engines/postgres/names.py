"""The names that entries lend to completion: kept while a live entry has them, no longer.

`name` counts the entries of each, `run` leads to it from each of its words; an entry's own list of
name ids stands beside its texts, so that exactly what it lent is taken back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from django.db.backends.utils import CursorWrapper

from search import completing
from search.documents import Document
from search.engines.postgres.layout import Index

# Of a longer run nobody types the end; an index could not hold it.
LONGEST: Final = 400
Key = tuple[str, str, str]


class Names:
    """Gathers who has which name; `finish` writes the counts, once for many entries."""

    def __init__(self, cursor: CursorWrapper, index: Index) -> None:
        self.cursor = cursor
        self.index = index
        self.ids: dict[Key, int] = {}
        self.counts: Counter[int] = Counter()

    def add(self, documents: Iterable[Document]) -> list[list[int]]:
        """Count each entry's names; their ids, to be given to `take` one day."""
        keys = [
            [(one.kind, one.value, one.label) for one in completing.names(document)]
            for document in documents
        ]
        self._learn({key for of_one in keys for key in of_one})
        found = [[self.ids[key] for key in of_one] for of_one in keys]
        for ids in found:
            self.counts.update(ids)
        return found

    def take(self, ids: Iterable[int]) -> None:
        """An entry with these names is gone."""
        self.counts.subtract(ids)

    def finish(self) -> None:
        """Write the counts; a name that no entry has is forgotten."""
        changed = {name: n for name, n in self.counts.items() if n}
        self._rows(
            "UPDATE {name} SET n = n + added FROM unnest(%s::integer[], %s::integer[])"
            " AS one (id, added) WHERE {name}.id = one.id",
            list(changed),
            list(changed.values()),
        )
        # Those that were added and taken in one go have no count either.
        met = list(self.counts)
        gone = self._rows("DELETE FROM {name} WHERE id = ANY(%s) AND n <= 0 RETURNING id", met)
        self._rows("DELETE FROM {run} WHERE name = ANY(%s)", [name for (name,) in gone])
        self.counts.clear()

    def _learn(self, keys: set[Key]) -> None:
        self._note(
            keys,
            "SELECT id, kind, value, label FROM {name}"
            " JOIN unnest(%s::text[], %s::text[], %s::text[]) AS one (kind, value, label)"
            " USING (kind, value, label)",
        )
        new = keys - self.ids.keys()
        self._note(
            new,
            "INSERT INTO {name} (kind, value, label, run)"
            " SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[])"
            " RETURNING id, kind, value, label",
            [completing.run(label)[:LONGEST] for _kind, _value, label in sorted(new)],
        )
        runs = [
            (kind, rest[:LONGEST], self.ids[kind, value, label])
            for kind, value, label in new
            for rest in completing.runs(label)
        ]
        if runs:
            self._rows(
                "INSERT INTO {run} SELECT * FROM unnest(%s::text[], %s::text[], %s::integer[])"
                " ON CONFLICT DO NOTHING",
                *map(list, zip(*runs, strict=True)),
            )

    def _note(self, keys: set[Key], statement: str, *more: list[str]) -> None:
        if keys:
            columns = map(list, zip(*sorted(keys), strict=True))
            for name, *key in self._rows(statement, *columns, *more):
                self.ids[tuple(key)] = name

    def _rows(self, statement: str, *values: object) -> list[tuple]:
        self.cursor.execute(self.index.named(statement), values)
        return self.cursor.fetchall() if self.cursor.description else []
