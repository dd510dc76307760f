"""A client that stops pulling is noticed once; a digest brings what is new, and is a delivery."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.notices.models import Notice
from accounts.tests.mail_servers import Particular, mail_server, mail_server_down
from stories.press import rounds, services
from stories.press.models import (
    PressClient,
    PressConfirmation,
    PressDelivery,
    PressDigest,
    PressKey,
    PressWatch,
)
from stories.press.silence import digests
from stories.press.tests import ledger, payloads
from stories.press.webhooks import services as hooks

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
Digest = PressClient.Digest


@pytest.fixture(autouse=True)
def _all_day(monkeypatch) -> None:
    monkeypatch.setattr(digests, "MORNING", 0)


def go() -> rounds.Round:
    done = rounds.run()
    assert done.broken == []
    return done


def pulled(ago: timedelta) -> None:
    """The client's last pull was that long ago, and the round then saw it."""
    PressKey.objects.update(last_used_at=timezone.now() - ago)


@pytest.fixture
def board(people):
    return people["board"]


@pytest.fixture
def alarmed(board):
    """How often the board was told of silence, read or not."""

    def count() -> int:
        return Notice.objects.filter(user=board, subject="Báo Phú Thọ đã ngừng lấy tin").count()

    return count


def test_who_used_to_pull_and_stops_is_told_of_once(key, alarmed, board, newspaper):
    pulled(timedelta(days=2, hours=23))
    go()
    assert alarmed() == 0
    pulled(timedelta(days=3, minutes=1))
    go()
    go()
    assert alarmed() == 1
    notice = Notice.objects.get(user=board)
    assert notice.link == reverse("press_clients:inspect", args=[newspaper.pk])
    assert "chưa có địa chỉ liên hệ" in notice.text
    assert "không còn khóa nào" not in notice.text


def test_the_next_pull_ends_it_and_another_silence_is_told_again(key, pull, alarmed, board):
    pulled(4 * DAY)
    go()
    pull("/api/v1/press/feed/")
    go()
    assert not Notice.objects.unread().filter(user=board).exists()
    PressWatch.objects.update(seen_at=timezone.now() - 4 * DAY)
    pulled(4 * DAY)
    go()
    assert alarmed() == 2


@pytest.mark.parametrize("change", [{"is_active": False}, {"silent_after_days": None}])
def test_who_is_switched_off_or_not_watched_raises_no_alarm(key, alarmed, change):
    PressClient.objects.update(**change)
    pulled(30 * DAY)
    go()
    assert alarmed() == 0


def test_who_never_pulled_is_not_missed(key, alarmed):
    go()
    assert alarmed() == 0
    assert PressKey.objects.get().last_used_at is None


def test_who_pulls_seldom_is_given_twice_its_usual_time(key, alarmed):
    pulled(5 * DAY)
    PressWatch.objects.create(
        client=PressClient.objects.get(), seen_at=timezone.now() - 5 * DAY, rhythm=2.75 * DAY
    )
    go()
    assert alarmed() == 0
    pulled(5.6 * DAY)
    go()
    assert alarmed() == 1


def test_a_rhythm_is_learned_from_the_gaps(key):
    PressClient.objects.update(silent_after_days=None)
    for ago in (9, 7, 6.5):
        pulled(ago * DAY)
        go()
    assert PressWatch.objects.get().rhythm.days == 1  # of 2 days and half a day: slowly down


def test_who_is_called_by_a_webhook_is_silent_only_after_a_call(key, alarmed, newspaper, server):
    hooks.create_hook(client=newspaper, url=server.base)
    pulled(10 * DAY)
    go()
    assert alarmed() == 0
    ledger.story(1)
    go()
    assert alarmed() == 0
    newspaper.hooks.get().events.update(created_at=timezone.now() - 4 * DAY)
    go()
    assert alarmed() == 1


def test_a_client_without_a_live_key_is_told_so(key, board):
    services.revoke_key(key=PressKey.objects.get())
    pulled(4 * DAY)
    go()
    assert "không còn khóa nào" in Notice.objects.get(user=board).text


# Digests


@pytest.fixture
def daily(newspaper) -> PressClient:
    newspaper.contact_email, newspaper.digest = "toasoan@bao.example", Digest.DAILY
    newspaper.save()
    go()
    return newspaper


def next_day() -> None:
    PressWatch.objects.update(digest_day=timezone.localdate() - DAY)


def test_one_mail_a_day_says_what_is_new_what_is_corrected_and_what_is_taken_down(daily):
    ledger.story(1, title="Tin hôm qua")
    ledger.story(2, title="Sẽ bị gỡ")
    next_day()
    go()
    ledger.story(1, kind="correction", title="Tin hôm qua, bản đúng", note="Sửa số hộ.")
    ledger.withdraw(ledger.nth(2))
    ledger.story(3, title="Tin hôm nay")
    next_day()
    mail.outbox.clear()
    go()
    go()
    first, letter = mail.outbox  # the first asks for confirmation (`told`)
    assert "Đề nghị gỡ" in first.subject
    assert [line for line in letter.body.splitlines() if line.isupper() or "GỠ," in line] == [
        "ĐỀ NGHỊ GỠ, kể cả bản đã đăng lại",
        "ĐÍNH CHÍNH",
        "TIN MỚI",
    ]
    assert "Tin hôm qua, bản đúng\n  Sửa số hộ." in letter.body
    assert "- Tin hôm nay" in letter.body
    assert "Sẽ bị gỡ" not in letter.body
    assert f"http://testserver/id/{ledger.nth(2)}" in letter.body
    assert "\n\n\n" not in letter.body


def test_a_digest_is_a_delivery_and_who_holds_it_is_asked_to_confirm(daily):
    ledger.story(1)
    next_day()
    go()
    rows = PressDelivery.objects.values_list("item", "version", "channel")
    assert [(str(item), version, channel) for item, version, channel in rows] == [
        (ledger.nth(1), 1, "mail")
    ]
    ledger.withdraw(ledger.nth(1))
    next_day()
    go()
    assert PressConfirmation.objects.get().channel == "mail"


def test_what_is_confirmed_by_digest_alone_was_told_by_mail(daily):
    ledger.story(1)
    next_day()
    go()
    ledger.withdraw(ledger.nth(1))
    next_day()
    assert digests.send() == (1, 0)  # before the round that would ask by a mail of its own
    row = PressConfirmation.objects.get()
    assert (row.channel, row.told_at is not None, row.confirmed_at) == ("mail", True, None)


def test_nothing_new_is_no_mail_and_nothing_before_it_was_asked_for(newspaper):
    ledger.story(1)
    newspaper.contact_email, newspaper.digest = "toasoan@bao.example", Digest.DAILY
    newspaper.save()
    for _day in range(2):
        go()
        next_day()
    assert mail.outbox == []


def test_it_waits_for_the_morning(daily, monkeypatch):
    monkeypatch.setattr(digests, "MORNING", 24)
    ledger.story(1)
    next_day()
    go()
    assert mail.outbox == []


def test_it_has_what_the_client_may_have_and_no_old_stock_or_pictures(daily):
    ledger.story(1, purposes=["website"], title="Không cho báo")
    ledger.story(2, is_news=False, title="Bài cũ nhập kho")
    ledger.publish(payloads.picture())
    next_day()
    go()
    assert mail.outbox == []
    ledger.story(3, title="Được phép")
    next_day()
    go()
    assert "Được phép" in mail.outbox[0].body
    assert PressDelivery.objects.count() == 1


def test_what_is_taken_back_before_the_mail_goes_out_is_no_news(daily, settings):
    ledger.story(1, title="Bị gỡ kịp thời")
    next_day()
    with mail_server_down(settings):
        ledger.story(2, title="Còn nguyên")
        assert go().failed == 1
    ledger.withdraw(ledger.nth(1))
    PressDigest.objects.update(due_at=timezone.now())
    go()
    (letter,) = mail.outbox
    assert "Còn nguyên" in letter.body
    assert "Bị gỡ" not in letter.body
    assert ledger.nth(1) not in letter.body


def test_a_run_that_dies_loses_nothing_and_two_at_once_send_one(daily, monkeypatch):
    ledger.story(1)
    next_day()
    digests.plan()
    digests.plan()
    assert PressDigest.objects.count() == 1

    def while_another_runs(*args):
        monkeypatch.setattr(digests, "compose", real)
        digests.send()
        return real(*args)

    real = digests.compose
    monkeypatch.setattr(digests, "compose", while_another_runs)
    digests.send()
    assert len(mail.outbox) == 1
    ledger.story(2, title="Lượt bị đứt")
    next_day()
    digests.plan()
    claimed = digests._claim(PressDigest.objects.get(state="pending").pk)
    digests.send()
    assert len(mail.outbox) == 1  # in somebody's hand
    PressDigest.objects.filter(pk=claimed.pk).update(due_at=timezone.now())  # who died
    digests.send()
    assert "Lượt bị đứt" in mail.outbox[1].body
    assert (
        mail.outbox[1].extra_headers["Message-ID"] == f"<bao-chi-tong-hop-{claimed.pk}@testserver>"
    )


def test_an_address_that_is_refused_is_told_to_the_board(daily, settings, board):
    PressClient.objects.update(contact_email="khongco@bao.example")
    ledger.story(1)
    next_day()
    with mail_server(settings, Particular):
        go()
    assert PressDigest.objects.get().state == "failed"
    assert Notice.objects.get(user=board).link == reverse("press_clients:edit", args=[daily.pk])


def test_many_entries_are_several_mails(daily, monkeypatch):
    monkeypatch.setattr("stories.press.silence.content.PAGE", 2)
    for number in range(5):
        ledger.story(number)
    next_day()
    while go().sent:
        pass
    assert len(mail.outbox) == 3
    assert PressDelivery.objects.count() == 5


def test_when_silent_it_brings_what_was_not_pulled(key, board, newspaper):
    newspaper.contact_email, newspaper.digest = "toasoan@bao.example", Digest.SILENT
    newspaper.save()
    ledger.story(1, title="Tin chưa lấy")
    pulled(timedelta(minutes=5))
    go()
    assert mail.outbox == []
    pulled(4 * DAY)
    go()
    (letter,) = [one for one in mail.outbox if one.to == ["toasoan@bao.example"]]
    assert "chưa lấy" in letter.subject
    assert "Tin chưa lấy" in letter.body


def test_a_digest_needs_an_address_and_a_number_of_days(newspaper):
    newspaper.digest = Digest.DAILY
    with pytest.raises(ValidationError):
        newspaper.full_clean()
    newspaper.contact_email, newspaper.digest = "a@bao.example", Digest.SILENT
    newspaper.silent_after_days = None
    with pytest.raises(ValidationError):
        newspaper.full_clean()


def test_the_board_sees_who_pulls(client, board, key):
    client.force_login(board)
    index = reverse("press_clients:index")
    assert "chưa từng lấy" in client.get(index).content.decode()
    pulled(timedelta(minutes=1))
    go()
    assert "đang lấy" in client.get(index).content.decode()
    pulled(4 * DAY)
    go()
    assert "đã ngừng từ" in client.get(index).content.decode()
