"""The unit tree over time: what people call a unit, and where its stories are found."""

from __future__ import annotations

import json
from datetime import date

import pytest

from stories.pages.models import UnitSectionPage
from stories.pages.services import sections
from stories.units.models import Unit
from stories.units.selectors import AmbiguousUnit, UnitTree, UnknownUnit, above, in_alphabet
from stories.units.services import DATA_FILE, load_units

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree(people) -> UnitTree:
    return UnitTree.load()


def test_the_data_file_holds_the_13_old_units_and_the_new_communes() -> None:
    rows = json.loads(DATA_FILE.read_text())["units"]
    old = [row for row in rows if row["level"] == "district"]
    new = [row for row in rows if row["valid_from"] == "2025-07-01"]
    assert len(old) == 13
    assert len(new) == 148
    assert {row["valid_to"] for row in old} == {"2025-06-30"}


def test_loading_twice_changes_nothing(people) -> None:
    assert load_units() == (0, 0)


@pytest.mark.parametrize(
    ("text", "on", "code"),
    [
        ("Lâm Thao", None, "08494"),
        ("Lâm Thao", date(2019, 5, 1), "237"),
        ("huyện lâm thao", None, "237"),
        ("H. Lam Thao", None, "237"),
        ("237", None, "237"),
        ("TP Việt Trì", None, "227"),
        ("Phường Việt Trì", None, "07900"),
        ("Thanh Thuỷ", date(2020, 1, 1), "239"),
        ("08494", date(2024, 1, 1), "08494-2025"),
        ("08494", date(2026, 1, 1), "08494"),
        ("Hội LHPN tỉnh Phú Thọ", None, "25"),
        ("Hội LHPN xã Lâm Thao", None, "08494"),
        ("Xã Thạch Sơn, huyện Lâm Thao", date(2020, 1, 1), "08512"),
    ],
)
def test_a_unit_is_found_by_what_people_call_it(tree, text, on, code) -> None:
    assert tree.resolve(text, on).code == code


def test_an_unknown_unit_is_an_error_that_says_so(tree) -> None:
    with pytest.raises(UnknownUnit, match="Không có đơn vị “Hà Giang”"):
        tree.resolve("Hà Giang")


def test_an_ambiguous_name_lists_its_candidates(tree) -> None:
    lam_thao = Unit.objects.get(code="08494")
    Unit.objects.create(
        code="x1",
        official_code="x1",
        name="Chi hội khu 5",
        short="khu 5",
        level="branch",
        parent=lam_thao,
        slug="x1",
    )
    Unit.objects.create(
        code="x2",
        official_code="x2",
        name="Chi hội khu 5",
        short="khu 5",
        level="branch",
        parent=Unit.objects.get(code="07900"),
        slug="x2",
    )
    with pytest.raises(AmbiguousUnit, match=r"\[x1\]"):
        UnitTree.load().resolve("Chi hội khu 5")


def test_a_story_is_found_under_old_names_and_successors(tree) -> None:
    by_code = {unit.code: unit for unit in tree.units.values()}
    old_district, new_commune, old_commune = by_code["237"], by_code["08494"], by_code["08512"]
    assert {"237", "08494", "25"} <= set(tree.keys(old_district))
    assert {"08512", "237", "08494"} <= set(tree.keys(old_commune))
    assert {"08494", "237", "08512"} <= set(tree.keys(new_commune))
    assert "227" not in tree.keys(new_commune)


def test_levels_are_not_counted_on(people) -> None:
    lam_thao = Unit.objects.get(code="08494")
    branch = Unit.objects.create(
        code="b",
        official_code="b",
        name="Chi hội khu 5",
        short="khu 5",
        level="branch",
        parent=lam_thao,
        slug="b",
    )
    team = Unit.objects.create(
        code="t",
        official_code="t",
        name="Tổ 1",
        short="Tổ 1",
        level="branch",
        parent=branch,
        slug="t",
    )
    assert [unit.code for unit in above(team)] == ["b", "08494", "25"]


def test_sections_are_kept_in_step_and_twice_is_once(people) -> None:
    unit = Unit.objects.get(code="08515")
    assert sections.sync([unit]) == 1
    unit.refresh_from_db()
    assert unit.editors.name.startswith("Biên tập – ")
    section = UnitSectionPage.objects.get(unit=unit)
    assert sections.sync([unit]) == 0
    Unit.objects.filter(pk=unit.pk).update(name="Xã Đổi Tên")
    sections.sync([Unit.objects.get(pk=unit.pk)])
    section.refresh_from_db()
    assert section.title == "Hội LHPN xã Đổi Tên"
    assert UnitSectionPage.objects.filter(unit=unit).count() == 1


def test_names_are_sorted_as_a_vietnamese_dictionary_sorts_them():
    names = [
        "Đà Bắc",
        "Cẩm Khê",
        "Dũng Tiến",
        "Ấm Hạ",
        "An Bình",
        "Đại Đồng",
        "Ân Nghĩa",
        "La",
        "Lá",
        "Là",
    ]

    assert sorted(names, key=in_alphabet) == [
        *("An Bình", "Ấm Hạ", "Ân Nghĩa", "Cẩm Khê", "Dũng Tiến"),
        *("Đà Bắc", "Đại Đồng", "La", "Là", "Lá"),
    ]
