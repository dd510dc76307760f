"""The archive's page: what is shown instead of nothing, and units under units."""

from __future__ import annotations

import pytest

from search import services, views
from search.query import ArchiveQuery
from search.services import Page, Value
from search.tests.test_ledger import tell

pytestmark = pytest.mark.django_db


def test_where_nothing_stands_as_typed_the_page_shows_what_was_meant_and_says_so(client, people):
    tell(people, "Hợp tác xã chè Đá Hen")

    text = client.get("/luu-tru/", {"q": "hop tac xa hce"}).content.decode()

    assert "Không có bài nào cho “hop tac xa hce”." in text
    assert "Dưới đây là kết quả cho <strong>“hop tac xa che”</strong>." in text
    assert 'value="hop tac xa hce"' in text
    assert "<mark>Hợp tác xã chè</mark>" in text
    assert "q=hop+tac+xa+che&amp;" in text
    assert "hop+tac+xa+hce" not in text


def test_what_is_shown_instead_is_what_that_question_finds(people):
    for number in range(3):
        tell(people, f"Hợp tác xã chè Đá Hen {number}")

    shown, meant = views.answer(ArchiveQuery(q="hop tac xa hce", limit=2))

    direct = services.search(ArchiveQuery(q=meant, limit=2))
    assert (shown.count, shown.facets, shown.next) == (direct.count, direct.facets, direct.next)


def test_a_question_that_finds_is_answered_itself(client, people):
    tell(people, "Hợp tác xã chè Đá Hen")

    assert "Không có bài nào cho" not in client.get("/luu-tru/?q=hop+tac+xa").content.decode()


def units(*rows: tuple[str, str], chosen: tuple[str, ...] = ()) -> list:
    values = [Value(code, f"Đơn vị {code}", 9, parent) for code, parent in rows]
    shown = views.context(ArchiveQuery(unit=chosen), Page(9, facets={"unit": values}), "")
    return shown["facets"][0].values, shown["selected"]


def shape(choices) -> list:
    return [(one.value, shape(one.below)) if one.below else one.value for one in choices]


def test_units_stand_under_the_unit_above_them():
    values, _selected = units(
        ("25", ""), ("237", "25"), ("new", "25"), ("old1", "237"), ("old2", "237"), ("x", "cut")
    )
    assert shape(values) == [("25", [("237", ["old1", "old2"]), "new"]), "x"]


def test_the_one_unit_at_the_top_is_opened_out():
    values, _selected = units(("25", ""), ("237", "25"), ("old1", "237"))

    assert shape(values) == ["25", ("237", ["old1"])]


def test_a_chosen_unit_is_told_wherever_it_stands_and_its_place_is_open(client, people):
    values, selected = units(("25", ""), ("237", "25"), ("old1", "237"), chosen=("old1", "25"))
    assert {one.value for one in selected} == {"old1", "25"}
    assert values[1].selected_below

    tell(people, "Chị Lan giữ nghề nón lá")
    text = client.get("/luu-tru/").content.decode()
    assert '<details class="below">' in text
    district = services.search(ArchiveQuery()).facets["unit"]
    below = next(value for value in district if value.parent == "237")
    text = client.get("/luu-tru/", {"unit": below.value}).content.decode()
    assert '<details class="below" open>' in text


def test_what_a_tracker_adds_to_a_shared_link_changes_nothing_but_the_api_refuses_it(
    client, people
):
    tell(people, "Hợp tác xã chè Đá Hen")
    added = "fbclid=IwAR0x&zarsrc=30&utm_source=zalo"

    shared = client.get(f"/luu-tru/?q=da+hen&{added}")

    assert shared.status_code == 200
    assert "<mark>Đá Hen</mark>" in shared.text
    assert "fbclid" not in shared.text
    assert client.get(f"/api/v1/search/?q=da+hen&{added}").status_code == 400
