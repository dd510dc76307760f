"""The years as columns, the places as tiles, of whatever was asked."""

from __future__ import annotations

import pytest

from search import overview
from search.query import ArchiveQuery
from search.services import Page, Value


def years(**counts: int) -> Page:
    values = [Value(name.removeprefix("y"), name, count) for name, count in counts.items()]
    return Page(count=9, facets={"year": values})


def test_years_stand_in_order_those_without_results_too_and_lead_on():
    query = ArchiveQuery(q="chè", year=("2024",))

    columns = overview.columns(query, years(y2026=8, y2024=2, y2023=1))

    assert [(one.year, one.count) for one in columns] == [
        (2023, 1),
        (2024, 2),
        (2025, 0),
        (2026, 8),
    ]
    assert columns[3].height == overview.HEIGHT and columns[2].height == 0
    assert [one.selected for one in columns] == [False, True, False, False]
    assert columns[1].url == "?q=ch%C3%A8"  # chosen: the link takes it away
    assert columns[3].url == "?q=ch%C3%A8&year=2024&year=2026"
    assert columns[2].url == ""
    assert all(one.top + one.height == overview.HEIGHT for one in columns)


def test_one_year_is_no_picture_and_forty_are_the_most():
    assert overview.columns(ArchiveQuery(), years(y2026=3)) == []
    columns = overview.columns(ArchiveQuery(), years(y1930=1, y2026=3))
    assert len(columns) == overview.LONGEST and columns[-1].year == 2026


@pytest.mark.django_db
def test_places_are_counted_by_the_answers(people, django_assert_num_queries):
    page = Page(count=5, facets={"unit": [Value("237", "Huyện Lâm Thao", 5)]})

    with django_assert_num_queries(1):
        tiles = overview.places(ArchiveQuery(q="nón", unit=("237",)), page)

    lam_thao = next(tile for tile in tiles if tile.name == "Lâm Thao")
    assert (lam_thao.count, lam_thao.shade, lam_thao.current) == (5, 5, True)
    assert lam_thao.href == "?q=n%C3%B3n"
    assert {tile.count for tile in tiles if tile is not lam_thao} == {0}
