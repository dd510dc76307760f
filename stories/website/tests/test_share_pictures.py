"""The picture of a shared link: drawn of what is public now, once for each release."""

from __future__ import annotations

import io
import json
import re

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from stories.website import share_pictures
from stories.website.tests import ledger, payloads
from stories.website.tests.ledger import released_exemplar, released_story, text

pytestmark = [pytest.mark.django_db, pytest.mark.urls("stories.website.urls")]


def path_of(page: str) -> str:
    return re.search(r'property="og:image" content="http://testserver(/chia-se/[^"]+)"', page)[1]


def photograph(payload: dict) -> None:
    """The file of its lead picture's JPEG: all blue."""
    picture = payload["pictures"][0]
    name = f"renditions/{picture['uuid']}.jpg"
    for one in picture["renditions"]:
        if one["name"] == "jpeg720":
            one["href"] = f"/tep/{name}"
    out = io.BytesIO()
    Image.new("RGB", (720, 480), "#0000ff").save(out, "JPEG")
    default_storage.save(name, ContentFile(out.getvalue()))


def is_blue(answer) -> bool:
    red, _green, blue = Image.open(io.BytesIO(answer.content)).convert("RGB").getpixel((1000, 300))
    return blue > 200 and red < 60


def test_a_story_and_a_profile_name_their_picture_which_is_drawn_once(client, monkeypatch):
    drawn = []
    real = share_pictures.draw
    monkeypatch.setattr(share_pictures, "draw", lambda *given: drawn.append(1) or real(*given))
    for item in (released_story(title="Một cái tít rất dài, " * 12), released_exemplar()):
        path = path_of(text(client.get(item.path)))
        first, again = client.get(path), client.get(path)
        unchanged = client.get(path, headers={"If-None-Match": first["ETag"]})

        assert Image.open(io.BytesIO(first.content)).size == (1200, 630)
        assert first["Content-Type"] == "image/jpeg" and len(first.content) < 150_000
        assert (again.content, unchanged.status_code) == (first.content, 304)
    assert len(drawn) == 2


def test_a_photograph_taken_down_alone_leaves_the_shared_picture(client):
    payload = payloads.story()
    photograph(payload)
    item = ledger.release(payload)
    path = f"/chia-se/{item.uuid}.jpg"
    assert is_blue(client.get(path))

    ledger.withdraw(ledger.Item.objects.get(pk=payload["lead_picture"]))

    assert not is_blue(client.get(path))


def test_nothing_is_drawn_of_what_is_not_public(client):
    item = released_story()
    shot = item.current.data["pictures"][0]["uuid"]
    path = f"/chia-se/{item.uuid}.jpg"
    assert client.get(path).status_code == 200

    ledger.withdraw(item)

    assert client.get(path).status_code == 410
    assert client.get(f"/chia-se/{shot}.jpg").status_code == 404
    assert client.get("/chia-se/00000000-0000-4000-8000-000000000000.jpg").status_code == 404


def test_an_item_tells_its_way_from_the_front_page(client):
    for item in (released_story(), released_exemplar()):
        page = text(client.get(item.path))
        blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
        crumbs = next(one for one in map(json.loads, blocks) if one["@type"] == "BreadcrumbList")
        steps = crumbs["itemListElement"]

        assert [one["position"] for one in steps] == [1, 2, 3]
        assert steps[0]["item"] == "http://testserver/"
        assert steps[2]["item"] == f"http://testserver{item.path}"
        assert steps[2]["name"] == item.current.data["title"]


def test_the_site_is_found_by_browsers_and_news_readers(client):
    story = released_story(title="Tin & mới", date="2026-11-20")
    ledger.Item.objects.filter(pk=story.pk).update(first_released_at="2020-01-01T00:00:00Z")
    fresh = ledger.Item.objects.get(pk=released_story(title="Tin mới <hôm nay>").pk)
    from django.utils import timezone

    now = timezone.now()
    ledger.Item.objects.filter(pk=fresh.pk).update(first_released_at=now, date=now.date())

    news = text(client.get("/sitemap-tin-moi.xml"))
    search = text(client.get("/opensearch.xml"))

    assert "<news:title>Tin mới &lt;hôm nay&gt;</news:title>" in news
    assert story.path not in news
    assert "/sitemap-tin-moi.xml" in text(client.get("/sitemap.xml"))
    assert 'template="http://testserver/luu-tru/?q={searchTerms}"' in search
    assert 'href="/opensearch.xml"' in text(client.get("/"))
    icon = client.get("/favicon.ico")
    assert Image.open(io.BytesIO(icon.content)).format == "ICO"
