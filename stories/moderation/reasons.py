from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReturnReason(models.TextChoices):
    """Why a draft goes back to its author."""

    FACTS = "facts", _("Số liệu, sự việc cần kiểm tra lại")
    CONSENT = "consent", _("Chưa có sự đồng ý của nhân vật")
    PICTURE = "picture", _("Ảnh cần thay hoặc bổ sung")
    LANGUAGE = "language", _("Câu chữ cần sửa")
    NOT_EXEMPLARY = "not_exemplary", _("Chưa phải điển hình")
    DUPLICATE = "duplicate", _("Trùng với bài đã có")
    OTHER = "other", _("Lý do khác")


class WithdrawalReason(models.TextChoices):
    """Why something public stops being so. What is suspended may come back, and a text that can
    live without who took back her yes."""

    ERROR = "error", _("Sai sót (thu hồi)")
    CONSENT = "consent", _("Rút lại sự đồng ý")
    SUSPENSION = "suspension", _("Tạm gỡ để xem xét")
    END = "end", _("Kết thúc đăng")
