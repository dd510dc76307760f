"""Comments in Wagtail's editor: they change no text, void no approval, and none is lost."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.models import Comment, PageLogEntry, TaskState

from accounts.audit.actions import Action
from accounts.audit.models import AuditEntry
from stories import factories
from stories.moderation import commenting, comments
from stories.moderation.permissions import authors
from stories.pages.models import StoryPage
from stories.pages.tests.editor_form import comment, posted

pytestmark = pytest.mark.django_db


def save(client, user, page, as_json: bool = False, **fields):
    """Post the editor's form as it was opened, with these changes."""
    data = fields.pop("data", None) or posted(page, **fields)
    client.force_login(user)
    headers = {"Accept": "application/json"} if as_json else {}
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    response = client.post(url, data, headers=headers)
    if as_json:
        assert response.json()["success"], response.json()
    else:
        assert response.status_code == 302, response.context["form"].errors
    return StoryPage.objects.get(pk=page.pk)


def remark(page, user, text: str = "Năm nào?", path: str = "title") -> Comment:
    page = StoryPage.objects.get(pk=page.pk)
    return commenting.add(page=page, user=user, contentpath=path, text=text)


def at_board(people) -> StoryPage:
    page = factories.submit(factories.story(people["editor"]), people["editor"])
    return factories.act(page, people["reviewer"])


def test_the_editor_offers_comments_on_every_field_of_the_text(client, people) -> None:
    page = factories.story(people["editor"])
    remark(page, people["reviewer"])
    client.force_login(people["editor"])
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert 'id="comments-data"' in html
    assert "N\\u0103m n\\u00e0o?" in html
    assert "Bài có 1 góp ý chưa xong" in html


def test_commenting_is_no_part_of_what_is_approved(client, people) -> None:
    page = factories.story(people["editor"])
    before = page.get_latest_revision_as_object().content_sha256()
    page = save(client, people["editor"], page, comments=[comment("Hỏi lại chị Lan.")])
    assert Comment.objects.get().text == "Hỏi lại chị Lan."
    assert page.get_latest_revision_as_object().content_sha256() == before


def test_commenting_alone_makes_no_revision_and_no_author(client, people) -> None:
    page = factories.story(people["editor"])
    revision = page.latest_revision_id
    page = save(client, people["reviewer"], page, comments=[comment("Năm nào?")])
    assert page.latest_revision_id == revision
    assert authors(page) == {people["editor"].pk}
    assert Comment.objects.get().user == people["reviewer"]


@pytest.mark.parametrize("what", ["add", "resolve", "delete"])
def test_what_is_done_to_comments_alone_voids_no_approval(client, people, what) -> None:
    page = at_board(people)
    known = remark(page, people["editor"])
    change = {
        "add": [comment(known=known), comment("Thêm một ý.")],
        "resolve": [comment(known=known, resolved="on")],
        "delete": [comment(known=known, DELETE="on")],
    }[what]
    page = save(client, people["editor"], page, comments=change)
    assert page.current_workflow_task.name == "Ban Tuyên giáo phê duyệt"
    assert TaskState.objects.filter(status=TaskState.STATUS_APPROVED).count() == 1
    assert not AuditEntry.objects.filter(action=Action.APPROVALS_VOIDED).exists()
    left = comments.open_comments(page).count()
    assert left == {"add": 2, "resolve": 0, "delete": 0}[what]


def test_a_change_of_the_text_beside_a_comment_voids_as_ever(client, people) -> None:
    page = at_board(people)
    changes = {"comments": [comment("Đã sửa.")], "lead": "Hai mươi năm."}
    page = save(client, people["editor"], page, **changes)
    assert page.current_workflow_task.name == "Đơn vị duyệt"
    assert Comment.objects.count() == 1


def test_comments_on_a_public_page_leave_it_as_it_is(client, people) -> None:
    page = factories.publish(factories.story(people["editor"]), people)
    page = save(client, people["editor"], page, comments=[comment("Cập nhật số liệu?")])
    assert page.live
    assert not page.has_unpublished_changes
    assert Comment.objects.get().text == "Cập nhật số liệu?"


def test_the_place_of_a_comment_within_its_field_is_kept(client, people) -> None:
    page = factories.story(people["editor"])
    place = '[{"key": "abc", "start": 0, "end": 4}]'
    save(client, people["editor"], page, comments=[comment("Chỗ này?", position=place)])
    draft = StoryPage.objects.get().get_latest_revision_as_object()
    assert [one.position for one in draft.wagtail_admin_comments.all()] == [place]


# Nothing is lost


def test_settled_comments_outlast_every_later_save_and_the_publication(client, people) -> None:
    page = factories.story(people["editor"])
    known = remark(page, people["reviewer"])
    commenting.resolve(comment=known, user=people["editor"])
    page = save(client, people["editor"], page, lead="Hai mươi năm.")
    factories.publish(page, people)
    known.refresh_from_db()
    assert known.resolved_by == people["editor"]


def test_a_comment_left_while_a_draft_is_being_saved_is_not_lost(people) -> None:
    page = factories.story(people["editor"])
    draft = page.get_latest_revision_as_object()
    known = remark(page, people["reviewer"])
    draft.lead = "Hai mươi năm."
    draft.save()
    draft.save_revision(user=people["editor"])
    assert comments.open_comments(page).get() == known


def test_a_comment_settled_while_a_draft_is_being_saved_stays_settled(people) -> None:
    page = factories.story(people["editor"])
    known = remark(page, people["reviewer"])
    draft = page.get_latest_revision_as_object()
    commenting.resolve(comment=known, user=people["reviewer"])
    draft.lead = "Hai mươi năm."
    draft.save_revision(user=people["editor"])
    assert not comments.open_comments(page).exists()


@pytest.mark.parametrize("meanwhile", ["settled", "deleted"])
@pytest.mark.parametrize("as_json", [False, True])
def test_a_form_opened_before_a_comment_was_settled_saves_and_revives_nothing(
    client, people, meanwhile, as_json
) -> None:
    page = factories.story(people["editor"])
    known = remark(page, people["reviewer"])
    other = remark(page, people["reviewer"], "Ai kể?", "lead")
    form = [comment(known=known, position="[1]"), comment(known=other)]
    if meanwhile == "settled":
        commenting.resolve(comment=known, user=people["reviewer"])
    else:
        known.delete()
    page = save(client, people["editor"], page, as_json, comments=form, lead="Hai mươi năm.")
    assert page.get_latest_revision_as_object().lead == "Hai mươi năm."
    assert comments.open_comments(page).get() == other
    assert Comment.objects.count() == (2 if meanwhile == "settled" else 1)


def test_a_comment_on_a_paragraph_that_is_gone_is_still_there_and_open(client, people) -> None:
    page = factories.story(people["editor"])
    known = remark(page, people["reviewer"], path="body.gone")
    page = save(client, people["editor"], page, lead="Hai mươi năm.")
    assert comments.open_comments(page).get() == known


def test_a_copy_has_none_of_the_comments(people) -> None:
    page = factories.story(people["editor"])
    remark(page, people["reviewer"])
    copy = page.copy(update_attrs={"slug": "ban-chep"}, user=people["editor"], keep_live=False)
    assert not comments.open_comments(copy).exists()
    draft = copy.get_latest_revision_as_object()
    assert not draft.wagtail_admin_comments.exists()
    draft.save_revision(user=people["editor"])
    assert Comment.objects.get().page_id == page.pk


def test_comments_go_with_their_page(people) -> None:
    page = factories.story(people["editor"])
    remark(page, people["reviewer"])
    page.delete()
    assert not Comment.objects.exists()


def test_nobody_alters_the_words_of_another(client, people) -> None:
    page = factories.story(people["editor"])
    known = remark(page, people["reviewer"])
    client.force_login(people["editor"])
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    for change in ({"text": "Không có gì."}, {"DELETE": "on"}):
        client.post(url, posted(page, comments=[comment(known=known, **change)]))
    known.refresh_from_db()
    assert known.text == "Năm nào?"


def test_settling_in_the_editor_is_on_the_page_record_and_in_the_audit_trail(
    client, people
) -> None:
    page = factories.story(people["editor"])
    known = remark(page, people["reviewer"])
    save(client, people["editor"], page, comments=[comment(known=known, resolved="on")])
    logged = PageLogEntry.objects.filter(action__startswith="wagtail.comments")
    assert {one.action.rpartition(".")[2]: one.user for one in logged} == {
        "create": people["reviewer"],
        "resolve": people["editor"],
    }
    acts = AuditEntry.objects.filter(action__startswith="comment_").order_by("seq")
    assert [(one.action, one.actor) for one in acts] == [
        (Action.COMMENT_ADDED, people["reviewer"].username),
        (Action.COMMENT_SETTLED, people["editor"].username),
    ]
    assert "Năm nào" not in "".join(one.data for one in acts)
