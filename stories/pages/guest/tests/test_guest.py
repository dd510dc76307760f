"""The guest's page: read by anything that opens addresses, answered only by a person, once."""

from __future__ import annotations

import logging
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.audit.models import AuditEntry
from stories import factories
from stories.moderation import claims, guest_mail, review_links
from stories.moderation.models import Approval, ReviewLink, ReviewLinkVisit, ReviewState
from stories.moderation.tests.guests import VISITOR, approve, invite, invited, page_of
from stories.pages.models import StoryPage
from stories.releases.models import Item

pytestmark = pytest.mark.django_db

PAGE_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Frame-Options": "DENY",
}


def url(link: ReviewLink) -> str:
    return reverse("guest_review", args=[guest_mail.token(link)])


def yes(link: ReviewLink, **said) -> dict:
    return {"approve": "1", "is_me": "on", "accepted": factories.ambers(page_of(link))} | said


def no(**said) -> dict:
    return {"return": "1", "is_me": "on", "reason": "facts", "comment": "Sai số hộ."} | said


def visits() -> list[str]:
    return list(ReviewLinkVisit.objects.order_by("pk").values_list("what", flat=True))


def test_a_guest_reads_the_text_the_checklist_and_two_choices(client, people) -> None:
    link = invited(people)
    html = client.get(url(link)).content.decode()
    assert "Kính mời ông/bà Nguyễn Thị Hạnh đọc duyệt" in html
    assert "Sáng sớm ở khu 5, chị Lan đã ngồi bên khung nón." in html
    assert "Kiểm tra trước khi duyệt" in html
    assert "Tôi là Nguyễn Thị Hạnh, Phó Chủ tịch UBND xã Lâm Thao" in html
    assert "Phê duyệt và đăng" in html
    assert "Trả lại cho người viết" in html
    assert "/quan-tri/" not in html


def test_a_guest_reads_what_a_correction_changes(client, people) -> None:
    page = factories.publish(factories.story(people["editor"]), people)
    page.title, page.correction_note = "Chị Lan giữ nghề nón cọ", "Sửa tít."
    page.save_revision(user=people["editor"])
    page = factories.submit(StoryPage.objects.get(pk=page.pk), people["editor"])
    page = factories.act(page, people["reviewer"])
    link = invite(ReviewState.objects.get(pk=page.current_workflow_task_state.pk), people["board"])
    html = client.get(url(link)).content.decode()
    assert "<del>lá</del><ins>cọ</ins>" in html


def test_a_guest_approves_for_publication(client, people) -> None:
    link = invited(people)
    response = client.post(url(link), yes(link), REMOTE_ADDR="203.0.113.7", HTTP_USER_AGENT="Zalo")
    assert response.status_code == 200
    assert "Đã ghi nhận câu trả lời" in response.content.decode()
    assert page_of(link).live
    assert Approval.objects.get().route == Approval.Route.LINK
    visit = ReviewLinkVisit.objects.get()
    assert (visit.what, visit.address, visit.agent) == ("approved", "203.0.113.7", "Zalo")


def test_a_guest_of_a_unit_sends_the_text_on(client, people) -> None:
    link = invited(people, board=False)
    assert "Duyệt, gửi Ban Tuyên giáo" in client.get(url(link)).content.decode()
    client.post(url(link), yes(link))
    assert page_of(link).current_workflow_task.name == "Ban Tuyên giáo phê duyệt"
    assert not Item.objects.public().exists()


def test_a_guest_returns_the_text(client, people) -> None:
    link = invited(people)
    client.post(url(link), no())
    done = ReviewState.objects.get(pk=link.state_id)
    assert (done.status, done.reason) == ("rejected", "facts")
    assert done.comment.startswith("Sai số hộ.")
    assert visits() == ["returned"]


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_scanner_changes_nothing_but_the_log_of_visits(client, people, method) -> None:
    link = invited(people)
    before = ReviewLink.objects.values().get()
    for query in ("", "?approve=1&is_me=on", "?return=1"):
        assert getattr(client, method)(url(link) + query).status_code == 200
    assert ReviewLink.objects.values().get() == before
    assert page_of(link).current_workflow_task_state.pk == link.state_id
    assert not page_of(link).live
    assert not Approval.objects.exists()
    assert visits() == ["opened"] * 3
    assert AuditEntry.objects.filter(action="link_opened").count() == 1


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_other_methods_are_not_taken(client, people, method) -> None:
    assert getattr(client, method)(url(invited(people))).status_code == 405


@pytest.mark.parametrize("said", [yes, lambda link: no()], ids=["approve", "return"])
def test_nobody_answers_without_saying_who_they_are(client, people, said) -> None:
    link = invited(people)
    data = said(link)
    del data["is_me"]
    html = client.post(url(link), data).content.decode()
    assert "Xin đánh dấu vào ô xác nhận họ tên" in html
    assert ReviewLink.objects.get().is_open


@pytest.mark.parametrize("field", ["reason", "comment"])
def test_a_return_needs_its_reason_and_words(client, people, field) -> None:
    link = invited(people)
    html = client.post(url(link), no(**{field: ""})).content.decode()
    assert "<details open>" in html
    assert 'class="guest-error"' in html
    assert ReviewLink.objects.get().is_open


def test_a_forged_form_is_refused(people) -> None:
    """An answer comes from the page itself, even with the key in its address."""
    link = invited(people)
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post(url(link), yes(link)).status_code == 403
    assert ReviewLink.objects.get().is_open
    html = stranger.get(url(link)).content.decode()
    key = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', html)[1]
    said = yes(link, csrfmiddlewaretoken=key)
    assert stranger.post(url(link), said, headers={"Origin": "null"}).status_code == 403
    # What browsers send, since the page itself lets the origin through (a browser test looks).
    assert '<meta name="referrer" content="same-origin">' in html
    response = stranger.post(url(link), said, headers={"Origin": "http://testserver"})
    assert response.status_code == 200
    assert ReviewLink.objects.get().answer == "approved"


def test_what_is_red_or_not_ticked_is_said_and_nothing_happens(client, people) -> None:
    link = invited(people, lead="")
    response = client.post(url(link), yes(link))
    assert response.status_code == 409
    assert "Chưa có sa-pô" in response.content.decode()
    other = invited(people, title="Bài khác")
    assert client.post(url(other), yes(other, accepted=[])).status_code == 409
    assert visits() == ["refused", "refused"]
    assert ReviewLink.objects.open().count() == 2


def test_a_colleagues_claim_is_said_without_the_name(client, people) -> None:
    link = invited(people)
    claims.take(state=link.state, user=people["board2"])
    response = client.post(url(link), yes(link))
    html = response.content.decode()
    assert response.status_code == 409
    assert "Một người khác của Hội đang đọc duyệt bài này" in html
    assert "tuyengiao2" not in html


def expire(link, people):
    past = timezone.now() - timedelta(days=1)
    ReviewLink.objects.update(created_at=past - timedelta(days=3), expires_at=past)


def edit(link, people):
    page = page_of(link)
    page.lead = "Câu mở đầu khác."
    page.save_revision(user=people["editor"])


def account(link, people):
    people["other_editor"].email = link.email
    people["other_editor"].save()


CLOSED = {
    "revoked": (
        lambda link, people: review_links.revoke(link=link, user=people["board"]),
        410,
        "Liên kết đã được thu hồi",
    ),
    "answered": (lambda link, people: approve(link), 410, "Ông/bà đã trả lời bài này"),
    "expired": (expire, 410, "Liên kết đã hết hạn"),
    "step over": (
        lambda link, people: factories.act(page_of(link), people["board2"]),
        410,
        "Bài này không còn chờ ý kiến",
    ),
    "edited": (edit, 410, "Bài đã được sửa sau khi gửi ông/bà"),
    "deleted": (lambda link, people: page_of(link).delete(), 410, "không còn chờ ý kiến"),
    "inviter left": (
        lambda link, people: people["board"].groups.clear(),
        403,
        "Người mời không còn phụ trách bài này",
    ),
    "account": (account, 403, "Ông/bà đã có tài khoản"),
}


@pytest.mark.parametrize("how", CLOSED)
@pytest.mark.parametrize("method", ["get", "approve", "return"])
def test_a_link_of_no_use_says_so_courteously(client, people, how, method) -> None:
    close, status, words = CLOSED[how]
    link = invited(people)
    said = {"approve": yes(link), "return": no()}
    close(link, people)
    address = reverse("guest_review", args=[guest_mail.token(ReviewLink.objects.get(pk=link.pk))])
    before = Approval.objects.count(), ReviewLinkVisit.objects.count()
    response = client.get(address) if method == "get" else client.post(address, said[method])
    html = response.content.decode()
    assert response.status_code == status
    assert words in html
    assert "Kính gửi ông/bà Nguyễn Thị Hạnh" in html
    assert "Chị Lan" not in html
    assert Approval.objects.count() == before[0]
    assert visits()[before[1] :] == ["refused"]


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_forged_token_is_a_plain_404(client, people, method) -> None:
    token = guest_mail.token(invited(people))
    for forged in ("abc", token[:-1], token[1:], f"{token}x", "WzEsMl0.AAAA"):
        response = getattr(client, method)(f"/duyet-khach/{forged}/")
        assert response.status_code == 404
        assert "Không tìm thấy trang" in response.content.decode()
        for name, value in PAGE_HEADERS.items():
            assert response.headers[name] == value
    assert visits() == []


def test_no_page_is_kept_sent_on_found_or_loads_from_elsewhere(client, people) -> None:
    link = invited(people, lead_picture=factories.picture())
    pages = [client.get(url(link)), client.post(url(link), yes(link)), client.get(url(link))]
    assert [page.status_code for page in pages] == [200, 200, 410]
    for page in pages:
        for name, value in PAGE_HEADERS.items():
            assert page.headers[name] == value
        assert page.headers["Content-Security-Policy"].startswith("default-src 'none';")
        html = page.content.decode()
        assert "<script" not in html
        assert not re.findall(r'(?:src|srcset|href|action)="(?:https?:)?//', html)


def test_a_token_is_in_no_line_of_the_log(client, people, caplog) -> None:
    from config.logs import WithoutKeys

    caplog.handler.addFilter(WithoutKeys())
    link = invited(people)
    token = guest_mail.token(link)
    with caplog.at_level(logging.DEBUG):
        client.get(url(link))
        review_links.revoke(link=link, user=people["board"])
        client.get(url(link))
        Client(enforce_csrf_checks=True).post(url(link), no())
        client.get(f"/duyet-khach/{token}x/")
    assert "/duyet-khach/…/" in caplog.text
    assert token not in caplog.text


def test_a_visitor_without_an_address_or_with_a_long_agent_is_logged(client, people) -> None:
    link = invited(people)
    client.get(url(link), REMOTE_ADDR="", HTTP_USER_AGENT="x" * 500)
    visit = ReviewLinkVisit.objects.get()
    assert (visit.address, visit.agent) == (None, "x" * 160)


def test_opening_takes_the_same_queries_however_often_it_was_opened(client, people) -> None:
    link = invited(people, lead_picture=factories.picture())
    client.get(url(link))

    def queries() -> int:
        with CaptureQueriesContext(connection) as taken:
            assert client.get(url(link)).status_code == 200
        return len(taken)

    client.get(url(link))
    first = queries()
    for _visit in range(20):
        review_links.note(link, "opened", VISITOR)
    assert queries() == first
    assert first <= 70
