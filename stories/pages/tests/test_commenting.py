"""What is said in comments is told to those who follow, through notices; posted as the editor does."""

from __future__ import annotations

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.models import Comment, PageSubscription
from wagtail.test.utils.form_data import inline_formset

from accounts.notices.kinds import Kind, Mode, Topic
from accounts.notices.models import Notice
from accounts.notices.services import choose
from config.tests.walls import form
from stories import factories
from stories.moderation import commenting

pytestmark = pytest.mark.django_db


def follow(page, *users) -> None:
    for user in users:
        PageSubscription.objects.create(page=page, user=user, comment_notifications=True)


@pytest.fixture
def colleague(people):
    return factories.user("cungviet.lamthao", *people["editor"].groups.all())


@pytest.fixture
def page(people):
    return factories.story(people["editor"])


def reply(text: str) -> dict:
    return inline_formset([{"text": text}])


def save(client, page, user, *comments: dict, known: int = 0, **posted) -> list:
    """Save the draft with these comments; the mails that went out."""
    client.force_login(user)
    sent = len(mail.outbox)
    said = [
        {"contentpath": "title", "position": "", "replies": inline_formset([])} | one
        for one in comments
    ]
    data = form(page, comments=inline_formset(said, initial=known), **posted)
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
    assert answer.status_code == 302
    return mail.outbox[sent:]


def test_a_comment_is_told_to_who_follows_the_page_but_not_to_who_wrote_it(
    client, people, page, colleague, django_capture_on_commit_callbacks
) -> None:
    follow(page, people["editor"], colleague)
    with django_capture_on_commit_callbacks(execute=True):
        assert save(client, page, colleague, {"text": "Cần thêm ảnh"}) == []
    (one,) = mail.outbox
    assert one.to == [people["editor"].email]
    assert one.subject.startswith("cungviet.lamthao góp ý bài “")
    assert "Góp ý mới:\n- Cần thêm ảnh\n" in one.body
    assert f"http://testserver/quan-tri/pages/{page.pk}/edit/" in one.body


def test_an_answer_is_told_to_those_in_the_thread_only(client, people, page, colleague) -> None:
    third = factories.user("nguoiba.lamthao", *people["editor"].groups.all())
    mine = Comment.objects.create(page=page, user=colleague, text="Năm nào", contentpath="title")
    other = Comment.objects.create(page=page, user=third, text="Chỗ khác", contentpath="title")
    save(
        client,
        page,
        people["editor"],
        {"id": mine.pk, "text": "Năm nào", "replies": reply("Năm nay")},
        {"id": other.pk, "text": "Chỗ khác"},
        known=2,
    )
    notice = Notice.objects.get(kind=Kind.COMMENT)
    assert notice.user == colleague
    assert "Trả lời cho “Năm nào”:\n- Năm nay" in notice.text
    assert "Chỗ khác" not in notice.text


def test_what_is_resolved_is_told_to_who_asked(client, people, page, colleague) -> None:
    asked = Comment.objects.create(page=page, user=colleague, text="Năm nào", contentpath="title")
    done = {"id": asked.pk, "text": "Năm nào", "resolved": "on"}
    save(client, page, people["editor"], done, known=1)
    assert "Đã giải quyết:\n- Năm nào" in Notice.objects.get(user=colleague).text


def test_who_may_no_longer_read_the_draft_is_not_told_what_is_said_of_it(
    client, people, page, colleague
) -> None:
    follow(page, colleague, people["other_editor"])
    colleague.groups.clear()
    save(client, page, people["editor"], {"text": "Cần thêm ảnh"})
    assert not Notice.objects.exists()


def test_comments_can_be_left_unmailed(
    client, people, page, colleague, django_capture_on_commit_callbacks
) -> None:
    follow(page, colleague)
    choose(user=colleague, modes={Topic.COMMENT: Mode.NONE})
    with django_capture_on_commit_callbacks(execute=True):
        save(client, page, people["editor"], {"text": "Cần thêm ảnh"})
    assert mail.outbox == []
    assert colleague.notices.get().kind == Kind.COMMENT


def test_a_save_without_a_comment_tells_nobody(client, people, page, colleague) -> None:
    follow(page, colleague)
    save(client, page, people["editor"])
    assert not Notice.objects.exists()


def test_the_editor_is_guarded_as_wagtails_own(client, people, page) -> None:
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert client.get(url).url.startswith(reverse("wagtailadmin_login"))
    client.force_login(people["other_editor"])
    assert client.get(url).url == reverse("wagtailadmin_home")
    missing = client.get(reverse("wagtailadmin_pages:edit", args=[10**6]))
    assert missing.status_code == 404
    assert "wagtailadmin/404.html" in {template.name for template in missing.templates}


def test_what_a_reviewer_says_of_a_part_is_told_to_the_authors(client, people, page) -> None:
    page = factories.submit(page, people["editor"])
    comment = commenting.add(
        page=page, user=people["reviewer"], contentpath="lead", text="Năm nào?"
    )
    (told,) = Notice.objects.filter(kind=Kind.COMMENT)
    assert (told.user, "Năm nào?" in told.text) == (people["editor"], True)
    commenting.reply(comment=comment, user=people["editor"], text="Năm 2026.")
    commenting.resolve(comment=comment, user=people["editor"])
    said = list(Notice.objects.filter(user=people["reviewer"], kind=Kind.COMMENT).order_by("pk"))
    assert ["Năm 2026." in said[0].text, "Đã giải quyết" in said[1].text] == [True, True]
