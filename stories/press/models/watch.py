"""How a client pulls, whether it has stopped, and the mails that bring it what it misses."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stories.press.models.client import PressClient


class PressWatch(models.Model):
    """What is known of one client's pulling: one row each, once there is something to know.

    `seen_at` is its last pull, to the hour; `rhythm` the usual time between two. `alarmed_at` is
    when Ban Tuyên giáo was told that it had stopped, None while it pulls. `digest_seq` is the
    ledger number up to which its digests go, None while it wants none; `digest_day` the day of the
    last, whether there was something to send or not.
    """

    client = models.OneToOneField(PressClient, on_delete=models.CASCADE, related_name="watch")
    seen_at = models.DateTimeField(null=True)
    rhythm = models.DurationField(default=timedelta())
    alarmed_at = models.DateTimeField(null=True)
    digest_seq = models.BigIntegerField(null=True)
    digest_day = models.DateField(null=True)

    def __str__(self) -> str:
        return str(self.client)


class DigestQuerySet(models.QuerySet["PressDigest"]):
    def due(self) -> DigestQuerySet:
        return self.filter(state=PressDigest.State.PENDING, due_at__lte=timezone.now())


class PressDigest(models.Model):
    """One digest: what the ledger says after one number until another, as it stands when sent.

    `due_at` is when the mail may be tried; while a run has it in hand, when the next run may.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("chờ gửi")
        SENT = "sent", _("đã gửi")
        SKIPPED = "skipped", _("không gửi")
        FAILED = "failed", _("không gửi được")

    client = models.ForeignKey(PressClient, on_delete=models.PROTECT, related_name="digests")
    after = models.BigIntegerField()
    until = models.BigIntegerField()
    created_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PENDING)
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)

    objects = DigestQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"], condition=models.Q(state="pending"), name="press_digest_due"
            )
        ]

    def __str__(self) -> str:
        return f"{self.client}: {self.after}–{self.until}"
