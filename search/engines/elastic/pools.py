"""Who is worth ranking: searches whose scores come near those of `search.ranking`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from search import ranking
from search.engines.elastic import clauses
from search.engines.elastic.clauses import Clause, worth
from search.query import FACETS
from search.ranking import Plan
from search.understanding import Reading

POOL: Final = 60
EXTRA: Final = 60
# Words and pairs of them that more entries hold say nothing about any of them.
COMMON_SHARE: Final = 0.3
COMMON_LEAST: Final = 300
COMMON: Final = 3000
SIMILAR: Final = "30%"
HALF: Final = "50%"
# Stands for the points that every candidate has, so that a reading's cost can be taken off.
BASE: Final = 10.0


def common(size: int) -> int:
    """From how many entries on a word is common, among `size`."""
    return min(COMMON, max(COMMON_LEAST, int(COMMON_SHARE * size)))


def ranked_by(*, spelt: bool) -> dict[str, Any]:
    """Has a search bring along what its hits are ranked by, and what tells whether they pass the
    filters: see `Candidate` and `search.query.FACETS`."""
    return {
        "_source": False,
        "stored_fields": ["folded_title", "folded", *(["exact"] if spelt else [])],
        "docvalue_fields": ["key", *FACETS],
    }


def best(
    wanted: Sequence[Clause], plans: Iterable[Plan], pairs: Mapping[tuple[str, str], int], most: int
) -> dict[str, Any]:
    """The search for the best of those wanted."""
    scoring = {"dis_max": {"queries": [_points(plan, pairs, most) for plan in plans]}}
    filtered = {"bool": {"filter": [clauses.LIVE, *wanted], "should": [scoring]}}
    return _candidates(filtered, POOL)


def _points(plan: Plan, pair_counts: Mapping[tuple[str, str], int], most: int) -> Clause:
    """One reading's points, after `Ranking`: what is the same for all that match is left out."""
    reading = plan.reading
    words = dict(zip(reading.words, (weight for _w, weight in plan.words), strict=True))
    points = [worth({"match_all": {}}, BASE - ranking.COST * reading.cost)]
    for word, weight in words.items():
        title = {"term": {"folded_title": word}}
        points.append(worth(title, ranking.TITLE_COVERAGE * weight))
        points.append(worth({"term": {"folded": word}}, ranking.COVERAGE * weight))
    pairs = list(zip(reading.words, reading.words[1:], strict=False))
    for pair, (_string, weight) in zip(pairs, plan.pairs, strict=True):
        points.append(worth(clauses.phrase(pair, "folded_title"), ranking.TITLE_PAIRS * weight))
        if pair_counts.get(pair, 0) <= most:
            points.append(worth(clauses.phrase(pair), ranking.PAIRS * weight))
    # As `search.completing.run` writes a title.
    whole = "".join(f"{word} " for word in reading.words)
    if len(reading.words) > 1:
        points.append(worth(clauses.phrase(reading.words), ranking.PHRASE + ranking.TRIPLES))
        points.append(worth(clauses.phrase(reading.words, "folded_title"), ranking.TITLE_PHRASE))
    key = {"term": {"title_key": whole}}
    points.append(worth(key, ranking.WHOLE_TITLE + ranking.TITLE_DENSITY))
    spelling = ranking.COVERAGE * (ranking.EXACT + 1.0 - ranking.OTHER_SPELLING)
    for string, weight in plan.marked:
        points.append(worth({"term": {"exact": string.strip()}}, spelling * weight))
    return {"bool": {"should": points}}


def frequent(reading: Reading, counts: Mapping[str, int], most: int) -> list[str]:
    """The required words that few entries hold, the rarest first."""
    rare = [word for word in dict.fromkeys(reading.required) if 0 < counts.get(word, 0) <= most]
    return sorted(rare, key=counts.__getitem__)


def near(
    readings: Iterable[Reading], counts: Mapping[str, int], size: int, but: Clause, most: int
) -> dict[str, Any]:
    """The search for near misses: who holds about half of the informative words of a reading."""
    wanted = []
    for reading in readings:
        words = frequent(reading, counts, most)
        if words:
            should = [
                worth({"term": {"folded": word}}, math.log(1.5 + size / (1 + counts[word])))
                for word in words
            ]
            wanted.append({"bool": {"should": should, "minimum_should_match": HALF}})
    found = {"bool": {"must": [{"dis_max": {"queries": wanted}}]}} if wanted else clauses.NOTHING
    found = {"bool": {"must": [found], "filter": [clauses.LIVE], "must_not": [but]}}
    return _candidates(found, EXTRA)


def begun(words: Sequence[str], but: Clause, quoted: Sequence[Clause]) -> dict[str, Any]:
    """The search for titles that go on from the question, the newest first."""
    query = clauses.but_not(clauses.all_of([clauses.LIVE, clauses.begun(words), *quoted]), but)
    return _candidates(query, EXTRA, sort=[{"key": "desc"}])


def alike(grams: Iterable[str], quoted: Sequence[Clause]) -> dict[str, Any]:
    """The search for titles whose letters are much those of the question."""
    should = [{"term": {"trigrams": gram}} for gram in grams]
    similar = {"bool": {"should": should, "minimum_should_match": SIMILAR}}
    query = {"bool": {"must": [similar], "filter": [clauses.LIVE, *quoted]}}
    brought = ranked_by(spelt=False) | {"stored_fields": ["folded_title"]}
    return _candidates(query, EXTRA) | brought


def titles(words: Sequence[str], most: int) -> dict[str, Any]:
    """The search for all titles that hold these words; its total says whether they are too many."""
    query = clauses.all_of([clauses.LIVE, clauses.all_words(words, "folded_title")])
    body = {"size": most, "query": query, "stored_fields": ["folded_title"]}
    return body | {"track_total_hits": most + 1}


def _candidates(
    query: Clause, size: int, sort: Sequence[dict[str, str]] = ({"_score": "desc"}, {"key": "desc"})
) -> dict[str, Any]:
    return {"size": size, "query": query, "sort": list(sort), "track_total_hits": False}
