"""Addresses of press clients that are woken up when something was released.

```mermaid
stateDiagram-v2
    [*] --> waiting: the ledger was read
    waiting --> sent: answered 2xx
    waiting --> failed
    failed --> sent: tried again, later each time
    failed --> dead: after three days, or the hook was switched off
    dead --> waiting: sent again by hand
    sent --> waiting: sent again by hand
```
"""

from __future__ import annotations

import uuid
from datetime import datetime

from django.contrib import admin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stories.press.models.client import PressClient
from stories.releases.models import Advance, Release


class PressHookQuerySet(models.QuerySet["PressHook"]):
    def active(self) -> PressHookQuerySet:
        """Switched on, and of a client that is."""
        return self.filter(is_active=True, client__is_active=True)


class PressHook(models.Model):
    """One address of one client. `seq` is how far the ledger was read for it, `early` what is sent
    before its time.

    Both secrets sign until `previous_until`, while the client changes over. They can't be digests,
    since we sign with them.
    """

    client = models.ForeignKey(
        PressClient, on_delete=models.PROTECT, related_name="hooks", verbose_name=_("cơ quan")
    )
    url = models.URLField(
        _("địa chỉ nhận"),
        max_length=500,
        help_text=_("Bắt đầu bằng https://. Chỉ nhận lời báo có tin mới, không nhận nội dung."),
    )
    secret = models.CharField(max_length=80, editable=False)
    previous_secret = models.CharField(max_length=80, blank=True, editable=False)
    previous_until = models.DateTimeField(
        _("khóa ký cũ dùng đến"), null=True, blank=True, editable=False
    )
    is_active = models.BooleanField(_("đang bật"), default=True, editable=False)
    created_at = models.DateTimeField(_("ngày đăng ký"), auto_now_add=True)
    seq = models.BigIntegerField(default=0, editable=False)
    early = models.BigIntegerField(default=0, editable=False)
    last_ok_at = models.DateTimeField(_("nhận được gần nhất"), null=True, editable=False)
    failing_since = models.DateTimeField(_("không nhận được từ"), null=True, editable=False)
    switched_off_at = models.DateTimeField(_("tắt lúc"), null=True, editable=False)

    objects = PressHookQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhook")
        ordering = ["client__organisation", "pk"]
        constraints = [models.UniqueConstraint(fields=["client", "url"], name="press_hook_once")]

    def __str__(self) -> str:
        return f"{self.client}: {self.url}"

    @admin.display(description=_("tình trạng"))
    def status(self) -> str:
        """For people: đang bật, đang bật (chưa nhận được), đã tắt."""
        if not self.is_active:
            return str(_("đã tắt"))
        return str(_("đang bật, chưa nhận được") if self.failing_since else _("đang bật"))

    def secrets(self, now: datetime) -> list[str]:
        """Those that sign now, the newest first."""
        old = self.previous_secret and self.previous_until and self.previous_until > now
        return [self.secret, self.previous_secret] if old else [self.secret]


class PressHookEventQuerySet(models.QuerySet["PressHookEvent"]):
    def open(self) -> PressHookEventQuerySet:
        return self.filter(state__in=PressHookEvent.OPEN)

    def due(self, now: datetime) -> PressHookEventQuerySet:
        return self.open().filter(next_at__lte=now)


class PressHookEvent(models.Model):
    """One call of one hook: about a release, what was sent early, or (without either) a trial.

    `since` is when it began to wait, anew when it is sent again by hand.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("chờ gửi")
        SENT = "sent", _("đã nhận")
        FAILED = "failed", _("chưa được, sẽ gửi lại")
        DEAD = "dead", _("thôi gửi")

    OPEN = (State.WAITING, State.FAILED)

    uuid = models.UUIDField(_("mã"), default=uuid.uuid4, unique=True, editable=False)
    hook = models.ForeignKey(
        PressHook, on_delete=models.PROTECT, related_name="events", verbose_name=_("webhook")
    )
    release = models.ForeignKey(
        "releases.Release",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("lần phát hành"),
    )
    advance = models.ForeignKey(
        "releases.Advance",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("lần gửi trước"),
    )
    state = models.CharField(
        _("tình trạng"), max_length=8, choices=State.choices, default=State.WAITING
    )
    attempts = models.PositiveSmallIntegerField(_("số lần gửi"), default=0)
    created_at = models.DateTimeField(_("lúc"), default=timezone.now)
    since = models.DateTimeField(default=timezone.now)
    next_at = models.DateTimeField(_("gửi từ lúc"), default=timezone.now)
    sent_at = models.DateTimeField(_("nhận lúc"), null=True)
    last_status = models.PositiveSmallIntegerField(_("mã trả lời"), null=True)
    last_error = models.CharField(_("lỗi gần nhất"), max_length=300, blank=True)

    objects = PressHookEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("lượt gọi webhook")
        verbose_name_plural = _("lượt gọi webhook")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "next_at"], name="press_hook_event_due")]
        constraints = [
            models.UniqueConstraint(fields=["hook", "release"], name="press_hook_event_once"),
            models.UniqueConstraint(fields=["hook", "advance"], name="press_hook_event_early_once"),
        ]

    def __str__(self) -> str:
        return self.message_id

    @property
    def cause(self) -> Release | Advance | None:
        """What the call is about; None for a trial."""
        return self.release or self.advance

    @property
    def message_id(self) -> str:
        """The same however often it is sent: by it the client knows what it had already."""
        return f"msg_{self.uuid.hex}"

    @admin.display(description=_("việc"))
    def about(self) -> str:
        """For people: “Đính chính, Bài viết 1f0c3a2b…, bản 2” (no title: it may be withdrawn)."""
        if (release := self.cause) is None:
            return str(_("gửi thử"))
        return _("%(kind)s, %(type)s %(uuid)s…, bản %(n)d") % {
            "kind": release.get_kind_display(),
            "type": (self.advance or release.item).get_type_display(),
            "uuid": str(release.item_id)[:8],
            "n": release.version,
        }
