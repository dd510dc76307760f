"""Press kits: what was approved, whole, for one client, in the same bytes each time."""

from __future__ import annotations

import hashlib
import io
import json
import tracemalloc
import zipfile
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone
from docx import Document
from PIL import Image, IptcImagePlugin

from media.models import Picture
from stories import factories
from stories.pages.models import StoryPage, Withdrawal
from stories.press import services
from stories.press.kits import pack
from stories.press.models import PressClient, PressDelivery, PressKit
from stories.press.tests import ledger, payloads
from stories.press.tests.compare import missing, words
from stories.releases.models import Item, TakedownItem, TakedownStep
from stories.releases.takedown import steps

pytestmark = pytest.mark.django_db
MIB = 1024 * 1024
SECOND = "Ngày mùa, cả xóm cùng phơi lá."


@pytest.fixture
def shots(people) -> list[Picture]:
    return [factories.picture(seed=seed, caption=SECOND if seed else "Mở.") for seed in (0, 1)]


@pytest.fixture
def page(people, shots) -> StoryPage:
    lead, other = shots
    draft = factories.story(
        people["editor"],
        lead_picture=lead,
        body=[
            ("paragraph", '<p>Chị <b>Lan</b> &amp; tổ <a href="/dien-hinh/">nón lá</a>.</p>'),
            ("heading", "Ba mươi hộ < năm xưa"),
            ("picture", {"picture": other, "caption": "", "credit": ""}),
            ("quote", {"text": "Nghề này\nnuôi cả nhà.", "attribution": "Chị Lan"}),
        ],
    )
    return factories.publish(draft, people)


def address(uuid) -> str:
    return f"/api/v1/press/kits/{uuid}.zip"


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


def opened(content: bytes) -> zipfile.ZipFile:
    made = zipfile.ZipFile(io.BytesIO(content))
    assert made.testzip() is None
    return made


def manifest(made: zipfile.ZipFile) -> dict:
    return json.loads(made.read("manifest.json"))


def one(made: zipfile.ZipFile, ending: str) -> bytes:
    (name,) = [name for name in made.namelist() if name.endswith(ending)]
    return made.read(name)


def word_text(content: bytes) -> tuple[str, str]:
    """Body and foot of a Word file."""
    document = Document(io.BytesIO(content))
    foot = "\n".join(line.text for line in document.sections[0].footer.paragraphs)
    return "\n".join(line.text for line in document.paragraphs), foot


def another(name: str, kind: str = "newspaper", **fields):
    """Another client's way to call."""
    made = PressClient.objects.create(name=name, organisation=f"Cơ quan {name}", kind=kind)
    plain = services.create_key(client=made, **fields)[1]
    return lambda path, **headers: Client().get(path, headers={"X-API-Key": plain} | headers)


def test_the_kit_has_every_word_that_was_approved(pull, page):
    payload = Item.objects.get(pk=page.uuid).current.data
    made = opened(body(pull(address(page.uuid))))
    word, _foot = word_text(one(made, ".docx"))
    plain = one(made, ".txt").decode()
    for text in (word, plain):
        for said in (payload["title"], payload["lead"], payload["text"]):
            assert missing(words(said), words(text)) == []
    assert SECOND in word
    assert len(Document(io.BytesIO(one(made, ".docx"))).inline_shapes) == 2


def test_the_manifest_says_what_is_in_it_for_whom_and_on_which_terms(
    pull, newspaper, page, settings
):
    settings.CONSENT_CONTACT = "Số 1 đường Trần Phú, điện thoại 0210 000 000"
    item = Item.objects.get(pk=page.uuid)
    made = opened(body(pull(address(page.uuid))))
    said = manifest(made)
    assert (said["uuid"], said["version"]) == (str(page.uuid), 1)
    assert said["purposes"] == item.current.data["purposes"]
    assert said["client"] == {"name": "bao-phu-tho", "organisation": "Báo Phú Thọ"}
    assert said["contact"]["organisation"] == "Hội Liên hiệp Phụ nữ tỉnh Phú Thọ"
    assert said["contact"]["details"] == settings.CONSENT_CONTACT
    assert "đính chính" in said["terms"]
    kit = PressKit.objects.get(client=newspaper)
    assert (said["serial"], kit.version, kit.item_id) == (kit.serial, 1, item.pk)
    assert said["made_at"] == kit.made_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert {file["name"] for file in said["files"]} | {"manifest.json"} == set(made.namelist())
    for file in said["files"]:
        content = made.read(file["name"])
        assert file["sha256"] == hashlib.sha256(content).hexdigest()
        assert file["size"] == len(content)


def test_each_copy_names_its_client_and_serial_in_every_text(pull, page):
    other = another("dai-pttt", "broadcaster")
    serials = set()
    for get, organisation in ((pull, "Báo Phú Thọ"), (other, "Cơ quan dai-pttt")):
        made = opened(body(get(address(page.uuid))))
        serial = manifest(made)["serial"]
        serials.add(serial)
        _body, foot = word_text(one(made, ".docx"))
        for said in (foot, one(made, ".txt").decode()):
            assert serial in said
            assert organisation in said
    assert len(serials) == 2


def test_the_pictures_carry_what_was_approved_inside(pull, page):
    payload = Item.objects.get(pk=page.uuid).current.data
    made = opened(body(pull(address(page.uuid))))
    listed = [file for file in manifest(made)["files"] if "picture" in file]
    assert len(listed) == len(payload["pictures"]) == 2
    for file, picture in zip(listed, payload["pictures"], strict=True):
        assert made.getinfo(file["name"]).compress_type == zipfile.ZIP_STORED
        with Image.open(io.BytesIO(made.read(file["name"]))) as image:
            assert image.format == "JPEG"
            wire = IptcImagePlugin.getiptcinfo(image)
            packet = image.info["xmp"].decode()
        assert wire[(2, 120)].decode() == picture["caption"]
        assert wire[(2, 110)].decode() == picture["credit"]
        assert wire[(2, 40)].decode() == picture["terms"]
        assert picture["caption"] in packet
        assert picture["uuid"] in packet
        assert file["picture"]["uuid"] == picture["uuid"]


def test_the_same_client_gets_the_same_bytes_whenever_it_asks(pull, page, monkeypatch):
    first = pull(address(page.uuid))
    later = timezone.now() + timedelta(days=3)
    monkeypatch.setattr(timezone, "now", lambda: later)
    monkeypatch.setattr("time.time", lambda: later.timestamp())
    again = pull(address(page.uuid))
    assert again.headers["ETag"] == first.headers["ETag"]
    content = body(first)
    assert content == body(again)
    assert PressKit.objects.get().sha256 == hashlib.sha256(content).hexdigest()
    stamps = {entry.date_time for entry in opened(content).infolist()}
    release = Item.objects.get(pk=page.uuid).current
    moment = release.released_at
    assert stamps == {(*moment.timetuple()[:5], moment.second // 2 * 2)}


def test_a_download_in_seven_pieces_is_the_whole(place, pull, page):
    whole = pull(address(page.uuid))
    content, etag = body(whole), whole.headers["ETag"]
    assert whole.headers["Accept-Ranges"] == "bytes"
    assert int(whole.headers["Content-Length"]) == len(content)
    assert not etag.startswith("W/")
    step = len(content) // 7 + 1
    pieces = b""
    while len(pieces) < len(content):
        asked = f"bytes={len(pieces)}-{len(pieces) + step - 1}"
        answer = pull(address(page.uuid), Range=asked, **{"If-Range": etag})
        assert answer.status_code == 206
        piece = body(answer)
        end = len(pieces) + len(piece) - 1
        assert answer.headers["Content-Range"] == f"bytes {len(pieces)}-{end}/{len(content)}"
        assert int(answer.headers["Content-Length"]) == len(piece)
        pieces += piece
    assert pieces == content


def test_a_piece_of_another_version_is_never_joined(pull, people, page):
    etag = pull(address(page.uuid)).headers["ETag"]
    draft = StoryPage.objects.get(pk=page.pk)
    draft.title, draft.correction_note = "Tít đã sửa", "Sửa tít."
    draft.save_revision(user=people["editor"])
    factories.publish(StoryPage.objects.get(pk=page.pk), people)
    for wrong in (etag, f"W/{etag}", '"x"', "Fri, 27 Nov 2026 10:00:00 GMT"):
        answer = pull(address(page.uuid), Range="bytes=5-9", **{"If-Range": wrong})
        assert answer.status_code == 200
        assert answer.headers["ETag"] != etag
        assert manifest(opened(body(answer)))["version"] == 2
    stale = pull(address(page.uuid), **{"If-Match": etag})
    assert (stale.status_code, stale.headers["Content-Type"]) == (412, "application/problem+json")


def test_hostile_ranges_get_the_whole_or_416(pull, page):
    size = int(pull(address(page.uuid)).headers["Content-Length"])
    for wrong in ("bytes=" + ",".join(["0-"] * 2000), "bytes=9-1", "lines=1-2", "bytes=a-"):
        answer = pull(address(page.uuid), Range=wrong)
        assert (answer.status_code, int(answer.headers["Content-Length"])) == (200, size)
    before = list(PressDelivery.objects.values())
    for beyond in (f"bytes={size}-", "bytes=-0", "bytes=" + "9" * 4000 + "-"):
        answer = pull(address(page.uuid), Range=beyond)
        assert answer.status_code == 416
        assert answer.headers["Content-Range"] == f"bytes */{size}"
        assert answer.headers["Content-Type"] == "application/problem+json"
    assert list(PressDelivery.objects.values()) == before


def test_what_a_client_has_already_is_304_and_head_sends_nothing(pull, client, key, page):
    path = address(page.uuid)
    head = client.head(path, headers={"X-API-Key": key, "Range": "bytes=0-9"})
    assert (head.status_code, head.content) == (200, b"")
    assert not PressDelivery.objects.exists()
    whole = pull(path)
    assert (head.headers["ETag"], head.headers["Content-Length"]) == (
        whole.headers["ETag"],
        whole.headers["Content-Length"],
    )
    unchanged = pull(path, **{"If-None-Match": whole.headers["ETag"]})
    assert unchanged.status_code == 304
    assert PressDelivery.objects.filter(item=page.uuid).get().count == 1


@pytest.mark.parametrize("piece", ["bytes=0-", "bytes=1-", "bytes=-5"])
def test_whatever_was_sent_is_on_record_with_its_pictures_once(pull, page, shots, piece):
    pull(address(page.uuid), Range=piece)
    for start in (100, 200, 300):
        pull(address(page.uuid), Range=f"bytes={start}-")
    rows = PressDelivery.objects.all()
    assert {(str(row.item_id), row.version, row.channel, row.count) for row in rows} == {
        (str(uuid), 1, "kit", 1) for uuid in (page.uuid, *(shot.uuid for shot in shots))
    }
    pull(address(page.uuid))
    assert set(rows.values_list("count", flat=True)) == {2}


def test_a_key_that_does_not_hold_gets_no_kit(client, newspaper, page):
    stored, revoked = services.create_key(client=newspaper)
    services.revoke_key(key=stored)
    past = timezone.now() - timedelta(seconds=1)
    expired = services.create_key(client=newspaper, expires_at=past)[1]
    for plain in ("sai", revoked, expired, ""):
        answer = client.get(address(page.uuid), headers={"X-API-Key": plain})
        assert answer.status_code == 401
    assert client.get(address(page.uuid)).status_code == 401
    assert not PressKit.objects.exists()


@pytest.mark.parametrize("kind", ["withheld", "canceled"])
def test_a_withdrawn_item_has_no_kit_at_once(pull, people, page, kind):
    etag = pull(address(page.uuid)).headers["ETag"]
    code = {"withheld": "suspension", "canceled": "error"}[kind]
    page.withdraw(Withdrawal.typed(code, "Sai."), people["board"])
    for headers in ({}, {"Range": "bytes=5-", "If-Range": etag}, {"If-None-Match": etag}):
        answer = pull(address(page.uuid), **headers)
        assert answer.status_code == 410
        assert answer.json()["kind"] == kind
        assert "Lan" not in answer.content.decode()


def test_the_takedown_has_a_step_that_sees_the_kits_gone(people, page, shots):
    (kind,) = [one for one in steps.of_items() if one.name == "kits"]
    item = Item.objects.get(pk=page.uuid)
    in_use = TakedownItem(item=item, release=item.current)
    assert not kind.verify(in_use)
    page.withdraw(Withdrawal.typed("error", "Sai."), people["board"])
    found = TakedownStep.objects.filter(kind="kits").select_related("part")
    assert {str(step.part.item_id) for step in found} == {
        str(uuid) for uuid in (page.uuid, *(shot.uuid for shot in shots))
    }
    assert {step.status for step in found} == {TakedownStep.Status.DONE}


def test_no_kit_of_pictures_unknown_ids_old_versions_or_other_kinds(pull, page, shots):
    assert pull(address(shots[0].uuid)).status_code == 404
    assert pull(address(ledger.nth(99))).status_code == 404
    assert pull(address("khong-phai-uuid")).status_code == 404
    assert pull(address(page.uuid), {"version": 1}).status_code == 400
    assert pull(address(page.uuid), {"kind": "video"}).status_code == 400


@pytest.mark.parametrize("kind", ["withheld", "canceled"])
def test_a_picture_withdrawn_since_is_not_in_the_kit(pull, page, shots, kind):
    before = pull(address(page.uuid))
    gone = shots[1]
    ledger.withdraw(str(gone.uuid), kind)
    after = pull(address(page.uuid))
    assert after.headers["ETag"] != before.headers["ETag"]
    made = opened(body(after))
    said = manifest(made)
    assert said["left_out"] == [str(gone.uuid)]
    assert [file["picture"]["uuid"] for file in said["files"] if "picture" in file] == [
        str(shots[0].uuid)
    ]
    assert SECOND not in word_text(one(made, ".docx"))[0]
    assert len(Document(io.BytesIO(one(made, ".docx"))).inline_shapes) == 1


def test_a_picture_whose_file_is_lost_is_left_out_and_said(pull, page):
    payload = Item.objects.get(pk=page.uuid).current.data
    href = next(r["href"] for r in payload["pictures"][0]["renditions"] if r["name"] == "press")
    default_storage.delete(href.removeprefix("/tep/"))
    said = manifest(opened(body(pull(address(page.uuid)))))
    assert said["left_out"] == [payload["pictures"][0]["uuid"]]
    assert PressDelivery.objects.filter(item=payload["pictures"][0]["uuid"]).count() == 0


def test_a_storage_that_is_away_is_503_and_nothing_is_on_record(place, pull, page):
    with place.down():
        answer = pull(address(page.uuid))
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert not PressDelivery.objects.exists()


def test_a_kit_costs_the_same_queries_for_one_picture_and_for_many(
    pull, people, django_assert_num_queries
):
    shots = [factories.picture(seed=seed) for seed in range(6)]
    few = factories.publish(factories.story(people["editor"], lead_picture=shots[0]), people)
    text = ("paragraph", "<p>Sáng sớm ở khu 5.</p>")
    rest = [("picture", {"picture": s, "caption": "", "credit": ""}) for s in shots[1:]]
    fields = {"slug": "nhieu", "title": "Nhiều ảnh", "body": [text, *rest]}
    draft = factories.story(people["editor"], lead_picture=shots[0], **fields)
    many = factories.publish(draft, people)
    for page in (few, many):
        pull(address(page.uuid))
        # key with client, item with its release, pictures, the copy, deliveries
        with django_assert_num_queries(5):
            assert pull(address(page.uuid)).status_code == 200


def test_the_text_kit_is_small_and_has_no_pictures(pull, page):
    answer = pull(address(page.uuid), {"kind": "text"})
    content = body(answer)
    assert len(content) <= pack.TEXT_LIMIT
    made = opened(content)
    assert [name.rsplit(".")[-1] for name in made.namelist()] == ["docx", "txt", "json"]
    assert manifest(made)["complete"] is True
    payload = Item.objects.get(pk=page.uuid).current.data
    assert missing(words(payload["text"]), words(one(made, ".txt").decode())) == []
    assert PressDelivery.objects.filter(channel="kit").count() == 1
    assert pull(address(page.uuid)).headers["ETag"] != answer.headers["ETag"]


def long_text(sentences: int) -> str:
    """Sentences that no packing makes much shorter."""
    digests = (hashlib.sha256(str(n).encode()).hexdigest() for n in range(sentences))
    return "\n".join(f"Câu {digest}." for digest in digests)


def test_the_text_kit_of_a_long_story_is_whole_without_the_word_file(pull):
    text = long_text(3_000)
    ledger.publish(payloads.story(pictures=[], lead_picture=None, body=[], text=text))
    content = body(pull(address(payloads.STORY), {"kind": "text"}))
    assert len(content) <= pack.TEXT_LIMIT
    made = opened(content)
    assert [name.rsplit(".")[-1] for name in made.namelist()] == ["txt", "json"]
    assert manifest(made)["complete"] is True
    assert text in one(made, ".txt").decode()


def test_the_text_kit_of_a_very_long_story_says_where_to_read_on(pull):
    text = long_text(8_000)
    ledger.publish(payloads.story(pictures=[], lead_picture=None, body=[], text=text))
    first, again = (body(pull(address(payloads.STORY), {"kind": "text"})) for _ in range(2))
    assert first == again
    assert len(first) <= pack.TEXT_LIMIT
    made = opened(first)
    assert manifest(made)["complete"] is False
    said = one(made, ".txt").decode()
    assert len(said) > 150_000
    assert "đọc tiếp" in said
    assert "http://testserver/phu-nu-dat-to/chi-lan-giu-nghe-non/" in said
    assert manifest(made)["serial"] in said
    whole = opened(body(pull(address(payloads.STORY))))
    assert text in one(whole, ".txt").decode()


def test_an_exemplar_has_a_kit_too(pull, people):
    page = factories.publish(
        factories.exemplar(people["editor"], lead_picture=factories.picture(seed=5)), people
    )
    made = opened(body(pull(address(page.uuid))))
    assert manifest(made)["type"] == "exemplar"
    assert len([name for name in made.namelist() if name.endswith(".jpg")]) == 1


def test_a_kit_with_large_pictures_needs_little_memory(pull, people):
    """64 MiB of pictures go through a few; the Word file has the small renditions."""
    shots = [factories.picture(seed=seed) for seed in range(4)]
    text = ("paragraph", "<p>Sáng sớm ở khu 5.</p>")
    rest = [("picture", {"picture": s, "caption": "", "credit": ""}) for s in shots[1:]]
    draft = factories.story(people["editor"], lead_picture=shots[0], body=[text, *rest])
    page = factories.publish(draft, people)
    for picture in Item.objects.get(pk=page.uuid).current.data["pictures"]:
        href = next(r["href"] for r in picture["renditions"] if r["name"] == "press")
        with open(default_storage.path(href.removeprefix("/tep/")), "ab") as file:
            file.truncate(16 * MIB)
    pull(address(page.uuid), {"kind": "text"})  # whatever is loaded only once
    tracemalloc.start()
    try:
        answer = pull(address(page.uuid))
        assert sum(map(len, answer.streaming_content)) > 64 * MIB
        assert tracemalloc.get_traced_memory()[1] < 16 * MIB
    finally:
        tracemalloc.stop()
