"""The demo content: complete, consistent, nobody's private data, nothing that isn't ours."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter

import pytest

from stories.units.services import DATA_FILE
from stories.website.demo import data
from stories.website.demo.pictures import CATALOGUE, draw

STORIES, EXEMPLARS, PICTURES = data.stories(), data.exemplars(), data.pictures()
ROWS = STORIES + EXEMPLARS
UNITS = {row["code"]: row for row in json.loads(DATA_FILE.read_text(encoding="utf-8"))["units"]}
DISTRICTS = {code for code, row in UNITS.items() if row["level"] == "district"}
GROUPS = {
    "lanh-dao-quan-ly",
    "can-bo-hoi",
    "hoi-vien-phu-nu",
    "cong-chuc-vien-chuc-lao-dong",
    "nong-dan",
    "doanh-nhan-tieu-thuong",
}
CONTENTS = {"hoc-tap", "lao-dong-sang-tao", "gia-dinh-hanh-phuc"}
CAMPAIGNS = {"5-khong-3-sach", "pham-chat-dao-duc", "chi-thi-05"}
KINDS = {"individual", "collective", "model", "practice"}
PENDING = {"draft", "unit_review", "board_approval", "returned"}
PUBLIC = {"published", "corrected"}


def ids(rows) -> list[str]:
    return [row["key"] for row in rows]


def texts(value) -> list[str]:
    """Every string in it, however deep."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = list(value.values())
    return [text for item in value for text in texts(item)] if isinstance(value, list) else []


def words(row) -> int:
    said = " ".join(
        text
        for block in row["body"]
        for name, value in block.items()
        if name not in ("type", "picture")
        for text in texts(value)
    )
    return len(re.sub(r"<[^>]+>", " ", said).split())


def districts_of(code: str) -> set[str]:
    """The old district that a unit is, or lies in."""
    row = UNITS[code]
    return {code} if code in DISTRICTS else {row["parent"]} & DISTRICTS


def test_there_is_enough_of_every_state() -> None:
    states = Counter(row["state"] for row in STORIES)
    assert len(STORIES) >= 28
    assert len(EXEMPLARS) >= 14
    assert states["published"] + states["corrected"] >= 22
    assert 1 <= states["corrected"] <= 2
    assert states["withdrawn"] == 1
    assert all(states[state] >= 2 for state in PENDING)
    assert sum(row["state"] == "published" for row in EXEMPLARS) >= 12
    assert set(states) <= PENDING | PUBLIC | {"withdrawn"}


def test_keys_and_titles_are_unique() -> None:
    for rows in (STORIES, EXEMPLARS):
        assert len({row["key"] for row in rows}) == len(rows)
        assert len({row["title"] for row in rows}) == len(rows)
        assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["key"]) for row in rows)


def test_every_old_district_and_eight_new_communes_have_a_story() -> None:
    public = [row for row in STORIES if row["state"] in PUBLIC]
    assert len(DISTRICTS) == 13
    assert {d for row in public for d in districts_of(row["unit"])} == DISTRICTS
    new = {row["unit"] for row in public if row["date"] >= "2025-07-01"}
    assert len(new) >= 8
    assert {"08494", "07900"} <= new


@pytest.mark.parametrize("row", ROWS, ids=ids(ROWS))
def test_the_unit_was_in_being_on_the_day_of_the_story(row) -> None:
    unit = UNITS[row["unit"]]
    assert (unit["valid_from"] or "") <= row["date"] <= (unit["valid_to"] or "9999")
    assert row["date"] <= "2026-11-24"
    if row["state"] in PENDING:
        assert row["unit"] in ("08494", "07900")
        assert row["date"].startswith("2026-11")


@pytest.mark.parametrize("row", ROWS, ids=ids(ROWS))
def test_references_resolve(row) -> None:
    assert row["group"] in GROUPS
    assert row["contents"]
    assert set(row["contents"]) <= CONTENTS
    assert set(row["campaigns"]) <= CAMPAIGNS
    assert row["kind"] in KINDS
    assert set(data.picture_keys(row)) <= set(PICTURES)
    assert set(row.get("exemplars", [])) <= {exemplar["key"] for exemplar in EXEMPLARS}
    assert 2 <= len(row["tags"]) <= 4


def test_all_groups_contents_kinds_and_stages_occur() -> None:
    for rows in (STORIES, EXEMPLARS):
        assert {row["group"] for row in rows} == GROUPS
        assert {content for row in rows for content in row["contents"]} == CONTENTS
        assert {row["kind"] for row in rows} == KINDS
    assert {row["stage"] for row in EXEMPLARS} == {"found", "nurtured", "summed_up", "replicated"}
    assert sum(row["direct_labour"] for row in EXEMPLARS) > len(EXEMPLARS) / 2


def test_a_story_tells_only_of_exemplars_that_are_as_public_as_itself() -> None:
    state = {row["key"]: row["state"] for row in EXEMPLARS}
    for row in STORIES:
        if row["state"] in PUBLIC:
            assert all(state[key] == "published" for key in row["exemplars"]), row["key"]


@pytest.mark.parametrize("row", ROWS, ids=ids(ROWS))
def test_the_length_is_that_of_a_newspaper(row) -> None:
    low, high = (350, 700) if row in STORIES else (240, 500)
    assert low <= words(row) <= high
    assert len(row["title"]) <= 120
    assert len(row["lead"]) <= 600
    assert len(row.get("role", "")) <= 200


def test_each_state_comes_with_what_it_needs() -> None:
    for row in STORIES:
        if row["state"] == "corrected":
            change = row["correction"]
            html = [block.get("html", "") for block in row["body"]]
            assert sum(change["find"] in text for text in html) == 1
            assert change["replace"] not in "".join(html)
            assert change["note"]
        if row["state"] == "withdrawn":
            assert row["withdrawal_reason"]
        if row["state"] == "returned":
            assert row["return_reason"]
            assert row["return_code"] in ("facts", "consent", "picture", "language")


def test_awards_are_complete() -> None:
    awards = [award for row in EXEMPLARS for award in row["awards"]]
    assert len(awards) >= 14
    for award in awards:
        assert set(award) == {"title", "year", "decision_number", "awarded_by"}
        assert 2017 <= award["year"] <= 2026


def test_all_text_is_composed_unicode_with_vietnamese_quotes() -> None:
    for text in texts([*ROWS, PICTURES]):
        assert unicodedata.is_normalized("NFC", text), text
        assert '"' not in re.sub(r"<[^>]*>", "", text), text
        assert "  " not in text, text


def test_nobody_can_be_rung_or_visited() -> None:
    """No telephone number, no e-mail or web address, no house number, no location."""
    for text in texts(ROWS):
        assert not re.search(r"(?<!\d)0\d{8,}|\d{3,4}[ .]\d{3}[ .]\d{3,4}(?!\d)", text), text
        assert not re.search(r"@|https?://|www\.|\+84", text), text
        assert not re.search(r"số nhà \d|ngách \d|\d+[°º]", text, re.I), text


def test_every_picture_has_its_texts_and_is_used() -> None:
    used = {key for row in ROWS for key in data.picture_keys(row)}
    assert set(PICTURES) == set(CATALOGUE) == used
    assert len(PICTURES) >= 20
    for texts_ in PICTURES.values():
        assert set(texts_) == {"title", "caption", "credit", "alt"}
        assert all(texts_.values())
        assert texts_["credit"] == "Minh họa: Gương sáng Đất Tổ"
        assert len(texts_["alt"]) <= 300


@pytest.mark.parametrize("key", CATALOGUE)
def test_every_picture_draws(key) -> None:
    picture = draw(key, (240, 160))
    assert (picture.size, picture.mode) == ((240, 160), "RGB")
    assert len(picture.getcolors(maxcolors=240 * 160)) > 1000


def test_a_picture_is_the_same_every_time() -> None:
    assert draw("doi-che-sang", (240, 160)).tobytes() == draw("doi-che-sang", (240, 160)).tobytes()


def test_a_withdrawn_story_shares_no_picture() -> None:
    """Its pictures go with it; another story must not lose one."""
    gone = {k for row in STORIES if row["state"] == "withdrawn" for k in data.picture_keys(row)}
    kept = {k for row in ROWS if row["state"] != "withdrawn" for k in data.picture_keys(row)}
    assert not gone & kept
