"""Entries like another one: what every engine promises."""

from __future__ import annotations

import pytest

from search.engines.base import Delete
from search.tests.makers import NUMBER, entry, filled

CONICAL = (
    entry(1, "Chị Lan giữ nghề nón lá", lead="Nón lá Gia Thanh lên sàn.", tags=("làng nghề",)),
    entry(2, "Nghề nón lá ở Gia Thanh", lead="Ba thế hệ khâu nón.", tags=("làng nghề",)),
    entry(3, "Khung nón lá của mẹ", lead="Chiếc khung nón đã cũ."),
)
OTHERS = tuple(
    entry(n, f"Bếp ăn bán trú số {n}", lead=f"Bữa trưa của trẻ, lớp {n}.", tags=("bán trú",))
    for n in range(20, 40)
)


@pytest.fixture(scope="module")
def archive(new_engine):
    return filled(new_engine(), *CONICAL, *OTHERS)


def like(engine, number: int, limit: int = 5) -> list[int]:
    return [int(uuid[-12:]) for uuid in engine.similar(NUMBER.format(number), limit)]


def test_what_shares_rare_words_comes_first_and_never_itself(archive):
    assert set(like(archive, 1)[:2]) == {2, 3}
    for number in (1, 2, 3, 20, 39):
        found = like(archive, number, 50)
        assert number not in found
        assert len(found) == len(set(found))


def test_what_shares_tags_as_well_comes_before_what_shares_words_alone(archive):
    assert like(archive, 1)[0] == 2


def test_a_shared_tag_is_enough(finding):
    filled(
        finding, *OTHERS, entry(1, "Một", tags=("hát xoan",)), entry(2, "Hai", tags=("hát xoan",))
    )
    assert like(finding, 1, 1) == [2]


def test_no_more_than_asked_for(archive):
    assert len(like(archive, 20, 3)) == 3


def test_an_unknown_entry_and_a_lonely_one_have_none(finding):
    assert finding.similar(NUMBER.format(7), 5) == ()
    filled(finding, entry(7, "Chị Lan giữ nghề"))
    assert finding.similar(NUMBER.format(7), 5) == ()
    assert finding.similar("không phải mã", 5) == ()


def test_a_deleted_entry_is_like_nothing(finding):
    filled(finding, *CONICAL, *OTHERS)
    finding.apply([Delete(CONICAL[1].uuid, 50)], 50)

    assert 2 not in like(finding, 1, 50)
    assert like(finding, 2) == []
