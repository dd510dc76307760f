"""A text withheld because of someone is not forgotten: the desk lists it, the editor says why."""

from __future__ import annotations

import pytest
from django.urls import reverse

from media.people import services
from stories import factories
from stories.pages.models import Withdrawal

pytestmark = pytest.mark.django_db
HEADING, WHY = "Bài tạm gỡ, chờ sửa", "Bài đang tạm gỡ vì có người trong bài rút lại sự đồng ý."


@pytest.fixture
def withheld(people):
    woman = factories.person("Nguyễn Thị Lan")
    factories.consent(woman, people["editor"])
    page = factories.publish(factories.story(people["editor"], named=[woman]), people)
    for consent in woman.consents.all():
        services.withdraw_consent(consent=consent, user=people["board"], how="phone")
    page.refresh_from_db()
    assert not page.live
    return page


def home(client, user) -> str:
    client.force_login(user)
    return client.get(reverse("wagtailadmin_home")).text


def opened(client, user, page) -> str:
    client.force_login(user)
    return client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text


@pytest.mark.parametrize(
    ("who", "listed"), {"editor": True, "other_editor": False, "board": False}.items()
)
def test_the_desk_of_the_units_editors_lists_it(client, people, withheld, who, listed) -> None:
    page = home(client, people[who])
    assert (f"{HEADING} (1)" in page) is listed
    assert (f'/pages/{withheld.pk}/edit/">{withheld.title}' in page) is listed


def test_the_editor_says_why_it_is_withheld_and_what_is_left(client, people, withheld) -> None:
    page = opened(client, people["editor"], withheld)
    assert WHY in page
    assert "Còn phải sửa: " in page
    assert "Nguyễn Thị Lan" in page.split("Còn phải sửa: ")[1].split("</")[0]


def test_sent_again_it_waits_where_all_texts_wait(client, people, withheld) -> None:
    factories.submit(withheld, people["editor"])
    assert HEADING not in home(client, people["editor"])


def test_what_is_gone_for_good_is_not_listed_and_says_so_when_opened(client, people) -> None:
    page = factories.publish(factories.story(people["editor"]), people)
    page.withdraw(Withdrawal.typed("error", "Sai sự thật."), people["board"])
    page.refresh_from_db()
    assert HEADING not in home(client, people["editor"])
    said = opened(client, people["editor"], page)
    assert WHY not in said
    assert "Bài này đã thu hồi hẳn, không đăng lại được." in said
