"""The rules of `search.models.curation` as a question needs them, read anew when they change."""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from search.models import CurationVersion, Promotion, Synonym
from search.models.curation import asked_words
from search.query import ArchiveQuery
from search.understanding.thesaurus import Thesaurus


@dataclass(frozen=True, slots=True)
class Curation:
    """`promoted` leads from words (`asked_words`) to the uuids put first, in their order."""

    version: uuid.UUID | None = None
    thesaurus: Thesaurus = field(default_factory=Thesaurus)
    promoted: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def first(self, query: ArchiveQuery) -> tuple[str, ...]:
        """What comes first; nothing where the reader filters or sorts for themselves."""
        if query.filters or query.by_date:
            return ()
        return self.promoted.get(asked_words(query.q), ())


_held: Curation | None = None


def current() -> Curation:
    """The rules of this moment: one query, three more after a change."""
    global _held
    version = CurationVersion.current()
    if _held is None or _held.version != version:
        _held = _read(version)
    return _held


def _read(version: uuid.UUID | None) -> Curation:
    promoted: dict[str, list[str]] = defaultdict(list)
    for words, item in Promotion.objects.order_by("place", "pk").values_list("words", "item"):
        promoted[words].append(str(item))
    rules = Synonym.objects.order_by("pk").values_list("term", "meaning", "both_ways")
    return Curation(
        version=version,
        thesaurus=Thesaurus.of(rules),
        promoted={words: tuple(items) for words, items in promoted.items()},
    )


def moved_on(sender: Any, **kwargs: Any) -> None:
    """Signal handler: a rule was saved or deleted."""
    CurationVersion.move_on()
