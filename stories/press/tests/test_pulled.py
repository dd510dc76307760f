"""The record of a takedown names the press clients that had pulled what was withdrawn."""

from __future__ import annotations

import pytest
from django.urls import reverse

from stories import factories
from stories.pages.models import Withdrawal
from stories.press import pulled, services
from stories.press.models import PressClient
from stories.releases.models import Takedown

pytestmark = pytest.mark.django_db
FEED = "/api/v1/press/feed/"


def with_key(name: str, organisation: str) -> tuple[PressClient, str]:
    made = PressClient.objects.create(name=name, organisation=organisation)
    return made, services.create_key(client=made)[1]


def pull(client, key: str, url: str = FEED) -> None:
    assert client.get(url, headers={"X-API-Key": key}).status_code == 200


@pytest.fixture
def page(people):
    return factories.publish(factories.story(people["editor"]), people)


def withdraw(page, people) -> Takedown:
    page.withdraw(Withdrawal.typed("error", "Sai."), people["board"])
    return Takedown.objects.latest("pk")


def test_who_had_it_and_who_has_heard(client, people, page) -> None:
    _heard, first = with_key("bao-a", "Báo A")
    _silent, second = with_key("bao-b", "Báo B")
    with_key("bao-c", "Báo C")
    item = f"/api/v1/press/items/{page.uuid}/"
    pull(client, first)
    pull(client, first, item)
    pull(client, second, item)
    takedown = withdraw(page, people)
    pull(client, first)
    _late, late = with_key("bao-d", "Báo D")
    pull(client, late)
    rows = pulled.section(takedown).rows
    assert [(row[0], row[2], row[5] == "chưa") for row in rows] == [
        ("Báo A", "1", False),
        ("Báo B", "1", True),
    ]
    client.force_login(people["board"])
    said = client.get(reverse("takedown_record", args=[takedown.pk])).content.decode()
    assert "Báo A" in said
    assert "Báo B" in said
    assert "Báo C" not in said
    assert "Báo D" not in said
    assert page.title not in said
    on_screen = client.get(reverse("takedown", args=[takedown.pk])).content.decode()
    assert "Báo A" in on_screen and "Báo B" in on_screen and "Đã xác nhận" in on_screen


def test_a_record_of_what_nobody_pulled_says_so(client, people, page) -> None:
    takedown = withdraw(page, people)
    client.force_login(people["board"])
    said = client.get(reverse("takedown_record", args=[takedown.pk])).content.decode()
    assert "Chưa cơ quan nào nhận" in said


def test_as_many_queries_for_many_clients_as_for_one(
    client, people, page, django_assert_num_queries
) -> None:
    for number in range(5):
        pull(client, with_key(f"bao-{number}", f"Báo {number}")[1])
    takedown = withdraw(page, people)
    with django_assert_num_queries(
        4
    ):  # the items, the deliveries, the answers; what was sent early
        assert len(pulled.section(takedown).rows) == 5
