"""The names that entries lend to completion, as the index keeps them.

A kept string is the folded name from one of its words on, then kind, label and value: so one prefix
finds names of all kinds, and one aggregation counts the entries of each.
"""

from __future__ import annotations

from typing import Final

from search import completing
from search.documents import Document
from search.engines.base import Completion

PART: Final = "\x1f"


def kept(document: Document) -> list[str]:
    """Every string to keep for an entry."""
    return [
        PART.join((run, one.kind, one.label, one.value))
        for one in completing.names(document)
        for run in completing.runs(one.label)
    ]


def name(kept: str) -> Completion:
    """The name behind a kept string."""
    _run, kind, label, value = kept.split(PART)
    return Completion(kind, label, value)
