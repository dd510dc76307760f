"""What was taken from the public, and every step that this took, as rows.

```mermaid
stateDiagram-v2
    [*] --> done: inside the database, at once
    [*] --> pending: outside of it
    pending --> done
    pending --> failed: storage, index or engine is down
    failed --> done: tried again, later each time
    failed --> failed
    done --> [*]
```
A takedown is the proof that stays: no title, text or name of a person is in it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stories.moderation.reasons import WithdrawalReason
from stories.releases.models.item import Item
from stories.releases.models.release import Release
from stories.units.models import Unit


class Takedown(models.Model):
    """One act by one person (`by` is empty for the system itself), with all that went with it.

    `target` is a consent's code, or the uuid of the item. `told` is a list of
    `{"who": account, "at": ISO time, "what": subject's kind}`.
    """

    class Of(models.TextChoices):
        CONSENT = "consent", _("Rút lại sự đồng ý")
        ITEM = "item", _("Gỡ bài")

    of = models.CharField(_("gỡ theo"), max_length=8, choices=Of.choices)
    target = models.CharField(_("đối tượng"), max_length=40, db_index=True)
    reason = models.CharField(_("loại"), max_length=12, choices=WithdrawalReason.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người gỡ"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    by = models.CharField(_("tài khoản"), max_length=150, blank=True)
    at = models.DateTimeField(_("lúc"), default=timezone.now, db_index=True)
    units = models.ManyToManyField(Unit, verbose_name=_("đơn vị"), related_name="+", blank=True)
    told = models.JSONField(_("đã báo cho"), default=list, blank=True)
    finished_at = models.DateTimeField(_("xong hết lúc"), null=True)

    class Meta:
        verbose_name = _("lần thu hồi")
        verbose_name_plural = _("các lần thu hồi")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_of_display()} {self.target}"


class TakedownItem(models.Model):
    """An item that a takedown changed, and the release that says so.

    `offered` is the revision of the corrected draft that was offered, if any.
    """

    takedown = models.ForeignKey(
        Takedown, verbose_name=_("lần thu hồi"), on_delete=models.PROTECT, related_name="items"
    )
    item = models.ForeignKey(
        Item, verbose_name=_("mục"), on_delete=models.PROTECT, related_name="takedowns"
    )
    release = models.ForeignKey(
        Release, verbose_name=_("lần phát hành"), on_delete=models.PROTECT, related_name="+"
    )
    offered = models.BigIntegerField(_("bản sửa đã soạn"), null=True)

    class Meta:
        verbose_name = _("mục của lần thu hồi")
        verbose_name_plural = _("mục của lần thu hồi")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["takedown", "release"], name="takedown_release_once")
        ]

    def __str__(self) -> str:
        return f"{self.takedown_id}: {self.item_id}"

    @property
    def is_withdrawal(self) -> bool:
        """Else it stayed public, with less of it than before."""
        return self.release.kind not in Release.PUBLIC


class StepQuerySet(models.QuerySet):
    def unfinished(self) -> StepQuerySet:
        return self.filter(status__in=TakedownStep.OPEN)

    def due(self, now) -> StepQuerySet:
        return self.unfinished().filter(next_at__lte=now)


class TakedownStep(models.Model):
    """One thing to be done, about one item or (without `part`) the takedown as a whole."""

    class Status(models.TextChoices):
        PENDING = "pending", _("Đang chờ")
        DONE = "done", _("Đã xong")
        FAILED = "failed", _("Chưa được, sẽ làm lại")

    OPEN = (Status.PENDING, Status.FAILED)

    takedown = models.ForeignKey(
        Takedown, verbose_name=_("lần thu hồi"), on_delete=models.PROTECT, related_name="steps"
    )
    part = models.ForeignKey(
        TakedownItem,
        verbose_name=_("mục"),
        null=True,
        on_delete=models.PROTECT,
        related_name="steps",
    )
    kind = models.CharField(_("việc"), max_length=20)
    status = models.CharField(
        _("tình trạng"), max_length=8, choices=Status.choices, default=Status.PENDING
    )
    attempts = models.PositiveIntegerField(_("số lần làm"), default=0)
    last_error = models.CharField(_("lỗi gần nhất"), max_length=500, blank=True)
    next_at = models.DateTimeField(_("làm lại lúc"), default=timezone.now)
    done_at = models.DateTimeField(_("xong lúc"), null=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = _("bước thu hồi")
        verbose_name_plural = _("các bước thu hồi")
        ordering = ["pk"]
        indexes = [models.Index(fields=["status", "next_at"], name="takedown_step_due")]
        constraints = [
            models.UniqueConstraint(fields=["part", "kind"], name="takedown_step_once"),
            models.UniqueConstraint(
                fields=["takedown", "kind"],
                condition=models.Q(part=None),
                name="takedown_whole_step_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.status}"
