"""The archive's reader of the ledger: releases in, index changes out, each exactly once.

The offset lives in the index, in the transaction of the changes themselves. So a crash repeats a
batch or nothing, and whoever comes next goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from search.documents import Document, document
from search.engines.base import Change, Delete, Engine, Upsert
from stories.releases import selectors
from stories.releases.models import Item, Release
from stories.units.models import Unit
from stories.units.selectors import UnitTree

BATCH: Final = 500
TYPES: Final = (Item.Type.STORY, Item.Type.EXEMPLAR)
Progress = Callable[[int, int], None]


class Busy(RuntimeError):
    """Another process is writing the index."""


def catch_up(
    engine: Engine,
    progress: Progress | None = None,
    *,
    wait: bool = True,
    batches: int | None = None,
) -> int:
    """Read the ledger up to its head (or so many batches) into the index.

    One process writes at a time; others wait, or leave it to that one if `wait` is off.
    `progress(offset, head)` is called after each batch. Returns the index's offset.
    """
    with engine.writing(wait=wait) as mine:
        if mine:
            if engine.offset() > selectors.head():
                engine.reset()
            _read(engine, progress, batches)
    return engine.offset()


def rebuild(engine: Engine, progress: Progress | None = None) -> int:
    """Read the whole ledger into a new index and put it in place; searches go on meanwhile.

    Raises Busy where another process is writing. Returns the new index's offset.
    """
    with engine.writing(wait=False) as mine:
        if not mine:
            raise Busy
        with engine.rebuilding() as fresh:
            _read(fresh, progress, None)
        _read(engine, progress, None)
    return engine.offset()


def is_behind(engine: Engine) -> bool:
    """Whether index and ledger are at different places (two cheap look-ups).

    An index ahead is of another ledger, or of this one before an older backup was restored.
    """
    return engine.offset() != selectors.head()


@dataclass(frozen=True, slots=True)
class Difference:
    """Where index and ledger disagree about an item; `None`: it is not there."""

    uuid: str
    indexed: int | None
    released: int | None


def differences(engine: Engine) -> list[Difference]:
    """Every item whose entry in the index is not that of its current public release."""
    indexed = engine.entries()
    public = Item.objects.public().filter(type__in=TYPES).order_by()
    released = {str(uuid): seq for uuid, seq in public.values_list("uuid", "current_id")}
    return [
        Difference(uuid, indexed.get(uuid), released.get(uuid))
        for uuid in sorted(indexed.keys() | released.keys())
        if indexed.get(uuid) != released.get(uuid)
    ]


def _read(engine: Engine, progress: Progress | None, batches: int | None) -> None:
    places = _Places()
    offset = engine.offset()
    while batches is None or batches > 0:
        # Read first: whatever was committed up to here is in the batch, pictures aside.
        head = selectors.head()
        if offset >= head:
            return
        releases = selectors.after(offset, BATCH, types=TYPES)
        offset = releases[-1].seq if len(releases) == BATCH else max(head, *_seqs(releases))
        engine.apply([change for r in releases if (change := _change(r, places))], offset)
        if progress:
            progress(offset, head)
        batches = None if batches is None else batches - 1


def _seqs(releases: list[Release]) -> list[int]:
    return [0, *(release.seq for release in releases)]


def _change(release: Release, places: _Places) -> Change | None:
    """What a release means for the index; nothing where a later one of the same item follows.

    So a text that was withdrawn later never enters a new index.
    """
    if release.item.current_id != release.seq:
        return None
    if release.kind in Release.PUBLIC:
        return Upsert(entry(release, places))
    return Delete(str(release.item_id), release.seq)


def entry(release: Release, places: _Places) -> Document:
    """The archive's entry of a public release."""
    payload = release.data
    keys, units = places.of((payload.get("unit") or {}).get("code", ""))
    names = [name for _code, name in units]
    return document(payload, keys, seq=release.seq, places=names, units=units)


class _Places:
    """Under which units a story is found; the unit tree is read once, when first needed."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[list[str], list[tuple[str, str]]]] = {}

    @cached_property
    def tree(self) -> UnitTree:
        return UnitTree.load()

    @cached_property
    def by_code(self) -> dict[str, Unit]:
        return {unit.code: unit for unit in self.tree.units.values()}

    def of(self, code: str) -> tuple[list[str], list[tuple[str, str]]]:
        """Codes, and those with names; the province, which is everybody's, has no name here."""
        if code not in self._found:
            unit = self.by_code.get(code)
            keys = self.tree.keys(unit) if unit else [code] if code else []
            units = [self.by_code[key] for key in keys if key in self.by_code]
            named = [(u.code, u.name) for u in units if u.level != Unit.Level.PROVINCE]
            self._found[code] = keys, named
        return self._found[code]
