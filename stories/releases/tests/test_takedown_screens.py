"""The screens of takedowns: who sees which, how far each is, and the record to print."""

from __future__ import annotations

import pytest
from django.urls import reverse

from media.people import services
from stories import factories
from stories.pages.models import Withdrawal
from stories.releases.models import Item, Takedown
from stories.releases.takedown.carry_out import carry_out

pytestmark = pytest.mark.django_db
SEES = {
    "editor": True,
    "reviewer": True,
    "other_editor": False,
    "other_reviewer": False,
    "board": True,
    "board2": True,
    "admin": True,
}


def taken_down(people, title: str = "Chị Lan giữ nghề nón lá") -> Takedown:
    page = factories.publish(
        factories.story(people["editor"], title=title, lead_picture=factories.picture()), people
    )
    page.withdraw(Withdrawal.typed("error", "Sai sự thật."), people["board"])
    return Takedown.objects.first()


@pytest.mark.parametrize(("role", "sees"), SEES.items())
def test_the_units_own_people_and_ban_tuyen_giao_see_it(client, people, role, sees) -> None:
    takedown = taken_down(people)
    client.force_login(people[role])
    listed = client.get(reverse("takedowns"))
    assert listed.status_code == 200
    assert (f"/reports/thu-hoi/{takedown.pk}/" in listed.text) is sees
    for name in ("takedown", "takedown_record"):
        status = client.get(reverse(name, args=[takedown.pk])).status_code
        assert status == (200 if sees else 404)
    status = client.post(reverse("takedown_retry", args=[takedown.pk])).status_code
    assert status == (302 if sees else 404)


def test_strangers_are_asked_to_sign_in(client, people) -> None:
    takedown = taken_down(people)
    for name, args in [("takedowns", []), ("takedown", [takedown.pk])]:
        assert client.get(reverse(name, args=args)).status_code == 302


def test_the_state_of_each_step_and_a_way_to_try_again(client, people) -> None:
    takedown = taken_down(people)
    client.force_login(people["board"])
    shown = client.get(reverse("takedown", args=[takedown.pk])).text
    assert "Chị Lan giữ nghề nón lá" in shown
    assert "Làm lại ngay" in shown
    answer = client.post(reverse("takedown_retry", args=[takedown.pk]), follow=True).text
    assert "Mọi bước đã xong" in answer
    assert "Làm lại ngay" not in answer


def test_the_record_has_hashes_times_steps_and_who_was_told_and_no_content(client, people) -> None:
    takedown = taken_down(people)
    carry_out()
    client.force_login(people["editor"])
    shown = client.get(reverse("takedown_record", args=[takedown.pk])).text
    story = Item.objects.stories().get()
    assert story.current.sha256 in shown
    assert str(story.pk) in shown
    assert "Sai sót (thu hồi)" in shown
    assert "Xóa các bản ảnh khỏi kho lưu" in shown
    assert "duyet.lamthao" in shown
    assert "Lan" not in shown


def test_withdrawing_a_page_ends_there(client, people) -> None:
    page = factories.publish(factories.story(people["editor"]), people)
    client.force_login(people["board"])
    data = {"reason_code": "error", "reason": "Sai."}
    answer = client.post(reverse("withdraw_page", args=[page.pk]), data)
    assert answer.url == reverse("takedown", args=[Takedown.objects.get().pk])


@pytest.mark.parametrize("role", ["editor", "board", "province_reviewer"])
def test_withdrawing_a_consent_ends_there(client, people, role) -> None:
    woman = factories.person()
    consents = [factories.consent(woman, people["editor"]) for _number in range(2)]
    factories.publish(factories.story(people["editor"], named=[woman]), people)
    client.force_login(people[role])
    data = {
        "consents": [one.pk for one in consents],
        "how": "phone",
        "when": "2026-11-20",
        "by": "",
    }
    answer = client.post(reverse("consent_withdraw", args=[woman.pk]), data, follow=True)
    assert answer.status_code == 200
    assert "Chị Lan giữ nghề nón lá" in answer.text
    assert not Item.objects.public().exists()


def test_a_no_that_finds_nothing_public_is_on_record_too(client, people) -> None:
    woman = factories.person()
    consent = factories.consent(woman, people["editor"])
    services.withdraw_consent(consent=consent, user=people["editor"], how="phone")
    client.force_login(people["reviewer"])
    shown = client.get(reverse("takedown_of_consent", args=[consent.code]), follow=True).text
    assert "Không có gì đang đăng phải gỡ." in shown


def test_as_many_queries_for_one_takedown_as_for_twenty(
    client, people, django_assert_max_num_queries, django_assert_num_queries
) -> None:
    client.force_login(people["board"])
    taken_down(people)
    url = reverse("takedowns")
    client.get(url)
    with django_assert_max_num_queries(30) as first:
        client.get(url)
    for number in range(6):
        taken_down(people, f"Bài {number}")
    with django_assert_num_queries(len(first)):
        client.get(url)
