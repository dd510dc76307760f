"""The menu “Báo chí”: what Ban Tuyên giáo can do with clients and keys, and others can't."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from stories.press import keys, services
from stories.press.models import PressClient, PressConfirmation, PressDelivery, PressKey
from stories.press.screens import LocalInspectView
from stories.press.tests import ledger
from stories.press.viewsets import PressGroup

pytestmark = pytest.mark.django_db
Channel = PressDelivery.Channel


@pytest.fixture
def board(client, people):
    client.force_login(people["board"])
    return client


def test_the_board_adds_a_client(board):
    answer = board.post(
        reverse("press_clients:add"),
        {
            "organisation": "Đài PT-TH",
            "name": "dai-ptth",
            "kind": "broadcaster",
            "digest": "off",
            "is_active": "on",
        },
    )
    assert answer.status_code == 302
    assert PressClient.objects.get().organisation == "Đài PT-TH"


def test_a_new_key_is_shown_once_and_never_again(board, newspaper):
    answer = board.post(reverse("press_keys:add"), {"client": newspaper.pk, "expires_at": ""})
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    plain = re.search(r'id="press-key">(\w+)<', answer.content.decode()).group(1)
    key = PressKey.objects.get()
    assert key.sha256 == keys.digest(plain)
    assert key.expires_at is not None
    for name, args in (("index", []), ("inspect", [key.pk])):
        page = board.get(reverse(f"press_keys:{name}", args=args)).content.decode()
        assert key.prefix in page
        assert plain not in page


def test_a_third_live_key_is_refused_in_the_form(board, newspaper):
    services.create_key(client=newspaper)
    services.create_key(client=newspaper)
    answer = board.post(reverse("press_keys:add"), {"client": newspaper.pk})
    assert "hai khóa đang dùng" in answer.content.decode()
    assert PressKey.objects.count() == 2


def test_revoking_keeps_the_row(board, newspaper):
    key, _plain = services.create_key(client=newspaper)
    path = reverse("press_keys:delete", args=[key.pk])
    assert "Thu hồi" in board.get(path).content.decode()
    assert board.post(path).status_code == 302
    key.refresh_from_db()
    assert key.revoked_at is not None


@pytest.mark.parametrize("who", ["board", "admin"])
def test_nobody_deletes_a_client_or_a_delivery_or_edits_a_key(client, people, who, newspaper, pull):
    ledger.story(1)
    pull("/api/v1/press/feed/")
    delivery, key = PressDelivery.objects.get(), PressKey.objects.get()
    client.force_login(people[who])
    for name, pk in (
        ("press_clients:delete", newspaper.pk),
        ("press_deliveries:delete", delivery.pk),
        ("press_deliveries:edit", delivery.pk),
        ("press_keys:edit", key.pk),
    ):
        before = str(type(delivery).objects.values_list()), PressKey.objects.values().get()
        client.post(reverse(name, args=[pk]), {"client": newspaper.pk, "expires_at": ""})
        assert (
            str(type(delivery).objects.values_list()),
            PressKey.objects.values().get(),
        ) == before
    assert PressClient.objects.exists()
    assert client.post(reverse("press_deliveries:add"), {"client": newspaper.pk}).status_code == 302
    assert PressDelivery.objects.count() == 1


@pytest.mark.parametrize("who", ["editor", "reviewer"])
def test_unit_people_do_not_see_the_press_menu(client, people, who, newspaper):
    client.force_login(people[who])
    for name in ("press_clients", "press_keys", "press_deliveries"):
        assert client.get(reverse(f"{name}:index")).status_code in (302, 403)
    assert "Báo chí" not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_the_record_of_deliveries_can_be_read_and_exported(
    board, pull, django_assert_max_num_queries
):
    for number in range(20):
        ledger.story(number)
    pull("/api/v1/press/feed/")
    with django_assert_max_num_queries(30):
        page = board.get(reverse("press_deliveries:index")).content.decode()
    assert "Bài số 7" in page
    assert "Báo Phú Thọ" in page
    export = board.get(reverse("press_deliveries:index"), {"export": "csv"})
    assert "Bài số 7" in b"".join(export.streaming_content).decode()


def test_every_screen_shows_moments_as_in_viet_nam(board, newspaper):
    views = [item.inspect_view_class for item in PressGroup.items if item.inspect_view_enabled]
    assert len(views) > 8 and all(issubclass(view, LocalInspectView) for view in views)
    at = datetime(2026, 11, 27, 18, 30, tzinfo=UTC)
    PressClient.objects.update(created_at=at)
    page = board.get(reverse("press_clients:inspect", args=[newspaper.pk])).content.decode()
    assert "01:30 28/11/2026" in page
    assert "chưa ai được mời" in page and f"?client={newspaper.pk}&amp;open=true" in page
    services.create_key(client=newspaper, expires_at=at + timedelta(days=365 * 9))
    assert "01:30 26/11/2035" in board.get(reverse("press_keys:index")).content.decode()


def test_what_is_taken_along_has_local_times_words_and_nothing_that_calculates(board, newspaper):
    release = ledger.story(1)
    services.record_deliveries(client_id=newspaper.pk, seqs=[release.seq], channel=Channel.FEED)
    withdrawal = ledger.withdraw(ledger.nth(1))
    at = datetime(2026, 11, 27, 18, 30, tzinfo=UTC)
    PressConfirmation.objects.create(
        client=newspaper,
        item_id=release.item_id,
        release=withdrawal,
        told_at=at,
        channel="mail",
        confirmed_at=at,
        confirmed_by="=1+1",
        confirmed_how="link",
    )
    export = board.get(reverse("press_confirmations:index"), {"export": "xlsx"})
    sheet = load_workbook(BytesIO(b"".join(export.streaming_content))).active
    row = dict(zip(*sheet.iter_rows(values_only=True), strict=True))
    assert row["Mã"] == ledger.nth(1)
    assert (row["Báo qua"], row["Đã báo lúc"]) == ("thư điện tử", datetime(2026, 11, 28, 1, 30))
    assert row["Xác nhận bằng cách"] == "qua liên kết trong thư"
    assert row["Người xác nhận"] == "'=1+1"
