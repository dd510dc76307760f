"""Uploading a picture: what is not a usable picture is refused in Vietnamese, and nothing is kept."""

from __future__ import annotations

import io
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from PIL import Image

from media.models import Picture
from stories import factories

pytestmark = pytest.mark.django_db


def flat(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("1", (width, height)).save(out, "PNG")
    return out.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
BAD = {
    "a text in a JPEG's name": ("anh.jpg", b"day khong phai anh", "ảnh"),
    "60 megapixels in a small file": ("to.png", flat(10_000, 6_000), "điểm ảnh"),
    "a truncated JPEG": ("cut.jpg", factories.jpeg()[:300], "ảnh"),
    "a script in an SVG": ("hinh.svg", SVG, "ảnh|tệp"),
    "an SVG in a PNG's name": ("hinh.png", SVG, "ảnh|tệp"),
    "an empty file": ("rong.jpg", b"", "không có nội dung|rỗng"),
}


def upload(client, name: str, content: bytes):
    return client.post(
        reverse("wagtailimages_chooser:create"),
        {
            "image-chooser-upload-title": "Ảnh thử",
            "image-chooser-upload-file": SimpleUploadedFile(name, content),
        },
    )


@pytest.mark.parametrize("case", BAD)
def test_a_bad_picture_is_refused_with_a_word_of_help(client, people, case) -> None:
    name, content, words = BAD[case]
    client.force_login(people["editor"])
    response = upload(client, name, content)
    text = response.json()["htmlFragment"]
    assert not Picture.objects.exists()
    errors = re.findall(r'class="error-message"[^>]*>(.*?)</p>', text, re.S)
    shown = " ".join(errors)
    assert re.search(words, shown), shown or text
    assert not re.search(r"\b(file|image|upload|valid|pixels)\b", shown), shown


def test_a_good_picture_is_kept_in_the_units_own_collection(client, people) -> None:
    client.force_login(people["editor"])
    assert upload(client, "ảnh đẹp.jpg", factories.jpeg()).json()["step"] == "chosen"
    assert Picture.objects.get().collection.name == "Xã Lâm Thao [08494]"


@pytest.mark.parametrize("who", ["other_editor", None])
def test_another_unit_cannot_change_or_delete_the_picture(client, people, who) -> None:
    picture = factories.picture()
    if who:
        client.force_login(people[who])
    for route in ("edit", "delete", "image_usage"):
        response = client.get(reverse(f"wagtailimages:{route}", args=[picture.pk]))
        assert response.status_code in {302, 403, 404}, route


def test_a_released_picture_is_neither_replaced_nor_deleted(client, people) -> None:
    picture = factories.picture()
    factories.publish(factories.story(people["editor"], lead_picture=picture), people)
    client.force_login(people["editor"])
    response = client.post(
        reverse("wagtailimages:edit", args=[picture.pk]),
        {
            "title": "Khác",
            "file": SimpleUploadedFile("khac.jpg", factories.jpeg(seed=9)),
            "collection": picture.collection_id,
        },
    )
    assert "không thay tệp được" in response.content.decode()
    with pytest.raises(PermissionDenied), transaction.atomic():
        picture.delete()
    with pytest.raises(PermissionDenied), transaction.atomic():
        Picture.objects.filter(pk=picture.pk).delete()
    picture.file.name = "original_images/khac.jpg"
    with pytest.raises(PermissionDenied), transaction.atomic():
        picture.save()
