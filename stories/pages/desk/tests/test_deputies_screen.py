"""The screen of deputies: for those in office, about their own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from stories import factories
from stories.moderation.models import Deputy

pytestmark = pytest.mark.django_db
URL = "/quan-tri/uy-quyen/"


def said(person, office: str = "board", **more) -> dict:
    today = timezone.localdate()
    return {"person": person.pk, "office": office, "starts": today, "ends": today} | more


def test_a_board_member_names_sees_and_revokes_a_deputy(client, people) -> None:
    client.force_login(people["board"])
    client.post(URL, said(people["reviewer"]))
    deputy = Deputy.objects.get()
    html = client.get(URL).content.decode()
    assert "duyet.lamthao duyệt thay tuyengiao" in html
    assert "đang có hiệu lực" in html
    client.post(reverse("desk_revoke", args=[deputy.pk]))
    assert not Deputy.objects.in_force().exists()
    assert "đã thôi" in client.get(URL).content.decode()


def test_a_reviewer_hands_over_her_unit_and_nothing_else(client, people) -> None:
    client.force_login(people["reviewer"])
    client.post(URL, said(people["editor"]))
    assert not Deputy.objects.exists()
    client.post(URL, said(people["editor"], factories.LAM_THAO))
    assert Deputy.objects.get().unit.code == factories.LAM_THAO


def test_wrong_dates_are_said_at_their_field(client, people) -> None:
    client.force_login(people["board"])
    yesterday = timezone.localdate() - timedelta(days=1)
    html = client.post(URL, said(people["reviewer"], ends=yesterday)).content.decode()
    assert "Ngày kết thúc phải từ ngày bắt đầu trở đi." in html
    assert not Deputy.objects.exists()


@pytest.mark.parametrize("who", ["editor", "other_reviewer"])
def test_nobody_sees_or_revokes_the_deputies_of_others(client, people, who) -> None:
    today = timezone.localdate()
    deputy = Deputy.objects.create(
        holder=people["board"], person=people["reviewer"], starts=today, ends=today
    )
    client.force_login(people[who])
    assert "duyệt thay tuyengiao" not in client.get(URL).content.decode()
    client.post(reverse("desk_revoke", args=[deputy.pk]))
    assert Deputy.objects.in_force().exists()


def test_an_editor_without_an_office_has_nothing_to_hand_over(client, people) -> None:
    client.force_login(people["editor"])
    assert 'name="person"' not in client.get(URL).content.decode()
    client.post(URL, said(people["reviewer"]))
    assert not Deputy.objects.exists()
