"""POST /api/v1/press/confirmations/: a client says that it has done what was asked."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from accounts.audit.models import AuditEntry
from stories import factories
from stories.pages.models import Withdrawal
from stories.press import pulled, services
from stories.press.models import PressClient, PressConfirmation, PressKey
from stories.press.tests import ledger
from stories.press.told import reader
from stories.releases.models import Takedown
from stories.releases.takedown.carry_out import again

pytestmark = pytest.mark.django_db
PATH = "/api/v1/press/confirmations/"
FEED = "/api/v1/press/feed/"


@pytest.fixture
def post(key):
    client = Client()

    def call(*items: tuple[str, int], **more):
        data = {"items": [{"uuid": uuid, "version": n} for uuid, n in items]} | more
        return client.post(PATH, data, "application/json", headers={"X-API-Key": key})

    return call


@pytest.fixture
def held(pull):
    """A story that the newspaper pulled, then withdrawn."""
    ledger.story(1)
    pull(FEED)
    return ledger.withdraw(ledger.nth(1))


def test_what_is_open_is_listed_and_confirmed_once(held, pull, post):
    listed = pull(PATH)
    assert listed.headers["Cache-Control"] == "no-store"
    (one,) = listed.json()["items"]
    stamp = held.released_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert one == {
        "uuid": ledger.nth(1),
        "version": 2,
        "kind": "canceled",
        "released_at": stamp,
    }
    first = post((ledger.nth(1), 2), by="Ban thư ký").json()
    assert [item["uuid"] for item in first["confirmed"]] == [ledger.nth(1)]
    assert first["unasked"] == []
    assert post((ledger.nth(1), 2), by="Người khác").json() == first
    assert pull(PATH).json() == {"items": []}
    row = PressConfirmation.objects.get()
    assert (row.confirmed_by, row.confirmed_how) == ("Ban thư ký", "api")
    assert row.told_at == row.confirmed_at
    (entry,) = AuditEntry.objects.filter(action="press_confirmed")
    assert entry.target == f"item:{ledger.nth(1)}"
    assert json.loads(entry.data)["client"] == "bao-phu-tho"


def test_without_a_name_the_key_is_named(held, post):
    post((ledger.nth(1), 2))
    assert PressConfirmation.objects.get().confirmed_by == str(PressKey.objects.get())


def test_a_later_version_confirms_earlier_ones(pull, post):
    ledger.story(1)
    pull(FEED)
    ledger.story(1, kind="correction")
    reader.catch_up()
    ledger.withdraw(ledger.nth(1))
    assert len(post((ledger.nth(1), 3)).json()["confirmed"]) == 2
    assert not PressConfirmation.objects.filter(confirmed_at=None).exists()


def test_an_earlier_version_does_not_confirm_a_later_one(pull, post):
    ledger.story(1)
    pull(FEED)
    ledger.story(1, kind="correction")
    ledger.withdraw(ledger.nth(1))
    assert post((ledger.nth(1), 2)).json()["confirmed"] == []
    assert PressConfirmation.objects.open().count() == 1


def test_what_was_not_asked_is_named_and_the_rest_confirmed(held, post):
    ledger.story(2)
    answer = post((ledger.nth(2), 1), (ledger.nth(1), 2), (ledger.nth(9), 1)).json()
    assert len(answer["confirmed"]) == 1
    assert answer["unasked"] == [
        {"uuid": ledger.nth(2), "version": 1},
        {"uuid": ledger.nth(9), "version": 1},
    ]


def test_nobody_confirms_for_another(held, post, client):
    reader.catch_up()
    other = PressClient.objects.create(name="khac", organisation="Khác")
    key = services.create_key(client=other)[1]
    data = {"items": [{"uuid": ledger.nth(1), "version": 2}]}
    answer = client.post(PATH, data, "application/json", headers={"X-API-Key": key})
    assert answer.json()["confirmed"] == []
    assert PressConfirmation.objects.open().count() == 1
    assert client.get(PATH, headers={"X-API-Key": key}).json() == {"items": []}


@pytest.mark.parametrize(
    "data",
    [
        "",
        "[]",
        "{}",
        '{"items": []}',
        '{"items": [{"uuid": "x", "version": 1}]}',
        '{"items": [{"uuid": "0f0f0f0f-0000-4000-8000-000000000000"}]}',
        '{"items": [{"uuid": "0f0f0f0f-0000-4000-8000-000000000000", "version": 0}]}',
        '{"items": [{"uuid": "0f0f0f0f-0000-4000-8000-000000000000", "version": 1e30}]}',
        '{"items": [{"uuid": "0f0f0f0f-0000-4000-8000-000000000000", "version": 1}], "x": 1}',
        '{"items": [{"uuid": "0f0f0f0f-0000-4000-8000-000000000000", "version": 1}], "by": "\\u0000"}',
    ],
)
def test_another_body_is_refused(client, key, data):
    answer = client.post(PATH, data, "application/json", headers={"X-API-Key": key})
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_it_takes_a_key(client, held):
    data = {"items": [{"uuid": ledger.nth(1), "version": 2}]}
    assert client.post(PATH, data, "application/json").status_code == 401
    assert client.get(PATH).status_code == 401


def test_a_withdrawn_page_is_told_confirmed_and_on_paper(client, people, pull, post):
    page = factories.publish(factories.story(people["editor"]), people)
    pull(f"/api/v1/press/items/{page.uuid}/")
    page.withdraw(Withdrawal.typed("error", "Sai."), people["board"])
    takedown = Takedown.objects.get()
    part = takedown.items.get(item=page.uuid)
    step = part.steps.get(kind="press_told")
    again(takedown=takedown, user=people["board"])
    step.refresh_from_db()
    assert step.status == "failed"  # nobody has heard yet
    pull(FEED)
    again(takedown=takedown, user=people["board"])
    step.refresh_from_db()
    assert step.status == "done"
    (row,) = pulled.section(takedown).rows
    assert row[6].endswith("đọc nguồn tin")
    assert row[7] == "chưa"
    post((str(page.uuid), part.release.version), by="Chị Ngân")
    (row,) = pulled.section(takedown).rows
    assert row[7].endswith("Chị Ngân")
    client.force_login(people["board"])
    said = client.get(reverse("takedown_record", args=[takedown.pk])).content.decode()
    assert "Chị Ngân" in said
    assert "Đã xác nhận" in said


def test_what_nobody_holds_takes_no_step(people):
    page = factories.publish(factories.story(people["editor"]), people)
    page.withdraw(Withdrawal.typed("error", "Sai."), people["board"])
    assert not Takedown.objects.get().steps.filter(kind="press_told").exists()


def test_ban_tuyen_giao_writes_down_what_was_said_by_telephone(client, people, held):
    reader.catch_up()
    row = PressConfirmation.objects.get()
    client.force_login(people["board"])
    index = client.get(reverse("press_confirmations:index"), {"open": "true"}).content.decode()
    assert "Thu hồi, Bài viết" in index
    assert reverse("press_confirmations:inspect", args=[row.pk]) in index
    screen = client.get(reverse("press_confirmations:inspect", args=[row.pk])).content.decode()
    assert "Ghi lời xác nhận" in screen
    path = reverse("press_confirm_by_staff", args=[row.pk])
    client.post(path, {"who": " "})
    assert PressConfirmation.objects.open().exists()
    client.post(path, {"who": "Chị Ngân, thư ký tòa soạn"})
    row.refresh_from_db()
    assert (row.confirmed_how, row.channel) == ("staff", "staff")
    assert AuditEntry.objects.get(action="press_confirmed").actor == "tuyengiao"
    after = client.get(reverse("press_confirmations:index"), {"open": "true"}).content.decode()
    assert "Thu hồi, Bài viết" not in after


@pytest.mark.parametrize("who", ["editor", "reviewer"])
def test_unit_people_do_not(client, people, held, who):
    reader.catch_up()
    row = PressConfirmation.objects.get()
    client.force_login(people[who])
    assert client.get(reverse("press_confirmations:index")).status_code in (302, 403)
    client.post(reverse("press_confirm_by_staff", args=[row.pk]), {"who": "x"})
    assert PressConfirmation.objects.open().exists()
