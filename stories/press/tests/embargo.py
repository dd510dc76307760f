"""What is approved for a time to come, a clock that stands still, clients with and without right."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from stories import factories
from stories.press import services
from stories.press.early.services import set_embargo
from stories.press.models import PressClient

TIME = datetime(2026, 12, 20, 1, 0, tzinfo=UTC)  # 08:00 in Việt Nam
LINE = "CẤM SỬ DỤNG TRƯỚC 08:00 ngày 20/12/2026 (giờ Việt Nam)"


class Clock:
    """`django.utils.timezone.now` in a test: whatever it is set to."""

    def __init__(self, monkeypatch, now: datetime) -> None:
        self.now = now
        monkeypatch.setattr(timezone, "now", lambda: self.now)

    def pass_(self, **duration: float) -> None:
        self.now += timedelta(**duration)


def schedule(page, people, at: datetime = TIME):
    """The draft, approved by Ban Tuyên giáo to be published at that time."""
    draft = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.go_live_at = at
    draft.save_revision(user=people["editor"])
    return factories.publish(type(page).objects.get(pk=page.pk), people)


def publish_due() -> str:
    """A run of `publish_scheduled`; what it complained of."""
    complaints = io.StringIO()
    call_command("publish_scheduled", stdout=io.StringIO(), stderr=complaints)
    return complaints.getvalue()


def client(name: str, people, *, embargo: bool = False, **fields) -> tuple[PressClient, str]:
    """A press client and its key."""
    made = PressClient.objects.create(name=name, organisation=name, **fields)
    if embargo:
        set_embargo(client=made, allowed=True, user=people["board"])
    return made, services.create_key(client=made)[1]


def puller(key: str) -> Callable[..., HttpResponse]:
    def call(path: str, params: dict | None = None, **more) -> HttpResponse:
        return Client().get(path, params, headers={"Authorization": f"Bearer {key}"}, **more)

    return call


def body(response) -> bytes:
    return b"".join(response) if response.streaming else response.content
