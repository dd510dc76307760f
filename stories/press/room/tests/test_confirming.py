"""Corrections and withdrawals stand on top of every page until the newsroom has confirmed them."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from stories.press import rounds, services
from stories.press.models import PressConfirmation
from stories.press.room.tests.newsrooms import ROOM, browser
from stories.press.tests import ledger, payloads
from stories.press.tests.test_entitlements import OLD

pytestmark = pytest.mark.django_db
ON_TOP = "chờ tòa soạn xác nhận"


def said(answer) -> str:
    return answer.content.decode()


def story_page(ident: str = payloads.STORY) -> str:
    return f"{ROOM}bai/{ident}/"


def confirm(client, row: PressConfirmation):
    return client.post(reverse("press_room_confirm", args=[row.pk]))


def test_a_withdrawal_stands_on_every_page_until_one_of_the_newsroom_confirms(lan, chief, hoa):
    ledger.publish(payloads.story())
    paper, colleague, radio = browser(lan), browser(chief), browser(hoa)
    paper.get(story_page())
    assert ON_TOP not in said(paper.get(ROOM))
    ledger.withdraw(payloads.STORY)
    for path in (ROOM, f"{ROOM}da-lay/", f"{ROOM}dong-nghiep/", story_page()):
        assert ON_TOP in said(colleague.get(path)), path
    assert ON_TOP not in said(radio.get(ROOM))
    row = PressConfirmation.objects.get()
    assert (row.channel, row.confirmed_at) == ("room", None)
    assert confirm(radio, row).status_code == 404
    assert confirm(browser(), row).headers["Location"].startswith(f"{ROOM}dang-nhap/")
    confirm(paper, row)
    row.refresh_from_db()
    assert (row.confirmed_by, row.confirmed_how) == (lan.name, "room")
    assert ON_TOP not in said(colleague.get(ROOM))


def test_all_that_a_page_showed_is_confirmed_by_one_button(lan, hoa):
    for number in range(5):
        ledger.story(number)
        browser(lan).get(f"{story_page(ledger.nth(number))}chep/")
    browser(hoa).get(story_page(ledger.nth(4)))
    for number in range(3):
        ledger.withdraw(ledger.nth(number))
    client = browser(lan)
    page = said(client.get(ROOM))
    assert f"Tòa soạn đã lấy: {lan.name}, sao chép" in page
    shown = [part.split('"')[0] for part in page.split('name="row" value="')[1:]]
    assert len(shown) == 3
    for number in (3, 4):
        ledger.withdraw(ledger.nth(number))
    client.get(ROOM)
    browser(hoa).get(ROOM)
    every = [row.pk for row in PressConfirmation.objects.all()]
    client.post(f"{ROOM}da-lam/", {"row": [*shown, "x", "9" * 40]})
    assert PressConfirmation.objects.exclude(confirmed_at=None).count() == 3
    client.post(f"{ROOM}da-lam/", {"row": every})
    assert PressConfirmation.objects.open().get().client == hoa.client


def test_the_page_of_what_is_withdrawn_shows_the_notice_alone(lan):
    ledger.publish(payloads.story())
    client = browser(lan)
    client.get(story_page())
    ledger.withdraw(payloads.STORY)
    page = client.get(story_page())
    assert page.status_code == 410
    assert "THU HỒI" in said(page)
    assert not any(word in said(page) for word in OLD)
    for more in ("chep/", "tai/text/", "tai/docx/"):
        assert client.get(story_page() + more).headers["Location"] == story_page()
    assert client.get(f"{ROOM}goi/{payloads.STORY}.zip").headers["Location"] == story_page()
    assert not any(word in said(client.get(ROOM)) for word in OLD)


def test_a_correction_says_what_was_mended_and_leads_there(lan):
    ledger.publish(payloads.story())
    client = browser(lan)
    client.get(f"{story_page()}chep/")
    ledger.publish(payloads.correction())
    page = said(client.get(ROOM))
    assert "Sửa số hộ: 30, không phải 13." in page
    confirm(client, PressConfirmation.objects.get())
    assert ON_TOP not in said(client.get(ROOM))


def test_a_use_no_longer_agreed_to_is_a_takedown_for_those_whom_it_concerns(lan, hoa):
    ledger.publish(payloads.story())
    paper, radio = browser(lan), browser(hoa)
    for client in (paper, radio):
        client.get(story_page())
    narrower = [p for p in payloads.PURPOSES if p != "newspaper"]
    ledger.publish(payloads.correction(purposes=narrower, note="Nhân vật rút lời."))
    page = said(paper.get(ROOM))
    assert "TẠM GỠ" in page
    assert not any(word in page for word in (*OLD, "Nhân vật rút lời"))
    assert paper.get(story_page()).status_code == 410
    assert "Nhân vật rút lời" in said(radio.get(ROOM))


def test_the_mail_goes_to_the_contact_and_to_those_who_took_it(lan, chief, paper, hoa):
    """Of a newsroom without a contact too: to whoever took it, else to all its people."""
    for number in (1, 2):
        ledger.story(number)
    browser(lan).get(f"{story_page(ledger.nth(1))}chep/")
    browser(chief).get(story_page(ledger.nth(2)))
    paper.contact_email = "Toasoan@bao.example"
    paper.save()
    browser(hoa).get(story_page(ledger.nth(1)))
    ledger.withdraw(ledger.nth(1))
    assert not rounds.run().broken
    told = {tuple(message.to): message.body for message in mail.outbox}
    assert set(told) == {("Toasoan@bao.example", lan.email), (hoa.email,)}
    assert f"Người của tòa soạn đã lấy: {lan.name}\n" in told["Toasoan@bao.example", lan.email]
    assert "đã nhận bản: 1 (" in told["Toasoan@bao.example", lan.email]
    assert set(PressConfirmation.objects.values_list("mail", "channel")) == {("sent", "mail")}

    paper.contact_email = ""
    paper.save()
    chief.is_active = False  # has left: her colleague hears of what she took
    chief.save()
    ledger.withdraw(ledger.nth(2))
    assert not rounds.run().broken
    assert mail.outbox[-1].to == [lan.email]


def test_what_the_system_took_down_stays_asked_of_who_took_it_by_hand(lan, chief, paper):
    """And of nobody, where it was only looked at."""
    for number in (1, 2):
        ledger.story(number)
    browser(lan).get(f"{story_page(ledger.nth(1))}chep/")
    browser(chief).get(story_page(ledger.nth(2)))
    for number in (1, 2):
        ledger.withdraw(ledger.nth(number))
    api, key = "/api/v1/press/confirmations/", services.create_key(client=paper)[1]
    system = Client(headers={"X-API-Key": key})
    asked = [{k: one[k] for k in ("uuid", "version")} for one in system.get(api).json()["items"]]
    assert len(asked) == 2
    for _time in range(2):
        answer = system.post(api, {"items": asked}, "application/json").json()
        assert len(answer["confirmed"]) == 2 and all(x["confirmed_at"] for x in answer["confirmed"])
    assert system.get(api).json()["items"] == []
    row = PressConfirmation.objects.open().get()
    assert (str(row.item_id), row.system_at is not None) == (ledger.nth(1), True)
    paper_page = said(browser(lan).get(ROOM))
    assert ON_TOP in paper_page and "Hệ thống của tòa soạn đã làm theo" in paper_page
    confirm(browser(lan), row)
    row.refresh_from_db()
    assert (row.confirmed_by, row.confirmed_how) == (lan.name, "room")
