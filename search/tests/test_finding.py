"""What every engine finds, in which order, and what it shows."""

from __future__ import annotations

import unicodedata

import pytest

from search.query import ArchiveQuery
from search.tests.makers import entry, filled, found

PLACES = {"unit_keys": ("08494", "227", "25"), "place": "Xã Lâm Thao", "places": ("Xã Lâm Thao",)}
STORIES = (
    entry(1, "Chị Lan giữ nghề nón lá", "Ba mươi năm bên khung nón ở khu 5.", **PLACES),
    entry(2, "Đường hoa phụ nữ xã Hạ Hòa", "Hội Liên hiệp Phụ nữ trồng hoa ven đường."),
    entry(3, "Hợp tác xã chè Đá Hen", "Chị Nguyễn Thị Dương làm giám đốc hợp tác xã."),
    entry(4, "Nông thôn mới ở thành phố Việt Trì", "Phụ nữ thành phố Việt Trì góp sức."),
    entry(5, "Lớp học của cô giáo Hoà", "Cô Hoà dạy chữ cho chị em."),
    entry(6, "Chị Hoa làm giàu từ nấm", "Chị em phụ nữ góp vốn, nhiều hộ thoát nghèo."),
)


@pytest.fixture(scope="module")
def archive(new_engine):
    return filled(new_engine(), *STORIES)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Chị Lan giữ nghề nón lá", 1),
        ("chi lan giu nghe non la", 1),
        ("chị lan giu nghe nón lá", 1),
        ("chij lan giuwx ngheef nons las", 1),
        ("chi lan giu nghe nonla", 1),
        ("chilangiunghenonla", 1),
        ("chi lan giu nghe nno la", 1),
        ("giữ nghề nó", 1),
        ("duong hoa phu nu", 2),
        ("đuong hoa", 2),
        ("hạ hoà", 2),
        ("HTX chè", 3),
        ("htx che da hen", 3),
        ("NTM tp Việt Trì", 4),
        ("TP. viet tri", 4),
        ("hội lhpn", 2),
        ('"dạy chữ cho"', 5),
        ("“thoat ngheo”", 6),
        ("xa lam thao", 1),
    ],
)
def test_a_story_is_found_the_way_people_type(archive, typed, first):
    assert found(archive, typed)[0] == first
    assert found(archive, unicodedata.normalize("NFD", typed))[0] == first


def test_who_types_marks_means_them(archive):
    assert found(archive, "Đường")[0] == 2
    assert found(archive, "Dương")[0] == 3
    assert found(archive, "hoa")[0] == found(archive, "HOA")[0]
    assert found(archive, "hòa")[0] in (2, 5)


def test_a_phrase_in_quotes_must_stand_as_it_is(archive):
    assert found(archive, '"hợp tác xã"') == [3]


def test_a_phrase_is_not_its_pieces_apart(finding):
    whole = entry(1, "Chị Lan", "Hội phụ nữ xã.")
    apart = entry(2, "Chị Hoa", "Hội phụ trách việc này, phụ nữ xã góp sức.")
    filled(finding, whole, apart)

    assert finding.search(ArchiveQuery(q='"hội phụ nữ"')).count == 1
    assert found(finding, '"hội phụ nữ"') == [1]


def test_a_mistake_is_put_right_and_said(archive):
    results = archive.search(ArchiveQuery(q="hop tac xa hce"))

    assert results.suggestion == "hop tac xa che"
    assert archive.search(ArchiveQuery(q="hop tac xa che")).suggestion is None


@pytest.mark.parametrize(
    "bad",
    [
        '"',
        '"""',
        "'",
        "a OR",
        "NEAR(a b",
        "* -x ^y : (",
        "title:non",
        "\x00\x01\x02",
        "\ud7ff",
        "%_%",
        "“non",
        "—",
        "🌸",
        "xã " * 4000,
        "a" * 10_000,
        "khongcogiamatimduocoday" * 400,
        '"' + "nón " * 3000 + '"',
        "ạ" * 500 + " " + "̣" * 500,
    ],
)
def test_a_bad_question_does_not_fail(archive, bad):
    assert len(archive.search(ArchiveQuery(q=bad)).hits) <= 20


def test_marks_show_what_matched_in_the_spelling_of_the_story(archive):
    hit = archive.search(ArchiveQuery(q="khung non")).hits[0]

    assert "<mark>khung nón</mark>" in hit.highlight
    assert "<mark>nón</mark>" in hit.title


def test_what_is_shown_is_escaped(finding):
    evil = entry(1, "<script>alert(1)</script> nón", "a < b & \"nón\" <img src=x onerror='1'>")
    hit = filled(finding, evil).search(ArchiveQuery(q="nón")).hits[0]

    shown = hit.title + hit.highlight
    assert "<script" not in shown
    assert "<img" not in shown
    assert shown.count("<mark>nón</mark>") == 2


def test_a_fragment_is_short_and_holds_the_words(finding):
    long = entry(1, "Bài dài", "Mở đầu. " * 900 + "Ở đây có nón lá đẹp. " + "Kết thúc. " * 900)
    hit = filled(finding, long).search(ArchiveQuery(q="nón lá")).hits[0]

    assert "<mark>nón lá</mark>" in hit.highlight
    assert len(hit.highlight) < 260


def many(count: int):
    kinds = ("individual", "model", "practice")
    return [
        entry(
            n,
            f"Phụ nữ khu {n}",
            kind=kinds[n % 3],
            group="nong-dan" if n % 2 else "can-bo-hoi",
            tags=(f"thẻ {n % 5}",),
            year=2020 + n % 4,
            unit_keys=(f"u{n % 7}", "25"),
            contents=("hoc-tap",),
        )
        for n in range(1, count + 1)
    ]


@pytest.fixture(scope="module")
def crowd(new_engine):
    return filled(new_engine(), *many(900))


def counts(engine, **query) -> dict[str, dict[str, int]]:
    facets = engine.search(ArchiveQuery(**query)).facets
    return {name: {v.value: v.count for v in values} for name, values in facets.items()}


@pytest.mark.parametrize("q", ["", "phu nu", "khu 12"])
def test_facet_counts_leave_out_their_own_filter(crowd, q):
    free = counts(crowd, q=q)
    chosen = counts(crowd, q=q, kind=("model",), year=("2021",))

    assert chosen["kind"] == counts(crowd, q=q, year=("2021",))["kind"]
    assert chosen["year"] == counts(crowd, q=q, kind=("model",))["year"]
    assert (
        sum(chosen["group"].values())
        == crowd.search(ArchiveQuery(q=q, kind=("model",), year=("2021",))).count
    )
    assert sum(free["kind"].values()) == crowd.search(ArchiveQuery(q=q)).count


def test_values_of_a_facet_are_any_and_facets_are_all(crowd):
    both = crowd.search(ArchiveQuery(kind=("model", "practice"), group=("nong-dan",)))

    assert both.count == sum(
        1 for d in many(900) if d.kind != "individual" and d.group == "nong-dan"
    )


def test_a_chosen_value_is_counted_even_where_it_finds_nothing(crowd):
    facets = counts(crowd, q="khu 12", tag=("thẻ 0",), unit=("u3",))

    assert facets["unit"]["u3"] >= 0
    assert "thẻ 0" in facets["tag"]


@pytest.mark.parametrize(
    "query", [{"q": "phu nu"}, {"q": "phu nu", "sort": "newest"}, {"sort": "oldest"}, {}]
)
def test_pages_go_through_everything_once(crowd, query):
    seen: list[str] = []
    cursor = ""
    while True:
        page = crowd.search(ArchiveQuery(**query, limit=100, cursor=cursor))
        seen += [hit.uuid for hit in page.hits]
        if page.next is None:
            break
        cursor = page.next

    assert len(seen) == len(set(seen)) == page.count == 900


def test_newest_and_oldest_first_are_by_date(crowd):
    assert found(crowd, "phu nu", sort="newest", limit=3) == [900, 899, 898]
    assert found(crowd, "", limit=3) == [900, 899, 898]
    assert found(crowd, "phu nu", sort="oldest", limit=3) == [1, 2, 3]
