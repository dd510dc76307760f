"""Approving several: a checklist and a tick for each, a transaction and an answer for each."""

from __future__ import annotations

import pytest
from django.urls import reverse

from stories import factories
from stories.moderation import claims
from stories.moderation.models import Approval, ReviewState
from stories.moderation.tests.reviews import waiting
from stories.pages.models import StoryPage

pytestmark = pytest.mark.django_db


def ticked(*states: ReviewState, accept: bool = True, **more) -> dict:
    """What the form sends when all these are ticked."""
    data = {"confirm": "1", "approve": [state.pk for state in states]}
    data["state"] = data["approve"]
    for state in states:
        page = state.workflow_state.content_object.specific
        data[f"revision-{state.pk}"] = state.revision_id
        data[f"sha256-{state.pk}"] = state.revision.as_object().content_sha256()
        data[f"accepted-{state.pk}"] = factories.ambers(page) if accept else []
    return data | more


@pytest.fixture
def board(client, people):
    client.force_login(people["board"])
    return client


def results(client, data) -> tuple[str, list[dict]]:
    answer = client.post(reverse("desk_bulk"), data)
    assert answer.url == reverse("desk_results")
    html = client.get(answer.url).content.decode()
    return html, client.session["desk_results"]


def test_the_first_step_shows_each_checklist_and_approves_nothing(board, people) -> None:
    good, bare = waiting(people, title="Đủ"), waiting(people, title="Thiếu", lead="")
    html = board.post(reverse("desk_bulk"), {"state": [good.pk, bare.pk]}).content.decode()
    assert html.count(f'name="accepted-{good.pk}"') == len(
        factories.ambers(good.workflow_state.content_object.specific)
    )
    assert f'name="approve" value="{good.pk}"' in html
    assert f'name="approve" value="{bare.pk}"' not in html
    assert "Chưa có sa-pô" in html
    assert not Approval.objects.exists()


def test_those_ticked_are_published_and_the_others_say_why_not(board, people) -> None:
    good, bare, other = (
        waiting(people, title="Đủ"),
        waiting(people, title="Thiếu", lead=""),
        waiting(people, title="Không chọn"),
    )
    html, found = results(board, ticked(good, bare))
    assert [(one["title"], bool(one["why"])) for one in found] == [("Đủ", False), ("Thiếu", True)]
    assert "Đã duyệt và đăng (1)" in html
    assert "Chưa có sa-pô" in html
    assert StoryPage.objects.live().get().title == "Đủ"
    assert Approval.objects.count() == 1
    assert ReviewState.objects.get(pk=other.pk).status == "in_progress"


def test_an_unticked_warning_stops_only_its_own_text(board, people) -> None:
    first, second = waiting(people, title="A"), waiting(people, title="B")
    data = ticked(first, second) | {f"accepted-{first.pk}": []}
    _html, found = results(board, data)
    assert [bool(one["why"]) for one in found] == [True, False]


def test_a_text_edited_after_it_was_read_is_refused(board, people) -> None:
    state = waiting(people, title="A")
    data = ticked(state)
    page = state.workflow_state.content_object.specific
    page.get_latest_revision_as_object().save_revision(user=people["editor"])
    _html, found = results(board, data)
    assert found[0]["why"]
    data = ticked(waiting(people, title="B"))
    key = next(name for name in data if name.startswith("revision-"))
    _html, found = results(board, data | {key: "1"})
    assert "vừa được sửa" in found[0]["why"]
    assert not Approval.objects.exists()


def test_a_picture_changed_after_it_was_read_is_refused(board, people) -> None:
    picture = factories.picture()
    state = waiting(people, title="A", lead_picture=picture)
    data = ticked(state)
    picture.caption = "Tráo"
    picture.save()
    _html, found = results(board, data)
    assert "vừa được sửa" in found[0]["why"]
    assert not Approval.objects.exists()


def test_what_a_colleague_claimed_or_one_wrote_is_refused(board, people) -> None:
    claimed = waiting(people, title="Đồng nghiệp")
    claims.take(state=claimed, user=people["board2"])
    page = factories.submit(factories.story(people["board"], title="Của mình"), people["board"])
    page = factories.act(page, people["reviewer"])
    own = ReviewState.objects.get(pk=page.current_workflow_task_state.pk)
    _html, found = results(board, ticked(claimed, own))
    assert "tuyengiao2 đang duyệt" in found[0]["why"]
    assert "không được duyệt" in found[1]["why"]
    assert not Approval.objects.exists()
    _html, found = results(board, ticked(claimed, **{f"over-{claimed.pk}": "1"}))
    assert found[0]["why"] == ""


def test_sending_the_form_again_approves_nothing_twice(board, people) -> None:
    data = ticked(waiting(people))
    results(board, data)
    _html, found = results(board, data)
    assert "không còn chờ" in found[0]["why"]
    assert Approval.objects.count() == 1


def test_a_review_at_the_units_step_is_not_approved_here(board, people) -> None:
    _html, found = results(board, ticked(waiting(people, board=False)))
    assert found[0]["why"]


@pytest.mark.parametrize("who", ["editor", "reviewer", "admin"])
def test_others_approve_nothing_here(client, people, who) -> None:
    client.force_login(people[who])
    client.post(reverse("desk_bulk"), ticked(waiting(people)))
    assert not Approval.objects.exists()


@pytest.mark.parametrize("data", [{}, {"state": "x"}, {"confirm": "1", "approve": "x"}])
def test_nothing_chosen_leads_back_to_the_queue(board, data) -> None:
    assert board.post(reverse("desk_bulk"), data).url == reverse("desk_queue")
