"""The recorded yes of Ban Tuyên giáo to exactly one text."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _


class ApprovalQuerySet(models.QuerySet):
    def delete(self):
        raise PermissionDenied(_("Không xóa được bản ghi phê duyệt."))

    def update(self, **kwargs):
        raise PermissionDenied(_("Không sửa được bản ghi phê duyệt."))


class Approval(models.Model):
    """Append-only. `sha256` is the hash of the approved content (see `stories.pages.content`)."""

    class Route(models.TextChoices):
        WORKFLOW = "workflow", _("Quy trình duyệt")
        IMPORT = "import", _("Nhập kho bài cũ")
        EMERGENCY = "emergency", _("Đăng khẩn cấp")
        LINK = "link", _("Qua liên kết đọc duyệt")

    item = models.UUIDField(_("bài"), db_index=True)
    sha256 = models.CharField(_("mã băm nội dung"), max_length=64)
    route = models.CharField(_("đường duyệt"), max_length=10, choices=Route.choices)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người duyệt"),
        on_delete=models.PROTECT,
        related_name="approvals",
    )
    acting_for = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("duyệt thay"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Người đã ủy quyền, khi người duyệt làm thay."),
    )
    approved_at = models.DateTimeField(_("duyệt lúc"), auto_now_add=True)
    revision_id = models.BigIntegerField(_("phiên bản"), null=True)
    note = models.CharField(_("ghi chú"), max_length=500, blank=True)
    accepted = models.JSONField(
        _("điều đã xem và chấp nhận"),
        default=list,
        blank=True,
        help_text=_("Mã của từng điều cần lưu ý mà người duyệt đã đánh dấu."),
    )

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = _("phê duyệt")
        verbose_name_plural = _("phê duyệt")
        indexes = [models.Index(fields=["item", "sha256"], name="approval_item_sha256")]

    def __str__(self) -> str:
        return f"{self.item} {self.sha256[:8]} {self.approved_by}"

    def save(self, *args, **kwargs) -> None:
        if self.pk and not self._state.adding:
            raise PermissionDenied(_("Không sửa được bản ghi phê duyệt."))
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise PermissionDenied(_("Không xóa được bản ghi phê duyệt."))
