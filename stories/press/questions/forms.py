"""The board's answer."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from stories.press.models.question import LONGEST


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Trả lời"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Người hỏi nhận câu trả lời này qua thư điện tử và trong phòng báo chí."),
        error_messages={"required": _("Hãy ghi câu trả lời.")},
    )
