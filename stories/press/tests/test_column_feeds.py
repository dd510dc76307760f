"""The addresses of RSS and JSON Feed: news only, 304, few queries, withdrawals in place."""

from __future__ import annotations

import feedparser
import pytest

from stories.press.tests import ledger, payloads
from stories.press.tests.compare import old_words

pytestmark = pytest.mark.django_db
RSS, JSON = "/phu-nu-dat-to/rss.xml", "/phu-nu-dat-to/feed.json"
TYPES = {RSS: "application/rss+xml; charset=utf-8", JSON: "application/feed+json; charset=utf-8"}


def titles(answer, path: str) -> list[str]:
    if path == JSON:
        return [item["title"] for item in answer.json()["items"]]
    return [entry.title for entry in feedparser.parse(answer.content).entries]


@pytest.mark.parametrize("path", TYPES)
def test_news_is_there_newest_first_and_back_filled_stories_are_not(client, path):
    ledger.story(1)
    ledger.story(2)
    ledger.story(3, is_news=False)
    ledger.exemplar()
    answer = client.get(path)
    assert answer.headers["Content-Type"] == TYPES[path]
    assert titles(answer, path) == ["Bài số 2", "Bài số 1"]


@pytest.mark.parametrize("path", TYPES)
@pytest.mark.parametrize("kind", ["withheld", "canceled"])
def test_a_withdrawn_story_stays_with_the_notice_first(client, path, kind):
    ledger.publish(payloads.story())
    ledger.story(1)
    ledger.withdraw(payloads.STORY, kind)
    answer = client.get(path)
    assert titles(answer, path)[0].startswith({"canceled": "THU HỒI", "withheld": "TẠM GỠ"}[kind])
    content = answer.content.decode()
    assert content.count(f"http://testserver/id/{payloads.STORY}") == 1
    assert "Chị Nguyễn Thị Lan" not in content.partition("Bài số 1")[0]


def test_a_feed_of_one_withdrawn_story_says_nothing_of_it(client):
    ledger.publish(payloads.story())
    ledger.withdraw(payloads.STORY)
    for path in TYPES:
        assert old_words(client.get(path).content.decode()) == []


@pytest.mark.parametrize("path", TYPES)
def test_an_up_to_date_reader_gets_304_and_others_two_queries(
    client, path, django_assert_num_queries
):
    for number in range(3):
        ledger.story(number)
    with django_assert_num_queries(2):
        first = client.get(path)
    headers = {"If-None-Match": first.headers["ETag"]}
    with django_assert_num_queries(1):
        assert client.get(path, headers=headers).status_code == 304
    ledger.withdraw(ledger.nth(1))
    assert client.get(path, headers=headers).status_code == 200
    assert client.post(path).status_code == 405


def test_each_feed_has_an_etag_of_its_own(client):
    ledger.story(1)
    tags = {client.get(path).headers["ETag"] for path in (*TYPES, "/phu-nu-dat-to/atom.xml")}
    assert len(tags) == 3
