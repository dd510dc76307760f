"""A takedown reaches what is sent early, whatever fails on the way and whoever lost the right."""

from __future__ import annotations

from datetime import timedelta

import pytest

from media.people import services as media
from stories import factories
from stories.press import rounds
from stories.press.early.services import set_embargo
from stories.press.models import PressConfirmation, PressHookEvent
from stories.press.tests import embargo
from stories.press.tests.embargo import TIME
from stories.press.webhooks import reader as calls
from stories.press.webhooks import services as hooks
from stories.releases.advance import services as advance
from stories.releases.models import Advance, Takedown
from stories.releases.takedown.carry_out import carry_out

pytestmark = pytest.mark.django_db
FEED = "/api/v1/press/feed/"


@pytest.fixture
def clock(monkeypatch):
    return embargo.Clock(monkeypatch, TIME - timedelta(days=1))


@pytest.fixture
def woman(people):
    made = factories.person("Phùng Thị Kín")
    factories.consent(made, people["editor"])
    return made


@pytest.fixture
def page(people, clock, woman):
    return embargo.schedule(factories.story(people["editor"], named=[woman]), people)


def withdraw(woman, people) -> Takedown:
    (consent,) = woman.consents.all()
    media.withdraw_consent(consent=consent, user=people["editor"], how="phone")
    return Takedown.objects.get()


def test_who_lost_the_right_is_called_no_more_yet_hears_of_the_withdrawal(
    people, clock, page, woman
) -> None:
    paper, key = embargo.client("bao", people, embargo=True, contact_email="toasoan@bao.example")
    other, _key = embargo.client("bao-khac", people, embargo=True)
    for one in (paper, other):
        hook, _secret = hooks.create_hook(client=one, url="https://bao.example/nhan")
        type(hook).objects.filter(pk=hook.pk).update(early=0)
    calls.catch_up()
    assert embargo.puller(key)(FEED).json()["items"][0]["uuid"] == str(page.uuid)
    assert PressHookEvent.objects.open().exclude(advance=None).count() == 2

    set_embargo(client=paper, allowed=False, user=people["board"])
    assert PressHookEvent.objects.open().get().hook.client == other
    assert embargo.puller(key)(FEED).json()["items"] == []

    withdraw(woman, people)
    calls.catch_up()
    assert not PressHookEvent.objects.open().filter(hook__client=paper).exists()
    assert not rounds.run("confirmations").broken
    row = PressConfirmation.objects.get()
    assert (row.client, row.advance.kind, row.mail) == (paper, "withheld", "sent")


def test_the_step_of_a_takedown_takes_back_what_the_change_itself_did_not_see(
    people, clock, page, woman, monkeypatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(advance, "settle_all", lambda **_about: [])
        takedown = withdraw(woman, people)
        carry_out(takedown=takedown.pk, now=clock.now)
    step = takedown.steps.get(kind="early")
    assert (step.status, "chưa xong" in step.last_error) == ("failed", True)
    takedown.refresh_from_db()
    assert takedown.finished_at is None
    assert Advance.objects.get().is_standing

    clock.pass_(hours=2)
    carry_out(takedown=takedown.pk, now=clock.now)
    step.refresh_from_db()
    assert (step.status, step.last_error) == ("done", "")
    taken_back = Advance.objects.newest().get()
    assert (taken_back.kind, taken_back.takedown) == ("withheld", takedown)
