"""People of a press client: reporters and editors who sign in at `/bao-chi/`, never staff."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stories.press.models.client import PressClient


class PressPersonManager(BaseUserManager["PressPerson"]):
    def active(self) -> models.QuerySet[PressPerson]:
        """Who may sign in, with the client: both are active."""
        return self.filter(is_active=True, client__is_active=True).select_related("client")

    def links_due(self, now) -> models.QuerySet[PressPerson]:
        """Who waits for a mail with a link to set the password."""
        return self.active().filter(link_wanted__gt="", link_at__lte=now)


class PressPerson(AbstractBaseUser):
    """Signs in with the e-mail address, which is kept in small letters.

    Not Django's user: no groups, no permissions, nothing at `/quan-tri/`. `link_at` is when the
    mail that is wanted may be tried; while a run has it in hand when the next run may.
    """

    class Link(models.TextChoices):
        INVITATION = "invitation", _("thư mời")
        RESET = "reset", _("thư đặt lại mật khẩu")

    client = models.ForeignKey(
        PressClient, on_delete=models.PROTECT, related_name="people", verbose_name=_("cơ quan")
    )
    name = models.CharField(_("họ và tên"), max_length=200)
    email = models.EmailField(_("thư điện tử"), help_text=_("Dùng để đăng nhập phòng báo chí."))
    phone = models.CharField(_("điện thoại"), max_length=40, blank=True)
    is_admin = models.BooleanField(
        _("quản lý người của cơ quan"),
        default=False,
        help_text=_("Được mời và ngừng tài khoản của đồng nghiệp trong cơ quan mình."),
    )
    is_active = models.BooleanField(
        _("đang hoạt động"),
        default=True,
        help_text=_("Bỏ chọn thì người này không vào được phòng báo chí nữa, ngay lập tức."),
    )
    created_at = models.DateTimeField(_("ngày tạo"), auto_now_add=True)
    last_login = models.DateTimeField(_("đăng nhập gần nhất"), null=True, blank=True)
    link_wanted = models.CharField(
        _("thư chờ gửi"), max_length=10, choices=Link.choices, blank=True
    )
    link_at = models.DateTimeField(_("gửi thư từ lúc"), default=timezone.now)
    link_attempts = models.PositiveSmallIntegerField(_("số lần gửi thư"), default=0)
    link_error = models.CharField(_("lỗi gửi thư"), max_length=300, blank=True)
    link_sent_at = models.DateTimeField(_("gửi thư gần nhất"), null=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = PressPersonManager()

    class Meta:
        verbose_name = _("người của báo chí")
        verbose_name_plural = _("người của báo chí")
        ordering = ["client", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="press_person_email",
                violation_error_message=_("Địa chỉ thư này đã có tài khoản."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        self.email = self.email.strip().lower()

    @admin.display(description=_("tình trạng"))
    def status(self) -> str:
        """For people: đang dùng, chờ nhận lời mời, đã ngừng."""
        if not (self.is_active and self.client.is_active):
            return str(_("đã ngừng"))
        if self.has_usable_password():
            return str(_("đang dùng"))
        return str(_("chưa gửi được thư mời")) if self.link_error else str(_("chờ nhận lời mời"))
