"""Completion as one types: what every engine offers, and in which order."""

from __future__ import annotations

import unicodedata

import pytest

from search.documents import document
from search.engines.base import Completion, Delete
from search.tests.makers import NUMBER, entry, filled

LAM_THAO = {"units": (("08494", "Xã Lâm Thao"), ("227", "Huyện Lâm Thao"))}
ENTRIES = (
    entry(1, "Chị Lan giữ nghề nón lá", people=("Nguyễn Thị Lan",), tags=("làng nghề",)),
    entry(2, "Hội LHPN xã Lâm Thao trồng hoa", **LAM_THAO),
    entry(3, "Lâm Thao mùa gặt", people=("Nguyễn Thị Lan",), **LAM_THAO),
    entry(4, "Đường hoa phụ nữ", people=("Đinh Thị Dương",), tags=("đường hoa", "làng nghề")),
)


@pytest.fixture(scope="module")
def archive(new_engine):
    return filled(new_engine(), *ENTRIES)


def offered(engine, start: str, limit: int = 10) -> list[tuple[str, str]]:
    return [(one.kind, one.label) for one in engine.complete(start, limit)]


@pytest.mark.parametrize(
    ("typed", "among"),
    [
        ("c", ("title", "Chị Lan giữ nghề nón lá")),
        ("chi l", ("title", "Chị Lan giữ nghề nón lá")),
        ("Chị La", ("title", "Chị Lan giữ nghề nón lá")),
        ("non la", ("title", "Chị Lan giữ nghề nón lá")),
        ("nguyen thi", ("person", "Nguyễn Thị Lan")),
        ("lan", ("person", "Nguyễn Thị Lan")),
        ("lam thao", ("title", "Hội LHPN xã Lâm Thao trồng hoa")),
        ("lam thao", ("unit", "Xã Lâm Thao")),
        ("huyen l", ("unit", "Huyện Lâm Thao")),
        ("lang", ("tag", "làng nghề")),
        ("duong hoa", ("tag", "đường hoa")),
        ("  lâm   tha", ("unit", "Xã Lâm Thao")),
        ("LAM THAO ", ("unit", "Xã Lâm Thao")),
    ],
)
def test_a_name_goes_on_from_the_beginning_of_any_of_its_words(archive, typed, among):
    assert among in offered(archive, typed)
    assert among in offered(archive, unicodedata.normalize("NFD", typed))


@pytest.mark.parametrize("typed", ["an giu", "hao", "lan giu la", "xyz", "nguyen lan", "la "])
def test_what_does_not_go_on_is_not_offered(archive, typed):
    said = offered(archive, typed)

    assert [label for _kind, label in said if "Lan" in label and typed != "la "] == []
    assert ("tag", "làng nghề") not in said


@pytest.mark.parametrize(
    "typed", ["", " ", "—", '"', "*", "\x00", "🌸", "%", "' OR 1=1", "a" * 5000]
)
def test_a_bad_beginning_offers_nothing_and_does_not_fail(archive, typed):
    assert archive.complete(typed, 10) == ()


def test_each_says_what_the_archive_is_then_asked(archive):
    found = {(one.kind, one.value) for one in archive.complete("lan", 10)}
    found |= {(one.kind, one.value) for one in archive.complete("lam thao", 10)}
    found |= {(one.kind, one.value) for one in archive.complete("lang nghe", 10)}

    assert {("person", "Nguyễn Thị Lan"), ("unit", "08494"), ("unit", "227")} <= found
    assert {("tag", "làng nghề"), ("title", NUMBER.format(3))} <= found


def test_what_begins_so_comes_before_what_has_it_inside(archive):
    titles = [label for kind, label in offered(archive, "lam thao") if kind == "title"]
    assert titles == ["Lâm Thao mùa gặt", "Hội LHPN xã Lâm Thao trồng hoa"]


def test_what_more_entries_have_comes_first(finding):
    filled(
        finding,
        entry(1, "Một", tags=("nón lá",)),
        entry(2, "Hai", tags=("nón ngựa",)),
        entry(3, "Ba", tags=("nón ngựa",)),
    )
    assert offered(finding, "non") == [("tag", "nón ngựa"), ("tag", "nón lá")]


def test_the_newest_title_comes_first(finding):
    filled(finding, *(entry(n, f"Chị Lan, ngày {n}") for n in (3, 9, 5)))

    assert [label[-1] for _kind, label in offered(finding, "chi lan")] == ["9", "5", "3"]


def test_who_types_marks_means_them(archive):
    assert offered(archive, "đường")[0][1].lower().startswith("đường")
    assert offered(archive, "Dương")[0] == ("person", "Đinh Thị Dương")


def test_titles_take_half_the_places_where_there_is_something_else(finding):
    filled(
        finding,
        *(entry(n, f"Lan kể chuyện {n}") for n in range(1, 10)),
        *(entry(n, f"Bài {n}", tags=(f"lan rừng {n}",)) for n in range(20, 30)),
    )
    kinds = [kind for kind, _label in offered(finding, "lan", 8)]
    assert sorted(kinds) == ["tag"] * 4 + ["title"] * 4
    assert [kind for kind, _label in offered(finding, "lan ke", 8)] == ["title"] * 8


def test_no_more_are_offered_than_asked_for_and_none_twice(archive):
    assert len(offered(archive, "l", 2)) == 2
    said = offered(archive, "l", 50)
    assert len(said) == len(set(said))


def test_an_exemplars_own_page_stands_for_her_name(finding):
    profile = entry(1, "Chị Hà Thị Mận", type="exemplar")
    filled(finding, profile, entry(2, "Ngày mùa", people=("Chị Hà Thị Mận",)))

    assert finding.complete("ha thi", 10) == (Completion("title", "Chị Hà Thị Mận", profile.uuid),)


def test_a_name_is_offered_only_while_an_entry_has_it(finding):
    filled(finding, *ENTRIES)
    finding.apply([Delete(ENTRIES[0].uuid, 10)], 10)
    assert offered(finding, "nguyen") == [("person", "Nguyễn Thị Lan")]
    assert ("tag", "làng nghề") in offered(finding, "lang")

    filled(finding, entry(3, "Lâm Thao mùa gặt", seq=11, **LAM_THAO))
    assert offered(finding, "nguyen") == []
    assert offered(finding, "non la") == []

    finding.apply([Delete(ENTRIES[1].uuid, 12), Delete(ENTRIES[2].uuid, 12)], 12)
    assert offered(finding, "lam thao") == []


def test_changes_that_are_repeated_count_once(finding):
    for _ in range(3):
        filled(finding, *ENTRIES)
    finding.apply([Delete(entry.uuid, 10) for entry in ENTRIES], 10)

    assert [offered(finding, start) for start in ("nguyen", "lam", "lang", "chi", "d")] == [[]] * 5


def test_a_rebuilt_index_offers_the_same(finding):
    filled(finding, *ENTRIES)
    before = offered(finding, "l"), offered(finding, "lam thao"), offered(finding, "d")
    with finding.writing(wait=True), finding.rebuilding() as fresh:
        filled(fresh, *ENTRIES[:2])
        filled(fresh, *ENTRIES[1:])

    assert (offered(finding, "l"), offered(finding, "lam thao"), offered(finding, "d")) == before


def test_a_role_is_no_name_and_a_units_former_name_is_one():
    payload = {
        "uuid": NUMBER.format(1),
        "type": "exemplar",
        "title": "Chị Lan",
        "date": "2026-11-20",
        "role": "Chi hội trưởng",
        "unit": {"code": "1", "name": "Xã Lâm Thao cũ"},
        "exemplars": [{"title": "Chị Mận"}],
    }
    made = document(payload, ["1", "25"], places=["Xã Lâm Thao"], units=[("1", "Xã Lâm Thao")])

    assert made.people == ("Chị Mận",)
    assert made.units == (("1", "Xã Lâm Thao cũ"), ("1", "Xã Lâm Thao"))
    assert "Chi hội trưởng" in made.other_texts()
