"""The queue of Ban Tuyên giáo: who enters, what it shows and filters, and what it costs."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from stories import factories
from stories.moderation import claims
from stories.moderation.models import ReviewState
from stories.moderation.tests.reviews import waiting
from stories.pages.desk.queue import Filters, queue
from stories.pages.models import TargetGroup
from stories.units.models import Unit

pytestmark = pytest.mark.django_db
URL = "/quan-tri/hang-cho/"


def titles(user, **filters) -> list[str]:
    return [state.title for state in queue(Filters(filters), user)]


@pytest.fixture
def three(people) -> dict[str, ReviewState]:
    """Three of the queue, by title, that came one after another; one still with its unit."""
    group = TargetGroup.objects.get(code="nong-dan")
    found = {
        "Nay": waiting(people, title="Nay", group=group),
        "Cũ": waiting(people, title="Cũ", since=timezone.now() - timedelta(days=20)),
    }
    page = factories.story(people["other_editor"], factories.VIET_TRI, title="Việt Trì")
    page = factories.act(factories.submit(page, people["other_editor"]), people["other_reviewer"])
    since = timezone.now() - timedelta(days=4)
    TaskState.objects.filter(pk=page.current_workflow_task_state.pk).update(started_at=since)
    found["Việt Trì"] = ReviewState.objects.get(pk=page.current_workflow_task_state.pk)
    waiting(people, board=False, title="Còn ở đơn vị")
    return found


@pytest.mark.parametrize(
    ("who", "status"),
    [("board", 200), ("editor", 302), ("reviewer", 302), ("province_reviewer", 302)],
)
def test_only_the_board_enters(client, people, who, status) -> None:
    client.force_login(people[who])
    for url in (URL, f"{URL}ket-qua/"):
        assert client.get(url).status_code in {status, 302}
    assert client.get(URL).status_code == status
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert ("desk-queue" in home) is (status == 200)


def test_longest_waiting_first_and_nothing_of_other_steps(people, three) -> None:
    assert titles(people["board"]) == ["Cũ", "Việt Trì", "Nay"]


def test_filters_by_unit_group_time_and_claim(people, three) -> None:
    board = people["board"]
    unit = Unit.objects.get(code=factories.VIET_TRI).pk
    group = TargetGroup.objects.get(code="nong-dan").pk
    claims.take(state=three["Nay"], user=board)
    claims.take(state=three["Cũ"], user=people["board2"])
    assert titles(board, unit=unit) == ["Việt Trì"]
    assert titles(board, group=group) == ["Nay"]
    assert titles(board, time="3") == ["Cũ", "Việt Trì"]
    assert titles(board, time="7") == ["Cũ"]
    assert "Cũ" in titles(board, time="late")
    assert "Nay" not in titles(board, time="late")
    assert titles(board, claimed="me") == ["Nay"]
    assert titles(board, claimed="nobody") == ["Việt Trì"]
    assert titles(board, unit="x", time="?", claimed="?") == titles(board)


def test_the_checklists_state_is_shown_and_filtered(client, people, three) -> None:
    bare = waiting(people, title="Thiếu sa-pô", lead="")
    assert bare.red
    assert titles(people["board"], checks="red") == ["Thiếu sa-pô"]
    assert "Nay" in titles(people["board"], checks="amber")
    assert titles(people["board"], checks="clean") == []
    client.force_login(people["board"])
    html = client.get(URL).content.decode()
    assert "1 điều phải sửa" in html
    assert "điều cần xem" in html


def test_the_badge_counts_what_waits(client, people, three) -> None:
    client.force_login(people["board"])
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert json.dumps("Hàng chờ duyệt (3)")[1:-1] in home


def test_claiming_shows_to_colleagues_and_comes_back_to_the_list(client, people, three) -> None:
    client.force_login(people["board"])
    state = three["Cũ"]
    answer = client.post(reverse("desk_claim", args=[state.pk]), {"next": f"{URL}?time=7"})
    assert answer.url == f"{URL}?time=7"
    assert "Thôi nhận" in client.get(URL).content.decode()
    client.force_login(people["board2"])
    assert "tuyengiao, từ" in client.get(URL).content.decode()
    client.post(reverse("desk_claim", args=[state.pk]))
    assert claims.of(state).user == people["board"]
    client.force_login(people["board"])
    answer = client.post(reverse("desk_unclaim", args=[state.pk]), {"next": "https://xau.example/"})
    assert answer.url == URL
    assert claims.of(state) is None


def test_ones_own_text_is_listed_but_not_to_choose(client, people) -> None:
    page = factories.story(people["board"], title="Của Ban")
    page = factories.act(factories.submit(page, people["board"]), people["reviewer"])
    client.force_login(people["board"])
    html = client.get(URL).content.decode()
    assert "bài của bạn" in html
    assert 'name="state"' not in html


def test_the_queue_costs_the_same_for_five_and_for_forty(
    client, people, django_assert_max_num_queries
) -> None:
    for number in range(5):
        waiting(people, title=f"Bài {number}")
    client.force_login(people["board"])
    client.get(URL)
    with django_assert_max_num_queries(30) as few:
        client.get(URL)
    for number in range(35):
        state = waiting(people, title=f"Bài thêm {number}")
        claims.take(state=state, user=people["board2" if number % 2 else "board"])
    with django_assert_max_num_queries(30) as many:
        html = client.get(URL).content.decode()
    assert html.count('class="desk-open"') == 40
    assert len(many) == len(few)
