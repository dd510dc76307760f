"""“Chùm bài”: texts that Ban Tuyên giáo approves and releases together, now or at a time.

```mermaid
stateDiagram-v2
    [*] --> preparing: Ban Tuyên giáo puts texts together
    preparing --> released: approved without a time, all at once
    preparing --> approved: approved, each text as shown, with a time
    approved --> released: at its time, everything asked anew
    approved --> needs_attention: a text changed or left, or the release was stopped
    approved --> preparing: taken back to be changed
    needs_attention --> preparing: looked at
    preparing --> canceled
    approved --> canceled
    needs_attention --> canceled
```
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _


def vietnam(moment: datetime) -> str:
    """“06:00 ngày 08/03/2027”, in Viet Nam's time whatever zone the request is in."""
    local = timezone.localtime(moment, timezone.get_default_timezone())
    return _t("%(time)s ngày %(day)s") % {
        "time": date_format(local, "H:i"),
        "day": date_format(local, "d/m/Y"),
    }


class BundleQuerySet(models.QuerySet):
    def open(self) -> BundleQuerySet:
        return self.filter(status__in=Bundle.OPEN)

    def preparing(self) -> BundleQuerySet:
        return self.filter(status=Bundle.Status.PREPARING)

    def due(self, now: datetime) -> BundleQuerySet:
        """To be released by now, the earliest first."""
        found = self.filter(status=Bundle.Status.APPROVED, release_at__lte=now)
        return found.order_by("release_at", "pk")


def _person(label: str, name: str, **options) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=label,
        on_delete=models.PROTECT,
        related_name=name,
        **options,
    )


class Bundle(models.Model):
    """Without `release_at` its texts are released when it is approved."""

    class Status(models.TextChoices):
        PREPARING = "preparing", _("Đang chuẩn bị")
        APPROVED = "approved", _("Đã duyệt, chờ đến giờ đăng")
        RELEASED = "released", _("Đã đăng")
        NEEDS_ATTENTION = "needs_attention", _("Cần xem lại")
        CANCELED = "canceled", _("Đã hủy")

    DECIDED = (Status.APPROVED, Status.NEEDS_ATTENTION)
    OPEN = (Status.PREPARING, *DECIDED)

    title = models.CharField(_("tên chùm bài"), max_length=200)
    note = models.TextField(_("ghi chú trong Ban"), blank=True, max_length=1000)
    release_at = models.DateTimeField(_("giờ đăng"), null=True, blank=True)
    told_to_press = models.BooleanField(
        _("cho báo chí biết trước"),
        default=False,
        help_text=_(
            "Phòng báo chí sẽ hiện tên chùm bài, ngày dự kiến và số bài; không hiện tít hay nội "
            "dung của bài nào."
        ),
    )
    status = models.CharField(
        _("tình trạng"), max_length=16, choices=Status.choices, default=Status.PREPARING
    )
    why = models.CharField(
        _("vì sao cần xem lại"),
        max_length=500,
        blank=True,
        help_text=_("Điều của cả chùm; điều của từng bài ghi ở bài."),
    )
    created_by = _person(_("người lập"), "bundles_created")
    created_at = models.DateTimeField(_("lập lúc"), auto_now_add=True)
    approved_by = _person(_("người duyệt"), "bundles_approved", null=True)
    approved_at = models.DateTimeField(_("duyệt lúc"), null=True)
    released_at = models.DateTimeField(_("đăng lúc"), null=True)

    objects = BundleQuerySet.as_manager()

    class Meta:
        verbose_name = _("chùm bài")
        verbose_name_plural = _("chùm bài")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["status", "release_at"], name="bundle_due")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=["approved", "released"])
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="bundle_approved_by",
            ),
            models.CheckConstraint(
                condition=~Q(status="approved") | Q(release_at__isnull=False),
                name="bundle_approved_for_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN

    @property
    def time_words(self) -> str:
        """When it comes, or came, out."""
        if self.released_at:
            return vietnam(self.released_at)
        return vietnam(self.release_at) if self.release_at else _t("ngay khi duyệt")

    @property
    def told(self) -> str:
        """Beside a text: in which bundle it is, and when it comes out."""
        if self.status == self.Status.APPROVED:
            said = _t("trong chùm “%(title)s”, đăng lúc %(when)s")
        elif self.status == self.Status.NEEDS_ATTENTION:
            said = _t("trong chùm “%(title)s” đang được xem lại")
        elif self.release_at:
            said = _t("trong chùm “%(title)s” đang chuẩn bị, dự kiến đăng lúc %(when)s")
        else:
            said = _t("trong chùm “%(title)s” đang chuẩn bị")
        return said % {"title": self.title, "when": self.time_words}


class BundleItemQuerySet(models.QuerySet):
    def scheduled(self) -> BundleItemQuerySet:
        """Texts of approved bundles: they come out with their bundle, never singly."""
        return self.filter(bundle__status=Bundle.Status.APPROVED, is_open=True)

    def approved(self) -> BundleItemQuerySet:
        """Texts of bundles that were approved and aren't out, stopped or not."""
        return self.filter(bundle__status__in=Bundle.DECIDED, is_open=True)

    def holding(self, uuid: UUID) -> BundleItem | None:
        """The text's place in the open bundle that it is in."""
        return self.filter(is_open=True, item=uuid).select_related("bundle").first()


class BundleItem(models.Model):
    """A text in a bundle. What was approved of it (`review` to `accepted`) is kept here until the
    release, when the `Approval` is made; it's empty until the bundle is approved for a time."""

    bundle = models.ForeignKey(
        Bundle, verbose_name=_("chùm bài"), on_delete=models.CASCADE, related_name="items"
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("trang"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    item = models.UUIDField(_("bài"))
    title = models.CharField(_("tít"), max_length=255)
    is_open = models.BooleanField(_("chùm chưa kết thúc"), default=True)
    review = models.ForeignKey(
        "moderation.ReviewState",
        verbose_name=_("lượt duyệt"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    revision_id = models.BigIntegerField(_("phiên bản"), null=True)
    sha256 = models.CharField(_("mã băm nội dung"), max_length=64, blank=True)
    accepted = models.JSONField(_("điều đã xem và chấp nhận"), default=list, blank=True)
    why = models.TextField(_("vì sao cần xem lại"), blank=True)

    objects = BundleItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("bài trong chùm")
        verbose_name_plural = _("bài trong chùm")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(is_open=True), name="bundle_one_open"
            )
        ]

    def __str__(self) -> str:
        return self.title
