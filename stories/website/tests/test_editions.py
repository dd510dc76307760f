"""The column by month, the quarter on the front page, the numbers."""

from __future__ import annotations

import re

import pytest

from stories.website import presenters, selectors
from stories.website.tests import ledger, payloads
from stories.website.tests.ledger import released_exemplar, released_story, text

pytestmark = [pytest.mark.django_db, pytest.mark.urls("stories.website.urls")]
EDITION = "/phu-nu-dat-to/so/2026-11/"


def test_an_edition_holds_the_stories_of_its_month_and_leads_to_those_around_it(client):
    for day in ("2025-12-31", "2026-09-30", "2026-11-01", "2026-11-30", "2027-02-01"):
        released_story(title=f"Bài ngày {day}", date=day)

    page = text(client.get(EDITION))

    assert "<h1>Số tháng 11/2026</h1>" in page
    assert set(re.findall(r"Bài ngày ([\d-]+)", page)) == {"2026-11-01", "2026-11-30"}
    assert 'rel="next" href="/phu-nu-dat-to/so/2026-09/"' in page
    assert 'rel="prev" href="/phu-nu-dat-to/so/2027-02/"' in page
    assert selectors.months(2026) == [11, 9]
    assert f'href="{EDITION}"' in text(client.get("/phu-nu-dat-to/?nam=2026"))
    assert f"<loc>http://testserver{EDITION}</loc>" in text(client.get("/sitemap-2026.xml"))


@pytest.mark.parametrize("path", ["2026-10", "2026-13", "2026-0", "99999-01"])
def test_a_month_without_stories_is_no_edition(client, path):
    released_story(date="2026-11-20")

    assert client.get(f"/phu-nu-dat-to/so/{path}/").status_code == 404


def test_a_month_whose_only_story_was_withdrawn_is_no_edition_any_more(client):
    item = released_story(date="2026-11-20")
    assert client.get(EDITION).status_code == 200

    ledger.withdraw(item)

    assert client.get(EDITION).status_code == 404
    assert selectors.months(2026) == []


def test_the_front_page_shows_the_exemplars_of_the_newest_quarter(client):
    for month in ("01", "04", "05", "06"):
        released_exemplar(title=f"Chị tháng {month}", date=f"2026-{month}-10")

    page = text(client.get("/"))

    assert "Điển hình quý II năm 2026" in page
    assert set(re.findall(r"Chị tháng (\d\d)", page)) == {"04", "05", "06"}


def test_a_quarter_with_few_exemplars_is_filled_up_with_earlier_ones(client):
    released_exemplar(title="Chị tháng 01", date="2026-01-10")
    released_exemplar(title="Chị tháng 04", date="2026-04-10")

    page = text(client.get("/"))

    assert "quý" not in re.search(r'id="dien-hinh">(.*?)</h2>', page)[1]
    assert set(re.findall(r"Chị tháng (\d\d)", page)) == {"01", "04"}


def test_the_numbers_count_what_is_public(client):
    story, person = released_story(), released_exemplar()
    ledger.withdraw(released_story())

    assert selectors.tally() == {"stories": 1, "exemplars": 1}
    assert "<dd>1</dd>" in text(client.get("/"))
    assert {story.type, person.type} == {"story", "exemplar"}


@pytest.mark.parametrize(("syllables", "minutes"), [(0, 1), (219, 1), (221, 2), (1100, 5)])
def test_reading_takes_a_minute_for_each_220_syllables(syllables, minutes):
    assert presenters.minutes({"lead": "", "text": "chữ " * syllables}) == minutes


def stage(code: str, day: str) -> dict:
    return {"stage": {"code": code}, "released_at": f"{day}T03:00:00Z"}


def test_stages_are_dated_by_the_releases_that_showed_them():
    history = [
        stage("found", "2026-01-05"),
        {"released_at": "2026-02-01T03:00:00Z"},  # purged since
        stage("nurtured", "2026-03-08"),
        stage("nurtured", "2026-05-01"),
    ]

    shown = presenters.stages(history[-1], history)

    assert [one.code for one in shown] == ["found", "nurtured", "summed_up", "replicated"]
    assert [one.done for one in shown] == [True, True, False, False]
    assert [one.now for one in shown] == [False, True, False, False]
    # When she was found is not public: she was public as found already.
    assert [one.since for one in shown] == ["", "2026-03-08T03:00:00Z", "", ""]


def test_a_profile_without_a_stage_has_no_line_of_stages(client):
    person = payloads.exemplar()
    del person["stage"]

    assert presenters.stages(person, [person]) == []
    assert "Bốn khâu" not in text(client.get(ledger.release(person).path))
    assert "Bốn khâu" in text(client.get(released_exemplar().path))
