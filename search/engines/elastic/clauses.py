"""Queries as Elasticsearch takes them. Only terms and phrases of our own words are ever built:
nothing that a reader typed is parsed as a query language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from search.understanding import Reading

Clause = dict[str, Any]
LIVE: Final[Clause] = {"term": {"live": True}}
NOTHING: Final[Clause] = {"match_none": {}}
MOST_ENDINGS: Final = 200


def phrase(words: Sequence[str], field: str = "folded") -> Clause:
    """These words side by side."""
    if len(words) == 1:
        return {"term": {field: words[0]}}
    return {"match_phrase": {field: " ".join(words)}}


def begun(words: Sequence[str], field: str = "folded_title") -> Clause:
    """The same, the last word perhaps unfinished."""
    return {
        "match_phrase_prefix": {field: {"query": " ".join(words), "max_expansions": MOST_ENDINGS}}
    }


def all_words(words: Iterable[str], field: str = "folded") -> Clause:
    return all_of({"term": {field: word}} for word in dict.fromkeys(words))


def all_of(clauses: Iterable[Clause]) -> Clause:
    return {"bool": {"filter": list(clauses)}}


def any_of(clauses: Iterable[Clause]) -> Clause:
    wanted = list(clauses)
    if len(wanted) == 1:
        return wanted[0]
    return {"bool": {"should": wanted, "minimum_should_match": 1}} if wanted else NOTHING


def but_not(clause: Clause, *others: Clause) -> Clause:
    return {"bool": {"filter": [clause], "must_not": list(others)}}


def matching(readings: Iterable[Reading]) -> Clause:
    """Who holds every required word of any reading."""
    return any_of(all_words(reading.required) for reading in readings)


def standing(readings: Iterable[Reading], field: str = "folded") -> Clause:
    """Who holds any reading as a phrase."""
    return any_of(phrase(reading.words, field) for reading in readings)


def these(ids: Iterable[str]) -> Clause:
    return {"ids": {"values": sorted(ids)}}


def chosen(filters: Mapping[str, Sequence[str]]) -> list[Clause]:
    """The facet values that were chosen."""
    return [{"terms": {name: list(values)}} for name, values in filters.items()]


def worth(clause: Clause, boost: float) -> Clause:
    """A fixed number of points for who fulfils this."""
    return {"constant_score": {"filter": clause, "boost": max(boost, 0.001)}}


def counted(clause: Clause, most: int | bool = True) -> dict[str, Any]:
    """A search that only counts, at least up to so many."""
    return {"size": 0, "query": all_of([LIVE, clause]), "track_total_hits": most}


def total(answer: dict[str, Any]) -> int:
    """How many were counted."""
    return answer["hits"]["total"]["value"]
