"""Accounts of editors, reviewers and staff. Roles are groups; see `accounts.roles`."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _

from accounts.audit.models import AuditEntry, AuditHead
from accounts.notices.models import Notice, NoticePreference

__all__ = ["AuditEntry", "AuditHead", "Notice", "NoticePreference", "User"]


class User(AbstractUser):
    class Meta:
        verbose_name = _("tài khoản")
        verbose_name_plural = _("tài khoản")

    def get_full_name(self) -> str:
        """Family name first, as Vietnamese names are written."""
        return f"{self.last_name} {self.first_name}".strip()

    def __str__(self) -> str:
        return self.get_full_name() or self.username
