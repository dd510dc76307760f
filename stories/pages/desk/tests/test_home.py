"""The home page of the desk: each role sees what is theirs to do, and nothing of others."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from stories import factories
from stories.moderation.models import Deputy
from stories.moderation.tests.reviews import waiting
from stories.pages.models import UnitSectionPage

pytestmark = pytest.mark.django_db


def home(client, person) -> str:
    client.force_login(person)
    return client.get(reverse("wagtailadmin_home")).content.decode()


def headings(html: str) -> list[str]:
    found = re.findall(r'<h2 id="desk-[^>]*>(.*?)</h2>', html, re.DOTALL)
    return [" ".join(heading.split()) for heading in found]


YEAR = timezone.localdate().year


@pytest.fixture
def desk(people) -> None:
    """Of Lâm Thao's editor: one at the board, one at the unit, one returned, one draft."""
    waiting(people, title="Ở Ban")
    waiting(people, board=False, title="Ở đơn vị")
    returned = waiting(people, board=False, title="Trả về").workflow_state.content_object.specific
    said = {"reason": "picture", "comment": "Thay ảnh mờ."}
    factories.act(returned, people["reviewer"], "reject", **said)
    factories.story(people["editor"], title="Đang viết")


SEES = {
    "editor": ["Bài được trả lại (1)", "Bài đang viết (1)", "Bài đã gửi, đang được duyệt (2)"],
    "reviewer": ["Đang chờ bạn duyệt (1)"],
    "other_editor": ["Bài đang viết"],
    "other_reviewer": ["Đang chờ bạn duyệt"],
    "province_reviewer": ["Đang chờ bạn duyệt (1)"],
    "board": ["Đang chờ bạn duyệt (1)"],
    "admin": [],
}


@pytest.mark.parametrize("who", SEES)
def test_each_role_sees_its_own_work(client, people, desk, who) -> None:
    found = headings(home(client, people[who]))
    assert found[:-1] == SEES[who]
    assert found[-1].startswith(f"Năm {YEAR}")


def test_what_came_back_says_why_and_by_whom(client, people, desk) -> None:
    html = home(client, people["editor"])
    assert "Ảnh cần thay hoặc bổ sung: Thay ảnh mờ." in html
    assert "duyet.lamthao trả lại ngày" in html


def test_what_waits_is_oldest_first_with_its_time_and_leads_to_the_review(client, people) -> None:
    old, new = waiting(people, title="Bài cũ"), waiting(people, title="Bài mới")
    TaskState.objects.filter(pk=old.pk).update(started_at=timezone.now() - timedelta(days=30))
    html = home(client, people["board"])
    assert html.index("Bài cũ") < html.index("Bài mới")
    assert "chờ 30 ngày" in html
    assert re.search(r"quá hạn \d+ ngày", html)
    assert reverse("review_page", args=[new.workflow_state.object_id]) in html
    assert reverse("desk_queue") in html


def test_an_editor_starts_a_story_in_her_own_section(client, people) -> None:
    html = home(client, people["editor"])
    section = UnitSectionPage.objects.get(unit__code=factories.LAM_THAO)
    for model in ("storypage", "exemplarpage"):
        url = reverse("wagtailadmin_pages:add", args=["pages", model, section.pk])
        assert url in html
        assert client.get(url).status_code == 200
    assert "Bấm “Viết bài mới” ở trên để bắt đầu" in html


def test_wagtails_own_panels_and_counts_are_gone(client, people, desk) -> None:
    html = home(client, people["admin"])
    for mark in ("w-summary", "awaiting-review", "your-pages", "w-panel--dashboard"):
        assert mark not in html


def test_a_deputy_reads_for_whom_and_until_when(client, people, desk) -> None:
    today = timezone.localdate()
    Deputy.objects.create(
        holder=people["board"], person=people["other_editor"], starts=today, ends=today
    )
    html = home(client, people["other_editor"])
    assert "Bạn đang duyệt thay tuyengiao (Ban Tuyên giáo)" in html
    assert headings(html)[0] == "Đang chờ bạn duyệt (1)"


def test_the_year_counts_the_unit_and_the_year_before(client, people) -> None:
    for title, day in (("Nay", date(YEAR, 1, 2)), ("Trước", date(YEAR - 1, 5, 1))):
        factories.publish(factories.story(people["editor"], title=title, date=day), people)
    factories.publish(factories.exemplar(people["editor"], date=date(YEAR, 1, 3)), people)
    numbers = r'desk-number">(\d+)</dd><dd class="desk-facts">năm trước: (\d+)'
    assert re.findall(numbers, home(client, people["editor"])) == [("1", "1"), ("1", "0")]
    assert re.findall(numbers, home(client, people["board"])) == [("1", "1"), ("1", "0")]
    assert re.findall(numbers, home(client, people["other_editor"])) == [("0", "0"), ("0", "0")]


@pytest.mark.parametrize("who", ["editor", "reviewer", "board"])
def test_the_home_page_costs_the_same_however_much_waits(
    client, people, desk, who, django_assert_max_num_queries
) -> None:
    home(client, people[who])
    with django_assert_max_num_queries(30) as few:
        client.get(reverse("wagtailadmin_home"))
    for number in range(12):
        waiting(people, board=number % 2 == 0, title=f"Bài {number}")
        factories.story(people["editor"], title=f"Nháp {number}")
    with django_assert_max_num_queries(30) as many:
        client.get(reverse("wagtailadmin_home"))
    # Only the numbers behind the lists that are cut short.
    assert len(many) <= len(few) + 2
