"""How well the archive finds what people look for, the way they type here.

Known-item questions over a development set; `pytest search/tests/test_quality.py -s` prints the
table. The set lies beside the repository, not in it; without it there is nothing to measure.
"""

from __future__ import annotations

from collections import defaultdict

import pytest

from search.engines.base import Upsert
from search.query import ArchiveQuery
from search.tests import makers

pytestmark = [
    pytest.mark.skipif(not makers.SHARED.exists(), reason="no development set here"),
    # In one process, so that the engines are compared.
    pytest.mark.xdist_group("quality"),
]

# Each class may miss a little: other sets of the same kind are asked too.
FLOORS = defaultdict(lambda: 0.97) | {"typo": 0.93, "place": 0.93, "person": 0.95}
# How far apart two engines may be in any class.
APART = 0.03
Ranks = dict[str, list[int | None]]


@pytest.fixture(scope="session")
def measured() -> dict[str, Ranks]:
    """What the engines measured so far have found."""
    return {}


@pytest.fixture(scope="session")
def ranks(new_engine, measured) -> Ranks:
    """Class to the rank (1 to 10, or None) of what was looked for."""
    engine = new_engine()
    for rebuilt in filter(None, (engine, getattr(engine, "words", None))):
        with rebuilt.writing(wait=True), rebuilt.rebuilding() as fresh:
            documents = makers.articles()
            fresh.apply([Upsert(document) for document in documents], len(documents))
    found: Ranks = defaultdict(list)
    for question in makers.questions():
        hits = engine.search(ArchiveQuery(q=question["query"], limit=10)).hits
        at = [n for n, hit in enumerate(hits, 1) if hit.uuid in question["targets"]]
        found[question["class"]].append(at[0] if at else None)
    found["all"] = [rank for of_class in list(found.values()) for rank in of_class]
    measured[engine.name] = found
    return found


def recall(ranks: list[int | None]) -> float:
    return sum(rank is not None for rank in ranks) / len(ranks)


def reciprocal(ranks: list[int | None]) -> float:
    return sum(1 / rank for rank in ranks if rank) / len(ranks)


def test_what_people_look_for_is_among_the_first_ten_however_they_type_it(ranks, measured):
    table = [
        f"{name:12} {len(of_class):4} recall@10 {recall(of_class):.3f} MRR@10 {reciprocal(of_class):.3f}"
        for name, of_class in ranks.items()
    ]
    engine = next(name for name, of_engine in measured.items() if of_engine is ranks)
    print(f"\n{engine}\n" + "\n".join(table))  # noqa: T201 - the measurement is the point

    assert recall(ranks["all"]) >= 0.99
    assert reciprocal(ranks["all"]) >= 0.97


def test_no_way_of_typing_is_left_behind(ranks):
    poor = {
        name: recall(of_class)
        for name, of_class in ranks.items()
        if recall(of_class) < FLOORS[name]
    }

    assert not poor


def test_no_engine_is_far_from_another(ranks, measured):
    apart = {
        (other, name): (figure(best[name]), figure(of_class))
        for other, best in measured.items()
        for name, of_class in ranks.items()
        for figure in (recall, reciprocal)
        if abs(figure(best[name]) - figure(of_class)) > APART
    }

    assert not apart
