"""Finding what was released by words: the archive registers how, the rooms beside it ask here.

What is found is a suggestion: who asks looks each item up in the ledger, and shows only what the
reader may have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field


class Away(RuntimeError):
    """Nothing can be found just now."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """`filters`: facet → values (unit, group, content, kind, year, column), any of each, all of
    them. `newest`: by date, not by how well it fits."""

    q: str
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    newest: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Uuids of stories and exemplars, the best first, asked for as they are read (Away then too);
    `suggestion` is what may have been meant, where the words as typed find nothing."""

    uuids: Iterator[str]
    suggestion: str = ""


Finder = Callable[[Wanted], Found]
_finders: list[Finder] = []


def register(finder: Finder) -> None:
    """The one way to find; a later one takes the place of an earlier."""
    _finders[:] = [finder]


def find(wanted: Wanted) -> Found:
    """Raises Away."""
    if not _finders:
        raise Away
    return _finders[0](wanted)
