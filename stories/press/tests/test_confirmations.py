"""Corrections and withdrawals are told to each client that holds the item, and each confirms."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from accounts.audit.models import AuditEntry
from accounts.notices.models import Notice
from accounts.tests.mail_servers import Particular, mail_server, mail_server_down
from stories.press import rounds, services
from stories.press.models import PressClient, PressConfirmation, PressDelivery
from stories.press.tests import ledger, payloads
from stories.press.told import mails, reader
from stories.press.told import services as told
from stories.press.webhooks import services as hooks

pytestmark = pytest.mark.django_db
Channel = PressDelivery.Channel


@pytest.fixture
def newspaper(newspaper) -> PressClient:
    newspaper.contact_email = "toasoan@bao.example"
    newspaper.contact_name, newspaper.contact_phone = "Chị Ngân", "0210 123 456"
    newspaper.save()
    return newspaper


@pytest.fixture
def holds(newspaper):
    """The newspaper was given this release."""

    def given(release, client=newspaper, channel=Channel.FEED) -> None:
        services.record_deliveries(client_id=client.pk, seqs=[release.seq], channel=channel)

    return given


def go() -> rounds.Round:
    done = rounds.run()
    assert done.broken == []
    return done


def older(by: timedelta) -> None:
    """Time passes."""
    for row in PressConfirmation.objects.all():
        values = {
            name: getattr(row, name) - by
            for name in ("created_at", "remind_at", "mail_at")
            if getattr(row, name)
        }
        PressConfirmation.objects.filter(pk=row.pk).update(**values)


def asked() -> list[tuple[str, int]]:
    rows = PressConfirmation.objects.open().select_related("client", "release").order_by("pk")
    return [(row.client.name, row.release.version) for row in rows]


def test_those_who_hold_it_are_asked_and_nobody_else(holds, newspaper):
    first, second = ledger.story(1), ledger.story(2)
    station = PressClient.objects.create(name="dai", organisation="Đài")
    holds(first)
    holds(second, station)
    ledger.withdraw(ledger.nth(1))
    reader.catch_up()
    assert asked() == [("bao-phu-tho", 2)]


@pytest.mark.parametrize("kind", ["withheld", "canceled"])
def test_a_withdrawal_is_asked_about(holds, kind):
    holds(ledger.story(1))
    ledger.withdraw(ledger.nth(1), kind)
    reader.catch_up()
    assert asked() == [("bao-phu-tho", 2)]


def test_so_is_a_correction_and_a_picture_s_withdrawal(holds):
    holds(ledger.story(1))
    holds(ledger.publish(payloads.picture()))
    ledger.story(1, kind="correction")
    ledger.withdraw(payloads.PICTURE)
    reader.catch_up()
    assert [version for _client, version in asked()] == [2, 2]


def test_who_was_only_woken_up_or_only_has_the_notice_holds_nothing(holds):
    story = ledger.story(1)
    holds(story, channel=Channel.WEBHOOK)
    holds(ledger.withdraw(ledger.nth(1), "withheld"))
    ledger.withdraw(ledger.nth(1))
    reader.catch_up()
    assert asked() == []


@pytest.mark.parametrize("channel", ["item", "portal", "kit", "mail"])
def test_by_whatever_way_it_was_received(holds, channel):
    holds(ledger.story(1), channel=Channel(channel))
    ledger.withdraw(ledger.nth(1))
    reader.catch_up()
    assert asked() == [("bao-phu-tho", 2)]


def test_an_answer_under_way_when_the_release_came_is_not_forgotten(holds):
    story = ledger.story(1)
    ledger.withdraw(ledger.nth(1))
    reader.catch_up()
    assert asked() == []
    holds(story)  # put on record by the request that had read the ledger before
    reader.catch_up()
    assert asked() == [("bao-phu-tho", 2)]


def test_read_again_nothing_is_asked_twice(holds):
    holds(ledger.story(1))
    ledger.withdraw(ledger.nth(1))
    for _time in range(3):
        reader.catch_up()
    assert PressConfirmation.objects.count() == 1


def test_a_later_release_takes_the_place_of_an_earlier_one(holds):
    holds(ledger.story(1))
    ledger.withdraw(ledger.nth(1), "withheld")
    reader.catch_up()
    ledger.withdraw(ledger.nth(1))
    reader.catch_up()
    assert asked() == [("bao-phu-tho", 3)]
    ledger.story(2)
    assert PressConfirmation.objects.filter(superseded=True).count() == 1


def test_public_again_there_is_nothing_to_confirm(holds):
    holds(ledger.story(1))
    ledger.withdraw(ledger.nth(1), "withheld")
    reader.catch_up()
    ledger.story(1)
    reader.catch_up()
    assert asked() == []


def test_one_mail_tells_of_everything_and_names_no_withdrawn_title(holds, newspaper):
    holds(ledger.story(1, title="Chị Lan giữ nghề nón lá"))
    holds(ledger.story(2, title="Chị Hoa giữ vườn chè"))
    ledger.withdraw(ledger.nth(1), reason="Nhân vật đề nghị.")
    ledger.story(2, title="Chị Hoa giữ vườn chè cổ", kind="correction", note="Sửa tít.")
    go()
    (letter,) = mail.outbox
    assert letter.to == ["toasoan@bao.example"]
    assert letter.subject == "Đề nghị gỡ 1 mục đã nhận từ Hội LHPN tỉnh Phú Thọ"
    assert f"http://testserver/id/{ledger.nth(1)}" in letter.body
    assert "Nhân vật đề nghị." in letter.body
    assert "Chị Lan" not in letter.body
    assert "Chị Hoa giữ vườn chè cổ" in letter.body
    assert "Sửa tít." in letter.body
    row = PressConfirmation.objects.first()
    assert (row.channel, row.mail) == ("mail", "sent")
    go()
    assert len(mail.outbox) == 1


def test_who_may_not_have_it_any_more_is_mailed_the_notice_not_the_correction(holds):
    holds(ledger.story(1, title="Chị Lan giữ nghề nón lá"))
    ledger.story(
        1, title="Chị Lan làng nón", kind="correction", note="Sửa tên.", purposes=["website"]
    )
    go()
    (letter,) = mail.outbox
    assert letter.subject == "Đề nghị gỡ 1 mục đã nhận từ Hội LHPN tỉnh Phú Thọ"
    assert f"http://testserver/id/{ledger.nth(1)}" in letter.body
    for word in ("Chị Lan", "Sửa tên."):
        assert word not in letter.body


def test_a_client_without_an_address_gets_no_mail(holds, newspaper):
    PressClient.objects.update(contact_email="")
    holds(ledger.story(1))
    ledger.withdraw(ledger.nth(1))
    go()
    assert mail.outbox == []
    row = PressConfirmation.objects.get()
    assert (row.mail, row.told_at, str(row.status())) == ("none", None, "chưa báo được")


def test_while_the_mail_server_is_down_it_is_tried_again(holds, settings):
    holds(ledger.story(1))
    ledger.withdraw(ledger.nth(1))
    with mail_server_down(settings):
        assert go().failed == 1
        row = PressConfirmation.objects.get()
        assert (row.mail, row.told_at) == ("pending", None)
        assert row.mail_error == "Connection refused"
        assert row.mail_at > timezone.now()
    older(timedelta(minutes=3))
    go()
    assert PressConfirmation.objects.get().mail == "sent"
    assert len(mail.outbox) == 1


def test_an_address_that_is_refused_keeps_back_no_other(holds, settings, newspaper):
    PressClient.objects.update(contact_email="khongco@bao.example")
    station = PressClient.objects.create(
        name="dai", organisation="Đài", contact_email="tin@dai.example"
    )
    story = ledger.story(1)
    holds(story)
    holds(story, station)
    ledger.withdraw(ledger.nth(1))
    with mail_server(settings, Particular):
        go()
    found = PressConfirmation.objects.values_list("client__name", "mail")
    assert dict(found) == {"bao-phu-tho": "failed", "dai": "sent"}


def test_pulling_the_release_is_being_told_but_not_confirming(holds, pull, newspaper):
    PressClient.objects.update(contact_email="")
    holds(ledger.story(1))
    ledger.withdraw(ledger.nth(1))
    pull("/api/v1/press/feed/")
    go()
    row = PressConfirmation.objects.get()
    assert (row.channel, row.confirmed_at) == ("feed", None)
    assert row.told_at is not None


def test_taking_the_call_is_being_told(holds, newspaper, server):
    PressClient.objects.update(contact_email="")
    hooks.create_hook(client=newspaper, url=server.base)
    holds(ledger.story(1))
    ledger.withdraw(ledger.nth(1))
    go()
    assert PressConfirmation.objects.get().channel == "webhook"
    assert [json.loads(body)["data"]["kind"] for body in server.bodies] == ["usable", "canceled"]


def test_who_is_silent_is_reminded_after_4_and_24_hours_and_then_the_board_is_told(
    holds, people, server, newspaper
):
    hooks.create_hook(client=newspaper, url=server.base)
    holds(ledger.story(1))
    ledger.withdraw(ledger.nth(1))
    go()
    older(timedelta(hours=3, minutes=59))
    go()
    assert len(mail.outbox) == 1
    older(timedelta(minutes=2))
    go()
    go()
    assert len(mail.outbox) == 2
    assert mail.outbox[1].subject.startswith("Nhắc lại: ")
    go()  # the hooks are called again by the next round
    assert [json.loads(body)["data"]["kind"] for body in server.bodies][-2:] == ["canceled"] * 2
    assert not Notice.objects.filter(kind="press").exists()
    older(timedelta(hours=20))
    go()
    go()
    assert len([one for one in mail.outbox if one.to == ["toasoan@bao.example"]]) == 3
    notices = Notice.objects.filter(kind="press")
    assert {notice.user for notice in notices} == {people["board"], people["board2"]}
    assert "Báo Phú Thọ chưa xác nhận" in notices[0].subject
    assert "0210 123 456" in notices[0].text
    older(timedelta(days=5))
    go()
    assert len([one for one in mail.outbox if one.to == ["toasoan@bao.example"]]) == 3
    assert notices.count() == 2
    assert AuditEntry.objects.filter(action="press_escalated").count() == 1


def test_who_has_confirmed_is_left_alone(holds, newspaper):
    holds(ledger.story(1))
    ledger.withdraw(ledger.nth(1))
    go()
    told.confirm(
        client=newspaper, item=UUID(ledger.nth(1)), version=2, how=told.How.API, by="Chị Ngân"
    )
    older(timedelta(days=2))
    go()
    assert len(mail.outbox) == 1
    assert not Notice.objects.filter(kind="press").exists()


def test_one_notice_for_each_client_whatever_the_number_of_items(holds, people, newspaper):
    for number in range(5):
        holds(ledger.story(number))
        ledger.withdraw(ledger.nth(number))
    go()
    older(timedelta(days=2))
    go()
    notice = Notice.objects.get(kind="press", user=people["board"])
    assert "chưa xác nhận 5 lần" in notice.text


def test_two_runs_at_once_send_one_mail(holds, monkeypatch):
    holds(ledger.story(1))
    ledger.withdraw(ledger.nth(1))
    reader.catch_up()
    real = mails.compose

    def while_another_runs(*args):
        monkeypatch.setattr(mails, "compose", real)
        mails.send_due()
        return real(*args)

    monkeypatch.setattr(mails, "compose", while_another_runs)
    mails.send_due()
    assert len(mail.outbox) == 1


def test_the_link_of_the_mail_confirms_what_it_showed(holds, client, newspaper):
    holds(ledger.story(1))
    holds(ledger.story(2))
    ledger.withdraw(ledger.nth(1))
    go()
    path = re.search(r"http://testserver(/bao-chi/xac-nhan/\S+)", mail.outbox[0].body).group(1)
    page = client.get(path).content.decode()
    (shown,) = re.findall(r'name="row" value="(\d+)"', page)
    assert "Thu hồi, Bài viết" in page
    assert PressConfirmation.objects.open().exists()  # looking is not confirming
    ledger.withdraw(ledger.nth(2))
    go()
    answer = client.post(path, {"row": [shown], "who": "Nguyễn Thị Ngân"})
    assert "Đã ghi lời xác nhận" in answer.content.decode()
    row = PressConfirmation.objects.get(pk=shown)
    assert (row.confirmed_by, row.confirmed_how) == ("Nguyễn Thị Ngân", "link")
    assert PressConfirmation.objects.open().count() == 1


def test_a_link_of_another_client_or_none_confirms_nothing(holds, client, newspaper):
    from stories.press.told import links

    holds(ledger.story(1))
    ledger.withdraw(ledger.nth(1))
    go()
    row = PressConfirmation.objects.get()
    other = PressClient.objects.create(name="khac", organisation="Khác")
    client.post(links.path(other), {"row": [row.pk], "who": "x"})
    good = links.path(newspaper)
    for path in (f"{good[:-2]}/", f"/bao-chi/xac-nhan/{newspaper.pk}/"):
        assert client.post(path, {"row": [row.pk], "who": "x"}).status_code == 404
    assert asked() == [("bao-phu-tho", 2)]


def test_the_link_ends_after_sixty_days(holds, client, newspaper, monkeypatch):
    from stories.press.told import links

    path = links.path(newspaper)
    assert client.get(path).status_code == 200
    monkeypatch.setattr(links, "GOOD_FOR", timedelta(seconds=-1))
    assert client.get(path).status_code == 404


def test_the_command_goes_round_everything(holds, capsys):
    holds(ledger.story(1))
    ledger.withdraw(ledger.nth(1))
    call_command("press_round")
    assert "Đã báo 1" in capsys.readouterr().out
    assert len(mail.outbox) == 1


def test_a_part_that_breaks_does_not_stop_the_other(holds, monkeypatch):
    def broken(done):
        raise RuntimeError

    monkeypatch.setitem(rounds.PARTS, "webhooks", broken)
    holds(ledger.story(1))
    ledger.withdraw(ledger.nth(1))
    assert rounds.run().broken == ["webhooks"]
    assert len(mail.outbox) == 1
