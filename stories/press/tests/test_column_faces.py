"""The column in real feed readers (feedparser, atoma, feedsmith): the words arrive, a withdrawal replaces."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from functools import partial

import atoma
import feedparser
import pytest
from lxml import etree

from stories.press.faces import atom, jsonfeed, rss
from stories.press.tests import payloads
from stories.press.tests.clients.feedsmith import client as feedsmith
from stories.press.tests.compare import (
    NEWS,
    WITHDRAWN,
    golden,
    html_words,
    missing,
    old_words,
    words,
)

OTHER = "9c2d5f0e-3b1a-4c8e-9f65-0a2b4c6d8e99"
GONE = {name: payload for name, payload in WITHDRAWN.items() if payload["type"] == "story"}


def rss_bytes(*news: dict) -> bytes:
    return rss.feed(news, base=payloads.BASE, path="/phu-nu-dat-to/rss.xml")


def json_bytes(*news: dict) -> bytes:
    return jsonfeed.feed(news, base=payloads.BASE, path="/phu-nu-dat-to/feed.json")


def atom_bytes(*news: dict) -> bytes:
    return atom.feed(news, base=payloads.BASE, path="/phu-nu-dat-to/atom.xml")


def by_feedparser(content: bytes) -> list[dict]:
    """(id, title, lead, content, newest date, pictures) as feedparser gives them to a program."""
    found = feedparser.parse(content)
    assert not found.bozo, found.get("bozo_exception")
    return [
        {
            "id": entry.id,
            "title": entry.title,
            "lead": entry.summary,
            "content": entry.content[0].value,
            "date": entry["updated_parsed" if "updated_parsed" in entry else "published_parsed"],
            "pictures": [one["url"] for one in entry.get("media_content", [])]
            + [one["href"] for one in entry.get("enclosures", [])],
        }
        for entry in found.entries
    ]


def by_atoma_rss(content: bytes) -> list[dict]:
    return [
        {
            "id": item.guid,
            "title": item.title,
            "lead": item.description,
            "content": item.content_encoded,
            "date": item.pub_date,
            "pictures": [one.url for one in item.enclosures],
        }
        for item in atoma.parse_rss_bytes(content).items
    ]


def by_atoma_json(content: bytes) -> list[dict]:
    return [
        {
            "id": item.id_,
            "title": item.title,
            "lead": item.summary,
            "content": item.content_html,
            "date": item.date_modified,
            "pictures": [one.url for one in item.attachments]
            + ([item.image] if item.image else []),
        }
        for item in atoma.parse_json_feed_bytes(content).items
    ]


READERS = {
    "feedparser reads RSS": (rss_bytes, by_feedparser),
    "atoma reads RSS": (rss_bytes, by_atoma_rss),
    "feedparser reads Atom": (atom_bytes, by_feedparser),
    "atoma reads JSON Feed": (json_bytes, by_atoma_json),
    "feedsmith reads RSS": (rss_bytes, partial(feedsmith.read, "rss")),
    "feedsmith reads Atom": (atom_bytes, partial(feedsmith.read, "atom")),
    "feedsmith reads JSON Feed": (json_bytes, partial(feedsmith.read, "json")),
}


@pytest.fixture(params=READERS)
def read(request):
    write, reader = READERS[request.param]
    return lambda *news: reader(write(*news))


@pytest.mark.parametrize("name", NEWS)
def test_no_word_is_lost_in_a_reader(read, name):
    payload = NEWS[name]
    [entry] = read(payload)
    wanted = words(payload["text"])
    if payload["pubstatus"] == "usable":
        wanted += words(payload["lead"])
    assert missing(wanted, html_words(entry["content"])) == []
    # feedparser gives a title as HTML, the others as text: the words are the same.
    assert words(payload["title"]) in (words(entry["title"]), html_words(entry["title"]))
    assert words(entry["lead"] or "") == words(payload["lead"])


@pytest.mark.parametrize("name", GONE)
def test_a_withdrawal_has_the_same_id_a_newer_date_and_nothing_old(read, name):
    [before], [after] = read(payloads.correction()), read(GONE[name])
    assert after["id"] == before["id"] == f"{payloads.BASE}/id/{payloads.STORY}"
    assert after["date"] > before["date"]
    assert after["title"].startswith(
        {"canceled": "THU HỒI", "withheld": "TẠM GỠ"}[GONE[name]["kind"]]
    )
    assert after["pictures"] == []
    assert before["pictures"]
    assert old_words(str(after)) == []


def test_a_correction_is_newer_under_the_same_id(read):
    [before], [after] = read(payloads.story()), read(payloads.correction(title="Tên đã sửa"))
    assert after["id"] == before["id"]
    assert after["date"] > before["date"]
    assert after["title"] == "Tên đã sửa"


def test_entries_keep_their_order_and_pictures_are_jpeg(read):
    other = payloads.story(uuid=OTHER, uri=f"{payloads.BASE}/id/{OTHER}", pictures=[], body=[])
    first, second = read(payloads.correction(), other)
    assert [first["id"][-36:], second["id"][-36:]] == [payloads.STORY, OTHER]
    assert all(href.endswith(".press.jpg") for href in first["pictures"])
    assert second["pictures"] == []


@pytest.mark.parametrize("name", GONE)
@pytest.mark.parametrize("write", [rss_bytes, json_bytes, atom_bytes])
def test_the_bytes_of_a_withdrawal_say_nothing_old(write, name):
    content = write(GONE[name]).decode()
    assert old_words(content) == []
    for sign in ("enclosure", "media:content", "attachments", '"image"', "<img"):
        assert sign not in content


def test_a_title_of_another_word_still_says_that_it_is_withdrawn(read):
    [entry] = read(payloads.withdrawn(payloads.story(), title="Đã rút"))
    assert entry["title"] == "THU HỒI: Đã rút"


def test_rss_says_caption_credit_and_terms_of_each_picture():
    root = etree.fromstring(rss_bytes(payloads.story()))
    names = {"media": rss.MEDIA}
    media = root.findall(".//media:content", names)
    assert len(media) == 2
    assert {one.get("type") for one in media} == {"image/jpeg"}
    assert (
        media[0].findtext("media:description", namespaces=names)
        == (payloads.picture_part()["caption"])
    )
    assert media[0].findtext("media:credit", namespaces=names) == "Thu Hà"
    assert media[0].findtext("media:copyright", namespaces=names) == "Chỉ dùng kèm bài viết này."
    assert not re.search("webp|avif", rss_bytes(payloads.story()).decode())


def test_no_face_of_the_column_gives_a_picture_without_a_jpeg(read):
    webp = payloads.rendition("press", 720, 540, "image/webp", 41_000)
    picture = payloads.picture_part(renditions=[webp])
    [entry] = read(payloads.story(pictures=[picture], body=[]))
    assert entry["pictures"] == []


def test_rss_dates_are_rfc_822_in_gmt():
    assert rss.date("2026-11-05T03:04:05Z") == "Thu, 05 Nov 2026 03:04:05 GMT"
    found = feedparser.parse(rss_bytes(payloads.story())).entries[0].published_parsed
    assert datetime(*found[:6], tzinfo=UTC) == datetime(2026, 11, 20, 3, tzinfo=UTC)


def test_a_control_character_cannot_break_rss():
    payload = payloads.story(title="Chị\x0b Lan\x00", lead="a\x1fb", byline="\ufffe", tags=["\x01"])
    [entry] = by_feedparser(rss_bytes(payload))
    assert entry["title"] == "Chị Lan"


def test_json_feed_has_what_the_specification_requires():
    document = json.loads(json_bytes(payloads.story(), GONE["story-canceled"]))
    assert document["version"] == "https://jsonfeed.org/version/1.1"
    assert document["feed_url"] == f"{payloads.BASE}/phu-nu-dat-to/feed.json"
    for item in document["items"]:
        assert {"id", "url", "title", "content_html", "date_published", "date_modified"} <= set(
            item
        )
        assert item["authors"][0]["name"]


def test_empty_feeds_are_feeds():
    for content in (rss_bytes(), atom_bytes()):
        found = feedparser.parse(content)
        assert (found.bozo, found.entries, found.feed.title) == (False, [], "Phụ nữ Đất Tổ")
    assert atoma.parse_json_feed_bytes(json_bytes()).items == []


def test_golden():
    gone = payloads.withdrawn(payloads.story(uuid=OTHER, uri=f"{payloads.BASE}/id/{OTHER}"))
    root = etree.fromstring(rss_bytes(gone, payloads.correction()))
    etree.indent(root)
    golden("column.rss.xml", etree.tostring(root, encoding="unicode") + "\n")
    document = json.loads(json_bytes(gone, payloads.correction()))
    golden("column.feed.json", json.dumps(document, ensure_ascii=False, indent=1) + "\n")
