"""The ledger: one append-only row for every publication, correction and withdrawal.

```mermaid
stateDiagram-v2
    [*] --> usable
    usable --> correction: another approved text
    correction --> correction
    usable --> withheld
    correction --> withheld
    withheld --> usable: approved again
    usable --> canceled
    correction --> canceled
    withheld --> canceled
    canceled --> [*]
```
A canceled item never becomes usable again under its id.
"""

from __future__ import annotations

import json
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stories.moderation.models import Approval
from stories.moderation.reasons import WithdrawalReason


class LedgerHead(models.Model):
    """The one row whose lock makes `seq` gapless and in commit order."""

    seq = models.BigIntegerField(default=0)
    last_news_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.seq)


class ReleaseQuerySet(models.QuerySet):
    def update(self, **kwargs):
        raise PermissionDenied(_("Sổ phát hành chỉ ghi thêm, không sửa."))

    def delete(self):
        raise PermissionDenied(_("Sổ phát hành chỉ ghi thêm, không xóa."))


class Release(models.Model):
    class Kind(models.TextChoices):
        """ninjs `pubstatus`, with a correction told apart from a first publication."""

        USABLE = "usable", _("Đăng")
        CORRECTION = "correction", _("Đính chính")
        WITHHELD = "withheld", _("Tạm gỡ")
        CANCELED = "canceled", _("Thu hồi")

    Reason = WithdrawalReason

    PUBLIC = (Kind.USABLE, Kind.CORRECTION)

    seq = models.BigIntegerField(_("số thứ tự"), primary_key=True)
    item = models.ForeignKey(
        "releases.Item",
        verbose_name=_("bài"),
        on_delete=models.PROTECT,
        related_name="releases",
    )
    version = models.PositiveIntegerField(_("phiên bản"))
    kind = models.CharField(_("hình thức"), max_length=12, choices=Kind.choices)
    released_at = models.DateTimeField(_("phát hành lúc"))
    payload = models.TextField(_("nội dung"))
    sha256 = models.CharField(_("mã băm nội dung đã duyệt"), max_length=64)
    approval = models.ForeignKey(
        Approval,
        verbose_name=_("phê duyệt"),
        null=True,
        on_delete=models.PROTECT,
        related_name="releases",
    )
    note = models.CharField(_("ghi chú"), max_length=500, blank=True)
    reason = models.CharField(
        _("loại thu hồi"),
        max_length=12,
        choices=Reason.choices,
        blank=True,
        help_text=_("Chỉ có khi thu hồi hoặc tạm gỡ."),
    )

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("lần phát hành")
        verbose_name_plural = _("sổ phát hành")
        ordering = ["seq"]
        indexes = [models.Index(fields=["kind", "item"], name="release_kind_item")]
        constraints = [
            models.UniqueConstraint(fields=["item", "version"], name="release_item_version"),
            models.CheckConstraint(
                condition=Q(kind__in=["withheld", "canceled"]) | Q(approval__isnull=False),
                name="release_public_has_approval",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seq}: {self.item_id} v{self.version} {self.kind}"

    def save(self, *args, **kwargs) -> None:
        if not self._state.adding:
            raise PermissionDenied(_("Sổ phát hành chỉ ghi thêm, không sửa."))
        super().save(*args, force_insert=True, **kwargs)

    def delete(self, *args, **kwargs):
        raise PermissionDenied(_("Sổ phát hành chỉ ghi thêm, không xóa."))

    @cached_property
    def data(self) -> dict:
        """The payload as a dict."""
        return json.loads(self.payload)
