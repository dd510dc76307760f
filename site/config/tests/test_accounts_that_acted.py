"""An account whose name stands in an approval, a consent or a release is closed, never deleted."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import User
from stories import factories

pytestmark = pytest.mark.django_db
BULK = ("accounts", "user", "delete")


@pytest.fixture
def admin(client, people):
    client.force_login(people["admin"])
    return client


@pytest.fixture
def acted(people) -> User:
    factories.publish(factories.story(people["editor"]), people)
    return people["board"]


def delete(client, *users: User) -> str:
    query = "&".join(f"id={user.pk}" for user in users)
    query += f"&next={reverse('wagtailusers_users:index')}"
    url = reverse("wagtail_bulk_action", args=BULK) + f"?{query}"
    answer = client.post(url, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_one_by_one(admin, acted) -> None:
    url = reverse("wagtailusers_users:delete", args=[acted.pk])
    said = admin.post(url, follow=True).content.decode()
    assert "không xóa được" in said
    assert User.objects.filter(pk=acted.pk).exists()


def test_several_at_once(admin, acted) -> None:
    idle = factories.user("moi.tao")
    said = delete(admin, acted, idle)
    assert "Chưa xóa tài khoản nào" in said
    assert acted.username in said
    assert User.objects.filter(pk__in=[acted.pk, idle.pk]).count() == 2


def test_who_recorded_a_consent_stays(admin, people) -> None:
    factories.consent(factories.person(), people["other_editor"])
    assert "bientap.vietri" in delete(admin, people["other_editor"])
    assert User.objects.filter(pk=people["other_editor"].pk).exists()


def test_accounts_that_never_acted_are_deleted(admin) -> None:
    idle = [factories.user("moi.tao"), factories.user("moi.hai")]
    delete(admin, *idle)
    assert not User.objects.filter(pk__in=[one.pk for one in idle]).exists()
