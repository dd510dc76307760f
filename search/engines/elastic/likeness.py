"""The entries most like one of them."""

from __future__ import annotations

from typing import Any, Final

from search.engines.elastic import clauses
from search.engines.elastic.server import Budget
from search.engines.embedded.store import BREAK

# A word that so many of all entries hold tells none from another.
COMMON_SHARE: Final = 0.3
COMMON_LEAST: Final = 50
TERMS: Final = 30


def similar(budget: Budget, index: str, uuid: str, limit: int) -> tuple[str, ...]:
    """The most alike first, by their rarer words; () for an entry that cannot be found."""
    if limit <= 0:
        return ()
    held, all_of_them = budget.ask(
        index,
        [
            {"size": 1, "query": clauses.all_of([clauses.LIVE, clauses.these([uuid])])},
            clauses.counted({"match_all": {}}),
        ],
    )
    if not held["hits"]["hits"]:
        return ()
    row = held["hits"]["hits"][0]
    size = clauses.total(all_of_them)
    (answer,) = budget.ask(index, [_asked(row, size, limit)])
    return tuple(hit["_id"] for hit in answer["hits"]["hits"])


def _asked(row: dict[str, Any], size: int, limit: int) -> dict[str, Any]:
    alike = {
        "more_like_this": {
            "fields": ["folded"],
            "like": [{"_index": row["_index"], "_id": row["_id"]}],
            "min_term_freq": 1,
            "min_doc_freq": 2,
            "max_doc_freq": max(COMMON_LEAST, int(size * COMMON_SHARE)),
            "max_query_terms": TERMS,
            "minimum_should_match": "10%",
            "stop_words": [BREAK],
        }
    }
    tags = row["_source"].get("tag", [])
    return {
        "size": limit,
        "query": {
            "bool": {
                "filter": [clauses.LIVE],
                "must": [alike],
                "should": [clauses.worth({"term": {"tag": tag}}, 2.0) for tag in tags],
                "must_not": [clauses.these([row["_id"]])],
            }
        },
        "sort": [{"_score": "desc"}, {"key": "desc"}],
        "track_total_hits": False,
        "_source": False,
    }
