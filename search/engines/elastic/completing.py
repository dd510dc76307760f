"""What a reader may be typing: one request for names (people, units, tags) and titles."""

from __future__ import annotations

from typing import Any, Final

from search.engines.base import Completion
from search.engines.elastic import clauses, names
from search.engines.elastic.server import Budget
from search.text import fold, tokenise

MOST_WORDS: Final = 12
# Names are counted by how many entries hold them; spellings of one name are several.
SPARE: Final = 4


def complete(budget: Budget, index: str, start: str, limit: int) -> tuple[Completion, ...]:
    """Names that begin so, the commonest first, then titles, then what has a word that does."""
    words = [word[:64] for word in tokenise(start)[:MOST_WORDS]]
    if not words or limit <= 0:
        return ()
    (answer,) = budget.ask(index, [_asked(words, limit)])
    named = _named(answer)
    titled = _titled(answer, " ".join(words))
    whole = [completion for completion, is_whole in named if is_whole]
    # Titles are seen too, however many names there are.
    first = whole[: max(limit - len(titled), (limit + 1) // 2)]
    rest = [completion for completion, is_whole in named if not is_whole]
    return tuple(dict.fromkeys([*first, *titled, *whole, *rest]))[:limit]


def _asked(words: list[str], limit: int) -> dict[str, Any]:
    start = " ".join(words)
    titles = clauses.begun(words) if len(words) > 1 else {"prefix": {"folded_title": start}}
    # Our words hold letters and digits only, nothing that a pattern would read otherwise.
    counting = {
        "field": "names",
        "include": f"{start}.*",
        "size": limit * SPARE,
    }
    return {
        "size": limit,
        "query": {
            "bool": {
                "filter": [clauses.LIVE, titles],
                "should": [clauses.worth({"prefix": {"title_key": start}}, 1.0)],
            }
        },
        "sort": [{"_score": "desc"}, {"key": "desc"}],
        "track_total_hits": False,
        "_source": ["title"],
        "aggs": {
            "all": {
                "global": {},
                "aggs": {
                    "begun": {
                        "filter": {"prefix": {"names": start}},
                        "aggs": {"names": {"terms": counting}},
                    }
                },
            }
        },
    }


def _named(answer: dict[str, Any]) -> list[tuple[Completion, bool]]:
    if "aggregations" not in answer:
        return []
    found: dict[tuple[str, str], tuple[Completion, bool]] = {}
    for bucket in answer["aggregations"]["all"]["begun"]["names"]["buckets"]:
        name = names.name(bucket["key"])
        value = fold(name.value) if name.kind != "unit" else name.value
        known = found.get((name.kind, value))
        if known is None or (name.whole and not known[1]):
            completion = Completion(name.kind, name.label, name.value)
            found[name.kind, value] = completion, name.whole
    return list(found.values())


def _titled(answer: dict[str, Any], start: str) -> list[Completion]:
    return [
        Completion("title", hit["_source"]["title"], hit["_id"]) for hit in answer["hits"]["hits"]
    ]
