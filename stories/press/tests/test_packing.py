"""Answers come packed as the client accepts it, and shortened to the fields it names."""

from __future__ import annotations

import gzip

import pytest
from backports import zstd

from stories.press import packing
from stories.press.tests import ledger, payloads

pytestmark = pytest.mark.django_db
FEED = "/api/v1/press/feed/"
ITEM = f"/api/v1/press/items/{payloads.STORY}/"
UNPACK = {"gzip": gzip.decompress, "zstd": zstd.decompress}


@pytest.mark.parametrize(
    ("header", "coding"),
    [
        ("", ""),
        ("gzip", "gzip"),
        ("GZip;Q=0.5", "gzip"),
        ("x-gzip", "gzip"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("zstd;q=0.5, gzip;q=0.8", "gzip"),
        ("gzip;q=0", ""),
        ("gzip;q=0.000, zstd; q=0", ""),
        ("*", "zstd"),
        ("*;q=0.1, zstd;q=0", "gzip"),
        ("*;q=0", ""),
        ("identity, gzip;q=0.5", ""),
        ("identity;q=0, gzip;q=0.5", "gzip"),
        ("br, deflate", ""),
        ("gzip;q=viel, ;, ,", ""),
        ("gzip;q=2", ""),
        ("gzip;level=9", ""),
        ("nogzip", ""),
    ],
)
def test_the_clients_weights_decide(header, coding):
    assert packing.accepted(header) == coding


@pytest.mark.parametrize(
    "path",
    [
        FEED,
        f"{FEED}?format=ninjs",
        ITEM,
        f"{ITEM}?format=nitf",
        f"{ITEM}?format=radio",
        "/api/v1/press/ap/feed/",
        "/api/v1/stories/",
        f"/api/v1/stories/{payloads.STORY}/",
        "/api/v1/openapi.json",
        "/phu-nu-dat-to/atom.xml",
        "/phu-nu-dat-to/rss.xml",
        "/phu-nu-dat-to/feed.json",
    ],
)
def test_the_same_document_in_fewer_bytes(pull, client, key, path):
    ledger.publish(payloads.story())
    plain = pull(path)
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert "Content-Encoding" not in plain.headers
    for coding, unpack in UNPACK.items():
        accepts = {"Accept-Encoding": coding}
        packed = pull(path, **accepts)
        assert packed.headers["Content-Encoding"] == coding
        assert len(packed.content) < len(plain.content)
        assert int(packed.headers["Content-Length"]) == len(packed.content)
        assert unpack(packed.content) == plain.content
        head = client.head(path, headers=accepts | {"X-API-Key": key})
        told = ("Content-Encoding", "Content-Length", "ETag", "Vary")
        assert [head.headers.get(name) for name in told] == [
            packed.headers.get(name) for name in told
        ]
        if "ETag" not in plain.headers:
            continue
        assert packed.headers["ETag"] == f"W/{plain.headers['ETag']}"
        for held in (plain.headers["ETag"], packed.headers["ETag"]):
            again = pull(path, **accepts, **{"If-None-Match": held})
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["ETag"] == held
            assert "Accept-Encoding" in again.headers["Vary"]
            assert "Content-Encoding" not in again.headers


@pytest.mark.parametrize(
    "path",
    [
        f"/api/v1/press/kits/{payloads.STORY}.zip?kind=text",
        f"{ITEM}?format=docx",
        f"{FEED}?limit=0",  # an error
        f"{FEED}?types=picture",  # short
    ],
)
def test_what_is_packed_already_short_or_an_error_is_left_as_it_is(pull, path):
    ledger.publish(payloads.story())
    answer = pull(path, **{"Accept-Encoding": "gzip, zstd"})
    assert "Content-Encoding" not in answer.headers
    assert not answer.headers.get("ETag", "").startswith("W/")


def test_fields_are_chosen_and_the_keys_are_always_there(pull):
    ledger.publish(payloads.story())
    ledger.publish(payloads.exemplar())
    keys = {"uuid", "uri", "version", "kind"}
    item = pull(ITEM, {"fields": "title, href"}).json()
    assert set(item) == keys | {"title", "href"}
    assert item["href"].startswith("http://testserver/")
    for entry in pull(FEED, {"fields": "title,role"}).json()["items"]:
        assert keys | {"title"} <= set(entry) <= keys | {"title", "role"}
    assert pull(ITEM, {"fields": ""}).json() == pull(ITEM).json()


def test_a_withdrawal_is_known_by_its_keys_whatever_fields_were_chosen(pull):
    ledger.publish(payloads.story())
    ledger.withdraw(payloads.STORY)
    item = pull(ITEM, {"fields": "byline"}).json()
    assert (set(item), item["kind"]) == ({"uuid", "uri", "version", "kind"}, "canceled")


@pytest.mark.parametrize("path", [FEED, ITEM])
def test_unknown_fields_and_other_formats_are_refused(pull, path):
    ledger.publish(payloads.story())
    answer = pull(path, {"fields": "title,khong_co"})
    assert answer.status_code == 400
    assert "khong_co" in answer.json()["errors"][0]["message"]
    assert pull(path, {"fields": "title", "format": "ninjs"}).status_code == 400


@pytest.mark.parametrize("path", [FEED, ITEM])
def test_other_fields_are_another_document(pull, path):
    ledger.publish(payloads.story())
    etags = {pull(path, {"fields": names}).headers["ETag"] for names in ("", "title", "lead")}
    assert len(etags) == 3
