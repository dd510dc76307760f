"""A guest sees the pictures of exactly the text they were sent, and no other file."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from media.models import Rendition
from media.models.picture import RENDITION_SPECS
from media.services import draw_ahead, web_renditions
from stories import factories
from stories.moderation import guest_mail, review_links
from stories.moderation.models import ReviewLinkVisit
from stories.moderation.tests.guests import invited

pytestmark = pytest.mark.django_db


@pytest.fixture
def shots(people):
    shots = [factories.picture(seed=seed) for seed in range(2)]
    for shot in shots:
        draw_ahead(shot)
    return shots


@pytest.fixture
def link(people, shots):
    body = [("paragraph", "<p>Chị Lan bên khung nón.</p>"), ("picture", {"picture": shots[1]})]
    return invited(people, lead_picture=shots[0], body=body)


def url(link, name: str) -> str:
    return reverse("guest_picture", args=[guest_mail.token(link), name])


def page_url(link) -> str:
    return reverse("guest_review", args=[guest_mail.token(link)])


def shown(html: str) -> set[str]:
    article = html.partition("<article")[2]
    found = re.findall(r' (?:src|srcset)="([^"]+)"', article)
    return {address.split()[0] for one in found for address in one.split(", ")}


def test_every_picture_of_the_draft_shows_under_the_links_own_address(client, link) -> None:
    addresses = shown(client.get(page_url(link)).content.decode())
    assert len(addresses) >= 4
    assert len([address for address in addresses if address.endswith(".jpg")]) == 2
    assert len([address for address in addresses if address.endswith(".avif")]) >= 2
    for address in addresses:
        assert address.startswith(page_url(link))
        response = client.get(address)
        assert response.status_code == 200
        kind = address.rpartition(".")[2].replace("jpg", "jpeg")
        assert response.headers["Content-Type"] == f"image/{kind}"
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert b"".join(response.streaming_content)


def test_no_other_file_is_served(client, people, link, shots) -> None:
    client.get(page_url(link))
    other = factories.picture(seed=9)
    draw_ahead(other)
    files = [one["file"] for one in web_renditions(other)]
    mine = Rendition.objects.filter(image=shots[0])
    files += [one.file.name for one in mine.filter(filter_spec=RENDITION_SPECS["press"])]
    files += [shots[0].file.name, other.file.name, "../db", "khong-co.webp", "images/"]
    for name in files:
        assert client.get(url(link, name)).status_code == 404, name
        assert client.get(f"/tep/{name}").status_code == 404, name


def test_a_link_shows_no_picture_of_another_text(client, people, link, shots) -> None:
    client.get(page_url(link))
    other = invited(people, title="Bài khác", lead_picture=factories.picture(seed=5))
    addresses = shown(client.get(page_url(other)).content.decode())
    assert addresses
    for address in addresses:
        stolen = address.replace(guest_mail.token(other), guest_mail.token(link))
        assert client.get(stolen).status_code == 404


def test_pictures_end_with_the_link_and_are_not_visits(client, people, link) -> None:
    address = shown(client.get(page_url(link)).content.decode()).pop()
    assert client.get(address).status_code == 200
    review_links.revoke(link=link, user=people["board"])
    response = client.get(address)
    assert response.status_code == 404
    assert response.headers["Cache-Control"] == "no-store"
    assert client.get(address.replace("/anh/", "x/anh/")).status_code == 404
    assert list(ReviewLinkVisit.objects.values_list("what", flat=True)) == ["opened"]


def test_a_picture_takes_few_queries(client, link) -> None:
    address = shown(client.get(page_url(link)).content.decode()).pop()
    with CaptureQueriesContext(connection) as taken:
        assert client.get(address).status_code == 200
    assert len(taken) <= 40
