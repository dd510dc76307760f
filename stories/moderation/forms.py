from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from stories.moderation.reasons import ReturnReason


class SilentForm(forms.Form):
    """Approving asks nothing more."""


class ReturnForm(forms.Form):
    reason = forms.ChoiceField(label=_("Lý do trả lại"), choices=ReturnReason.choices)
    comment = forms.CharField(
        label=_("Cần sửa gì"),
        widget=forms.Textarea({"rows": 4}),
        max_length=2000,
        help_text=_("Viết rõ để người viết biết cần sửa chỗ nào. Lời này được gửi qua thư."),
    )


class EmergencyForm(forms.Form):
    reason = forms.CharField(
        label=_("Vì sao phải đăng khẩn cấp"),
        widget=forms.Textarea({"rows": 4}),
        max_length=500,
        help_text=_(
            "Việc gì không chờ được đơn vị duyệt. Người xác nhận và người xem lại sẽ đọc lời này."
        ),
    )


class EmergencyReviewForm(forms.Form):
    note = forms.CharField(
        label=_("Nhận xét khi xem lại"), widget=forms.Textarea({"rows": 3}), max_length=500
    )
