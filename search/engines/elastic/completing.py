"""What may be typed: titles that begin so, titles with such a word inside, names; one request."""

from __future__ import annotations

from typing import Any, Final

from search import completing
from search.completing import Candidate, Start
from search.engines.base import Completion
from search.engines.elastic import clauses, names
from search.engines.elastic.clauses import Clause
from search.engines.elastic.server import Budget

# More are looked at than are offered: who types marks means them, and names have several spellings.
TITLES: Final = 3
NAMES: Final = 10


def complete(budget: Budget, index: str, typed: str, limit: int) -> tuple[Completion, ...]:
    """See `search.completing.best`."""
    start = Start.of(typed)
    if start is None or limit <= 0:
        return ()
    begun = {"prefix": {"title_key": start.folded}}
    answers = budget.ask(
        index,
        [
            _titles(begun, limit),
            _titles(clauses.but_not(_inside(start), begun), limit),
            _names(start, limit),
        ],
    )
    titles = [hit for answer in answers[:2] for hit in answer["hits"]["hits"]]
    found = [
        Candidate(Completion("title", hit["_source"]["title"], hit["_id"]), 1, hit["sort"][0])
        for hit in titles
    ]
    counted = answers[2].get("aggregations", {}).get("names", {}).get("buckets", [])
    found += [Candidate(names.name(one["key"]), one["doc_count"]) for one in counted]
    return completing.best(start, found, limit)


def _inside(start: Start) -> Clause:
    """Who has these words side by side in the title, the last perhaps unfinished."""
    words = start.folded.split()
    if start.folded.endswith(" "):
        return clauses.phrase(words, "folded_title")
    if len(words) == 1:
        return {"prefix": {"folded_title": words[0]}}
    return clauses.begun(words)


def _titles(wanted: Clause, limit: int) -> dict[str, Any]:
    """The search for the newest of these titles."""
    return {
        "size": TITLES * limit,
        "query": clauses.all_of([clauses.LIVE, wanted]),
        "sort": [{"key": "desc"}],
        "track_total_hits": False,
        "_source": ["title"],
    }


def _names(start: Start, limit: int) -> dict[str, Any]:
    """The search that counts the names that go on so, the commonest first."""
    # Our words hold letters and digits only, nothing that a pattern would read otherwise.
    counting = {"field": "names", "include": f"{start.folded}.*", "size": NAMES * limit}
    return {
        "size": 0,
        "query": clauses.all_of([clauses.LIVE, {"prefix": {"names": start.folded}}]),
        "track_total_hits": False,
        "aggs": {"names": {"terms": counting}},
    }
