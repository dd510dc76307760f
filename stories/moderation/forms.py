from __future__ import annotations

from django import forms
from django.utils import timezone
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


class TimeForm(forms.Form):
    """When an approved text is to be published; empty for at once."""

    go_live_at = forms.DateTimeField(
        label=_("Hẹn giờ công bố"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_(
            "Để trống: đăng ngay. Có giờ: bài chờ đến giờ ấy mới đăng; cơ quan báo chí có quyền "
            "nhận trước sẽ nhận ngay, kèm dòng cấm sử dụng trước giờ."
        ),
        error_messages={"invalid": _("Ngày giờ không đúng.")},
    )

    def clean_go_live_at(self):
        moment = self.cleaned_data["go_live_at"]
        if moment is not None and moment <= timezone.now():
            raise forms.ValidationError(_("Giờ công bố phải ở tương lai."))
        return moment
