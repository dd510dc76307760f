"""What a file says of itself fills empty fields, and nothing private of it leaves the house."""

from __future__ import annotations

import io
import unicodedata
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from media.metadata.reader import Told, read
from media.models import Picture
from media.models.picture import AVIF_SPECS, RENDITION_SPECS
from media.press import Notes
from media.services import draw_ahead, press_renditions, web_renditions
from media.tests import originals


def told(content: bytes) -> Told:
    with Image.open(io.BytesIO(content)) as image:
        return read(image)


def test_xmp_is_read() -> None:
    said = told(originals.saved("JPEG", xmp=originals.packet()))
    assert said.headline == "Giữ nghề nón lá"
    assert said.caption == "Chị Lan bên khung nón"
    assert said.credit == "Nguyễn Thị Thu Hà"
    assert said.rights_holder == "Báo Phú Thọ"
    assert said.terms == "Chỉ dùng một lần"
    assert said.place == "Làng nón Gia Thanh, Lâm Thao"
    assert said.taken_on == date(2026, 10, 20)
    assert said.keywords == ("nón lá", "làng nghề")
    assert said.has_location


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "HEIF"])
def test_exif_is_read(kind) -> None:
    said = told(originals.saved(kind, exif=originals.exif()))
    assert (said.caption, said.credit) == ("Chị Lan khâu nón", "Thu Hà")
    assert said.taken_on == date(2026, 10, 19)
    assert said.has_location
    assert not told(originals.saved(kind, exif=originals.exif(location=False))).has_location


def test_iim_in_utf8_is_read() -> None:
    said = told(
        originals.wire(
            caption=unicodedata.normalize("NFD", "Chị Lan khâu nón"),
            byline="Thu Hà",
            copyright="© 2026 Báo Phú Thọ. All rights reserved.",
            created="20261018",
            city="Lâm Thao",
            province="Phú Thọ",
            keywords=["nón lá", "nghề; làng nghề"],
        )
    )
    assert said.caption == "Chị Lan khâu nón"  # composed
    assert (said.credit, said.rights_holder) == ("Thu Hà", "Báo Phú Thọ")
    assert (said.place, said.taken_on) == ("Lâm Thao, Phú Thọ", date(2026, 10, 18))
    assert said.keywords == ("nón lá", "nghề", "làng nghề")


@pytest.mark.parametrize(
    ("raw", "caption"),
    [
        ("Café à Viêt Tri".encode("latin-1"), "Café à Viêt Tri"),
        ("Chị Lan khâu nón".encode(), "Chị Lan khâu nón"),  # UTF-8, not declared
    ],
)
def test_iim_without_a_character_set_is_read(raw, caption) -> None:
    assert told(originals.old_wire(raw)).caption == caption


@pytest.mark.parametrize("junk", ["SAMSUNG DIGITAL CAMERA", "sdr_soft", "default", "cof"])
def test_a_cameras_own_words_are_no_caption(junk) -> None:
    data = Image.Exif()
    data[0x010E] = junk
    assert told(originals.saved("JPEG", exif=data.tobytes())).caption == ""


@pytest.mark.parametrize(
    "packet",
    [
        b"<x",
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b"\xff\xfe\0\0",
        b"<a/>" * 3,
        b"<?xml version='1.0' encoding='nothing-known'?><a/>",
    ],
)
def test_broken_or_hostile_xmp_is_passed_over(packet) -> None:
    assert told(originals.saved("JPEG", xmp=packet)) == Told()


@pytest.mark.parametrize("day", ["0000:00:00 00:00:00", "2099:01:01 00:00:00", "hom qua"])
def test_a_cameras_wrong_clock_is_not_believed(day) -> None:
    data = Image.Exif()
    data.get_ifd(0x8769)[0x9003] = day
    assert told(originals.saved("JPEG", exif=data.tobytes())).taken_on is None


def upload(client, content: bytes, name: str = "DSC_0042.jpg", **typed) -> Picture:
    fields = {"title": name.rsplit(".")[0]} | typed
    response = client.post(
        reverse("wagtailimages_chooser:create"),
        {f"image-chooser-upload-{key}": value for key, value in fields.items()}
        | {"image-chooser-upload-file": SimpleUploadedFile(name, content)},
    )
    assert response.json()["step"] == "chosen", response.content.decode()
    return Picture.objects.latest("pk")


@pytest.mark.django_db
def test_empty_fields_are_filled_in_from_the_file(client, people) -> None:
    client.force_login(people["editor"])
    content = originals.saved("JPEG", xmp=originals.packet(), exif=originals.exif())
    usual = Picture._meta.get_field("terms").default
    picture = upload(client, content, terms=usual)
    assert picture.title == "Giữ nghề nón lá"
    assert picture.caption == "Chị Lan bên khung nón"
    assert picture.credit == "Nguyễn Thị Thu Hà"
    assert picture.rights_holder == "Báo Phú Thọ"
    assert picture.terms == "Chỉ dùng một lần"
    assert picture.place == "Làng nón Gia Thanh, Lâm Thao"
    assert picture.taken_on == date(2026, 10, 20)
    assert {tag.name for tag in picture.tags.all()} == {"nón lá", "làng nghề"}
    assert picture.has_location


@pytest.mark.django_db
def test_what_a_person_typed_stays(client, people) -> None:
    client.force_login(people["editor"])
    typed = {
        "title": "Bà cháu nhà chị Lan",
        "caption": "Bà dạy cháu khâu nón.",
        "credit": "Ảnh: Minh Anh",
        "terms": "Hỏi trước khi dùng.",
        "place": "Khu 5",
        "taken_on": "2026-01-02",
        "tags": '"gia đình"',
    }
    picture = upload(client, originals.saved("JPEG", xmp=originals.packet()), **typed)
    for field in ("title", "caption", "credit", "terms", "place"):
        assert getattr(picture, field) == typed[field]
    assert picture.taken_on == date(2026, 1, 2)
    assert [tag.name for tag in picture.tags.all()] == ["gia đình"]


@pytest.mark.django_db
def test_the_multiple_uploader_fills_in_too_and_tells_of_the_location(client, people) -> None:
    client.force_login(people["editor"])
    content = originals.saved("JPEG", xmp=originals.packet(), exif=originals.exif())
    response = client.post(
        reverse("wagtailimages:add_multiple"),
        {"title": "DSC_0042", "files[]": SimpleUploadedFile("DSC_0042.jpg", content)},
    ).json()
    picture = Picture.objects.get()
    assert {tag.name for tag in picture.tags.all()} == {"nón lá", "làng nghề"}
    assert "Chị Lan bên khung nón" in response["form"]
    assert "Ảnh có vị trí chụp; vị trí không bao giờ được công bố." in response["form"]
    page = client.get(reverse("wagtailimages:edit", args=[picture.pk])).content.decode()
    assert "vị trí không bao giờ được công bố" in page


def stored(name: str, content: bytes) -> Picture:
    return Picture.objects.create(title="Ảnh", file=ContentFile(content, name))


NOTES = Notes(uuid="0" * 36, title="Giữ nghề nón lá", caption="Chị Lan")


@pytest.mark.django_db
@pytest.mark.parametrize("name", originals.telling())
def test_no_file_made_of_a_picture_tells_what_its_original_tells(name) -> None:
    content = originals.telling()[name]
    assert any(marker in content for marker in originals.MARKERS)
    picture = stored(name, content)
    draw_ahead(picture)
    made = press_renditions(picture, NOTES) + web_renditions(picture)
    files = {picture.renditions.get(file=one["file"]).file for one in made}
    admin = ("max-165x165", "max-800x600", "width-1000|format-png", "max-400x400|format-avif")
    files |= {picture.get_rendition(spec).file for spec in admin}
    assert len(files) == len(RENDITION_SPECS | AVIF_SPECS) + len(admin)
    for file in files:
        with file.open() as opened:
            raw = opened.read()
        assert not [marker for marker in originals.MARKERS if marker in raw], file.name
        with Image.open(io.BytesIO(raw)) as image:
            assert not dict(image.getexif()), file.name
            assert not image.info.get("comment")
            if "press" not in file.name:
                assert not image.info.keys() & {"exif", "xmp", "photoshop", "icc_profile"}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "PNG", "HEIF"])
def test_a_picture_taken_upright_is_shown_upright(kind) -> None:
    image = Image.new("RGB", (400, 300), "red")
    image.paste("blue", (0, 0, 400, 40))  # the top row on the sensor
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned: the sensor's top is the right side
    name = {"JPEG": "a.jpg", "WEBP": "a.webp", "PNG": "a.png", "HEIF": "a.heic"}[kind]
    picture = stored(name, originals.saved(kind, image, exif=exif.tobytes()))
    assert (picture.width, picture.height) == (300, 400)
    rendition = picture.get_rendition("max-150x200|format-png")
    assert (rendition.width, rendition.height) == (150, 200)
    with rendition.file.open() as file, Image.open(file) as drawn:
        red, _green, blue = drawn.convert("RGB").getpixel((145, 100))
        assert blue > 200 > 60 > red
        red, _green, blue = drawn.convert("RGB").getpixel((5, 100))
        assert red > 200 > 60 > blue


@pytest.mark.django_db
def test_a_phones_heic_is_taken_and_drawn_as_usual(client, people) -> None:
    client.force_login(people["editor"])
    content = originals.saved("HEIF", exif=originals.exif())
    picture = upload(client, content, "IMG_0001.HEIC")
    assert picture.file.name.endswith(".heic")
    with picture.file.open() as original:
        assert original.read() == content
    kinds = {one["name"]: one["mimetype"] for one in press_renditions(picture, NOTES)}
    assert kinds["press"] == kinds["jpeg720"] == "image/jpeg" and kinds["w720"] == "image/webp"


@pytest.mark.django_db
def test_a_wide_colour_picture_keeps_its_colours_without_its_profile() -> None:
    from PIL import ImageCms

    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    for profile in (ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(), lab, b"x"):
        image = Image.new("RGB", (64, 64), (200, 30, 30))
        picture = stored("a.jpg", originals.saved("JPEG", image, icc_profile=profile, quality=95))
        with picture.get_rendition("max-64x64").file.open() as file, Image.open(file) as drawn:
            assert "icc_profile" not in drawn.info
            assert drawn.convert("RGB").getpixel((32, 32))[0] > 150


@pytest.mark.django_db
def test_renditions_from_before_lose_their_metadata_and_keep_name_and_pixels(capsys) -> None:
    from django.core.files.storage import default_storage
    from django.core.management import call_command

    picture = stored("a.jpg", originals.saved("JPEG"))
    name = picture.get_rendition("max-2400x2400|format-jpeg|jpegquality-88").file.name
    default_storage.delete(name)
    old = originals.saved("JPEG", exif=originals.exif(), xmp=originals.packet(), comment="GPS")
    default_storage.save(name, ContentFile(old))
    notes = press_renditions(picture, NOTES)[-1]["file"]
    call_command("media_files", "learn")
    assert "khỏi 1 bản ảnh cũ" in capsys.readouterr().out
    with default_storage.open(name) as file:
        new = file.read()
    assert not [marker for marker in originals.MARKERS if marker in new]
    with Image.open(io.BytesIO(old)) as before, Image.open(io.BytesIO(new)) as after:
        assert before.tobytes() == after.tobytes()
    with default_storage.open(notes) as file:
        assert "Chị Lan".encode() in file.read()  # the press file keeps its notes
