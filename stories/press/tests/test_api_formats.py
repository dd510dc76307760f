"""One item in every format: type, ETag, 304, the record, withdrawals; unknown formats are 400."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from docx import Document
from lxml import etree

from stories.press.api.formats import Format, JsonFormat
from stories.press.models import PressDelivery
from stories.press.tests import ledger, payloads
from stories.press.tests.compare import html_words, missing, old_words, words
from stories.press.tests.test_docx import jpeg
from stories.press.tests.test_ninjs3 import VALIDATOR

pytestmark = pytest.mark.django_db
PATH = f"/api/v1/press/items/{payloads.STORY}/"
FEED = "/api/v1/press/feed/"
JSON = "application/json; charset=utf-8"
CONTENT_TYPES = {
    "native": JSON,
    "ninjs": JSON,
    "ninjs-3.1": JSON,
    "superdesk": JSON,
    "nitf": "application/nitf+xml; charset=utf-8",
    "newsml-g2": "application/vnd.iptc.g2.newsitem+xml; charset=utf-8",
    "text": "text/plain; charset=utf-8",
    "radio": "text/plain; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def plain(output: str, content: bytes) -> str:
    """The words of a document of this format, as text."""
    if output == "docx":
        return "\n".join(p.text for p in Document(BytesIO(content)).paragraphs)
    if CONTENT_TYPES[output] == JSON:
        return json.dumps(json.loads(content), ensure_ascii=False)
    if "xml" in CONTENT_TYPES[output]:
        return " ".join(etree.fromstring(content).itertext())
    return content.decode()


def test_every_format_is_listed_here():
    assert set(CONTENT_TYPES) == set(Format)
    assert {name for name, kind in CONTENT_TYPES.items() if kind == JSON} == set(JsonFormat)


@pytest.mark.parametrize("output", CONTENT_TYPES)
def test_it_has_its_type_the_words_and_a_record(pull, output):
    ledger.publish(payloads.story())
    answer = pull(PATH, {"format": output})
    assert answer.headers["Content-Type"] == CONTENT_TYPES[output]
    assert answer.headers["Cache-Control"] == "private, no-cache"
    wanted = [word for word in words(payloads.story()["text"]) if not word.isdigit()]
    assert missing(wanted, html_words(plain(output, answer.content).replace("5 < 6", ""))) == []
    [row] = PressDelivery.objects.all()
    assert (row.channel, row.version, row.count) == ("item", 1, 1)


@pytest.mark.parametrize("output", CONTENT_TYPES)
def test_it_has_an_etag_of_its_own_and_answers_304_until_a_correction(pull, output):
    ledger.publish(payloads.story())
    first = pull(PATH, {"format": output})
    same = {"If-None-Match": first.headers["ETag"]}
    again = pull(PATH, {"format": output}, **same)
    assert (again.status_code, again.content) == (304, b"")
    for other in CONTENT_TYPES:
        if other != output:
            assert pull(PATH, {"format": other}).headers["ETag"] != first.headers["ETag"]
    ledger.publish(payloads.correction())
    assert pull(PATH, {"format": output}, **same).status_code == 200
    assert pull(PATH, {"format": output, "version": 1}).content == first.content


@pytest.mark.parametrize("output", CONTENT_TYPES)
@pytest.mark.parametrize("kind", ["canceled", "withheld"])
def test_a_withdrawn_item_is_the_notice_in_every_format(pull, output, kind):
    ledger.publish(payloads.story())
    ledger.withdraw(payloads.STORY, kind, reason="Có sai sót.")
    answer = pull(PATH, {"format": output})
    assert answer.status_code == 200
    said = plain(output, answer.content)
    assert "Đề nghị gỡ khỏi mọi nơi đã đăng. Có sai sót." in said
    assert old_words(said) == []
    assert "chi-lan" not in answer.headers.get("Content-Disposition", "")
    assert pull(PATH, {"format": output, "version": 1}).status_code == 410


@pytest.mark.parametrize("output", CONTENT_TYPES)
def test_a_picture_has_every_format_too(pull, output):
    ledger.publish(payloads.picture())
    answer = pull(f"/api/v1/press/items/{payloads.PICTURE}/", {"format": output})
    assert answer.status_code == 200
    assert payloads.picture()["title"] in plain(output, answer.content)


@pytest.mark.parametrize("output", ["pdf", "NINJS", "ninjs-2.0", "xml"])
def test_an_unknown_format_is_400_and_the_known_ones_are_named(pull, output):
    ledger.publish(payloads.story())
    for path in (PATH, FEED):
        answer = pull(path, {"format": output})
        assert answer.status_code == 400
        assert "ninjs-3.1" in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize("output", sorted(set(Format) - set(JsonFormat)))
def test_the_feed_carries_only_json(pull, output):
    ledger.publish(payloads.story())
    assert pull(FEED, {"format": output}).status_code == 400


@pytest.mark.parametrize("output", list(JsonFormat))
def test_the_feed_says_of_each_item_what_the_item_route_says(pull, output):
    ledger.publish(payloads.picture())
    ledger.publish(payloads.story())
    ledger.exemplar()
    items = pull(FEED, {"format": output}).json()["items"]
    assert len(items) == 3
    for item in items:
        uuid = item["uri"].rsplit("/", 1)[-1]
        assert pull(f"/api/v1/press/items/{uuid}/", {"format": output}).json() == item


def test_ninjs_3_1_is_valid_for_everything_in_the_ledger(pull):
    ledger.publish(payloads.picture())
    ledger.publish(payloads.story())
    ledger.publish(payloads.correction())
    ledger.exemplar()
    ledger.withdraw(payloads.PICTURE)
    ledger.withdraw(payloads.STORY, "withheld")
    items = pull(FEED, {"format": "ninjs-3.1"}).json()["items"]
    assert {item["pubStatus"] for item in items} == {"usable", "withheld", "canceled"}
    for item in items:
        assert [error.message for error in VALIDATOR.iter_errors(item)] == []


def test_plain_text_can_be_asked_for_shorter_and_nothing_else_can(pull):
    ledger.publish(payloads.story(text="Một câu dài vừa phải.\n" * 100))
    whole = pull(PATH, {"format": "text"})
    short = pull(PATH, {"format": "text", "length": 700})
    assert len(short.content.decode()) <= 700 < len(whole.content.decode())
    assert short.headers["ETag"] != whole.headers["ETag"]
    assert pull(PATH, {"format": "text", "length": 599}).status_code == 400
    assert pull(PATH, {"format": "radio", "length": 700}).status_code == 400
    assert pull(PATH, {"length": 700}).json()["errors"][0]["field"] == "length"


def test_word_is_a_file_with_a_name_and_its_pictures(pull):
    name = default_storage.save("anh/non-la.press.jpg", ContentFile(jpeg()))
    picture = payloads.picture_part()
    picture["renditions"][1]["href"] = f"/tep/{name}"
    ledger.publish(payloads.story(pictures=[picture]))
    answer = pull(PATH, {"format": "docx"})
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="chi-lan-giu-nghe-non.docx"'
    )
    with zipfile.ZipFile(BytesIO(answer.content)) as parts:
        media = [part for part in parts.namelist() if part.startswith("word/media/")]
        assert [parts.read(part) for part in media] == [jpeg()]
    default_storage.delete(name)
    assert len(Document(BytesIO(pull(PATH, {"format": "docx"}).content)).inline_shapes) == 0
