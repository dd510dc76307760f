"""Anyone's subscriptions to the column's open feeds (W3C WebSub), and those asked for."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class HubWish(models.Model):
    """What the hub was asked for and the callback hasn't confirmed yet; gone once it answered."""

    class Mode(models.TextChoices):
        SUBSCRIBE = "subscribe", _("đăng ký")
        UNSUBSCRIBE = "unsubscribe", _("thôi đăng ký")

    mode = models.CharField(_("việc"), max_length=12, choices=Mode.choices)
    topic = models.CharField(_("nguồn tin"), max_length=200)
    callback = models.CharField(_("địa chỉ nhận"), max_length=500)
    host = models.CharField(_("máy chủ"), max_length=253, db_index=True)
    secret = models.CharField(max_length=200, blank=True)
    lease_seconds = models.PositiveIntegerField(_("số giây"))
    created_at = models.DateTimeField(_("lúc"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("số lần hỏi"), default=0)
    next_at = models.DateTimeField(_("hỏi từ lúc"), default=timezone.now)

    class Meta:
        verbose_name = _("yêu cầu đăng ký nguồn tin")
        verbose_name_plural = _("yêu cầu đăng ký nguồn tin")
        constraints = [
            models.UniqueConstraint(fields=["topic", "callback"], name="press_hub_wish_once")
        ]

    def __str__(self) -> str:
        return f"{self.mode}: {self.host}"


class HubSubscription(models.Model):
    """One callback of one feed, until `lease_until`. `seq` is how far it has been sent the feed."""

    topic = models.CharField(_("nguồn tin"), max_length=200)
    callback = models.CharField(_("địa chỉ nhận"), max_length=500)
    host = models.CharField(_("máy chủ"), max_length=253, db_index=True)
    secret = models.CharField(max_length=200, blank=True, editable=False)
    lease_until = models.DateTimeField(_("đến lúc"))
    seq = models.BigIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("đăng ký lúc"), default=timezone.now)
    sent_at = models.DateTimeField(_("nhận gần nhất"), null=True)
    attempts = models.PositiveSmallIntegerField(_("số lần chưa được"), default=0)
    next_at = models.DateTimeField(_("gửi từ lúc"), default=timezone.now)
    failing_since = models.DateTimeField(_("không nhận được từ"), null=True)
    last_error = models.CharField(_("lỗi gần nhất"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("đăng ký nguồn tin")
        verbose_name_plural = _("đăng ký nguồn tin")
        ordering = ["host", "pk"]
        constraints = [models.UniqueConstraint(fields=["topic", "callback"], name="press_hub_once")]

    def __str__(self) -> str:
        return f"{self.host}: {self.topic}"
