"""Drawn before a release, never by it: a release tells of what is there."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone
from PIL import Image

from media.models import Picture, PublicFile
from media.models.picture import AVIF_SPECS
from stories import factories
from stories.releases.models import Item

pytestmark = pytest.mark.django_db


def draw() -> str:
    """A run of the command; what it complained of."""
    complaints = io.StringIO()
    call_command("draw_pictures", stderr=complaints)
    return complaints.getvalue()


def released(people, picture, **fields) -> dict[str, dict]:
    """The picture's renditions in a new release, by name."""
    page = factories.story(people["editor"], lead_picture=picture, **fields)
    factories.publish(page, people)
    found = Item.objects.get(pk=page.uuid).current.data["pictures"][0]["renditions"]
    assert Item.objects.get(pk=picture.uuid).current.data["renditions"]
    return {one["name"]: one for one in found}


def test_what_was_drawn_in_time_is_released_and_served_with_its_type(client, people) -> None:
    picture = factories.picture()
    assert draw() == ""
    found = released(people, picture)
    for name, width in {"avif360": 360, "avif720": 640, "avif1200": 640}.items():
        told = found[name]
        assert (told["mimetype"], told["width"]) == ("image/avif", width)
        answer = client.get(told["href"])
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/avif")
        content = b"".join(answer.streaming_content)
        assert len(content) == told["size"]
        with Image.open(io.BytesIO(content)) as image:
            assert (image.format, image.size) == ("AVIF", (told["width"], told["height"]))


def test_a_release_that_came_sooner_does_without_and_the_next_tells(people) -> None:
    picture = factories.picture()
    assert not released(people, picture).keys() & AVIF_SPECS.keys()
    assert draw() == ""
    names = {one.file.name for one in picture.renditions.filter(filter_spec__contains="avif")}
    assert len(names) == 3
    assert not PublicFile.objects.filter(name__in=names).exists()
    assert AVIF_SPECS.keys() <= released(people, picture, slug="bai-sau").keys()
    assert PublicFile.objects.filter(name__in=names).count() == 3


def test_one_that_cant_be_drawn_holds_up_no_other_and_is_given_up_in_time(people) -> None:
    whole, broken = factories.picture(seed=1), factories.picture(seed=2)
    default_storage.delete(broken.file.name)
    assert str(broken) in draw()
    assert whole.renditions.count() == 3
    Picture.objects.update(created_at=timezone.now() - timedelta(days=8))
    assert draw() == ""
