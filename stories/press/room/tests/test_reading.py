"""What a newsroom finds, reads and takes in the room, and what it never sees a byte of."""

from __future__ import annotations

import io
import json
import uuid
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document

from stories import factories
from stories.press.api.formats import Format
from stories.press.models import PressDelivery, PressDownload
from stories.press.room.tests.newsrooms import ROOM, browser
from stories.press.tests import ledger, payloads
from stories.releases.models import Item

pytestmark = pytest.mark.django_db
CANARY = "Vành khuyên bí mật"
NOT_FOR_PAPERS = [p for p in payloads.PURPOSES if p != "newspaper"]
FILES = [
    "chep/",
    *(f"tai/{name}/" for name in Format),
]


def address(ident: object, more: str = "") -> str:
    return f"{ROOM}bai/{ident}/{more}"


def kit(ident: object, kind: str = "") -> str:
    return f"{ROOM}goi/{ident}.zip{kind}"


def said(answer) -> str:
    return answer.content.decode()


def body(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def titles(page: str) -> list[str]:
    """Of the rows, in their order."""
    rows = page.split('<h2 class="card-title">')[1:]
    return [row.split(">")[1].split("<")[0] for row in rows]


def secret(number: int = 40, **fields):
    """A story that papers may not have."""
    values = {"title": CANARY, "lead": CANARY, "text": CANARY, "tags": [CANARY]}
    return ledger.story(number, **(values | {"purposes": NOT_FOR_PAPERS} | fields))


@pytest.fixture
def page(people):
    shots = [factories.picture(seed=seed, caption=f"Chú thích {seed}.") for seed in (0, 1)]
    draft = factories.story(
        people["editor"],
        lead_picture=shots[0],
        body=[
            ("paragraph", "<p>Chị <b>Lan</b> &amp; tổ nón lá.</p>"),
            ("picture", {"picture": shots[1], "caption": "", "credit": ""}),
        ],
    )
    return factories.publish(draft, people)


def test_the_newest_come_first_and_every_word_leads_to_its_item(lan):
    for number in range(3):
        ledger.story(number)
    ledger.exemplar()
    ledger.publish(payloads.picture())
    client = browser(lan)
    page = said(client.get(ROOM))
    assert titles(page)[:3] == ["Nguyễn Thị Lan", "Bài số 2", "Bài số 1"]
    assert address(ledger.nth(2)) in page
    assert titles(said(client.get(ROOM, {"type": "exemplar"}))) == ["Nguyễn Thị Lan"]
    assert titles(said(client.get(ROOM, {"type": "picture"}))) == ["Chị Lan bên khung nón"]


def test_filters_and_words_narrow_the_list(lan):
    ledger.story(
        1, title="Chè đắng Đoan Hùng", unit={"code": "07900", "name": "Việt Trì", "level": "x"}
    )
    ledger.story(2, title="Nón lá Sai Nga", group={"code": "doanh-nhan", "name": "Doanh nhân"})
    client = browser(lan)
    found = {
        "doan hung": ["Chè đắng Đoan Hùng"],
        "nonla sai nga": ["Nón lá Sai Nga"],
        "khongcogi zzz": [],
    }
    for q, expected in found.items():
        assert titles(said(client.get(ROOM, {"q": q}))) == expected, q
    assert titles(said(client.get(ROOM, {"unit": "07900"}))) == ["Chè đắng Đoan Hùng"]
    assert titles(said(client.get(ROOM, {"group": "doanh-nhan"}))) == ["Nón lá Sai Nga"]
    assert titles(said(client.get(ROOM, {"group": "doanh-nhan", "q": "che dang"}))) == []
    assert len(titles(said(client.get(ROOM, {"unit": "' OR 1", "sau": "x", "x": "y"})))) == 2


def test_one_reads_on_to_the_end_and_hidden_items_leave_no_gap(lan):
    for number in range(70):
        if number % 2:
            secret(100 + number, date=f"2026-10-{number % 28 + 1:02d}")
        else:
            ledger.story(number, title="Chuyện nón")
    client = browser(lan)
    for params in ({}, {"q": "nón"}):
        seen, where = [], f"{ROOM}?" + "&".join(f"{k}={v}" for k, v in params.items())
        while where:
            page = said(client.get(where))
            assert CANARY not in page
            seen += [
                part.split("/")[0] for part in page.split('card-title"><a href="/bao-chi/bai/')[1:]
            ]
            more = page.split('rel="next" href="')
            where = ROOM + more[1].split('"')[0].replace("&amp;", "&") if len(more) > 1 else ""
        assert len(seen) == len(set(seen)) == 35


@pytest.mark.parametrize("q", ["", CANARY, "vanh khuyen", "vành khuyen bi mat", "vanhkhuyen bim"])
def test_a_word_of_what_papers_may_not_have_is_in_no_byte(lan, hoa, q):
    secret()
    ledger.story(1)
    paper, radio = browser(lan), browser(hoa)
    ident = ledger.nth(40)
    params = {"q": q} if q else {}
    listed = said(paper.get(ROOM, params))
    assert CANARY not in listed.replace(f'value="{q}"', "").replace(f"“{q}”", "")
    assert ident not in listed
    paths = [address(ident, more) for more in ("", *FILES, "tai/anh.jpg")]
    for path in [*paths, kit(ident), kit(ident, "?kind=text")]:
        answer = paper.get(path)
        assert answer.status_code == 404, path
        assert CANARY not in said(answer), path
    assert CANARY in said(radio.get(ROOM, params))
    assert CANARY in said(radio.get(address(ident)))
    assert not PressDelivery.objects.filter(client=lan.client).exists()
    assert CANARY not in said(paper.get(f"{ROOM}da-lay/"))


def test_a_picture_or_exemplar_that_papers_may_not_have_is_not_in_the_story(lan, hoa, page):
    one = Item.objects.filter(type="picture").order_by("current").first()
    payload = one.current.data
    ledger.publish(payload | {"kind": "correction", "purposes": NOT_FOR_PAPERS, "note": "."})
    ident, gone = str(page.uuid), str(one.pk)
    caption = payload["caption"]
    paper = browser(lan)
    for more in ("", *FILES):
        if more == "tai/docx/":
            continue
        answer = said(paper.get(address(ident, more)))
        assert gone not in answer, more
        assert caption not in answer, more
    word = Document(io.BytesIO(body(paper.get(address(ident, "tai/docx/")))))
    assert len(word.inline_shapes) == 1
    assert paper.get(address(gone, "tai/anh.jpg")).headers["Location"] == address(gone)
    assert caption not in said(paper.get(address(gone)))
    assert gone in said(browser(hoa).get(address(ident)))
    given = PressDelivery.objects.filter(client=lan.client).values_list("item", flat=True)
    assert one.pk not in set(given)


def test_an_exemplar_that_is_withdrawn_is_not_named_beside_the_story(lan):
    ledger.exemplar(uuid=payloads.EXEMPLAR)
    ledger.publish(payloads.story())
    client = browser(lan)
    assert address(payloads.EXEMPLAR) in said(client.get(address(payloads.STORY)))
    ledger.withdraw(payloads.EXEMPLAR)
    for more in ("", "tai/native/", "tai/ninjs/"):
        assert payloads.EXEMPLAR not in said(client.get(address(payloads.STORY, more)))


def test_an_item_is_shown_whole_with_captions_and_credits(lan, page):
    shown = said(browser(lan).get(address(page.uuid)))
    for words in (
        page.title,
        page.lead,
        "Chị <b>Lan</b> &amp; tổ nón lá.",
        "Chú thích 1.",
        "Thu Hà",
    ):
        assert words in shown
    assert shown.count("jpeg720") or shown.count("max-720") or "<figure>" in shown


def test_every_way_of_taking_is_on_record_with_its_person(lan, page):
    client = browser(lan)
    client.get(address(page.uuid))
    client.get(address(page.uuid))
    assert [row.format for row in PressDownload.objects.all()] == ["view"]
    assert set(PressDelivery.objects.values_list("item__type", "channel")) == {
        ("story", "portal"),
        ("picture", "portal"),
    }
    ways = {address(page.uuid, more): more.rpartition("tai/")[2].strip("/") for more in FILES}
    ways[address(page.uuid, "chep/")] = "copy"
    ways |= {kit(page.uuid): "kit", kit(page.uuid, "?kind=text"): "kit-text"}
    for path, name in ways.items():
        assert client.head(path).status_code == 200
        before = PressDownload.objects.count()
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert body(answer)
        row = PressDownload.objects.first()
        assert PressDownload.objects.count() == before + 1
        assert (row.person, row.client, row.item_id, row.version, row.format) == (
            lan,
            lan.client,
            page.uuid,
            1,
            name,
        )
    assert PressDelivery.objects.filter(channel="kit", item=page.uuid).exists()
    picture = Item.objects.filter(type="picture").first()
    answer = client.get(address(picture.pk, "tai/anh.jpg"))
    assert body(answer)[:3] == b"\xff\xd8\xff"
    assert PressDownload.objects.first().format == "jpeg"


def test_files_are_what_they_say(lan, page):
    client = browser(lan)
    assert json.loads(body(client.get(address(page.uuid, "tai/ninjs-3.1/"))))["uri"]
    assert page.title in said(client.get(address(page.uuid, "tai/text/")))
    copied = said(client.get(address(page.uuid, "chep/")))
    assert "<textarea" in copied
    assert page.title in copied.split("<textarea")[1]
    made = zipfile.ZipFile(io.BytesIO(body(client.get(kit(page.uuid)))))
    assert sum(name.endswith(".jpg") for name in made.namelist()) == 2
    piece = client.get(kit(page.uuid), headers={"Range": "bytes=100-"})
    assert piece.status_code == 206
    assert client.get(kit(page.uuid), headers={"Range": "bytes=99999999-"}).status_code == 416
    assert PressDownload.objects.filter(format="kit").count() == 1
    for bad in ("tai/exe/", "tai/anh.jpg"):
        assert client.get(address(page.uuid, bad)).status_code == 404


def test_what_the_newsroom_took_is_marked_for_all_of_it_and_for_nobody_else(lan, chief, hoa):
    ledger.story(1)
    ledger.story(2)
    browser(lan).get(address(ledger.nth(1), "chep/"))
    browser(lan).get(address(ledger.nth(2)))
    marked = said(browser(chief).get(ROOM))
    assert marked.count("Đã lấy: ") == 1
    assert f"Đã lấy: {lan.name}" in marked
    book = said(browser(chief).get(f"{ROOM}da-lay/"))
    assert "Bài số 1" in book
    assert "Bài số 2" not in book
    assert "Bài số 1" not in said(browser(chief).get(f"{ROOM}da-lay/", {"cua": "toi"}))
    other = browser(hoa)
    assert "Đã lấy: " not in said(other.get(ROOM))
    assert "Bài số 1" not in said(other.get(f"{ROOM}da-lay/"))
    ledger.story(1, kind="correction", title="Tít sửa", note="Sửa tít.")
    assert "nay có bản mới" in said(browser(chief).get(ROOM))
    ledger.withdraw(ledger.nth(1))
    book = said(browser(chief).get(f"{ROOM}da-lay/"))
    assert "Tít sửa" not in book
    assert "Đã thu hồi" in book


@pytest.mark.parametrize("path", ["", "?q=chuyen", "?group=nong-dan", "da-lay/"])
def test_as_many_queries_for_20_as_for_one(lan, path):
    def count() -> int:
        client.get(ROOM + path)  # what is read once (the index, the ledger) is read
        with CaptureQueriesContext(connection) as queries:
            assert client.get(ROOM + path).status_code == 200
        return len(queries)

    client = browser(lan)
    for number in range(19):
        ledger.story(number, title="Chuyện nón")
        client.get(address(ledger.nth(number), "chep/"))
        if number == 0:
            one = count()
    assert count() == one


def test_what_is_not_there_is_404(lan):
    client = browser(lan)
    for path in (address(uuid.uuid4()), kit(uuid.uuid4()), address(uuid.uuid4(), "chep/")):
        assert client.get(path).status_code == 404


def test_words_find_the_pictures_of_the_stories_that_they_find(lan, hoa):
    ledger.publish(payloads.picture())
    ledger.publish(payloads.picture(uuid=payloads.SECOND_PICTURE, title="Lá phơi", href="/anh/2/"))
    ledger.publish(payloads.story())
    for params in ({"q": "giu nghe non"}, {"unit": "08494"}):
        page = said(browser(lan).get(ROOM, {"type": "picture"} | params))
        assert titles(page) == ["Chị Lan bên khung nón", "Lá phơi"], params
    assert titles(said(browser(lan).get(ROOM, {"type": "picture", "q": "zzz xyz"}))) == []
    ledger.publish(payloads.picture(kind="correction", purposes=NOT_FOR_PAPERS, note="."))
    page = said(browser(lan).get(ROOM, {"type": "picture", "q": "giu nghe non"}))
    assert titles(page) == ["Lá phơi"]
