"""The feed's filters: which releases a client gets that chose some facets, or kinds of change.

**What a filter gave, it never leaves alone**: a release passes if it or an earlier release of its
item does. So a correction that moves a story to another unit, its withdrawal, or (by
`entitlements`) the notice that its use is narrowed reach whoever had it by the same filter.

A withdrawal says nothing of the text, so an item's facts are those of its public versions until
then. A picture is found by the facts of each story and exemplar that ever showed it. Of what was
purged before it was read here the facts are lost: its withdrawal passes every filter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from stories.press import terms
from stories.press.models import CatalogueFact
from stories.releases.models import Item, Release

Kind = Release.Kind
FAR = 5000  # releases: from so far behind, a walk through the ledger may take seconds
FEW = 500  # items that are looked up one by one instead


@dataclass(frozen=True)
class Chosen:
    """Facet → values (any of them; all facets), and the kinds of change; empty means all."""

    facets: tuple[tuple[str, tuple[object, ...]], ...] = ()
    changes: tuple[str, ...] = ()

    @classmethod
    def of(cls, facets: Mapping[str, Iterable[object]], changes: Iterable[str] = ()) -> Chosen:
        ordered = sorted((name, tuple(sorted(set(values)))) for name, values in facets.items())
        return cls(tuple(ordered), tuple(sorted(set(changes))))

    def narrow(
        self, releases: QuerySet[Release], *, also: Exists | None = None
    ) -> QuerySet[Release]:
        """Those of the releases that pass, and `also` these."""
        if self == Chosen():
            return releases
        passing: Q | Exists = self._changed() if self.changes else self._with_facts()
        if also is not None:
            passing |= also
        if not self.facets:
            return releases.filter(passing)
        unknown = ~Exists(CatalogueFact.objects.filter(item=OuterRef("item_id")))
        return releases.filter(passing | (Q(kind__in=(Kind.WITHHELD, Kind.CANCELED)) & unknown))

    def _with_facts(self) -> Exists:
        """The item, by then, had a version with these facts."""
        found = CatalogueFact.objects.filter(item=OuterRef("item_id"), since__lte=OuterRef("seq"))
        return Exists(found.filter(having(self.facets, terms.mark)))

    @property
    def kinds(self) -> list[str]:
        """Of the releases that are such a change."""
        kinds = set(self.changes)
        if Kind.WITHHELD in kinds:  # some hear of a correction as of a withdrawal: `entitlements`
            kinds.add(Kind.CORRECTION)
        return sorted(kinds)

    def _changed(self) -> Exists:
        """By then the item, with these facts, was changed in one of the ways asked for."""
        changed = Release.objects.filter(
            item=OuterRef("item_id"), seq__lte=OuterRef("seq"), kind__in=self.kinds
        )
        return Exists(changed.filter(self._with_facts()) if self.facets else changed)

    def passes(self, payloads: Iterable[dict], kinds: Iterable[str]) -> bool:
        """Whether an item passes that was sent with these payloads, in these ways, not yet public.

        Two queries where it has a unit that is asked for.
        """
        if self.changes and not set(self.changes) & set(kinds):
            return False
        if not self.facets:
            return True
        known = list(payloads)
        units = terms.unit_keys(known)
        return any(self._has(terms.pairs(payload, units)) for payload in known)

    def _has(self, pairs: Iterable[terms.Pair]) -> bool:
        words = {terms.mark(*pair) for pair in pairs}
        return all(
            any(terms.mark(facet, value) in words for value in values)
            for facet, values in self.facets
        )


def few(chosen: Chosen) -> tuple[UUID, ...] | None:
    """All the items of which anything may pass, if they are few; else None."""
    if not chosen.facets:
        changed = Release.objects.order_by("kind", "item").filter(kind__in=chosen.kinds)
        items = set(changed.values_list("item", flat=True)[: FEW * 4])
        return tuple(sorted(items)) if len(items) < FEW else None
    found = CatalogueFact.objects.filter(having(chosen.facets, terms.mark))
    passing = set(found.values_list("item", flat=True)[: FEW * 4])  # several rows an item
    unknown = ~Exists(CatalogueFact.objects.filter(item=OuterRef("pk")))
    gone = Item.objects.filter(unknown, kind__in=(Kind.WITHHELD, Kind.CANCELED))
    items = passing | set(gone.values_list("pk", flat=True)[:FEW])
    return tuple(sorted(items)) if len(items) < FEW else None


def having(facets: Iterable[tuple[str, Iterable[object]]], word) -> Q:
    """The condition on `terms`; `word(facet, value)` is how they are written there."""
    condition = Q()
    for facet, values in facets:
        wanted = (Value(terms.line([word(facet, value)])) for value in values)
        condition &= reduce(or_, (Q(GreaterThan(StrIndex(F("terms"), one), 0)) for one in wanted))
    return condition


def learn(payloads: Mapping[int, dict], units: Mapping[str, Iterable[str]]) -> None:
    """Keep the facts of these public payloads (ledger number → payload). Again changes nothing."""
    rows = []
    for seq, payload in payloads.items():
        if payload["type"] not in terms.TYPES:
            continue
        words = terms.line(dict.fromkeys(terms.mark(*pair) for pair in terms.pairs(payload, units)))
        rows.append(CatalogueFact(item=payload["uuid"], release=seq, since=seq, terms=words))
        # A picture is released just before what shows it, so its facts hold from the beginning.
        rows += [
            CatalogueFact(item=uuid, release=seq, since=0, terms=words)
            for uuid in {picture["uuid"] for picture in payload.get("pictures", ())}
        ]
    CatalogueFact.objects.bulk_create(rows, ignore_conflicts=True)
