"""Superdesk's AP Media client against our routes: what it stores after each of its pulls."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from stories.press.tests import ledger, payloads
from stories.press.tests.clients.superdesk.client import read
from stories.press.tests.compare import html_words, missing, old_words, words

pytestmark = pytest.mark.django_db
HOST = "http://testserver"
FEED = f"{HOST}/api/v1/press/ap/feed/"


def second_picture() -> dict:
    uuid = payloads.SECOND_PICTURE
    return payloads.picture(uuid=uuid, href=f"/anh/{uuid}/")


@pytest.fixture
def superdesk_pulls(pull) -> Callable[[str | None], dict]:
    """One pull of the client: it is given the answers to every address that it could ask for."""

    def fetch(address: str) -> str:
        answer = pull(address.removeprefix(HOST))
        assert answer.status_code == 200, address
        return answer.content.decode()

    def once(next_link: str | None = None) -> dict:
        asked = next_link or FEED
        pages = {asked: fetch(asked)}
        for entry in json.loads(pages[asked])["data"]["items"]:
            item = entry["item"]
            pages[item["uri"]] = fetch(item["uri"])
            current = json.loads(pages[item["uri"]])["data"]["item"]
            if "nitf" in current["renditions"]:
                href = current["renditions"]["nitf"]["href"]
                pages[href] = fetch(href)
            for picture in current["associations"].values():
                pages[picture["uri"]] = fetch(picture["uri"])
        return read(ap={"pages": pages, "feed": FEED, "next_link": next_link})["ap"]

    return once


def test_the_words_and_pictures_arrive(superdesk_pulls):
    ledger.publish(payloads.picture())
    ledger.publish(second_picture())
    ledger.publish(payloads.story())
    found = superdesk_pulls()
    *pictures, story = found["items"]
    payload = payloads.story()
    assert missing(words(payload["text"]), html_words(story["body_html"])) == []
    assert "<block" not in story["body_html"]
    assert words(story["headline"]) == words(payload["title"])
    assert words(story["abstract"]) == words(payload["lead"])
    assert (story["byline"], story["pubstatus"]) == ("Thu Hà", "usable")
    assert story["guid"] == f"{payloads.STORY}:1"
    assert [picture["type"] for picture in pictures] == ["picture", "picture"]
    image = story["associations"]["related--1"]
    assert image["description_text"] == payloads.picture()["caption"]
    # It fetches images with its credentials, from the same host.
    assert image["renditions"]["baseImage"]["href"] == (
        f"{HOST}/tep/anh/non-la.press.jpg?apikey=khoa"
    )


def test_it_asks_again_only_when_there_is_something_new(superdesk_pulls):
    ledger.story(1, pictures=[], lead_picture=None)
    first = superdesk_pulls()
    again = superdesk_pulls(first["next"])
    assert (again["items"], again["next"]) == ([], first["next"])
    assert len(again["asked"]) == 1
    ledger.story(2, pictures=[], lead_picture=None)
    third = superdesk_pulls(first["next"])
    assert [item["headline"] for item in third["items"]] == ["Bài số 2"]
    assert third["next"] != first["next"]


def test_a_correction_comes_under_the_same_uri_as_a_newer_version(superdesk_pulls):
    bare = {"pictures": [], "lead_picture": None}
    ledger.publish(payloads.story(**bare))
    first = superdesk_pulls()
    ledger.publish(payloads.correction(title="Tên đã sửa", **bare))
    [before], [after] = first["items"], superdesk_pulls(first["next"])["items"]
    assert after["uri"] == before["uri"]
    assert after["version"] > before["version"]
    assert (after["headline"], after["ednote"]) == ("Tên đã sửa", payloads.correction()["note"])


@pytest.mark.parametrize("kind", ["canceled", "withheld"])
def test_a_kill_is_seen_and_brings_the_notice_alone(superdesk_pulls, kind):
    ledger.publish(payloads.picture())
    ledger.publish(second_picture())
    ledger.publish(payloads.story())
    first = superdesk_pulls()
    ledger.withdraw(payloads.PICTURE, kind)
    ledger.withdraw(payloads.STORY, kind)
    picture, story = superdesk_pulls(first["next"])["items"]
    assert {picture["pubstatus"], story["pubstatus"]} == {kind}
    assert story["uri"] == first["items"][-1]["uri"]
    assert old_words(json.dumps([picture, story], ensure_ascii=False)) == []
    assert "Đề nghị gỡ" in story["body_html"]
    assert not picture.get("renditions")


def test_a_client_that_starts_after_a_kill_never_sees_the_old_text(superdesk_pulls):
    ledger.publish(payloads.story(pictures=[], lead_picture=None))
    ledger.withdraw(payloads.STORY)
    [story] = superdesk_pulls()["items"]
    assert story["pubstatus"] == "canceled"
    assert old_words(json.dumps(story, ensure_ascii=False)) == []
