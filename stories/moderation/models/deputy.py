"""Who stands in for a reviewer or a member of Ban Tuyên giáo, between which dates."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import BOARD
from stories.units.models import Unit


class DeputyQuerySet(models.QuerySet):
    def in_force(self, on: date | None = None) -> DeputyQuerySet:
        """Those that count on that day (today in Viet Nam when none is given).

        The holder must hold the office still, by membership: a deputy can't name a deputy.
        """
        on = on or timezone.localdate()
        held = Q(unit=None, holder__groups__name=BOARD) | Q(
            unit__isnull=False, holder__groups=F("unit__reviewers")
        )
        return self.filter(
            held,
            starts__lte=on,
            ends__gte=on,
            revoked_at=None,
            holder__is_active=True,
            person__is_active=True,
        ).distinct()


class Deputy(models.Model):
    """`unit` is the unit whose reviewer is stood in for; none: a member of Ban Tuyên giáo."""

    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người ủy quyền"),
        on_delete=models.CASCADE,
        related_name="deputies",
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người được ủy quyền"),
        on_delete=models.CASCADE,
        related_name="stands_in",
    )
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("duyệt bài của"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    starts = models.DateField(_("từ ngày"))
    ends = models.DateField(_("đến hết ngày"))
    created_at = models.DateTimeField(_("lập lúc"), auto_now_add=True)
    revoked_at = models.DateTimeField(_("thôi ủy quyền lúc"), null=True, editable=False)

    objects = DeputyQuerySet.as_manager()

    class Meta:
        verbose_name = _("ủy quyền duyệt bài")
        verbose_name_plural = _("ủy quyền duyệt bài")
        ordering = ["-ends", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(starts__lte=F("ends")), name="deputy_dates"),
            models.CheckConstraint(condition=~Q(holder=F("person")), name="deputy_is_another"),
        ]

    def __str__(self) -> str:
        return f"{self.person} ← {self.holder} ({self.office})"

    @property
    def office(self) -> str:
        return self.unit.union_name if self.unit else BOARD

    @property
    def is_over(self) -> bool:
        return self.revoked_at is not None or self.ends < timezone.localdate()
