"""Inviting from the review screen: the link is shown once, its use is seen by all who review."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from stories import factories
from stories.moderation import guest_mail, review_links
from stories.moderation.models import ReviewLink
from stories.moderation.tests.guests import GUEST, VISITOR, approve, invite, invited, page_of
from stories.moderation.tests.reviews import waiting

pytestmark = pytest.mark.django_db


def screen(page) -> str:
    return f"/quan-tri/duyet/{page.pk}/"


def said(state, **more) -> dict:
    sha256 = state.revision.as_object().content_sha256()
    return GUEST | {"days": 3, "sha256": sha256} | more


def post(client, state, **more):
    page = state.workflow_state.content_object
    return client.post(reverse("review_invite", args=[page.pk]), said(state, **more))


def test_a_reviewer_invites_and_sees_the_link_once(
    client, people, django_capture_on_commit_callbacks
) -> None:
    state = waiting(people)
    page = state.workflow_state.content_object
    client.force_login(people["board"])
    html = client.get(screen(page)).content.decode()
    assert "Nhờ người không có tài khoản đọc duyệt" in html
    shown = re.search(r'name="sha256" value="(\w+)" id="moi-sha256"', html)[1]
    with django_capture_on_commit_callbacks(execute=True):
        response = post(client, state, sha256=shown)
    link = ReviewLink.objects.get()
    address = f"http://testserver/duyet-khach/{guest_mail.token(link)}/"
    html = response.content.decode()
    assert address in html
    assert "no-store" in response.headers["Cache-Control"]
    assert address in mail.outbox[-1].body
    html = client.get(screen(page)).content.decode()
    assert guest_mail.token(link) not in html
    assert "Nguyễn Thị Hạnh, Phó Chủ tịch UBND xã Lâm Thao" in html
    assert "Đang chờ trả lời" in html


@pytest.mark.parametrize(
    ("port", "words"), [(None, "Đã gửi thư mời"), (1, "Chưa gửi được thư mời")]
)
def test_the_reviewer_reads_whether_the_mail_left(
    client, people, settings, monkeypatch, port, words
) -> None:
    state = waiting(people)
    if port:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_PORT = port
    # A test's transaction never commits; the mail leaves before the answer, as it does for real.
    monkeypatch.setattr(transaction, "on_commit", lambda send, **options: send())
    client.force_login(people["board"])
    html = post(client, state).content.decode()
    assert words in html
    assert guest_mail.token(ReviewLink.objects.get()) in html


@pytest.mark.parametrize("who", ["editor", "reviewer", "other_reviewer", "admin"])
def test_nobody_else_invites_to_the_boards_step(client, people, who) -> None:
    client.force_login(people[who])
    post(client, waiting(people))
    assert not ReviewLink.objects.exists()


def test_nobody_invites_without_signing_in(client, people) -> None:
    assert "/login/" in post(client, waiting(people)).url
    assert not ReviewLink.objects.exists()


def test_what_will_not_do_is_said_at_its_field(client, people) -> None:
    state = waiting(people)
    client.force_login(people["board"])
    html = post(client, state, email=people["editor"].email).content.decode()
    assert "Người này có tài khoản: hãy dùng Ủy quyền." in html
    assert 'value="Nguyễn Thị Hạnh"' in html
    for field in ("name", "post", "email", "days"):
        assert 'class="desk-error"' in post(client, state, **{field: ""}).content.decode()
    assert not ReviewLink.objects.exists()


def test_a_text_that_changed_since_it_was_shown_is_not_sent(client, people) -> None:
    state = waiting(people)
    client.force_login(people["board"])
    response = post(client, state, sha256="0" * 64)
    assert response.url == screen(state.workflow_state.content_object)
    assert not ReviewLink.objects.exists()


def test_a_colleague_sees_the_visits_and_revokes(client, people) -> None:
    link = invited(people)
    review_links.note(link, "opened", VISITOR)
    client.force_login(people["board2"])
    html = client.get(screen(page_of(link))).content.decode()
    assert "mở đọc, 203.0.113.7, Mozilla/5.0 (Linux; Android 11)" in html
    response = client.post(reverse("review_link_revoke", args=[link.pk]))
    assert response.url == screen(page_of(link))
    assert "Đã thu hồi" in client.get(screen(page_of(link))).content.decode()
    assert not ReviewLink.objects.open().exists()


@pytest.mark.parametrize("who", ["editor", "reviewer", "other_reviewer", "admin"])
def test_others_do_not_revoke(client, people, who) -> None:
    link = invited(people)
    client.force_login(people[who])
    client.post(reverse("review_link_revoke", args=[link.pk]))
    assert ReviewLink.objects.open().exists()


def test_the_board_sees_who_answered_for_the_unit(client, people) -> None:
    link = approve(invited(people, board=False))
    client.force_login(people["board"])
    html = client.get(screen(page_of(link))).content.decode()
    assert "Nguyễn Thị Hạnh" in html
    assert "Đồng ý duyệt, " in html


def test_reading_is_no_way_to_invite_or_revoke(client, people) -> None:
    link = invited(people)
    client.force_login(people["board"])
    assert client.get(reverse("review_invite", args=[page_of(link).pk])).status_code == 405
    assert client.get(reverse("review_link_revoke", args=[link.pk])).status_code == 405
    assert ReviewLink.objects.open().count() == 1


def test_the_screen_takes_the_same_queries_for_one_link_and_twenty(client, people) -> None:
    link = invited(people)
    review_links.note(link, "opened", VISITOR)
    page = page_of(link)
    client.force_login(people["board"])
    client.get(screen(page))

    def queries() -> int:
        with CaptureQueriesContext(connection) as taken:
            assert client.get(screen(page)).status_code == 200
        return len(taken)

    first = queries()
    for number in range(19):
        by = people["board2" if number % 2 else "board"]
        other = invite(link.state, by, email=f"khach{number}@example.vn")
        for _visit in range(3):
            review_links.note(other, "opened", VISITOR)
    assert queries() == first
    html = client.get(screen(page)).content.decode()
    assert html.count('/thu-hoi/"') - html.count('reports/thu-hoi/"') == 20


def test_a_draft_without_a_review_takes_no_invitation(client, people) -> None:
    page = factories.story(people["editor"])
    client.force_login(people["board"])
    response = client.post(reverse("review_invite", args=[page.pk]), GUEST | {"days": 3})
    assert response.url == "/quan-tri/"
    assert not ReviewLink.objects.exists()
