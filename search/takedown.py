"""The archive's step of a takedown: the index no longer holds what was taken from the public."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from search import reader
from search.engines import kept_engines
from search.engines.base import Engine
from stories.releases.models import Item, TakedownItem
from stories.releases.takedown import steps


def _of_archive(part: TakedownItem) -> bool:
    return part.item.type in reader.TYPES


def _read_on(part: TakedownItem) -> None:
    """Raises EngineError where an index can't be written; another process may be doing it."""
    for engine in reversed(kept_engines()):
        reader.catch_up(engine, wait=False)


def _is_forgotten(part: TakedownItem) -> bool:
    """The reader came past the release, and what the index holds, if anything, is not older."""
    return all(_is_forgotten_by(engine, part) for engine in kept_engines())


def _is_forgotten_by(engine: Engine, part: TakedownItem) -> bool:
    if engine.offset() < part.release_id:
        return False
    indexed = engine.holds(str(part.item_id))
    if indexed is None:
        return True
    current = Item.objects.get(pk=part.item_id)
    return current.is_public and indexed >= part.release_id


def register() -> None:
    steps.register(
        steps.StepKind(
            "archive_index",
            _("Rời kho lưu trữ và tìm kiếm"),
            _read_on,
            _is_forgotten,
            wanted=_of_archive,
        )
    )
