"""What a process remembers of the index: who is in it, when, and under which facet values.

A snapshot never changes; `refreshed` makes the next one by reading only what is new. So threads
share one without a lock, and a search that began with it ends with it.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from heapq import heappush, heapreplace
from itertools import compress, islice
from typing import Final

from search.documents import SEQ_BITS
from search.engines.base import FacetValue
from search.engines.embedded import bitmaps
from search.query import FACETS

# How many values of a facet are answered; the chosen ones always are.
MOST_VALUES: Final = {"unit": 60, "tag": 30}
_FEW: Final = 400
_SPARSE: Final = 2000


@dataclass(frozen=True, slots=True)
class News:
    """What an index holds beyond a snapshot.

    `facets` are all (id, name, value), `docs` the new (id, seq, day, facet ids parted by commas) by
    ascending id, `gone` the new (number, document id).
    """

    facets: Iterable[tuple[int, str, str]]
    docs: Iterable[tuple[int, int, int, str]]
    gone: Iterable[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was in the index at one generation.

    By document id: `keys` (day << SEQ_BITS | seq, by which the newest come last) and `values` (its
    facet value ids). `newest` holds the ids in the order of their keys, the gone included. `facets`
    names the value ids, `sets` holds who is under each, `by_facet` lists them commonest first.
    """

    generation: int = -1
    last_doc: int = 0
    last_gone: int = 0
    alive: int = 0
    keys: array[int] = field(default_factory=lambda: array("q"))
    newest: array[int] = field(default_factory=lambda: array("q"))
    values: list[tuple[int, ...]] = field(default_factory=list)
    facets: dict[int, tuple[str, str]] = field(default_factory=dict)
    ids: dict[tuple[str, str], int] = field(default_factory=dict)
    sets: dict[int, int] = field(default_factory=dict)
    by_facet: dict[str, list[tuple[int, int]]] = field(default_factory=dict)

    def refreshed(self, generation: int, news: News) -> Snapshot:
        """The snapshot of a later generation."""
        facets = {i: (n, v) for i, n, v in news.facets}
        values = list(self.values)
        keys = self.keys[:]
        new: list[int] = []
        members: dict[int, list[int]] = defaultdict(list)
        parsed: dict[str, tuple[int, ...]] = {}
        last_doc = self.last_doc
        for doc, seq, day, names in news.docs:
            mine = parsed.get(names)
            if mine is None:
                mine = parsed[names] = tuple(map(int, names.split(","))) if names else ()
            values += [()] * (doc + 1 - len(values))
            values[doc] = mine
            keys.extend([0] * (doc + 1 - len(keys)))
            keys[doc] = day << SEQ_BITS | seq
            new.append(doc)
            for value in mine:
                members[value].append(doc)
            last_doc = doc
        gone = list(news.gone)
        living = (self.alive | bitmaps.from_ids(new)) & ~bitmaps.from_ids({doc for _n, doc in gone})
        sets = dict(self.sets)
        for value, docs in members.items():
            sets[value] = sets.get(value, 0) | bitmaps.from_ids(docs)
        by_facet: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for value, held in sets.items():
            by_facet[facets[value][0]].append((-held.bit_count(), value))
        for counted in by_facet.values():
            counted.sort()
        return Snapshot(
            generation=generation,
            last_doc=last_doc,
            last_gone=max((n for n, _doc in gone), default=self.last_gone),
            alive=living,
            keys=keys,
            newest=array("q", sorted([*self.newest, *new], key=keys.__getitem__)),
            values=values,
            facets=facets,
            ids={pair: value for value, pair in facets.items()},
            sets=sets,
            by_facet=dict(by_facet),
        )

    def chosen(self, facet: str, wanted: tuple[str, ...]) -> int:
        """The documents under any of these values."""
        found = 0
        for value in wanted:
            found |= self.sets.get(self.ids.get((facet, value), -1), 0)
        return found & self.alive

    def latest(self, found: int, most: int, before: int | None = None) -> list[int]:
        """The newest ids of a set, at most so many, only those older than the key `before`."""
        keys = self.keys
        if found.bit_count() <= _SPARSE:
            docs = sorted(bitmaps.to_ids(found), key=keys.__getitem__, reverse=True)
            return [doc for doc in docs if before is None or keys[doc] < before][:most]
        marks = bitmaps.flags(found).ljust(len(keys), b"\0")
        end = len(self.newest)
        if before is not None:
            end = bisect_left(self.newest, before, key=keys.__getitem__)
        older = range(end - 1, -1, -1)
        ordered = map(self.newest.__getitem__, older)
        held = map(marks.__getitem__, map(self.newest.__getitem__, older))
        return list(islice(compress(ordered, held), most))

    def earliest(self, found: int, most: int, after: int | None = None) -> list[int]:
        """The oldest ids of a set, at most so many, only those newer than the key `after`."""
        keys = self.keys
        if found.bit_count() <= _SPARSE:
            docs = sorted(bitmaps.to_ids(found), key=keys.__getitem__)
            return [doc for doc in docs if after is None or keys[doc] > after][:most]
        marks = bitmaps.flags(found).ljust(len(keys), b"\0")
        start = 0
        if after is not None:
            start = bisect_right(self.newest, after, key=keys.__getitem__)
        held = (doc for doc in islice(self.newest, start, None) if marks[doc])
        return list(islice(held, most))

    def count_facets(
        self, found: int, filters: Mapping[str, tuple[str, ...]]
    ) -> dict[str, tuple[FacetValue, ...]]:
        """Counts of each facet's values among `found`, each facet with its own filter off."""
        chosen = {name: self.chosen(name, wanted) for name, wanted in filters.items()}
        counted = {}
        for name in FACETS:
            base = found
            for other, docs in chosen.items():
                if other != name:
                    base &= docs
            counted[name] = self._count(name, base, filters.get(name, ()))
        return counted

    def _count(self, name: str, base: int, wanted: tuple[str, ...]) -> tuple[FacetValue, ...]:
        most = MOST_VALUES.get(name, 1000)
        mine = self.by_facet.get(name, [])
        counts: list[tuple[int, str]]
        if base.bit_count() <= min(_FEW, 2 * len(mine)):
            of_name = self.facets
            seen = Counter(
                value
                for doc in bitmaps.to_ids(base)
                for value in self.values[doc]
                if of_name[value][0] == name
            )
            counts = sorted((-n, of_name[value][1]) for value, n in seen.items())[:most]
        else:
            counts = self._count_sets(mine, base, most)
        held = {value for _n, value in counts}
        for value in wanted:
            if value not in held and (name, value) in self.ids:
                count = (base & self.sets.get(self.ids[name, value], 0)).bit_count()
                counts.append((-count, value))
        return tuple(FacetValue(value, -n) for n, value in counts)

    def _count_sets(
        self, mine: list[tuple[int, int]], base: int, most: int
    ) -> list[tuple[int, str]]:
        """The commonest values; those too rare to be among them are never counted."""
        best: list[tuple[int, int]] = []
        for held, value in mine:
            if len(best) == most and -held <= best[0][0]:
                break
            count = (base & self.sets[value]).bit_count()
            if not count:
                continue
            if len(best) < most:
                heappush(best, (count, value))
            elif count > best[0][0]:
                heapreplace(best, (count, value))
        return sorted((-count, self.facets[value][1]) for count, value in best)
