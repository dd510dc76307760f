"""Who has to hear that what they hold was corrected or taken back, and who said that they did.

```mermaid
stateDiagram-v2
    [*] --> asked: the ledger was read
    asked --> told: pulled, called or mailed
    told --> confirmed: by the API, by the mail's link, or written down by Ban Tuyên giáo
    asked --> confirmed
    told --> told: the newsroom's system has done it, its people took the item too
    told --> superseded: a later release of the item asks for its own
    asked --> superseded
    asked --> escalated: 24 hours
    told --> escalated: 24 hours
    escalated --> confirmed
```
No title and no text is in it.
"""

from __future__ import annotations

from django.contrib import admin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stories.press.models.client import PressClient
from stories.releases.models import Advance, Release


class ConfirmationQuerySet(models.QuerySet["PressConfirmation"]):
    def open(self) -> ConfirmationQuerySet:
        """Still to be confirmed."""
        return self.filter(confirmed_at=None, superseded=False)

    def open_to_systems(self) -> ConfirmationQuerySet:
        """Of these what the client's system hasn't said that it has done."""
        return self.open().filter(system_at=None)

    def to_mail(self, now) -> ConfirmationQuerySet:
        return self.open().filter(mail=PressConfirmation.Mail.PENDING, mail_at__lte=now)


class PressConfirmation(models.Model):
    """One client that holds an item, and one correction or withdrawal of that item: a `release`, or
    of what was sent before its time an `advance`.

    `system_at` is when the client's system said that it has done it, while its people, who took the
    item in the press room, haven't yet: what lies in their computers no system takes away.
    `remind_at` is when the next reminder goes out, None after the last; `mail_at` when the mail
    that is PENDING may be tried, while a run has it in hand when the next run may.
    """

    class Channel(models.TextChoices):
        FEED = "feed", _("đọc nguồn tin")
        WEBHOOK = "webhook", _("webhook")
        MAIL = "mail", _("thư điện tử")
        ROOM = "room", _("phòng báo chí")
        STAFF = "staff", _("Ban Tuyên giáo liên hệ")

    class How(models.TextChoices):
        API = "api", _("qua API")
        LINK = "link", _("qua liên kết trong thư")
        ROOM = "room", _("trong phòng báo chí")
        STAFF = "staff", _("Ban Tuyên giáo ghi lại")

    class Mail(models.TextChoices):
        PENDING = "pending", _("chờ gửi")
        SENT = "sent", _("đã gửi")
        NONE = "none", _("không có địa chỉ")
        FAILED = "failed", _("không gửi được")

    client = models.ForeignKey(
        PressClient, on_delete=models.PROTECT, related_name="+", verbose_name=_("cơ quan")
    )
    item = models.ForeignKey(
        "releases.Item",
        null=True,
        db_constraint=False,  # as of `PressDelivery`
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("bài, ảnh"),
    )
    release = models.ForeignKey(
        "releases.Release",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("lần phát hành"),
    )
    advance = models.ForeignKey(
        "releases.Advance",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("lần gửi trước"),
    )
    created_at = models.DateTimeField(_("ghi lúc"), default=timezone.now)
    told_at = models.DateTimeField(_("đã báo lúc"), null=True)
    channel = models.CharField(_("báo qua"), max_length=8, choices=Channel.choices, blank=True)
    system_at = models.DateTimeField(_("hệ thống của cơ quan đã làm theo lúc"), null=True)
    confirmed_at = models.DateTimeField(_("đã xác nhận lúc"), null=True)
    confirmed_by = models.CharField(_("người xác nhận"), max_length=200, blank=True)
    confirmed_how = models.CharField(
        _("xác nhận bằng cách"), max_length=8, choices=How.choices, blank=True
    )
    superseded = models.BooleanField(_("đã có bản mới hơn"), default=False)
    reminders = models.PositiveSmallIntegerField(_("số lần nhắc"), default=0)
    remind_at = models.DateTimeField(_("nhắc lúc"), null=True)
    escalated_at = models.DateTimeField(_("báo Ban Tuyên giáo lúc"), null=True)
    mail = models.CharField(_("thư"), max_length=8, choices=Mail.choices, default=Mail.PENDING)
    mail_at = models.DateTimeField(_("gửi thư từ lúc"), default=timezone.now)
    mail_attempts = models.PositiveSmallIntegerField(_("số lần gửi thư"), default=0)
    mail_error = models.CharField(_("lỗi gửi thư"), max_length=300, blank=True)

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        verbose_name = _("lời báo và xác nhận")
        verbose_name_plural = _("lời báo và xác nhận")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["client", "item"],
                condition=models.Q(confirmed_at=None, superseded=False),
                name="press_confirmation_open",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["client", "release"], name="press_confirmation_once"),
            models.UniqueConstraint(
                fields=["client", "advance"], name="press_confirmation_early_once"
            ),
            models.CheckConstraint(
                condition=models.Q(release=None, advance__isnull=False)
                | models.Q(release__isnull=False, advance=None),
                name="press_confirmation_of_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.client}: {self.about()}"

    @property
    def cause(self) -> Release | Advance:
        """What is to be confirmed: a release, or what was sent early and changed or taken back."""
        return self.release or self.advance

    @property
    def type_words(self) -> str:
        """“Bài viết”, “Ảnh”."""
        return str((self.item or self.advance).get_type_display())

    @admin.display(description=_("việc"))
    def about(self) -> str:
        """For people: “Thu hồi, Bài viết 1f0c3a2b…, bản 2” (no title: it may be withdrawn)."""
        said = _("%(kind)s, %(type)s %(uuid)s…, bản %(n)d") % {
            "kind": self.cause.get_kind_display(),
            "type": self.type_words,
            "uuid": str(self.item_id)[:8],
            "n": self.cause.version,
        }
        return _("%(what)s (gửi trước)") % {"what": said} if self.advance_id else said

    @admin.display(description=_("tình trạng"))
    def status(self) -> str:
        if self.confirmed_at is not None:
            return str(_("đã xác nhận"))
        if self.superseded:
            return str(_("đã có bản mới hơn"))
        if self.told_at is None:
            return str(_("chưa báo được"))
        if self.system_at is not None:
            return str(_("hệ thống đã làm theo, chờ người của cơ quan xác nhận"))
        return str(_("đã báo, chờ xác nhận"))


class ConfirmationOffset(models.Model):
    """How far the ledger, and what is sent early, have been read for confirmations: one row."""

    seq = models.BigIntegerField(default=0)
    early = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.seq)
