"""What a reader may be typing the beginning of: people, units and tags, as the index keeps them.

A kept string is the folded name from one of its words on, then kind, label, value and whether the
name begins there, so that one prefix finds and one aggregation counts all three kinds.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from search.documents import Document
from search.text import tokenise

PART: Final = "\x1f"
MOST_STARTS: Final = 6


class Name(NamedTuple):
    """A name that a kept string stands for."""

    kind: str
    label: str
    value: str
    whole: bool


def starts(document: Document) -> list[str]:
    """Every string to keep for an entry."""
    named = [("person", person, person) for person in document.people]
    named += [("tag", tag, tag) for tag in document.tags]
    if document.unit_code and document.place:
        named.append(("unit", document.place, document.unit_code))
    kept = []
    for kind, label, value in named:
        words = tokenise(label)
        for at in range(min(len(words), MOST_STARTS)):
            start = " ".join(words[at:])
            kept.append(PART.join((start, kind, label, value, "" if at else "whole")))
    return list(dict.fromkeys(kept))


def name(kept: str) -> Name:
    """The name behind a kept string."""
    _start, kind, label, value, whole = kept.split(PART)
    return Name(kind, label, value, bool(whole))
