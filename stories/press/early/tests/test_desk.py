"""Ban Tuyên giáo says when, who may have it early, sees who has it, and takes it back."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.models import Revision

from accounts.audit.actions import Action
from accounts.audit.models import AuditEntry
from stories import factories
from stories.pages.models import StoryPage
from stories.press.models import PressClient
from stories.press.tests import embargo
from stories.press.tests.embargo import TIME
from stories.releases import payload as payloads
from stories.releases.advance import services as advance
from stories.releases.models import Advance, Item

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch):
    return embargo.Clock(monkeypatch, TIME - timedelta(days=1))


def at_board(people):
    page = factories.story(people["editor"])
    return factories.act(factories.submit(page, people["editor"]), people["reviewer"])


def approve(client, page, **said):
    seen = page.get_latest_revision_as_object().content_sha256()
    data = {"approve": "1", "sha256": seen, "accepted": factories.ambers(page)} | said
    return client.post(reverse("review_page", args=[page.pk]), data, follow=True)


def test_the_approval_may_say_when(client, people, clock) -> None:
    page = at_board(people)
    client.force_login(people["board"])
    url = reverse("review_page", args=[page.pk])
    assert 'name="go_live_at"' in client.get(url).content.decode()
    for wrong in ("2026-12-19T07:59", "hôm qua"):
        approve(client, page, go_live_at=wrong)
        assert not Revision.objects.exclude(approved_go_live_at=None).exists()
    said = approve(client, page, go_live_at="2026-12-20T08:00").content.decode()
    assert "Bài sẽ tự công bố lúc 08:00 20/12/2026." in said
    row = Advance.objects.get()
    assert (row.item, row.embargoed_until) == (page.uuid, TIME)
    assert not StoryPage.objects.get(pk=page.pk).live and not Item.objects.exists()
    clock.now = TIME + timedelta(minutes=1)
    embargo.publish_due()
    assert Item.objects.get(pk=page.uuid).version == 2


def test_only_the_boards_step_may_say_when(people, clock) -> None:
    page = factories.submit(factories.story(people["editor"]), people["editor"])
    with pytest.raises(PermissionDenied):
        factories.act(page, people["reviewer"], go_live_at=TIME)
    page = at_board(people)
    for wrong in ("2026-12-20T08:00", clock.now):
        with pytest.raises(PermissionDenied):
            factories.act(page, people["board"], go_live_at=wrong)
    assert not Advance.objects.exists()


MAY_GIVE = {"board": True, "admin": False, "editor": False, "reviewer": False}


@pytest.mark.parametrize("role", MAY_GIVE)
def test_who_gives_the_right_in_the_admin(client, people, clock, role) -> None:
    made = PressClient.objects.create(name="bao", organisation="Báo")
    client.force_login(people[role])
    url = reverse("press_clients:edit", args=[made.pk])
    data = {"organisation": "Báo mới", "name": "bao", "kind": "newspaper", "digest": "off"}
    data |= {"is_active": "on"}
    client.post(url, data | {"embargo": "on"})
    made.refresh_from_db()
    assert made.embargo is MAY_GIVE[role]
    assert AuditEntry.objects.filter(action=Action.EMBARGO_RIGHT).exists() is MAY_GIVE[role]
    if role in ("board", "admin"):
        assert made.organisation == "Báo mới"


def test_the_shell_gives_it_in_the_name_of_someone_of_the_board(people, clock) -> None:
    PressClient.objects.create(name="bao", organisation="Báo")
    for by in ("quantri", "khong-ai", None):
        with pytest.raises(CommandError):
            call_command("press_key", "bao", embargo="yes", by=by)
    out = io.StringIO()
    call_command("press_key", "bao", "--embargo", "yes", "--by", "tuyengiao", stdout=out)
    assert PressClient.objects.get().embargo and "có" in out.getvalue()


def test_the_list_says_who_has_it_and_takes_it_back(client, people, clock) -> None:
    page = embargo.schedule(factories.story(people["editor"]), people)
    _made, key = embargo.client("bao-som", people, embargo=True)
    embargo.puller(key)(f"/api/v1/press/items/{page.uuid}/")
    row = Advance.objects.get()
    back = reverse("press_advance_take_back", args=[row.pk])
    client.force_login(people["editor"])
    assert client.get(reverse("press_advances:index")).status_code == 302
    client.post(back)
    assert Advance.objects.count() == 1
    client.force_login(people["board"])
    index = client.get(reverse("press_advances:index")).content.decode()
    assert page.title in index and "bao-som" in index and "08:00 20/12/2026" in index
    screen = client.get(reverse("press_advances:inspect", args=[row.pk])).content.decode()
    assert "bao-som, lần đầu lúc" in screen and back in screen
    client.post(back)
    assert Advance.objects.get(version=2).kind == "withheld"
    assert not Revision.objects.exclude(approved_go_live_at=None).exists()
    index = client.get(reverse("press_advances:index")).content.decode()
    assert page.title in index and "đã thu lại" in index


def test_the_text_goes_after_its_time_and_nothing_else_of_it(people, clock) -> None:
    page = embargo.schedule(factories.story(people["editor"]), people)
    advance.cancel(item=page.uuid, user=people["board"])
    call_command("purge_withdrawn", "--days", "0", "--dry-run", stdout=io.StringIO())
    assert not Advance.objects.filter(payload=payloads.PURGED).exists()
    clock.pass_(days=1)
    call_command("purge_withdrawn", "--days", "1", stdout=io.StringIO())
    assert [row.payload == payloads.PURGED for row in Advance.objects.all()] == [True, False]
    assert Advance.objects.get(version=1).sha256
