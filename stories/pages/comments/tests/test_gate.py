"""No approval while a comment is open, whichever way it is given."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from wagtail.models import Comment

from stories import factories
from stories.moderation import commenting, emergency
from stories.moderation import services as moderation
from stories.moderation.models import Approval, EmergencyRelease, ReviewState
from stories.moderation.services import NotReady
from stories.pages.desk import bulk
from stories.pages.models import StoryPage
from stories.releases.models import Item

pytestmark = pytest.mark.django_db
SAYS = "Còn 1 góp ý chưa xong"


def remark(page, user, **fields) -> Comment:
    page = StoryPage.objects.get(pk=page.pk)
    values = {"contentpath": "title", "text": "Năm nào?"} | fields
    return commenting.add(page=page, user=user, **values)


def at_unit(people, **fields) -> StoryPage:
    return factories.submit(factories.story(people["editor"], **fields), people["editor"])


def at_board(people, **fields) -> StoryPage:
    return factories.act(at_unit(people, **fields), people["reviewer"])


def nothing_approved(page) -> bool:
    page = StoryPage.objects.get(pk=page.pk)
    return not (Approval.objects.exists() or Item.objects.exists() or page.live)


def step(page) -> str:
    return StoryPage.objects.get(pk=page.pk).current_workflow_task.name


def test_the_units_step(people) -> None:
    page = at_unit(people)
    known = remark(page, people["reviewer"])
    with pytest.raises(NotReady, match=SAYS), transaction.atomic():
        factories.act(page, people["reviewer"])
    assert step(page) == "Đơn vị duyệt"
    commenting.resolve(comment=known, user=people["reviewer"])
    factories.act(page, people["reviewer"])
    assert step(page) == "Ban Tuyên giáo phê duyệt"


def test_the_boards_step(people) -> None:
    page = at_board(people)
    known = remark(page, people["board"])
    with pytest.raises(NotReady, match=SAYS), transaction.atomic():
        factories.act(page, people["board"], accepted=[*factories.ambers(page), "comments"])
    assert nothing_approved(page)
    commenting.resolve(comment=known, user=people["board"])
    assert factories.act(page, people["board"]).live


@pytest.mark.parametrize("role", ["reviewer", "board"])
def test_the_review_screen(client, people, role) -> None:
    page = at_unit(people) if role == "reviewer" else at_board(people)
    before = step(page)
    remark(page, people["editor"])
    client.force_login(people[role])
    url = reverse("review_page", args=[page.pk])
    html = client.get(url).content.decode()
    assert 'class="button" disabled aria-describedby="vi-sao"' in html
    assert SAYS in html
    shown = page.get_latest_revision_as_object().content_sha256()
    data = {"approve": "1", "sha256": shown, "accepted": factories.ambers(page)}
    answer = client.post(url, data, follow=True)
    assert answer.redirect_chain[0][0] == url
    assert SAYS in answer.content.decode()
    assert step(page) == before
    assert nothing_approved(page)


@pytest.mark.parametrize("role", ["reviewer", "board"])
def test_wagtails_own_address_of_a_step(client, people, role) -> None:
    page = at_unit(people) if role == "reviewer" else at_board(people)
    before = step(page)
    remark(page, people["editor"])
    client.force_login(people[role])
    state = page.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    client.post(address, {"accepted": factories.ambers(page)})
    assert step(page) == before
    assert nothing_approved(page)


def test_approving_many_at_once(people) -> None:
    page, other = at_board(people), at_board(people, title="Bài khác", slug="bai-khac")
    remark(page, people["editor"])
    choices = []
    for one in (page, other):
        state = ReviewState.objects.get(pk=one.current_workflow_task_state.pk)
        draft = state.revision.as_object()
        ticked = [*factories.ambers(one), "comments"]
        revision, sha256 = str(state.revision_id), draft.content_sha256()
        choices.append(bulk.Choice(state.pk, revision, sha256, ticked, over_claim=False))
    refused, done = bulk.approve(choices, people["board"])
    assert SAYS in refused.why
    assert done.why == ""
    assert not StoryPage.objects.get(pk=page.pk).live
    items = bulk.items([str(page.current_workflow_task_state.pk)], people["board"])
    assert [item.may for item in items] == [False]


def test_an_emergency_release(client, people) -> None:
    page = factories.story(people["editor"])
    remark(page, people["reviewer"])
    request = emergency.ask(page=page, user=people["board"], reason="Bão.")
    with pytest.raises(NotReady, match=SAYS), transaction.atomic():
        emergency.confirm(
            request=request, user=people["board2"], accepted=[*factories.ambers(page), "comments"]
        )
    assert nothing_approved(page)
    assert EmergencyRelease.objects.get().status == "asked"
    client.force_login(people["board2"])
    html = client.get(reverse("emergency", args=[request.pk])).content.decode()
    assert reverse("page_comments", args=[page.pk]) in html


def test_the_service_that_records_approvals(people) -> None:
    page = factories.story(people["editor"])
    remark(page, people["reviewer"])
    draft = page.get_latest_revision_as_object()
    codes = factories.ambers(page)
    with pytest.raises(NotReady, match=SAYS), transaction.atomic():
        moderation.approve(page=draft, user=people["board"], accepted=codes)
    with pytest.raises(PermissionDenied, match=SAYS), transaction.atomic():
        moderation.approve_all(pages=[draft], user=people["board"], route="workflow")
    assert nothing_approved(page)


def test_a_comment_on_what_is_no_longer_in_the_text_holds_it_up_too(people) -> None:
    page = at_board(people)
    remark(page, people["editor"], contentpath="body.gone")
    with pytest.raises(NotReady, match=SAYS), transaction.atomic():
        factories.act(page, people["board"])


def test_returning_is_free_and_the_author_sees_the_comments_and_settles_them(people) -> None:
    page = at_unit(people)
    known = remark(page, people["reviewer"])
    page = factories.act(page, people["reviewer"], "reject", reason="facts", comment="Xem góp ý.")
    assert page.current_workflow_state.status == "needs_changes"
    commenting.reply(comment=known, user=people["editor"], text="Năm 2019.")
    commenting.resolve(comment=known, user=people["editor"])
    page = factories.resubmit(page, people["editor"])
    page = factories.act(page, people["reviewer"])
    assert factories.act(page, people["board"]).live


def test_submitting_again_with_open_comments_is_free(people) -> None:
    page = at_unit(people)
    remark(page, people["reviewer"])
    page = factories.act(page, people["reviewer"], "reject", reason="facts", comment="Xem góp ý.")
    page = factories.resubmit(page, people["editor"])
    assert page.current_workflow_task.name == "Đơn vị duyệt"


def test_comments_of_one_text_hold_up_no_other(people) -> None:
    remark(factories.story(people["editor"]), people["reviewer"])
    page = at_board(people, title="Bài khác", slug="bai-khac")
    assert factories.act(page, people["board"]).live


def test_what_is_imported_is_not_asked_for_comments(people) -> None:
    page = factories.story(people["editor"])
    remark(page, people["reviewer"])
    draft = page.get_latest_revision_as_object()
    assert moderation.approve(page=draft, user=people["board"], route=Approval.Route.IMPORT)


def test_lists_of_what_waits_know_of_comments_at_once(people) -> None:
    state = at_board(people).current_workflow_task_state
    known = remark(StoryPage.objects.get(), people["board"])
    assert ReviewState.objects.get(pk=state.pk).red == 1
    commenting.resolve(comment=known, user=people["board"])
    assert ReviewState.objects.get(pk=state.pk).red == 0
