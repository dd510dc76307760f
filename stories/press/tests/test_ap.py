"""The AP Media API's routes: its cursor, its first question, the key in the query, the record."""

from __future__ import annotations

import json
import logging
from datetime import timedelta

import pytest
from django.utils import timezone

from stories.press import keys
from stories.press.faces import ap
from stories.press.models import PressDelivery
from stories.press.tests import ledger, payloads
from stories.press.tests.compare import SAMPLES, WITHDRAWN, golden, old_words
from stories.releases.models import Release

ROOT = "/api/v1/press/ap"
FEED = f"{ROOT}/feed/"
# What superdesk-core's parser and client take without asking whether it is there.
NEEDED = {"uri", "altids", "version", "type", "pubstatus", "urgency", "headline", "slugline"}
NEEDED |= {"versioncreated", "firstcreated", "usageterms", "bylines", "infosource", "associations"}


@pytest.mark.parametrize("name", SAMPLES)
def test_every_item_has_all_that_clients_need(name):
    item = ap.item(SAMPLES[name], payloads.BASE)
    assert set(item) >= NEEDED
    assert item["slugline"]
    assert "," not in item["slugline"]
    assert isinstance(item["urgency"], int)
    assert isinstance(item["version"], int)
    assert item["uri"] == f"{payloads.BASE}{ROOT}/item/{SAMPLES[name]['uuid']}/"
    assert item["altids"]["itemid"] == SAMPLES[name]["uuid"]
    assert ("nitf" in item["renditions"]) == (item["type"] == "text")


@pytest.mark.parametrize("name", WITHDRAWN)
def test_a_withdrawn_item_says_nothing_old_and_shows_nothing(name):
    item = ap.item(WITHDRAWN[name], payloads.BASE)
    assert item["pubstatus"] == WITHDRAWN[name]["kind"]
    assert item["associations"] == {}
    assert "main" not in item["renditions"]
    assert old_words(json.dumps(item, ensure_ascii=False)) == []


def test_the_address_stays_over_versions_and_pictures_are_jpeg_on_our_host():
    assert ap.item(payloads.story(), "x")["uri"] == ap.item(payloads.correction(), "x")["uri"]
    main = ap.item(payloads.picture(), payloads.BASE)["renditions"]["main"]
    assert main["mimetype"] == "image/jpeg"
    assert main["href"].startswith(f"{payloads.BASE}/tep/")
    assert "?" not in main["href"]


@pytest.mark.parametrize("name", ["story", "story-canceled", "picture"])
def test_golden(name):
    text = json.dumps(ap.entry(SAMPLES[name], payloads.BASE), ensure_ascii=False, indent=1)
    golden(f"{name}.ap.json", text + "\n")


def local(address: str) -> str:
    return address.removeprefix("http://testserver")


def read_all(pull, address: str = f"{FEED}?page_size=2") -> list[dict]:
    """Follow next_page until a page is empty; it must then stay the same."""
    items: list[dict] = []
    while True:
        data = pull(local(address)).json()["data"]
        if not data["items"]:
            assert pull(local(data["next_page"])).json()["data"]["next_page"] == data["next_page"]
            return items
        assert data["next_page"] != address
        items += [entry["item"] for entry in data["items"]]
        address = data["next_page"]


@pytest.mark.django_db
def test_next_page_gives_every_release_once_and_changes_exactly_when_there_are_items(pull):
    for number in range(5):
        ledger.story(number)
    ledger.story(2, kind="correction")
    items = read_all(pull)
    expected = Release.objects.order_by("seq").values_list("item_id", "version")
    assert [(item["altids"]["itemid"], item["version"]) for item in items] == [
        (str(uuid), version) for uuid, version in expected
    ]


@pytest.mark.django_db
def test_what_is_withdrawn_between_two_calls_comes_with_the_next(pull):
    ledger.publish(payloads.story())
    first = pull(FEED).json()["data"]
    idle = pull(local(first["next_page"])).json()["data"]
    assert (idle["items"], idle["next_page"]) == ([], first["next_page"])
    ledger.withdraw(payloads.STORY)
    after = pull(local(first["next_page"]))
    assert [one["item"]["pubstatus"] for one in after.json()["data"]["items"]] == ["canceled"]
    assert after.json()["data"]["next_page"] != first["next_page"]
    assert old_words(after.content.decode()) == []


@pytest.mark.django_db
def test_a_page_without_items_of_the_chosen_products_does_not_move(pull):
    ledger.story(1)
    start = pull(FEED, {"q": "productid:(1)"}).json()["data"]["next_page"]
    ledger.exemplar()
    data = pull(local(start)).json()["data"]
    assert (data["items"], data["next_page"]) == ([], start)


@pytest.mark.django_db
def test_the_first_question_chooses_since_when_and_which_products(pull):
    ledger.story(1)
    ledger.exemplar()
    ledger.publish(payloads.picture())
    later = (timezone.now() + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    earlier = (timezone.now() - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")

    def types(query: str) -> list[str]:
        data = pull(FEED, {"q": query, "page_size": "100", "versions": "all"}).json()["data"]
        return [one["meta"]["products"][0]["name"] for one in data["items"]]

    assert types(f"mindate:>{later}") == []
    assert types(f"mindate:>{earlier}") == ["Bài viết", "Hồ sơ điển hình", "Ảnh"]
    assert types(f"productid:(3 OR 1) AND mindate:>{earlier}") == ["Bài viết", "Ảnh"]
    following = pull(FEED, {"q": f"mindate:>{later}"}).json()["data"]["next_page"]
    assert pull(local(following)).json()["data"]["items"] == []
    ledger.story(2)
    assert len(pull(local(following)).json()["data"]["items"]) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("q", "mindate:yesterday"),
        ("q", "mindate:>2026-13-01T00:00:00Z"),
        ("q", "productid:(9)"),
        ("q", "headline:x"),
        ("page", "x"),
        ("page_size", "101"),
        ("versions", "latest"),
        ("types", "tin"),
    ],
)
def test_what_is_not_understood_is_400_and_never_ignored(pull, name, value):
    answer = pull(FEED, {name: value})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == name


@pytest.mark.django_db
def test_an_item_has_its_text_as_nitf_and_its_pictures_as_items(pull):
    ledger.publish(payloads.picture())
    ledger.publish(payloads.story())
    item = pull(f"{ROOT}/item/{payloads.STORY}/").json()["data"]["item"]
    text = pull(local(item["renditions"]["nitf"]["href"]))
    assert text.headers["Content-Type"] == "application/nitf+xml; charset=utf-8"
    assert "Nghề này nuôi cả nhà tôi." in text.content.decode()
    assert b"<media" not in text.content
    assert b"xmlns" not in text.content
    picture = pull(local(item["associations"]["1"]["uri"])).json()["data"]["item"]
    assert (picture["type"], list(picture["renditions"])) == ("picture", ["main"])
    assert pull(f"{ROOT}/item/{payloads.PICTURE}/nitf/").status_code == 404
    assert pull(f"{ROOT}/item/{ledger.nth(77)}/").status_code == 404


@pytest.mark.django_db
def test_the_key_may_come_in_the_query_here_and_only_here(client, key):
    ledger.publish(payloads.story())
    addresses = [FEED, f"{ROOT}/plans/", f"{ROOT}/item/{payloads.STORY}/"]
    for address in [*addresses, f"{ROOT}/item/{payloads.STORY}/nitf/"]:
        assert client.get(address).status_code == 401
        assert client.get(address, {"apikey": keys.generate()}).status_code == 401
        assert client.get(address, {"apikey": ""}).status_code == 401
        answer = client.get(address, {"apikey": key})
        assert answer.status_code == 200
        assert key not in answer.content.decode()
        assert client.get(address, headers={"x-api-key": key}).status_code == 200
        both = client.get(address, {"apikey": keys.generate()}, headers={"x-api-key": key})
        assert both.status_code == 401
    assert client.get("/api/v1/press/feed/", {"apikey": key}).status_code == 401
    assert client.get("/api/v1/stories/", {"apikey": key}).status_code == 400


@pytest.mark.django_db
def test_a_key_in_the_query_is_in_no_log(client, key, caplog):
    from config.logs import WithoutKeys

    caplog.handler.addFilter(WithoutKeys())
    with caplog.at_level(logging.INFO):
        client.get(FEED, {"apikey": "sai", "khong_co": "1"})
        logging.getLogger("x").info('"GET %s?apikey=%s&page=1 HTTP/1.1" 200', FEED, key)
        logging.getLogger("x").warning("Khóa %s bị từ chối", key)
    assert key not in caplog.text
    assert f'"GET {FEED}?apikey=…&page=1 HTTP/1.1" 200' in caplog.text
    assert f"Khóa {keys.display(key)}… bị từ chối" in caplog.text


@pytest.mark.django_db
def test_what_a_client_received_is_on_record(pull, newspaper):
    ledger.publish(payloads.story())
    pull(FEED)
    pull(f"{ROOT}/item/{payloads.STORY}/")
    pull(f"{ROOT}/item/{payloads.STORY}/nitf/")
    pull(f"{ROOT}/plans/")
    rows = PressDelivery.objects.order_by("channel")
    assert [(row.channel, row.version, row.count) for row in rows] == [
        ("feed", 1, 1),
        ("item", 1, 2),
    ]
    assert {row.client for row in rows} == {newspaper}


@pytest.mark.django_db
def test_an_empty_page_a_304_and_a_head_deliver_nothing(pull, client, key):
    ledger.publish(payloads.story())
    headers = {"X-API-Key": key}
    client.head(FEED, headers=headers)
    client.head(f"{ROOT}/item/{payloads.STORY}/nitf/", headers=headers)
    assert not PressDelivery.objects.exists()
    for address in (FEED, f"{ROOT}/item/{payloads.STORY}/", f"{ROOT}/item/{payloads.STORY}/nitf/"):
        first = pull(address)
        before = list(PressDelivery.objects.values())
        again = pull(address, **{"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert list(PressDelivery.objects.values()) == before


@pytest.mark.django_db
def test_a_pull_costs_the_same_queries_for_1_and_20_items(pull, django_assert_num_queries):
    for number in range(20):
        ledger.story(number)
    pull(FEED)  # notes the key's use for this minute
    for size in (1, 20):
        # key with client, page, deliveries
        with django_assert_num_queries(3):
            assert len(pull(FEED, {"page_size": size}).json()["data"]["items"]) == size


@pytest.mark.django_db
def test_plans_name_the_products_that_the_feed_knows(pull):
    [plan] = pull(f"{ROOT}/plans/").json()["data"]["plans"]
    for entitlement in plan["entitlements"]:
        assert pull(FEED, {"q": f"productid:({entitlement['id']})"}).status_code == 200
