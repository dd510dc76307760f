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
