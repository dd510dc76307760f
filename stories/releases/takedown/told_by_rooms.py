"""What other rooms add to the record of a takedown; each registers its own at the start."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from stories.releases.models import Takedown


@dataclass(frozen=True, slots=True)
class Section:
    """A table of the record. `none` is said in place of a table without rows; no titles in it."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    none: str


_ROOMS: dict[str, Callable[[Takedown], Section]] = {}


def register(name: str, section: Callable[[Takedown], Section]) -> None:
    """Add a section; one of the same name takes its place."""
    _ROOMS[name] = section


def sections(takedown: Takedown) -> list[Section]:
    return [section(takedown) for section in _ROOMS.values()]
