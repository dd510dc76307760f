"""A picture that looks like one that is there already is pointed out, and not stopped."""

from __future__ import annotations

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as some
from PIL import Image, ImageEnhance

from media import fingerprints
from media.models import Picture
from media.selectors import look_alikes
from media.tests import originals
from stories import factories
from stories.pages.services import sections
from stories.units.models import Unit


def stored(content: bytes, unit: str = factories.LAM_THAO, title: str = "Ảnh", **fields) -> Picture:
    collection = sections.ensure_collection(Unit.objects.get(code=unit))
    file = ContentFile(content, "anh.jpg")
    return Picture.objects.create(title=title, file=file, collection=collection, **fields)


def changed() -> dict[str, bytes]:
    whole = originals.picture((1200, 800), seed=1)
    small = whole.resize((300, 200))
    return {
        "saved again": originals.saved("JPEG", whole, quality=30),
        "made smaller": originals.saved("JPEG", small),
        "made brighter": originals.saved("JPEG", ImageEnhance.Brightness(whole).enhance(1.15)),
        "in grey": originals.saved("JPEG", whole.convert("L")),
    }


@pytest.mark.django_db
@pytest.mark.parametrize("how", changed())
def test_the_same_picture_is_found(people, place, how) -> None:
    first = stored(originals.saved("JPEG", originals.picture((1200, 800), seed=1)))
    stored(originals.saved("JPEG", originals.picture((1200, 800), seed=2)), title="Ảnh khác")
    again = stored(changed()[how])
    assert list(look_alikes(again, people["editor"])) == [first]


@pytest.mark.django_db
def test_nobody_learns_of_pictures_that_she_may_not_see(people) -> None:
    content = originals.saved("JPEG", originals.picture(seed=1))
    stored(content)
    theirs = stored(content, factories.VIET_TRI)
    assert not look_alikes(theirs, people["other_editor"])
    assert look_alikes(theirs, people["admin"]).count() == 1


@pytest.mark.django_db
def test_plain_pictures_are_not_called_alike(people) -> None:
    stored(originals.saved("JPEG", Image.new("RGB", (640, 480), "white")))
    grey = stored(originals.saved("JPEG", Image.new("RGB", (640, 480), "grey")))
    assert not look_alikes(grey, people["editor"])


@given(some.integers(0, 2**64 - 1), some.sets(some.integers(0, 63), max_size=fingerprints.NEAR))
def test_whatever_bits_differ_one_part_finds_it(own, bits) -> None:
    other = own
    for bit in bits:
        other ^= 1 << bit
    assert fingerprints.distance(own, other) == len(bits)
    pairs = zip(fingerprints.parts(own), fingerprints.parts(other), strict=True)
    assert any(there in fingerprints.neighbours(here) for here, there in pairs)


@pytest.mark.django_db
def test_the_look_costs_the_same_however_many_pictures_there_are(people) -> None:
    picture = stored(originals.saved("JPEG", originals.picture(seed=1)))

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            list(look_alikes(picture, people["admin"]))
        return len(seen)

    few = queries()
    fields = {"title": "Ảnh", "file": picture.file.name, "width": 1, "height": 1}
    looks = (
        {f"look_{at}": (number * 7919 + at) % 65536 for at in range(4)} for number in range(200)
    )
    Picture.objects.bulk_create([Picture(**fields, **look) for look in looks])
    assert queries() == few == 2


@pytest.mark.django_db
def test_the_chooser_asks_and_the_new_picture_is_there(client, people) -> None:
    stored(
        originals.saved("JPEG", originals.picture((1200, 800), seed=1)), title="Chị Lan khâu nón"
    )
    client.force_login(people["editor"])
    answer = client.post(
        reverse("wagtailimages_chooser:create"),
        {
            "image-chooser-upload-title": "Lại chị Lan",
            "image-chooser-upload-file": SimpleUploadedFile("b.jpg", changed()["made smaller"]),
        },
    ).json()
    assert answer["step"] == "duplicate_found"
    assert "Chị Lan khâu nón" in answer["htmlFragment"]
    assert Picture.objects.filter(title="Lại chị Lan").exists()


@pytest.mark.django_db
def test_the_multiple_uploader_and_the_edit_screen_point_it_out(client, people, place) -> None:
    first = stored(originals.saved("JPEG", originals.picture((1200, 800), seed=1)), title="Chị Lan")
    client.force_login(people["editor"])
    answer = client.post(
        reverse("wagtailimages:add_multiple"),
        {"title": "b", "files[]": SimpleUploadedFile("b.jpg", changed()["saved again"])},
    ).json()
    assert answer["success"] and answer["duplicate"]
    again = Picture.objects.latest("pk")
    page = client.get(reverse("wagtailimages:edit", args=[again.pk])).content.decode()
    link = reverse("wagtailimages:edit", args=[first.pk])
    assert f'Giống ảnh <a href="{link}" target="_blank">“Chị Lan”</a> đã có.' in page


@pytest.mark.django_db
def test_pictures_from_before_get_their_fingerprints(people, place) -> None:
    content = originals.saved("JPEG", originals.picture(seed=1), exif=originals.exif())
    picture = stored(content)
    known = picture.fingerprint
    blank = {f"look_{at}": None for at in range(4)}
    Picture.objects.filter(pk=picture.pk).update(**blank, has_location=False)
    missing = Picture.objects.create(title="Mất", file="original_images/mat.jpg", width=1, height=1)
    out = io.StringIO()
    call_command("media_files", "learn", stdout=out)
    picture.refresh_from_db()
    assert picture.fingerprint == known and picture.has_location
    assert Picture.objects.get(pk=missing.pk).fingerprint is None
    assert "1 ảnh" in out.getvalue() and "original_images/mat.jpg" in out.getvalue()
