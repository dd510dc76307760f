"""The chain: entry n holds the hash of entry n-1, so that none can be changed, taken out or put in
without breaking every one after it. The head knows the last one, so that the end can't be cut off.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.audit import words
from accounts.audit.actions import Action
from accounts.canonical import canonical


class AuditHead(models.Model):
    """The one row whose lock makes `seq` gapless and in commit order."""

    seq = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return str(self.seq)


class AuditQuerySet(models.QuerySet):
    def update(self, **kwargs):
        raise PermissionDenied(_("Nhật ký chỉ ghi thêm, không sửa."))

    def delete(self):
        raise PermissionDenied(_("Nhật ký chỉ ghi thêm, không xóa."))


class AuditEntry(models.Model):
    """One act. Plain values instead of foreign keys: an entry outlives what it tells of.

    `actor` is the account's name ("" for the system itself), `target` is "type:name", `data` is
    canonical JSON. No titles, texts or passwords: what is in here can't be taken out again.
    """

    seq = models.BigIntegerField(_("số thứ tự"), primary_key=True)
    at = models.DateTimeField(_("lúc"), db_index=True)
    actor_id = models.BigIntegerField(_("mã tài khoản"), null=True)
    actor = models.CharField(_("người làm"), max_length=150, blank=True, db_index=True)
    action = models.CharField(_("việc"), max_length=30, db_index=True)
    target = models.CharField(_("đối tượng"), max_length=300)
    data = models.TextField(_("chi tiết"))
    previous = models.CharField(_("mã băm dòng trước"), max_length=64, blank=True)
    sha256 = models.CharField(_("mã băm"), max_length=64)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("dòng nhật ký")
        verbose_name_plural = _("nhật ký")
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"{self.seq}: {self.actor} {self.action} {self.target}"

    def save(self, *args, **kwargs) -> None:
        if not self._state.adding:
            raise PermissionDenied(_("Nhật ký chỉ ghi thêm, không sửa."))
        super().save(*args, force_insert=True, **kwargs)

    def delete(self, *args, **kwargs):
        raise PermissionDenied(_("Nhật ký chỉ ghi thêm, không xóa."))

    def content(self) -> dict:
        """What the hash covers beside the hash before it; times in UTC."""
        return {
            "seq": self.seq,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "actor_id": self.actor_id,
            "actor": self.actor,
            "action": self.action,
            "target": self.target,
            "data": self.data,
        }

    def computed(self) -> str:
        return hashlib.sha256(f"{self.previous}{canonical(self.content())}".encode()).hexdigest()

    @cached_property
    def details(self) -> dict:
        return json.loads(self.data)

    @property
    def told(self) -> str:
        return words.details(self.details)

    @property
    def target_told(self) -> str:
        return words.target(self.target)

    @property
    def action_label(self) -> str:
        return str(Action(self.action).label) if self.action in Action.values else self.action
