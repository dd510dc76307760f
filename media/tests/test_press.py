"""The press JPEG says what was approved, as IIM and XMP, with its Vietnamese intact."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from xml.etree import ElementTree

import pytest
from PIL import Image, IptcImagePlugin

from media.models import Picture
from media.press import notes
from stories import factories
from stories.releases.models import Item

TEXT = ("paragraph", "<p>Sáng sớm, cả làng đã ngồi bên khung nón.</p>")
CAPTION = "Chị Nguyễn Thị Lan bên khung nón, “nghề của mẹ”, xã Lâm Thao."
TEXTS = {
    "title": "Giữ nghề nón lá",
    "caption": CAPTION,
    "credit": "Ảnh: Nguyễn Thị Thu Hà",
    "terms": "Được dùng kèm bài, ghi rõ tác giả ảnh.",
    "rights_holder": "Báo Phú Thọ",
    "place": "Làng nón Gia Thanh, Phù Ninh",
    "taken_on": "2026-10-20",
}


@pytest.fixture
def picture(people, place) -> Picture:
    made = factories.picture(**TEXTS)
    made.tags.add("nón lá", "làng nghề")
    return Picture.objects.get(pk=made.pk)


def press_file(page) -> tuple[str, bytes]:
    """(address, content) of the press JPEG in the page's newest public release."""
    data = Item.objects.public().get(pk=page.uuid).current.data
    href = next(r["href"] for r in data["pictures"][0]["renditions"] if r["name"] == "press")
    with Picture(file=href.removeprefix("/tep/")).file.open() as file:
        return href, file.read()


def texts(content: bytes) -> dict[tuple[int, int], object]:
    """The IIM, by Pillow's reader."""
    with Image.open(io.BytesIO(content)) as image:
        found = IptcImagePlugin.getiptcinfo(image)
    assert found[(1, 90)] == b"\x1b%G"
    return {
        key: [one.decode() for one in value] if isinstance(value, list) else value.decode()
        for key, value in found.items()
        if key[0] == 2 and key != (2, 0)
    }


@pytest.mark.django_db
def test_the_press_file_carries_iim(people, picture) -> None:
    page = factories.publish(factories.story(people["editor"], lead_picture=picture), people)
    said = texts(press_file(page)[1])
    assert said[(2, 120)] == CAPTION
    assert said[(2, 5)] == said[(2, 105)] == "Giữ nghề nón lá"
    assert said[(2, 80)] == "Nguyễn Thị Thu Hà"
    assert said[(2, 110)] == "Ảnh: Nguyễn Thị Thu Hà"
    assert said[(2, 116)] == "© Báo Phú Thọ"
    assert said[(2, 40)] == TEXTS["terms"]
    assert said[(2, 92)] == TEXTS["place"]
    assert said[(2, 55)] == "20261020"
    assert said[(2, 25)] == ["làng nghề", "nón lá"]
    assert said[(2, 103)] == picture.uuid.hex


@pytest.mark.django_db
def test_the_press_file_carries_xmp(people, picture) -> None:
    page = factories.publish(factories.story(people["editor"], lead_picture=picture), people)
    with Image.open(io.BytesIO(press_file(page)[1])) as image:
        root = ElementTree.fromstring(image.info["xmp"])
    said = {node.tag.rpartition("}")[2]: "".join(node.itertext()) for node in root.iter()}
    assert said["description"] == CAPTION
    assert said["title"] == said["Headline"] == "Giữ nghề nón lá"
    assert said["creator"] == "Nguyễn Thị Thu Hà"
    assert said["Credit"] == "Ảnh: Nguyễn Thị Thu Hà"
    assert said["rights"] == "© Báo Phú Thọ"
    assert said["CopyrightOwnerName"] == "Báo Phú Thọ"
    assert said["UsageTerms"] == TEXTS["terms"]
    assert said["Location"] == TEXTS["place"]
    assert said["DateCreated"] == "2026-10-20"
    assert said["AltTextAccessibility"] == "Người phụ nữ ngồi khâu nón lá"
    assert said["DigImageGUID"] == f"urn:uuid:{picture.uuid}"
    assert said["subject"] == "làng nghềnón lá"


@pytest.mark.django_db
@pytest.mark.skipif(not shutil.which("exiftool"), reason="needs Debian's libimage-exiftool-perl")
def test_exiftool_reads_the_same_from_both(people, picture, tmp_path) -> None:
    page = factories.publish(factories.story(people["editor"], lead_picture=picture), people)
    path = tmp_path / "press.jpg"
    path.write_bytes(press_file(page)[1])
    done = subprocess.run(
        ["exiftool", "-j", "-G1", "-struct", "-validate", "-all", str(path)],
        capture_output=True,
        check=True,
    )
    said = json.loads(done.stdout)[0]
    assert said["ExifTool:Validate"] == "OK"
    assert said["IPTC:Caption-Abstract"] == said["XMP-dc:Description"] == CAPTION
    assert said["IPTC:By-line"] == "Nguyễn Thị Thu Hà"
    assert said["XMP-dc:Creator"] == ["Nguyễn Thị Thu Hà"]
    assert said["IPTC:Keywords"] == said["XMP-dc:Subject"] == ["làng nghề", "nón lá"]
    assert said["XMP-plus:CopyrightOwner"] == [{"CopyrightOwnerName": "Báo Phú Thọ"}]
    assert said["IPTC:DateCreated"] == said["XMP-photoshop:DateCreated"] == "2026:10:20"
    assert not any(key.startswith(("EXIF", "IFD0", "GPS", "ExifIFD")) for key in said)


@pytest.mark.django_db
def test_other_words_make_another_file_and_close_the_old_one(client, people, picture) -> None:
    page = factories.publish(factories.story(people["editor"], lead_picture=picture), people)
    old, content = press_file(page)
    picture.caption = "Chị Lan dạy cháu khâu nón."
    picture.save()
    page = type(page).objects.get(pk=page.pk)
    page.correction_note = "Sửa chú thích ảnh."
    page.save_revision(user=people["editor"])
    factories.publish(type(page).objects.get(pk=page.pk), people)
    new, fresh = press_file(page)
    assert new != old
    assert texts(fresh)[(2, 120)] == "Chị Lan dạy cháu khâu nón."
    assert texts(content)[(2, 120)] == CAPTION
    assert client.get(new).status_code == 200
    assert client.get(old).status_code == 404


@pytest.mark.django_db
def test_one_picture_in_two_stories_has_each_storys_words(client, people, picture) -> None:
    """Both press files are open; the withdrawal of one story closes its own."""
    from stories.pages.models import Withdrawal

    first = factories.publish(factories.story(people["editor"], lead_picture=picture), people)
    block = ("picture", {"picture": picture, "caption": "Cảnh làng nón.", "credit": ""})
    draft = factories.story(people["editor"], title="Làng nón", body=[TEXT, block])
    second = factories.publish(draft, people)
    ours, theirs = press_file(first), press_file(second)
    assert texts(ours[1])[(2, 120)] == CAPTION
    assert texts(theirs[1])[(2, 120)] == "Cảnh làng nón."
    assert [client.get(href).status_code for href, _content in (ours, theirs)] == [200, 200]
    second = type(second).objects.get(pk=second.pk)
    second.withdraw(Withdrawal("canceled", "Nhân vật đề nghị."), people["board"])
    assert client.get(ours[0]).status_code == 200
    first = type(first).objects.get(pk=first.pk)
    first.withdraw(Withdrawal("canceled", "Nhân vật đề nghị."), people["board"])
    assert [client.get(href).status_code for href, _content in (ours, theirs)] == [404, 404]


def test_what_the_press_reads_is_part_of_what_is_approved(people, picture) -> None:
    from stories.pages.content import content, sha256

    page = factories.story(people["editor"], lead_picture=picture)
    before = sha256(content(page))
    changes = {
        "caption": "Khác",
        "credit": "Khác",
        "terms": "Khác",
        "rights_holder": "Khác",
        "place": "Khác",
        "taken_on": None,
    }
    for field, value in changes.items():
        kept = getattr(page.lead_picture, field)
        setattr(page.lead_picture, field, value)
        assert sha256(content(page)) != before, field
        setattr(page.lead_picture, field, kept)
    page.lead_picture.tags.add("khác")
    page.lead_picture._prefetched_objects_cache.clear()
    assert sha256(content(page)) != before
    said = notes(content(page)["pictures"][0])
    assert said.keywords == ("khác", "làng nghề", "nón lá")


def test_an_approval_from_before_these_fields_stays_good(people) -> None:
    from stories.pages.content import content

    page = factories.story(people["editor"], lead_picture=factories.picture())
    assert content(page)["pictures"][0].keys() == {
        "uuid", "title", "caption", "credit", "alt", "terms", "width", "height", "sha1",
    }  # fmt: skip
