"""Counts of every facet value, each facet with its own filter off: one faceted search."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from search.engines.base import FacetValue
from search.engines.elastic import clauses
from search.engines.elastic.dsl import FacetedSearch, Search, TermsFacet
from search.engines.embedded.snapshot import MOST_VALUES
from search.query import FACETS

Filters = Mapping[str, tuple[str, ...]]


class ArchiveFacets(FacetedSearch):
    """`query` is a clause; `filters` the chosen values. Counts only, no hits."""

    facets = {name: TermsFacet(field=name, size=MOST_VALUES.get(name, 1000)) for name in FACETS}

    def query(self, search: Search, query: clauses.Clause) -> Search:
        wanted = {"bool": {"filter": [clauses.LIVE, query]}}
        return search.update_from_dict({"query": wanted, "size": 0, "track_total_hits": True})

    def aggregate(self, search: Search) -> None:
        """Beside the commonest values also the chosen ones, even where they find nothing."""
        super().aggregate(search)
        for name, values in self.filter_values.items():
            search.aggs[f"_filter_{name}"].bucket(
                "chosen",
                "terms",
                field=name,
                include=list(values),
                size=len(values),
                min_doc_count=0,
            )


def asked(clause: clauses.Clause, filters: Filters) -> dict[str, Any]:
    """The search that counts all matches after filters, and every facet."""
    return ArchiveFacets(clause, filters={k: list(v) for k, v in filters.items()})._s.to_dict()


def answered(answer: dict[str, Any]) -> dict[str, tuple[FacetValue, ...]]:
    """Facet to its values, the commonest first."""
    found = {}
    for name in FACETS:
        held = answer.get("aggregations", {}).get(f"_filter_{name}", {})
        buckets = held.get(name, {}).get("buckets", [])
        known = {bucket["key"] for bucket in buckets}
        extra = held.get("chosen", {}).get("buckets", [])
        found[name] = tuple(
            FacetValue(bucket["key"], bucket["doc_count"])
            for bucket in [*buckets, *(b for b in extra if b["key"] not in known)]
        )
    return found
