"""Saved topics: what is new in them is told by mail, once, to those who may have it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.tests.mail_servers import mail_server_down
from stories.press.models import PressAlert, PressDelivery, PressTopic
from stories.press.room import alerts, people
from stories.press.room.tests.newsrooms import PASSWORD, ROOM, browser, mailed
from stories.press.tests import ledger, payloads
from stories.releases import finding

pytestmark = pytest.mark.django_db
TOPICS = f"{ROOM}chu-de/"
NOT_FOR_PAPERS = [p for p in payloads.PURPOSES if p != "newspaper"]


def topic(person, query: str = "", mode: str = "at_once", name: str = "Nón lá") -> PressTopic:
    data = {"name": name, "query": query, "mode": mode}
    assert browser(person).post(f"{TOPICS}luu/", data).status_code == 302
    return PressTopic.objects.order_by("-pk").first()


def told() -> list[tuple[str, int]]:
    """To whom the next round writes, and of how many items."""
    return [(message.to[0], message.body.count("/bao-chi/bai/")) for message in mailed()]


def test_what_is_new_in_a_topic_is_told_once(lan, hoa):
    ledger.story(0, title="Nón lá cũ")
    topic(lan, "q=non+la")
    topic(hoa, "group=doanh-nhan")
    topic(lan, "", name="Mọi bài")
    assert told() == []
    ledger.story(1, title="Nón lá Sai Nga")
    ledger.story(2, title="Chè đắng", group={"code": "doanh-nhan", "name": "Doanh nhân"})
    ledger.story(3, title="Bài kho cũ", is_news=False)
    messages = mailed()
    assert [message.to for message in messages] == [[lan.email], [hoa.email]]
    assert messages[0].body.count("/bao-chi/bai/") == 2
    assert "Nón lá Sai Nga" in messages[0].body
    assert messages[1].subject == "Chè đắng"
    assert f"http://testserver{ROOM}bai/{ledger.nth(2)}/" in messages[1].body
    ledger.story(1, kind="correction", title="Nón lá Sai Nga, sửa", note="Sửa tít.")
    assert told() == []
    assert PressAlert.objects.filter(state="sent").count() == 3


def test_a_mail_has_headlines_only_and_is_no_delivery(lan):
    topic(lan)
    ledger.story(1)
    (message,) = mailed()
    payload = payloads.story()
    assert payload["lead"].split(";")[0] not in message.body
    assert "Sáng nào chị Lan" not in message.body
    assert not message.attachments
    assert not PressDelivery.objects.exists()


@pytest.mark.parametrize("query", ["", "q=bai+so", "unit=08494"])
def test_what_papers_may_not_have_is_told_to_the_radio_alone(lan, hoa, query):
    topic(lan, query)
    topic(hoa, query)
    ledger.story(1, purposes=NOT_FOR_PAPERS)
    assert told() == [(hoa.email, 1)]
    ledger.story(1, kind="correction", note="Thêm đồng ý.")
    assert told() == [(lan.email, 1)]


def test_what_was_taken_back_or_narrowed_before_the_morning_is_not_told(lan):
    topic(lan, mode="daily")
    for number in range(3):
        ledger.story(number)
    assert told() == []
    ledger.withdraw(ledger.nth(0))
    ledger.story(1, kind="correction", purposes=NOT_FOR_PAPERS, note=".")
    due = PressAlert.objects.first().due_at
    assert timezone.localtime(due).hour == 6
    assert timezone.now() < due <= timezone.now() + timedelta(days=1)
    PressAlert.objects.update(due_at=timezone.now())
    (message,) = mailed()
    assert message.body.count("/bao-chi/bai/") == 1
    assert "Bài số 2" in message.body
    assert "Bài số 0" not in message.body


def test_taken_back_before_the_round_it_is_told_to_nobody(lan):
    topic(lan)
    ledger.story(1)
    ledger.withdraw(ledger.nth(1))
    assert told() == []
    assert not PressAlert.objects.exists()


@pytest.mark.parametrize("how", ["stop", "delete", "person", "client"])
def test_who_wants_no_more_or_is_out_gets_none(lan, how):
    made = topic(lan, mode="daily")
    ledger.story(1)
    alerts.catch_up()
    PressAlert.objects.update(due_at=timezone.now())
    if how == "stop":
        PressTopic.objects.update(mode="none")
    elif how == "delete":
        browser(lan).post(f"{TOPICS}{made.pk}/", {"delete": "1"})
    elif how == "person":
        lan.is_active = False
        people.change(person=lan)
    else:
        lan.client.is_active = False
        lan.client.save()
    assert told() == []
    assert PressAlert.objects.get().state == "dropped"


def test_the_mails_own_link_stops_it_by_hand_and_by_the_mailbox(lan):
    topic(lan)
    ledger.story(1)
    (message,) = mailed()
    stop = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert stop in message.body
    path = stop.removeprefix("http://testserver")
    assert "Nón lá" in Client().get(path).content.decode()
    assert PressTopic.objects.get().mode == "at_once"
    assert Client().get(path[:-3] + "x/").status_code == 404
    assert Client().post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    ledger.story(2)
    assert told() == []
    made = PressTopic.objects.get()
    browser(lan).post(f"{TOPICS}{made.pk}/", {"mode": "at_once"})
    assert told() == []
    ledger.story(3)
    assert told() == [(lan.email, 1)]


def test_a_mail_that_is_not_taken_goes_out_later_and_one_alone(lan, settings):
    topic(lan)
    ledger.story(1)
    with mail_server_down(settings):
        assert told() == []
    row = PressAlert.objects.get()
    assert (row.state, row.attempts) == ("waiting", 1)
    assert row.error
    assert told() == []
    PressAlert.objects.update(due_at=timezone.now())
    assert told() == [(lan.email, 1)]
    assert len(mail.outbox) == 1


def test_while_nothing_can_be_found_the_ledger_is_read_again(lan, monkeypatch):
    made = topic(lan, "q=non")
    ledger.story(1, title="Nón lá")

    def away(wanted):
        raise finding.Away

    with monkeypatch.context() as patched:
        patched.setattr(finding, "_finders", [away])
        assert told() == []
    made.refresh_from_db()
    assert made.seq == 0
    assert told() == [(lan.email, 1)]


def test_topics_are_ones_own(lan, chief):
    made = topic(lan, "q=non&type=story&sau=x&xau=1")
    assert made.query == "q=non&type=story"
    stranger = browser(chief)
    assert stranger.post(f"{TOPICS}{made.pk}/", {"delete": "1"}).status_code == 404
    assert "Nón lá" not in stranger.get(TOPICS).content.decode()
    mine = browser(lan).get(TOPICS).content.decode()
    assert "/bao-chi/?q=non&amp;type=story" in mine
    assert "Đang theo dõi" in browser(lan).get(f"{ROOM}?q=non&type=story").content.decode()
    browser(lan).post(f"{TOPICS}luu/", {"name": "Ảnh", "query": "type=picture", "mode": "none"})
    assert PressTopic.objects.count() == 1
    assert PASSWORD not in mine


def test_as_many_queries_for_20_new_items_as_for_one(lan, django_assert_max_num_queries):
    topic(lan, "unit=08494")
    for number in range(20):
        ledger.story(number)
    with django_assert_max_num_queries(40):
        assert told() == [(lan.email, 20)]
