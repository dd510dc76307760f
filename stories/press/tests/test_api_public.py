"""The public tier: what is released, nothing else, as stored."""

from __future__ import annotations

import pytest

from stories import factories
from stories.press.tests import ledger, payloads
from stories.units.services import load_units

pytestmark = pytest.mark.django_db
STORIES = "/api/v1/stories/"


def test_a_released_story_is_served_as_stored_with_absolute_addresses(client):
    release = ledger.publish(payloads.story())
    answer = client.get(f"{STORIES}{payloads.STORY}/")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    document = answer.json()
    assert document["title"] == release.data["title"]
    assert document["pictures"][0]["renditions"][0]["href"].startswith("http://testserver/tep/")


def test_a_draft_and_a_story_under_review_are_nowhere(client, people, pull):
    page = factories.story(people["editor"], title="Bản nháp kín")
    paths = [STORIES, f"{STORIES}{page.uuid}/", "/phu-nu-dat-to/atom.xml"]
    press = ["/api/v1/press/feed/", f"/api/v1/press/items/{page.uuid}/"]
    for _state in ("draft", "submitted"):
        answers = [client.get(path) for path in paths] + [pull(path) for path in press]
        assert all("Bản nháp kín" not in answer.content.decode() for answer in answers)
        assert [answer.status_code for answer in answers] == [200, 404, 200, 200, 404]
        page = factories.submit(page, people["editor"]) if not page.workflow_in_progress else page


def test_an_approved_story_is_everywhere_and_passes_its_description(client, people, pull):
    page = factories.publish(factories.story(people["editor"], tags=["nón lá"]), people)
    document = client.get(f"{STORIES}{page.uuid}/").json()
    assert document["title"] == page.title
    assert client.get(STORIES, {"tag": "Nón lá", "unit": factories.LAM_THAO}).json()["count"] == 1
    assert page.title in client.get("/phu-nu-dat-to/atom.xml").content.decode()
    assert [item["uuid"] for item in pull("/api/v1/press/feed/").json()["items"]] == [
        str(page.uuid)
    ]


def test_a_story_and_an_exemplar_have_separate_addresses(client):
    ledger.publish(payloads.story())
    ledger.publish(payloads.exemplar())
    assert client.get(f"/api/v1/exemplars/{payloads.EXEMPLAR}/").json()["type"] == "exemplar"
    assert client.get(f"/api/v1/exemplars/{payloads.STORY}/").status_code == 404
    assert client.get(f"{STORIES}{payloads.EXEMPLAR}/").status_code == 404
    assert client.get("/api/v1/exemplars/").json()["count"] == 1


@pytest.mark.parametrize("kind", ["withheld", "canceled"])
def test_a_withdrawn_story_is_410_without_the_old_text(client, kind):
    ledger.publish(payloads.story())
    ledger.withdraw(payloads.STORY, kind, reason="Lý do nội bộ.")
    answer = client.get(f"{STORIES}{payloads.STORY}/")
    assert answer.status_code == 410
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["kind"] == kind
    for old in ("nón", "Lý do nội bộ"):
        assert old not in answer.content.decode()
    assert client.get(STORIES).json() == {"count": 0, "items": [], "next": None}


def test_a_current_copy_is_304_until_the_story_changes(client):
    ledger.publish(payloads.story())
    path = f"{STORIES}{payloads.STORY}/"
    etag = client.get(path).headers["ETag"]
    for held in (etag, f'W/{etag}, "x"', "*"):
        again = client.get(path, headers={"If-None-Match": held})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == etag
    ledger.publish(payloads.correction())
    changed = client.get(path, headers={"If-None-Match": etag})
    assert changed.status_code == 200
    ledger.withdraw(payloads.STORY)
    gone = client.get(path, headers={"If-None-Match": changed.headers["ETag"]})
    assert gone.status_code == 410


@pytest.mark.parametrize("limit", [1, 3, 7, 100])
def test_a_list_is_newest_first_and_its_cursor_leaves_nothing_out(client, limit):
    for number in range(7):
        ledger.story(number, date=f"2026-11-{20 - number // 3}")
    found: list[dict] = []
    params: dict = {"limit": limit}
    while params:
        page = client.get(STORIES, params).json()
        assert page["count"] == 7
        found += page["items"]
        params = {"limit": limit, "cursor": page["next"]} if page["next"] else {}
    assert len({item["uuid"] for item in found}) == len(found) == 7
    assert [item["date"] for item in found] == sorted(
        (item["date"] for item in found), reverse=True
    )


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"unit": "07900"}, {2}),
        ({"unit": "08494"}, {0, 1}),
        ({"unit": ["08494", "07900"]}, {0, 1, 2}),
        ({"unit": "25"}, {0, 1, 2}),
        ({"group": "nong-dan"}, {0, 2}),
        ({"content": "hoc-tap"}, {1}),
        ({"kind": "model"}, {1}),
        ({"tag": "LÀNG nghề"}, {0, 2}),
        ({"tag": "làng"}, set()),
        ({"year": "2025"}, {2}),
        ({"year": ["2025", "2026"], "unit": "08494"}, {0, 1}),
        ({"unit": "khong-co"}, set()),
        ({"unit": "", "tag": ""}, {0, 1, 2}),
    ],
)
def test_filters_are_those_of_the_archive(client, params, expected):
    load_units()
    ledger.story(0)
    ledger.story(
        1,
        tags=[],
        group=None,
        contents=[{"code": "hoc-tap", "name": "Học tập"}],
        exemplar_kind={"code": "model", "name": "Mô hình"},
    )
    ledger.story(
        2, date="2025-05-01", unit={"code": "07900", "name": "Việt Trì", "level": "commune"}
    )
    ledger.exemplar(3)
    page = client.get(STORIES, params).json()
    wanted = {ledger.nth(number) for number in expected}
    assert {item["uuid"] for item in page["items"]} == wanted
    assert page["count"] == len(wanted)


def test_a_filter_follows_corrections_and_withdrawals(client):
    ledger.story(0)
    ledger.story(1)
    assert client.get(STORIES, {"tag": "nón lá"}).json()["count"] == 2
    ledger.story(0, kind="correction", tags=["mới"])
    ledger.withdraw(ledger.nth(1))
    assert client.get(STORIES, {"tag": "nón lá"}).json()["count"] == 0
    assert client.get(STORIES, {"tag": "mới"}).json()["count"] == 1


@pytest.mark.parametrize(
    "params",
    [
        {"cursor": "x"},
        {"limit": "101"},
        {"kind": "hero"},
        {"year": "1x"},
        {"unit": "a b"},
        {"year": "99999999999999999999999"},
        {"tag": "x" * 101},
    ],
)
def test_a_value_that_cannot_be_answered_is_400_and_named(client, params):
    answer = client.get(STORIES, params)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] in params


def test_a_list_is_304_until_something_is_released(client):
    ledger.story(1)
    first = client.get(STORIES, {"limit": 5})
    headers = {"If-None-Match": first.headers["ETag"]}
    assert client.get(STORIES, {"limit": 5}, headers=headers).status_code == 304
    assert client.get(STORIES, {"limit": 6}, headers=headers).status_code == 200
    ledger.story(2)
    assert client.get(STORIES, {"limit": 5}, headers=headers).status_code == 200


def test_queries_are_the_same_for_1_and_20_stories(client, django_assert_num_queries):
    for number in range(20):
        ledger.story(number)
    client.get(STORIES, {"tag": "nón lá"})
    for limit in (1, 20):
        # head of the ledger, count, ids, texts
        with django_assert_num_queries(4):
            assert len(client.get(STORIES, {"limit": limit}).json()["items"]) == limit
        # and the catalogue's offset
        with django_assert_num_queries(5):
            client.get(STORIES, {"limit": limit, "tag": "nón lá"})
    path = f"{STORIES}{ledger.nth(1)}/"
    with django_assert_num_queries(1):
        etag = client.get(path).headers["ETag"]
    with django_assert_num_queries(1):
        client.get(path, headers={"If-None-Match": etag})
