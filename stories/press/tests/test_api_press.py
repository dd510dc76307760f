"""The press tier: every release once, withdrawals without the old text, everything on record."""

from __future__ import annotations

import json

import jsonschema
import pytest

from stories.press import cursors
from stories.press.models import PressDelivery
from stories.press.tests import ledger, payloads
from stories.press.tests.test_faces import VALIDATOR
from stories.releases.models import Release

pytestmark = pytest.mark.django_db
FEED = "/api/v1/press/feed/"


def read_all(pull, **params: object) -> list[dict]:
    """Follow the cursors to the end of the ledger."""
    items: list[dict] = []
    after = None
    while True:
        page = pull(FEED, params | ({"after": after} if after is not None else {})).json()
        assert page["next"]
        if not page["items"]:
            assert page["next"] == after or after is None
            return items
        assert page["next"] != after
        items += page["items"]
        after = page["next"]


def identity(items: list[dict]) -> list[tuple[str, int]]:
    return [(item["uuid"], item["version"]) for item in items]


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
def test_a_chain_of_cursors_gives_every_release_exactly_once_in_order(pull, limit):
    for number in range(5):
        ledger.story(number)
    ledger.story(2, kind="correction", note="Sửa tên.")
    items = read_all(pull, limit=limit)
    expected = Release.objects.order_by("seq").values_list("item_id", "version")
    assert identity(items) == [(str(uuid), version) for uuid, version in expected]


def test_what_is_released_between_two_pulls_comes_with_the_next(pull):
    ledger.story(1)
    page = pull(FEED).json()
    idle = pull(FEED, {"after": page["next"]}).json()
    assert idle == {"items": [], "next": page["next"]}
    ledger.story(2)
    page = pull(FEED, {"after": page["next"]}).json()
    assert identity(page["items"]) == [(ledger.nth(2), 1)]


def test_the_empty_feed_has_a_cursor_and_an_empty_cursor_is_the_start(pull):
    page = pull(FEED).json()
    assert page["items"] == []
    assert pull(FEED, {"after": page["next"]}).json() == page
    assert pull(FEED, {"after": ""}).json() == {"items": [], "next": ""}
    ledger.story(1)
    assert identity(pull(FEED, {"after": ""}).json()["items"]) == [(ledger.nth(1), 1)]


def test_an_item_is_the_stored_payload_with_absolute_addresses(pull):
    release = ledger.publish(payloads.story())
    item = pull(FEED).json()["items"][0]
    assert item["href"] == "http://testserver/phu-nu-dat-to/chi-lan-giu-nghe-non/"
    assert {"uuid", "uri", "version", "kind", "released_at", "type", "title"} <= set(item)
    stored = release.data
    assert {key: item[key] for key in stored if key not in {"href", "exemplars", "pictures"}} == {
        key: stored[key] for key in stored if key not in {"href", "exemplars", "pictures"}
    }


def test_types_choose_what_is_told(pull):
    ledger.story(1)
    ledger.exemplar()
    ledger.publish(payloads.picture())
    assert [item["type"] for item in read_all(pull, types="exemplar,picture")] == [
        "exemplar",
        "picture",
    ]
    assert pull(FEED, {"types": "story,tin"}).status_code == 400


@pytest.mark.parametrize("wrong", ["x", "0", "1", cursors.encode("list:story", "1")])
def test_a_cursor_that_we_never_gave_is_refused(pull, wrong):
    answer = pull(FEED, {"after": wrong})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "after"


def test_a_cursor_beyond_the_ledger_is_told_to_start_over(pull):
    ledger.story(1)
    answer = pull(FEED, {"after": cursors.encode("feed", "99")})
    assert answer.status_code == 410
    assert answer.json()["start"] == f"http://testserver{FEED}"


@pytest.mark.parametrize("limit", ["0", "101", "x", "-1"])
def test_a_limit_out_of_bounds_is_refused_not_cut(pull, limit):
    answer = pull(FEED, {"limit": limit})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "limit"


@pytest.mark.parametrize("kind", ["withheld", "canceled"])
@pytest.mark.parametrize("output", ["native", "ninjs"])
def test_a_withdrawal_reaches_the_feed_and_no_page_has_the_old_text(pull, kind, output):
    ledger.publish(payloads.story())
    ledger.publish(payloads.correction())
    seen = pull(FEED, {"format": output}).json()["next"]
    ledger.withdraw(payloads.STORY, kind)
    page = pull(FEED, {"after": seen, "format": output}).json()
    assert [item["pubstatus"] for item in page["items"]] == [kind]
    start = pull(FEED, {"format": output})
    assert [item["pubstatus"] for item in start.json()["items"]] == [kind]
    for answer in (start, pull(f"/api/v1/press/items/{payloads.STORY}/", {"format": output})):
        for old in ("nón", "Thu Hà", "non-la", "Ba mươi"):
            assert old not in answer.content.decode()


def test_what_was_withheld_and_approved_again_is_told_again(pull):
    ledger.publish(payloads.story())
    ledger.withdraw(payloads.STORY, "withheld")
    ledger.publish(payloads.story())
    kinds = [item["kind"] for item in read_all(pull, limit=1)]
    assert kinds == ["usable", "withheld", "usable"]


def test_an_earlier_version_with_a_withdrawn_picture_is_told_no_more(pull):
    ledger.publish(payloads.picture())
    ledger.publish(payloads.story())
    ledger.publish(payloads.correction(pictures=[], body=[], lead_picture=None))
    ledger.withdraw(payloads.PICTURE, "withheld")
    items = read_all(pull, limit=1)
    assert [(item["type"], item["kind"]) for item in items] == [
        ("story", "correction"),
        ("picture", "withheld"),
    ]
    assert "khung nón" not in json.dumps(items, ensure_ascii=False)
    old = pull(f"/api/v1/press/items/{payloads.STORY}/", {"version": 1})
    assert old.status_code == 410


def test_ninjs_is_valid_for_everything_in_the_ledger(pull):
    ledger.publish(payloads.picture())
    ledger.publish(payloads.story())
    ledger.publish(payloads.correction())
    ledger.exemplar()
    ledger.withdraw(payloads.PICTURE)
    ledger.story(9)
    ledger.withdraw(ledger.nth(9), "withheld")
    items = read_all(pull, format="ninjs")
    assert {item["pubstatus"] for item in items} == {"usable", "withheld", "canceled"}
    for item in items:
        jsonschema.validate(item, VALIDATOR.schema, cls=jsonschema.Draft7Validator)


def test_an_item_comes_in_each_format_and_version(pull):
    ledger.publish(payloads.story())
    ledger.publish(payloads.correction(title="Tên đã sửa"))
    path = f"/api/v1/press/items/{payloads.STORY}/"
    assert pull(path).json()["title"] == "Tên đã sửa"
    assert pull(path, {"version": 1}).json()["title"] == payloads.story()["title"]
    assert pull(path, {"version": 2, "format": "ninjs"}).json()["headline"] == "Tên đã sửa"
    assert pull(path, {"version": 3}).status_code == 404
    assert pull(path, {"version": 0}).status_code == 400
    assert pull(path, {"format": "pdf"}).status_code == 400
    assert pull(f"/api/v1/press/items/{ledger.nth(77)}/").status_code == 404


def test_an_earlier_version_of_a_withdrawn_item_is_gone(pull):
    ledger.publish(payloads.story())
    ledger.withdraw(payloads.STORY)
    path = f"/api/v1/press/items/{payloads.STORY}/"
    assert pull(path).json()["kind"] == "canceled"
    gone = pull(path, {"version": 1})
    assert gone.status_code == 410
    assert (gone.json()["kind"], gone.json()["version"]) == ("canceled", 2)


def test_unchanged_pages_and_items_are_304(pull):
    ledger.publish(payloads.story())
    for path in (FEED, f"/api/v1/press/items/{payloads.STORY}/"):
        first = pull(path)
        assert first.headers["Cache-Control"].startswith("private")
        again = pull(path, **{"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
    ledger.publish(payloads.correction())
    assert pull(path, **{"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_every_format_has_an_etag_of_its_own(pull):
    ledger.publish(payloads.story())
    path = f"/api/v1/press/items/{payloads.STORY}/"
    tags = {pull(path, {"format": name}).headers["ETag"] for name in ("native", "ninjs")}
    assert len(tags) == 2


def test_what_a_client_received_is_on_record_once_with_a_count(pull, newspaper):
    ledger.publish(payloads.story())
    ledger.publish(payloads.correction())
    pull(FEED)
    pull(FEED, {"format": "ninjs"})
    pull(f"/api/v1/press/items/{payloads.STORY}/")
    rows = PressDelivery.objects.order_by("channel", "version")
    assert [(row.channel, str(row.item_id), row.version, row.count) for row in rows] == [
        ("feed", payloads.STORY, 1, 2),
        ("feed", payloads.STORY, 2, 2),
        ("item", payloads.STORY, 2, 1),
    ]
    assert all(row.client == newspaper and row.first_at <= row.last_at for row in rows)


def test_an_empty_page_a_304_and_a_head_deliver_nothing(pull, client, key):
    ledger.story(1)
    client.head(FEED, headers={"X-API-Key": key})
    client.head(f"/api/v1/press/items/{ledger.nth(1)}/", headers={"X-API-Key": key})
    assert not PressDelivery.objects.exists()
    first = pull(FEED)
    before = list(PressDelivery.objects.values())
    pull(FEED, {"after": first.json()["next"]})
    pull(FEED, **{"If-None-Match": first.headers["ETag"]})
    assert list(PressDelivery.objects.values()) == before


@pytest.mark.parametrize("output", ["native", "ninjs"])
def test_a_pull_costs_the_same_queries_for_1_and_20_items(pull, django_assert_num_queries, output):
    for number in range(20):
        ledger.story(number)
    pull(FEED)  # notes the key's use for this minute
    for limit in (1, 20):
        # key with client, page, deliveries
        with django_assert_num_queries(3):
            assert len(pull(FEED, {"limit": limit, "format": output}).json()["items"]) == limit
    # key with client, item with its release, delivery
    with django_assert_num_queries(3):
        pull(f"/api/v1/press/items/{ledger.nth(1)}/", {"format": output})
