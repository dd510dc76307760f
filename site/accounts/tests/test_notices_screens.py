"""The screens of notices: one's own only; the account page; the way out of mails."""

from __future__ import annotations

import json
import re

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from accounts.notices import optout, selectors
from accounts.notices.kinds import Kind, Mode, Topic
from accounts.notices.models import Notice
from accounts.notices.services import choose, tell
from stories import factories

pytestmark = pytest.mark.django_db
LIST = "/quan-tri/thong-bao/"


def told(user, kind: Kind = Kind.RETURNED, **said) -> Notice:
    values = {"subject": "Trả lại để sửa", "text": "Sửa năm <b>2026</b>.", "link": ""} | said
    return tell(users=[user], kind=kind, **values)[0]


@pytest.fixture
def editor(client, people):
    """Signed in."""
    client.force_login(people["editor"])
    return people["editor"]


# -- in the admin -------------------------------------------------------------------------------


def test_the_list_shows_ones_own_newest_first_and_marks_what_is_unread(client, people, editor):
    told(editor, subject="Tin cũ")
    Notice.objects.update(read_at="2026-01-01T00:00Z")
    told(editor, subject="Tin mới")
    told(people["other_editor"], subject="Tin của người khác")
    html = client.get(LIST).text
    assert html.index("Tin mới") < html.index("Tin cũ")
    assert html.count("Chưa đọc") == 1
    assert "1 thông báo chưa đọc" in html
    assert "Tin của người khác" not in html
    assert "&lt;b&gt;2026&lt;/b&gt;" in html


def test_opening_one_marks_it_as_read_and_leads_there(client, editor) -> None:
    page = factories.story(editor)
    link = reverse("wagtailadmin_pages:edit", args=[page.pk])
    notice = told(editor, link=link)
    answer = client.get(reverse("notices_open", args=[notice.pk]))
    assert answer.url == link
    assert client.get(link).status_code == 200
    assert not Notice.objects.unread().exists()


@pytest.mark.parametrize("gone", ["page", "screen", "none"])
def test_a_link_gone_stale_shows_what_the_notice_said(client, editor, gone) -> None:
    page = factories.story(editor)
    link = {
        "page": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "screen": "/quan-tri/khong-con/",
        "none": "",
    }[gone]
    notice = told(editor, link=link)
    Page.objects.get(pk=page.pk).delete()
    answer = client.get(reverse("notices_open", args=[notice.pk]))
    assert answer.status_code == 200
    assert "Sửa năm" in answer.text
    assert ("không còn nữa" in answer.text) is (gone != "none")


def test_a_text_that_is_no_longer_ones_own_is_refused_politely(client, people, editor) -> None:
    page = factories.story(people["other_editor"], unit_code=factories.VIET_TRI)
    notice = told(editor, link=reverse("wagtailadmin_pages:edit", args=[page.pk]))
    answer = client.get(reverse("notices_open", args=[notice.pk]), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("wagtailadmin_home")
    assert answer.status_code == 200


def test_anothers_notice_is_not_found_and_stays_unread(client, people, editor) -> None:
    notice = told(people["other_editor"])
    assert client.get(reverse("notices_open", args=[notice.pk])).status_code == 404
    client.post(reverse("notices_read"))
    assert Notice.objects.unread().count() == 1


def test_all_are_marked_as_read_at_once_by_a_post_only(client, editor) -> None:
    for _one in range(3):
        told(editor)
    assert client.get(reverse("notices_read")).status_code == 405
    assert Notice.objects.unread().count() == 3
    assert client.post(reverse("notices_read")).url == LIST
    assert not Notice.objects.unread().exists()


def test_a_visitor_is_asked_to_sign_in(client, people) -> None:
    for url in (LIST, reverse("notices_open", args=[1])):
        assert client.get(url).url.startswith(reverse("wagtailadmin_login"))


def test_the_list_costs_the_same_for_one_and_for_twenty(
    client, editor, django_assert_num_queries
) -> None:
    told(editor)
    client.get(LIST)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(LIST)
    for _one in range(45):
        told(editor)
    with django_assert_num_queries(len(few)):
        html = client.get(LIST).text
    assert html.count('class="unread"') == 20
    assert "Trang 1 trên 3" in html
    assert client.get(LIST, {"p": "3"}).text.count('class="unread"') == 6


def test_the_menu_tells_how_many_are_unread_in_one_query(client, editor) -> None:
    def menu() -> tuple[str, int]:
        with CaptureQueriesContext(connection) as asked:
            html = client.get(reverse("wagtailadmin_account")).text
        label = re.search(r'"name": "notices", "label": ("[^"]*")', html)[1]
        queries = [one for one in asked if '"accounts_notice"' in one["sql"]]
        return json.loads(label), len(queries)

    assert menu() == ("Thông báo", 1)
    for _one in range(3):
        told(editor)
    assert menu() == ("Thông báo (3)", 1)


def test_the_home_page_shows_the_five_newest_unread(client, editor) -> None:
    home = reverse("wagtailadmin_home")
    assert "Thông báo chưa đọc" not in client.get(home).text
    for number in range(7):
        told(editor, subject=f"Tin số {number}")
    shown = re.findall(r">Tin số (\d)<", client.get(home).text)
    assert shown == ["6", "5", "4", "3", "2"]
    client.post(reverse("notices_read"))
    assert "Thông báo chưa đọc" not in client.get(home).text


# -- the account page ---------------------------------------------------------------------------


def account(client, **chosen: str):
    """Post the account page as its form does."""
    data = {
        "name_email-first_name": "Lan",
        "name_email-last_name": "Nguyễn",
        "name_email-email": "lan@example.vn",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
        "theme-keyboard_shortcuts": "on",
    }
    data |= {f"notices-{topic}": chosen.get(topic, Mode.AT_ONCE) for topic in Topic}
    return client.post(reverse("wagtailadmin_account"), data)


def test_mails_are_chosen_in_one_place_which_says_that_takedowns_come(client, editor) -> None:
    html = client.get(reverse("wagtailadmin_account")).text
    for topic in Topic:
        assert str(topic.label) in html
        assert html.count(f'name="notices-{topic}"') == 3
    assert "Riêng khi có bài bị gỡ khỏi trang công khai, thư luôn được gửi ngay" in html
    assert "submitted_notifications" not in html
    assert "approved_notifications" not in html


def test_what_was_chosen_is_kept_and_shown(client, editor) -> None:
    assert account(client, review="none", returned="digest").status_code == 302
    modes = selectors.modes(editor)
    assert (modes[Topic.REVIEW], modes[Topic.RETURNED]) == (Mode.NONE, Mode.DIGEST)
    assert modes[Topic.COMMENT] == Mode.AT_ONCE
    html = client.get(reverse("wagtailadmin_account")).text
    assert re.search(r'name="notices-review" value="none"[^>]* checked', html)
    assert account(client, review="khác").status_code == 200
    assert selectors.modes(editor)[Topic.REVIEW] == Mode.NONE


def test_who_has_no_address_reads_why_no_mail_comes(client, editor) -> None:
    editor.email = ""
    editor.save()
    assert "chưa có địa chỉ thư" in client.get(reverse("wagtailadmin_account")).text


def test_the_account_page_is_for_those_of_the_admin(client) -> None:
    answer = client.get(reverse("wagtailadmin_account"))
    assert answer.url.startswith(reverse("wagtailadmin_login"))


# -- the way out of mails -----------------------------------------------------------------------


@pytest.fixture
def mailed(people, django_capture_on_commit_callbacks):
    """Tell the editor, and give back the mail."""

    def run(kind: Kind):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            told(people["editor"], kind=kind)
        return mail.outbox[0] if mail.outbox else None

    return run


def way_out(message) -> str:
    """The address in the header; the same is in the text."""
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    url = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert f"\n{url}\n" in message.body
    assert url.startswith("http://testserver/thong-bao/thoi/")
    return url.removeprefix("http://testserver")


def off(user) -> set[Topic]:
    return {topic for topic, mode in selectors.modes(user).items() if mode == Mode.NONE}


def test_a_mail_scanner_that_opens_the_link_stops_nothing(people, mailed) -> None:
    url = way_out(mailed(Kind.RETURNED))
    for method in ("get", "head"):
        assert getattr(Client(), method)(url).status_code == 200
    assert off(people["editor"]) == set()
    assert mailed(Kind.RETURNED)


def test_the_button_stops_that_topic_without_signing_in(people, mailed) -> None:
    url = way_out(mailed(Kind.RETURNED))
    visitor = Client(enforce_csrf_checks=True)
    page = visitor.get(url)
    assert page.text.count("<button") == 1
    assert "Bài được trả lại để sửa" in page.text
    assert page["X-Robots-Tag"] == "noindex"
    done = visitor.post(url)
    assert "Đã thôi gửi thư" in done.text
    assert off(people["editor"]) == {Topic.RETURNED}
    assert mailed(Kind.RETURNED) is None
    assert mailed(Kind.COMMENT)
    assert people["editor"].notices.count() == 3  # in the admin all the same


def test_a_mailbox_stops_it_by_one_click(people, mailed) -> None:
    url = way_out(mailed(Kind.REMINDER))
    box = Client(enforce_csrf_checks=True)
    for _twice in range(2):
        answer = box.post(url, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers
    assert off(people["editor"]) == {Topic.REVIEW}


def test_the_link_in_a_takedowns_mail_stops_all_but_takedowns(client, people, mailed) -> None:
    url = way_out(mailed(Kind.TAKEDOWN))
    assert "trừ khi có bài bị gỡ" in client.get(url).text
    client.post(url)
    assert off(people["editor"]) == set(Topic)
    assert mailed(Kind.RETURNED) is None
    assert mailed(Kind.TAKEDOWN)


def test_the_link_in_a_morning_mail_stops_what_comes_by_it(client, people) -> None:
    choose(user=people["editor"], modes={Topic.COMMENT: Mode.DIGEST})
    client.post(optout.path(people["editor"], optout.DIGEST))
    assert off(people["editor"]) == {Topic.COMMENT}


@pytest.mark.parametrize("token", ["1-all.sai", "x", "{pk}-all", "{pk}-all.{signature}x"])
def test_a_forged_link_stops_nothing(client, people, token) -> None:
    pk = people["editor"].pk
    good = optout.path(people["editor"], "returned").split("/")[-2]
    url = reverse("notices_stop", args=[token.format(pk=pk, signature=good.split(".")[1])])
    for answer in (client.get(url), client.post(url)):
        assert answer.status_code == 404
        assert "Liên kết này không dùng được" in answer.text
    assert off(people["editor"]) == set()


def test_the_link_of_an_account_that_is_gone_is_not_found(client, people) -> None:
    user = factories.user("tam")
    url = optout.path(user, "all")
    user.delete()
    assert client.post(url).status_code == 404
