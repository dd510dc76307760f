"""The column's Atom feed: news for readers that know nothing of us."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from stories.press.faces.atom import ATOM
from stories.press.tests import ledger, payloads

pytestmark = pytest.mark.django_db
PATH = "/phu-nu-dat-to/atom.xml"


def entries(client) -> list[ET.Element]:
    answer = client.get(PATH)
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return list(ET.fromstring(answer.content).iter(f"{{{ATOM}}}entry"))


def text(node: ET.Element, name: str) -> str:
    return node.findtext(f"{{{ATOM}}}{name}") or ""


def test_news_is_in_the_feed_newest_first_and_back_filled_stories_are_not(client):
    ledger.story(1)
    ledger.story(2)
    ledger.story(3, is_news=False)
    ledger.exemplar()
    assert [text(entry, "title") for entry in entries(client)] == ["Bài số 2", "Bài số 1"]


def test_updated_is_the_release_and_never_twice_the_same(client):
    for number in range(4):
        ledger.story(number)
    ledger.story(0, kind="correction")
    updated = [text(entry, "updated") for entry in entries(client)]
    assert len(set(updated)) == 4
    assert updated == sorted(updated, reverse=True)


@pytest.mark.parametrize("kind", ["withheld", "canceled"])
def test_a_withdrawn_story_stays_with_the_notice(client, kind):
    ledger.publish(payloads.story())
    ledger.story(1)
    before = {text(entry, "id"): text(entry, "updated") for entry in entries(client)}
    ledger.withdraw(payloads.STORY, kind)
    entry = entries(client)[0]
    identity = f"http://testserver/id/{payloads.STORY}"
    assert text(entry, "id") == identity
    assert text(entry, "updated") > before[identity]
    word = {"canceled": "THU HỒI", "withheld": "TẠM GỠ"}[kind]
    assert text(entry, "title").startswith(word)
    whole = client.get(PATH).content.decode()
    assert "Chị Nguyễn Thị Lan" not in ET.tostring(entry, encoding="unicode")
    assert "khung nón" not in ET.tostring(entry, encoding="unicode")
    assert whole.count(identity) == 1


def test_the_feed_names_itself_and_the_column(client):
    root = ET.fromstring(client.get(PATH).content)
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{{{ATOM}}}link")}
    assert links == {
        "self": f"http://testserver{PATH}",
        "hub": "http://testserver/websub/",
        "alternate": "http://testserver/phu-nu-dat-to/",
    }


def test_an_up_to_date_reader_gets_304(client, django_assert_num_queries):
    ledger.story(1)
    first = client.get(PATH)
    headers = {"If-None-Match": first.headers["ETag"]}
    with django_assert_num_queries(1):
        assert client.get(PATH, headers=headers).status_code == 304
    ledger.withdraw(ledger.nth(1))
    assert client.get(PATH, headers=headers).status_code == 200


def test_queries_are_the_same_for_1_and_20_stories(client, django_assert_num_queries):
    for count in (1, 20):
        for number in range(count):
            ledger.story(100 * count + number)
        # newest ledger number, stories
        with django_assert_num_queries(2):
            client.get(PATH)


def test_it_is_read_only(client):
    assert client.post(PATH).status_code == 405
