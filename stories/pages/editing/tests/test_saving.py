"""Saves by themselves and by hand: what voids an approval is asked for, and nothing is written
over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from accounts.audit.actions import Action
from accounts.audit.models import AuditEntry
from stories import factories
from stories.moderation.permissions import is_author
from stories.pages.models import StoryPage
from stories.pages.tests.editor_form import posted
from stories.units.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(people):
    unit = Unit.objects.get(code=factories.LAM_THAO)
    return factories.user("cungviet.lamthao", unit.editors)


def at_board(people) -> StoryPage:
    page = factories.submit(factories.story(people["editor"]), people["editor"])
    return factories.act(page, people["reviewer"])


def reload(page) -> StoryPage:
    return StoryPage.objects.get(pk=page.pk)


def url(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def opened(page) -> dict[str, str]:
    """What the form says of the text it was opened with."""
    latest = reload(page).latest_revision
    return {
        "loaded_revision_id": str(latest.pk),
        "loaded_revision_created_at": latest.created_at.isoformat(),
    }


def save_itself(client, user, page, **fields):
    client.force_login(user)
    return client.post(url(page), posted(page) | fields, headers={"Accept": "application/json"})


def save(client, user, page, **fields):
    client.force_login(user)
    return client.post(url(page), posted(page) | fields, follow=True)


# A draft


def test_a_draft_saves_itself_into_one_revision(client, people) -> None:
    page = factories.story(people["editor"])
    before = page.revisions.count()
    first = save_itself(client, people["editor"], page, lead="Hai mươi năm.").json()
    over = {"overwrite_revision_id": first["revision_id"]}
    second = save_itself(client, people["editor"], page, lead="Hai mươi mốt năm.", **over).json()
    assert second["success"]
    assert second["revision_id"] == first["revision_id"]
    assert page.revisions.count() == before + 1
    assert reload(page).get_latest_revision_as_object().lead == "Hai mươi mốt năm."


def test_a_page_that_is_new_saves_itself_and_goes_on_as_a_draft(client, people) -> None:
    section = factories.story(people["editor"]).get_parent()
    form = posted(StoryPage.objects.get()) | {"title": "Bài mới", "body-0-id": ""}
    client.force_login(people["editor"])
    address = reverse("wagtailadmin_pages:add", args=["pages", "storypage", section.pk])
    answer = client.post(address, form, headers={"Accept": "application/json"}).json()
    assert answer["success"], answer
    assert client.get(answer["hydrate_url"]).status_code == 200
    page = StoryPage.objects.get(title="Bài mới")
    assert not page.live
    assert answer["url"] == url(page)


def test_a_returned_draft_saves_itself_again(client, people) -> None:
    page = factories.submit(factories.story(people["editor"]), people["editor"])
    page = factories.act(page, people["reviewer"], "reject", reason="facts", comment="Sửa năm.")
    reviewed = page.latest_revision_id
    answer = save_itself(client, people["editor"], page, lead="Hai mươi năm.").json()
    assert answer["success"]
    assert answer["revision_id"] != reviewed


# In review


@pytest.mark.parametrize("approved", [False, True])
def test_in_review_nothing_saves_itself(client, people, approved) -> None:
    page = factories.submit(factories.story(people["editor"]), people["editor"])
    if approved:
        page = factories.act(page, people["reviewer"])
    step, revision = page.current_workflow_task_state.pk, page.latest_revision_id
    answer = save_itself(client, people["editor"], page, lead="Hai mươi năm.")
    assert answer.status_code == 400
    assert "không tự lưu" in answer.json()["error_message"]
    page = reload(page)
    assert (page.current_workflow_task_state.pk, page.latest_revision_id) == (step, revision)
    assert not AuditEntry.objects.filter(action=Action.APPROVALS_VOIDED).exists()


def test_an_editor_who_was_told_saves_by_hand_and_voids(client, people) -> None:
    page = at_board(people)
    client.force_login(people["editor"])
    html = client.get(url(page)).content.decode()
    approval = TaskState.objects.get(status=TaskState.STATUS_APPROVED)
    assert f'name="told" value="{approval.pk}"' in html
    assert "data-in-review" in html
    save(client, people["editor"], page, lead="Hai mươi năm.", told=str(approval.pk))
    assert reload(page).current_workflow_task.name == "Đơn vị duyệt"


def test_an_approval_given_meanwhile_is_told_of_before_it_is_voided(client, people) -> None:
    """The form comes back with every word; saving it again is the confirmation."""
    page = factories.submit(factories.story(people["editor"]), people["editor"])
    form = {"lead": "Hai mươi năm.", "told": ""} | opened(page)
    page = factories.act(page, people["reviewer"])
    answer = save(client, people["editor"], page, **form)
    html = answer.content.decode()
    approval = TaskState.objects.get(status=TaskState.STATUS_APPROVED)
    assert f"đã được duyệt bởi: {people['reviewer']}" in html
    assert "Hai mươi năm." in html
    assert f'name="told" value="{approval.pk}"' in html
    assert reload(page).current_workflow_task.name == "Ban Tuyên giáo phê duyệt"
    save(client, people["editor"], page, **form | {"told": str(approval.pk)})
    assert reload(page).current_workflow_task.name == "Đơn vị duyệt"


def test_who_was_told_of_one_approval_is_told_of_the_next(client, people) -> None:
    page = at_board(people)
    answer = save(client, people["editor"], page, lead="Hai mươi năm.", told="999")
    assert "Chưa lưu" in answer.content.decode()
    assert reload(page).current_workflow_task.name == "Ban Tuyên giáo phê duyệt"


# What was reviewed is never written over


@pytest.mark.parametrize("moment", ["in review", "returned", "public"])
def test_a_text_that_was_reviewed_is_not_written_over(people, moment) -> None:
    """Else an approval at the unit's step would hold for words that came after it."""
    page = at_board(people)
    if moment == "returned":
        page = factories.act(page, people["board"], "reject", reason="facts", comment="Sửa năm.")
    if moment == "public":
        page = factories.act(page, people["board"])
    reviewed = page.latest_revision
    page.lead, page.correction_note = "Không ai duyệt câu này.", "Sửa."
    page.save_revision(user=people["editor"], overwrite_revision=reviewed)
    reviewed.refresh_from_db()
    assert "Không ai duyệt" not in reviewed.content["lead"]
    page = reload(page)
    assert page.latest_revision_id != reviewed.pk
    if moment == "in review":
        assert page.current_workflow_task.name == "Đơn vị duyệt"
    assert is_author(page, people["editor"])


def test_what_another_person_wrote_last_is_not_written_over(people, colleague) -> None:
    page = factories.story(people["editor"])
    first = page.latest_revision
    page.lead = "Hai mươi năm."
    page.save_revision(user=colleague, overwrite_revision=first)
    first.refresh_from_db()
    assert first.content["lead"].startswith("Ba mươi năm")
    assert reload(page).latest_revision.user == colleague


# Two at one draft


def test_two_editors_of_a_unit_at_one_draft_are_told_of_each_other(
    client, people, colleague
) -> None:
    page = factories.story(people["editor"])
    client.force_login(colleague)
    client.get(url(page))
    client.force_login(people["editor"])
    sessions = client.get(url(page)).context["editing_sessions"]
    assert client.post(sessions.ping_url).json()["other_sessions"][0]["user"] == str(colleague)


def test_an_editor_of_another_unit_learns_nothing_of_who_writes(client, people) -> None:
    page = factories.story(people["editor"])
    client.force_login(people["editor"])
    sessions = client.get(url(page)).context["editing_sessions"]
    client.force_login(people["other_editor"])
    assert client.post(sessions.ping_url).status_code == 404


def test_a_save_over_a_newer_text_keeps_both_and_says_so(client, people, colleague) -> None:
    page = factories.story(people["editor"])
    form = opened(page)
    answer = save_itself(client, colleague, page, lead="Bản của đồng nghiệp.", **form)
    theirs = answer.json()["revision_id"]
    answer = save_itself(client, people["editor"], page, lead="Bản của tôi.", **form)
    assert answer.json()["error_code"] == "invalid_revision"
    html = save(client, people["editor"], page, lead="Bản của tôi.", **form).content.decode()
    assert f"{colleague} cũng lưu một bản của bài này" in html
    page = reload(page)
    assert page.get_latest_revision_as_object().lead == "Bản của tôi."
    assert page.revisions.get(pk=theirs).content["lead"] == "Bản của đồng nghiệp."
    compare = [page.pk, theirs, page.latest_revision_id]
    assert reverse("wagtailadmin_pages:revisions_compare", args=compare) in html
    # The colleague's tab doesn't write over mine either.
    over = {"overwrite_revision_id": theirs}
    answer = save_itself(client, colleague, page, lead="Bản sau.", **over)
    assert answer.json()["error_code"] == "invalid_revision"


def test_who_writes_alone_is_told_of_nobody(client, people) -> None:
    page = factories.story(people["editor"])
    form = opened(page)
    save_itself(client, people["editor"], page, lead="Bản đầu.", **form)
    html = save(client, people["editor"], page, lead="Bản sau.", **form).content.decode()
    assert "cũng lưu một bản" not in html


# Words kept in the browser


def test_a_browser_learns_which_of_its_copies_are_saved(client, people) -> None:
    page = factories.story(people["editor"])
    save(client, people["editor"], page, copy="abc123def456")
    assert 'data-saved="abc123def456"' in client.get(url(page)).content.decode()


@pytest.mark.parametrize("name", ["", "x" * 50, '"><script>'])
def test_only_names_of_copies_are_remembered(client, people, name) -> None:
    page = factories.story(people["editor"])
    save(client, people["editor"], page, copy=name)
    assert 'data-saved=""' in client.get(url(page)).content.decode()


def test_a_copy_that_could_not_be_saved_is_not_taken_for_saved(client, people) -> None:
    page = factories.story(people["editor"])
    tomorrow = timezone.localdate() + timedelta(days=1)
    html = save(client, people["editor"], page, copy="abc123def456", date=f"{tomorrow}")
    assert 'data-saved=""' in html.content.decode()
    assert 'name="copy" value="abc123def456"' in html.content.decode()


def test_what_one_person_opened_is_not_saved_in_the_name_of_the_next(
    client, people, colleague
) -> None:
    page = factories.story(people["editor"])
    writer = str(people["editor"].pk)
    answer = save_itself(client, colleague, page, lead="Hai mươi năm.", writer=writer)
    assert not answer.json()["success"]
    html = save(client, colleague, page, lead="Hai mươi năm.", writer=writer).content.decode()
    assert "mở bằng tài khoản khác" in html
    assert reload(page).latest_revision.user == people["editor"]


def test_only_who_is_signed_in_is_told_so(client, people) -> None:
    asked = reverse("still_signed_in")
    assert client.get(asked).status_code == 302
    client.force_login(people["editor"])
    assert client.get(asked).status_code == 200


def test_who_sends_a_text_hears_what_would_keep_it_from_being_published(client, people):
    client.force_login(people["editor"])
    page = factories.story(people["editor"], kind="individual", names_nobody=False)
    sent = client.post(url(page), posted(page) | {"action-submit": "1"}, follow=True)
    said = sent.content.decode()
    assert "Bài đã gửi, nhưng còn" in said
    whole = factories.story(people["editor"], names_nobody=True, title="Cả xóm làm đường hoa")
    sent = client.post(url(whole), posted(whole) | {"action-submit": "1"}, follow=True)
    assert "Bài đã gửi, nhưng còn" not in sent.content.decode()
