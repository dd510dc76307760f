"""Every address of the room, tried by everyone: a new one is tried by being there."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from stories.press.models import PressClipping, PressConfirmation, PressPerson, PressTopic
from stories.press.room import urls
from stories.press.room.tests.newsrooms import ROOM, browser, person
from stories.press.tests import ledger, payloads
from stories.releases.models import Release

pytestmark = pytest.mark.django_db
OPEN = {
    "press_sign_in",
    "press_sign_out",
    "press_forgot",
    "press_set_password",
    "press_topics_stop",
}
ROUTES = {route.name: route for route in urls.urlpatterns}


def arguments(name: str, made: dict) -> dict:
    needed = ROUTES[name].pattern.converters
    values = {"uuid": payloads.STORY, "name": "text", "pk": made.get(name), "token": "x"}
    return {key: values[key] for key in needed}


def address(name: str, made: dict) -> str:
    return reverse(name, kwargs=arguments(name, made))


@pytest.fixture
def made(lan) -> dict:
    """What an address with a number is about: of the paper."""
    release = ledger.publish(payloads.story())
    row = PressConfirmation.objects.create(
        client=lan.client, item_id=payloads.STORY, release=Release.objects.get(pk=release.pk)
    )
    colleague = person(lan.client, "khac@bao.example")
    clipping = PressClipping.objects.create(
        client=lan.client, item_id=payloads.STORY, version=1, published_on="2026-11-20", place="1"
    )
    return {
        "press_clipping_room": clipping.pk,
        "press_clipping_check_room": clipping.pk,
        "press_clipping_scan_room": clipping.pk,
        "press_colleague_switch": colleague.pk,
        "press_colleague_invite": colleague.pk,
        "press_room_confirm": row.pk,
        "press_topic_change": PressTopic.objects.create(person=lan, name="Nón").pk,
    }


@pytest.mark.parametrize("who", ["anonymous", "deactivated", "staff"])
def test_nobody_else_comes_in(lan, made, people, who):
    client = browser(lan) if who == "deactivated" else Client()
    if who == "staff":
        client.force_login(people["admin"])
    PressPerson.objects.filter(pk=lan.pk).update(is_active=who != "deactivated")
    assert "Đăng xuất" not in client.get(ROOM).content.decode()
    for name in ROUTES.keys() - OPEN:
        for method in (client.get, client.post):
            answer = method(address(name, made))
            assert answer.status_code in (302, 405), name
            if answer.status_code == 302:
                assert answer.headers["Location"].startswith(f"{ROOM}dang-nhap/"), name
                assert answer.headers["Cache-Control"] == "private, no-store"
    assert not PressConfirmation.objects.exclude(confirmed_at=None).exists()


def test_who_looks_after_another_newsroom_reaches_nothing_of_this_one(made, radio):
    stranger = browser(person(radio, "truong@dai.example", is_admin=True))
    before = list(PressPerson.objects.order_by("pk").values()), PressConfirmation.objects.get()
    for name, pk in made.items():
        if pk is not None:
            assert stranger.post(address(name, made)).status_code in (404, 405), name
    after = list(PressPerson.objects.order_by("pk").values())
    assert [{**row, "last_login": None} for row in after] == [
        {**row, "last_login": None} for row in before[0]
    ]
    assert PressConfirmation.objects.get().confirmed_at is None


def test_every_page_of_the_room_is_kept_by_nobody(chief, made):
    client = browser(chief)
    for name in ROUTES.keys() - {"press_set_password", "press_topics_stop"}:
        answer = client.get(address(name, made))
        if answer.status_code not in (404, 405):
            assert answer.headers["Cache-Control"] == "private, no-store", name
            assert "Cookie" in answer.headers["Vary"], name
    assert client.get(ROOM).headers["Cache-Control"] == "private, no-store"
    again = Client().get(ROOM)
    assert "Dành cho báo chí" in again.content.decode()
    assert chief.name not in again.content.decode()
