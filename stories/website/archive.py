"""The archive as the website knows it: a few questions, answered by `settings.WEBSITE_ARCHIVE`.

What comes back are uuids and counts; every uuid is looked up in the ledger before it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module

from django.conf import settings

ALIKE = 6  # asked for: some may be exemplars, or gone


class Away(Exception):
    """The archive cannot be asked at the moment."""


@dataclass(frozen=True)
class Under:
    """What stands under a unit or a subject: the newest entries' uuids, and counts by facet."""

    uuids: list[str]
    count: int
    counts: dict[str, dict[str, int]] = field(default_factory=dict)


def similar(uuid: str, limit: int = ALIKE) -> list[str]:
    """The most alike first; [] where the archive is away."""
    return _archive().similar(uuid, limit)


def under(facet: str, value: str, limit: int, column: str = "") -> Under:
    """`facet` "" for everything. Raises Away."""
    found = _archive().under(facet, value, limit, column)
    if found is None:
        raise Away
    uuids, counts = found
    return Under(uuids, counts[""][""], counts)


def _archive():
    return import_module(settings.WEBSITE_ARCHIVE)
