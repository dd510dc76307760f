"""What everyone agreed to decides who gets it: in the feed, as an item, as a kit, by one rule."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from stories.press import entitlements, services
from stories.press.models import PressClient, PressDelivery
from stories.press.tests import ledger, payloads
from stories.press.tests.test_api_press import FEED, read_all
from stories.releases.models import Item

Kind = PressClient.Kind
ALL = payloads.PURPOSES
PLACE = {Kind.NEWSPAPER: "newspaper", Kind.BROADCASTER: "radio_tv", Kind.UNION: "central"}
OLD = ("nón", "Thu Hà", "Ba mươi", "khung")


@pytest.mark.parametrize("kind", PLACE)
def test_a_client_may_have_what_was_agreed_for_its_place(kind):
    place = PLACE[kind]
    assert entitlements.may_have(kind, {"purposes": ["website", place]})
    assert not entitlements.may_have(kind, {"purposes": [p for p in ALL if p != place]})
    assert not entitlements.may_have(kind, {"purposes": []})
    assert entitlements.may_have(kind, {})  # of before purposes were kept, or a withdrawal


def test_other_clients_may_have_what_was_agreed_for_all_of_the_press():
    assert set(entitlements.NEEDED) == set(Kind)
    assert entitlements.may_have(Kind.OTHER, {"purposes": ["central", "newspaper", "radio_tv"]})
    for place in PLACE.values():
        left = [p for p in ALL if p != place]
        assert not entitlements.may_have(Kind.OTHER, {"purposes": left})


@pytest.mark.parametrize(
    "payload",
    [
        {"purposes": ["newspaper"]},
        {"purposes": ["radio_tv"]},
        {"purposes": []},
        {},
        {"body": [{"purposes": ["newspaper"]}], "purposes": ["website"]},
        {"body": [{"purposes": ["website"]}], "purposes": ["newspaper"]},
        {"body": [{"purposes": []}]},
        {"title": '"purposes":["website"]', "purposes": ["newspaper"]},
        {"title": '"purposes":["newspaper"]', "purposes": ["website"]},
        {"purposes": ["not newspaper"]},
    ],
)
def test_a_look_at_the_stored_bytes_says_what_reading_says(payload):
    text = payloads.canonical(payload).encode()
    for kind in Kind:
        assert entitlements.may_have_text(kind, text) == entitlements.may_have(kind, payload)


@pytest.fixture
def pulls(db):
    """A way to call for each kind of client."""

    def caller(kind: str):
        client = PressClient.objects.create(name=f"khach-{kind}", organisation=kind, kind=kind)
        key = services.create_key(client=client)[1]

        def call(path: str, params: dict | None = None, **headers: str):
            return Client().get(path, params, headers={"X-API-Key": key} | headers)

        return call

    return {str(kind): caller(kind) for kind in Kind}


def without(place: str) -> list[str]:
    return [one for one in ALL if one != place]


def item_and_kit(uuid: str) -> list[str]:
    return [f"/api/v1/press/items/{uuid}/", f"/api/v1/press/kits/{uuid}.zip"]


def answers(pull, uuid: str) -> list[int]:
    return [pull(path).status_code for path in item_and_kit(uuid)]


def test_every_route_gives_each_client_what_it_may_have(pulls):
    for number, place in enumerate(PLACE.values()):
        ledger.story(number, purposes=["website", place])
    ledger.story(8)
    old = payloads.story(uuid=ledger.nth(9), href="/phu-nu-dat-to/cu/", source_id="cu")
    del old["purposes"]
    ledger.publish(old)
    for number, kind in enumerate(PLACE):
        pull = pulls[kind]
        had = [item["uuid"] for item in read_all(pull, limit=1)]
        assert had == [ledger.nth(number), ledger.nth(8), ledger.nth(9)]
        for other in range(3):
            expected = [200, 200] if other == number else [403, 403]
            assert answers(pull, ledger.nth(other)) == expected
        assert answers(pull, ledger.nth(8)) == answers(pull, ledger.nth(9)) == [200, 200]
        given = PressDelivery.objects.filter(client__kind=kind).values_list("item", flat=True)
        assert {str(uuid) for uuid in given} == set(had)
    assert [item["uuid"] for item in read_all(pulls["other"])] == [ledger.nth(8), ledger.nth(9)]


def test_a_refusal_is_a_problem_that_says_why_and_nothing_of_the_text(pulls):
    ledger.publish(payloads.story(purposes=["website"]))
    for path in item_and_kit(payloads.STORY):
        answer = pulls["newspaper"](path)
        assert answer.json()["type"].endswith("#not-agreed")
        assert "Báo in, báo điện tử" in answer.json()["detail"]
        assert not any(word in answer.content.decode() for word in OLD)
    assert not PressDelivery.objects.exists()


@pytest.mark.parametrize("place", ["newspaper", "radio_tv"])
def test_a_place_no_longer_agreed_to_is_a_withdrawal_for_those_who_had_it(pulls, place):
    ledger.publish(payloads.story())
    cursors = {kind: pull(FEED).json()["next"] for kind, pull in pulls.items()}
    ledger.publish(payloads.correction(purposes=without(place), note="Lời của người rút lại."))
    for kind, pull in pulls.items():
        page = pull(FEED, {"after": cursors[kind]}).json()
        (told,) = page["items"]
        assert (told["uuid"], told["version"]) == (payloads.STORY, 2)
        if place in entitlements.NEEDED[kind]:
            assert (told["kind"], told["pubstatus"]) == ("withheld", "withheld")
            assert told["reason"] == "consent"
            assert told["title"].startswith("TẠM GỠ")
            said = json.dumps(told | {"href": ""}, ensure_ascii=False)
            assert not any(word in said for word in (*OLD, "Lời của người rút lại"))
            assert answers(pull, payloads.STORY) == [200, 410]
            assert pull(item_and_kit(payloads.STORY)[0]).json()["kind"] == "withheld"
            assert pull(item_and_kit(payloads.STORY)[0], {"version": 1}).status_code == 410
        else:
            assert told["kind"] == "correction"
            assert answers(pull, payloads.STORY) == [200, 200]


@pytest.mark.parametrize("output", ["native", "ninjs"])
def test_who_starts_over_gets_the_notice_and_no_earlier_text(pulls, output):
    ledger.publish(payloads.story())
    ledger.publish(payloads.correction())
    ledger.publish(payloads.correction(purposes=["website"]))
    items = read_all(pulls["newspaper"], limit=1, format=output)
    assert [item["pubstatus"] for item in items] == ["withheld"]
    assert not any(word in json.dumps(items[0] | {"href": ""}, ensure_ascii=False) for word in OLD)
    assert len(read_all(pulls["union"], limit=1)) == 1


def test_what_is_agreed_to_again_comes_back(pulls):
    ledger.publish(payloads.story())
    ledger.publish(payloads.correction(purposes=["website"]))
    ledger.publish(payloads.correction())
    told = [(one["version"], one["kind"]) for one in read_all(pulls["newspaper"])]
    assert told == [(1, "usable"), (2, "withheld"), (3, "correction")]
    assert answers(pulls["newspaper"], payloads.STORY) == [200, 200]


def test_a_withdrawal_reaches_also_those_who_may_no_longer_have_it(pulls):
    ledger.publish(payloads.story())
    ledger.publish(payloads.correction(purposes=["website"]))
    ledger.withdraw(payloads.STORY)
    assert [one["kind"] for one in read_all(pulls["newspaper"])] == ["canceled"]
    assert answers(pulls["newspaper"], payloads.STORY) == [200, 410]


def test_a_picture_not_agreed_to_is_in_no_kit(pulls):
    ledger.publish(payloads.picture(purposes=without("newspaper")))
    ledger.publish(payloads.story())
    assert answers(pulls["newspaper"], payloads.PICTURE) == [403, 403]
    assert answers(pulls["union"], payloads.PICTURE) == [200, 404]
    pulls["newspaper"](item_and_kit(payloads.STORY)[1])
    shown = PressDelivery.objects.filter(client__kind="newspaper", item=payloads.PICTURE)
    assert not shown.exists()


def test_as_many_queries_for_20_rows_that_are_refused_as_for_one(pulls, django_assert_num_queries):
    for number in range(20):
        ledger.story(number)
        ledger.story(number, kind="correction", purposes=["website"])
    pull = pulls["newspaper"]
    pull(FEED)
    for limit in (2, 40):
        # key with client, page, what is current of earlier versions, what was before those that
        # are refused, deliveries
        with django_assert_num_queries(5):
            assert len(pull(FEED, {"limit": limit}).json()["items"]) == limit // 2
    assert Item.objects.count() == 20


def test_two_kinds_of_clients_have_different_etags(pulls):
    ledger.publish(payloads.story())
    ledger.publish(payloads.correction(purposes=without("newspaper")))
    for path in (FEED, item_and_kit(payloads.STORY)[0]):
        etag = pulls["union"](path).headers["ETag"]
        assert pulls["newspaper"](path, **{"If-None-Match": etag}).status_code == 200
