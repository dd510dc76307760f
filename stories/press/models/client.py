"""Who pulls: press clients and their keys."""

from __future__ import annotations

from datetime import datetime

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _


class PressClient(models.Model):
    """A newspaper, a station or the central Union: not an editor's account."""

    class Kind(models.TextChoices):
        NEWSPAPER = "newspaper", _("Báo")
        BROADCASTER = "broadcaster", _("Đài phát thanh và truyền hình")
        UNION = "union", _("Trung ương Hội")
        OTHER = "other", _("Khác")

    class Digest(models.TextChoices):
        OFF = "off", _("Không gửi")
        SILENT = "silent", _("Khi hệ thống của cơ quan ngừng lấy tin")
        DAILY = "daily", _("Mỗi sáng, khi có tin")

    name = models.SlugField(
        _("tên ngắn"),
        max_length=60,
        unique=True,
        help_text=_("Viết liền không dấu, ví dụ bao-phu-tho; dùng trong lệnh press_key."),
    )
    organisation = models.CharField(_("cơ quan"), max_length=200)
    kind = models.CharField(_("loại"), max_length=20, choices=Kind, default=Kind.NEWSPAPER)
    is_active = models.BooleanField(
        _("đang hoạt động"),
        default=True,
        help_text=_("Bỏ chọn thì mọi khóa của cơ quan này bị từ chối ngay."),
    )
    embargo = models.BooleanField(
        _("nhận bài trước giờ công bố"),
        default=False,
        help_text=_(
            "Cơ quan nhận sớm bài đã duyệt, có ghi “cấm sử dụng trước giờ”. Chỉ Ban Tuyên giáo đặt "
            "được; chỉ chọn khi cơ quan đã cam kết giữ giờ."
        ),
    )
    contact_name = models.CharField(_("người liên hệ"), max_length=200, blank=True)
    contact_email = models.EmailField(_("thư điện tử"), blank=True)
    contact_phone = models.CharField(_("điện thoại"), max_length=40, blank=True)
    requests_per_minute = models.PositiveIntegerField(
        _("số yêu cầu mỗi phút"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Để trống là không giới hạn."),
    )
    silent_after_days = models.PositiveSmallIntegerField(
        _("báo khi ngừng lấy tin quá (ngày)"),
        default=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_(
            "Báo Ban Tuyên giáo khi hệ thống vẫn thường lấy tin mà bấy nhiêu ngày không lấy. "
            "Để trống là không báo."
        ),
    )
    digest = models.CharField(
        _("thư tổng hợp"),
        max_length=8,
        choices=Digest,
        default=Digest.OFF,
        help_text=_("Gửi người liên hệ tin mới, đính chính, thu hồi; tính là đã nhận tin."),
    )
    created_at = models.DateTimeField(_("ngày tạo"), auto_now_add=True)

    class Meta:
        verbose_name = _("cơ quan báo chí")
        verbose_name_plural = _("cơ quan báo chí")
        ordering = ["organisation"]

    def __str__(self) -> str:
        return self.organisation

    def clean(self) -> None:
        if self.digest != self.Digest.OFF and not self.contact_email:
            raise ValidationError({"digest": _("Hãy ghi thư điện tử của người liên hệ.")})
        if self.digest == self.Digest.SILENT and self.silent_after_days is None:
            told = _("Hãy ghi số ngày không lấy tin thì coi là đã ngừng.")
            raise ValidationError({"silent_after_days": told})

    @admin.display(description=_("lấy tin tự động"))
    def pulling(self) -> str:
        """For people: whether its system pulls, as far as `press_round` has seen."""
        watch = getattr(self, "watch", None)
        if watch is None or watch.seen_at is None:
            return str(_("chưa từng lấy"))
        if watch.alarmed_at is None:
            return str(_("đang lấy"))
        at = date_format(timezone.localtime(watch.seen_at), "d/m/Y")
        return str(_("đã ngừng từ %(at)s") % {"at": at})


class PressKeyQuerySet(models.QuerySet["PressKey"]):
    def live(self, now: datetime | None = None) -> PressKeyQuerySet:
        """Keys neither revoked nor expired (whether or not the client is active)."""
        not_expired = Q(expires_at__isnull=True) | Q(expires_at__gt=now or timezone.now())
        return self.filter(not_expired, revoked_at__isnull=True)


class PressKey(models.Model):
    """A key's digest and life; the key itself is shown once and never stored."""

    client = models.ForeignKey(
        PressClient, on_delete=models.PROTECT, related_name="keys", verbose_name=_("cơ quan")
    )
    prefix = models.CharField(_("đầu khóa"), max_length=16, unique=True, editable=False)
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("ngày cấp"), auto_now_add=True)
    expires_at = models.DateTimeField(_("hết hạn"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("thu hồi lúc"), null=True, blank=True, editable=False)
    last_used_at = models.DateTimeField(_("dùng gần nhất"), null=True, blank=True, editable=False)

    objects = PressKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("khóa báo chí")
        verbose_name_plural = _("khóa báo chí")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.prefix}…"

    @property
    def is_live(self) -> bool:
        return self.revoked_at is None and not self.is_expired

    @property
    def is_expired(self) -> bool:
        return self.expires_at is not None and self.expires_at <= timezone.now()

    @admin.display(description=_("tình trạng"))
    def status(self) -> str:
        """For people: đang dùng, đã thu hồi, hết hạn."""
        if self.revoked_at is not None:
            return str(_("đã thu hồi"))
        return str(_("hết hạn")) if self.is_expired else str(_("đang dùng"))
