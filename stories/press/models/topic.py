"""Saved searches of the press room, and what was, or will be, told of by mail for them."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stories.press.models.person import PressPerson


class PressTopic(models.Model):
    """A question of one person, by a name of hers. `query` are the address's parameters.

    `seq` is how far the ledger was read for it.
    """

    class Mode(models.TextChoices):
        AT_ONCE = "at_once", _("Gửi thư ngay khi có bài mới")
        DAILY = "daily", _("Gộp vào một thư mỗi sáng")
        NONE = "none", _("Không gửi thư")

    person = models.ForeignKey(
        PressPerson,
        on_delete=models.CASCADE,
        related_name="topics",
        verbose_name=_("người theo dõi"),
    )
    name = models.CharField(_("tên chủ đề"), max_length=100)
    query = models.CharField(max_length=2000, blank=True)
    mode = models.CharField(_("báo tin"), max_length=8, choices=Mode.choices, default=Mode.AT_ONCE)
    created_at = models.DateTimeField(_("lưu lúc"), auto_now_add=True)
    seq = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("chủ đề theo dõi")
        verbose_name_plural = _("chủ đề theo dõi")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class PressAlert(models.Model):
    """An item told, or to be told, to one person, whichever of her topics found it: once only.

    `due_at` is when the mail may be tried; while a run has it in hand when the next run may.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("chờ gửi")
        SENT = "sent", _("đã gửi")
        DROPPED = "dropped", _("không gửi")

    person = models.ForeignKey(
        PressPerson, on_delete=models.CASCADE, related_name="alerts", verbose_name=_("người nhận")
    )
    topic = models.ForeignKey(
        PressTopic,
        on_delete=models.SET_NULL,
        null=True,
        related_name="alerts",
        verbose_name=_("chủ đề"),
    )
    item = models.ForeignKey(
        "releases.Item", on_delete=models.PROTECT, related_name="+", verbose_name=_("bài")
    )
    created_at = models.DateTimeField(_("lúc"), default=timezone.now)
    state = models.CharField(
        _("tình trạng"), max_length=8, choices=State.choices, default=State.WAITING
    )
    due_at = models.DateTimeField(_("gửi từ lúc"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("số lần gửi"), default=0)
    error = models.CharField(_("lỗi gửi thư"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("tin báo theo chủ đề")
        verbose_name_plural = _("tin báo theo chủ đề")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["due_at"], condition=models.Q(state="waiting"), name="press_alert_due"
            )
        ]
        constraints = [models.UniqueConstraint(fields=["person", "item"], name="press_alert_once")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.item_id}"
