"""The map of tiles is drawn from the units and from nothing else."""

from __future__ import annotations

import pytest

from stories.units.models import Unit
from stories.units.tiles import PLACES, SIZE, former_provinces, tiles


@pytest.mark.django_db
def test_each_former_district_has_a_place_of_its_own(people):
    districts = Unit.objects.filter(level=Unit.Level.DISTRICT)

    assert {unit.code for unit in districts} == set(PLACES)
    assert len(set(PLACES.values())) == len(PLACES)


def test_shades_rise_with_the_count_and_none_is_the_lightest():
    codes = list(PLACES)[:5]
    units = [{"code": code, "short": "Hạ Hòa"} for code in [*codes, "x"]]
    counts = dict(zip(codes, (0, 1, 5, 50, 100), strict=True))

    made = tiles(units, lambda unit: unit["code"], counts, [codes[1]])

    shades = [tile.shade for tile in made]
    assert len(made) == 5  # what has no place is not on the map
    assert shades == sorted(shades) and shades[0] == 1 and shades[-1] == 5
    assert [tile.current for tile in made] == [False, True, False, False, False]
    for tile in made:
        assert all(tile.y < y < tile.y + SIZE for y, _word in tile.lines)
        assert tile.lines[-1][0] < tile.count_at < tile.y + SIZE


def test_communes_of_the_provinces_that_joined_are_known_from_the_data():
    assert set(former_provinces().values()) >= {"Tỉnh Hòa Bình", "Tỉnh Vĩnh Phúc"}
